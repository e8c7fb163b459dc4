//! The two lists of a month: who gets a letter, and who doesn't and why.

use crate::notices::address::one_line;
use crate::notices::plan::{LeftOut, Target};
use crate::office::Rulebook;
use app::components::Pages;
use app::pages::notices_month::{ExcludedRow, NoticeRow};
use chrono::NaiveDate;
use rules::kinds::CertificateKind;
use rules::notice::NotNoticedReason;
use rules::period;

/// People on one page of a list.
const ROWS: usize = 50;

/// One page of a list; a page beyond the end is the last one.
pub(super) fn slice<T>(rows: &[T], page: Option<usize>, address: String) -> (&[T], Pages) {
    let last = rows.len().div_ceil(ROWS).max(1);
    let current = page.unwrap_or(1).clamp(1, last);
    let from = (current - 1) * ROWS;
    let pages = Pages {
        current: u32::try_from(current).unwrap_or(u32::MAX),
        last: u32::try_from(last).unwrap_or(u32::MAX),
        total: rows.len() as u64,
        address,
    };
    (&rows[from..rows.len().min(from + ROWS)], pages)
}

pub(super) fn included_row(target: &Target, rulebook: &Rulebook) -> NoticeRow {
    let person = &target.person;
    let expires =
        target.certificates.iter().map(|certificate| certificate.expires).min().unwrap_or(NaiveDate::MAX);
    let start = rulebook.settings.window_start;
    NoticeRow {
        number: person.resident_number.clone(),
        name: person.name.clone(),
        kana: person.kana.clone(),
        address: one_line(&person.postal_code, &person.address, person.building.as_deref()),
        certificates: certificates(target),
        expires,
        renewal_from: period::renewal_period_from(expires, false, start, &rulebook.calendar).from,
    }
}

fn certificates(target: &Target) -> String {
    let has = |kind| target.certificates.iter().any(|certificate| certificate.kind == kind);
    match (has(CertificateKind::Signature), has(CertificateKind::Authentication)) {
        (true, true) => "署名用・利用者証明用",
        (true, false) => "署名用",
        _ => "利用者証明用",
    }
    .to_owned()
}

pub(super) fn excluded_row(left_out: &LeftOut) -> ExcludedRow {
    let person = &left_out.person;
    let sentence = match left_out.letter {
        Some(number) if left_out.why.reason == NotNoticedReason::AlreadyNoticed => {
            format!("{}(通知-{number:06})", left_out.why.sentence)
        }
        _ => left_out.why.sentence.to_owned(),
    };
    if person.suppressed {
        return ExcludedRow { sentence, masked: true, ..ExcludedRow::default() };
    }
    ExcludedRow { number: person.resident_number.clone(), name: person.name.clone(), sentence, masked: false }
}

/// Why people are left out, the commonest reason first.
pub(super) fn reasons(excluded: &[LeftOut]) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = NotNoticedReason::ALL
        .iter()
        .map(|reason| {
            (
                reason.label().to_owned(),
                excluded.iter().filter(|one| one.why.reason == *reason).count() as u64,
            )
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row is on exactly one page, and a page that isn't there is the nearest one.
    #[test]
    fn pages_hold_every_row_once() {
        let rows: Vec<usize> = (0..120).collect();
        let page = |number| slice(&rows, Some(number), "?page=".to_owned());
        let all: Vec<usize> = (1..=3).flat_map(|number| page(number).0.to_vec()).collect();
        assert_eq!(all, rows);
        assert_eq!(page(3).1.last, 3);
        assert_eq!(page(99).0, page(3).0);
        assert_eq!(page(0).0, page(1).0);
        assert!(slice::<usize>(&[], None, String::new()).0.is_empty());
    }
}
