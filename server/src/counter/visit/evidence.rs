//! The papers on the counter, read from the form of the identity step.

use crate::counter::case::{Case, Evidence};
use crate::counter::words;
use app::components::FieldError;
use chrono::NaiveDate;
use rules::identity::{Document, ShownDocument};
use rules::kinds::Applicant;
use rules::procedure::{Missing, MissingCode, NoticeForm, Representation, RepresentationRole};
use rules::wareki;
use serde::Deserialize;

/// What was ticked and typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct IdentityForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// The principal's, with a photo.
    pub documents: Vec<String>,
    /// The principal's, without.
    pub documents_b: Vec<String>,
    /// Of who came for the principal, with a photo.
    pub applicant_documents: Vec<String>,
    /// Of who came for the principal, without.
    pub applicant_documents_b: Vec<String>,
    /// Day of issue of a 運転経歴証明書.
    pub record_issued: String,
    /// Code of a legal representative's role.
    pub role: String,
    /// `yes`: the office knows the relation itself.
    pub known_to_office: String,
    /// Day of issue of the proof.
    pub proof_issued: String,
    /// `yes`: the list of powers names the card.
    pub powers_listed: String,
    /// `yes`: the principal came too.
    pub principal_present: String,
    /// `yes`: 委任状.
    pub delegation: String,
    /// `yes`: a residence change at the same time.
    pub residence_change: String,
    /// Code of the notice's form.
    pub notice_form: String,
    /// `yes`: the card's face isn't up to date.
    pub card_face_outdated: String,
    /// A supervisor's reason to issue a signature certificate the rules would not.
    pub signature_reason: String,
    /// `yes`, on a second visit: who came is who the reply names.
    pub named_in_reply: String,
}

impl IdentityForm {
    /// The codes of all documents that were ticked, to tick them again.
    pub fn ticked(&self) -> Vec<String> {
        [&self.documents, &self.documents_b].into_iter().flatten().cloned().collect()
    }

    /// The same for who came for the principal.
    pub fn ticked_of_applicant(&self) -> Vec<String> {
        [&self.applicant_documents, &self.applicant_documents_b].into_iter().flatten().cloned().collect()
    }

    /// Everything that was typed or ticked, by field, to show it again.
    pub fn entered(&self) -> Vec<(String, String)> {
        let single = [
            ("record_issued", &self.record_issued),
            ("role", &self.role),
            ("known_to_office", &self.known_to_office),
            ("proof_issued", &self.proof_issued),
            ("powers_listed", &self.powers_listed),
            ("principal_present", &self.principal_present),
            ("delegation", &self.delegation),
            ("residence_change", &self.residence_change),
            ("notice_form", &self.notice_form),
            ("card_face_outdated", &self.card_face_outdated),
            ("signature_reason", &self.signature_reason),
            ("named_in_reply", &self.named_in_reply),
        ];
        let several = [
            ("documents", &self.documents),
            ("documents_b", &self.documents_b),
            ("applicant_documents", &self.applicant_documents),
            ("applicant_documents_b", &self.applicant_documents_b),
        ];
        let pair = |name: &str, value: &String| (name.to_owned(), value.clone());
        let mut entered: Vec<_> = single.into_iter().map(|(name, value)| pair(name, value)).collect();
        for (name, values) in several {
            entered.extend(values.iter().map(|value| pair(name, value)));
        }
        entered
    }

    /// The papers, or what is wrong with the form.
    ///
    /// # Errors
    /// A sentence for each field that can't be used.
    pub fn read(&self, case: &Case) -> Result<Evidence, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut date = |field: &str, text: &str| read_date(field, text, &mut errors);
        let record_issued = date("record_issued", &self.record_issued);
        let proof_issued = date("proof_issued", &self.proof_issued);
        let shown = |codes: Vec<String>| documents(&codes, record_issued);
        let representation = (case.applicant == Applicant::LegalRepresentative)
            .then(|| RepresentationRole::from_code(&self.role))
            .flatten()
            .map(|role| Representation {
                role,
                known_to_office: self.known_to_office == "yes",
                proof_issued,
                powers_listed: self.powers_listed == "yes",
            });
        let signature_allowed = Some(words::text(&self.signature_reason)).filter(|reason| !reason.is_empty());
        if case.applicant == Applicant::LegalRepresentative && representation.is_none() {
            errors.push(words::wrong("role", "法定代理人の立場を選んでください。"));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Evidence {
            principal: shown(self.ticked()),
            applicant: shown(self.ticked_of_applicant()),
            representation,
            principal_present: self.principal_present == "yes",
            delegation: self.delegation == "yes",
            residence_change: self.residence_change == "yes",
            notice_form: NoticeForm::from_code(&self.notice_form).unwrap_or(NoticeForm::None),
            card_face_outdated: self.card_face_outdated == "yes",
            signature_allowed,
        })
    }
}

fn read_date(field: &str, text: &str, errors: &mut Vec<FieldError>) -> Option<NaiveDate> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    wareki::parse(text).map_err(|error| errors.push(words::wrong(field, error.sentence()))).ok()
}

/// What is ticked is in date and agrees with the register: the page says so above the list (志布志市).
fn documents(codes: &[String], record_issued: Option<NaiveDate>) -> Vec<ShownDocument> {
    let shown = |document: Document| ShownDocument {
        document,
        issued: record_issued.filter(|_| document == Document::DrivingRecord),
        expires: None,
        agrees: true,
    };
    codes.iter().filter_map(|code| Document::from_code(code)).map(shown).collect()
}

/// What is missing, at the field where it is entered.
pub(super) fn lacking(missing: &[&Missing]) -> Vec<FieldError> {
    let field = |code| match code {
        MissingCode::ApplicantIdentity => "applicant_documents",
        MissingCode::RepresentationProof => "proof_issued",
        MissingCode::ListOfPowers => "powers_listed",
        MissingCode::Principal => "principal_present",
        MissingCode::Delegation => "delegation",
        MissingCode::SealedEnvelope => "notice_form",
        MissingCode::ResidenceChange => "residence_change",
        MissingCode::SupervisorApproval => "signature_reason",
        _ => "documents",
    };
    missing.iter().map(|lack| words::wrong(field(lack.code), lack.sentence.clone())).collect()
}
