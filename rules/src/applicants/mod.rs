//! Who may ask for what, with which papers, and how many visits it takes.

mod household;
mod principal;
mod proxy;
mod representative;
mod restricted;

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::identity::{self, Requirement, ShownDocument};
use crate::kinds::{Applicant, CertificateKind, ResidentStatus};
use crate::procedure::{CounterFacts, Missing, MissingCode, Procedure, Reason, Route};
use crate::settings::OfficeSettings;
use crate::sources;

pub use restricted::{SIGNATURE_AGE, SignatureBlock, is_restricted, signature_block};

/// What the applicant is here for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// The procedure.
    pub procedure: Procedure,
    /// The certificates it writes.
    pub certificates: Vec<CertificateKind>,
    /// One of the certificates in question is past its last day: the notice's form ended with it.
    pub expired: bool,
    /// A PIN that must be verified is forgotten, wrong on the form, or locked.
    pub pins_unknown: bool,
}

impl Purpose {
    /// Whether a PIN is set anew on the way.
    pub fn resets_pins(&self) -> bool {
        self.procedure == Procedure::PinReset || self.pins_unknown
    }
}

/// What the applicant's standing means for the visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// One visit, two, or refused.
    pub route: Route,
    /// Papers and steps that are missing.
    pub missing: Vec<Missing>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What to bring, where it hasn't been asked for yet.
    pub bring: Vec<Reason>,
}

impl Standing {
    fn new(route: Route) -> Self {
        Self { route, missing: Vec::new(), reasons: Vec::new(), bring: Vec::new() }
    }

    fn refused(sentence: &str, source: &str) -> Self {
        let mut standing = Self::new(Route::Refused);
        standing.reasons.push(Reason::new(sentence, source));
        standing
    }

    fn because(&mut self, sentence: impl Into<String>, source: &str) {
        self.reasons.push(Reason::new(sentence, source));
    }

    fn lacks(&mut self, code: MissingCode, sentence: impl Into<String>, source: &str) {
        self.missing.push(Missing::new(code, sentence, source));
    }

    /// Looks at somebody's documents, or says what to bring while they haven't been asked for.
    fn documents(&mut self, ask: &DocumentsAsked<'_>, today: NaiveDate) {
        let Some(shown) = ask.shown else {
            self.bring.push(Reason::new(ask.requirement.sentence(ask.whose), ask.source));
            return;
        };
        if let Err(sentences) = identity::check(ask.requirement, shown, ask.whose, ask.of_principal, today) {
            let code = if ask.of_principal {
                MissingCode::PrincipalIdentity
            } else {
                MissingCode::ApplicantIdentity
            };
            self.lacks(code, sentences.concat(), ask.source);
        }
    }
}

struct DocumentsAsked<'a> {
    requirement: Requirement,
    shown: Option<&'a [ShownDocument]>,
    whose: &'static str,
    of_principal: bool,
    source: &'static str,
}

/// How far the applicant gets with `purpose`.
pub fn judge(
    facts: &CounterFacts,
    settings: &OfficeSettings,
    calendar: &Calendar,
    purpose: &Purpose,
) -> Standing {
    if facts.resident_status == ResidentStatus::MovedAbroad && facts.applicant != Applicant::Principal {
        return Standing::refused("国外転出の後は、本人だけが申請できます。", sources::TOMIGUSUKU);
    }
    match facts.applicant {
        Applicant::Principal => principal::judge(facts, settings, purpose),
        Applicant::LegalRepresentative => representative::judge(facts, settings, calendar, purpose),
        Applicant::Proxy => proxy::judge(facts, settings, calendar, purpose),
        Applicant::HouseholdMember => household::judge(facts, settings, calendar, purpose),
    }
}
