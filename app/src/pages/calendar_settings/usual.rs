//! Ordinary days: hours, lunch, the year's end, the national link.

use super::CalendarSettingsPage;
use crate::components::{Button, Field, post_form};
use leptos::prelude::*;

pub(super) fn view(page: &CalendarSettingsPage) -> AnyView {
    let usual = &page.usual;
    let changed = (!usual.changed.is_empty())
        .then(|| view! { <p class="muted"><small>{format!("変更 {}", usual.changed)}</small></p> });
    let body = if page.may_change { form(page) } else { reading(page) };
    view! {
        <section class="section">
            <h2>"ふだんの日"</h2>
            <div class="panel">{body}{changed}</div>
        </section>
    }
    .into_any()
}

fn form(page: &CalendarSettingsPage) -> AnyView {
    let usual = &page.usual;
    let time = |name: &str, label: &str, value: &str| {
        Field::text(name, label).value(value).class("input input--short").error(page.errors.of(name))
    };
    let inside = view! {
        <p>"窓口を開けておく時間です。この時間の外は、閉まっていると案内します。時刻は 8:30 や 17時15分、月日は 12/29 や 12月29日 のように入れます。"</p>
        <div class="form--row">
            {time("time_from", "始まり", &usual.time_from).required().view()}
            {time("time_until", "終わり", &usual.time_until).required().view()}
        </div>
        <p class="section">"昼に閉める時間です。閉めないときは、両方を空欄にします。"</p>
        <div class="form--row">
            {time("lunch_from", "昼休みの始まり", &usual.lunch_from).view()}
            {time("lunch_until", "昼休みの終わり", &usual.lunch_until).view()}
        </div>
        <p class="section">"年末年始に閉める最初の日と最後の日です。回答の期限などがこの間にあたると、次の開庁日になります。"</p>
        <div class="form--row">
            {time("year_end_from", "年末年始の最初の日", &usual.year_end_from).required().view()}
            {time("year_end_until", "年末年始の最後の日", &usual.year_end_until).required().view()}
        </div>
        <p class="section">"全国のシステムにつながる終わりの時刻です。これより後は、窓口が開いていても電子証明書の手続きはできないと案内します。"</p>
        {time("link_until", "全国システムの終わり", &usual.link_until).required().view()}
        <div class="actions">{Button::primary("ふだんの日を保存する").view()}</div>
    }
    .into_any();
    post_form("/settings/calendar/usual").hidden("version", &page.version).view(inside)
}

fn reading(page: &CalendarSettingsPage) -> AnyView {
    let usual = &page.usual;
    let lunch = if usual.lunch_from.is_empty() {
        "昼休みなし".to_owned()
    } else {
        format!("昼休み {}から{}まで", usual.lunch_from, usual.lunch_until)
    };
    view! {
        <dl class="facts">
            <dt>"窓口"</dt><dd>{format!("{}から{}まで、{lunch}", usual.time_from, usual.time_until)}</dd>
            <dt>"年末年始"</dt><dd>{format!("{}から{}まで", usual.year_end_from, usual.year_end_until)}</dd>
            <dt>"全国システム"</dt><dd>{format!("{}まで", usual.link_until)}</dd>
        </dl>
    }
    .into_any()
}
