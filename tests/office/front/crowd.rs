//! Too many, too often, too slow, too large.

use office_tests::office::Office;
use office_tests::wire::{request, send};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How long an office may take to lose its patience: six times what it has.
const PATIENCE: Duration = Duration::from_mins(1);

/// Whoever guesses is stopped with a sentence and told when to come again; the next address isn't.
#[tokio::test]
async fn guessing_is_stopped() {
    let office = Office::start(&["--training", "--behind-proxy", "127.0.0.1"]);
    // A form from elsewhere is refused at once, but it has been counted by then.
    let guess = async |from: &str| {
        let headers =
            [("X-Forwarded-Proto", "https"), ("X-Forwarded-For", from), ("Origin", "https://evil.example")];
        let bytes = request("POST", "/login", office.socket(), &headers, "login=sato&password=guess");
        send(office.socket(), bytes.as_bytes()).await
    };
    let mut stopped = None;
    for _ in 0..200 {
        let answer = guess("192.0.2.1").await;
        if answer.status == 429 {
            stopped = Some(answer);
            break;
        }
        assert_eq!(answer.status, 403);
    }
    let stopped = stopped.expect("two hundred guesses are too many");
    let wait: u64 = stopped.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert!(stopped.text.contains("M-1429") && stopped.text.contains(&format!("{wait}秒ほど待って")));
    assert_eq!(stopped.header("cache-control"), "no-store");
    assert_eq!(guess("192.0.2.2").await.status, 403);
    // Pages still come: only guessing is held that tight.
    let headers = [("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "192.0.2.1")];
    let page = request("GET", "/login", office.socket(), &headers, "");
    assert_eq!(send(office.socket(), page.as_bytes()).await.status, 200);
}

async fn to_the_end(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _ =
        tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("the office gives up");
    String::from_utf8_lossy(&answer).into_owned()
}

/// Whoever sends a head or a form byte by byte doesn't hold a place for long.
#[tokio::test]
async fn slow_ones_are_sent_away() {
    let office = Office::training();
    let begin = async |bytes: &str| {
        let mut stream = TcpStream::connect(office.socket()).await.expect("the office listens");
        stream.write_all(bytes.as_bytes()).await.expect("the office reads");
        stream
    };
    let silent = begin("").await;
    let head = begin("GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ").await;
    let form = "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nlogin=";
    let (silent, head, body) =
        tokio::join!(to_the_end(silent), to_the_end(head), to_the_end(begin(form).await));
    assert!(!silent.contains("200 OK") && !head.contains("200 OK"), "{silent} {head}");
    assert!(body.is_empty() || body.starts_with("HTTP/1.1 4"), "{body}");
    assert!(
        body.contains("M-1408") || body.contains("M-1401"),
        "a sentence for who is only on a bad line: {body}"
    );
}

/// One machine can't take every place: the others still come in.
#[tokio::test]
async fn one_machine_has_half_the_places() {
    let office = Office::training();
    let mut open = Vec::new();
    for _ in 0..400 {
        open.push(TcpStream::connect(office.socket()).await.expect("the office listens"));
    }
    let mut more = TcpStream::connect(office.socket()).await.expect("the kernel answers");
    let mut nothing = [0; 1];
    let read = tokio::time::timeout(PATIENCE, more.read(&mut nothing)).await.expect("it is closed");
    assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
    drop(open);
    let page = request("GET", "/login", office.socket(), &[], "");
    let mut status = 0;
    for _ in 0..100 {
        status = send(office.socket(), page.as_bytes()).await.status;
        if status == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(status, 200, "who leaves makes room");
}

/// A form larger than anybody writes is refused with a sentence, whatever route it goes to, and before it was read whole.
#[tokio::test]
async fn large_forms_are_refused() {
    let office = Office::training();
    let body = format!("login={}", "a".repeat(300 * 1024));
    for path in ["/login", "/pinpad/pair", "/pinpad/pins"] {
        let answer =
            send(office.socket(), request("POST", path, office.socket(), &[], &body).as_bytes()).await;
        assert!(answer.status == 413 && answer.text.contains("M-1413"), "{path}: {answer:?}");
    }
    let head = "a".repeat(100 * 1024);
    let long = request("GET", "/login", office.socket(), &[("X-Long", &head)], "");
    let answer = send(office.socket(), long.as_bytes()).await;
    assert!(matches!(answer.status, 0 | 431), "{answer:?}");
}

/// Told to stop, the office says goodbye to pages that listen and to connections that wait, and ends well.
#[tokio::test]
async fn closes_when_it_is_told() {
    let office = Office::training();
    let entered = request("POST", "/login", office.socket(), &[], &super::login());
    let entered = send(office.socket(), entered.as_bytes()).await;
    let cookie = entered.header("set-cookie").split(';').next().unwrap_or_default();
    let listens = request("GET", "/station/events", office.socket(), &[("Cookie", cookie)], "");
    let mut listening = TcpStream::connect(office.socket()).await.expect("the office listens");
    listening.write_all(listens.as_bytes()).await.expect("the office reads");
    let mut first = [0; 12];
    listening.read_exact(&mut first).await.expect("an answer begins");
    assert_eq!(&first, b"HTTP/1.1 200");
    let _silent = TcpStream::connect(office.socket()).await.expect("the office listens");
    let ended = tokio::task::spawn_blocking(move || office.ask_to_close());
    assert_eq!(ended.await.unwrap(), Some(0));
    to_the_end(listening).await;
}
