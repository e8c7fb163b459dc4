//! What a 電子証明書の写し says.

use chrono::NaiveDate;
use rules::kinds::{CertificateKind, Sex};
use serde::{Deserialize, Serialize};

use crate::office::OfficeText;

/// One copy for one person, kept as JSON like a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateCopy {
    /// 受付番号, such as R8-000123.
    pub reception_number: String,
    /// 交付日.
    pub issued: NaiveDate,
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
    /// Expiry of the card itself.
    #[serde(default)]
    pub card_expires: Option<NaiveDate>,
    /// The certificates now on the card.
    pub certificates: Vec<CopiedCertificate>,
    /// Who hands it over.
    pub office: OfficeText,
}

/// One certificate as read back from the card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedCertificate {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Serial number as shown to people.
    pub serial: String,
    /// First day of validity.
    pub issued: NaiveDate,
    /// Last day of validity.
    pub expires: NaiveDate,
}
