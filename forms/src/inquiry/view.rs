//! What one 照会書兼回答書 says.

use chrono::NaiveDate;
use rules::kinds::{CertificateKind, PinKind};
use serde::{Deserialize, Serialize};

use crate::office::{Addressee, OfficeText};

/// One inquiry to the principal. Kept as JSON, so that it prints again as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InquiryLetter {
    /// 文書番号.
    pub number: u32,
    /// Finds the letter again when its code is scanned: [`crate::code::token`].
    pub token: String,
    /// First, or again after a reply that could not be used.
    pub kind: InquiryKind,
    /// The principal at the registered address.
    pub addressee: Addressee,
    /// The principal's birth date.
    pub birth: NaiveDate,
    /// 受付番号.
    pub reception_number: String,
    /// The day somebody applied.
    pub applied: NaiveDate,
    /// Who applied, where the counter knows.
    #[serde(default)]
    pub proxy: Option<InquiryProxy>,
    /// What was applied for; at least one.
    pub procedures: Vec<InquiredProcedure>,
    /// The PINs the principal writes down; none for a card without PINs.
    pub pins: Vec<PinKind>,
    /// 回答期限: the last day on which the reply is taken.
    pub deadline: NaiveDate,
    /// 発行日.
    pub issued: NaiveDate,
    /// Who sends it.
    pub office: OfficeText,
    /// Identifier of the wording it was made with; the one in force where there is none.
    #[serde(default)]
    pub wording: Option<String>,
}

/// First, or again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InquiryKind {
    /// 照会.
    First,
    /// 再照会: the PIN was wrong, the reply came late, came back or could not be used.
    Again,
}

/// Who stood at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InquiryProxy {
    /// Name as on the identity document.
    pub name: String,
    /// Relation to the principal, such as 長男. May be empty.
    #[serde(default)]
    pub relation: String,
}

/// One procedure that was applied for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InquiredProcedure {
    /// 更新 of a certificate.
    Renewal(CertificateKind),
    /// 発行 of a certificate.
    Issuance(CertificateKind),
    /// 暗証番号の初期化・再設定.
    PinReset(PinKind),
}

impl InquiredProcedure {
    /// All of them, in the order of the boxes.
    pub const ALL: [Self; 8] = [
        Self::Renewal(CertificateKind::Signature),
        Self::Renewal(CertificateKind::Authentication),
        Self::Issuance(CertificateKind::Signature),
        Self::Issuance(CertificateKind::Authentication),
        Self::PinReset(PinKind::Signature),
        Self::PinReset(PinKind::Authentication),
        Self::PinReset(PinKind::ResidentRegister),
        Self::PinReset(PinKind::CardEntry),
    ];

    /// What it is called on the letter.
    pub fn label(self) -> String {
        match self {
            Self::Renewal(kind) => format!("{}の更新", kind.label()),
            Self::Issuance(kind) => format!("{}の発行", kind.label()),
            Self::PinReset(pin) => format!("{}の再設定", pin.label()),
        }
    }
}

impl InquiryLetter {
    /// The number as printed and as typed into the search field, such as `照会-000124`.
    pub fn document_number(&self) -> String {
        format!("照会-{:06}", self.number)
    }

    /// A PIN is set anew.
    pub fn resets_pins(&self) -> bool {
        self.procedures.iter().any(|p| matches!(p, InquiredProcedure::PinReset(_)))
    }
}
