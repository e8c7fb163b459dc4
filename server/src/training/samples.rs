//! The sample people of `card`: whose virtual cards can be laid on the training office's reader.

use super::generator::Entry;
use super::lives::CardLife;
use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use crate::store::residents::Resident;
use card::virtual_card::profiles::{self, Profile};
use chrono::NaiveDate;
use rules::kinds::{CertificateKind, CertificateStatus, ResidentStatus};

/// All sample people as of a day, with what the register says about them.
pub(super) fn all(today: NaiveDate) -> Vec<Entry> {
    profiles::all(today).into_iter().map(entry).collect()
}

fn entry(profile: Profile) -> Entry {
    let holder = &profile.person.holder;
    let resident = Resident {
        number: profile.resident_number.clone(),
        household_number: profile.household_number.clone(),
        name: holder.name.clone(),
        kana: profile.kana.to_owned(),
        old_surname: None,
        alias: None,
        birth: holder.birth,
        sex: holder.sex,
        postal_code: profile.postal_code.to_owned(),
        address: address(&profile),
        building: (!profile.building.is_empty()).then(|| profile.building.to_owned()),
        kind: profile.resident_kind,
        residence_status: profile.stay_status.map(str::to_owned),
        stay_until: profile.stay_until,
        adult_ward: profile.adult_ward,
        suppressed: profile.suppressed,
        registered_elsewhere: false,
        change_reason: None,
        change_date: None,
        status: ResidentStatus::Resident,
        version: 0,
    };
    let card = Card {
        number: profile.person.card_number.clone(),
        resident_number: resident.number.clone(),
        kind: profile.card_kind,
        face_only: profile.person.face_only,
        issued: profile.card_issued,
        expires: profile.person.card_expires,
        status: profile.card_status,
        version: 0,
    };
    let certificates = profile.person.certificates.iter().map(|on_card| {
        let status = status(&profile, on_card.kind);
        Certificate {
            id: 0,
            card_number: card.number.clone(),
            kind: on_card.kind,
            serial: on_card.serial.clone(),
            issued: on_card.issued,
            expires: on_card.expires,
            status,
            revoked_on: None,
            reason: (status == CertificateStatus::Revoked).then(|| "本人の届出".to_owned()),
            current: true,
        }
    });
    let certificates = certificates.collect();
    Entry { resident, cards: vec![CardLife { card, certificates }] }
}

/// The card has the address with its building; the register keeps them apart.
fn address(profile: &Profile) -> String {
    let whole = profile.person.holder.address.as_str();
    let short = whole.strip_suffix(profile.building).unwrap_or(whole);
    short.trim_end().to_owned()
}

fn status(profile: &Profile, kind: CertificateKind) -> CertificateStatus {
    let listed = profile.register_status.iter().find(|(listed, _)| *listed == kind);
    listed.map_or(CertificateStatus::Valid, |(_, status)| *status)
}
