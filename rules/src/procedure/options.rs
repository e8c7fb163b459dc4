//! 今日できること / できないこと: each procedure with its reason, for the resident's screen.

use super::{CounterFacts, Decision, MissingCode, Procedure, Route, TodayOption, decide};
use crate::calendar::Calendar;
use crate::kinds::Applicant;
use crate::settings::OfficeSettings;
use crate::{applicants, sources};

/// The procedures a resident's screen speaks of, in the order it shows them.
const SHOWN: &[Procedure] = &[
    Procedure::Renewal,
    Procedure::Issuance,
    Procedure::CardRenewal,
    Procedure::LiftSuspension,
    Procedure::PinReset,
    Procedure::PinChange,
    Procedure::Revocation,
    Procedure::ValidityCheck,
    Procedure::CardFaceEntry,
];

/// What can be done today and what cannot, each with its reason.
pub fn options(facts: &CounterFacts, settings: &OfficeSettings, calendar: &Calendar) -> Vec<TodayOption> {
    // The screen is read before anybody has said who comes: for those who cannot come alone, their
    // representative is thought of.
    let represented =
        facts.applicant == Applicant::Principal && applicants::is_restricted(facts, settings.leap_birthday);
    let applicant = if represented { Applicant::LegalRepresentative } else { facts.applicant };
    SHOWN
        .iter()
        .map(|procedure| {
            let asked = CounterFacts { wanted: Some(*procedure), applicant, ..facts.clone() };
            let mut option = option(*procedure, decide(&asked, settings, calendar));
            if represented && option.possible {
                option.sentence.insert_str(0, "法定代理人が申請します。");
            }
            option
        })
        .collect()
}

fn option(procedure: Procedure, decision: Decision) -> TodayOption {
    let stopped = decision.missing.iter().find(|missing| missing.code == MissingCode::CardWorkDay);
    let goes = match decision.route {
        Route::OneVisit | Route::TwoVisits => decision.procedure == procedure,
        Route::Diverted => decision.procedure == procedure && procedure == Procedure::CardRenewal,
        Route::Refused => false,
    };
    let possible = goes && stopped.is_none();
    // A loss is the first thing to say; a stop explains everything else; otherwise the first reason.
    let loss = decision.reasons.iter().find(|reason| goes && reason.sentence.contains("短くなります"));
    let (sentence, source) = if let (true, Some(stop)) = (goes, stopped) {
        (stop.sentence.clone(), stop.source.clone())
    } else if let Some(reason) = loss.or_else(|| decision.reasons.first()) {
        (reason.sentence.clone(), reason.source.clone())
    } else {
        ("窓口で手続きできます。".to_owned(), sources::OFFICE.to_owned())
    };
    let certificates = if possible { decision.certificates } else { Vec::new() };
    TodayOption { procedure, possible, sentence, source, certificates }
}
