//! 申請内容の確認: what is applied for, read back before it is taken.

use super::{CasePage, CertificateChange, changes};
use crate::components::{Button, CheckboxGroup, SummaryList};
use crate::dates;
use leptos::prelude::*;
use rules::NaiveDate;
use rules::kinds::Sex;

/// The application.
#[derive(Clone, Debug)]
pub struct ApplicationStep {
    /// The day of the application.
    pub date: NaiveDate,
    /// The four things the law asks for.
    pub name: String,
    /// The birthday.
    pub birth: NaiveDate,
    /// As registered.
    pub sex: Sex,
    /// Address and building.
    pub address: String,
    /// 「更新(本人)」.
    pub procedure: String,
    /// Old and new expiries.
    pub changes: Vec<CertificateChange>,
    /// What is done beside the certificates: 「住民基本台帳用暗証番号を再設定します。」
    pub also: Vec<String>,
    /// Early: what is lost, to be agreed to.
    pub one_year_shorter: Option<OneYearShorter>,
    /// The consent box was ticked.
    pub consented: bool,
    /// 「手数料はかかりません。」
    pub fee: String,
}

/// A step early costs a year: both dates, so that nobody is surprised.
#[derive(Clone, Copy, Debug)]
pub struct OneYearShorter {
    /// The expiry when renewed today.
    pub today: NaiveDate,
    /// The expiry when renewed inside the period.
    pub in_period: NaiveDate,
    /// The first day of the period.
    pub period_from: NaiveDate,
}

/// Posts to `application`; `consent=yes` when the early box is ticked.
pub(super) fn view(page: &CasePage, step: &ApplicationStep) -> AnyView {
    let summary = SummaryList::new()
        .text("手続き", &step.procedure)
        .line("申請日", dates::long(step.date))
        .line("氏名", view! { <strong>{step.name.clone()}</strong> }.into_any())
        .line("生年月日", dates::plain(step.birth))
        .text("性別", step.sex.label())
        .text("住所", &step.address)
        .text_if("手数料", Some(&step.fee));
    let also: Vec<_> = step.also.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    let also = (!also.is_empty()).then(|| view! { <ul class="also">{also}</ul> });
    let table = (!step.changes.is_empty()).then(|| changes::table(&step.changes));
    let early = step.one_year_shorter.map(|loss| early(page, loss, step.consented));
    let inside = view! {
        <h2>"申請内容の確認"</h2>
        <p class="lead">"申請書と画面を見比べ、来た人に読み上げて確かめてください。"</p>
        {summary.view()}
        {table}
        {also}
        {early}
        <div class="actions case__act">{Button::primary("この内容で申請を受ける").view()}</div>
    }
    .into_any();
    page.form("application").view(inside)
}

fn early(page: &CasePage, loss: OneYearShorter, consented: bool) -> AnyView {
    view! {
        <div class="box box--alarm">
            <h3>"△ 1年短くなります"</h3>
            <p>"更新期間の前です。今日手続きすると、満了日は"<strong>{dates::plain(loss.today)}</strong>"になります。"</p>
            <p>{dates::long(loss.period_from)}"からの更新期間に手続きすると、"<strong>{dates::plain(loss.in_period)}</strong>"になります。"</p>
            {CheckboxGroup::single(
                "consent", "yes", "来た人に両方の日付を伝え、今日の手続きを希望すると確かめた", consented, page.errors.of("consent"),
            )}
        </div>
    }
    .into_any()
}
