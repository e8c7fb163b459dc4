//! What happened, as sentences by day: cases, letters, certificates, moves.

use crate::error::Result;
use crate::office::Office;
use crate::store;
use crate::store::residents::Resident;
use app::components::{HistoryDay, HistoryEntry};
use app::pages::home::OpenCase;
use chrono::{DateTime, NaiveDate};
use rules::case_states::CaseState;
use rules::kinds::CertificateStatus;
use rules::procedure::Procedure;
use rules::wareki;
use std::collections::BTreeMap;

/// Entries by day, newest first, with their time for the order within a day.
type Days = BTreeMap<NaiveDate, Vec<HistoryEntry>>;

/// The person's cases that aren't closed.
pub(super) async fn open_cases(office: &Office, number: &str, today: NaiveDate) -> Result<Vec<OpenCase>> {
    let pool = office.store().read();
    let staff = store::staff::all(pool).await?;
    let name =
        |id| staff.iter().find(|staff| staff.id == id).map(|staff| staff.name.clone()).unwrap_or_default();
    let mut open = Vec::new();
    for case in store::cases::of_resident(pool, number).await? {
        if case.closed_at.is_some() {
            continue;
        }
        let state = CaseState::from_code(&case.state);
        open.push(OpenCase {
            reception: case.reception_number,
            name: String::new(),
            kana: String::new(),
            procedure: Procedure::from_code(&case.procedure)
                .map_or(case.procedure, |known| known.label().to_owned()),
            state: state.map_or(case.state, |state| state.label().to_owned()),
            trouble: state == Some(CaseState::Interrupted),
            opened: match moment(&case.opened_at) {
                Some((day, time)) if day == today => time,
                Some((day, _)) => wareki::short(day),
                None => case.opened_at,
            },
            staff: name(case.opened_by),
        });
    }
    Ok(open)
}

/// Everything that is known to have happened, newest day first.
pub(super) async fn all(office: &Office, resident: &Resident) -> Result<Vec<HistoryDay>> {
    let pool = office.store().read();
    let mut days = Days::new();
    for (reception, event) in store::case_events::of_resident(pool, &resident.number).await? {
        let Some((day, time)) = moment(&event.at) else { continue };
        let sentence = format!("{}({}、{reception})", event.sentence, event.staff_name);
        add(&mut days, day, time, sentence, Some(format!("/cases/{reception}")));
    }
    for letter in store::letters::of_resident(pool, &resident.number).await? {
        let Some((day, time)) = moment(&letter.made_at) else { continue };
        let href = letter.campaign_id.map(crate::notices::campaign::address);
        add(&mut days, day, time, letter_sentence(&letter), href);
    }
    if let (Some(day), Some(reason)) = (resident.change_date, &resident.change_reason) {
        add(&mut days, day, String::new(), format!("住民票の異動がありました: {reason}。"), None);
    }
    for card in store::cards::of_resident(pool, &resident.number).await? {
        add(&mut days, card.issued, String::new(), format!("{}が発行されました。", card.kind.label()), None);
        for found in store::certificates::of_card(pool, &card.number).await? {
            let label = found.kind.label();
            let sentence = format!("{label}が発行されました(満了日 {})。", wareki::short(found.expires));
            add(&mut days, found.issued, String::new(), sentence, None);
            if found.status == CertificateStatus::Revoked
                && let Some(day) = found.revoked_on
            {
                let why = found.reason.map(|reason| format!("({reason})")).unwrap_or_default();
                add(&mut days, day, String::new(), format!("{label}が失効しました{why}。"), None);
            }
        }
    }
    let newest_first = |(date, mut entries): (NaiveDate, Vec<HistoryEntry>)| {
        entries.sort_by(|a, b| b.time.cmp(&a.time));
        HistoryDay { date, entries }
    };
    Ok(days.into_iter().rev().map(newest_first).collect())
}

fn add(days: &mut Days, day: NaiveDate, time: String, sentence: String, href: Option<String>) {
    days.entry(day).or_default().push(HistoryEntry { time, sentence, href });
}

fn letter_sentence(letter: &store::letters::LetterRow) -> String {
    let kind = match letter.kind.as_str() {
        "notice" => "有効期限通知書",
        "inquiry" => "照会書兼回答書",
        _ => "再照会の照会書兼回答書",
    };
    let state = match letter.state.as_str() {
        "drafted" => "作成しました",
        "printed" => "印刷しました",
        "posted" => "発送しました",
        "returned" => "発送し、返戻になりました",
        "replied" => "作成し、回答を受け取りました",
        "lapsed" => "作成し、期限が切れました",
        _ => "作成し、無効にしました",
    };
    let mut more = Vec::new();
    more.extend(letter.posted_on.map(|day| format!("発送 {}", wareki::short(day))));
    more.extend(match (&letter.ended_reason, letter.ended_on) {
        (Some(why), Some(day)) => Some(format!("{} {}", wareki::short(day), why.trim_end_matches('。'))),
        _ => None,
    });
    let more = if more.is_empty() { String::new() } else { format!("({})", more.join("、")) };
    format!("{kind}(文書番号 {})を{state}{more}。", letter.number)
}

fn moment(at: &str) -> Option<(NaiveDate, String)> {
    let at = DateTime::parse_from_rfc3339(at).ok()?;
    Some((at.date_naive(), at.format("%H:%M").to_string()))
}
