//! `/residents/{number}/reception`: who came, for what. Several procedures share one reception number.

use crate::components::{
    Button, CheckboxGroup, Choice, DateField, Field, FormErrors, Notice, RadioGroup, post_form,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// What is asked at reception.
#[derive(Clone, Debug, Default)]
pub struct ReceptionPage {
    /// 宛名番号.
    pub number: String,
    /// As registered.
    pub name: String,
    /// As registered.
    pub kana: String,
    /// 昭和55年10月10日生(46歳).
    pub birth: String,
    /// What must be known first.
    pub notices: Vec<Notice>,
    /// What was wrong with what was sent.
    pub errors: FormErrors,
    /// Who can come.
    pub applicants: Vec<Choice>,
    /// The code chosen.
    pub applicant: String,
    /// The procedures, each with what can be said of it today.
    pub procedures: Vec<Choice>,
    /// The codes ticked.
    pub procedure: Vec<String>,
    /// The PINs of the card.
    pub pins: Vec<Choice>,
    /// The codes ticked to be set anew.
    pub reset: Vec<String>,
    /// The codes ticked to be changed.
    pub change: Vec<String>,
    /// The certificates that can be revoked.
    pub certificates: Vec<Choice>,
    /// The codes ticked to be revoked.
    pub revoke: Vec<String>,
    /// The office takes proxies' first contact by telephone.
    pub telephone: bool,
    /// `telephone` or empty.
    pub contact: String,
    /// Who came, when it isn't the principal.
    pub third: ThirdPartyFields,
    /// Makes a second press harmless.
    pub once: String,
}

/// Who came for somebody else, as typed.
#[derive(Clone, Debug, Default)]
pub struct ThirdPartyFields {
    /// As on the document.
    pub name: String,
    /// As on the document.
    pub address: String,
    /// As typed.
    pub birth: String,
    /// 子, 施設職員 …
    pub relation: String,
}

/// The document. Posts to `/residents/{number}/cases`.
pub fn render(frame: &Frame, page: &ReceptionPage) -> String {
    frame.document("受付", false, || {
        let notices: Vec<_> = page.notices.iter().map(Notice::view).collect();
        let inside = view! {
            <section class="section">
                {RadioGroup::new("applicant", "来た人", &page.applicants, &page.applicant)
                    .error(page.errors.of("applicant")).view()}
                {third_party(page)}
            </section>
            <section class="section">
                {CheckboxGroup::new("procedure", "手続き", &page.procedures, &page.procedure)
                    .hint("いくつか選ぶと、ひとつの受付番号で続けて行います。")
                    .error(page.errors.of("procedure")).view()}
                {which(page)}
            </section>
            <div class="actions">{Button::primary("受け付ける").view()}<a class="button" href=format!("/residents/{}", page.number)>"戻る"</a></div>
        }
        .into_any();
        let form = post_form(format!("/residents/{}/cases", page.number)).once(&page.once).view(inside);
        view! {
            <div class="page-head">
                <h1>"受付"</h1>
                <span class="page-head__aside">{page.kana.clone()}" "<strong>{page.name.clone()}</strong>" "{page.birth.clone()}</span>
            </div>
            {page.errors.summary()}
            {notices}
            {form}
        }
        .into_any()
    })
}

fn third_party(page: &ReceptionPage) -> AnyView {
    let third = &page.third;
    let wrong = ["third_name", "third_address", "third_birth", "third_relation"];
    let open = page.applicant != "principal" || wrong.iter().any(|field| page.errors.of(field).is_some());
    let contact = page.telephone.then(|| {
        CheckboxGroup::single(
            "contact",
            "telephone",
            "電話での依頼(照会書を本人に送る手続きだけ)",
            page.contact == "telephone",
            page.errors.of("contact"),
        )
    });
    view! {
        <details open=open>
            <summary>"本人でない人が来た(電話した)とき"</summary>
            <div class="box form-grid">
                {Field::text("third_name", "氏名").value(&third.name).error(page.errors.of("third_name")).view()}
                {Field::text("third_relation", "本人との関係").value(&third.relation).hint("長女、施設職員など")
                    .error(page.errors.of("third_relation")).view()}
                {Field::text("third_address", "住所").value(&third.address).error(page.errors.of("third_address")).view()}
                {DateField::new("third_birth", "生年月日", &third.birth).error(page.errors.of("third_birth")).view()}
                {contact}
            </div>
        </details>
    }
    .into_any()
}

/// Which PINs, which certificates: asked for where the procedure is about them.
fn which(page: &ReceptionPage) -> AnyView {
    let ticked = |code: &str| page.procedure.iter().any(|procedure| procedure == code);
    let group = |name: &'static str, code, legend: &'static str, choices: &[Choice], chosen: &[String]| {
        let error = page.errors.of(name);
        let open = ticked(code) || error.is_some() || !chosen.is_empty();
        let inside = CheckboxGroup::new(name, legend, choices, chosen).error(error).in_columns().view();
        view! { <details open=open><summary>{legend}</summary>{inside}</details> }.into_any()
    };
    let revoke = (!page.certificates.is_empty())
        .then(|| group("revoke", "revocation", "失効させる電子証明書", &page.certificates, &page.revoke));
    if page.pins.is_empty() {
        return view! { {revoke} }.into_any();
    }
    view! {
        {group("reset", "pin_reset", "再設定する暗証番号(忘れた・ロックした)", &page.pins, &page.reset)}
        {group("change", "pin_change", "変更する暗証番号(今の番号がわかる)", &page.pins, &page.change)}
        {revoke}
    }
    .into_any()
}
