//! `/settings`: what municipalities decide differently, each with what it changes and who decided.

use crate::components::{
    Button, Choice, Field, FormErrors, RadioGroup, Select, Source, describe_source, link_button, post_form,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// The settings in groups.
#[derive(Clone, Debug, Default)]
pub struct SettingsPage {
    /// What was wrong, by key.
    pub errors: FormErrors,
    /// The groups, in order.
    pub groups: Vec<SettingGroup>,
    /// This person may change them; others only read.
    pub may_change: bool,
    /// This person may change accounts and how one signs in.
    pub office_too: bool,
    /// What the page was made from; the server refuses the form when someone else was quicker.
    pub version: String,
}

/// Settings that belong together.
#[derive(Clone, Debug, Default)]
pub struct SettingGroup {
    /// 更新期間と満了日, 代理人, 通知書 …
    pub title: String,
    /// Its settings.
    pub items: Vec<SettingItem>,
}

/// One setting.
#[derive(Clone, Debug, Default)]
pub struct SettingItem {
    /// The form's field.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What it changes, in a sentence.
    pub changes: String,
    /// The value as the form sends it.
    pub value: String,
    /// Values to choose from; empty for free input.
    pub choices: Vec<Choice>,
    /// 日, 通: the unit of a number; empty otherwise.
    pub unit: String,
    /// What it is without a decision: 「はじめの値 30日」.
    pub default: String,
    /// Who changed it and when: 「R8.11.2 田中」; empty when it is as delivered.
    pub changed: String,
    /// Municipalities that do it this way or the other.
    pub source: Source,
}

/// Posts to `/settings` with every key.
pub fn render(frame: &Frame, page: &SettingsPage) -> String {
    frame.document("設定", false, || {
        let groups: Vec<_> = page.groups.iter().map(|group| group_view(page, group)).collect();
        let body = if page.may_change {
            let inside =
                view! { {groups}<div class="actions">{Button::primary("設定を保存する").view()}</div> }
                    .into_any();
            post_form("/settings").hidden("version", &page.version).view(inside)
        } else {
            groups.into_any()
        };
        view! {
            {page.errors.summary()}
            <div class="page-head">
                <h1>"設定"</h1>
                <span class="page-head__aside">"自治体によって扱いが違うことを、ここで決めます。"</span>
                {link_button("用紙と印刷", "/settings/paper", false)}
                {link_button("開庁日と時間", "/settings/calendar", false)}
                {link_button("窓口端末", "/settings/stations", false)}
                {page.office_too.then(|| link_button("職員", "/settings/staff", false))}
                {page.office_too.then(|| link_button("ログインと確認", "/settings/sign-in", false))}
                {link_button("設定の履歴", "/settings/history", false)}
            </div>
            {body}
        }
        .into_any()
    })
}

fn group_view(page: &SettingsPage, group: &SettingGroup) -> AnyView {
    let items: Vec<_> = group.items.iter().map(|item| item_view(page, item)).collect();
    view! { <section class="section"><h2>{group.title.clone()}</h2><div class="settings">{items}</div></section> }.into_any()
}

fn item_view(page: &SettingsPage, item: &SettingItem) -> AnyView {
    let control = if page.may_change { control(page, item) } else { reading(item) };
    let changed = (!item.changed.is_empty()).then(|| {
        let href = format!("/settings/history?about={}", item.key);
        view! { <a href=href>"変更 "{item.changed.clone()}</a> }
    });
    view! {
        <div class="setting">
            <div class="setting__control">{control}</div>
            <div class="setting__about">
                <p>{item.changes.clone()}</p>
                <p class="muted"><small>{item.default.clone()}" "{changed}</small></p>
                {describe_source(&item.source)}
            </div>
        </div>
    }
    .into_any()
}

fn control(page: &SettingsPage, item: &SettingItem) -> AnyView {
    let error = page.errors.of(&item.key);
    match item.choices.len() {
        0 => {
            let label = if item.unit.is_empty() {
                item.label.clone()
            } else {
                format!("{}({})", item.label, item.unit)
            };
            let class = if item.unit.is_empty() { "input" } else { "input input--short" };
            let mode = if item.unit.is_empty() { "text" } else { "numeric" };
            Field::text(&item.key, label).value(&item.value).error(error).class(class).input_mode(mode).view()
        }
        1..=3 => RadioGroup::new(&item.key, &item.label, &item.choices, &item.value).error(error).view(),
        _ => Select::new(&item.key, &item.label, &item.choices, &item.value).error(error).view(),
    }
}

fn reading(item: &SettingItem) -> AnyView {
    let value = item
        .choices
        .iter()
        .find(|choice| choice.value == item.value)
        .map_or_else(|| format!("{}{}", item.value, item.unit), |choice| choice.label.clone());
    view! { <p class="field__label">{item.label.clone()}</p><p>{value}</p> }.into_any()
}
