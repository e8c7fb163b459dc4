//! Who it is, in two lines.

use crate::pages::parts::{birth_sentence, postal_code};
use leptos::prelude::*;
use rules::NaiveDate;
use rules::kinds::Sex;

/// What the register says of the person.
#[derive(Clone, Debug)]
pub struct ResidentHead {
    /// 宛名番号.
    pub number: String,
    /// 世帯番号.
    pub household: String,
    /// Exactly as registered.
    pub name: String,
    /// As registered.
    pub kana: String,
    /// 旧氏, if any.
    pub old_surname: Option<String>,
    /// 通称, if any.
    pub alias: Option<String>,
    /// The birthday.
    pub birth: NaiveDate,
    /// Years today.
    pub age: u32,
    /// As registered.
    pub sex: Sex,
    /// Seven digits.
    pub postal_code: String,
    /// 住所.
    pub address: String,
    /// 方書.
    pub building: Option<String>,
    /// 「永住者」「留学 在留期間 令和9年3月31日まで」 for foreign residents.
    pub stay: Option<String>,
    /// Short words to be seen at once: 支援措置, 成年被後見人, 居所登録, 15歳未満.
    pub flags: Vec<String>,
}

/// The head.
pub(super) fn view(head: &ResidentHead) -> AnyView {
    let flags: Vec<_> =
        head.flags.iter().map(|flag| view! { <span class="flag">{flag.clone()}</span> }).collect();
    let no_flags = head.flags.is_empty().then(|| view! { <span class="muted">"⚑ なし"</span> });
    let building =
        head.building.clone().filter(|building| !building.is_empty()).map(|building| format!(" {building}"));
    let old = head
        .old_surname
        .as_ref()
        .map(|old| view! { <span class="resident__names">{format!("旧氏 {old}")}</span> });
    let alias = head
        .alias
        .as_ref()
        .map(|alias| view! { <span class="resident__names">{format!("通称 {alias}")}</span> });
    let stay = head.stay.as_ref().map(|stay| view! { <span>{stay.clone()}</span> });
    view! {
        <header class="resident">
            <div class="resident__line">
                <h1>{head.name.clone()}</h1>
                <span class="resident__kana">{head.kana.clone()}</span>
                {old}
                {alias}
                {birth_sentence(head.birth, head.age, head.sex)}
                <span class="resident__flags">{flags}{no_flags}</span>
            </div>
            <div class="resident__line">
                <span>
                    <span class="code">{postal_code(&head.postal_code)}</span>
                    " "{head.address.clone()}{building}
                </span>
                {stay}
                <span class="muted">"宛名番号 "<span class="code">{head.number.clone()}</span></span>
                <span class="muted">"世帯 "<span class="code">{head.household.clone()}</span></span>
            </div>
        </header>
    }
    .into_any()
}
