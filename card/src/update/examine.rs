//! After an interruption: the card itself says where it stands.
//!
//! The journal only says what may have been touched. A certificate that stands on the card proves nothing by
//! itself, because a new key can already have replaced the one it belongs to; so whatever may have been touched is
//! believed only after its key has signed, and for that the resident enters the PIN again. A PIN that may have been
//! set is never tried out by us: either the card has acknowledged the new value, or it is simply set once more.

use chrono::{DateTime, FixedOffset};
use rules::kinds::{CertificateKind, PinKind};
use serde::{Deserialize, Serialize};

use super::inspect;
use super::journal::{JournalStep, OldCertificate};
use super::outcome::{NewCertificate, UpdateOutcome};
use super::pins::UpdatePins;
use super::plan::{PlannedCertificate, UpdatePlan};
use super::truth_of_pin::{PinStanding, PinTruth, pin_truths};
use crate::certificate::day_of;
use crate::error::CardError;
use crate::link::CardLink;
use crate::read::{CardReading, CertificateReading, all_tries, read_brief};
use crate::trust::Trust;

/// What an examination needs to know.
pub struct Examination<'a> {
    /// The update that was interrupted.
    pub plan: &'a UpdatePlan,
    /// Its journal.
    pub steps: &'a [JournalStep],
    /// The PINs, once the resident has entered them again. Without them the examination says what it can.
    pub pins: Option<&'a UpdatePins>,
    /// Whom new certificates must come from.
    pub trust: Trust,
    /// Now.
    pub at: DateTime<FixedOffset>,
    /// 32 random bytes of the caller's.
    pub entropy: [u8; 32],
}

/// Where one certificate of the plan stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// The old one, as before the update.
    Old,
    /// The new one, with a key that has signed.
    New,
    /// The old one is gone and the new one isn't usable: it must be made now.
    Lost,
    /// Only the PIN will tell.
    NeedsPin,
}

/// One certificate of the plan, as the card says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateTruth {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Where it stands.
    pub truth: Truth,
    /// What was read, where something was.
    pub reading: Option<CertificateReading>,
}

/// One revocation of the plan. Only the issuer knows more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevocationTruth {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Whether the issuer may have revoked it. Asked once more it says so, and nothing happens twice.
    pub begun: bool,
}

/// What follows from the examination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "next", rename_all = "snake_case")]
pub enum Next {
    /// Everything planned is on the card and proven.
    Finish,
    /// The card is as it was: the update can be done again or given up.
    StartAgain,
    /// Something is missing: the update must go on with what is left, and can't be given up.
    Resume,
    /// New and old stand side by side, each usable: go on, or leave it at that.
    ResumeOrStop,
    /// The resident must enter these PINs before anything can be said.
    AskPins {
        /// Which.
        kinds: Vec<PinKind>,
    },
}

/// The card's true state after an interruption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueState {
    /// What the card says without a PIN.
    pub reading: CardReading,
    /// Each certificate of the plan.
    pub certificates: Vec<CertificateTruth>,
    /// Each PIN that the plan sets anew.
    pub pins: Vec<PinTruth>,
    /// Each revocation of the plan.
    pub revocations: Vec<RevocationTruth>,
    /// What follows.
    pub next: Next,
    /// The certificates that are done, as an outcome to be recorded; empty when none is.
    pub done: UpdateOutcome,
    /// What is left to do, for the next [`super::carry_out`] or [`super::change_pins`].
    pub rest: UpdatePlan,
}

impl TrueState {
    /// One sentence for each certificate, PIN and revocation.
    pub fn sentences(&self) -> Vec<String> {
        let words = |truth: &Truth| match truth {
            Truth::Old => "元のままです。",
            Truth::New => "新しくなり、鍵も確かめました。",
            Truth::Lost => "使えない状態です。続きを行って作り直してください。",
            Truth::NeedsPin => "暗証番号を入力すると確かめられます。",
        };
        let certificates =
            self.certificates.iter().map(|c| format!("{}: {}", c.kind.label(), words(&c.truth)));
        let pins = self.pins.iter().map(|p| format!("{}: {}", p.kind.label(), p.standing.sentence()));
        let revocations = self.revocations.iter().map(|r| {
            let words = if r.begun {
                "失効の手続きが始まっています。続きを行って終わらせてください。"
            } else {
                "まだ失効していません。"
            };
            format!("{}: {words}", r.kind.label())
        });
        certificates.chain(pins).chain(revocations).collect()
    }
}

/// Reads the card and says where it stands. Nothing is written.
///
/// # Errors
/// [`CardError::OtherCard`] when it isn't the card of the plan; those of PINs and of the link.
pub fn examine(link: &mut dyn CardLink, case: &Examination<'_>) -> Result<TrueState, CardError> {
    let reading = read_brief(link)?;
    inspect::same(&reading.card, case.plan)?;
    let pins = pin_truths(link, case, &reading.pins)?;
    let mut certificates = Vec::with_capacity(case.plan.certificates.len());
    for planned in &case.plan.certificates {
        certificates.push(truth_of(link, case, planned, &reading, &pins)?);
    }
    let begun = case
        .steps
        .iter()
        .any(|step| matches!(step, JournalStep::Write { revokes: true, .. } | JournalStep::Terminal { .. }));
    let revocations: Vec<_> =
        case.plan.revocations.iter().map(|planned| RevocationTruth { kind: planned.kind, begun }).collect();
    let done = UpdateOutcome {
        certificates: certificates.iter().filter_map(|truth| proven(case.plan, truth)).collect(),
        pins: all_tries(link)?,
        commands: 0,
        new_pins: pins.iter().filter(|pin| pin.standing == PinStanding::New).map(|pin| pin.kind).collect(),
        revoked: Vec::new(),
    };
    let rest = rest_of(case, &certificates, &pins, &reading);
    let next = next_of(&certificates, &pins, &revocations);
    Ok(TrueState { reading, certificates, pins, revocations, next, done, rest })
}

fn truth_of(
    link: &mut dyn CardLink,
    case: &Examination<'_>,
    planned: &PlannedCertificate,
    reading: &CardReading,
    pins: &[PinTruth],
) -> Result<CertificateTruth, CardError> {
    let kind = planned.kind;
    let truth = |truth, reading| Ok(CertificateTruth { kind, truth, reading });
    let public = match kind {
        CertificateKind::Authentication => reading.authentication.clone(),
        CertificateKind::Signature => None,
    };
    if !touched(case.steps, kind) {
        return truth(Truth::Old, public);
    }
    let absent = match kind {
        // A torn writing leaves a file that holds no certificate; it counts as none.
        CertificateKind::Authentication => public.is_none(),
        CertificateKind::Signature => reading.signature_present == Some(false),
    };
    if absent {
        return truth(Truth::Lost, None);
    }
    if case.plan.face_only {
        return truth(without_proof(case, planned, public.as_ref()), public);
    }
    if pins.iter().any(|pin| pin.kind == kind.pin() && pin.standing.unknown()) {
        // Its key can't be asked before the PIN is set once more, and then it is made anew as well.
        return truth(Truth::Lost, public);
    }
    let Some(pins) = case.pins.filter(|pins| pins.of(kind.pin()).is_ok()) else {
        return truth(Truth::NeedsPin, public);
    };
    let found = match inspect::read_certificate(link, kind, pins) {
        Ok(Some(found)) => found,
        Ok(None) | Err(CardError::DamagedCertificate { .. }) => return truth(Truth::Lost, None),
        Err(error) => return Err(error),
    };
    match inspect::prove(link, &found, pins, &case.entropy) {
        Ok(()) => {}
        // No key at all, or one that belongs to no certificate.
        Err(CardError::KeyDiffers { .. } | CardError::Refused { .. }) => {
            return truth(Truth::Lost, Some(found));
        }
        Err(error) => return Err(error),
    }
    if old_serial(case, planned).is_some_and(|old| old == found.serial) {
        return truth(Truth::Old, Some(found));
    }
    match case.trust.check(kind, &found.der, day_of(case.at)) {
        Ok(()) => truth(Truth::New, Some(found)),
        // Working, and from nobody we know: it must be made again.
        Err(_) => truth(Truth::Lost, Some(found)),
    }
}

/// A card without PINs can't prove a key. A trusted new certificate is written last, so it is taken for done;
/// an old one that may have lost its key is made again.
fn without_proof(
    case: &Examination<'_>,
    planned: &PlannedCertificate,
    found: Option<&CertificateReading>,
) -> Truth {
    let new = found.is_some_and(|found| {
        old_serial(case, planned).is_none_or(|old| old != found.serial)
            && case.trust.check(planned.kind, &found.der, day_of(case.at)).is_ok()
    });
    if new { Truth::New } else { Truth::Lost }
}

/// Whether the journal says that this certificate or its key may have been touched.
fn touched(steps: &[JournalStep], kind: CertificateKind) -> bool {
    steps.iter().any(|step| match step {
        JournalStep::Write { kind: written, irreversible, pin, .. } => {
            *irreversible && pin.is_none() && written.is_none_or(|written| written == kind)
        }
        JournalStep::Terminal { .. } => true,
        _ => false,
    })
}

/// The serial before the update: what the card said then, or else what the plan says.
fn old_serial(case: &Examination<'_>, planned: &PlannedCertificate) -> Option<String> {
    // The first note is the one from before any writing.
    let noted = case.steps.iter().find_map(|step| match step {
        JournalStep::OpenIssuer { old } | JournalStep::Terminal { old } => Some(old),
        _ => None,
    });
    // Behind a locked PIN the card couldn't say it.
    noted.and_then(|old| serial_in(old, planned.kind)).or_else(|| planned.old_serial.clone())
}

fn serial_in(old: &[OldCertificate], kind: CertificateKind) -> Option<String> {
    old.iter().find(|old| old.kind == kind).map(|old| old.serial.clone())
}

fn next_of(certificates: &[CertificateTruth], pins: &[PinTruth], revocations: &[RevocationTruth]) -> Next {
    let mut kinds: Vec<_> =
        certificates.iter().filter(|c| c.truth == Truth::NeedsPin).map(|c| c.kind.pin()).collect();
    kinds.extend(pins.iter().filter(|p| p.standing == PinStanding::NeedsPin).map(|p| p.kind));
    kinds.sort_unstable();
    kinds.dedup();
    let any = |truth: &Truth| certificates.iter().any(|c| c.truth == *truth);
    let pin = |standing: PinStanding| pins.iter().any(|p| p.standing == standing);
    let new = any(&Truth::New) || pin(PinStanding::New);
    let old = any(&Truth::Old) || pin(PinStanding::Old) || revocations.iter().any(|r| !r.begun);
    if !kinds.is_empty() {
        Next::AskPins { kinds }
    } else if any(&Truth::Lost) || revocations.iter().any(|r| r.begun) {
        Next::Resume
    } else if pin(PinStanding::Unclear) || (new && old) {
        Next::ResumeOrStop
    } else if new {
        Next::Finish
    } else {
        Next::StartAgain
    }
}

fn proven(plan: &UpdatePlan, truth: &CertificateTruth) -> Option<NewCertificate> {
    let reading = truth.reading.clone().filter(|_| truth.truth == Truth::New)?;
    Some(NewCertificate {
        reading,
        predicted: plan.certificate(truth.kind)?.expires,
        proven: !plan.face_only,
    })
}

/// The plan without what is done, with the serials that are on the card now.
fn rest_of(
    case: &Examination<'_>,
    certificates: &[CertificateTruth],
    pins: &[PinTruth],
    reading: &CardReading,
) -> UpdatePlan {
    let plan = case.plan;
    let left = |planned: &&PlannedCertificate| {
        certificates.iter().any(|c| c.kind == planned.kind && c.truth != Truth::New)
    };
    let pins_left = |kinds: &[PinKind], which: fn(PinStanding) -> bool| {
        let standing = |kind| pins.iter().find(|pin| pin.kind == kind).map(|pin| pin.standing);
        kinds.iter().copied().filter(|kind| standing(*kind).is_some_and(which)).collect::<Vec<_>>()
    };
    let session = case.steps.iter().rev().find_map(|step| match step {
        JournalStep::Session { id } => Some(id.clone()),
        _ => None,
    });
    UpdatePlan {
        card: plan.card.clone(),
        face_only: plan.face_only,
        authentication_serial: reading.authentication.as_ref().map(|found| found.serial.clone()),
        pin_resets: pins_left(&plan.pin_resets, |standing| standing != PinStanding::New),
        pin_changes: pins_left(&plan.pin_changes, |standing| standing != PinStanding::New),
        unclear_pins: pins_left(&plan.pin_changes, |standing| {
            matches!(standing, PinStanding::Unclear | PinStanding::NeedsPin)
        }),
        revocations: plan.revocations.clone(),
        issuer_session: session.or_else(|| plan.issuer_session.clone()),
        certificates: plan
            .certificates
            .iter()
            .filter(left)
            .map(|planned| {
                let now = certificates.iter().find(|c| c.kind == planned.kind);
                let serial = now.and_then(|c| c.reading.as_ref()).map(|found| found.serial.clone());
                // A certificate that was read now stands on the card, whatever was planned.
                PlannedCertificate {
                    old_serial: serial.or_else(|| match now.map(|c| &c.truth) {
                        Some(Truth::Lost) => None,
                        _ => planned.old_serial.clone(),
                    }),
                    ..planned.clone()
                }
            })
            .collect(),
    }
}
