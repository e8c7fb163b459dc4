//! What one 有効期限通知書 says.

use chrono::NaiveDate;
use rules::kinds::CertificateKind;
use serde::{Deserialize, Serialize};

use crate::office::{Addressee, OfficeText};

/// One letter to one person. Kept as JSON, so that it prints again as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLetter {
    /// 文書番号.
    pub number: u32,
    /// Finds the letter again when its code is scanned. Random, says nothing about the person.
    pub token: String,
    /// To whom it goes.
    pub addressee: Addressee,
    /// The certificates that end, in the order they are listed.
    pub certificates: Vec<NoticeCertificate>,
    /// Who sends it.
    pub office: OfficeText,
    /// 発行日.
    pub issued: NaiveDate,
    /// The card works without PINs (顔認証マイナンバーカード), so the letter asks for none.
    #[serde(default)]
    pub face_only: bool,
    /// What the office takes.
    #[serde(default)]
    pub fees: NoticeFees,
    /// With the sealed reply form for a proxy's one visit as second page. Letters of before had none.
    #[serde(default)]
    pub reply_form: bool,
    /// Identifier of the wording it was made with; the one in force where there is none.
    #[serde(default)]
    pub wording: Option<String>,
}

/// Fees in yen as a letter tells them; 0 is free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFees {
    /// For a renewal in time.
    pub renewal: u16,
    /// For an issuance after the last day.
    pub issuance: u16,
}

impl NoticeLetter {
    /// The number as printed and as typed into the search field, such as `通知-000123`.
    pub fn document_number(&self) -> String {
        format!("通知-{:06}", self.number)
    }
}

/// One certificate in a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeCertificate {
    /// Which of the two.
    pub kind: CertificateKind,
    /// 有効期間満了日: the last day it is valid and can be renewed.
    pub expires: NaiveDate,
    /// The first day it can be renewed.
    pub renewal_from: NaiveDate,
    /// The last day the counter is open within the period, when it is not the day of expiry itself.
    #[serde(default)]
    pub last_open_day: Option<NaiveDate>,
}
