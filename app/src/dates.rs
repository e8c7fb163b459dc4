//! Dates as screens show them: Japanese era first, the western date where it helps, always unbroken.

use leptos::prelude::*;
use rules::{NaiveDate, wareki};

/// `令和7年10月10日(金)`: in sentences and panels.
pub fn long(date: NaiveDate) -> AnyView {
    stamp(date, wareki::long_weekday(date))
}

/// `令和7年10月10日`: where the weekday says nothing, as on birthdays.
pub fn plain(date: NaiveDate) -> AnyView {
    stamp(date, wareki::long(date))
}

/// `R7.10.10`: in lists.
pub fn short(date: NaiveDate) -> AnyView {
    stamp(date, wareki::short(date))
}

/// `2025年10月10日`.
pub fn western(date: NaiveDate) -> AnyView {
    stamp(date, western_text(date))
}

/// `R7.10.10 (2025)`: lists in which the western year saves counting.
pub fn short_with_year(date: NaiveDate) -> AnyView {
    stamp(date, format!("{} ({})", wareki::short(date), date.format("%Y")))
}

/// `(2025年)`: beside a date whose month and day are already there.
pub fn western_year(date: NaiveDate) -> String {
    date.format("(%Y年)").to_string()
}

/// `2025年10月10日` as text.
pub fn western_text(date: NaiveDate) -> String {
    date.format("%Y年%-m月%-d日").to_string()
}

fn stamp(date: NaiveDate, text: String) -> AnyView {
    view! { <time class="date" datetime=date.format("%Y-%m-%d").to_string()>{text}</time> }.into_any()
}
