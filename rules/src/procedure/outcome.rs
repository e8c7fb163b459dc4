//! What a decision says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{MissingCode, Procedure, Route};
use crate::kinds::{CertificateKind, PinKind};
use crate::validity::ExpiryBasis;

/// A sentence and the public page it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Japanese, as a clerk could say it aloud.
    pub sentence: String,
    /// Municipality or law.
    pub source: String,
}

impl Reason {
    /// A reason.
    pub fn new(sentence: impl Into<String>, source: &str) -> Self {
        Self { sentence: sentence.into(), source: source.to_owned() }
    }
}

/// A document or step without which the procedure cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// What is missing.
    pub code: MissingCode,
    /// What to ask for.
    pub sentence: String,
    /// Municipality or law.
    pub source: String,
}

impl Missing {
    /// A missing document or step.
    pub fn new(code: MissingCode, sentence: impl Into<String>, source: &str) -> Self {
        Self { code, sentence: sentence.into(), source: source.to_owned() }
    }
}

/// One certificate as it will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedCertificate {
    /// Which.
    pub kind: CertificateKind,
    /// Last day of the one it replaces, expired ones too; `None` for the first of its kind.
    pub old_expiry: Option<NaiveDate>,
    /// Predicted last day.
    pub new_expiry: NaiveDate,
    /// What decides it.
    pub basis: ExpiryBasis,
    /// Written before the renewal period of a valid certificate.
    pub shortened: bool,
}

/// A renewal before its period: what is lost, and until when to wait (江戸川区).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShorterValidity {
    /// Which certificate.
    pub kind: CertificateKind,
    /// Last day if written today.
    pub today: NaiveDate,
    /// Last day if written in the renewal period.
    pub in_period: NaiveDate,
    /// First day of the renewal period.
    pub from: NaiveDate,
}

/// What the rules say about a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What is done.
    pub procedure: Procedure,
    /// How.
    pub route: Route,
    /// Visits in all, 0 when refused or diverted.
    pub visits: u8,
    /// What is still missing today; empty when the procedure can go on.
    pub missing: Vec<Missing>,
    /// Why it is so.
    pub reasons: Vec<Reason>,
    /// Worth knowing, but no obstacle.
    pub warnings: Vec<Reason>,
    /// The certificates that will be written.
    pub certificates: Vec<PlannedCertificate>,
    /// PINs the principal enters (or the clerk, from the sealed form).
    pub pins_needed: Vec<PinKind>,
    /// PINs that are set anew first.
    pub pins_to_reset: Vec<PinKind>,
    /// One entry for each certificate that would lose time: needs consent.
    pub shorter: Vec<ShorterValidity>,
    /// What to bring or show.
    pub bring: Vec<Reason>,
    /// Fee in yen.
    pub fee: u16,
}

impl Decision {
    /// A decision with nothing in it yet.
    pub fn new(procedure: Procedure, route: Route) -> Self {
        let visits = match route {
            Route::OneVisit => 1,
            Route::TwoVisits => 2,
            Route::Refused | Route::Diverted => 0,
        };
        Self {
            procedure,
            route,
            visits,
            missing: Vec::new(),
            reasons: Vec::new(),
            warnings: Vec::new(),
            certificates: Vec::new(),
            pins_needed: Vec::new(),
            pins_to_reset: Vec::new(),
            shorter: Vec::new(),
            bring: Vec::new(),
            fee: 0,
        }
    }

    /// Adds a reason.
    #[must_use]
    pub fn because(mut self, sentence: impl Into<String>, source: &str) -> Self {
        self.reasons.push(Reason::new(sentence, source));
        self
    }

    /// Whether the counter can go on now.
    pub fn ready(&self) -> bool {
        matches!(self.route, Route::OneVisit | Route::TwoVisits) && self.missing.is_empty()
    }
}

/// One line of 今日できること / できないこと.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TodayOption {
    /// What.
    pub procedure: Procedure,
    /// Whether it can begin today.
    pub possible: bool,
    /// Why, or what it brings.
    pub sentence: String,
    /// The page it rests on.
    pub source: String,
    /// What it would write.
    pub certificates: Vec<PlannedCertificate>,
}
