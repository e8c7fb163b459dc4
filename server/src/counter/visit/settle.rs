//! How an update ended, written down: certificates, case, journal and trail in one transaction.

use crate::counter::case::{self, Actor, Case, Facts, Interruption, Move, Written};
use crate::error::Result;
use crate::office::Office;
use crate::store::certificates::Certificate;
use crate::store::{self, WriteTx};
use card::update::{OldKey, TrueState, UpdateError, UpdateOutcome};
use rules::case_states::CaseEvent;
use rules::kinds::CertificateStatus;
use rules::wareki;

/// Which update ended.
pub struct End<'a> {
    /// The office.
    pub office: &'a Office,
    /// Whose click began it.
    pub actor: &'a Actor,
    /// The case.
    pub reception: &'a str,
    /// The journal.
    pub update_id: i64,
}

/// Read back and proven: what the card says goes into the register. Another expiry than predicted is for people.
pub async fn proven(end: &End<'_>, outcome: &UpdateOutcome) -> Result<()> {
    let at = end.office.clock().stamp();
    let mut tx = end.office.store().write().await?;
    let case = case::load_for_writing(&mut tx, end.reception).await?;
    let mut facts = case.facts.clone();
    take_over(&mut tx, &case, &mut facts, outcome).await?;
    facts.interruption = None;
    facts.alarms.extend(outcome.alarms());
    let differs = facts.written.iter().any(|written| written.expires != written.predicted);
    let (event, word) =
        if differs { (CaseEvent::FindDifference, "differs") } else { (CaseEvent::Prove, "proven") };
    let remark = Some(format!("({})", expiries(&facts)));
    let step = Move { event, facts: &facts, reason: differs.then(|| facts.alarms.concat()), remark };
    case.advance(&mut tx, &at, end.actor, step).await?;
    store::card_updates::end(&mut tx, end.update_id, word, &at).await?;
    tx.commit().await
}

/// 署名用 令和13年10月10日まで、…
fn expiries(facts: &Facts) -> String {
    let lines: Vec<_> = facts
        .written
        .iter()
        .map(|written| format!("{}は{}まで", written.kind.label(), wareki::long(written.expires)))
        .collect();
    lines.join("、")
}

/// Puts what the card says into the register and the case. What is there already stays as it is.
pub async fn take_over(
    tx: &mut WriteTx,
    case: &Case,
    facts: &mut Facts,
    outcome: &UpdateOutcome,
) -> Result<()> {
    let card_number = case.card_number()?;
    for new in &outcome.certificates {
        let reading = &new.reading;
        let known = store::certificates::with_serials(tx, &[&reading.serial]).await?;
        if !known.iter().any(|row| row.kind == reading.kind) {
            let certificate = Certificate {
                id: 0,
                card_number: card_number.to_owned(),
                kind: reading.kind,
                serial: reading.serial.clone(),
                issued: reading.issued,
                expires: reading.expires,
                status: CertificateStatus::Valid,
                revoked_on: None,
                reason: None,
                current: true,
            };
            store::certificates::replace(tx, &certificate).await?;
        }
        facts.written.retain(|written| written.kind != reading.kind);
        facts.written.push(Written {
            kind: reading.kind,
            serial: reading.serial.clone(),
            issued: reading.issued,
            expires: reading.expires,
            predicted: new.predicted,
        });
    }
    Ok(())
}

/// It broke off with the card touched: the case waits for the next sight of the card.
pub async fn interrupted(end: &End<'_>, error: &UpdateError) -> Result<()> {
    let touched: Vec<_> =
        error.old_keys.iter().filter(|(_, key)| *key != OldKey::Intact).map(|(kind, _)| *kind).collect();
    let gone = error.old_keys.iter().any(|(_, key)| *key == OldKey::Gone);
    let names: Vec<_> = touched.iter().map(|kind| kind.label()).collect();
    let meaning = match (touched.is_empty(), gone) {
        (true, _) => "今回はカードに書き込んでいませんが、前の中断が残っています。".to_owned(),
        (false, true) => {
            format!("{}の古い鍵はもうありません。いまのカードでは使えません。", names.join("と"))
        }
        (false, false) => format!("{}の古い鍵が残っているかどうか、まだ分かりません。", names.join("と")),
    };
    let interruption = Interruption {
        code: error.code().to_owned(),
        happened: error.cause.to_string(),
        meaning,
        what_now: error.what_now().to_owned(),
        touched,
    };
    interrupt(end, interruption).await
}

/// The program or the station stopped in the middle: nobody knows more than the journal.
pub async fn left_behind(end: &End<'_>) -> Result<()> {
    let interruption = Interruption {
        code: "M-1305".to_owned(),
        happened: "更新の途中でプログラムが止まりました。".to_owned(),
        meaning: "カードがどこまで書き換わったか、まだ分かりません。".to_owned(),
        what_now: "カードを返さず、リーダに置いて続きから行ってください。".to_owned(),
        touched: Vec::new(),
    };
    interrupt(end, interruption).await
}

async fn interrupt(end: &End<'_>, interruption: Interruption) -> Result<()> {
    let at = end.office.clock().stamp();
    let mut tx = end.office.store().write().await?;
    let case = case::load_for_writing(&mut tx, end.reception).await?;
    let remark = Some(format!("{}{}", interruption.happened, interruption.meaning));
    let facts = Facts { interruption: Some(interruption), ..case.facts.clone() };
    let step = Move { event: CaseEvent::Interrupt, facts: &facts, reason: remark.clone(), remark };
    case.advance(&mut tx, &at, end.actor, step).await?;
    store::card_updates::end(&mut tx, end.update_id, "interrupted", &at).await?;
    tx.commit().await
}

/// It stopped before anything was written: the case goes back to where it can be tried again.
pub async fn given_up(end: &End<'_>, error: &UpdateError) -> Result<()> {
    let at = end.office.clock().stamp();
    let mut tx = end.office.store().write().await?;
    let case = case::load_for_writing(&mut tx, end.reception).await?;
    let interruption = Interruption {
        code: error.code().to_owned(),
        happened: error.cause.to_string(),
        meaning: "カードの中身は変わっていません。".to_owned(),
        what_now: error.what_now().to_owned(),
        touched: Vec::new(),
    };
    let remark = Some(interruption.happened.clone());
    let facts = Facts { interruption: Some(interruption), ..case.facts.clone() };
    let step = Move { event: CaseEvent::AbortUpdate, facts: &facts, reason: remark.clone(), remark };
    case.advance(&mut tx, &at, end.actor, step).await?;
    store::card_updates::end(&mut tx, end.update_id, "aborted", &at).await?;
    tx.commit().await
}

/// What an examination found: certificates that are done are in the register from now on.
pub async fn note_done(tx: &mut WriteTx, case: &Case, state: &TrueState) -> Result<Facts> {
    let mut facts = case.facts.clone();
    take_over(tx, case, &mut facts, &state.done).await?;
    facts.interruption = None;
    Ok(facts)
}
