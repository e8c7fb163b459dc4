//! The decision: from facts, settings and calendar to procedure, route and what is missing.

use super::certificates::Case;
use super::{CounterFacts, Decision, Procedure, Route, certificate_work, explain, gates, pin_work};
use crate::applicants::{self, Purpose};
use crate::calendar::Calendar;
use crate::kinds::{CardStatus, CertificateKind};
use crate::settings::OfficeSettings;
use crate::{period, sources, wareki};

/// What the counter does for this visit. The value on the card always wins over a predicted one; a
/// difference after writing is an alarm.
pub fn decide(facts: &CounterFacts, settings: &OfficeSettings, calendar: &Calendar) -> Decision {
    let case = Case { facts, settings, calendar };
    let mut decision =
        gates::by_register(&case).or_else(|| gates::by_card(&case)).unwrap_or_else(|| by_wish(&case));
    decision.warnings.extend(gates::warnings(&case));
    decision
}

fn by_wish(case: &Case<'_>) -> Decision {
    let suspended = case.facts.card.is_some_and(|card| card.status == CardStatus::Suspended);
    match case.facts.wanted {
        Some(Procedure::Revocation) => revocation(case),
        _ if suspended => certificate_work::lift_suspension(case),
        Some(Procedure::LiftSuspension) => {
            refused(Procedure::LiftSuspension, "カードは一時停止されていません。", sources::KATSURAGI)
        }
        Some(Procedure::PinReset) => pin_work::reset(case),
        Some(Procedure::PinChange) => pin_work::change(case),
        Some(Procedure::CardRenewal) => card_renewal_wanted(case),
        Some(Procedure::CardReissue) => {
            let mut decision = Decision::new(Procedure::CardReissue, Route::Diverted).because(
                "紛失・破損などによる再交付は、カードの交付申請をご案内します。",
                sources::KATSURAGI,
            );
            explain::lost_card(&mut decision, case);
            decision
        }
        Some(Procedure::Renewal) => certificate_work::renewal(case),
        Some(Procedure::Issuance) => certificate_work::issuance(case),
        Some(Procedure::OutOfJurisdiction | Procedure::Nothing) | None => {
            certificate_work::whatever_is_due(case)
        }
    }
}

pub(super) fn refused(procedure: Procedure, sentence: impl Into<String>, source: &str) -> Decision {
    Decision::new(procedure, Route::Refused).because(sentence, source)
}

fn card_renewal_wanted(case: &Case<'_>) -> Decision {
    let Some(card) = case.facts.card else {
        return refused(Procedure::CardRenewal, "カードをお持ちでありません。", sources::LAW_3);
    };
    if gates::card_is_due(case) {
        return gates::card_renewal(case);
    }
    let from = period::first_day(card.expires, case.facts.abroad);
    refused(
        Procedure::CardRenewal,
        format!(
            "カードの有効期限は{}です。カードの更新は{}から申請できます。",
            wareki::long(card.expires),
            wareki::long(from)
        ),
        sources::NERIMA,
    )
}

fn revocation(case: &Case<'_>) -> Decision {
    let living: Vec<CertificateKind> = CertificateKind::ALL
        .iter()
        .copied()
        .filter(|kind| {
            let standing = case.standing(*kind);
            standing.is_valid() || standing == super::certificates::Standing::Suspended
        })
        .collect();
    if living.is_empty() {
        return refused(Procedure::Revocation, "失効させる有効な電子証明書がありません。", sources::SUGINAMI);
    }
    let purpose = Purpose {
        procedure: Procedure::Revocation,
        certificates: Vec::new(),
        expired: false,
        pins_unknown: false,
    };
    let standing = applicants::judge(case.facts, case.settings, case.calendar, &purpose);
    let names: Vec<&str> = living.iter().map(|kind| kind.label()).collect();
    let mut decision = with_standing(Procedure::Revocation, standing);
    if decision.route != Route::Refused {
        decision = decision.because(
            format!("{}を失効させます。元に戻すことはできません。", names.join("と")),
            sources::SUGINAMI,
        );
    }
    decision.missing.extend(gates::card_work_day(case));
    decision
}

/// A decision that begins with what the applicant's standing says.
pub(super) fn with_standing(procedure: Procedure, standing: applicants::Standing) -> Decision {
    let mut decision = Decision::new(procedure, standing.route);
    decision.missing = standing.missing;
    decision.reasons = standing.reasons;
    decision.bring = standing.bring;
    decision
}
