//! What else can be done with a case at this step.

use super::{Seen, inquiry};
use crate::counter::visit::mismatch;
use app::components::Choice;
use app::pages::case::{ActionField, CaseAction};
use rules::case_states::{CaseEvent, CaseState, next};
use rules::kinds::PinKind;
use rules::procedure::Procedure;

pub(super) fn list(seen: &Seen<'_>) -> Vec<CaseAction> {
    let may = |event| next(seen.case.state, event).is_some_and(|row| row.who.contains(&seen.visitor.role));
    let mut actions = Vec::new();
    if may(CaseEvent::ChangeWork)
        && seen.case.facts.inquiry.is_none()
        && !seen.case.facts.has_done_something()
    {
        actions.push(change_work(seen));
    }
    if mismatch::asks_by_letter(seen.case) && may(CaseEvent::RequestInquiry) {
        actions.push(mismatched(seen));
    }
    if may(CaseEvent::NextWork) && !seen.case.facts.changes_left().is_empty() {
        actions.push(plain(
            "next-work",
            "続けて暗証番号を変更する",
            "同じ受付番号で、暗証番号の変更に進みます。カードはリーダに置いたままにします。",
        ));
    }
    if may(CaseEvent::SkipWork) && seen.case.facts.has_done_something() {
        actions.push(plain(
            "skip-work",
            "残りの手続きをやめて渡す",
            "ここまでに終わった手続きの結果を確かめ、カードを返します。",
        ));
    }
    if seen.case.state == CaseState::ReplyReceived && may(CaseEvent::PrincipalComes) {
        actions.push(inquiry::again(seen));
        actions.push(inquiry::principal());
    }
    if may(CaseEvent::Interrupt) && seen.case.state != CaseState::Updating {
        actions.push(interrupt(seen));
    }
    if may(CaseEvent::Reopen) {
        actions.push(reopen(seen));
    }
    actions
}

fn change_work(seen: &Seen<'_>) -> CaseAction {
    let face_only = seen.case.facts.application.as_ref().is_some_and(|given| given.plan.face_only);
    let work = &seen.case.facts.work;
    let pins = |name: &str, legend: &str, ticked: &[PinKind]| ActionField::Checks {
        name: name.to_owned(),
        legend: legend.to_owned(),
        choices: PinKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.label())).collect(),
        ticked: ticked.iter().map(|kind| kind.code().to_owned()).collect(),
    };
    let mut fields = Vec::new();
    if !face_only {
        fields.push(pins("reset", "再設定する暗証番号(忘れた・ロックした)", &work.reset));
        fields.push(pins("change", "変更する暗証番号(今の番号がわかる)", &work.change));
    }
    if seen.case.procedure != Procedure::CardFaceEntry {
        fields.push(ActionField::Checks {
            name: "card_face".to_owned(),
            legend: "券面".to_owned(),
            choices: vec![Choice::new("yes", Procedure::CardFaceEntry.label())],
            ticked: work.card_face.then(|| "yes".to_owned()).into_iter().collect(),
        });
    }
    CaseAction {
        step: "work".to_owned(),
        label: "手続きを加える・変える".to_owned(),
        means: "暗証番号の再設定などを、この受付番号でいっしょに行います。本人確認に戻ります。".to_owned(),
        fields,
    }
}

fn plain(step: &str, label: &str, means: &str) -> CaseAction {
    CaseAction { step: step.to_owned(), label: label.to_owned(), means: means.to_owned(), fields: Vec::new() }
}

fn mismatched(seen: &Seen<'_>) -> CaseAction {
    let asked = seen.case.facts.application.as_ref().map(|given| given.pins.clone()).unwrap_or_default();
    CaseAction {
        step: "mismatch".to_owned(),
        label: "暗証番号が一致しない".to_owned(),
        means: "本人が書いた暗証番号がカードと一致しないときに使います。暗証番号の再設定を含む照会書を、本人に送ります。".to_owned(),
        fields: vec![ActionField::Checks {
            name: "reset".to_owned(),
            legend: "一致しない暗証番号".to_owned(),
            choices: asked.iter().map(|kind| Choice::new(kind.code(), kind.label())).collect(),
            ticked: Vec::new(),
        }],
    }
}

fn interrupt(seen: &Seen<'_>) -> CaseAction {
    CaseAction {
        step: "interrupt".to_owned(),
        label: "中断する".to_owned(),
        means: "国のシステムの停止などで今日は進められないときに使います。カードには書き込まれません。受付は残り、後日再開できます。".to_owned(),
        fields: vec![ActionField::Reason {
            name: "reason_interrupt".to_owned(),
            label: "中断の理由".to_owned(),
            value: seen.again.of("reason_interrupt"),
        }],
    }
}

fn reopen(seen: &Seen<'_>) -> CaseAction {
    CaseAction {
        step: "reopen".to_owned(),
        label: "受付を再開する(責任者)".to_owned(),
        means: "終えた受付を、同じ受付番号で最初の段階に戻します。".to_owned(),
        fields: vec![ActionField::Reason {
            name: "reason_reopen".to_owned(),
            label: "再開の理由".to_owned(),
            value: seen.again.of("reason_reopen"),
        }],
    }
}
