//! What will change, old and new side by side.

use crate::dates;
use leptos::prelude::*;
use rules::NaiveDate;
use rules::kinds::CertificateKind;

/// A certificate before and after, as predicted.
#[derive(Clone, Debug)]
pub struct CertificateChange {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Its last day now, if it has one.
    pub old_expires: Option<NaiveDate>,
    /// What becomes of the old one: 「失効します」; empty when there is none.
    pub old_note: String,
    /// The last day of the new one, predicted before anything is written.
    pub new_expires: NaiveDate,
    /// Why that day: 「6回目の誕生日」「カードの有効期限まで」.
    pub basis: String,
}

pub(super) fn table(changes: &[CertificateChange]) -> AnyView {
    let rows: Vec<_> = changes
        .iter()
        .map(|change| {
            let old = change.old_expires.map_or_else(|| "なし".into_any(), dates::plain);
            view! {
                <tr>
                    <th scope="row">{change.kind.label()}</th>
                    <td>{old}<small>{change.old_note.clone()}</small></td>
                    <td class="new">{dates::plain(change.new_expires)}<small>{change.basis.clone()}</small></td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="changes">
            <caption class="sr">"満了日の変わり方"</caption>
            <thead><tr><th scope="col">"証明書"</th><th scope="col">"いまの満了日"</th><th scope="col">"新しい満了日"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
