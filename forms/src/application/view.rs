//! What a 電子証明書 発行・更新申請書 says.

use chrono::NaiveDate;
use rules::kinds::{Applicant, CertificateKind, Sex};
use serde::{Deserialize, Serialize};

use super::Representative;
use crate::office::OfficeText;

/// One application, filled in from the case so that nobody writes twice. Kept as JSON like a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// 受付番号, such as R8-000123.
    pub reception_number: String,
    /// 申請年月日.
    pub applied: NaiveDate,
    /// What is applied for.
    pub purpose: Purpose,
    /// For which certificates, and until when they will be valid.
    pub certificates: Vec<AppliedCertificate>,
    /// Name as registered.
    pub name: String,
    /// 旧氏 or 通称, where registered.
    #[serde(default)]
    pub other_name: Option<String>,
    /// Address as registered, building included.
    pub address: String,
    /// Birth date.
    pub birth: NaiveDate,
    /// Sex as registered.
    pub sex: Sex,
    /// Who stands at the counter.
    pub applicant: Applicant,
    /// That person, where it is not the principal. Printed as blank lines when not known.
    #[serde(default)]
    pub representative: Option<Representative>,
    /// Renewed before its period, so that the new certificate ends a year earlier: the sheet asks for consent.
    #[serde(default)]
    pub shortened: bool,
    /// Whose counter it is.
    pub office: OfficeText,
}

/// What is applied for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 更新.
    Renewal,
    /// 発行.
    Issuance,
}

/// One certificate applied for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedCertificate {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Expiry as the rules predict it.
    #[serde(default)]
    pub new_expiry: Option<NaiveDate>,
}
