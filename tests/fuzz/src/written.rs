//! Where the fuzzer begins with what people, browsers and scripts write.

use crate::Pieces;
use forms::{Paper, Wording};
use server::import::FileKind;

/// Target, name and bytes of each beginning.
pub fn seeds() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut seeds = Vec::new();
    let mut add = |target: &'static str, texts: &[&str]| {
        for (number, text) in texts.iter().enumerate() {
            seeds.push((target, format!("{number}"), text.as_bytes().to_vec()));
        }
    };
    add(
        "dates",
        &[
            "2025-10-10",
            "20251010",
            "R7.10.10",
            "令和元年5月1日(水)",
            "㍻31.4.30",
            "明治5年12月2日",
            "Ｓ６４／１／７",
        ],
    );
    add(
        "search_words",
        &[
            "渡邉 花子 S55.10.10",
            "R8-000123",
            "Ｒ８ー１２３",
            "照会-000123",
            "赤羽一丁目 ワタナベ",
            "20251010",
        ],
    );
    add(
        "scanned_codes",
        &["0123456789ABCDEFGHJKMNPQRS", "0123456789ABCDEFGHJKMNPQRSU", "0123456789abcdef0123456789abcdef"],
    );
    add(
        "barcodes",
        &[
            "263-0023\n緑町3丁目30-8 郵便ビル403号",
            "1150045\n赤羽一丁目23番4-506号",
            "〒115-0045\n1丁目2番地A棟3F",
        ],
    );
    add(
        "form_bodies",
        &[
            "csrf=0123456789abcdef0123456789abcdef&name=%E8%A6%8B%E6%9C%AC&last_try=signature&last_try=authentication",
            "a=1;b=2&c&=d&%zz=%&csrf=",
        ],
    );
    add(
        "calc_lines",
        &[
            r#"{"ask":"renewal_period","expiry":"2023-07-07","abroad":true}"#,
            r#"{"ask":"validity","kind":"authentication","birth":"1980-10-10","issued":"2024-07-11","card_expiry":"2029-10-10","current_expiry":"2024-10-10"}"#,
            r#"{"ask":"card_validity","birth":"1980-10-10","received":"2020-04-20","issued":"2020-05-15","stay_until":"2021-01-01"}"#,
            r#"{"ask":"procedure","today":"2025-07-11","birth":"1980-10-10","issued":"2020-12-01","card_expiry":"2030-10-10","current_expiry":"2025-10-10","applicant":"proxy","notice_form":"none","pins_known":true}"#,
            r#"{"ask":"pin","kind":"signature","value":"KAERU7"}"#,
            r#"{"ask":"open_day","date":"2026-09-22"}"#,
            r#"{"ask":"wareki","text":"R7.10.10"}"#,
            r#"{"ask":"customer_barcode","postal_code":"263-0023","address":"緑町3丁目30-8"}"#,
        ],
    );
    for (number, paper) in Paper::ALL.iter().enumerate() {
        let text = Wording::standard(*paper).text().to_owned();
        let what = u8::try_from(number).unwrap_or_default();
        seeds.push(("wordings", paper.code().to_owned(), [&[what], text.as_bytes()].concat()));
    }
    for (what, kind, row) in [(0, FileKind::Residents, RESIDENT), (1, FileKind::Cards, CARD)] {
        let file = format!("{}\r\n{row}\r\n", kind.columns().join(","));
        seeds.push(("csv_import", format!("{}-utf8", kind.code()), [&[what], file.as_bytes()].concat()));
        let quoted =
            format!("\u{FEFF}{}\n\"{}\"\n{row}\n", kind.columns().join(","), row.replace(',', "\",\""));
        seeds.push(("csv_import", format!("{}-quoted", kind.code()), [&[what], quoted.as_bytes()].concat()));
    }
    let mut headers = Vec::new();
    for (what, value) in [
        (0, "__Host-madoguchi_session=0123; madoguchi_pad=4567"),
        (1, "madoguchi.example:8443"),
        (2, "https://madoguchi.example:8443"),
        (3, "for=\"[2001:db8::17]:4711\";proto=https;host=a, for=192.0.2.1;proto=http"),
        (4, "192.0.2.7, 198.51.100.9"),
        (5, "https"),
    ] {
        Pieces::write(&mut headers, &[&[what], value.as_bytes()].concat());
    }
    seeds.push(("headers", "all".to_owned(), headers));
    seeds.push(("tlv", "certificate".to_owned(), vec![0x30, 0x82, 0, 5, 2, 1, 1, 4, 0, 0xDF, 0x21, 1, 0]));
    seeds
}

/// 見本 people only.
const RESIDENT: &str = "9900000901,8800000901,見本　一郎,ミホン イチロウ,,,S55.10.10,男,115-0045,東京都見本区赤羽一丁目23番4,見本ハイツ506号,日本人,,,,,,転入,R2.4.1";
const CARD: &str = "9900000901,M00000000000000000000901,個人番号カード,,R2.12.1,R12.10.10,52A00901,R2.12.1,R7.10.10,有効,52A00902,R2.12.1,R7.10.10,有効";
