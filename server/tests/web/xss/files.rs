//! The same through a file: names, readings and addresses as they come from the register.

use super::{Eye, browsers};
use crate::hostile;
use crate::html;
use crate::support::{Browser, Ward};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use server::import::FileKind;
use std::time::Duration;

/// The columns that take words, with the place of each in the file.
const WORDS: [(usize, &str); 8] = [
    (2, "氏名"),
    (3, "氏名カナ"),
    (4, "旧氏"),
    (5, "通称"),
    (9, "住所"),
    (10, "方書"),
    (12, "在留資格"),
    (17, "異動事由"),
];

/// A row of the file; 見本 people only.
fn row(number: usize, place: Option<usize>, text: &str) -> String {
    let resident = format!("97{number:08}");
    let household = format!("96{number:08}");
    let plain = [
        &resident,
        &household,
        "見本　一郎",
        "ミホン イチロウ",
        "",
        "",
        "S55.10.10",
        "男",
        "115-0045",
        "東京都見本区赤羽一丁目23番4",
        "見本ハイツ506号",
        "日本人",
        "",
        "",
        "",
        "",
        "",
        "転入",
        "R2.4.1",
    ];
    let cells = plain.iter().enumerate().map(|(index, cell)| {
        let cell = if Some(index) == place { text } else { cell };
        format!("\"{}\"", cell.replace('"', "\"\""))
    });
    cells.collect::<Vec<_>>().join(",")
}

async fn bring(browser: &mut Browser, file: &str) -> String {
    let csrf = html::forms(&browser.get("/imports").await.text)
        .into_iter()
        .find(|form| form.multipart)
        .and_then(|form| form.values.into_iter().find(|(name, _)| name == "csrf"))
        .expect("a form for files")
        .1;
    let part = |name: &str, value: &str| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut body = part("csrf", &csrf) + &part("kind", "residents");
    body +=
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"<poison-element>.csv\"\r\n\r\n";
    let body = format!("{body}{file}\r\n--edge--\r\n");
    let request =
        Request::post("/imports").header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
    let answer = browser.raw(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(answer.body()));
    answer.headers()[header::LOCATION].to_str().unwrap().to_owned()
}

/// Brings a file, takes its good rows, and returns the pages on the way.
async fn import(browser: &mut Browser, file: &str) -> Vec<String> {
    let address = bring(browser, file).await;
    let take = format!("{address}/take");
    let checked = browser.until_text(&address, &take).await.text;
    let form = html::forms(&checked).into_iter().find(|form| form.action == take).expect("a form to take it");
    let fields: Vec<(&str, &str)> = form.values.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(browser.post(&take, &fields).await.status, StatusCode::SEE_OTHER);
    loop {
        let page = browser.get(&address).await.text;
        if !page.contains("取り込んでいます") {
            return vec![checked, page];
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Each cell with each text: refused with its row, or taken, and then shown as it stands wherever the person is shown.
#[tokio::test]
async fn text_stays_text_from_a_file() {
    let ward = Ward::open().await;
    let mut eye = Eye::learning();
    super::matrix::everywhere(&ward, &mut eye).await;
    let mut all = browsers(&ward).await;
    let head = FileKind::Residents.columns().join(",");
    let browser = all.get_mut("tanaka").unwrap();
    for page in import(browser, &format!("{head}\r\n{}\r\n{}\r\n", row(0, None, ""), row(0, None, ""))).await
    {
        eye.look("harmless", &page);
    }
    let mut people = Vec::new();
    let mut rows = vec![head];
    for (place, column) in WORDS {
        for (name, text) in hostile::texts("zqfx") {
            // A file with such a byte is no text at all, and refused whole.
            let text = text.replace('\0', "");
            let number = people.len() + 1;
            people.push((number, column, name, text.clone()));
            rows.push(row(number, Some(place), &text));
        }
    }
    let pages = import(browser, &rows.join("\r\n")).await;
    for login in ["sato", "takahashi"] {
        eye.look("nobody's page", &all.get_mut(login).unwrap().get("/residents/9700000000").await.text);
        eye.look("nobody is found", &all.get_mut(login).unwrap().get("/search?q=zqfxzqfx").await.text);
    }
    eye.learning = false;
    for page in &pages {
        eye.look("the import", page);
    }
    let mut taken = 0;
    for login in ["sato", "takahashi"] {
        let browser = all.get_mut(login).unwrap();
        for (number, column, name, text) in &people {
            let about = format!("{login}: {column} with {name}");
            let page = browser.get(&format!("/residents/97{number:08}")).await;
            if page.status == StatusCode::NOT_FOUND {
                eye.want(pages[0].contains(column), || format!("{about} was refused without a word"));
                continue;
            }
            taken += 1;
            eye.look(&about, &page.text);
            let shown = html::pieces(&page.text, "zqfx");
            let hidden = matches!(*column, "異動事由" | "在留資格");
            eye.want(hidden || !shown.is_empty(), || format!("{about}: shown nowhere"));
            let whole = shown.is_empty() || shown.iter().any(|piece| super::as_entered(piece, text));
            eye.want(whole, || format!("{about}: {shown:?}"));
            let query: String = text.chars().take(20).filter(|c| c.is_alphanumeric()).collect();
            eye.look(&about, &browser.get(&format!("/search?q={query}")).await.text);
        }
    }
    eye.close();
    assert!(taken > 60, "only {taken} of {} were taken", people.len() * 2);
}
