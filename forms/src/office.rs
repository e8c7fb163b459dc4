//! Who sends the sheet and to whom it goes.

use serde::{Deserialize, Serialize};

/// Where a letter goes. Every text is as registered, variation selectors included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// The name the letter is addressed to, without 様.
    pub name: String,
    /// Seven digits, with or without a hyphen. Empty when unknown.
    pub postal_code: String,
    /// The address from the prefecture to the number.
    pub address: String,
    /// 方書: building, room, care of.
    #[serde(default)]
    pub building: Option<String>,
}

/// The office as it stands on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeText {
    /// The ward or city, such as 見本区. Author of the PDF.
    pub ward: String,
    /// The section that answers, such as 戸籍住民課 マイナンバーカード係.
    pub department: String,
    /// The sender as it signs, such as 見本区長 見本 一郎.
    pub mayor: String,
    /// Postal code of the office.
    pub postal_code: String,
    /// Address of the office, which is the return address.
    pub address: String,
    /// Where to come, such as 見本区役所 1階 3番窓口.
    pub place: String,
    /// When, such as 月曜日から金曜日 午前8時30分から午後5時まで.
    pub hours: String,
    /// When not, such as 土曜日・日曜日・祝日・年末年始. May be empty.
    #[serde(default)]
    pub closed: String,
    /// Telephone number.
    pub phone: String,
    /// Page or booking site, printed as text. May be empty.
    #[serde(default)]
    pub website: String,
}

impl OfficeText {
    /// Ward and section in one line, as author of a document.
    pub(crate) fn author(&self) -> String {
        format!("{} {}", self.ward, self.department)
    }
}
