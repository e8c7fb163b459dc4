//! Sample people with fixed numbers, one for each kind of case at the counter.
//!
//! The same day gives the same people. Their dates follow from today by the rules themselves, so that each stays in
//! its case whenever the training office is opened.

mod dates;
mod people;

use chrono::NaiveDate;
use rules::kinds::{CardKind, CardStatus, CertificateKind, CertificateStatus, ResidentKind};

use super::CardPerson;

/// The five digits of the training ward. No prefecture has the number 99.
pub const MUNICIPALITY: &str = "99901";

/// One sample person: what is on the card, and what the register says of it.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The name for the command line.
    pub name: &'static str,
    /// What the sample is for, in Japanese.
    pub title: &'static str,
    /// 宛名番号 in the training ward.
    pub resident_number: String,
    /// 世帯番号 in the training ward.
    pub household_number: String,
    /// 氏名カナ.
    pub kana: &'static str,
    /// 郵便番号, seven digits.
    pub postal_code: &'static str,
    /// 方書.
    pub building: &'static str,
    /// Japanese or foreign.
    pub resident_kind: ResidentKind,
    /// 在留資格 of a foreign resident.
    pub stay_status: Option<&'static str>,
    /// 在留期間満了日 of a foreign resident.
    pub stay_until: Option<NaiveDate>,
    /// Under support measures (支援措置).
    pub suppressed: bool,
    /// 成年被後見人.
    pub adult_ward: bool,
    /// カード種別.
    pub card_kind: CardKind,
    /// カード発行日.
    pub card_issued: NaiveDate,
    /// What the register says of the card.
    pub card_status: CardStatus,
    /// What the register says of the certificates, where it isn't "valid".
    pub register_status: Vec<(CertificateKind, CertificateStatus)>,
    /// The card itself.
    pub person: CardPerson,
}

impl Profile {
    /// What the register says of one certificate of the card.
    pub fn certificate_status(&self, kind: CertificateKind) -> CertificateStatus {
        let found = self.register_status.iter().find(|(other, _)| *other == kind);
        found.map_or(CertificateStatus::Valid, |&(_, status)| status)
    }
}

/// Every profile, as of one day.
pub fn all(today: NaiveDate) -> Vec<Profile> {
    people::all(today)
}

/// The profile of that name, as of one day.
pub fn find(name: &str, today: NaiveDate) -> Option<Profile> {
    all(today).into_iter().find(|profile| profile.name == name)
}

/// The names of all profiles with what each is for.
pub fn names() -> Vec<(&'static str, &'static str)> {
    people::SAMPLES.iter().map(|sample| (sample.name, sample.title)).collect()
}

#[cfg(test)]
mod tests;
