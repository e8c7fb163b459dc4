//! The questions, field by field.

use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;

use super::read::{date, optional_date};
use crate::identity::ShownDocument;
use crate::kinds::{Applicant, CertificateKind, PinKind, ResidentKind};
use crate::procedure::{InquiryFacts, NoticeForm, Procedure, Representation};

/// One question, told apart by `ask`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Question {
    /// From when to when can a certificate be renewed.
    RenewalPeriod(RenewalPeriodAsked),
    /// How long is a certificate valid.
    Validity(ValidityAsked),
    /// How long is a card valid.
    CardValidity(CardValidityAsked),
    /// What does the counter do.
    Procedure(Box<ProcedureAsked>),
    /// Is a PIN well formed.
    Pin(PinAsked),
    /// Is the counter open.
    OpenDay(OpenDayAsked),
    /// A date in both calendars.
    Wareki(WarekiAsked),
    /// The barcode of an address.
    CustomerBarcode(BarcodeAsked),
}

/// `renewal_period`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenewalPeriodAsked {
    /// Last day of the certificate.
    #[serde(deserialize_with = "date")]
    pub expiry: NaiveDate,
    /// Lives abroad.
    #[serde(default)]
    pub abroad: bool,
}

/// `validity`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidityAsked {
    /// Which certificate.
    pub kind: CertificateKind,
    /// Date of birth.
    #[serde(deserialize_with = "date")]
    pub birth: NaiveDate,
    /// Day of issue.
    #[serde(deserialize_with = "date")]
    pub issued: NaiveDate,
    /// Last day of the card.
    #[serde(deserialize_with = "date")]
    pub card_expiry: NaiveDate,
    /// Last day of the certificate it replaces.
    #[serde(default, deserialize_with = "optional_date")]
    pub current_expiry: Option<NaiveDate>,
    /// Last day of the authentication certificate beside it.
    #[serde(default, deserialize_with = "optional_date")]
    pub authentication_expiry: Option<NaiveDate>,
    /// Lives abroad.
    #[serde(default)]
    pub abroad: bool,
}

/// `card_validity`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardValidityAsked {
    /// Date of birth.
    #[serde(deserialize_with = "date")]
    pub birth: NaiveDate,
    /// Day the application was received.
    #[serde(deserialize_with = "date")]
    pub received: NaiveDate,
    /// Day the card was made.
    #[serde(deserialize_with = "date")]
    pub issued: NaiveDate,
    /// Last day of a limited stay.
    #[serde(default, deserialize_with = "optional_date")]
    pub stay_until: Option<NaiveDate>,
}

code_enum! {
    /// `pins_known` in a word.
    PinsWord {
        /// Every PIN of the card.
        All = "all" "すべて",
        /// No PIN.
        None = "none" "なし",
    }
}

/// The PINs somebody knows: `true`, `false`, `"all"`, `"none"`, or a list of kinds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum PinsKnown {
    /// All or none.
    All(bool),
    /// All or none, in a word.
    Word(PinsWord),
    /// Exactly these.
    These(Vec<PinKind>),
}

impl Default for PinsKnown {
    fn default() -> Self {
        Self::All(true)
    }
}

impl PinsKnown {
    /// As a list.
    pub fn kinds(&self) -> Vec<PinKind> {
        match self {
            Self::All(true) | Self::Word(PinsWord::All) => PinKind::ALL.to_vec(),
            Self::All(false) | Self::Word(PinsWord::None) => Vec::new(),
            Self::These(kinds) => kinds.clone(),
        }
    }
}

/// `procedure`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureAsked {
    /// Day of the visit.
    #[serde(deserialize_with = "date")]
    pub today: NaiveDate,
    /// Date of birth.
    #[serde(deserialize_with = "date")]
    pub birth: NaiveDate,
    /// Only this certificate is on the card; both when absent.
    #[serde(default)]
    pub kind: Option<CertificateKind>,
    /// Day of issue of the current certificates.
    #[serde(default, deserialize_with = "optional_date")]
    pub issued: Option<NaiveDate>,
    /// Last day of the card.
    #[serde(default, deserialize_with = "optional_date")]
    pub card_expiry: Option<NaiveDate>,
    /// Last day of the current certificates; no certificate on the card when absent.
    #[serde(default, alias = "expiry", deserialize_with = "optional_date")]
    pub current_expiry: Option<NaiveDate>,
    /// Last day of the authentication certificate, where it differs.
    #[serde(default, deserialize_with = "optional_date")]
    pub authentication_expiry: Option<NaiveDate>,
    /// Last day of a limited stay.
    #[serde(default, deserialize_with = "optional_date")]
    pub stay_until: Option<NaiveDate>,
    /// Day the card's application was received; changes nothing here.
    #[serde(default, deserialize_with = "optional_date")]
    pub received: Option<NaiveDate>,
    /// Lives abroad and keeps using the card.
    #[serde(default)]
    pub abroad: bool,
    /// Who comes; the principal when absent.
    #[serde(default)]
    pub applicant: Option<Applicant>,
    /// The notice's form; none when absent.
    #[serde(default)]
    pub notice_form: Option<NoticeForm>,
    /// Known PINs; all when absent.
    #[serde(default)]
    pub pins_known: PinsKnown,
    /// Locked PINs.
    #[serde(default)]
    pub pins_locked: Vec<PinKind>,
    /// 顔認証マイナンバーカード.
    #[serde(default)]
    pub face_only: bool,
    /// 成年被後見人.
    #[serde(default)]
    pub ward: bool,
    /// A resident's (`dead`, `moved_out` …), card's (`suspended`, `abolished` …) or certificate's
    /// (`revoked`, `expired` …) state that stands out.
    #[serde(default)]
    pub status: Option<String>,
    /// What is asked for; whatever is due when absent.
    #[serde(default)]
    pub wanted: Option<Procedure>,
    /// 住民種別.
    #[serde(default)]
    pub resident_kind: Option<ResidentKind>,
    /// 支援措置.
    #[serde(default)]
    pub suppressed: bool,
    /// The principal is there too.
    #[serde(default)]
    pub principal_present: bool,
    /// 委任状.
    #[serde(default)]
    pub delegation: bool,
    /// A residence change is handed in at the same time.
    #[serde(default)]
    pub residence_change_today: bool,
    /// Consent to a shorter validity.
    #[serde(default)]
    pub consent_to_shorter: bool,
    /// A supervisor allowed the signature certificate.
    #[serde(default)]
    pub signature_allowed: bool,
    /// The card's face isn't up to date.
    #[serde(default)]
    pub card_face_outdated: bool,
    /// The chip can't be read or the 追記欄 is full.
    #[serde(default)]
    pub card_unusable: bool,
    /// A legal representative's power.
    #[serde(default)]
    pub representation: Option<Representation>,
    /// The applicant's own documents.
    #[serde(default)]
    pub applicant_documents: Option<Vec<ShownDocument>>,
    /// The principal's documents beside the card.
    #[serde(default)]
    pub principal_documents: Option<Vec<ShownDocument>>,
    /// The inquiry letter.
    #[serde(default)]
    pub inquiry: Option<InquiryFacts>,
}

/// `pin`. Its `Debug` never shows the value.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinAsked {
    /// Which PIN.
    pub kind: PinKind,
    /// What was thought of.
    pub value: String,
}

impl fmt::Debug for PinAsked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PinAsked").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// `open_day`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenDayAsked {
    /// The day.
    #[serde(deserialize_with = "date")]
    pub date: NaiveDate,
}

/// `wareki`: one of the two.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarekiAsked {
    /// A date.
    #[serde(default, deserialize_with = "optional_date")]
    pub date: Option<NaiveDate>,
    /// A date as somebody wrote it.
    #[serde(default)]
    pub text: Option<String>,
}

/// `customer_barcode`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BarcodeAsked {
    /// Seven digits, with hyphen or not.
    pub postal_code: String,
    /// The whole address.
    pub address: String,
}
