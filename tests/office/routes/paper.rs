//! `/settings/paper` and what is under it, and the codes on letters.

use super::campaigns::printed;
use office_tests::clerk::{Clerk, Page};
use office_tests::office::Office;
use reqwest::StatusCode;
use std::process::Command;

const DAY: &str = "2026-11-24";
const NOTICE: &str = "/settings/paper/wording/notice";

/// Sends the form of envelope and printers as it stands, with changes.
pub async fn print_settings(clerk: &Clerk, changes: &[(&str, &str)]) -> Page {
    let usual = [
        ("width_mm", "235"),
        ("height_mm", "120"),
        ("window_left_mm", "20"),
        ("window_top_mm", "17"),
        ("window_width_mm", "90"),
        ("window_height_mm", "45"),
        ("barcode_points", "8"),
        ("part_letters", "1000"),
        ("printer_0", "窓口のプリンタ"),
        ("right_0", "0"),
        ("down_0", "0"),
        ("letters_printer", "0"),
        ("counter_printer", "0"),
        ("reply_form", "yes"),
    ];
    let fields: Vec<(&str, &str)> = usual
        .into_iter()
        .map(|(key, value)| (key, changes.iter().find(|(changed, _)| *changed == key).map_or(value, |c| c.1)))
        .collect();
    clerk.submit("/settings/paper", "/settings/paper", &fields).await
}

fn text_of(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, pdf).unwrap();
    let output = Command::new("pdftotext").arg(&file).arg("-").output().expect("poppler-utils is installed");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

async fn send(clerk: &Clerk, text: &str, act: &str) -> Page {
    clerk.submit(NOTICE, NOTICE, &[("text", text), ("act", act)]).await
}

/// The text in the form, as the browser would send it back.
fn words_in(page: &str) -> String {
    let start = page.find("<textarea").unwrap();
    let inside = &page[start + page[start..].find('>').unwrap() + 1..];
    let text = inside[..inside.find("</textarea>").unwrap()].trim_start_matches('\n');
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// The office's own words are printed from the next letter on; a letter from before prints as it was; the program's
/// words come back at a press.
#[tokio::test]
async fn words_belong_to_the_office_and_old_letters_keep_theirs() {
    let office = Office::training_on(DAY);
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let back = Clerk::log_in(office.address(), "tanaka").await;
    printed(&office, "2027-01").await;
    let before = text_of(&back.bytes("/campaigns/1/all.pdf").await);
    assert!(before.contains("電子証明書の有効期限通知書"));

    let standard = words_in(&supervisor.get(NOTICE).await.text);
    let own = standard.replace("[題名]\n電子証明書の有効期限通知書", "[題名]\n電子証明書の更新のお知らせ");
    assert_ne!(own, standard);
    let seen = send(&supervisor, &own, "preview").await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.words());
    let picture =
        seen.text.split("src=\"").find(|part| part.contains(".png")).expect("a picture of the sheet");
    let picture = supervisor.bytes(&picture[..picture.find('"').unwrap()]).await;
    assert!(picture.starts_with(b"\x89PNG"));
    let pdf = seen.text.split("href=\"").find(|part| part.starts_with("/settings/paper/preview/")).unwrap();
    let pdf = supervisor.bytes(&pdf[..pdf.find('"').unwrap()]).await;
    assert!(text_of(&pdf).contains("電子証明書の更新のお知らせ"));
    // Looking is not changing.
    assert_eq!(words_in(&supervisor.get(NOTICE).await.text), standard);

    let saved = send(&supervisor, &own, "save").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.words());
    assert_eq!(words_in(&supervisor.get(NOTICE).await.text), own);
    assert!(office.data().join("wording/notice.txt").exists());
    assert!(supervisor.get("/settings/paper").await.words().contains("● 役所の文"));
    printed(&office, "2027-02").await;
    let new = text_of(&back.bytes("/campaigns/2/all.pdf").await);
    assert!(new.contains("電子証明書の更新のお知らせ") && !new.contains("有効期限通知書\n"), "{new}");
    assert_eq!(text_of(&back.bytes("/campaigns/1/all.pdf").await), before);
    let trail = Clerk::log_in(office.address(), "ito").await.get("/audit?kind=70").await.words();
    assert!(trail.contains("「有効期限通知書」の文を変えました。"), "{trail}");

    send(&supervisor, &own, "reset").await;
    assert_eq!(words_in(&supervisor.get(NOTICE).await.text), standard);
    let again = text_of(&back.bytes("/campaigns/2/all.pdf").await);
    assert_eq!(again, new);
}

/// An unknown field, a missing sentence, a text without room and a character that no font has are refused with the
/// line and a sentence; what was entered stays, and nothing is changed.
#[tokio::test]
async fn wrong_words_are_refused_with_their_line() {
    let office = Office::training_on(DAY);
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let standard = words_in(&supervisor.get(NOTICE).await.text);
    let line_of = |text: &str, words: &str| text.lines().position(|line| line.contains(words)).unwrap() + 1;
    let long = "とても長い文です。".repeat(60);
    for (from, to, line_with, sentence) in [
        ("{手数料}", "{手数量}", "{手数量}", "{手数量} という欄はありません"),
        ("行き違い", "入れ違い", "入れ違い", "行き違いのおわびを必ず書いてください"),
        ("続けて使うには、", long.as_str(), "マイナンバーカードに入っている", "読める大きさで入りません"),
        ("続けて使うには、", "続けて\u{10FFFD}", "マイナンバーカードに入っている", "書体にありません"),
        ("[前文]", "[まえがき]", "[まえがき]", "[まえがき] という見出しはありません"),
    ] {
        let text = standard.replacen(from, to, 1);
        let page = send(&supervisor, &text, "save").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}: {}", page.words());
        let expected = format!("{}行目: ", line_of(&text, line_with));
        let words = page.words();
        assert!(words.contains(sentence) && words.contains(&expected), "{expected}{sentence}: {words}");
        assert_eq!(words_in(&page.text), text, "what was entered stays");
    }
    assert_eq!(words_in(&supervisor.get(NOTICE).await.text), standard);
    assert!(!office.data().join("wording/notice.txt").exists());

    // A file that somebody spoils by hand is told, and the words from before stay in force.
    std::fs::create_dir_all(office.data().join("wording")).unwrap();
    std::fs::write(office.data().join("wording/notice.txt"), "[題名]\n{なにか}\n").unwrap();
    let words = supervisor.get("/settings/paper").await.words();
    assert!(words.contains("使えないファイルがあります") && words.contains("2行目"), "{words}");
    let back = Clerk::log_in(office.address(), "tanaka").await;
    printed(&office, "2027-01").await;
    assert!(text_of(&back.bytes("/campaigns/1/all.pdf").await).contains("電子証明書の有効期限通知書"));
}

/// Envelope and printers are the office's: what can't be is told at its field, and the test sheet is moved as entered.
#[tokio::test]
async fn envelope_and_printers() {
    let office = Office::training_on(DAY);
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let wrong = print_settings(&supervisor, &[("window_width_mm", "60"), ("right_0", "たくさん")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = wrong.words();
    assert!(words.contains("窓の横(mm)は、80から120") && words.contains("右への調整は"), "{words}");
    assert!(wrong.text.contains("value=\"たくさん\""));

    let saved = print_settings(&supervisor, &[("right_0", "1.5"), ("down_0", "-2")]).await;
    assert_eq!(saved.location.as_deref(), Some("/settings/paper?saved=yes"), "{}", saved.words());
    let sheet = text_of(&supervisor.bytes("/settings/paper/test-sheet.pdf?printer=0").await);
    assert!(sheet.contains("右へ 1.5 mm") && sheet.contains("下へ -2.0 mm"), "{sheet}");
    assert_eq!(
        supervisor.get("/settings/paper/test-sheet.pdf?printer=5").await.status,
        StatusCode::NOT_FOUND
    );
    let clerk = Clerk::log_in(office.address(), "sato").await;
    for path in ["/settings/paper", NOTICE, "/settings/paper/test-sheet.pdf"] {
        assert_eq!(clerk.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

/// The number of a letter, typed in any width, opens its person; a code that nobody wrote is looked for like any word.
#[tokio::test]
async fn a_letter_is_found_by_its_number_and_code() {
    let office = Office::training_on(DAY);
    let back = Clerk::log_in(office.address(), "tanaka").await;
    printed(&office, "2027-01").await;
    let counter = Clerk::log_in(office.address(), "sato").await;
    let mut seen = Vec::new();
    for typed in ["%E9%80%9A%E7%9F%A5-000001", "%E9%80%9A%E7%9F%A5%EF%BC%8D%EF%BC%91"] {
        let found = counter.get(&format!("/search?q={typed}")).await;
        assert_eq!(found.status, StatusCode::SEE_OTHER, "{typed}: {}", found.words());
        seen.push(found.location.unwrap());
    }
    assert!(seen[0].starts_with("/residents/") && seen[0] == seen[1], "{seen:?}");

    // The codes of the first letter and its reply form, read from their pictures by a decoder of somebody else's.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("run.pdf"), back.bytes("/campaigns/1/all.pdf").await).unwrap();
    for (page, sheet) in [("1", "letter"), ("2", "reply")] {
        let drawn = Command::new("pdftoppm")
            .args(["-gray", "-r", "300", "-f", page, "-l", page, "-singlefile", "run.pdf", "p"])
            .current_dir(folder.path())
            .status();
        assert!(drawn.expect("poppler-utils is installed").success());
        let code = decode(&std::fs::read(folder.path().join("p.pgm")).unwrap());
        let found = counter.get(&format!("/search?q={}", code.to_lowercase())).await;
        assert_eq!(found.location.unwrap(), format!("{}?scanned={sheet}", seen[0]), "{code}");
    }
    let nobody = counter.get("/search?q=0123456789ABCDEFGHJKMNPQRS").await;
    assert_eq!(nobody.status, StatusCode::OK);
}

/// The one QR code in a grey picture.
fn decode(file: &[u8]) -> String {
    let head: Vec<usize> = String::from_utf8_lossy(&file[..20])
        .split_whitespace()
        .skip(1)
        .take(2)
        .map(|number| number.parse().unwrap())
        .collect();
    let (width, height) = (head[0], head[1]);
    let pixels = &file[file.len() - width * height..];
    let mut picture =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    let codes = picture.detect_grids();
    assert_eq!(codes.len(), 1);
    codes[0].decode().expect("a readable code").1
}
