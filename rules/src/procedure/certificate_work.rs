//! Renewal and issuance, and the issuance that follows a lifted suspension.

use super::certificates::{Case, Standing};
use super::decide::{refused, with_standing};
use super::{
    Decision, Missing, MissingCode, PlannedCertificate, Procedure, Reason, Route, explain, gates, pin_work,
};
use crate::applicants::{self, Purpose};
use crate::kinds::{CertificateKind, PinKind};
use crate::{pins, sources, wareki};

fn kinds(case: &Case<'_>, wanted: impl Fn(Standing) -> bool) -> Vec<CertificateKind> {
    CertificateKind::ALL.iter().copied().filter(|kind| wanted(case.standing(*kind))).collect()
}

fn eligible(case: &Case<'_>, kinds: Vec<CertificateKind>) -> Vec<CertificateKind> {
    kinds.into_iter().filter(|kind| case.eligible(*kind)).collect()
}

/// Nobody asked for anything in particular: renewal where one is due, issuance where one has ended.
pub(super) fn whatever_is_due(case: &Case<'_>) -> Decision {
    let inside = !eligible(case, kinds(case, |standing| matches!(standing, Standing::Inside(_)))).is_empty();
    let living = !kinds(case, Standing::is_valid).is_empty();
    let ended = !eligible(case, kinds(case, Standing::has_ended)).is_empty();
    if inside || (living && !ended) {
        renewal(case)
    } else if gates::card_is_due(case) {
        gates::card_renewal(case)
    } else {
        issuance(case)
    }
}

pub(super) fn renewal(case: &Case<'_>) -> Decision {
    let living = eligible(case, kinds(case, Standing::is_valid));
    if living.is_empty() {
        let sentence = if kinds(case, |standing| standing == Standing::Expired).is_empty() {
            "更新できる有効な電子証明書がありません。発行の手続きになります。"
        } else {
            "有効期限を過ぎているため、更新ではなく発行の手続きになります。"
        };
        return refused(Procedure::Renewal, sentence, sources::EDOGAWA);
    }
    if gates::card_is_due(case) {
        return gates::card_renewal(case);
    }
    let inside = eligible(case, kinds(case, |standing| matches!(standing, Standing::Inside(_))));
    // What has ended is written with what is renewed; a valid one whose time has not come is left alone.
    let writing: Vec<CertificateKind> = if inside.is_empty() {
        living
    } else {
        eligible(
            case,
            kinds(case, |standing| matches!(standing, Standing::Inside(_)) || standing.has_ended()),
        )
    };
    write(case, Procedure::Renewal, &writing)
}

pub(super) fn issuance(case: &Case<'_>) -> Decision {
    let wanted = case.facts.wanted == Some(Procedure::Issuance);
    let nothing_on_card = kinds(case, |standing| standing != Standing::Absent).is_empty();
    // A signature certificate that was never wanted (不要) is written only when asked for.
    let open = |standing: Standing| {
        standing.has_ended() || (standing == Standing::Absent && (wanted || nothing_on_card))
    };
    let candidates = kinds(case, open);
    let writing = eligible(case, candidates.clone());
    if writing.is_empty() {
        let block = applicants::signature_block(case.facts, case.settings)
            .filter(|_| candidates.contains(&CertificateKind::Signature));
        return match block {
            None => refused(Procedure::Issuance, "有効な証明書があります。", sources::EDOGAWA),
            Some(block) => {
                let mut decision = refused(Procedure::Issuance, block.sentence, block.source);
                if block.approvable {
                    decision.missing.push(Missing::new(
                        MissingCode::SupervisorApproval,
                        "発行するには、責任者の承認と理由の記録が必要です。",
                        sources::MATSUYAMA,
                    ));
                }
                decision
            }
        };
    }
    write(case, Procedure::Issuance, &writing)
}

/// The stop is lifted at the counter with the card; the signature certificate was revoked by it (葛城市).
pub(super) fn lift_suspension(case: &Case<'_>) -> Decision {
    let lapsed = |kind| kind == CertificateKind::Signature && case.standing(kind).has_ended();
    let writing: Vec<CertificateKind> =
        CertificateKind::ALL.iter().copied().filter(|kind| lapsed(*kind) && case.eligible(*kind)).collect();
    let mut decision = write(case, Procedure::LiftSuspension, &writing);
    if decision.route != Route::Refused {
        // The stop comes first: it is why nothing else goes.
        let sentence =
            "カードが一時停止されています。窓口で解除し、失効した署名用電子証明書を発行し直します。";
        decision.reasons.insert(0, Reason::new(sentence, sources::KATSURAGI));
    }
    decision
}

fn write(case: &Case<'_>, procedure: Procedure, writing: &[CertificateKind]) -> Decision {
    let facts = case.facts;
    let planned = match case.plan(writing, facts.today) {
        Ok(planned) => planned,
        Err(error) => return refused(procedure, error.sentence(), sources::OFFICE),
    };
    if procedure == Procedure::Renewal && planned.iter().all(gains_nothing) {
        return nothing_to_gain(case);
    }
    let face_only = facts.card.is_some_and(|card| card.face_only);
    let needed = if writing.is_empty() { Vec::new() } else { pins::required_for(writing, face_only) };
    let never_set = |pin: &PinKind| {
        *pin == PinKind::Signature && case.standing(CertificateKind::Signature) == Standing::Absent
    };
    let lost: Vec<PinKind> = needed
        .iter()
        .copied()
        .filter(|pin| !never_set(pin))
        .filter(|pin| !facts.pins_known.contains(pin) || facts.pins_locked.contains(pin))
        .collect();
    let purpose = Purpose {
        procedure,
        certificates: writing.to_vec(),
        expired: writing.iter().any(|kind| case.standing(*kind) == Standing::Expired),
        pins_unknown: !lost.is_empty(),
    };
    let mut decision =
        with_standing(procedure, applicants::judge(facts, case.settings, case.calendar, &purpose));
    explain::certificates(&mut decision, case, &planned);
    decision.shorter = case.shorter(&planned);
    explain::shorter(&mut decision, facts.consent_to_shorter);
    if !lost.is_empty() && decision.route == Route::OneVisit {
        let names: Vec<&str> = lost.iter().map(|pin| pin.label()).collect();
        decision.missing.push(Missing::new(
            MissingCode::PinReset,
            format!("{}がわからない、またはロックされているため、先に再設定します。", names.join("、")),
            sources::NIIGATA,
        ));
        decision.warnings.extend(pin_work::at_a_store(case));
    }
    decision.missing.extend(gates::card_work_day(case));
    if matches!(decision.route, Route::OneVisit | Route::TwoVisits) && !planned.is_empty() {
        explain::fee(&mut decision, case);
    }
    decision.pins_to_reset = lost;
    decision.pins_needed = needed;
    decision.certificates = planned;
    explain::omitted_signature(&mut decision, case);
    decision
}

fn gains_nothing(certificate: &PlannedCertificate) -> bool {
    certificate.old_expiry.is_some_and(|old| certificate.new_expiry <= old)
}

/// The certificate already lasts as long as the card: minors, limited stay, second half of a card (金沢市).
fn nothing_to_gain(case: &Case<'_>) -> Decision {
    let Some(card) = case.facts.card else {
        return refused(Procedure::Nothing, "カードをお持ちでありません。", sources::LAW_3);
    };
    let from = case.period(card.expires).from;
    refused(
        Procedure::Nothing,
        format!(
            "電子証明書の有効期限は、これ以上延びません。カードの有効期限({})の前、{}からカードの更新をご案内します。",
            wareki::long(card.expires),
            wareki::long(from)
        ),
        sources::KANAZAWA,
    )
}
