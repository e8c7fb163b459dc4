//! Made-up residents and cards as files, for tests and measurements of the import.

use super::generator::{Entry, Generator};
use super::lives::CardLife;
use crate::import::FileKind;
use chrono::NaiveDate;
use rules::kinds::{CertificateKind, CertificateStatus, ResidentKind};
use std::io::{self, Write};

/// Writes `count` residents and the cards they have now, as the core systems export them: UTF-8, CRLF.
///
/// # Errors
/// When the files can't be written.
pub fn write_csv(
    count: usize,
    seed: u64,
    today: NaiveDate,
    mut residents: impl Write,
    mut cards: impl Write,
) -> io::Result<()> {
    line(&mut residents, FileKind::Residents.columns())?;
    line(&mut cards, FileKind::Cards.columns())?;
    for Entry { resident, cards: lives } in Generator::new(seed, today).take(count) {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let day = |value: Option<NaiveDate>| value.map(|day| day.to_string()).unwrap_or_default();
        let flag = |value: bool| if value { "1" } else { "0" };
        line::<&str>(
            &mut residents,
            &[
                &resident.number,
                &resident.household_number,
                &resident.name,
                &resident.kana,
                &text(&resident.old_surname),
                &text(&resident.alias),
                &resident.birth.to_string(),
                resident.sex.label(),
                &resident.postal_code,
                &resident.address,
                &text(&resident.building),
                if resident.kind == ResidentKind::Foreign { "外国人" } else { "日本人" },
                &text(&resident.residence_status),
                &day(resident.stay_until),
                flag(resident.adult_ward),
                flag(resident.suppressed),
                flag(resident.registered_elsewhere),
                &text(&resident.change_reason),
                &day(resident.change_date),
            ],
        )?;
        if let Some(life) = lives.last() {
            card(&mut cards, life)?;
        }
    }
    residents.flush()?;
    cards.flush()
}

fn card(out: &mut impl Write, life: &CardLife) -> io::Result<()> {
    let card = &life.card;
    let mut cells = vec![
        card.resident_number.clone(),
        card.number.clone(),
        card.kind.label().to_owned(),
        u8::from(card.face_only).to_string(),
        card.issued.to_string(),
        card.expires.to_string(),
    ];
    for kind in [CertificateKind::Signature, CertificateKind::Authentication] {
        match life.certificates.iter().find(|found| found.kind == kind && found.current) {
            None => cells.extend(["", "", "", "なし"].map(str::to_owned)),
            Some(found) => cells.extend([
                found.serial.clone(),
                found.issued.to_string(),
                found.expires.to_string(),
                match found.status {
                    CertificateStatus::Valid => "有効",
                    CertificateStatus::Suspended => "一時停止",
                    CertificateStatus::Revoked => "失効",
                }
                .to_owned(),
            ]),
        }
    }
    line(out, &cells)
}

fn line<T: AsRef<str>>(out: &mut impl Write, cells: &[T]) -> io::Result<()> {
    for (index, cell) in cells.iter().enumerate() {
        let cell = cell.as_ref();
        if index > 0 {
            out.write_all(b",")?;
        }
        if cell.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}
