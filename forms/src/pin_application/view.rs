//! What a 暗証番号 変更・初期化申請書 says.

use chrono::NaiveDate;
use rules::kinds::{Applicant, PinKind, Sex};
use serde::{Deserialize, Serialize};

use crate::counter_form::Representative;
use crate::office::OfficeText;

/// One application about PINs, filled in from the case. It never holds a PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinApplication {
    /// 受付番号, such as R8-000123.
    pub reception_number: String,
    /// 申請年月日.
    pub applied: NaiveDate,
    /// Which PINs, and what is to happen to each; at least one.
    pub pins: Vec<PinRequest>,
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
    /// Whose counter it is.
    pub office: OfficeText,
}

/// One PIN and what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinRequest {
    /// Which of the four.
    pub kind: PinKind,
    /// Change or reset.
    pub action: PinAction,
}

/// What is to happen to a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PinAction {
    /// 変更: the old one is known.
    Change,
    /// 初期化: it is forgotten or locked.
    Reset,
}
