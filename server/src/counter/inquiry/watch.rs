//! What happens in between (`docs/edge-cases.md`): a file or a day moves a request that waits, and says why.

use super::void;
use crate::counter::case::{self, Case, Facts, Move, Snapshot};
use crate::counter::reception;
use crate::error::Result;
use crate::office::Office;
use crate::store;
use crate::store::WriteTx;
use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use crate::store::inquiry_letters::{self, LetterEnd};
use crate::store::residents::Resident;
use chrono::NaiveDate;
use rules::case_states::{CaseEvent, CaseState};
use rules::kinds::{CardStatus, CertificateStatus, ResidentStatus};
use rules::procedure::Procedure;
use rules::wareki;

/// Why a case must move, and whereto.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    event: CaseEvent,
    sentences: Vec<String>,
}

/// Looks at every open case; returns how many moved. Runs after a file came in and when a day begins.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(office: &Office) -> Result<usize> {
    let mut moved = 0;
    for reception in store::cases::open_receptions(office.store().read()).await? {
        if look(office, &reception).await? {
            moved += 1;
        }
    }
    Ok(moved)
}

/// Looks at one case; true when it moved.
///
/// # Errors
/// A refusal when there is no such case.
pub async fn look(office: &Office, reception: &str) -> Result<bool> {
    let case = case::load(office, reception).await?;
    if examine(office, &case).await?.is_none() {
        return Ok(false);
    }
    let mut tx = office.store().write().await?;
    let case = case::load_for_writing(&mut tx, reception).await?;
    let Some(found) = examine(office, &case).await? else { return Ok(false) };
    apply(office, &mut tx, &case, &found).await?;
    tx.commit().await?;
    Ok(true)
}

async fn examine(office: &Office, case: &Case) -> Result<Option<Found>> {
    let waits = case.state.is_inquiry();
    if case.state.is_final() || (!waits && !before_card(case.state)) {
        return Ok(None);
    }
    let (resident, card, certificates) = reception::person(office, &case.row.resident_number).await?;
    if let Some(found) = ended(case, &resident) {
        return Ok(Some(found));
    }
    if !waits {
        return Ok(None);
    }
    let today = office.clock().today();
    if let Some(found) = renewed_elsewhere(case, &certificates, today) {
        return Ok(Some(found));
    }
    if let Some(found) = changed(case, &resident, card.as_ref(), &certificates) {
        return Ok(Some(found));
    }
    Ok(overdue(office, case, today))
}

/// Nothing has been written on the card, and somebody may be at the counter.
fn before_card(state: CaseState) -> bool {
    matches!(
        state,
        CaseState::Received | CaseState::IdentityChecked | CaseState::Applied | CaseState::PinsVerified
    )
}

/// E2 and E3: no mail to the dead, and only the municipality of registration can issue.
fn ended(case: &Case, resident: &Resident) -> Option<Found> {
    let name = &resident.name;
    let sentence = match resident.status {
        ResidentStatus::Dead => format!("{name}さんが亡くなられたため、手続きを終えました。"),
        ResidentStatus::MovedOut => {
            format!("{name}さんが転出されたため、管轄外です。転出先の市区町村での手続きを案内してください。")
        }
        ResidentStatus::Deleted => format!("{name}さんの住民票が消除されたため、手続きを終えました。"),
        // 豊見城市: after a move abroad only the principal applies.
        ResidentStatus::MovedAbroad if case.applicant != rules::kinds::Applicant::Principal => {
            format!(
                "{name}さんが国外に転出されたため、代理人による手続きを終えました。本人だけが申請できます。"
            )
        }
        ResidentStatus::Resident | ResidentStatus::MovedAbroad => return None,
    };
    Some(Found { event: CaseEvent::EndByRegister, sentences: vec![sentence] })
}

/// E8: what was asked for has been done elsewhere; doing it again would cost a year.
fn renewed_elsewhere(case: &Case, certificates: &[Certificate], today: NaiveDate) -> Option<Found> {
    let inquiry = case.facts.inquiry.as_ref()?;
    if !matches!(case.procedure, Procedure::Renewal | Procedure::Issuance) || !inquiry.reset.is_empty() {
        return None;
    }
    let new = |row: &&Certificate| {
        row.current
            && row.status == CertificateStatus::Valid
            && row.expires >= today
            && !inquiry.made_from.certificates.iter().any(|known| known.contains(&row.serial))
    };
    let newest = certificates.iter().filter(new).max_by_key(|row| row.issued)?;
    let sentence = format!(
        "{}が{}に新しくなっている(満了日{})ため、手続きは要らなくなりました。",
        newest.kind.label(),
        wareki::long(newest.issued),
        wareki::long(newest.expires)
    );
    Some(Found { event: CaseEvent::EndByRegister, sentences: vec![sentence] })
}

/// E1 and E4: the letter rests on what is no longer so.
fn changed(
    case: &Case,
    resident: &Resident,
    card: Option<&Card>,
    certificates: &[Certificate],
) -> Option<Found> {
    let inquiry = case.facts.inquiry.as_ref()?;
    if case.state == CaseState::NeedsRecheck {
        return None;
    }
    let (was, is) = (&inquiry.made_from, Snapshot::of(resident, card, certificates));
    let mut sentences = Vec::new();
    if was.name != is.name {
        sentences.push(format!("氏名が「{}」から「{}」に変わりました。", was.name, is.name));
    }
    if was.address != is.address {
        sentences.push(format!("住所が「{}」から「{}」に変わりました。", was.address, is.address));
    }
    if !was.suppressed && is.suppressed {
        sentences.push("支援措置の対象になりました。郵送先を責任者が確かめてください。".to_owned());
    }
    if was.card != is.card || card.is_some_and(|card| card.status == CardStatus::Abolished) {
        sentences.push("カードが廃止されたか、新しいカードになりました。".to_owned());
    } else if was.suspended != is.suspended {
        sentences.push(if is.suspended {
            "カードが一時停止されました。窓口で解除してから手続きします。".to_owned()
        } else {
            "カードの一時停止が解除されました。".to_owned()
        });
    } else if was.certificates != is.certificates {
        sentences.push("カードの電子証明書が変わりました。できる手続きを確かめてください。".to_owned());
    }
    (!sentences.is_empty()).then_some(Found { event: CaseEvent::RegisterChanged, sentences })
}

/// The reply is late: the deadline, rolled over to the next open day, has passed.
fn overdue(office: &Office, case: &Case, today: NaiveDate) -> Option<Found> {
    let deadline = case.facts.inquiry.as_ref()?.deadline?;
    let last = office.rulebook().calendar.roll_over(deadline);
    (case.state == CaseState::AwaitingReply && today > last).then(|| Found {
        event: CaseEvent::PassDeadline,
        sentences: vec![format!("回答期限は{}でした。", wareki::long(deadline))],
    })
}

async fn apply(office: &Office, tx: &mut WriteTx, case: &Case, found: &Found) -> Result<()> {
    let today = office.clock().today();
    let at = office.clock().stamp();
    let why = found.sentences.concat();
    let mut facts: Facts = case.facts.clone();
    let mut remark = why.clone();
    match found.event {
        CaseEvent::PassDeadline => {
            inquiry_letters::end(tx, case.row.id, LetterEnd::Lapsed, today, None).await?;
        }
        _ => remark.push_str(&void(tx, case.row.id, &why, today).await?),
    }
    if let Some(inquiry) = facts.inquiry.as_mut().filter(|_| found.event == CaseEvent::RegisterChanged) {
        inquiry.changes.extend(found.sentences.iter().cloned());
    }
    let step = Move { event: found.event, facts: &facts, reason: Some(why), remark: Some(remark) };
    case.advance_by_itself(tx, &at, step).await?;
    Ok(())
}
