//! Cards of a file beside those the office knows.
//!
//! A file may be older than what this counter has done since it was written. So a certificate that the office knows to
//! have been replaced doesn't come back, one that was issued here in the last days isn't taken away, and what was
//! revoked at the counter stays revoked: such a row is refused, and says why.

use super::cards::{self, CardRecord, CertificateRecord};
use super::cell::Fault;
use super::engine::Desk;
use super::report::FieldChange;
use super::take_residents::flag;
use crate::error::Result;
use crate::store;
use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use crate::store::residents::Resident;
use chrono::NaiveDate;
use rules::kinds::{CardStatus, CertificateKind, CertificateStatus};
use rules::wareki;
use std::collections::{HashMap, HashSet};

/// Why a certificate is revoked when a file said so.
pub const BY_FILE: &str = "取り込んだファイルによる";
/// Why a certificate is revoked when another took its place.
pub const REPLACED: &str = "新しい電子証明書の発行";
/// A certificate issued in the last so many days may be younger than the file.
const YOUNGER_THAN_THE_FILE: i64 = 7;

/// What the office knows about the cards of a batch.
struct Known {
    residents: HashMap<String, Resident>,
    cards: HashMap<String, Card>,
    certificates: HashMap<String, Vec<Certificate>>,
    serials: HashMap<(CertificateKind, String), String>,
}

/// What is to be written.
#[derive(Default)]
struct Writes {
    cards: Vec<Card>,
    changed: Vec<Certificate>,
    added: Vec<Certificate>,
    people: HashSet<String>,
}

/// Compares a batch, and writes what is new or different where something is taken.
pub(super) async fn take(desk: &mut Desk<'_>, rows: Vec<(u64, CardRecord)>) -> Result<()> {
    let known = look_up(desk, &rows).await?;
    let mut writes = Writes::default();
    for (row, record) in &rows {
        let mut mine = Writes::default();
        match compare(&known, record, desk.today, &mut mine) {
            Err(fault) => {
                let value = shown(record, fault.column);
                desk.report.refuse(*row, fault.column, &value, fault.sentence);
            }
            Ok(None) => {
                desk.report.added += 1;
                writes.append(mine);
            }
            Ok(Some(fields)) if fields.is_empty() => desk.report.unchanged += 1,
            Ok(Some(fields)) => {
                desk.report.note_change(*row, &record.number, fields);
                writes.append(mine);
            }
        }
    }
    let Some(at) = desk.taken_at else { return Ok(()) };
    store::cards::save(desk.connection, &writes.cards.iter().collect::<Vec<_>>(), at).await?;
    store::certificates::change(desk.connection, &writes.changed.iter().collect::<Vec<_>>()).await?;
    store::certificates::add(desk.connection, &writes.added.iter().collect::<Vec<_>>()).await?;
    let people: Vec<&str> = writes.people.iter().map(String::as_str).collect();
    store::cards::abolish_older(desk.connection, &people, at).await
}

/// What the row says in a column that [`compare`] refuses.
fn shown(record: &CardRecord, column: &str) -> String {
    let serial =
        |kind| record.certificate(kind).map(|certificate| certificate.serial.clone()).unwrap_or_default();
    match cards::COLUMNS.iter().position(|name| *name == column) {
        Some(cards::RESIDENT) => record.resident_number.clone(),
        Some(cards::NUMBER) => record.number.clone(),
        Some(cards::ISSUED) => wareki::short(record.issued),
        Some(place) if place < cards::serial_column(CertificateKind::Authentication) => {
            serial(CertificateKind::Signature)
        }
        _ => serial(CertificateKind::Authentication),
    }
}

impl Writes {
    fn append(&mut self, mut other: Self) {
        self.cards.append(&mut other.cards);
        self.changed.append(&mut other.changed);
        self.added.append(&mut other.added);
        self.people.extend(other.people);
    }
}

async fn look_up(desk: &mut Desk<'_>, rows: &[(u64, CardRecord)]) -> Result<Known> {
    let people: Vec<&str> = rows.iter().map(|(_, record)| record.resident_number.as_str()).collect();
    let numbers: Vec<&str> = rows.iter().map(|(_, record)| record.number.as_str()).collect();
    let serials: Vec<&str> = rows
        .iter()
        .flat_map(|(_, record)| [&record.signature, &record.authentication])
        .filter_map(|certificate| certificate.as_ref().map(|certificate| certificate.serial.as_str()))
        .collect();
    let residents = store::residents::many(desk.connection, &people).await?;
    let cards = store::cards::many(desk.connection, &numbers).await?;
    let mut certificates: HashMap<String, Vec<Certificate>> = HashMap::new();
    for certificate in store::certificates::of_cards(desk.connection, &numbers).await? {
        certificates.entry(certificate.card_number.clone()).or_default().push(certificate);
    }
    let serials = store::certificates::with_serials(desk.connection, &serials).await?;
    Ok(Known {
        residents: residents.into_iter().map(|resident| (resident.number.clone(), resident)).collect(),
        cards: cards.into_iter().map(|card| (card.number.clone(), card)).collect(),
        certificates,
        serials: serials.into_iter().map(|found| ((found.kind, found.serial), found.card_number)).collect(),
    })
}

/// What a row says beside what is known: nothing for a new card, else what changes.
fn compare(
    known: &Known,
    record: &CardRecord,
    today: NaiveDate,
    writes: &mut Writes,
) -> Result<Option<Vec<FieldChange>>, Fault> {
    let fault = |column: usize, sentence: String| Fault::new(cards::COLUMNS[column], sentence);
    let Some(resident) = known.residents.get(&record.resident_number) else {
        let sentence =
            format!("宛名番号「{}」の住民がいません。住民を先に取り込んでください。", record.resident_number);
        return Err(fault(cards::RESIDENT, sentence));
    };
    if record.issued < resident.birth {
        return Err(fault(cards::ISSUED, "生年月日より前の日付です。".to_owned()));
    }
    let old = known.cards.get(&record.number);
    if old.is_some_and(|old| old.resident_number != record.resident_number) {
        return Err(fault(
            cards::NUMBER,
            "このカード番号は、別の方のカードとして登録されています。".to_owned(),
        ));
    }
    let card = card(record, old);
    let mut fields = old.map(|old| card_differences(old, &card)).unwrap_or_default();
    for &kind in CertificateKind::ALL {
        let column = cards::serial_column(kind);
        if let Some(new) = record.certificate(kind)
            && let Some(other) = known.serials.get(&(kind, new.serial.clone()))
            && *other != record.number
        {
            return Err(fault(column, format!("シリアル「{}」は、別のカードにあります。", new.serial)));
        }
        let held = known.certificates.get(&record.number).map_or(&[][..], Vec::as_slice);
        certificate(&record.number, kind, record.certificate(kind), held, today, writes, &mut fields)?;
    }
    if old.is_none_or(|old| *old != card) {
        writes.people.insert(card.resident_number.clone());
        writes.cards.push(card);
    }
    Ok(old.is_some().then_some(fields))
}

/// The card as it should be. The file has no column for its state: a suspended authentication certificate says that the
/// card is suspended (葛城市), and nothing brings an abolished card back.
fn card(record: &CardRecord, old: Option<&Card>) -> Card {
    let suspended =
        record.authentication.as_ref().is_some_and(|found| found.status == CertificateStatus::Suspended);
    let status = match old.map(|old| old.status) {
        Some(CardStatus::Abolished) => CardStatus::Abolished,
        _ if suspended => CardStatus::Suspended,
        _ => CardStatus::Active,
    };
    Card {
        number: record.number.clone(),
        resident_number: record.resident_number.clone(),
        kind: record.kind,
        face_only: record.face_only,
        issued: record.issued,
        expires: record.expires,
        status,
        version: old.map_or(0, |old| old.version),
    }
}

fn card_differences(old: &Card, new: &Card) -> Vec<FieldChange> {
    let mut fields = Vec::new();
    FieldChange::note(&mut fields, "カード種別", old.kind.label(), new.kind.label());
    FieldChange::note(&mut fields, "顔認証", flag(old.face_only), flag(new.face_only));
    FieldChange::note(&mut fields, "カード発行日", wareki::short(old.issued), wareki::short(new.issued));
    FieldChange::note(&mut fields, "カード有効期限", wareki::short(old.expires), wareki::short(new.expires));
    FieldChange::note(&mut fields, "カードの状態", old.status.label(), new.status.label());
    fields
}

/// One certificate of a card: what the file says, beside what the office holds of it.
fn certificate(
    card_number: &str,
    kind: CertificateKind,
    new: Option<&CertificateRecord>,
    held: &[Certificate],
    today: NaiveDate,
    writes: &mut Writes,
    fields: &mut Vec<FieldChange>,
) -> Result<(), Fault> {
    let first = cards::serial_column(kind);
    let name = |place: usize| cards::COLUMNS[first + place];
    let held = || held.iter().filter(|held| held.kind == kind);
    let current = held().find(|held| held.current);
    let retired = |old: &Certificate, on: Option<NaiveDate>, reason: &str| Certificate {
        current: false,
        status: CertificateStatus::Revoked,
        revoked_on: if old.status == CertificateStatus::Revoked { old.revoked_on } else { on },
        reason: if old.status == CertificateStatus::Revoked {
            old.reason.clone()
        } else {
            Some(reason.to_owned())
        },
        ..old.clone()
    };
    match (new, current) {
        (None, None) => {}
        (None, Some(old)) => {
            if (today - old.issued).num_days() < YOUNGER_THAN_THE_FILE {
                let sentence = format!(
                    "{}に発行した{}がファイルにありません。発行より前に作られたファイルではありませんか。",
                    wareki::long(old.issued),
                    kind.label()
                );
                return Err(Fault::new(name(0), sentence));
            }
            FieldChange::note(fields, name(0), &old.serial, "なし");
            writes.changed.push(retired(old, None, BY_FILE));
        }
        (Some(new), Some(old)) if new.serial == old.serial => {
            if let Some(changed) = same_certificate(new, old, [name(1), name(2), name(3)], fields)? {
                writes.changed.push(changed);
            }
        }
        (Some(new), old) => {
            let replaced = held().any(|held| held.serial == new.serial);
            if replaced || old.is_some_and(|old| new.issued < old.issued) {
                let sentence =
                    format!("今の{}より古いものです。古いファイルではありませんか。", kind.label());
                return Err(Fault::new(name(0), sentence));
            }
            if let Some(old) = old {
                writes.changed.push(retired(old, Some(new.issued), REPLACED));
            }
            FieldChange::note(fields, name(0), old.map_or("なし", |old| old.serial.as_str()), &new.serial);
            FieldChange::note(
                fields,
                name(2),
                old.map(|old| wareki::short(old.expires)).unwrap_or_default(),
                wareki::short(new.expires),
            );
            writes.added.push(added(card_number, kind, new));
        }
    }
    Ok(())
}

/// The certificate that is known, with what the file says differently.
fn same_certificate(
    new: &CertificateRecord,
    old: &Certificate,
    [issued, expires, state]: [&'static str; 3],
    fields: &mut Vec<FieldChange>,
) -> Result<Option<Certificate>, Fault> {
    let revived = old.status == CertificateStatus::Revoked && new.status != CertificateStatus::Revoked;
    if revived && old.reason.as_deref() != Some(BY_FILE) {
        return Err(Fault::new(state, "窓口で失効した電子証明書です。古いファイルではありませんか。"));
    }
    let before = fields.len();
    FieldChange::note(fields, issued, wareki::short(old.issued), wareki::short(new.issued));
    FieldChange::note(fields, expires, wareki::short(old.expires), wareki::short(new.expires));
    FieldChange::note(fields, state, old.status.label(), new.status.label());
    if fields.len() == before {
        return Ok(None);
    }
    let newly_revoked = new.status == CertificateStatus::Revoked && old.status != CertificateStatus::Revoked;
    let reason = if newly_revoked {
        Some(BY_FILE.to_owned())
    } else if revived {
        None
    } else {
        old.reason.clone()
    };
    Ok(Some(Certificate {
        issued: new.issued,
        expires: new.expires,
        status: new.status,
        reason,
        revoked_on: if revived { None } else { old.revoked_on },
        ..old.clone()
    }))
}

fn added(card_number: &str, kind: CertificateKind, new: &CertificateRecord) -> Certificate {
    Certificate {
        id: 0,
        card_number: card_number.to_owned(),
        kind,
        serial: new.serial.clone(),
        issued: new.issued,
        expires: new.expires,
        status: new.status,
        revoked_on: None,
        reason: (new.status == CertificateStatus::Revoked).then(|| BY_FILE.to_owned()),
        current: true,
    }
}
