//! What didn't come out on a day. Each must be explained before the day is closed.

use super::counts::DayCounts;
use super::survey::is_torn;
use crate::error::Result;
use crate::store::day_counts::{self, Standing};
use rules::case_states::CaseState;
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};

/// The most numbers that one sentence names.
const NAMED: usize = 10;

/// Something that didn't come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is and about which case; the same on the next day while nothing changed.
    pub key: String,
    /// As page and report tell it.
    pub sentence: String,
    /// The cases it is about.
    pub receptions: Vec<String>,
}

impl Difference {
    /// The form's field for its explanation.
    pub fn field(&self) -> String {
        format!("why_{}", self.key.replace(':', "_"))
    }
}

/// Everything that didn't come out in a span. `present`: nothing has been written since.
pub(super) async fn find(
    db: &mut SqliteConnection,
    span: (i64, i64),
    counts: &DayCounts,
    standing: &[Standing],
    lost: &[String],
    present: bool,
) -> Result<Vec<Difference>> {
    let mut found = Vec::new();
    if !counts.balances() {
        let sentence = format!(
            "受付の数が合いません。持ち越し{}件と受付{}件・再開{}件に対し、終わった受付は{}件、次への持ち越しは{}件です。",
            counts.carried_in,
            counts.opened,
            counts.reopened,
            counts.over(),
            counts.carried_out
        );
        found.push(general("balance", sentence, Vec::new()));
    }
    if !lost.is_empty() {
        let sentence = format!(
            "更新を始めたカード{}枚のうち、読み戻した記録も中止の記録もないものがあります: {}。",
            counts.cards_updated,
            named(lost)
        );
        found.push(general("cards", sentence, lost.to_vec()));
    }
    found.extend(standing.iter().filter_map(|case| of_case(case, span)));
    let at_counter: Vec<String> = standing
        .iter()
        .filter(|case| is_at_counter(&case.state))
        .map(|case| case.reception_number.clone())
        .collect();
    if !at_counter.is_empty() {
        let sentence =
            format!("窓口で手続きの途中の受付が{}件あります: {}。", at_counter.len(), named(&at_counter));
        found.push(general("counter", sentence, at_counter));
    }
    if present {
        let open = day_counts::open_journals(db).await?;
        if !open.is_empty() {
            let sentence = format!("カードの更新の記録が閉じられていません: {}。", named(&open));
            found.push(general("journal", sentence, open));
        }
    }
    let missing = gaps(
        day_counts::last_reception(db, span.0).await?.as_deref(),
        &day_counts::receptions(db, span).await?,
    );
    if !missing.is_empty() {
        let sentence = format!("受付番号が抜けています: {}。", named(&missing));
        found.push(general("gaps", sentence, Vec::new()));
    }
    let loose = day_counts::printed_in_no_campaign(db).await?;
    if !loose.is_empty() {
        let numbers: Vec<String> = loose.iter().map(|number| format!("通知-{number:06}")).collect();
        let sentence = format!("印刷済みの通知書が、どの印刷の回にもありません: {}。", named(&numbers));
        found.push(general("letters", sentence, Vec::new()));
    }
    Ok(found)
}

fn general(key: &str, sentence: String, receptions: Vec<String>) -> Difference {
    Difference { key: key.to_owned(), sentence, receptions }
}

/// What one case that goes on has to be explained for.
fn of_case(case: &Standing, span: (i64, i64)) -> Option<Difference> {
    let number = &case.reception_number;
    let (kind, sentence) = match CaseState::from_code(&case.state)? {
        CaseState::Updating => {
            ("update", format!("受付{number}のカードは、更新を始めたまま終わりが確かめられていません。"))
        }
        CaseState::Differs => {
            ("differs", format!("受付{number}のカードは、読み戻した内容が予定と違うままです。"))
        }
        CaseState::Interrupted if is_torn(case) => {
            ("torn", format!("受付{number}のカードの更新は、中断したままです。"))
        }
        // Put off by hand: told on the day it was done, and then a list of its own watches it.
        CaseState::Interrupted if case.event_id > span.0 => {
            ("paused", format!("受付{number}は、カードに書き込む前に中断しました。"))
        }
        CaseState::Updated => {
            ("handover", format!("受付{number}は更新が終わりましたが、カードをお返しした記録がありません。"))
        }
        _ => return None,
    };
    Some(Difference { key: format!("{kind}:{number}"), sentence, receptions: vec![number.clone()] })
}

/// Somebody should be standing there. What is about the card is told case by case.
fn is_at_counter(state: &str) -> bool {
    matches!(
        CaseState::from_code(state),
        Some(
            CaseState::Received
                | CaseState::IdentityChecked
                | CaseState::Applied
                | CaseState::PinsVerified
                | CaseState::ReplyReceived
        )
    )
}

/// The numbers that are missing among those given out, the last one of before included.
fn gaps(last: Option<&str>, given: &[String]) -> Vec<String> {
    let mut years: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for (year, number) in given.iter().filter_map(|text| parse(text)) {
        years.entry(year).or_default().insert(number);
    }
    let mut missing = Vec::new();
    for (year, numbers) in years {
        // A new year begins with 1.
        let before = last.and_then(parse).filter(|(of, _)| *of == year).map_or(0, |(_, number)| number);
        let highest = numbers.last().copied().unwrap_or(0);
        let absent = (before + 1..=highest).filter(|number| !numbers.contains(number));
        missing.extend(absent.map(|number| format!("{year}-{number:06}")));
    }
    missing
}

fn parse(reception: &str) -> Option<(&str, u64)> {
    let (year, number) = reception.rsplit_once('-')?;
    Some((year, number.parse().ok()?))
}

/// The first few, and how many more there are.
fn named(numbers: &[String]) -> String {
    let shown = numbers.iter().take(NAMED).cloned().collect::<Vec<_>>().join("、");
    match numbers.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown}、ほか{more}件"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(numbers: &[&str]) -> Vec<String> {
        numbers.iter().map(|number| (*number).to_owned()).collect()
    }

    /// A number that nobody got is found: after the last one of before, between two, not at a year's beginning.
    #[test]
    fn finds_gaps() {
        assert!(gaps(Some("R8-000003"), &list(&["R8-000004", "R8-000005"])).is_empty());
        assert_eq!(gaps(Some("R8-000003"), &list(&["R8-000005"])), ["R8-000004"]);
        assert_eq!(gaps(None, &list(&["R8-000001", "R8-000003"])), ["R8-000002"]);
        assert!(gaps(Some("R8-000123"), &list(&["R8-000124", "R9-000001"])).is_empty());
        assert_eq!(gaps(Some("R8-000123"), &list(&["R9-000002"])), ["R9-000001"]);
        assert!(gaps(Some("R8-000003"), &[]).is_empty());
    }

    /// A list that is too long for a sentence says how many more there are.
    #[test]
    fn names_a_few() {
        let many: Vec<String> = (1..=13).map(|number| format!("R8-{number:06}")).collect();
        assert!(named(&many).ends_with("R8-000010、ほか3件"), "{}", named(&many));
        assert_eq!(named(&many[..1]), "R8-000001");
    }

    /// What must be explained case by case, and what is told on its first day only.
    #[test]
    fn explains_cards_one_by_one() {
        let case = |state: &str, from: &str, event_id| Standing {
            case_id: 1,
            reception_number: "R8-000001".into(),
            state: state.into(),
            from_state: from.into(),
            event_id,
        };
        let key = |case: &Standing| of_case(case, (10, 20)).map(|found| found.key);
        assert_eq!(key(&case("interrupted", "updating", 5)).as_deref(), Some("torn:R8-000001"));
        assert_eq!(key(&case("interrupted", "applied", 15)).as_deref(), Some("paused:R8-000001"));
        assert_eq!(key(&case("interrupted", "applied", 5)), None);
        assert_eq!(key(&case("updated", "updating", 5)).as_deref(), Some("handover:R8-000001"));
        assert_eq!(key(&case("awaiting_reply", "inquiry_to_post", 15)), None);
    }
}
