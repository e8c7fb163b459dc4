//! Cases by what they are about, who came, where, when, and who received them.

use super::{Cell, Range, Sheet, percent};
use crate::error::Result;
use crate::office::Office;
use crate::store::statistics::{self, CaseGroup};
use rules::case_states::CaseState;
use rules::kinds::Applicant;
use rules::procedure::Procedure;
use std::collections::BTreeMap;

const ABOUT: &str = "この期間に受け付けた受付を、今の状態で数えています。";

/// How many were received and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    received: u64,
    done: u64,
    over: u64,
}

impl Tally {
    fn add(&mut self, group: &CaseGroup) {
        let many = group.many.unsigned_abs();
        self.received += many;
        match CaseState::from_code(&group.state) {
            Some(CaseState::Closed) => self.done += many,
            Some(state) if state.is_final() => self.over += many,
            _ => {}
        }
    }

    fn row(self, label: String, all: u64) -> Vec<Cell> {
        vec![
            Cell::Text(label),
            Cell::Count(self.received),
            percent(self.received, all),
            Cell::Count(self.done),
            Cell::Count(self.over),
            Cell::Count(self.received - self.done - self.over),
        ]
    }
}

/// The tables, each with the same total.
pub(super) async fn sheets(office: &Office, range: &Range, by_clerk: bool) -> Result<Vec<Sheet>> {
    let groups = statistics::cases(office.store().read(), range.from, range.before()).await?;
    let procedures: Vec<_> = Procedure::ALL.iter().map(|one| (one.code(), one.label())).collect();
    let applicants: Vec<_> = Applicant::ALL.iter().map(|one| (one.code(), one.label())).collect();
    let mut sheets = vec![
        sheet(
            "手続き別",
            &["手続き", "受付", "割合", "完了", "取下げ等", "続いている"],
            &groups,
            |group| place(&procedures, &group.procedure),
        ),
        sheet(
            "来た方別",
            &["来た方", "受付", "割合", "完了", "取下げ等", "続いている"],
            &groups,
            |group| place(&applicants, &group.applicant),
        ),
        sheet(
            "窓口別",
            &["窓口", "受付", "割合", "完了", "取下げ等", "続いている"],
            &groups,
            |group| {
                let name = group.station.clone().unwrap_or_else(|| "窓口端末のない受付".to_owned());
                (usize::from(group.station.is_none()), name)
            },
        ),
        sheet(
            "時間帯別",
            &["受付の時刻", "受付", "割合", "完了", "取下げ等", "続いている"],
            &groups,
            |group| {
                let hour = group.hour.trim_start_matches('0');
                let hour = if hour.is_empty() { "0" } else { hour };
                (group.hour.parse().unwrap_or(0), format!("{hour}時台"))
            },
        ),
    ];
    if by_clerk {
        sheets.push(sheet(
            "職員別",
            &["受付した職員", "受付", "割合", "完了", "取下げ等", "続いている"],
            &groups,
            |group| (0, group.clerk.clone()),
        ));
    }
    Ok(sheets)
}

/// Where a code stands in its list, and its name.
fn place(list: &[(&str, &str)], code: &str) -> (usize, String) {
    let found = list.iter().position(|(known, _)| *known == code);
    found.map_or_else(|| (list.len(), code.to_owned()), |at| (at, list[at].1.to_owned()))
}

fn sheet(
    title: &str,
    heads: &'static [&'static str],
    groups: &[CaseGroup],
    key: impl Fn(&CaseGroup) -> (usize, String),
) -> Sheet {
    let (mut rows, mut all) = (BTreeMap::<(usize, String), Tally>::new(), Tally::default());
    for group in groups {
        rows.entry(key(group)).or_default().add(group);
        all.add(group);
    }
    let mut rows: Vec<_> =
        rows.into_iter().map(|((_, label), tally)| tally.row(label, all.received)).collect();
    if !rows.is_empty() {
        rows.push(all.row("計".to_owned(), all.received));
    }
    Sheet { title: title.to_owned(), about: ABOUT.to_owned(), heads, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(procedure: &str, state: &str, many: i64) -> CaseGroup {
        CaseGroup {
            procedure: procedure.into(),
            applicant: "principal".into(),
            station: None,
            hour: "09".into(),
            clerk: "佐藤".into(),
            state: state.into(),
            many,
        }
    }

    /// Rows stand in the order of the list, and the total is the sum of all.
    #[test]
    fn rows_add_up() {
        let groups = [
            group("pin_reset", "closed", 2),
            group("renewal", "received", 3),
            group("renewal", "refused", 1),
        ];
        let procedures: Vec<_> = Procedure::ALL.iter().map(|one| (one.code(), one.label())).collect();
        let heads = &["手続き", "受付", "割合", "完了", "取下げ等", "続いている"];
        let sheet = sheet("手続き別", heads, &groups, |group| place(&procedures, &group.procedure));
        let labels: Vec<_> = sheet.rows.iter().map(|row| row[0].clone()).collect();
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(labels, [text("更新"), text("暗証番号の初期化・再設定"), text("計")]);
        let counts = |row: &[Cell]| [1, 3, 4, 5].map(|at| row[at].clone());
        assert_eq!(counts(&sheet.rows[0]), [4, 0, 1, 3].map(Cell::Count));
        assert_eq!(counts(&sheet.rows[2]), [6, 2, 1, 3].map(Cell::Count));
        assert_eq!(sheet.rows[2][2], Cell::Percent(Some(100.0)));
    }
}
