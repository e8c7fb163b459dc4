//! Made-up letters and copies for tests and samples.
#![allow(dead_code)] // each user of this module needs another part of it

#[path = "poppler.rs"]
pub mod poppler;

use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset, NaiveDate};
use forms::application::Application;
use forms::certificate_copy::CertificateCopy;
use forms::notice::{NoticeCertificate, NoticeLetter};
use forms::{Addressee, FontPaths, Fonts, FormError, OfficeText, Paper, PrintOptions, Printed, samples};
use rules::kinds::CertificateKind;

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// The real fonts, read once.
pub fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> =
        LazyLock::new(|| Fonts::load(&FontPaths::default()).expect("fonts, installed by make setup"));
    &FONTS
}

pub fn made_at() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T09:30:00+09:00").expect("a moment")
}

pub fn office() -> OfficeText {
    OfficeText {
        ward: "見本区".to_owned(),
        department: "戸籍住民課 マイナンバーカード係".to_owned(),
        mayor: "見本区長 見本 一郎".to_owned(),
        postal_code: "1000099".to_owned(),
        address: "東京都見本区中央一丁目1番1号".to_owned(),
        place: "見本区役所 1階 3番窓口".to_owned(),
        hours: "月曜日から金曜日\n午前8時30分から午後5時まで".to_owned(),
        closed: "土曜日・日曜日・祝日・年末年始".to_owned(),
        phone: "03-0000-0123".to_owned(),
        website: "https://www.mihon.example.jp/mynumber".to_owned(),
    }
}

pub fn letter(number: u32, name: &str, address: &str, building: Option<&str>) -> NoticeLetter {
    let certificate = |kind| NoticeCertificate {
        kind,
        expires: day(2027, 1, 10),
        renewal_from: day(2026, 10, 11),
        last_open_day: Some(day(2027, 1, 8)),
    };
    NoticeLetter {
        number,
        token: forms::code::token(
            u128::from(number).pow(4).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes(),
        ),
        addressee: Addressee {
            name: name.to_owned(),
            postal_code: "115-0045".to_owned(),
            address: address.to_owned(),
            building: building.map(ToOwned::to_owned),
        },
        certificates: vec![
            certificate(CertificateKind::Signature),
            certificate(CertificateKind::Authentication),
        ],
        office: office(),
        issued: day(2026, 11, 22),
        face_only: false,
        fees: forms::notice::NoticeFees::default(),
        reply_form: false,
        wording: None,
    }
}

pub use forms::samples::NAME as IVS_NAME;

pub fn plain() -> NoticeLetter {
    letter(123, IVS_NAME, "東京都見本区赤羽一丁目23番4-506号", Some("見本ハイツ赤羽"))
}

pub fn copy() -> CertificateCopy {
    samples::certificate_copy(office())
}

pub fn application() -> Application {
    samples::application(office())
}

/// As long as an application gets: an old surname, a legal representative, consent to a shorter validity.
pub fn full_application() -> Application {
    samples::full_application(office())
}

/// Every paper, with easy and hard content.
pub fn samples(fonts: &Fonts) -> Result<Vec<(&'static str, Printed)>, FormError> {
    let live = PrintOptions::new(made_at(), false);
    let training = PrintOptions::new(made_at(), true);
    let long = letter(
        124,
        "マリア・デル・カルメン・フェルナンデス・デ・ラ・クルス・イ・ガルシア山本",
        "北海道虻田郡見本町字見本台一丁目二番地の三十四見本見本地区区画整理事業地内五十六街区七画地",
        Some(
            "グランドメゾン見本セントラルパークサイドレジデンス壱番館 壱千弐百参号室 株式会社見本商事寮 見本様方",
        ),
    );
    let mut hard = letter(125, "𠮷\u{E0101}田 龘\u{E01EF}子", "東京都見本区\u{10FFFD}町1-2-3", None);
    hard.certificates.remove(0);
    hard.certificates[0].last_open_day = None;
    let mut face = letter(126, "髙橋 﨑太郎", "東京都見本区西が丘三丁目7番8号", None);
    face.face_only = true;
    face.certificates.remove(0);
    let mut all = vec![
        ("notice", forms::notice::print(&[plain()], fonts, &live)?),
        ("notice-training", forms::notice::print(&[plain(), long, hard, face], fonts, &training)?),
        ("notice-reply", forms::notice::print(&[samples::notice(office())], fonts, &live)?),
        ("inquiry-again-training", forms::inquiry::print(&samples::re_inquiry(office()), fonts, &training)?),
        ("application-training", forms::application::print(&full_application(), fonts, &training)?),
    ];
    for paper in Paper::ALL.into_iter().filter(|paper| *paper != Paper::Notice) {
        all.push((paper.code(), samples::print(paper, &office(), fonts, &live)?));
    }
    Ok(all)
}
