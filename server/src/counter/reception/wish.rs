//! What was asked for at reception, read from the form.

use crate::counter::case::{ThirdParty, Work};
use crate::counter::words;
use app::components::FieldError;
use rules::kinds::{Applicant, CertificateKind, PinKind};
use rules::procedure::Procedure;
use rules::wareki;
use serde::Deserialize;

/// What the clerk asked for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// 宛名番号.
    pub resident_number: String,
    /// The main procedure; what is done beside it stands in `work`.
    pub procedure: Procedure,
    /// What is done beside it.
    pub work: Work,
    /// Who came.
    pub applicant: Applicant,
    /// Who that is, when it isn't the principal.
    pub third_party: Option<ThirdParty>,
    /// Nobody came: the telephone rang.
    pub by_telephone: bool,
    /// The form's key.
    pub once: String,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WishForm {
    /// Codes of procedures.
    pub procedure: Vec<String>,
    /// Codes of PINs that are set anew.
    pub reset: Vec<String>,
    /// Codes of PINs that are changed.
    pub change: Vec<String>,
    /// Codes of certificates that are revoked.
    pub revoke: Vec<String>,
    /// Code of who came; the principal when empty.
    pub applicant: String,
    /// `telephone`, or anything else for a visit.
    pub contact: String,
    /// Name of who came.
    pub third_name: String,
    /// Address of who came.
    pub third_address: String,
    /// Birthday of who came.
    pub third_birth: String,
    /// 続柄.
    pub third_relation: String,
    /// The form's key.
    pub once: String,
}

/// Of several procedures the first of these gives the case its name; the others join it.
const ORDER: [Procedure; 9] = [
    Procedure::LiftSuspension,
    Procedure::Renewal,
    Procedure::Issuance,
    Procedure::CardRenewal,
    Procedure::Revocation,
    Procedure::PinReset,
    Procedure::PinChange,
    Procedure::CardFaceEntry,
    Procedure::ValidityCheck,
];

impl WishForm {
    /// The wish, or what is wrong with the form.
    ///
    /// # Errors
    /// A sentence for each field that can't be used.
    pub fn read(&self, resident_number: &str) -> Result<Wish, Vec<FieldError>> {
        let mut errors = Vec::new();
        let asked: Vec<Procedure> =
            self.procedure.iter().filter_map(|code| Procedure::from_code(code)).collect();
        let Some(main) = ORDER.into_iter().find(|procedure| asked.contains(procedure)) else {
            return Err(vec![words::wrong("procedure", "手続きを選んでください。")]);
        };
        let work = self.work(&asked, &mut errors);
        let applicant = Applicant::from_code(&self.applicant);
        if applicant.is_none() && !self.applicant.is_empty() {
            errors.push(words::wrong("applicant", "来た人を選んでください。"));
        }
        let applicant = applicant.unwrap_or(Applicant::Principal);
        let third_party =
            (applicant != Applicant::Principal).then(|| self.third_party(applicant, &mut errors));
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Wish {
            resident_number: resident_number.to_owned(),
            procedure: main,
            work,
            applicant,
            third_party,
            by_telephone: self.contact == "telephone",
            once: self.once.clone(),
        })
    }

    fn work(&self, asked: &[Procedure], errors: &mut Vec<FieldError>) -> Work {
        let pins = |codes: &[String]| codes.iter().filter_map(|code| PinKind::from_code(code)).collect();
        let mut work = Work { card_face: asked.contains(&Procedure::CardFaceEntry), ..Work::default() };
        if asked.contains(&Procedure::PinReset) {
            work.reset = pins(&self.reset);
            if work.reset.is_empty() {
                errors.push(words::wrong("reset", "再設定する暗証番号を選んでください。"));
            }
        }
        if asked.contains(&Procedure::PinChange) {
            work.change = pins(&self.change);
            if work.change.is_empty() {
                errors.push(words::wrong("change", "変更する暗証番号を選んでください。"));
            }
            if work.change.iter().any(|kind| work.reset.contains(kind)) {
                errors.push(words::wrong(
                    "change",
                    "同じ暗証番号に再設定と変更の両方が選ばれています。どちらかにしてください。",
                ));
            }
        }
        if asked.contains(&Procedure::Revocation) {
            work.revoke = self.revoke.iter().filter_map(|code| CertificateKind::from_code(code)).collect();
            if work.revoke.is_empty() {
                errors.push(words::wrong("revoke", "失効させる電子証明書を選んでください。"));
            }
            let writes = [Procedure::Renewal, Procedure::Issuance, Procedure::LiftSuspension];
            if writes.iter().any(|procedure| asked.contains(procedure)) {
                errors.push(words::wrong(
                    "procedure",
                    "失効は、更新・発行とは別の受付にしてください。更新や発行をすると、古い電子証明書は失効します。",
                ));
            }
        }
        work
    }

    fn third_party(&self, applicant: Applicant, errors: &mut Vec<FieldError>) -> ThirdParty {
        let mut line = |field: &str, text: &str| {
            words::line(text).unwrap_or_else(|sentence| {
                errors.push(words::wrong(field, sentence));
                String::new()
            })
        };
        let name = line("third_name", &self.third_name);
        let address = line("third_address", &self.third_address);
        let relation = line("third_relation", &self.third_relation);
        if name.is_empty() && self.third_name.trim().is_empty() {
            errors.push(words::wrong(
                "third_name",
                format!("来た人({})の氏名を入力してください。", applicant.label()),
            ));
        }
        let birth = match self.third_birth.trim() {
            "" => None,
            text => wareki::parse(text)
                .map_err(|error| errors.push(words::wrong("third_birth", error.sentence())))
                .ok(),
        };
        ThirdParty { name, address, birth, relation }
    }
}
