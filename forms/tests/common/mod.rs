//! Made-up letters and copies for tests and samples.
#![allow(dead_code)] // each user of this module needs another part of it

#[path = "poppler.rs"]
pub mod poppler;

use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset, NaiveDate};
use forms::application::{Application, AppliedCertificate, Purpose, Representative};
use forms::certificate_copy::{CertificateCopy, CopiedCertificate};
use forms::notice::{NoticeCertificate, NoticeLetter};
use forms::{Addressee, FontPaths, Fonts, FormError, OfficeText, PrintOptions, Printed};
use rules::kinds::{Applicant, CertificateKind, Sex};

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
        token: format!("MG7K2Q9X4WT8RB3NV5HJ{number:06}"),
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
    }
}

/// A name with a variation sequence of the Moji_Joho collection.
pub const IVS_NAME: &str = "渡邉\u{E0111} 花子";

pub fn plain() -> NoticeLetter {
    letter(123, IVS_NAME, "東京都見本区赤羽一丁目23番4-506号", Some("見本ハイツ赤羽"))
}

pub fn copy() -> CertificateCopy {
    CertificateCopy {
        reception_number: "R8-000123".to_owned(),
        issued: day(2026, 11, 24),
        name: IVS_NAME.to_owned(),
        other_name: None,
        address: "東京都見本区赤羽一丁目23番4-506号 見本ハイツ赤羽".to_owned(),
        birth: day(1980, 10, 10),
        sex: Sex::Female,
        card_expires: Some(day(2031, 10, 10)),
        certificates: vec![
            CopiedCertificate {
                kind: CertificateKind::Signature,
                serial: "0154 7A3C".to_owned(),
                issued: day(2026, 11, 24),
                expires: day(2031, 10, 10),
            },
            CopiedCertificate {
                kind: CertificateKind::Authentication,
                serial: "0154 7A3D".to_owned(),
                issued: day(2026, 11, 24),
                expires: day(2031, 10, 10),
            },
        ],
        office: office(),
    }
}

pub fn application() -> Application {
    let copy = copy();
    let applied = |kind| AppliedCertificate { kind, new_expiry: Some(day(2031, 10, 10)) };
    Application {
        reception_number: copy.reception_number,
        applied: copy.issued,
        purpose: Purpose::Renewal,
        certificates: vec![applied(CertificateKind::Signature), applied(CertificateKind::Authentication)],
        name: copy.name,
        other_name: None,
        address: copy.address,
        birth: copy.birth,
        sex: copy.sex,
        applicant: Applicant::Principal,
        representative: None,
        shortened: false,
        office: copy.office,
    }
}

/// As long as an application gets: an old surname, a legal representative, consent to a shorter validity.
pub fn full_application() -> Application {
    Application {
        other_name: Some("見本".to_owned()),
        applicant: Applicant::LegalRepresentative,
        representative: Some(Representative {
            name: "渡邉\u{E0111} 一郎".to_owned(),
            address: "東京都見本区赤羽一丁目23番4-506号 見本ハイツ赤羽".to_owned(),
            relation: "親権者".to_owned(),
        }),
        shortened: true,
        ..application()
    }
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
    Ok(vec![
        ("notice", forms::notice::print(&[plain()], fonts, &live)?),
        ("notice-training", forms::notice::print(&[plain(), long, hard, face], fonts, &training)?),
        ("application", forms::application::print(&application(), fonts, &live)?),
        ("application-training", forms::application::print(&full_application(), fonts, &training)?),
        ("certificate-copy", forms::certificate_copy::print(&copy(), fonts, &live)?),
        ("certificate-copy-training", forms::certificate_copy::print(&copy(), fonts, &training)?),
    ])
}
