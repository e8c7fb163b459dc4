//! Whether the documents on the counter are enough.

use chrono::NaiveDate;

use super::{Class, Document, ShownDocument};

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A 運転経歴証明書 counts as A when issued from this day on (日南市).
pub const DRIVING_RECORD_SINCE: NaiveDate = day(2012, 4, 1);
/// From this day on no paper insurance card is valid (電波新聞: マイナ保険証 is the rule).
pub const INSURANCE_CARDS_ENDED: NaiveDate = day(2025, 12, 2);
/// The first day of the 特定在留カード (出入国在留管理庁).
pub const SPECIFIED_RESIDENCE_CARDS_SINCE: NaiveDate = day(2026, 6, 14);

code_enum! {
    /// How many documents of which class are asked for.
    Requirement {
        /// A×1.
        OnePhoto = "one_photo" "顔写真付きの本人確認書類(A)1点",
        /// A×1 or B×2.
        OnePhotoOrTwoPlain = "one_photo_or_two_plain" "顔写真付きの本人確認書類(A)1点、または写真のない書類(B)2点",
        /// A×2 or A+B.
        TwoWithPhoto = "two_with_photo" "本人確認書類2点(うち1点は顔写真付き)",
        /// A×1 or B×1.
        OneOfAny = "one_of_any" "カードのほかに本人確認書類(AまたはB)1点",
    }
}

impl Requirement {
    /// What the clerk asks for.
    pub fn sentence(self, whose: &str) -> String {
        format!("{whose}の{}が必要です。", self.label())
    }
}

/// The class a document has on `today`; `Err` with a sentence when it cannot be taken.
///
/// # Errors
/// Expired, not agreeing with the register, or of a kind that is no longer (or not yet) valid.
pub fn class_on(shown: &ShownDocument, today: NaiveDate) -> Result<Class, String> {
    let name = shown.document.label();
    if shown.expires.is_some_and(|last| last < today) {
        return Err(format!("{name}は有効期限を過ぎています。"));
    }
    if shown.issued.is_some_and(|issued| issued > today) {
        return Err(format!("{name}の発行日が今日より後です。"));
    }
    if !shown.agrees {
        return Err(format!("{name}の記載が住民票と一致しません。"));
    }
    match shown.document {
        Document::InsuranceCard if today >= INSURANCE_CARDS_ENDED => {
            Err("紙の健康保険証は使えません。資格確認書をお願いします。".to_owned())
        }
        Document::SpecifiedResidenceCard if today < SPECIFIED_RESIDENCE_CARDS_SINCE => {
            Err("特定在留カードは令和8年6月14日からの書類です。".to_owned())
        }
        Document::DrivingRecord if shown.issued.is_none_or(|issued| issued < DRIVING_RECORD_SINCE) => {
            Ok(Class::B)
        }
        document => Ok(document.class()),
    }
}

/// Whether `shown` satisfies `requirement`. A 顔写真証明書 helps a principal with two of B, never a
/// proxy (志布志市).
///
/// # Errors
/// One sentence for each document that could not be taken, then one that says what is needed.
pub fn check(
    requirement: Requirement,
    shown: &[ShownDocument],
    whose: &str,
    of_principal: bool,
    today: NaiveDate,
) -> Result<(), Vec<String>> {
    let mut complaints = Vec::new();
    let mut taken: Vec<(Document, Class)> = Vec::new();
    for document in shown {
        match class_on(document, today) {
            // The same paper twice is one paper.
            Ok(class) if taken.iter().all(|(known, _)| *known != document.document) => {
                taken.push((document.document, class));
            }
            Ok(_) => {}
            Err(sentence) => complaints.push(sentence),
        }
    }
    let count = |wanted: Class| taken.iter().filter(|(_, class)| *class == wanted).count();
    let (mut photos, mut plain) = (count(Class::A), count(Class::B));
    if of_principal && photos == 0 && plain >= 2 && count(Class::FacePhoto) > 0 {
        (photos, plain) = (1, plain - 2);
    }
    let enough = match requirement {
        Requirement::OnePhoto => photos >= 1,
        Requirement::OnePhotoOrTwoPlain => photos >= 1 || plain >= 2,
        Requirement::TwoWithPhoto => photos >= 1 && photos + plain >= 2,
        Requirement::OneOfAny => photos + plain >= 1,
    };
    if enough {
        return Ok(());
    }
    complaints.push(requirement.sentence(whose));
    Err(complaints)
}
