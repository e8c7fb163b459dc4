//! What the rules say about everything that one visit is about: the main procedure and what is done beside it.

use super::case::{Case, Evidence, Work};
use super::{facts, reception};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use crate::store::residents::Resident;
use card::read::CardReading;
use rules::identity::{Document, ShownDocument};
use rules::kinds::{Applicant, PinKind};
use rules::procedure::{
    CounterFacts, Decision, InquiryFacts, Missing, MissingCode, Procedure, Reason, ReplyForm, Route, decide,
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The main procedure.
    pub procedure: Procedure,
    /// What is done beside it.
    pub work: &'a Work,
    /// Who came.
    pub applicant: Applicant,
    /// The papers; `None` while they haven't been looked at.
    pub evidence: Option<&'a Evidence>,
    /// The inquiry letter, where there is one.
    pub inquiry: Option<InquiryFacts>,
    /// What the card on the reader says.
    pub card_says: Option<&'a CardReading>,
}

/// The person with what the rules decide.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The person.
    pub resident: Resident,
    /// The card in use.
    pub card: Option<Card>,
    /// The certificates in the register.
    pub certificates: Vec<Certificate>,
    /// The main procedure.
    pub main: Decision,
    /// What is done beside it.
    pub beside: Vec<Decision>,
    /// The PINs that are set anew.
    reset: Vec<PinKind>,
    replied: bool,
    asked_before: bool,
}

/// Asks the rules.
///
/// # Errors
/// A refusal when there is no such resident.
pub async fn ask(office: &Office, resident_number: &str, asked: &Asked<'_>) -> Result<Decided> {
    let (resident, card, certificates) = reception::person(office, resident_number).await?;
    let rulebook = office.rulebook();
    let mut facts = facts::counter_facts(
        office.clock().today(),
        &resident,
        card.as_ref(),
        &certificates,
        asked.card_says.map(|reading| &reading.pins),
    );
    facts.applicant = asked.applicant;
    facts.principal_present = asked.applicant == Applicant::Principal;
    facts.inquiry = asked.inquiry;
    facts.pins_known.retain(|kind| !asked.work.reset.contains(kind));
    if let Some(evidence) = asked.evidence {
        take_evidence(&mut facts, evidence);
    }
    let judge = |wanted: Option<Procedure>| {
        let facts = CounterFacts { wanted, ..facts.clone() };
        decide(&facts, &rulebook.settings, &rulebook.calendar)
    };
    let main = main(asked.procedure, judge);
    let beside = beside(asked).into_iter().map(|procedure| judge(Some(procedure))).collect();
    Ok(Decided {
        resident,
        card,
        certificates,
        main,
        beside,
        reset: asked.work.reset.clone(),
        asked_before: asked.inquiry.is_some(),
        replied: asked.inquiry.is_some_and(|letter| letter.reply == ReplyForm::Sealed),
    })
}

/// The same for a case, as it stands.
///
/// # Errors
/// When the database refuses.
pub async fn of_case(office: &Office, case: &Case, card_says: Option<&CardReading>) -> Result<Decided> {
    let evidence = &case.facts.evidence;
    ask_for_case(office, case, evidence, card_says).await
}

/// The same for a case, with papers that aren't written down yet.
///
/// # Errors
/// When the database refuses.
pub async fn ask_for_case(
    office: &Office,
    case: &Case,
    evidence: &Evidence,
    card_says: Option<&CardReading>,
) -> Result<Decided> {
    let today = office.clock().today();
    let asked = Asked {
        procedure: case.procedure,
        work: &case.facts.work,
        applicant: case.applicant,
        evidence: Some(evidence),
        inquiry: case.facts.inquiry.as_ref().map(|letter| letter.facts(today)),
        card_says,
    };
    ask(office, &case.row.resident_number, &asked).await
}

fn take_evidence(facts: &mut CounterFacts, evidence: &Evidence) {
    // The card itself isn't a document beside the card.
    let beside_card = |shown: &&ShownDocument| {
        !matches!(shown.document, Document::IndividualNumberCard | Document::SpecifiedResidenceCard)
    };
    facts.principal_documents = Some(evidence.principal.iter().filter(beside_card).copied().collect());
    if facts.applicant != Applicant::Principal {
        facts.applicant_documents = Some(evidence.applicant.clone());
    }
    facts.representation = evidence.representation;
    facts.principal_present = facts.principal_present || evidence.principal_present;
    facts.delegation = evidence.delegation;
    facts.residence_change_today = evidence.residence_change;
    facts.notice_form = evidence.notice_form;
    facts.card_face_outdated = evidence.card_face_outdated;
    facts.signature_allowed = evidence.signature_allowed.is_some();
}

/// Renewal and issuance follow from the dates, whichever button was pressed; but who wants a renewal although nothing
/// is due may have it for a year less, and a first certificate beside a valid one is an issuance.
fn main(wanted: Procedure, judge: impl Fn(Option<Procedure>) -> Decision) -> Decision {
    if !matches!(wanted, Procedure::Renewal | Procedure::Issuance) {
        return judge(Some(wanted));
    }
    let due = judge(None);
    let goes = |decision: &Decision| matches!(decision.route, Route::OneVisit | Route::TwoVisits);
    if goes(&due) && due.procedure == wanted && due.shorter.is_empty() {
        return due;
    }
    let asked = judge(Some(wanted));
    let early = due.procedure == Procedure::Renewal && !due.shorter.is_empty();
    // A first signature certificate is written only when it is asked for, also while the other one is due.
    let due_kinds: Vec<_> = due.certificates.iter().map(|planned| planned.kind).collect();
    let first = asked.certificates.iter().any(|planned| !due_kinds.contains(&planned.kind));
    let rightly = due.procedure == Procedure::Nothing || first || due.procedure == wanted;
    // Nobody who asks for an issuance is led into an early renewal that costs a year.
    if early || (goes(&asked) && rightly) { asked } else { due }
}

/// What is done beside the main procedure, as procedures of their own.
fn beside(asked: &Asked<'_>) -> Vec<Procedure> {
    let work = asked.work;
    let joined = [
        (Procedure::PinReset, !work.reset.is_empty()),
        (Procedure::PinChange, !work.change.is_empty()),
        (Procedure::Revocation, !work.revoke.is_empty()),
        (Procedure::CardFaceEntry, work.card_face),
    ];
    let joins = |(procedure, wanted): &(Procedure, bool)| *wanted && *procedure != asked.procedure;
    joined.into_iter().filter(joins).map(|(procedure, _)| procedure).collect()
}

impl Decided {
    fn all(&self) -> impl Iterator<Item = &Decision> {
        std::iter::once(&self.main).chain(&self.beside)
    }

    /// The longest way that any part of the visit has to go.
    pub fn route(&self) -> Route {
        let routes: Vec<Route> = self.all().map(|decision| decision.route).collect();
        for route in [Route::Refused, Route::Diverted, Route::TwoVisits] {
            if routes.contains(&route) {
                return route;
            }
        }
        Route::OneVisit
    }

    /// Why it is so; what holds for several parts is said once.
    pub fn reasons(&self) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = Vec::new();
        for reason in self.all().flat_map(|decision| &decision.reasons) {
            if !reasons.contains(reason) {
                reasons.push(reason.clone());
            }
        }
        reasons
    }

    /// Why it is refused or takes two visits.
    pub fn why(&self, route: Route) -> String {
        let parts = self.all().filter(|decision| decision.route == route);
        let mut sentences: Vec<&str> = Vec::new();
        for reason in parts.filter_map(|decision| decision.reasons.first()) {
            if !sentences.contains(&reason.sentence.as_str()) {
                sentences.push(&reason.sentence);
            }
        }
        sentences.concat()
    }

    /// Why a letter goes to the principal: what came back and can't be used, or why there must be one at all.
    pub fn why_letter(&self) -> String {
        let about_letter =
            |lack: &&&Missing| matches!(lack.code, MissingCode::InquiryLetter | MissingCode::SealedEnvelope);
        if self.asked_before {
            let missing = self.missing();
            return missing.iter().filter(about_letter).map(|lack| lack.sentence.as_str()).collect();
        }
        self.why(Route::TwoVisits)
    }

    /// What is worth knowing, each once.
    pub fn warnings(&self) -> Vec<Reason> {
        let mut warnings: Vec<Reason> = Vec::new();
        for warning in self.all().flat_map(|decision| &decision.warnings) {
            if !warnings.contains(warning) {
                warnings.push(warning.clone());
            }
        }
        warnings
    }

    /// What to bring, while the papers haven't been looked at.
    pub fn bring(&self) -> Vec<Reason> {
        let mut bring: Vec<Reason> = Vec::new();
        for paper in self.all().flat_map(|decision| &decision.bring) {
            if !bring.contains(paper) {
                bring.push(paper.clone());
            }
        }
        bring
    }

    /// What is missing, each once. A PIN that is set anew on this visit isn't missing any more.
    pub fn missing(&self) -> Vec<&Missing> {
        let mut missing: Vec<&Missing> = Vec::new();
        let reset_is_planned = self.main.pins_to_reset.iter().all(|kind| self.reset.contains(kind));
        for lack in self.all().flat_map(|decision| &decision.missing) {
            let planned = lack.code == MissingCode::PinReset && reset_is_planned;
            if !planned && !missing.contains(&lack) {
                missing.push(lack);
            }
        }
        missing
    }

    /// What is missing from the papers: everything but the letter, the consent and the day.
    pub fn missing_papers(&self) -> Vec<&Missing> {
        let later = |lack: &&Missing| {
            !matches!(
                lack.code,
                MissingCode::InquiryLetter
                    | MissingCode::Consent
                    | MissingCode::PinReset
                    | MissingCode::CardWorkDay
            )
        };
        self.missing().into_iter().filter(later).collect()
    }

    /// A supervisor may decide what the rules refuse.
    pub fn asks_supervisor(&self) -> bool {
        self.main.missing.iter().any(|lack| lack.code == MissingCode::SupervisorApproval)
    }

    /// An inquiry letter must go to the principal first.
    pub fn needs_letter(&self) -> bool {
        self.route() == Route::TwoVisits
            && self.missing().iter().any(|lack| lack.code == MissingCode::InquiryLetter)
    }

    /// The card can be worked on in this visit: all in one, or the second with its reply.
    pub fn goes_today(&self) -> bool {
        match self.route() {
            Route::OneVisit => true,
            Route::TwoVisits => self.replied && !self.needs_letter(),
            Route::Refused | Route::Diverted => false,
        }
    }

    /// Refuses when the rules no longer allow what the case was opened for.
    ///
    /// # Errors
    /// A refusal with the rules' reason.
    pub fn still_possible(&self) -> Result<()> {
        if self.goes_today() {
            return Ok(());
        }
        let sentence = format!("受け付けたときから、できることが変わりました。{}", self.why(self.route()));
        Err(Refusal::conflict(sentence, "この受付を取りやめ、住民の画面から受け付け直してください。").into())
    }
}
