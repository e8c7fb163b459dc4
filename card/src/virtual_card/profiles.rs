//! Sample people with fixed numbers, one for each kind of case at the counter. Dates follow from today.

use chrono::NaiveDate;
use rules::kinds::{CardKind, CardStatus, CertificateKind, CertificateStatus, ResidentKind};

use super::CardPerson;

/// One sample person: what is on the card, and what the register says of it.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The name for the command line.
    pub name: &'static str,
    /// What the sample is for, in Japanese.
    pub title: &'static str,
    /// 宛名番号 in the training ward.
    pub resident_number: &'static str,
    /// 世帯番号 in the training ward.
    pub household_number: &'static str,
    /// 氏名カナ.
    pub kana: &'static str,
    /// 郵便番号.
    pub postal_code: &'static str,
    /// 方書.
    pub building: &'static str,
    /// Japanese or foreign.
    pub resident_kind: ResidentKind,
    /// 在留資格 of a foreign resident.
    pub stay_status: Option<&'static str>,
    /// 在留期間満了日 of a foreign resident.
    pub stay_until: Option<NaiveDate>,
    /// カード種別.
    pub card_kind: CardKind,
    /// カード発行日.
    pub card_issued: NaiveDate,
    /// What the register says of the card.
    pub card_status: CardStatus,
    /// What the register says of the certificates; one that isn't listed is as the card has it and valid.
    pub register_status: Vec<(CertificateKind, CertificateStatus)>,
    /// The card itself.
    pub person: CardPerson,
}

/// Every profile, as of one day.
pub fn all(today: NaiveDate) -> Vec<Profile> {
    let _ = today;
    Vec::new()
}

/// The profile of that name, as of one day.
pub fn find(name: &str, today: NaiveDate) -> Option<Profile> {
    all(today).into_iter().find(|profile| profile.name == name)
}
