//! How an update ended, written down: certificates, case, journal and trail in one transaction.

use crate::counter::case::{self, Actor, Case, Facts, Interruption, Move, Written};
use crate::error::Result;
use crate::notices::watch;
use crate::office::Office;
use crate::store::certificates::Certificate;
use crate::store::{self, WriteTx};
use card::update::{NewCertificate, OldKey, TrueState, UpdateError, UpdateOutcome};
use rules::case_states::CaseEvent;
use rules::kinds::CertificateStatus;
use rules::procedure::Procedure;
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
    watch::settled(end.office, &mut tx, &case.row.resident_number).await?;
    facts.interruption = None;
    facts.alarms.extend(outcome.alarms());
    let differs = outcome.certificates.iter().any(NewCertificate::differs);
    lift(&mut tx, &case).await?;
    let (event, word) =
        if differs { (CaseEvent::FindDifference, "differs") } else { (CaseEvent::Prove, "proven") };
    let remark = Some(format!("({})", results(&facts).join("、")));
    let step = Move { event, facts: &facts, reason: differs.then(|| facts.alarms.concat()), remark };
    case.advance(&mut tx, &at, end.actor, step).await?;
    store::card_updates::end(&mut tx, end.update_id, word, &at).await?;
    tx.commit().await
}

/// 署名用電子証明書は令和13年10月10日まで, 住民基本台帳用暗証番号を新しくしました, …
pub fn results(facts: &Facts) -> Vec<String> {
    let written = facts
        .written
        .iter()
        .map(|written| format!("{}は{}まで", written.kind.label(), wareki::long(written.expires)));
    let pins = facts.set_pins.iter().map(|kind| format!("{}を新しくしました", kind.label()));
    let revoked = facts.revoked.iter().map(|kind| format!("{}を失効させました", kind.label()));
    written.chain(pins).chain(revoked).collect()
}

/// 葛城市: the stop is lifted at the counter, with the card; from now on the card and its authentication certificate
/// are in use again.
pub async fn lift(tx: &mut WriteTx, case: &Case) -> Result<()> {
    if case.procedure != Procedure::LiftSuspension {
        return Ok(());
    }
    let number = case.card_number()?;
    store::cards::lift_suspension(tx, number).await?;
    let mut rows = store::certificates::of_cards(tx, &[number]).await?;
    rows.retain(|row| row.current && row.status == CertificateStatus::Suspended);
    for row in &mut rows {
        row.status = CertificateStatus::Valid;
    }
    store::certificates::change(tx, &rows.iter().collect::<Vec<_>>()).await
}

/// Puts what the card says into the register and the case. What is there already stays as it is.
pub async fn take_over(
    tx: &mut WriteTx,
    case: &Case,
    facts: &mut Facts,
    outcome: &UpdateOutcome,
) -> Result<()> {
    let card_number = case.card_number()?;
    for kind in &outcome.new_pins {
        if !facts.set_pins.contains(kind) {
            facts.set_pins.push(*kind);
        }
    }
    take_over_revocations(tx, card_number, facts, outcome).await?;
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

async fn take_over_revocations(
    tx: &mut WriteTx,
    card_number: &str,
    facts: &mut Facts,
    outcome: &UpdateOutcome,
) -> Result<()> {
    if outcome.revoked.is_empty() {
        return Ok(());
    }
    let mut rows = store::certificates::of_cards(tx, &[card_number]).await?;
    rows.retain(|row| outcome.revoked.iter().any(|done| done.kind == row.kind && done.serial == row.serial));
    for row in &mut rows {
        let done = outcome.revoked.iter().find(|done| done.serial == row.serial);
        row.status = CertificateStatus::Revoked;
        row.revoked_on = done.and_then(|done| done.since).map(|since| since.date_naive()).or(row.revoked_on);
        row.reason = Some("本人の申請".to_owned());
    }
    store::certificates::change(tx, &rows.iter().collect::<Vec<_>>()).await?;
    for done in &outcome.revoked {
        if !facts.revoked.contains(&done.kind) {
            facts.revoked.push(done.kind);
        }
    }
    Ok(())
}

/// It broke off with the card touched: the case waits for the next sight of the card.
pub async fn interrupted(end: &End<'_>, error: &UpdateError) -> Result<()> {
    let touched: Vec<_> =
        error.old_keys.iter().filter(|(_, key)| *key != OldKey::Intact).map(|(kind, _)| *kind).collect();
    let mut meaning = error.meaning().concat();
    if meaning.is_empty() {
        "今回はカードに書き込んでいませんが、前の中断が残っています。".clone_into(&mut meaning);
    }
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
pub async fn note_done(office: &Office, tx: &mut WriteTx, case: &Case, state: &TrueState) -> Result<Facts> {
    let mut facts = case.facts.clone();
    take_over(tx, case, &mut facts, &state.done).await?;
    watch::settled(office, tx, &case.row.resident_number).await?;
    facts.interruption = None;
    Ok(facts)
}
