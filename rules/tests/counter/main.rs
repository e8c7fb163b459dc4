//! What the counter does: tables of visits, each row naming the page it rests on.

mod applicants;
mod due;
mod every_visit;
mod options;
mod pins;
mod register_and_card;
mod restricted;
mod two_visits;

use rules::NaiveDate;
use rules::calendar::Calendar;
use rules::identity::{Document, ShownDocument};
use rules::kinds::{CardKind, CardStatus, CertificateKind, CertificateStatus};
use rules::procedure::{CardFacts, CertificateFacts, CounterFacts, Decision, MissingCode, decide};
use rules::settings::OfficeSettings;

/// 1, so that everything runs; `make mutants` sets it higher, where each mutant runs every test and the tables find
/// what the thinned walks may pass over.
pub(crate) fn step() -> usize {
    std::env::var("RULES_TEST_STEP").map_or(1, |step| step.parse().expect("a number"))
}

pub(crate) fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Born 10 October 1980, card until 2030-10-10, both certificates until 2025-10-10: renewal from 2025-07-11.
pub(crate) fn visit(today: &str) -> CounterFacts {
    CounterFacts {
        card: Some(CardFacts {
            kind: CardKind::Individual,
            face_only: false,
            expires: d("2030-10-10"),
            status: CardStatus::Active,
        }),
        certificates: vec![
            certificate(CertificateKind::Signature, "2020-12-01", "2025-10-10"),
            certificate(CertificateKind::Authentication, "2020-12-01", "2025-10-10"),
        ],
        ..CounterFacts::new(d(today), d("1980-10-10"))
    }
}

/// A child of nine: an authentication certificate in its renewal period, no signature certificate.
pub(crate) fn child_visit(today: &str) -> CounterFacts {
    let mut facts = visit(today);
    facts.birth = d("2015-10-10");
    facts.card.as_mut().unwrap().expires = d("2030-10-10");
    facts.certificates = vec![certificate(CertificateKind::Authentication, "2020-12-01", "2025-10-10")];
    facts
}

pub(crate) fn certificate(kind: CertificateKind, issued: &str, expires: &str) -> CertificateFacts {
    CertificateFacts { kind, issued: d(issued), expires: d(expires), status: CertificateStatus::Valid }
}

pub(crate) fn with_status(
    mut facts: CounterFacts,
    kind: CertificateKind,
    status: CertificateStatus,
) -> CounterFacts {
    for certificate in facts.certificates.iter_mut().filter(|certificate| certificate.kind == kind) {
        certificate.status = status;
    }
    facts
}

pub(crate) fn paper(document: Document) -> ShownDocument {
    ShownDocument { document, issued: None, expires: None, agrees: true }
}

pub(crate) fn decided(facts: &CounterFacts) -> Decision {
    decided_by(facts, &OfficeSettings::default())
}

pub(crate) fn decided_by(facts: &CounterFacts, settings: &OfficeSettings) -> Decision {
    decide(facts, settings, &Calendar::new(settings.calendar.clone()))
}

pub(crate) fn missing(decision: &Decision) -> Vec<MissingCode> {
    decision.missing.iter().map(|missing| missing.code).collect()
}

pub(crate) fn says(decision: &Decision, words: &str) -> bool {
    decision.reasons.iter().any(|reason| reason.sentence.contains(words))
}

pub(crate) fn warns(decision: &Decision, words: &str) -> bool {
    decision.warnings.iter().any(|reason| reason.sentence.contains(words))
}
