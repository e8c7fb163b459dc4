//! The people of a campaign by where they stand, and what can be done with single letters.

use super::actions::form;
use super::{CampaignPage, CampaignPerson};
use crate::components::{Button, Column, Select, Table, grouped, pagination};
use leptos::prelude::*;

pub(super) fn view(page: &CampaignPage) -> AnyView {
    if page.lists.is_empty() {
        return ().into_any();
    }
    let links: Vec<_> = page
        .lists
        .iter()
        .map(|list| {
            let here = (list.code == page.list).then_some("page");
            let href = format!("/campaigns/{}?list={}#people", page.id, list.code);
            view! { <li><a href=href aria-current=here>{format!("{} {}人", list.label, grouped(list.people))}</a></li> }
        })
        .collect();
    let table = table(page);
    let body = if page.letter_reasons.is_empty() || !page.people.iter().any(|person| person.may_tick) {
        table
    } else {
        letters(page, table)
    };
    view! {
        <section class="section" id="people">
            <h2>"対象者"</h2>
            <nav class="questions no-print" aria-label="対象者の一覧"><ul>{links}</ul></nav>
            {body}
            {pagination(&page.pages)}
        </section>
    }
    .into_any()
}

/// The table as a form: letters are ticked in it.
fn letters(page: &CampaignPage, table: AnyView) -> AnyView {
    let again = page
        .may_print_again
        .then(|| Button::secondary("選んだ通知書を作り直す").sends("action", "again").view());
    let void = (page.list == "open" || page.list == "printed")
        .then(|| Button::caution("選んだ通知書を無効にする").sends("action", "void").view());
    let error = page.errors.of("letter").map(|error| view! { <p class="field__error">{error}</p> });
    let inside = view! {
        {error}
        {table}
        <div class="form--row no-print">
            {Select::new("reason", "無効や作り直しの理由", &page.letter_reasons, &page.letter_reason).error(page.errors.of("reason")).view()}
            <div class="actions actions--tight">{again}{void}</div>
        </div>
    };
    form(page, "letters")
        .hidden("list", &page.list)
        .hidden("page", page.pages.current.to_string())
        .view(inside.into_any())
}

fn table(page: &CampaignPage) -> AnyView {
    let columns = [Column::tight("通知書"), Column::text("氏名"), Column::text("住所"), Column::text("備考")];
    let mut table = Table::new("対象者", &columns, "この一覧には誰もいません。").under_heading();
    let mut first = true;
    for person in &page.people {
        let letter = letter(person, first && person.may_tick);
        first &= !person.may_tick;
        if person.masked {
            let name = view! { <span class="flag flag--alarm">"支援措置"</span> }.into_any();
            table
                .row_with("row--masked", vec![letter, name, ().into_any(), person.remark.clone().into_any()]);
            continue;
        }
        let name = view! {
            <a class="person" href=format!("/residents/{}", person.number)>{person.name.clone()}</a>" "<span class="kana">{person.kana.clone()}</span>
        };
        table.row(vec![
            letter,
            name.into_any(),
            person.address.clone().into_any(),
            person.remark.clone().into_any(),
        ]);
    }
    table.view()
}

/// The letter's number, with a box to tick where something can be done with it. The error summary leads to the first.
fn letter(person: &CampaignPerson, first: bool) -> AnyView {
    let Some(number) = person.letter else { return "－".into_any() };
    let words = format!("通知-{number:06}");
    if !person.may_tick {
        return view! { <span class="code">{words}</span> }.into_any();
    }
    let id = if first { "f-letter".to_owned() } else { format!("f-letter-{number}") };
    view! {
        <span class="tick">
            <input type="checkbox" id=id.clone() name="letter" value=number.to_string() checked=person.ticked/>
            <label for=id class="code">{words}</label>
        </span>
    }
    .into_any()
}
