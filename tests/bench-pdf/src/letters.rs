//! Made-up letters, all different.

use chrono::{DateTime, FixedOffset, NaiveDate};
use forms::notice::{NoticeCertificate, NoticeFees, NoticeLetter};
use forms::{Addressee, FontPaths, Fonts, OfficeText};
use rules::kinds::CertificateKind;

pub fn made_at() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T09:30:00+09:00").expect("a moment")
}

pub fn fonts() -> Fonts {
    Fonts::load(&FontPaths::default()).expect("fonts, installed by make setup")
}

/// What differs from letter to letter.
pub struct Own {
    pub name: String,
    pub address: String,
    pub number: String,
    pub token: String,
}

pub fn own(number: u32) -> Own {
    const NAMES: [&str; 6] =
        ["渡邉\u{E0111} 花子", "髙橋 一郎", "𠮷田 桜", "齋\u{E0103}藤 健太", "佐藤 美咲", "グエン ティ ミホン"];
    Own {
        name: NAMES[number as usize % NAMES.len()].to_owned(),
        address: format!("東京都見本区赤羽{}丁目{}番{}号", number % 9 + 1, number % 47 + 1, number),
        number: format!("通知-{number:06}"),
        token: forms::code::token((u128::from(number) * 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835 % u128::MAX).to_be_bytes()),
    }
}

pub fn letter(number: u32) -> NoticeLetter {
    let own = own(number);
    let day = |day| NaiveDate::from_ymd_opt(2027, 1, day).expect("a day");
    let certificate = |kind| NoticeCertificate {
        kind,
        expires: day(10),
        renewal_from: NaiveDate::from_ymd_opt(2026, 10, 11).expect("a day"),
        last_open_day: Some(day(8)),
    };
    NoticeLetter {
        number,
        token: own.token,
        addressee: Addressee {
            name: own.name,
            postal_code: "115-0045".to_owned(),
            address: own.address,
            building: None,
        },
        certificates: vec![certificate(CertificateKind::Signature), certificate(CertificateKind::Authentication)],
        office: office(),
        issued: NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"),
        face_only: false,
        fees: NoticeFees::default(),
        reply_form: false,
        wording: None,
    }
}

fn office() -> OfficeText {
    let text = |text: &str| text.to_owned();
    OfficeText {
        ward: text("見本区"),
        department: text("戸籍住民課 マイナンバーカード係"),
        mayor: text("見本区長 見本 一郎"),
        postal_code: text("1000099"),
        address: text("東京都見本区中央一丁目1番1号"),
        place: text("見本区役所 1階 3番窓口"),
        hours: text("月曜日から金曜日 午前8時30分から午後5時まで"),
        closed: text("土曜日・日曜日・祝日・年末年始"),
        phone: text("03-0000-0123"),
        website: String::new(),
    }
}
