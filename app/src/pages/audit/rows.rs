//! The records as sentences, day by day.

use crate::components::{Column, Table};
use crate::dates;
use leptos::prelude::*;
use rules::{NaiveDate, wareki};

/// What was recorded on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditDay {
    /// The day.
    pub date: NaiveDate,
    /// Its records, newest first.
    pub rows: Vec<AuditRow>,
}

/// One record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditRow {
    /// 1, 2, 3 … without a gap.
    pub number: i64,
    /// 14:05:09.
    pub time: String,
    /// 佐藤(sato).
    pub actor: String,
    /// The counter; empty when it wasn't done at one.
    pub station: String,
    /// Whom: 宛名番号; empty when it concerns nobody.
    pub subject: String,
    /// 受付番号; empty when it belongs to no case.
    pub case: String,
    /// 任意代理人 山田 太郎; empty when nobody else took part.
    pub counterparty: String,
    /// What, as a sentence.
    pub sentence: String,
    /// How it ended.
    pub outcome: AuditOutcome,
}

/// How an act ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuditOutcome {
    /// 行った
    #[default]
    Done,
    /// 断った
    Refused,
    /// 失敗
    Failed,
}

const COLUMNS: [Column; 5] = [
    Column::number("番号"),
    Column::tight("時刻"),
    Column::text("だれが"),
    Column::text("したこと"),
    Column::tight("結果"),
];

pub(super) fn view(days: &[AuditDay]) -> AnyView {
    if days.is_empty() {
        return view! { <p class="empty">"合う記録はありません。"</p> }.into_any();
    }
    let days: Vec<_> = days
        .iter()
        .map(|day| {
            let mut table =
                Table::new(format!("{}の記録", wareki::long_weekday(day.date)), &COLUMNS, "").under_heading();
            for row in &day.rows {
                table.row(cells(row));
            }
            view! {
                <section class="trail__day">
                    <h2>{dates::long(day.date)}</h2>
                    {table.view()}
                </section>
            }
        })
        .collect();
    view! { <div class="trail">{days}</div> }.into_any()
}

fn cells(row: &AuditRow) -> Vec<AnyView> {
    let (class, words) = match row.outcome {
        AuditOutcome::Done => ("", "✓ 行った"),
        AuditOutcome::Refused => ("mark mark--caution", "△ 断った"),
        AuditOutcome::Failed => ("mark mark--bad", "× 失敗"),
    };
    let station = (!row.station.is_empty()).then(|| view! { <small>{row.station.clone()}</small> });
    vec![
        row.number.to_string().into_any(),
        view! { <span class="number">{row.time.clone()}</span> }.into_any(),
        view! { <span class="trail__who">{row.actor.clone()}{station}</span> }.into_any(),
        view! { <span class="trail__what">{row.sentence.clone()}{about(row)}</span> }.into_any(),
        view! { <span class=class>{words}</span> }.into_any(),
    ]
}

/// Whom it concerns, on a second line, each a link to where more is known.
fn about(row: &AuditRow) -> AnyView {
    let subject = (!row.subject.is_empty()).then(|| {
        let href = format!("/residents/{}", row.subject);
        view! { <span>"宛名番号 "<a class="code" href=href>{row.subject.clone()}</a></span> }
    });
    let case = (!row.case.is_empty()).then(|| {
        let href = format!("/cases/{}", row.case);
        view! { <span>"受付番号 "<a class="code" href=href>{row.case.clone()}</a></span> }
    });
    let other = (!row.counterparty.is_empty()).then(|| view! { <span>{row.counterparty.clone()}</span> });
    if subject.is_none() && case.is_none() && other.is_none() {
        return ().into_any();
    }
    view! { <small class="trail__about">{subject}{case}{other}</small> }.into_any()
}
