//! What happened, as sentences, newest day first.

use crate::dates;
use leptos::prelude::*;
use rules::NaiveDate;

/// One thing that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryEntry {
    /// 14:05.
    pub time: String,
    /// 「佐藤が有効期限通知書を発送しました。」
    pub sentence: String,
    /// Where it can be seen: a case, a letter.
    pub href: Option<String>,
}

/// What happened on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryDay {
    /// The day.
    pub date: NaiveDate,
    /// What happened, in the order to show.
    pub entries: Vec<HistoryEntry>,
}

/// The list; a sentence when nothing happened yet.
pub fn history_list(days: &[HistoryDay]) -> AnyView {
    if days.is_empty() {
        return view! { <p class="empty">"まだ記録はありません。"</p> }.into_any();
    }
    let days: Vec<_> = days
        .iter()
        .map(|day| {
            let entries: Vec<_> = day
                .entries
                .iter()
                .map(|entry| {
                    let sentence = entry.sentence.clone();
                    let sentence = match &entry.href {
                        Some(href) => view! { <a href=href.clone()>{sentence}</a> }.into_any(),
                        None => view! { <span>{sentence}</span> }.into_any(),
                    };
                    view! { <li><span class="history__time">{entry.time.clone()}</span>{sentence}</li> }
                })
                .collect();
            view! {
                <section class="history__day">
                    <h3>{dates::long(day.date)}</h3>
                    <ul>{entries}</ul>
                </section>
            }
        })
        .collect();
    view! { <div class="history">{days}</div> }.into_any()
}
