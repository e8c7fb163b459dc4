//! The step at which somebody who isn't the principal is looked at.

use super::Seen;
use crate::counter::decision;
use crate::error::Result;
use crate::staff::permissions::Act;
use app::components::Choice;
use app::pages::case::{CaseStep, EvidenceStep, RepresentationFields};
use rules::applicants::is_restricted;
use rules::case_states::CaseState;
use rules::identity::{Class, Document, ShownDocument};
use rules::kinds::Applicant;
use rules::procedure::{MissingCode, NoticeForm, Procedure, RepresentationRole};
use rules::wareki;

pub(super) async fn step(seen: &Seen<'_>) -> Result<CaseStep> {
    let case = seen.case;
    let decided = decision::of_case(seen.office, case, None).await?;
    let rulebook = seen.office.rulebook();
    let today = seen.office.clock().today();
    let second = case.state == CaseState::ReplyReceived;
    let third = case.facts.third_party.as_ref();
    let name = third.map(|third| third.name.clone()).unwrap_or_default();
    let relation = third.map(|third| third.relation.as_str()).unwrap_or_default();
    let who = if relation.is_empty() {
        format!("{} {name}さん", case.applicant.label())
    } else {
        format!("{}({relation}) {name}さん", case.applicant.label())
    };
    let missing = decided.missing();
    let wants = |code| missing.iter().any(|lack| lack.code == code);
    let restricted = {
        let facts = crate::counter::facts::counter_facts(
            today,
            &decided.resident,
            decided.card.as_ref(),
            &decided.certificates,
            None,
        );
        is_restricted(&facts, rulebook.settings.leap_birthday)
    };
    let proxy = matches!(case.applicant, Applicant::Proxy | Applicant::HouseholdMember);
    let of = |class: Class| Document::ALL.iter().filter(move |document| document.class() == class);
    let choice = |document: &Document| Choice::new(document.code(), document.label());
    Ok(CaseStep::Evidence(EvidenceStep {
        who,
        sentence: sentence(second).to_owned(),
        bring: bring(&decided),
        documents_a: of(Class::A).map(choice).collect(),
        documents_b: of(Class::B).chain(of(Class::FacePhoto)).map(choice).collect(),
        applicant_ticked: ticked(seen, "applicant_documents", &case.facts.evidence.applicant),
        principal_ticked: ticked(seen, "documents", &case.facts.evidence.principal),
        asks_principal: wants(MissingCode::PrincipalIdentity) || !case.facts.work.reset.is_empty(),
        representation: (case.applicant == Applicant::LegalRepresentative).then(|| RepresentationFields {
            roles: RepresentationRole::ALL
                .iter()
                .map(|role| Choice::new(role.code(), role.label()))
                .collect(),
            proof_hint: format!(
                "{}以降に発行されたもの",
                wareki::long(rulebook.settings.oldest_proof(today))
            ),
        }),
        notice_form: (proxy && !second && case.facts.inquiry.is_none()).then(|| {
            let choices = NoticeForm::ALL.iter().map(|form| Choice::new(form.code(), form.label())).collect();
            (choices, entered(seen, "notice_form").unwrap_or(NoticeForm::None.code()).to_owned())
        }),
        asks_residence_change: case.applicant == Applicant::HouseholdMember && !second,
        asks_delegation: proxy && !second,
        named_in_reply: second.then_some(name),
        may_allow_signature: restricted
            && matches!(case.procedure, Procedure::Issuance | Procedure::Renewal)
            && seen.visitor.may(Act::Override),
        entered: seen.again.entered.clone(),
    }))
}

fn sentence(second: bool) -> &'static str {
    if second {
        "2回目の来庁です。回答書は職員が開け、書かれた内容と来た人の書類を確かめてください。"
    } else {
        "来た人の書類と、本人からの書類を確かめてください。足りないものがあれば、確認のあとに名前で示します。"
    }
}

/// What the rules ask for: to bring, and what is missing still.
fn bring(decided: &decision::Decided) -> Vec<String> {
    let mut lines: Vec<String> = decided.bring().into_iter().map(|paper| paper.sentence).collect();
    for lack in decided.missing_papers() {
        if !lines.contains(&lack.sentence) {
            lines.push(lack.sentence.clone());
        }
    }
    lines
}

fn entered<'a>(seen: &'a Seen<'_>, field: &str) -> Option<&'a str> {
    seen.again.entered.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
}

fn ticked(seen: &Seen<'_>, field: &str, before: &[ShownDocument]) -> Vec<String> {
    let mut codes: Vec<String> = seen
        .again
        .entered
        .iter()
        .filter(|(name, _)| name == field || *name == format!("{field}_b"))
        .map(|(_, value)| value.clone())
        .collect();
    // On a second visit every document is looked at again.
    if codes.is_empty() && seen.case.state != CaseState::ReplyReceived {
        codes = before.iter().map(|shown| shown.document.code().to_owned()).collect();
    }
    codes
}
