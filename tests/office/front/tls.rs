//! TLS in the program itself.

use super::login;
use office_tests::office::{Office, run};
use office_tests::wire::{self, request, send_tls};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

fn text(path: &Path) -> &str {
    path.to_str().expect("a path that is text")
}

/// OpenSSL's own client, with one version of the protocol; true when the handshake ends well and the certificate is right.
fn openssl(office: &Office, version: &str) -> bool {
    let certificate = office.data().join("tls/certificate.pem");
    Command::new("openssl")
        .args(["s_client", "-connect", office.socket(), version, "-cipher", "ALL:@SECLEVEL=0"])
        .args(["-verify_return_error", "-verify_ip", "127.0.0.1", "-CAfile", text(&certificate)])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("openssl is installed")
        .success()
}

/// The office's own certificate is right for those who trust it, today's protocols only.
#[tokio::test]
async fn speaks_todays_tls_only() {
    let office = Office::start(&["--training", "--tls-self-made"]);
    assert!(office.address().starts_with("https://"));
    assert!(openssl(&office, "-tls1_3") && openssl(&office, "-tls1_2"));
    assert!(!openssl(&office, "-tls1_1") && !openssl(&office, "-tls1"));
    let plain =
        wire::send(office.socket(), request("GET", "/login", office.socket(), &[], "").as_bytes()).await;
    assert_eq!(plain.status, 0, "nothing is answered in the open: {plain:?}");
    let page =
        send_tls(&office, request("GET", "/login", office.socket(), &[], "").as_bytes()).await.unwrap();
    assert_eq!(page.status, 200);
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
    // What the terminal said is what the doctor says and what the file holds.
    let log = office.log();
    let said = log.lines().find_map(|line| line.split_once("指紋(SHA-256) ")).expect("a fingerprint").1;
    let doctor = run(&["doctor", "--data", text(office.data())]);
    let found = String::from_utf8_lossy(&doctor.stdout);
    assert!(found.contains(said) && found.contains("TLSで待ち受けています"), "{found}");
    for file in ["tls", "tls/key.pem", "tls/certificate.pem", "office.db"] {
        let mode = fs::metadata(office.data().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file}");
    }
}

/// Under TLS each cookie is bound to this host, and none that was planted is believed.
#[tokio::test]
async fn cookies_are_bound_to_the_host() {
    let office = Office::start(&["--training", "--tls-self-made"]);
    let host = office.socket();
    let entered = send_tls(&office, request("POST", "/login", host, &[], &login()).as_bytes()).await.unwrap();
    assert_eq!(entered.status, 303, "{}", entered.text);
    assert_eq!(entered.header("connection"), "close", "the buffers of a form end with it");
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("__Host-madoguchi_session="), "{cookie}");
    for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain") && !cookie.contains("Expires"), "{cookie}");
    let bound = cookie.split(';').next().unwrap();
    let planted = bound.trim_start_matches("__Host-");
    for (sent, status) in [(bound, 200), (planted, 303)] {
        let page = request("GET", "/", host, &[("Cookie", sent)], "");
        assert_eq!(send_tls(&office, page.as_bytes()).await.unwrap().status, status, "{sent}");
    }
}

/// A certificate of the office's own choice serves as well; a key that others may read, or another's key, doesn't.
#[tokio::test]
async fn takes_the_offices_own_files() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str| {
        let (certificate, key) =
            (folder.path().join(format!("{name}.pem")), folder.path().join(format!("{name}.key")));
        let made = Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
            ])
            .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .args(["-keyout", text(&key), "-out", text(&certificate)])
            .stderr(Stdio::null())
            .status()
            .expect("openssl is installed");
        assert!(made.success());
        for file in [&key, &certificate] {
            fs::set_permissions(file, Permissions::from_mode(0o600)).unwrap();
        }
        (certificate, key)
    };
    let ((certificate, key), (_, other)) = (make("one"), make("other"));
    let office = Office::start(&["--training", "--tls-cert", text(&certificate), "--tls-key", text(&key)]);
    fs::create_dir(office.data().join("tls")).unwrap();
    fs::copy(&certificate, office.data().join("tls/certificate.pem")).unwrap();
    let page =
        send_tls(&office, request("GET", "/login", office.socket(), &[], "").as_bytes()).await.unwrap();
    assert_eq!(page.status, 200);
    drop(office);
    let refused = |key: &Path, words: &str| {
        let data = folder.path().join("data");
        let arguments =
            ["serve", "--training", "--listen", "127.0.0.1:0", "--data", text(&data), "--tls-cert"];
        let output = run(&[&arguments[..], &[text(&certificate), "--tls-key", text(key)]].concat());
        crate::cli::refused(&output, words);
    };
    refused(&other, "組になっていません");
    refused(&certificate, "鍵として読めません");
    fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
    refused(&key, "ほかの利用者も読めます");
}

/// Without TLS and without a proxy a live office opens for its own machine only, and says what to do.
#[test]
fn never_stands_in_the_open() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let output = run(&["serve", "--data", text(&data), "--listen", "0.0.0.0:0"]);
    crate::cli::refused(&output, "--tls-self-made");
    assert!(!data.exists(), "nothing is made");
}
