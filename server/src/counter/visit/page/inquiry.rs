//! The steps between the two visits: one next action each, and what to do when it isn't the right one.

use super::Seen;
use crate::counter::case::Inquiry;
use crate::counter::inquiry::board::left;
use crate::counter::inquiry::returned::REASONS;
use app::components::Choice;
use app::pages::case::{ActionField, CaseAction, CaseStep, InquiryStep, PrintLink};
use rules::case_states::{CaseEvent, CaseState, next};
use rules::procedure::ReplyForm;
use rules::wareki;

pub(super) fn step(seen: &Seen<'_>) -> CaseStep {
    let Some(inquiry) = &seen.case.facts.inquiry else {
        return CaseStep::Inquiry(InquiryStep {
            title: seen.case.state.label().to_owned(),
            ..InquiryStep::default()
        });
    };
    let (next, others) = match seen.case.state {
        CaseState::InquiryToPost if inquiry.letter.is_none() => (Some(make()), vec![principal()]),
        CaseState::InquiryToPost => (Some(posted(seen)), vec![make_again(), principal()]),
        CaseState::AwaitingReply => {
            (Some(reply(seen, false)), vec![returned(seen), again(seen), principal()])
        }
        CaseState::InquiryReturned => (Some(again(seen)), vec![principal()]),
        CaseState::ReplyLapsed => (Some(again(seen)), vec![reply(seen, true), principal()]),
        CaseState::NeedsRecheck => (Some(again(seen)), vec![confirm(seen), principal()]),
        _ => (None, vec![principal()]),
    };
    let may = |action: &CaseAction| allowed(seen, &action.step);
    let (next, mut others) = match next.filter(|action| may(action)) {
        Some(next) => (Some(next), others),
        None => (None, others),
    };
    others.retain(may);
    CaseStep::Inquiry(InquiryStep {
        title: seen.case.state.label().to_owned(),
        changes: changes(inquiry),
        lines: lines(seen, inquiry),
        prints: prints(seen, inquiry),
        next,
        others,
    })
}

/// Whether this person may take the step that an action stands for.
fn allowed(seen: &Seen<'_>, step: &str) -> bool {
    let event = match step {
        "inquiry-letter" => CaseEvent::PrintInquiry,
        "posted" => CaseEvent::PostInquiry,
        "reply" => CaseEvent::ReceiveReply,
        "returned" => CaseEvent::InquiryCameBack,
        "inquiry-again" => CaseEvent::RequestInquiry,
        "confirm" => CaseEvent::ConfirmUnchanged,
        _ => CaseEvent::PrincipalComes,
    };
    next(seen.case.state, event).is_some_and(|row| row.who.contains(&seen.visitor.role))
}

fn changes(inquiry: &Inquiry) -> Vec<String> {
    let mut changes = inquiry.changes.clone();
    changes.extend(inquiry.returned.iter().map(|why| format!("照会書が返戻されました: {why}。")));
    changes
}

fn lines(seen: &Seen<'_>, inquiry: &Inquiry) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            lines.push((name.to_owned(), value));
        }
    };
    line("理由", inquiry.why.clone());
    line("送り先", format!("{} {}さん", inquiry.made_from.address, inquiry.made_from.name));
    if let Some(third) = &seen.case.facts.third_party {
        let relation =
            if third.relation.is_empty() { String::new() } else { format!("({})", third.relation) };
        line("代理人", format!("{}{relation}", third.name));
    }
    if !inquiry.reset.is_empty() {
        let names: Vec<_> = inquiry.reset.iter().map(|kind| kind.label()).collect();
        line("再設定する暗証番号", names.join("、"));
    }
    line("文書番号", inquiry.letter.map_or_else(String::new, |number| format!("照会-{number:06}")));
    line("発送日", inquiry.posted.map_or_else(String::new, wareki::long_weekday));
    if let Some(deadline) = inquiry.deadline {
        let left = left(deadline, seen.office.clock().today());
        line("回答期限", format!("{}({left})", wareki::long_weekday(deadline)));
    }
    lines
}

fn prints(seen: &Seen<'_>, inquiry: &Inquiry) -> Vec<PrintLink> {
    let living = matches!(seen.case.state, CaseState::InquiryToPost | CaseState::AwaitingReply);
    if inquiry.letter.is_none() || !living {
        return Vec::new();
    }
    vec![PrintLink {
        label: "照会書を開いて印刷する".to_owned(),
        href: format!("/cases/{}/inquiry.pdf", seen.case.row.reception_number),
    }]
}

fn action(step: &str, label: &str, means: &str, fields: Vec<ActionField>) -> CaseAction {
    CaseAction { step: step.to_owned(), label: label.to_owned(), means: means.to_owned(), fields }
}

fn make() -> CaseAction {
    action(
        "inquiry-letter",
        "照会書を作る",
        "本人の住所あてに照会書兼回答書を作ります。宛先と手続きを確かめてください。",
        Vec::new(),
    )
}

fn make_again() -> CaseAction {
    action(
        "inquiry-letter",
        "照会書を作り直す",
        "前に作った照会書は無効になり、新しい文書番号で作り直します。印刷に失敗したときは「照会書を開いて印刷する」で足ります。",
        Vec::new(),
    )
}

fn posted(seen: &Seen<'_>) -> CaseAction {
    action(
        "posted",
        "発送を記録する",
        "印刷して封筒に入れ、転送不要で発送したら記録してください。",
        vec![ActionField::Date {
            name: "posted_on".to_owned(),
            label: "発送した日(空欄なら今日)".to_owned(),
            value: seen.again.of("posted_on"),
        }],
    )
}

fn reply(seen: &Seen<'_>, late: bool) -> CaseAction {
    let choices = [ReplyForm::Sealed, ReplyForm::Unusable]
        .iter()
        .map(|form| Choice::new(form.code(), form.label()))
        .collect();
    let mut fields = vec![
        ActionField::Radio {
            name: "reply".to_owned(),
            legend: "回答書".to_owned(),
            choices,
            chosen: seen.again.of("reply"),
        },
        ActionField::Check {
            name: "complete".to_owned(),
            label: "職員が開封し、本人がすべて記入・署名していることを確かめた".to_owned(),
        },
    ];
    if late {
        fields.push(ActionField::Reason {
            name: "reason".to_owned(),
            label: "期限を過ぎた回答書を受け付ける理由".to_owned(),
            value: seen.again.reason.clone(),
        });
    }
    action(
        "reply",
        if late { "期限を過ぎた回答書を受け付ける" } else { "回答書を受け取る" },
        "2回目の来庁です。代理人が持ってきた、封をした回答書を受け取ります。使えないものなら、照会書を送り直します。",
        fields,
    )
}

fn returned(seen: &Seen<'_>) -> CaseAction {
    action(
        "returned",
        "照会書の返戻を記録する",
        "郵便局から照会書が戻ってきたときに使います。",
        vec![ActionField::Radio {
            name: "returned".to_owned(),
            legend: "返戻の理由".to_owned(),
            choices: REASONS.iter().map(|(code, label)| Choice::new(*code, *label)).collect(),
            chosen: seen.again.of("returned"),
        }],
    )
}

pub(super) fn again(seen: &Seen<'_>) -> CaseAction {
    action(
        "inquiry-again",
        "照会書を送り直す",
        "いまの台帳の氏名と住所で、照会書を新しく作ります。前の照会書は無効になります。",
        vec![ActionField::Reason {
            name: "reason_again".to_owned(),
            label: "送り直す理由".to_owned(),
            value: seen.again.of("reason_again"),
        }],
    )
}

fn confirm(seen: &Seen<'_>) -> CaseAction {
    action(
        "confirm",
        "このまま進める(責任者)",
        "変わった内容を確かめ、照会書を作るところに戻します。",
        vec![ActionField::Reason {
            name: "reason_confirm".to_owned(),
            label: "このまま進める理由".to_owned(),
            value: seen.again.of("reason_confirm"),
        }],
    )
}

pub(super) fn principal() -> CaseAction {
    action(
        "principal-comes",
        "本人が来庁した",
        "本人の手続きに切り替えます。照会書は無効になり、今日の手続きとして受付から進めます。",
        Vec::new(),
    )
}
