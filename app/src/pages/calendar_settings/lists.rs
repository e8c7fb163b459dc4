//! The lists: closures, stops, openings. Each with its lines, and a form for one more.

use super::{CalendarSettingsPage, EntryLine, EntryList};
use crate::components::{Button, CheckboxGroup, Choice, Column, DateField, Field, Select, Table, post_form};
use leptos::prelude::*;
use rules::calendar::{EntryKind, WeekdayName};

pub(super) fn view(page: &CalendarSettingsPage, list: &EntryList) -> AnyView {
    let kind = list.kind;
    let past = (!list.past.is_empty()).then(|| {
        let summary = format!("過ぎたもの {}件", list.past.len());
        view! { <details><summary>{summary}</summary>{table(page, kind, &list.past)}</details> }
    });
    view! {
        <section class="section">
            <h2>{kind.label()}</h2>
            <p>{changes(kind)}</p>
            {table(page, kind, &list.lines)}
            {past}
            {page.may_change.then(|| new_line(page, kind))}
        </section>
    }
    .into_any()
}

/// What a line of the list changes.
fn changes(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Closure => {
            "ふだんは開いている日に閉めます。期限がこの日にあたると、次の開庁日になります。"
        }
        EntryKind::Extra => {
            "ふだんは閉まっている日に開けます。時刻も入れると、その日だけその時間になります。"
        }
        EntryKind::Weekend => "土曜日や日曜日に、毎週または決まった週に開けます。年末年始は開けません。",
        EntryKind::Late => "決まった曜日だけ、ふだんより遅くまで開けます。",
        EntryKind::Stop => {
            "J-LISが知らせる停止の日です。窓口は開いていても、電子証明書の手続きはできなくなります。"
        }
    }
}

fn table(page: &CalendarSettingsPage, kind: EntryKind, lines: &[EntryLine]) -> AnyView {
    let with_reason = !matches!(kind, EntryKind::Weekend | EntryKind::Late);
    let mut columns = vec![Column::text("いつ")];
    columns.extend(with_reason.then(|| Column::text("理由")));
    columns.push(Column::tight("登録"));
    columns.extend(page.may_change.then(|| Column::text("")));
    let empty = format!("{}の登録はありません。", kind.label());
    let mut table = Table::new(kind.label(), &columns, empty).under_heading();
    for line in lines {
        let mut cells = vec![line.when.clone().into_any()];
        cells.extend(with_reason.then(|| line.reason.clone().into_any()));
        cells.push(line.changed.clone().into_any());
        cells.extend(page.may_change.then(|| {
            post_form(format!("/settings/calendar/{}/remove", kind.code()))
                .class("form form--inline")
                .hidden("key", &line.key)
                .view(Button::secondary(format!("{}を取り消す", line.when)).view())
        }));
        table.row(cells);
    }
    table.view()
}

fn new_line(page: &CalendarSettingsPage, kind: EntryKind) -> AnyView {
    let prefix = format!("{}_", kind.code());
    // A form that was refused stands open with what was typed.
    let open = page.typed.keys().any(|field| field.starts_with(&prefix));
    let inside = view! {
        {fields(page, kind)}
        <div class="actions">{Button::primary(format!("{}を登録する", kind.label())).view()}</div>
    }
    .into_any();
    let form = post_form(format!("/settings/calendar/{}", kind.code())).class("form panel").view(inside);
    view! { <details class="section" open=open><summary>{format!("{}を増やす", kind.label())}</summary>{form}</details> }
        .into_any()
}

fn fields(page: &CalendarSettingsPage, kind: EntryKind) -> AnyView {
    let name = |field: &str| format!("{}_{field}", kind.code());
    let typed = |field: &str| {
        page.typed.get(&name(field)).and_then(|values| values.first()).cloned().unwrap_or_default()
    };
    let error = |field: &str| page.errors.of(&name(field));
    let date =
        |field: &str, label: &str| DateField::new(name(field), label, &typed(field)).error(error(field));
    let time = |field: &str, label: &str| {
        let input = Field::text(name(field), label).value(typed(field)).class("input input--short");
        input.hint("例 9:00、17時15分").error(error(field))
    };
    let reason = |hint: &str| {
        let input = Field::text(name("reason"), "理由").value(typed("reason")).max_length(40);
        input.hint(hint).error(error("reason")).required().view()
    };
    let weekday = |days: &[WeekdayName]| {
        let choices: Vec<Choice> = days.iter().map(|day| Choice::new(day.code(), day.label())).collect();
        Select::new(name("weekday"), "曜日", &choices, &typed("weekday")).error(error("weekday")).view()
    };
    match kind {
        EntryKind::Closure | EntryKind::Stop => view! {
            <div class="form--row">
                {date("from", "最初の日").with_hint().required().view()}
                {date("until", "最後の日(1日だけなら空欄)").view()}
            </div>
            {reason(if kind == EntryKind::Closure { "例 庁舎の点検" } else { "例 全国システムの更改" })}
        }
        .into_any(),
        EntryKind::Extra => view! {
            {date("from", "開ける日").with_hint().required().view()}
            <div class="form--row">
                {time("time_from", "始まり(ふだんと同じなら空欄)").view()}
                {time("time_until", "終わり(ふだんと同じなら空欄)").view()}
            </div>
            {reason("例 更新の臨時窓口")}
        }
        .into_any(),
        EntryKind::Weekend => {
            let weeks: Vec<Choice> =
                (1..=5).map(|week| Choice::new(week.to_string(), format!("第{week}"))).collect();
            let ticked = page.typed.get(&name("weeks")).cloned().unwrap_or_default();
            view! {
                {weekday(&[WeekdayName::Saturday, WeekdayName::Sunday])}
                {CheckboxGroup::new(name("weeks"), "週", &weeks, &ticked).hint("毎週開けるときは、どれにも印をつけません。").error(error("weeks")).in_columns().view()}
                <div class="form--row">
                    {time("time_from", "始まり").required().view()}
                    {time("time_until", "終わり").required().view()}
                </div>
            }
            .into_any()
        }
        EntryKind::Late => view! {
            {weekday(&WeekdayName::ALL[..5])}
            {time("time_until", "終わり").required().view()}
        }
        .into_any(),
    }
}
