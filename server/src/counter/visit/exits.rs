//! Ways out of a case that isn't finished. No state is without one.

use super::{Done, StepForm, Taken, missing, take};
use crate::counter::case::{Case, Move};
use crate::counter::words;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::store::{self, WriteTx};
use chrono::NaiveDate;
use rules::case_states::{CaseEvent, CaseState, events};
use rules::kinds::CertificateStatus;
use serde::Deserialize;

/// A way out with its reason.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExitForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// Why the applicant gives up.
    pub reason_withdraw: String,
    /// Why the office can't.
    pub reason_refuse: String,
    /// Why another procedure is the right one.
    pub reason_divert: String,
}

/// A way out that the clerk can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The applicant gives up.
    Withdraw,
    /// The office can't.
    Refuse,
    /// Another procedure is the right one.
    Divert,
}

impl Exit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Withdraw, Self::Refuse, Self::Divert];

    /// Its name in the address.
    pub fn action(self) -> &'static str {
        match self {
            Self::Withdraw => "withdraw",
            Self::Refuse => "refuse",
            Self::Divert => "divert",
        }
    }

    /// Its event.
    pub fn event(self) -> CaseEvent {
        match self {
            Self::Withdraw => CaseEvent::Withdraw,
            Self::Refuse => CaseEvent::Refuse,
            Self::Divert => CaseEvent::Divert,
        }
    }

    /// The button.
    pub fn label(self) -> &'static str {
        match self {
            Self::Withdraw => "申請を取り下げる",
            Self::Refuse => "受付できないとして終える",
            Self::Divert => "ほかの手続きを案内して終える",
        }
    }

    /// What it means.
    pub fn means(self, state: CaseState) -> &'static str {
        match (self, state) {
            (Self::Divert, CaseState::Interrupted | CaseState::Differs) => {
                "カードが使えなくなったとして、再交付を案内します。台帳の電子証明書は失効になります。"
            }
            (Self::Withdraw, _) => "本人が手続きをやめるときに使います。カードには何も書き込まれません。",
            (Self::Refuse, _) => "書類がそろわないなど、窓口で受け付けられないときに使います。",
            (Self::Divert, _) => "ほかの手続きや、ほかの窓口を案内したときに使います。",
        }
    }

    fn reason(self, form: &ExitForm) -> &str {
        match self {
            Self::Withdraw => form.reason_withdraw.trim(),
            Self::Refuse => form.reason_refuse.trim(),
            Self::Divert => form.reason_divert.trim(),
        }
    }
}

/// The ways out that this person can take now.
pub fn possible(case: &Case, role: rules::case_states::Role) -> Vec<Exit> {
    // What is on the card already is handed over, not withdrawn.
    let done =
        case.facts.has_done_something() && matches!(case.state, CaseState::Applied | CaseState::PinsVerified);
    let open =
        |exit: &Exit| !done && events(case.state, role).any(|transition| transition.event == exit.event());
    Exit::ALL.into_iter().filter(open).collect()
}

/// Takes a way out.
///
/// # Errors
/// A refusal when it isn't possible here.
pub async fn leave(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    exit: Exit,
    form: &ExitForm,
) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let mut begun = match take(office, visitor, reception, exit.action(), &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(exit.event(), begun.actor.role)?;
    if !possible(&begun.case, begun.actor.role).contains(&exit) {
        let sentence = "この受付では、もうカードに書き込みました。";
        return Err(Refusal::conflict(sentence, "残りの手続きをやめて、カードをお渡しください。").into());
    }
    let reason = match words::reason(exit.reason(form), "理由") {
        Ok(reason) => reason,
        Err(sentence) => return Ok(missing(&format!("reason_{}", exit.action()), sentence)),
    };
    if exit == Exit::Divert && matches!(begun.case.state, CaseState::Interrupted | CaseState::Differs) {
        revoke_lost(&mut begun.tx, &begun.case, office.clock().today()).await?;
        let person = &begun.case.row.resident_number;
        crate::notices::watch::settled(office, &mut begun.tx, person).await?;
    }
    let voided = begun.void_letter(exit.label(), office.clock().today()).await?;
    let facts = begun.case.facts.clone();
    let remark = Some(format!("理由: {reason}。{voided}"));
    let step = Move { event: exit.event(), facts: &facts, reason: Some(reason.clone()), remark };
    begun.case.advance(&mut begun.tx, &begun.at, &begun.actor, step).await?;
    super::work::forget_pins(office, &begun.actor, reception).await?;
    begun.close().await
}

/// Certificates that were to be replaced and never came back working can't be used any more.
async fn revoke_lost(tx: &mut WriteTx, case: &Case, today: NaiveDate) -> Result<()> {
    let touched = case.facts.interruption.as_ref().map(|why| why.touched.clone()).unwrap_or_default();
    let mut rows = store::certificates::of_cards(tx, &[case.card_number()?]).await?;
    rows.retain(|row| row.current && touched.contains(&row.kind) && row.status != CertificateStatus::Revoked);
    for row in &mut rows {
        row.status = CertificateStatus::Revoked;
        row.revoked_on = Some(today);
        row.reason = Some("更新の中断でカードが使えなくなったため".to_owned());
    }
    store::certificates::change(tx, &rows.iter().collect::<Vec<_>>()).await
}
