//! 本人でない人の確認: who came for the principal, with which papers. The principal's own screen is another.

use super::CasePage;
use crate::components::{Button, CheckboxGroup, Choice, DateField, RadioGroup, TextArea};
use leptos::prelude::*;

/// The papers of somebody who came for the principal.
#[derive(Clone, Debug, Default)]
pub struct EvidenceStep {
    /// 「任意代理人(長女) 山田花子さん」.
    pub who: String,
    /// What the clerk looks at.
    pub sentence: String,
    /// What the rules ask for, a line each.
    pub bring: Vec<String>,
    /// Documents with a photo (A).
    pub documents_a: Vec<Choice>,
    /// Documents without (B).
    pub documents_b: Vec<Choice>,
    /// Ticked of who came.
    pub applicant_ticked: Vec<String>,
    /// Ticked of the principal.
    pub principal_ticked: Vec<String>,
    /// The principal's documents are asked for: a PIN is set anew.
    pub asks_principal: bool,
    /// A legal representative's proof.
    pub representation: Option<RepresentationFields>,
    /// The notice's form, where it can save a visit: choices and the one chosen.
    pub notice_form: Option<(Vec<Choice>, String)>,
    /// A residence change at the same time is asked about.
    pub asks_residence_change: bool,
    /// 委任状 is asked about.
    pub asks_delegation: bool,
    /// On a second visit: the name that the reply must carry.
    pub named_in_reply: Option<String>,
    /// A supervisor may allow a signature certificate.
    pub may_allow_signature: bool,
    /// What was ticked and typed, by field.
    pub entered: Vec<(String, String)>,
}

/// What proves a legal representative's power.
#[derive(Clone, Debug, Default)]
pub struct RepresentationFields {
    /// 親権者, 成年後見人 …
    pub roles: Vec<Choice>,
    /// The oldest day of issue a proof may carry, as a sentence.
    pub proof_hint: String,
}

impl EvidenceStep {
    fn entered(&self, field: &str) -> &str {
        self.entered.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value)
    }

    fn is_yes(&self, field: &str) -> bool {
        self.entered(field) == "yes"
    }
}

/// Posts to `identity`.
pub(super) fn view(page: &CasePage, step: &EvidenceStep) -> AnyView {
    let bring: Vec<_> = step.bring.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    let bring =
        (!bring.is_empty()).then(|| view! { <div class="say"><h3>"必要なもの"</h3><ul>{bring}</ul></div> });
    let inside = view! {
        <h2>"来た人の確認"</h2>
        <p class="lead"><strong>{step.who.clone()}</strong>" "{step.sentence.clone()}</p>
        {bring}
        {yes(page, step, "named_in_reply", step.named_in_reply.as_ref().map(|name| {
            format!("来た人は、回答書に本人が代理人として書いた人({name}さん)と同じ人である")
        }))}
        {representation(page, step)}
        {documents(page, step, "applicant_documents", "来た人の書類", &step.applicant_ticked)}
        {notice_form(page, step)}
        {yes(page, step, "delegation", step.asks_delegation.then(|| "本人の委任状がある".to_owned()))}
        {yes(page, step, "residence_change", step.asks_residence_change.then(|| {
            "転入届・転居届・国外転出届を同時に受け付けている(同じ世帯の人)".to_owned()
        }))}
        {yes(page, step, "principal_present", Some("本人も来ている".to_owned()))}
        {step.asks_principal.then(|| documents(page, step, "documents", "本人の書類(カードのほかに)", &step.principal_ticked))}
        {signature(page, step)}
        <div class="actions case__act">{Button::primary("確認した").view()}</div>
    }
    .into_any();
    page.form("identity").view(inside)
}

fn yes(page: &CasePage, step: &EvidenceStep, name: &str, label: Option<String>) -> AnyView {
    label
        .map(|label| CheckboxGroup::single(name, "yes", &label, step.is_yes(name), page.errors.of(name)))
        .into_any()
}

fn documents(
    page: &CasePage,
    step: &EvidenceStep,
    name: &'static str,
    whose: &'static str,
    ticked: &[String],
) -> AnyView {
    let b = format!("{name}_b");
    let open = step.documents_b.iter().any(|choice| ticked.contains(&choice.value));
    let record = (name == "applicant_documents").then(|| {
        DateField::new("record_issued", "運転経歴証明書の交付日", step.entered("record_issued"))
            .error(page.errors.of("record_issued"))
            .view()
    });
    view! {
        {CheckboxGroup::new(name, format!("{whose}(A・顔写真付き)"), &step.documents_a, ticked)
            .hint("有効期限内で、記載が住民票や本人の説明と一致するものだけを選んでください。")
            .error(page.errors.of(name)).in_columns().view()}
        <details open=open>
            <summary>"顔写真のない書類、運転経歴証明書の交付日"</summary>
            {CheckboxGroup::new(b, format!("{whose}(B)"), &step.documents_b, ticked).in_columns().view()}
            {record}
        </details>
    }
    .into_any()
}

fn representation(page: &CasePage, step: &EvidenceStep) -> AnyView {
    let Some(asked) = &step.representation else { return ().into_any() };
    view! {
        {RadioGroup::new("role", "法定代理人の立場", &asked.roles, step.entered("role"))
            .error(page.errors.of("role")).view()}
        {yes(page, step, "known_to_office", Some("同じ世帯の親子、または本籍がここにあり、関係がわかる(書類は不要)".to_owned()))}
        {DateField::new("proof_issued", "戸籍謄本・登記事項証明書の発行日", step.entered("proof_issued"))
            .error(page.errors.of("proof_issued")).view()}
        <p class="field__hint">{asked.proof_hint.clone()}</p>
        {yes(page, step, "powers_listed", Some("代理行為目録に、マイナンバーカードの手続きがある(保佐人・補助人)".to_owned()))}
    }
    .into_any()
}

fn notice_form(page: &CasePage, step: &EvidenceStep) -> AnyView {
    let Some((choices, chosen)) = &step.notice_form else { return ().into_any() };
    RadioGroup::new("notice_form", "通知書に同封の照会書兼回答書", choices, chosen)
        .hint("本人がすべて記入し、封をしたものを職員が開けます。そろっていれば今日終わります。")
        .error(page.errors.of("notice_form"))
        .view()
}

fn signature(page: &CasePage, step: &EvidenceStep) -> AnyView {
    if !step.may_allow_signature {
        return ().into_any();
    }
    let entered = step.entered("signature_reason");
    let error = page.errors.of("signature_reason");
    let open = error.is_some() || !entered.is_empty();
    let reason =
        TextArea::new("signature_reason", "署名用を発行する理由(責任者の判断)", entered).error(error).view();
    view! { <details open=open><summary>"15歳未満の方・成年被後見人に署名用を発行する(責任者)"</summary>{reason}</details> }
        .into_any()
}
