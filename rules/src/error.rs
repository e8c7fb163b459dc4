//! What can be wrong with a question put to the rules.

use chrono::NaiveDate;
use thiserror::Error;

use crate::wareki;

/// A question the rules cannot answer. `Display` is the Japanese sentence for the person who asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RuleError {
    /// Reads like a date, but the calendar has no such day.
    #[error("「{text}」は暦にない日付です。年月日を確かめてください。")]
    ImpossibleDate {
        /// What was written.
        text: String,
    },
    /// Not a date in any form the office uses.
    #[error(
        "「{text}」を日付として読めません。2025-10-10、R7.10.10、令和7年10月10日 のように書いてください。"
    )]
    UnreadableDate {
        /// What was written.
        text: String,
    },
    /// Not a time of the day.
    #[error("「{text}」を時刻として読めません。8:30、17時15分 のように書いてください。")]
    UnreadableTime {
        /// What was written.
        text: String,
    },
    /// Not a day of the year.
    #[error("「{text}」を月日として読めません。12/29、12月29日 のように書いてください。")]
    UnreadableDayOfYear {
        /// What was written.
        text: String,
    },
    /// The day exists, but not in the era it was given in (平成31年5月1日).
    #[error("「{text}」は{era}の期間にない日付です。{}のことか確かめてください。", wareki::long(*.date))]
    OutsideEra {
        /// What was written.
        text: String,
        /// The era as written.
        era: &'static str,
        /// The day it would be if the era had gone on.
        date: NaiveDate,
    },
    /// Too far in the past or future for any rule here.
    #[error("{date}は扱える期間(1868年から2199年まで)の外です。年を確かめてください。")]
    DateOutOfRange {
        /// The date.
        date: NaiveDate,
    },
    /// Born after the day in question.
    #[error("生年月日({})が発行日({})より後です。どちらかの日付を確かめてください。", wareki::long(*.birth), wareki::long(*.issued))]
    BirthAfterIssue {
        /// Date of birth.
        birth: NaiveDate,
        /// Date of issue.
        issued: NaiveDate,
    },
    /// An expiry that lies before the issue.
    #[error("{what}({})が発行日({})より前です。どちらかの日付を確かめてください。", wareki::long(*.expiry), wareki::long(*.issued))]
    ExpiryBeforeIssue {
        /// Which expiry.
        what: &'static str,
        /// Date of issue.
        issued: NaiveDate,
        /// The expiry.
        expiry: NaiveDate,
    },
    /// The card was made before its application was received.
    #[error("カードの発行日({})が申請の受付日({})より前です。どちらかの日付を確かめてください。", wareki::long(*.issued), wareki::long(*.received))]
    IssueBeforeReceipt {
        /// Day of receipt.
        received: NaiveDate,
        /// Day of issue.
        issued: NaiveDate,
    },
    /// Rule (b): a signature certificate never outlives the authentication certificate.
    #[error("署名用電子証明書の有効期限({})が利用者証明用電子証明書の有効期限({})より後です。データの誤りです。カードの日付と見比べてください。", wareki::long(*.signature), wareki::long(*.authentication))]
    SignatureOutlivesAuthentication {
        /// Expiry of the signature certificate.
        signature: NaiveDate,
        /// Expiry of the authentication certificate.
        authentication: NaiveDate,
    },
    /// A code nobody knows.
    #[error("{what}「{text}」はありません。書き方を確かめてください。")]
    UnknownCode {
        /// What kind of code.
        what: &'static str,
        /// What was written.
        text: String,
    },
    /// The postal code isn't seven digits.
    #[error("郵便番号「{text}」は7桁の数字ではありません。115-0045 のように入れてください。")]
    PostalCode {
        /// What was written.
        text: String,
    },
    /// A 代表郵便番号 (…00): Japan Post gives no barcode for it.
    #[error(
        "郵便番号「{text}」は代表郵便番号(末尾00)です。町域の郵便番号がわかるまで、カスタマバーコードは印字できません。"
    )]
    RepresentativePostalCode {
        /// What was written.
        text: String,
    },
    /// A question lacks what it needs.
    #[error("{what}がありません。入れてからもう一度お試しください。")]
    Lacking {
        /// What is lacking.
        what: &'static str,
    },
    /// A setting was given a value it cannot take.
    #[error("設定「{key}」に「{value}」は選べません。{accepts}")]
    SettingValue {
        /// The setting.
        key: String,
        /// The refused value.
        value: String,
        /// What it takes, as a sentence.
        accepts: String,
    },
}

impl RuleError {
    /// The sentence for the person who asked.
    pub fn sentence(&self) -> String {
        self.to_string()
    }

    /// A short code for logs and the help page.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ImpossibleDate { .. } => "impossible_date",
            Self::UnreadableDate { .. } => "unreadable_date",
            Self::UnreadableTime { .. } => "unreadable_time",
            Self::UnreadableDayOfYear { .. } => "unreadable_day_of_year",
            Self::OutsideEra { .. } => "outside_era",
            Self::DateOutOfRange { .. } => "date_out_of_range",
            Self::BirthAfterIssue { .. } => "birth_after_issue",
            Self::ExpiryBeforeIssue { .. } => "expiry_before_issue",
            Self::IssueBeforeReceipt { .. } => "issue_before_receipt",
            Self::SignatureOutlivesAuthentication { .. } => "signature_outlives_authentication",
            Self::UnknownCode { .. } => "unknown_code",
            Self::PostalCode { .. } => "postal_code",
            Self::RepresentativePostalCode { .. } => "representative_postal_code",
            Self::Lacking { .. } => "lacking",
            Self::SettingValue { .. } => "setting_value",
        }
    }
}
