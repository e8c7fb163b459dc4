//! `/settings/calendar`: on which days and at which hours the counter is open, and when cards can be written.

mod lists;
mod usual;

use crate::components::{Column, FormErrors, Table, link_button};
use crate::frame::Frame;
use leptos::prelude::*;
use rules::calendar::EntryKind;
use std::collections::HashMap;

/// What was typed, by field; the same field may be ticked several times.
pub type Typed = HashMap<String, Vec<String>>;

/// The office's days and hours.
#[derive(Clone, Debug, Default)]
pub struct CalendarSettingsPage {
    /// What was wrong, by field.
    pub errors: FormErrors,
    /// Ordinary days, as typed or as they are.
    pub usual: UsualDaysForm,
    /// What the form of ordinary days was made from; the server refuses it when someone else was quicker.
    pub version: String,
    /// The lists, in the order of the page.
    pub lists: Vec<EntryList>,
    /// What was typed for a new line, after an error.
    pub typed: Typed,
    /// What follows for the next days.
    pub days: Vec<DayAhead>,
    /// This person may change them; others only read.
    pub may_change: bool,
}

/// Ordinary days as the form shows them.
#[derive(Clone, Debug, Default)]
pub struct UsualDaysForm {
    /// 8:30.
    pub time_from: String,
    /// 17:15.
    pub time_until: String,
    /// 12:00; empty without a lunch break.
    pub lunch_from: String,
    /// 13:00; empty without a lunch break.
    pub lunch_until: String,
    /// 12月29日.
    pub year_end_from: String,
    /// 1月3日.
    pub year_end_until: String,
    /// 20:00.
    pub link_until: String,
    /// Who changed them last and when; empty when they are as delivered.
    pub changed: String,
}

/// One of the lists.
#[derive(Clone, Debug)]
pub struct EntryList {
    /// Which.
    pub kind: EntryKind,
    /// What it says now and later.
    pub lines: Vec<EntryLine>,
    /// What is over.
    pub past: Vec<EntryLine>,
}

/// A line of a list.
#[derive(Clone, Debug, Default)]
pub struct EntryLine {
    /// What the form sends to take it out.
    pub key: String,
    /// When.
    pub when: String,
    /// Why; empty where no reason is asked for.
    pub reason: String,
    /// Who entered it and when.
    pub changed: String,
}

/// One of the next days.
#[derive(Clone, Debug, Default)]
pub struct DayAhead {
    /// 令和8年11月24日(火).
    pub day: String,
    /// 8:30から12:00まで、…; 閉庁 with why.
    pub hours: String,
    /// When cards can be written; why not.
    pub card_work: String,
    /// The counter is closed, or no card can be written.
    pub stands_out: bool,
}

/// Posts to `/settings/calendar/usual`, `/settings/calendar/{list}` and `/settings/calendar/{list}/remove`.
pub fn render(frame: &Frame, page: &CalendarSettingsPage) -> String {
    frame.document("開庁日と時間", false, || {
        let lists: Vec<_> = page.lists.iter().map(|list| lists::view(page, list)).collect();
        view! {
            {page.errors.summary()}
            <div class="page-head">
                <h1>"開庁日と時間"</h1>
                <span class="page-head__aside">"変えると、窓口の画面と期限計算がすぐに変わります。通知書に印字する受付時間の文は「設定」の「役所の表示」で変えます。"</span>
                {link_button("設定へ戻る", "/settings", false)}
                {link_button("変更の履歴", "/settings/history?about=calendar", false)}
            </div>
            <div class="calendar">
                <div>{usual::view(page)}{lists}</div>
                {ahead(&page.days)}
            </div>
        }
        .into_any()
    })
}

/// The next days, so that a change shows where it was made.
fn ahead(days: &[DayAhead]) -> AnyView {
    view! { <section class="section calendar__ahead"><h2>"これからの日"</h2>{days_table(days)}</section> }
        .into_any()
}

/// The next days with their hours.
pub(super) fn days_table(days: &[DayAhead]) -> AnyView {
    let columns = [Column::tight("日"), Column::text("窓口"), Column::text("電子証明書の手続き")];
    let mut table = Table::new("これからの日", &columns, "").under_heading();
    for day in days {
        let class = if day.stands_out { "row--masked" } else { "" };
        table.row_with(
            class,
            vec![day.day.clone().into_any(), day.hours.clone().into_any(), day.card_work.clone().into_any()],
        );
    }
    table.view()
}
