//! 有効性の確認 and 券面の記入: nothing is written to the chip.

use super::{CasePage, CertificateBrief};
use crate::components::{Button, CheckboxGroup, state_mark};
use crate::dates;
use crate::pages::parts::{OnReader, on_reader};
use leptos::prelude::*;

/// What the card and the register say, and what is done with it.
#[derive(Clone, Debug)]
pub struct UnwrittenStep {
    /// What the reader sees.
    pub on_reader: OnReader,
    /// What each certificate is now.
    pub certificates: Vec<CertificateBrief>,
    /// What to tell, a line each.
    pub tell: Vec<String>,
    /// The last day is written on the card's face.
    pub face: bool,
    /// A stop is lifted, at the 統合端末.
    pub lift: bool,
}

/// Posts to `conclude`.
pub(super) fn view(page: &CasePage, step: &UnwrittenStep) -> AnyView {
    let rows: Vec<_> = step
        .certificates
        .iter()
        .map(|certificate| {
            view! {
                <tr>
                    <th scope="row">{certificate.kind.label()}</th>
                    <td>{state_mark(certificate.mark)}</td>
                    <td>{certificate.expires.map(dates::plain)}</td>
                </tr>
            }
        })
        .collect();
    let face = step.face.then(|| {
        CheckboxGroup::single(
            "face_written",
            "yes",
            "券面に有効期限を記入した",
            false,
            page.errors.of("face_written"),
        )
    });
    let lift = step.lift.then(|| {
        CheckboxGroup::single(
            "lifted",
            "yes",
            "統合端末で一時停止を解除した",
            false,
            page.errors.of("lifted"),
        )
    });
    let title = match (step.lift, step.face) {
        (true, _) => "一時停止の解除",
        (false, true) => "券面への記入",
        (false, false) => "有効性の確認",
    };
    let inside = view! {
        <h2>{title}</h2>
        {on_reader(&step.on_reader)}
        <table class="changes">
            <caption class="sr">"電子証明書の状態"</caption>
            <thead><tr><th scope="col">"証明書"</th><th scope="col">"状態"</th><th scope="col">"満了日"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {super::closed::tell(&step.tell)}
        {face}
        {lift}
        {CheckboxGroup::single("card_returned", "yes", "カードを返した", false, page.errors.of("card_returned"))}
        <div class="actions case__act">{Button::primary("受付を完了する").view()}</div>
    }
    .into_any();
    page.form("conclude").view(inside)
}
