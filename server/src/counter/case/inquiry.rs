//! The inquiry letter of a case, what it was made from, and what came back.

use crate::counter::facts::full_address;
use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use crate::store::residents::Resident;
use chrono::NaiveDate;
use rules::kinds::{CardStatus, PinKind};
use rules::procedure::{InquiryFacts, ReplyForm};
use serde::{Deserialize, Serialize};

/// Between the two visits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inquiry {
    /// Why the principal is asked by letter, as a sentence.
    pub why: String,
    /// A wrong PIN made this a second inquiry.
    pub again: bool,
    /// The PINs that the letter asks to set anew.
    pub reset: Vec<PinKind>,
    /// 文書番号 of the living letter, once it is made.
    pub letter: Option<i64>,
    /// The day it was posted.
    pub posted: Option<NaiveDate>,
    /// The last day for the reply.
    pub deadline: Option<NaiveDate>,
    /// What came back.
    pub reply: ReplyForm,
    /// The register as the letter was made from it.
    pub made_from: Snapshot,
    /// What has changed since, as sentences; empty when the letter still holds.
    pub changes: Vec<String>,
    /// Why the letter came back from the post.
    pub returned: Option<String>,
}

/// What a letter rests on: when one of these changes, the letter no longer holds (`docs/edge-cases.md`, E1 and E4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// As registered.
    pub name: String,
    /// Postal code, address and building.
    pub address: String,
    /// 支援措置.
    pub suppressed: bool,
    /// The card in use.
    pub card: Option<String>,
    /// The card was stopped.
    pub suspended: bool,
    /// Kind, serial and state of each certificate on it.
    pub certificates: Vec<String>,
}

impl Snapshot {
    /// The register as it is now.
    pub fn of(resident: &Resident, card: Option<&Card>, certificates: &[Certificate]) -> Self {
        let mut current: Vec<_> = certificates
            .iter()
            .filter(|row| row.current)
            .map(|row| format!("{} {} {}", row.kind.code(), row.serial, row.status.code()))
            .collect();
        current.sort();
        Self {
            name: resident.name.clone(),
            address: format!("{} {}", postal(&resident.postal_code), full_address(resident)),
            suppressed: resident.suppressed,
            card: card.map(|card| card.number.clone()),
            suspended: card.is_some_and(|card| card.status == CardStatus::Suspended),
            certificates: current,
        }
    }
}

/// 〒115-0045; a code of another length as it is.
fn postal(code: &str) -> String {
    match (code.get(..3), code.get(3..)) {
        (Some(area), Some(town)) if code.len() == 7 => format!("〒{area}-{town}"),
        _ => format!("〒{code}"),
    }
}

impl Inquiry {
    /// A letter to be made.
    pub fn new(why: &str, again: bool, reset: Vec<PinKind>, made_from: Snapshot) -> Self {
        Self {
            why: why.to_owned(),
            again,
            reset,
            letter: None,
            posted: None,
            deadline: None,
            reply: ReplyForm::None,
            made_from,
            changes: Vec::new(),
            returned: None,
        }
    }

    /// As the rules want to hear it; a letter without a deadline is not posted yet.
    pub fn facts(&self, today: NaiveDate) -> InquiryFacts {
        InquiryFacts {
            posted: self.posted,
            deadline: self.deadline.unwrap_or(today),
            reply: self.reply,
            outdated: !self.changes.is_empty(),
            asks_pin_reset: !self.reset.is_empty(),
        }
    }
}
