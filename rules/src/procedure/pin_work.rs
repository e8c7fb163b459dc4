//! PIN reset (forgotten or locked) and PIN change (known). Neither asks whether the certificate is valid.

use super::certificates::{Case, Standing};
use super::decide::{refused, with_standing};
use super::{Decision, Missing, MissingCode, Procedure, Reason, Route, gates};
use crate::applicants::{self, Purpose};
use crate::kinds::{Applicant, CertificateKind, PinKind};
use crate::{pins, sources};

/// The PINs this card has.
fn present(case: &Case<'_>) -> Vec<PinKind> {
    let face_only = case.facts.card.is_some_and(|card| card.face_only);
    let has = |kind: &PinKind| {
        let absent =
            *kind == PinKind::Signature && case.standing(CertificateKind::Signature) == Standing::Absent;
        !absent && pins::why_none(*kind, false, face_only).is_none()
    };
    PinKind::ALL.iter().copied().filter(has).collect()
}

fn is_lost(case: &Case<'_>, pin: PinKind) -> bool {
    !case.facts.pins_known.contains(&pin) || case.facts.pins_locked.contains(&pin)
}

fn purpose(procedure: Procedure) -> Purpose {
    Purpose { procedure, certificates: Vec::new(), expired: false, pins_unknown: false }
}

/// One PIN by its whole name; of several, what they share is said once.
fn named(pins: &[PinKind]) -> String {
    if let [pin] = pins {
        return pin.label().to_owned();
    }
    let short = |pin: &PinKind| {
        let name = pin.label().trim_end_matches("暗証番号");
        name.trim_end_matches("電子証明書")
    };
    let names: Vec<&str> = pins.iter().map(short).collect();
    format!("{}の暗証番号", names.join("・"))
}

pub(super) fn reset(case: &Case<'_>) -> Decision {
    let present = present(case);
    if present.is_empty() {
        return refused(
            Procedure::PinReset,
            "顔認証マイナンバーカードには暗証番号がありません。",
            sources::KITAKATA,
        );
    }
    let standing = applicants::judge(case.facts, case.settings, case.calendar, &purpose(Procedure::PinReset));
    let mut decision = with_standing(Procedure::PinReset, standing);
    let lost: Vec<PinKind> = present.iter().copied().filter(|pin| is_lost(case, *pin)).collect();
    decision.pins_to_reset = if lost.is_empty() { present } else { lost };
    if decision.route == Route::OneVisit {
        let names = named(&decision.pins_to_reset);
        decision = decision.because(format!("{names}を再設定できます。"), sources::NIIGATA);
    }
    decision.warnings.extend(at_a_store(case));
    decision.missing.extend(gates::card_work_day(case));
    decision
}

/// E6: with one of the two certificate PINs known, the other can be reset at a convenience store (新潟市).
pub(super) fn at_a_store(case: &Case<'_>) -> Option<Reason> {
    let lost = |pin| is_lost(case, pin);
    let valid = |kind| case.standing(kind).is_valid();
    let one_known = lost(PinKind::Signature) != lost(PinKind::Authentication);
    let both_valid = valid(CertificateKind::Signature) && valid(CertificateKind::Authentication);
    let others_known = !lost(PinKind::ResidentRegister);
    (one_known && both_valid && others_known && case.facts.applicant == Applicant::Principal).then(|| {
        Reason::new(
            "コンビニエンスストアの端末とアプリでも再設定できます(6時30分から23時、無料)。",
            sources::NIIGATA,
        )
    })
}

pub(super) fn change(case: &Case<'_>) -> Decision {
    let present = present(case);
    if present.is_empty() {
        return refused(
            Procedure::PinChange,
            "顔認証マイナンバーカードには暗証番号がありません。",
            sources::KITAKATA,
        );
    }
    let known: Vec<PinKind> = present.iter().copied().filter(|pin| !is_lost(case, *pin)).collect();
    let standing =
        applicants::judge(case.facts, case.settings, case.calendar, &purpose(Procedure::PinChange));
    let mut decision = with_standing(Procedure::PinChange, standing);
    if known.is_empty() && decision.route == Route::OneVisit {
        decision.missing.push(Missing::new(
            MissingCode::PinReset,
            "今の暗証番号がわからない、またはロックされているため、変更ではなく再設定になります。",
            sources::NIIGATA,
        ));
    } else if decision.route == Route::OneVisit {
        decision = decision.because(format!("{}を変更できます。", named(&known)), sources::NIIGATA);
    }
    decision.pins_needed = known;
    decision
}
