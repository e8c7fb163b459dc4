//! The lives of made-up people's cards: issued, renewed in time or too late or too early, stopped, lost, revoked.
//!
//! Every last day is what the rules make of the day of issue, so that a case at the counter comes out right.

use super::places::MUNICIPALITY;
use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use crate::store::residents::Resident;
use chrono::{Days, NaiveDate};
use rand::Rng;
use rand::rngs::StdRng;
use rules::dates::{age_on, sub_days};
use rules::kinds::{CardKind, CardStatus, CertificateKind, CertificateStatus, ResidentKind, ResidentStatus};
use rules::period;
use rules::validity::{
    CardValidityQuestion, LeapBirthday, ValidityQuestion, card_validity, certificate_validity,
};

/// The day the first cards were made.
const FIRST_CARDS: NaiveDate = NaiveDate::from_ymd_opt(2016, 1, 4).unwrap();
/// The day the first 特定在留カード were made.
const FIRST_RESIDENCE_CARDS: NaiveDate = NaiveDate::from_ymd_opt(2026, 6, 14).unwrap();
/// The day the first 顔認証マイナンバーカード were made.
const FIRST_FACE_ONLY: NaiveDate = NaiveDate::from_ymd_opt(2023, 12, 15).unwrap();

/// A card and all certificates it ever carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLife {
    /// The card.
    pub card: Card,
    /// Its certificates, old ones too.
    pub certificates: Vec<Certificate>,
}

/// Makes the cards of one resident after the other.
pub struct Lives {
    rng: StdRng,
    today: NaiveDate,
    cards: u64,
    serials: u64,
}

impl Lives {
    /// Begins; the same generator and day make the same cards.
    pub fn new(rng: StdRng, today: NaiveDate) -> Self {
        Self { rng, today, cards: 0, serials: 0 }
    }

    /// The cards of a resident, the oldest first. Not everybody has one.
    pub fn cards_of(&mut self, resident: &Resident) -> Vec<CardLife> {
        let mut lives = Vec::new();
        if self.rng.random_bool(0.17) {
            return lives;
        }
        let born = resident.birth + Days::new(40);
        // Who has a limited stay hasn't been here for long.
        let first = match resident.stay_until {
            Some(_) => born.max(sub_days(self.today, 4 * 365)),
            None => born.max(FIRST_CARDS),
        };
        // Who has left or died wasn't given a card afterwards.
        let gone = resident.status != ResidentStatus::Resident;
        let last = if gone { resident.change_date.unwrap_or(self.today) } else { self.today };
        let Some(mut issued) = self.between(first, sub_days(last, 10)) else { return lives };
        while let Some(mut life) = self.life(resident, issued) {
            let expires = life.card.expires;
            let lost = !gone && self.rng.random_bool(0.02);
            if lost {
                life.card.status = CardStatus::Abolished;
                revoke_all(&mut life, None, "カードの紛失");
            }
            let renewed_on = sub_days(expires, self.rng.random_range(1..80));
            lives.push(life);
            let goes_on = expires <= self.today || renewed_on <= self.today;
            if gone || lost || !goes_on || self.rng.random_bool(0.15) {
                break;
            }
            if let Some(old) = lives.last_mut() {
                old.card.status = CardStatus::Abolished;
                revoke_all(old, Some(renewed_on), "カードの更新");
            }
            issued = renewed_on;
        }
        if let Some(life) = lives.last_mut() {
            self.end(resident, life);
        }
        lives
    }

    fn between(&mut self, from: NaiveDate, until: NaiveDate) -> Option<NaiveDate> {
        let days = u64::try_from((until - from).num_days()).ok()?;
        Some(from + Days::new(self.rng.random_range(0..=days)))
    }

    /// One card from its making to today. None where the rules know no such card.
    fn life(&mut self, resident: &Resident, issued: NaiveDate) -> Option<CardLife> {
        let limited = resident.kind == ResidentKind::Foreign && resident.stay_until.is_some();
        // A stay that was extended since: the card ends with the former one (佐倉市).
        let stay_until = resident.stay_until.filter(|_| limited).map(|until| {
            let former = sub_days(until, 365);
            if self.rng.random_bool(0.1) && former > issued { former } else { until }
        });
        let question = CardValidityQuestion {
            birth: resident.birth,
            received: sub_days(issued, 30).max(resident.birth),
            issued,
            stay_until,
            leap_birthday: LeapBirthday::February28,
        };
        let expires = card_validity(&question).ok()?;
        let residence_card = limited && issued >= FIRST_RESIDENCE_CARDS && self.rng.random_bool(0.8);
        let face_only = issued >= FIRST_FACE_ONLY && self.rng.random_bool(0.04);
        self.cards += 1;
        let card = Card {
            // 7919 is prime to ten: every card has a number of its own, and no two neighbours look alike.
            number: format!("{MUNICIPALITY}{:010}", 2_000_000_000 + self.cards * 7919),
            resident_number: resident.number.clone(),
            kind: if residence_card { CardKind::SpecifiedResidence } else { CardKind::Individual },
            face_only,
            issued,
            expires,
            status: CardStatus::Active,
            version: 0,
        };
        let mut life = CardLife { card, certificates: Vec::new() };
        let wants_signature = !face_only
            && !resident.adult_ward
            && age_on(resident.birth, issued, LeapBirthday::February28) >= 15
            && self.rng.random_bool(0.93);
        self.write(resident, &mut life, issued, None, wants_signature);
        self.renewals(resident, &mut life, wants_signature);
        Some(life)
    }

    /// Renewals up to today: most in time, some too early, some after the end, some never.
    fn renewals(&mut self, resident: &Resident, life: &mut CardLife, signature: bool) {
        while let Some(expiry) = current(life, CertificateKind::Authentication).map(|found| found.expires) {
            if expiry >= life.card.expires {
                return;
            }
            let from = period::first_day(expiry, false);
            let chance = self.rng.random_range(0..100);
            let day = match chance {
                0..5 => sub_days(from, self.rng.random_range(1..60)),
                5..78 => self.between(from, expiry).unwrap_or(expiry),
                78..90 => expiry + Days::new(self.rng.random_range(1..500)),
                _ => return,
            };
            let gone = resident.status != ResidentStatus::Resident;
            let last = if gone { resident.change_date.unwrap_or(self.today) } else { self.today };
            if day > last || day >= life.card.expires || day <= life.card.issued {
                return;
            }
            self.write(resident, life, day, (day <= expiry).then_some(expiry), signature);
        }
    }

    /// Writes both certificates on a day.
    fn write(
        &mut self,
        resident: &Resident,
        life: &mut CardLife,
        day: NaiveDate,
        current_expiry: Option<NaiveDate>,
        signature: bool,
    ) {
        let authentication =
            self.certificate(resident, life, CertificateKind::Authentication, day, current_expiry, None);
        if signature {
            self.certificate(resident, life, CertificateKind::Signature, day, current_expiry, authentication);
        }
    }

    fn certificate(
        &mut self,
        resident: &Resident,
        life: &mut CardLife,
        kind: CertificateKind,
        day: NaiveDate,
        current_expiry: Option<NaiveDate>,
        authentication_expiry: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let question = ValidityQuestion {
            kind,
            birth: resident.birth,
            issued: day,
            card_expiry: life.card.expires,
            current_expiry,
            authentication_expiry,
            abroad: false,
            leap_birthday: LeapBirthday::February28,
        };
        let expires = certificate_validity(&question).ok()?.expiry;
        for old in life.certificates.iter_mut().filter(|old| old.kind == kind && old.current) {
            revoke(old, Some(day), "新しい電子証明書の発行");
            old.current = false;
        }
        self.serials += 1;
        // An odd factor: no serial comes twice.
        let spread = u32::try_from(self.serials % (1 << 32)).unwrap_or(0).wrapping_mul(0x9E37_79B1);
        life.certificates.push(Certificate {
            id: 0,
            card_number: life.card.number.clone(),
            kind,
            serial: format!("{:X}", 0x5_0000_0000_u64 + (self.serials >> 32 << 40) + u64::from(spread)),
            issued: day,
            expires,
            status: CertificateStatus::Valid,
            revoked_on: None,
            reason: None,
            current: true,
        });
        Some(expires)
    }

    /// What the person's own life did to the card they have now.
    fn end(&mut self, resident: &Resident, life: &mut CardLife) {
        let day = resident.change_date;
        match (resident.status, resident.change_reason.as_deref()) {
            (ResidentStatus::Dead, _) => {
                life.card.status = CardStatus::Abolished;
                revoke_all(life, day, "死亡");
            }
            (ResidentStatus::Deleted, _) => {
                life.card.status = CardStatus::Abolished;
                revoke_all(life, day, "カードの失効");
            }
            (ResidentStatus::MovedAbroad, _) => {
                revoke_signature(life, day, "国外転出");
                if day.is_some_and(|day| day < NaiveDate::from_ymd_opt(2024, 5, 27).unwrap_or_default()) {
                    life.card.status = CardStatus::Abolished;
                    revoke_all(life, day, "国外転出");
                }
            }
            (ResidentStatus::MovedOut, _) => {
                revoke_signature(life, day.map(|day| day + Days::new(1)), "転出");
            }
            (ResidentStatus::Resident, Some("転居")) => {
                // Most have a new signature certificate written when they report the move.
                if let Some(day) = day.filter(|day| *day > life.card.issued && *day <= life.card.expires) {
                    revoke_signature(life, Some(day + Days::new(1)), "住所の変更");
                    if self.rng.random_bool(0.6) {
                        self.signature_again(resident, life, day);
                    }
                }
            }
            (ResidentStatus::Resident, _) => {}
        }
        if resident.status == ResidentStatus::Resident && life.card.status == CardStatus::Active {
            self.mishaps(life);
        }
    }

    fn signature_again(&mut self, resident: &Resident, life: &mut CardLife, day: NaiveDate) {
        let had_one = life.certificates.iter().any(|found| found.kind == CertificateKind::Signature);
        let cap = current(life, CertificateKind::Authentication)
            .filter(|found| found.issued <= day && found.expires >= day)
            .map(|found| found.expires);
        let younger = current(life, CertificateKind::Signature).is_some_and(|found| found.issued > day);
        if had_one && cap.is_some() && !younger {
            self.certificate(resident, life, CertificateKind::Signature, day, None, cap);
        }
    }

    /// Stopped by telephone, revoked on request.
    fn mishaps(&mut self, life: &mut CardLife) {
        let day = sub_days(self.today, self.rng.random_range(1..200)).max(life.card.issued);
        match self.rng.random_range(0..1000) {
            0..10 => {
                life.card.status = CardStatus::Suspended;
                revoke_signature(life, Some(day), "カードの一時停止");
                for found in life.certificates.iter_mut().filter(|found| found.current) {
                    if found.kind == CertificateKind::Authentication {
                        found.status = CertificateStatus::Suspended;
                    }
                }
            }
            10..20 => revoke_all(life, Some(day), "本人の届出"),
            20..28 => revoke_signature(life, Some(day), "本人の届出"),
            _ => {}
        }
    }
}

fn current(life: &CardLife, kind: CertificateKind) -> Option<&Certificate> {
    life.certificates.iter().find(|found| found.kind == kind && found.current)
}

fn revoke(certificate: &mut Certificate, on: Option<NaiveDate>, reason: &str) {
    // What had ended by itself can't be revoked any more.
    if certificate.status != CertificateStatus::Revoked && on.is_none_or(|on| on <= certificate.expires) {
        certificate.status = CertificateStatus::Revoked;
        certificate.revoked_on = on.map(|on| on.max(certificate.issued));
        certificate.reason = Some(reason.to_owned());
    }
}

fn revoke_all(life: &mut CardLife, on: Option<NaiveDate>, reason: &str) {
    for certificate in life.certificates.iter_mut().filter(|found| found.current) {
        revoke(certificate, on, reason);
    }
}

fn revoke_signature(life: &mut CardLife, on: Option<NaiveDate>, reason: &str) {
    let current = life.certificates.iter_mut().filter(|found| found.current);
    for certificate in current.filter(|found| found.kind == CertificateKind::Signature) {
        revoke(certificate, on, reason);
    }
}
