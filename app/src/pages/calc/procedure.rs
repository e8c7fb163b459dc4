//! The fields of 「どの手続きになりますか」: what a visit is judged by.

use super::CalcPage;
use super::fields::{abroad, certificate_kinds};
use crate::components::{CheckboxGroup, Choice, RadioGroup};
use leptos::prelude::*;
use rules::identity::{Class, Document};
use rules::kinds::{Applicant, CardStatus, CertificateStatus, PinKind, ResidentStatus};
use rules::procedure::{NoticeForm, Procedure, ReplyForm, RepresentationRole};

macro_rules! choices {
    ($list:ty) => {
        <$list>::ALL.iter().map(|value| Choice::new(value.code(), value.label())).collect::<Vec<Choice>>()
    };
}

/// What can be ticked about the visit, as `calc` names it.
pub const FLAGS: [(&str, &str); 10] = [
    ("face_only", "顔認証マイナンバーカード"),
    ("ward", "成年被後見人"),
    ("suppressed", "支援措置の対象"),
    ("principal_present", "本人も来ている"),
    ("delegation", "委任状がある"),
    ("residence_change_today", "異動の届出と同時"),
    ("consent_to_shorter", "有効期間が短くなることに本人が同意している"),
    ("signature_allowed", "責任者が署名用の発行を認めた"),
    ("card_face_outdated", "券面の記載が最新でない"),
    ("card_unusable", "ICチップが読めない、または追記欄に余白がない"),
];

pub(super) fn fields(page: &CalcPage) -> AnyView {
    let given = |names: &[&str]| names.iter().any(|name| !page.value(name).is_empty());
    let representation = given(&["representation_role"]);
    let letter = given(&["inquiry_deadline", "inquiry_posted"]);
    let papers = given(&["applicant_asked", "principal_asked"]);
    view! {
        <div class="columns">
            <div>{person(page)}</div>
            <div>{visit(page)}</div>
        </div>
        <details class="section" open=representation>
            <summary>"法定代理人の資格"</summary>{power(page)}
        </details>
        <details class="section" open=letter>
            <summary>"照会書と回答書"</summary>{inquiry(page)}
        </details>
        <details class="section" open=papers>
            <summary>"本人確認書類"</summary>
            {documents(page, "applicant", "来庁した代理人の書類")}
            {documents(page, "principal", "本人の書類(カードのほか)")}
        </details>
    }
    .into_any()
}

/// A list that begins with nothing chosen.
fn with_blank(words: &str, choices: Vec<Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", words)).chain(choices).collect()
}

fn person(page: &CalcPage) -> AnyView {
    let states: Vec<Choice> = choices!(ResidentStatus)
        .into_iter()
        .filter(|choice| choice.value != ResidentStatus::Resident.code())
        .chain(
            [CardStatus::Suspended, CardStatus::Abolished]
                .map(|status| Choice::new(status.code(), format!("カードが{}", status.label()))),
        )
        .chain([
            Choice::new(CertificateStatus::Revoked.code(), "電子証明書が失効"),
            Choice::new("expired", "電子証明書が期間満了"),
        ])
        .collect();
    view! {
        {page.date("today", "来庁の日").with_hint().required().view()}
        {page.date("birth", "生年月日").required().view()}
        {page.date("card_expiry", "カードの有効期限").view()}
        {page.date("current_expiry", "いまの証明書の満了日(ないときは空欄)").view()}
        {page.date("authentication_expiry", "利用者証明用の満了日(署名用と違うときだけ)").view()}
        {page.date("issued", "いまの証明書の発行日(わかるとき)").view()}
        {page.one_of("kind", "カードにある証明書", &with_blank("両方", certificate_kinds()))}
        {page.one_of("status", "ふだんと違う状態", &with_blank("なし", states))}
        {page.date("stay_until", "在留期間の満了日(ある方だけ)").view()}
        {abroad(page)}
    }
    .into_any()
}

fn visit(page: &CalcPage) -> AnyView {
    let radio = |name: &str, label: &str, choices: &[Choice], usual: &str| {
        let chosen = page.value(name);
        let chosen = if chosen.is_empty() { usual } else { &chosen };
        RadioGroup::new(name, label, choices, chosen).error(page.errors.of(name)).view()
    };
    let wanted = with_blank("申し出なし(必要な手続き)", choices!(Procedure));
    let flags: Vec<Choice> = FLAGS.iter().map(|(code, label)| Choice::new(*code, *label)).collect();
    view! {
        {radio("applicant", "来た人", &choices!(Applicant), Applicant::Principal.code())}
        {page.one_of("wanted", "申し出", &wanted)}
        {radio("notice_form", "通知に同封の照会書兼回答書", &choices!(NoticeForm), NoticeForm::None.code())}
        {page.some_of("pins_known", "わかる暗証番号", &choices!(PinKind)).view()}
        {page.some_of("pins_locked", "ロックした暗証番号", &choices!(PinKind)).view()}
        {page.some_of("flags", "あてはまること", &flags).view()}
    }
    .into_any()
}

fn power(page: &CalcPage) -> AnyView {
    let facts = [
        Choice::new("known_to_office", "同一世帯の親子、または当庁に本籍がある(書類が要らない)"),
        Choice::new("powers_listed", "代理行為目録に「マイナンバーカードに関する手続」がある"),
    ];
    view! {
        {page.one_of("representation_role", "資格", &with_blank("聞いていない", choices!(RepresentationRole)))}
        {page.date("representation_proof_issued", "戸籍謄本・登記事項証明書の発行日").view()}
        {page.some_of("representation", "確かめたこと", &facts).view()}
    }
    .into_any()
}

fn inquiry(page: &CalcPage) -> AnyView {
    let facts = [
        Choice::new("outdated", "発送の後に氏名や住所の異動があった"),
        Choice::new("asks_pin_reset", "暗証番号の再設定も照会した"),
    ];
    view! {
        {page.date("inquiry_deadline", "回答の期限(照会書を作っていないときは空欄)").view()}
        {page.date("inquiry_posted", "発送した日").view()}
        {page.one_of("inquiry_reply", "回答書", &choices!(ReplyForm))}
        {page.some_of("inquiry", "照会書について", &facts).view()}
    }
    .into_any()
}

fn documents(page: &CalcPage, whose: &str, legend: &str) -> AnyView {
    let asked = format!("{whose}_asked");
    let listed: Vec<Choice> = Document::ALL
        .iter()
        .map(|document| {
            let class = match document.class() {
                Class::A => "A",
                Class::B => "B",
                Class::FacePhoto => "証明",
            };
            Choice::new(document.code(), format!("{}({class})", document.label()))
        })
        .collect();
    let ticked = !page.value(&asked).is_empty();
    view! {
        {CheckboxGroup::single(&asked, "yes", &format!("{legend}を見せてもらった"), ticked, None)}
        {page.some_of(&format!("{whose}_documents"), legend, &listed).in_columns().view()}
    }
    .into_any()
}
