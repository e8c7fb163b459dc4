//! `/imports`: choose, check, take or leave, as a browser does it.

use office_tests::clerk::{Clerk, Page};
use office_tests::journey::Journey;
use office_tests::office::Office;
use reqwest::StatusCode;
use std::io::Write;
use std::process::{Command, Stdio};

const RESIDENTS: &str = "宛名番号,世帯番号,氏名,氏名カナ,旧氏,通称,生年月日,性別,郵便番号,住所,方書,住民種別,在留資格,在留期間満了日,成年被後見人,支援措置,居所登録,異動事由,異動日\r\n";
const CARDS: &str = "宛名番号,カード番号,カード種別,顔認証,カード発行日,カード有効期限,署名用シリアル,署名用発行日,署名用有効期限,署名用状態,利用者証明用シリアル,利用者証明用発行日,利用者証明用有効期限,利用者証明用状態\r\n";

/// A file of one resident.
pub fn resident(number: &str, name: &str, old_surname: &str, birth: &str) -> String {
    format!("{RESIDENTS}{}", row(number, name, old_surname, birth))
}

fn row(number: &str, name: &str, old_surname: &str, birth: &str) -> String {
    format!(
        "{number},1,{name},トリコミ ヒト,{old_surname},,{birth},女,115-0045,訓練市本町一丁目2番3号,,日本人,,,,,,,\r\n"
    )
}

fn card(number: &str, card: &str, expires: &str) -> String {
    format!(
        "{number},{card},個人番号カード,,2022-12-01,{expires},0A{number},2022-12-01,2027-10-10,有効,0B{number},2022-12-01,2027-10-10,有効\r\n"
    )
}

/// What the core systems really send: CP932.
fn cp932(text: &str) -> Vec<u8> {
    let mut iconv = Command::new("iconv")
        .args(["-f", "UTF-8", "-t", "CP932"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("iconv is part of Debian's base");
    iconv.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = iconv.wait_with_output().unwrap();
    assert!(output.status.success());
    output.stdout
}

/// Brings a file and waits for the end of the check; the page's address and the page.
async fn check(clerk: &Clerk, kind: &str, file: Vec<u8>) -> (String, Page) {
    let brought = clerk.upload("/imports", "/imports", &[("kind", kind)], ("file", file)).await;
    assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.text);
    let address = brought.location.expect("a check has an address");
    let page = finished(clerk, &address).await;
    (address, page)
}

async fn finished(clerk: &Clerk, address: &str) -> Page {
    for _ in 0..500 {
        let page = clerk.get(address).await;
        if !page.text.contains("取込中") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{address} goes on and on");
}

/// Brings a file in, all of it.
pub async fn take(clerk: &Clerk, kind: &str, text: &str) -> Page {
    let (address, page) = check(clerk, kind, text.as_bytes().to_vec()).await;
    assert!(page.text.contains(&format!("{address}/take")), "{}", page.text);
    let pressed = clerk.submit(&address, &format!("{address}/take"), &[]).await;
    assert_eq!(pressed.status, StatusCode::SEE_OTHER, "{}", pressed.text);
    finished(clerk, &address).await
}

/// Residents and their cards come in, in either encoding; a bad row is named by row, column and sentence, and stays out.
#[tokio::test]
async fn good_rows_come_in_and_bad_ones_are_named() {
    let office = Office::training_on("2026-11-24");
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    let text =
        [RESIDENTS, &row("6001", "取込 花子", "", "S55.10.10"), &row("6002", "取込 次郎", "", "1980-02-30")]
            .concat();
    for (file, read_as) in
        [(text.clone().into_bytes(), "2行、UTF-8"), (cp932(&text), "2行、Shift_JIS(CP932)")]
    {
        let (address, page) = check(&clerk, "residents", file).await;
        let words = page.words();
        assert!(words.contains(read_as), "{words}");
        assert!(
            words.contains("1 行 新しく入る行 0 行 変わる行 0 行 変わらない行 1 行 受け取れない行"),
            "{words}"
        );
        assert!(words.contains("3 生年月日 1980-02-30 「1980-02-30」は暦にない日付です。"), "{words}");
        let left = clerk.submit(&address, &format!("{address}/leave"), &[]).await;
        assert_eq!(left.location.as_deref(), Some("/imports"));
    }
    assert!(
        !clerk.get("/search?q=取込").await.text.contains("/residents/6001"),
        "a check and a leave take nothing"
    );

    let (address, _) = check(&clerk, "residents", cp932(&text)).await;
    clerk.submit(&address, &format!("{address}/take"), &[]).await;
    let taken = finished(&clerk, &address).await.words();
    assert!(taken.contains("2行のうち、追加1、変更0、変更なし0、取り込めない行1。"), "{taken}");
    assert!(taken.contains("3行目 生年月日"), "{taken}");
    let cards = format!(
        "{CARDS}{}{}",
        card("6001", "T00000000006001", "2032-10-10"),
        card("6002", "T00000000006002", "2032-10-10")
    );
    let (address, checked) = check(&clerk, "cards", cp932(&cards)).await;
    assert!(checked.words().contains("3 宛名番号 6002"), "nobody's card: {}", checked.words());
    clerk.submit(&address, &format!("{address}/take"), &[]).await;
    finished(&clerk, &address).await;

    let counter = Clerk::log_in(office.address(), "sato").await;
    assert!(counter.get("/search?q=T00000000006001").await.text.contains("/residents/6001"));
    let page = counter.get("/residents/6001").await.words();
    assert!(page.contains("取込 花子") && page.contains("昭和55年10月10日"), "{page}");
    assert!(page.contains("満了日 令和9年10月10日") && page.contains("カード番号 T00000000006001"), "{page}");
    assert_eq!(counter.get("/residents/6002").await.status, StatusCode::NOT_FOUND);
}

/// The same file again changes nothing and says so; a corrected one names what changes, from what to what.
#[tokio::test]
async fn the_same_again_changes_nothing() {
    let office = Office::training_on("2026-11-24");
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    let text = resident("6001", "取込 花子", "", "S55.10.10");
    take(&clerk, "residents", &text).await;
    let (address, page) = check(&clerk, "residents", cp932(&text)).await;
    assert!(page.words().contains("このファイルで変わるものはありません。"), "{}", page.words());
    assert!(!page.text.contains(&format!("{address}/take")), "there is nothing to take");
    let corrected = text.replace("S55.10.10", "1980年10月11日");
    let (_, page) = check(&clerk, "residents", corrected.into_bytes()).await;
    let words = page.words();
    assert!(words.contains("1 行 変わる行") && words.contains("生年月日が「"), "{words}");
    let past = clerk.get("/imports").await.words();
    assert!(past.contains("住民 file.csv 田中 1 0 0 0"), "{past}");
    let auditor = Clerk::log_in(office.address(), "ito").await;
    let trail = auditor.get("/audit?kind=30").await.words();
    assert_eq!(trail.matches("住民のファイルを取り込みました。1行のうち、追加1").count(), 1, "{trail}");
}

/// Files that aren't what they should be end with one sentence, and the form is there again.
#[tokio::test]
async fn wrong_files_are_refused_whole() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    let numbers = resident("6001", "取込 花子", "", "S55.10.10")
        .replace("性別", "性別,個人番号")
        .replace("女", "女,123456789018");
    for (kind, file, words) in [
        ("residents", b"a,b,c\r\n1,2,3\r\n".to_vec(), "列名が1つも見つかりません。何も取り込んでいません。"),
        ("cards", resident("6001", "取込 花子", "", "S55.10.10").into_bytes(), "カードのファイル"),
        ("residents", numbers.into_bytes(), "個人番号"),
        ("residents", b"PK\x03\x04\0\0".to_vec(), "Excel"),
        ("residents", b"%PDF-1.7\n".to_vec(), "PDF"),
    ] {
        let (_, page) = check(&clerk, kind, file).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}: {}", page.text);
        assert!(page.words().contains(words), "{words}: {}", page.words());
        assert!(page.text.contains("type=\"file\""), "the form is there again");
    }
    let empty = clerk.upload("/imports", "/imports", &[("kind", "cards")], ("file", Vec::new())).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.words().contains("ファイルの中身が空です。"), "{}", empty.words());
    assert!(clerk.get("/imports").await.words().contains("まだ取り込んでいません。"));
}

/// A file that was left can't be taken any more, and nobody else can take what one person brought.
#[tokio::test]
async fn what_was_left_is_gone() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    let other = Clerk::log_in(office.address(), "yamamoto").await;
    let text = resident("6001", "取込 花子", "", "S55.10.10");
    let (address, page) = check(&clerk, "residents", text.into_bytes()).await;
    assert_eq!(other.get(&address).await.status, StatusCode::NOT_FOUND);
    let fields = office_tests::clerk::hidden_fields(&page.text, &format!("{address}/take"));
    clerk.submit(&address, &format!("{address}/leave"), &[]).await;
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(clerk.send(&format!("{address}/take"), &fields).await.status, StatusCode::NOT_FOUND);
    let incoming = std::fs::read_dir(office.data().join("incoming")).map_or(0, Iterator::count);
    assert_eq!(incoming, 0, "the file is deleted");
    assert_eq!(
        Clerk::log_in(office.address(), "suzuki").await.get("/residents/6001").await.status,
        StatusCode::NOT_FOUND
    );
}

/// Who was just imported can be received at once.
#[tokio::test]
async fn who_came_in_can_be_received() {
    let office = Office::training_on("2026-11-24");
    let back_office = Clerk::log_in(office.address(), "tanaka").await;
    take(&back_office, "residents", &resident("6001", "取込 花子", "", "S55.01.10")).await;
    let row = card("6001", "T00000000006001", "2032-01-10")
        .replace("2027-10-10", "2027-01-10")
        .replace("0A6001", "0A61")
        .replace("0B6001", "0B61");
    take(&back_office, "cards", &format!("{CARDS}{row}")).await;
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let case = Journey::open(&clerk, "6001", "renewal").await;
    assert!(case.page().await.words().contains("取込 花子"), "{}", case.case);
}
