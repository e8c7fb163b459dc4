//! The answers, field by field.

use chrono::NaiveDate;
use serde::Serialize;

use crate::barcode::CustomerBarcode;
use crate::calendar::{Hours, OpenDay};
use crate::period::RenewalPeriod;
use crate::procedure::Decision;
use crate::validity::{ExpiryBasis, Validity};
use crate::wareki;

/// One answer; its fields follow from the question's kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// To `renewal_period`.
    RenewalPeriod(RenewalPeriodAnswer),
    /// To `validity`.
    Validity(ValidityAnswer),
    /// To `card_validity`.
    CardValidity(CardValidityAnswer),
    /// To `procedure`.
    Procedure(Box<Decision>),
    /// To `pin`.
    Pin(PinAnswer),
    /// To `open_day`.
    OpenDay(OpenDayAnswer),
    /// To `wareki`.
    Wareki(WarekiAnswer),
    /// To `customer_barcode`.
    CustomerBarcode(CustomerBarcode),
}

/// `customer_barcode` answers with the barcode itself.
pub type BarcodeAnswer = CustomerBarcode;

/// The renewal period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RenewalPeriodAnswer {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// First day with card work; null when there is none.
    pub first_open_day: Option<NaiveDate>,
    /// Last day with card work; null when there is none.
    pub last_open_day: Option<NaiveDate>,
}

impl From<RenewalPeriod> for RenewalPeriodAnswer {
    fn from(period: RenewalPeriod) -> Self {
        let RenewalPeriod { from, until, first_open_day, last_open_day } = period;
        Self { from, until, first_open_day, last_open_day }
    }
}

/// A certificate's last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValidityAnswer {
    /// Last day.
    pub expiry: NaiveDate,
    /// What decides it.
    pub basis: ExpiryBasis,
    /// Issued before the renewal period.
    pub shortened: bool,
    /// The last day in words.
    pub wareki: String,
}

impl From<Validity> for ValidityAnswer {
    fn from(validity: Validity) -> Self {
        let Validity { expiry, basis, shortened } = validity;
        Self { expiry, basis, shortened, wareki: wareki::long(expiry) }
    }
}

/// A card's last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardValidityAnswer {
    /// Last day.
    pub expiry: NaiveDate,
    /// The last day in words.
    pub wareki: String,
}

/// Whether a PIN is well formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PinAnswer {
    /// The card will take it.
    pub ok: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// Easy to guess.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<&'static str>,
}

/// A day at the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenDayAnswer {
    /// Whether the counter is open.
    pub open: bool,
    /// Why it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// First open day after.
    pub next_open: Option<NaiveDate>,
    /// Last open day before.
    pub previous_open: Option<NaiveDate>,
    /// Certificates can be written.
    pub card_work: bool,
    /// The counter's hours.
    pub hours: Vec<Hours>,
}

impl From<OpenDay> for OpenDayAnswer {
    fn from(day: OpenDay) -> Self {
        let OpenDay { open, reason, next_open, previous_open, card_work, hours } = day;
        Self { open, reason, next_open, previous_open, card_work, hours }
    }
}

/// A date in both calendars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WarekiAnswer {
    /// The date.
    pub date: NaiveDate,
    /// 令和7年10月10日.
    pub long: String,
    /// R7.10.10.
    pub short: String,
}
