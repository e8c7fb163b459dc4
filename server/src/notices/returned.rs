//! Letters that the post brings back: scanned one after the other, each with the post's reason.

use super::campaign;
use crate::audit::{self, Entry, Kind};
use crate::counter::search::document_number;
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::letters::{self, FoundLetter};
use crate::store::{WriteTx, campaign_targets, returned_notices};
use rules::campaign::ReturnReason;
use rules::wareki;
use serde::Deserialize;

/// What was scanned, and why it came back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReturnForm {
    /// The code as the scanner typed it, or a 文書番号.
    pub scanned: String,
    /// Code of the post's reason.
    pub reason: String,
}

/// What became of a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scan {
    /// It is noted: the letter's number.
    Noted(i64),
    /// It was noted before, with the same reason.
    Known(i64),
    /// It isn't noted: the field, a code, and why.
    Refused(&'static str, &'static str, String),
}

/// Notes that a letter came back. Scanned again with another reason, the reason is corrected.
///
/// # Errors
/// A refusal when the visitor may not.
pub async fn scan(office: &Office, visitor: &Visitor, form: &ReturnForm) -> Result<Scan> {
    visitor.require(Act::HandleLetters)?;
    let Some(reason) = ReturnReason::from_code(&form.reason) else {
        return Ok(Scan::Refused("reason", "M-2030", "返戻の理由を選んでください。".to_owned()));
    };
    let scanned = forms::code::scanned(&form.scanned);
    let number = document_number(&form.scanned).or_else(|| form.scanned.trim().parse().ok());
    let token = scanned.as_ref().map(|scanned| scanned.token.as_str());
    let mut tx = office.store().write().await?;
    let found = letters::find(&mut *tx, token, number.filter(|_| token.is_none())).await?;
    let Some(found) = found else {
        let sentence = format!(
            "「{}」の通知書はありません。記録していません。QRコードを読み直すか、文書番号を入れてください。",
            form.scanned.trim()
        );
        return Ok(Scan::Refused("scanned", "M-2031", sentence));
    };
    if let Some(refused) = refused(&found) {
        return Ok(refused);
    }
    note(office, visitor, tx, &found, reason).await
}

/// Why this letter can't be noted as returned.
fn refused(found: &FoundLetter) -> Option<Scan> {
    let number = found.number;
    let refuse = |code, sentence| Some(Scan::Refused("scanned", code, sentence));
    if found.kind != "notice" {
        let reception = found.reception_number.as_deref().unwrap_or("－");
        let sentence = format!(
            "文書番号{number}は照会書です。ここでは記録していません。受付{reception}の画面で返戻を記録してください。"
        );
        return refuse("M-2032", sentence);
    }
    if found.posted_on.is_none() {
        let sentence = format!(
            "通知-{number:06}は、発送の記録がありません。返戻は記録していません。先に通知の回の画面で発送を記録してください。"
        );
        return refuse("M-2033", sentence);
    }
    None
}

async fn note(
    office: &Office,
    visitor: &Visitor,
    mut tx: WriteTx,
    found: &FoundLetter,
    reason: ReturnReason,
) -> Result<Scan> {
    let (number, today, at) = (found.number, office.clock().today(), office.clock().stamp());
    let before = returned_notices::find(&mut *tx, number).await?;
    if before.as_ref().is_some_and(|(code, _)| code == reason.code()) {
        return Ok(Scan::Known(number));
    }
    let day = before.as_ref().map_or(today, |(_, day)| *day);
    returned_notices::note(&mut tx, number, reason.code(), day, visitor.staff_id, &at).await?;
    letters::note_returned(&mut tx, number, day, reason.label()).await?;
    campaign_targets::note_returned(&mut tx, number, &at).await?;
    let what =
        if before.is_some() { "返戻の理由を直しました" } else { "返戻を記録しました" };
    let sentence =
        format!("有効期限通知書(通知-{number:06})の{what}({}、{})。", wareki::short(day), reason.label());
    let object = found.campaign_id.map_or_else(|| format!("通知-{number:06}"), campaign::object);
    let entry = Entry::done(Kind::NoticeReturned, &visitor.login, sentence)
        .about(&found.resident_number)
        .object(&object);
    audit::record(&mut tx, &at, entry).await?;
    tx.commit().await?;
    Ok(Scan::Noted(number))
}
