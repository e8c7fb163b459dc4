//! From what was typed to a question, with a sentence for each field that can't be read.

use app::components::FieldError;
use app::pages::calc::Typed;
use rules::calc::{
    BarcodeAsked, CardValidityAsked, OpenDayAsked, PinAsked, PinsKnown, ProcedureAsked, Question,
    RenewalPeriodAsked, ValidityAsked, WarekiAsked,
};
use rules::identity::{Document, ShownDocument};
use rules::kinds::{Applicant, CertificateKind, PinKind};
use rules::procedure::{InquiryFacts, NoticeForm, Procedure, ReplyForm, Representation, RepresentationRole};
use rules::{NaiveDate, RuleError, wareki};

fn wrong(field: &str, sentence: String) -> FieldError {
    FieldError { field: field.to_owned(), code: "M-9001".to_owned(), sentence }
}

/// What the rules refused, at the field where it can be put right.
pub fn refused(ask: &str, error: &RuleError) -> FieldError {
    let field = match (error, ask) {
        (RuleError::PostalCode { .. } | RuleError::RepresentativePostalCode { .. }, _) => "postal_code",
        (RuleError::UnknownCode { .. }, _) => "status",
        (RuleError::Lacking { .. }, "procedure") => {
            return wrong("card_expiry", "カードの有効期限を入れてください。".to_owned());
        }
        (RuleError::BirthAfterIssue { .. }, _) => "birth",
        (_, "renewal_period") => "expiry",
        (_, "open_day") => "date",
        (_, "wareki") => "text",
        (_, "procedure") => "current_expiry",
        _ => "issued",
    };
    wrong(field, error.sentence())
}

struct Form<'a> {
    typed: &'a Typed,
    errors: Vec<FieldError>,
}

impl Form<'_> {
    fn text(&self, field: &str) -> &str {
        self.typed.get(field).and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    fn ticked(&self, field: &str, value: &str) -> bool {
        self.typed.get(field).is_some_and(|values| values.iter().any(|ticked| ticked == value))
    }

    fn wrong(&mut self, field: &str, sentence: &str) {
        self.errors.push(wrong(field, sentence.to_owned()));
    }

    /// A date that must be there.
    fn day(&mut self, field: &str) -> Option<NaiveDate> {
        if self.text(field).is_empty() {
            self.wrong(field, "日付を入れてください。");
            return None;
        }
        self.maybe_day(field)
    }

    /// A date that may be left out.
    fn maybe_day(&mut self, field: &str) -> Option<NaiveDate> {
        if self.text(field).is_empty() {
            return None;
        }
        wareki::parse(self.text(field)).map_err(|error| self.wrong(field, &error.sentence())).ok()
    }

    /// A choice that may be left out; what isn't one of the list is told.
    fn choice<T>(&mut self, field: &str, from_code: impl Fn(&str) -> Option<T>) -> Option<T> {
        let code = self.text(field);
        if code.is_empty() {
            return None;
        }
        let found = from_code(code);
        if found.is_none() {
            self.wrong(field, "示された中から選んでください。");
        }
        found
    }

    fn kind(&mut self) -> Option<CertificateKind> {
        if self.text("kind").is_empty() {
            self.wrong("kind", "証明書を選んでください。");
        }
        self.choice("kind", CertificateKind::from_code)
    }

    fn must_text(&mut self, field: &str, sentence: &str) -> Option<String> {
        let text = self.text(field).to_owned();
        if text.is_empty() {
            self.wrong(field, sentence);
        }
        (!text.is_empty()).then_some(text)
    }

    fn pins(&self, field: &str) -> Vec<PinKind> {
        PinKind::ALL.iter().copied().filter(|kind| self.ticked(field, kind.code())).collect()
    }

    fn documents(&self, whose: &str) -> Option<Vec<ShownDocument>> {
        let shown = |document: &Document| self.ticked(&format!("{whose}_documents"), document.code());
        let paper = |document| ShownDocument { document, issued: None, expires: None, agrees: true };
        let asked = !self.text(&format!("{whose}_asked")).is_empty();
        asked.then(|| Document::ALL.iter().copied().filter(shown).map(paper).collect())
    }

    fn representation(&mut self) -> Option<Representation> {
        let proof_issued = self.maybe_day("representation_proof_issued");
        let role = self.choice("representation_role", RepresentationRole::from_code)?;
        Some(Representation {
            role,
            known_to_office: self.ticked("representation", "known_to_office"),
            proof_issued,
            powers_listed: self.ticked("representation", "powers_listed"),
        })
    }

    fn inquiry(&mut self) -> Option<InquiryFacts> {
        let (posted, deadline) = (self.maybe_day("inquiry_posted"), self.maybe_day("inquiry_deadline"));
        let reply = self.choice("inquiry_reply", ReplyForm::from_code).unwrap_or(ReplyForm::None);
        if posted.is_some() && self.text("inquiry_deadline").is_empty() {
            self.wrong("inquiry_deadline", "回答の期限を入れてください。");
        }
        Some(InquiryFacts {
            posted,
            deadline: deadline?,
            reply,
            outdated: self.ticked("inquiry", "outdated"),
            asks_pin_reset: self.ticked("inquiry", "asks_pin_reset"),
        })
    }

    fn procedure(&mut self) -> Option<ProcedureAsked> {
        let (today, birth) = (self.day("today"), self.day("birth"));
        let flag = |form: &Self, name: &str| form.ticked("flags", name);
        let status = Some(self.text("status").to_owned()).filter(|status| !status.is_empty());
        let kind = self.choice("kind", CertificateKind::from_code);
        let days = ["issued", "card_expiry", "current_expiry", "authentication_expiry", "stay_until"];
        let [issued, card_expiry, current_expiry, authentication_expiry, stay_until] =
            days.map(|field| self.maybe_day(field));
        let applicant = self.choice("applicant", Applicant::from_code);
        let wanted = self.choice("wanted", Procedure::from_code);
        let notice_form = self.choice("notice_form", NoticeForm::from_code);
        let (representation, inquiry) = (self.representation(), self.inquiry());
        Some(ProcedureAsked {
            today: today?,
            birth: birth?,
            kind,
            issued,
            card_expiry,
            current_expiry,
            authentication_expiry,
            stay_until,
            received: None,
            abroad: self.text("abroad") == "yes",
            applicant,
            notice_form,
            pins_known: PinsKnown::These(self.pins("pins_known")),
            pins_locked: self.pins("pins_locked"),
            face_only: flag(self, "face_only"),
            ward: flag(self, "ward"),
            status,
            wanted,
            resident_kind: None,
            suppressed: flag(self, "suppressed"),
            principal_present: flag(self, "principal_present"),
            delegation: flag(self, "delegation"),
            residence_change_today: flag(self, "residence_change_today"),
            consent_to_shorter: flag(self, "consent_to_shorter"),
            signature_allowed: flag(self, "signature_allowed"),
            card_face_outdated: flag(self, "card_face_outdated"),
            card_unusable: flag(self, "card_unusable"),
            representation,
            applicant_documents: self.documents("applicant"),
            principal_documents: self.documents("principal"),
            inquiry,
        })
    }

    fn validity(&mut self) -> Option<ValidityAsked> {
        let kind = self.kind();
        let (birth, issued, card) = (self.day("birth"), self.day("issued"), self.day("card_expiry"));
        let current_expiry = self.maybe_day("current_expiry");
        let authentication_expiry = self.maybe_day("authentication_expiry");
        Some(ValidityAsked {
            kind: kind?,
            birth: birth?,
            issued: issued?,
            card_expiry: card?,
            current_expiry,
            authentication_expiry,
            abroad: self.text("abroad") == "yes",
        })
    }

    fn card_validity(&mut self) -> Option<CardValidityAsked> {
        let (birth, received, issued) = (self.day("birth"), self.day("received"), self.day("issued"));
        let stay_until = self.maybe_day("stay_until");
        Some(CardValidityAsked { birth: birth?, received: received?, issued: issued?, stay_until })
    }

    fn pin(&mut self) -> Option<PinAsked> {
        let kind = self.choice("kind", PinKind::from_code);
        if kind.is_none() && self.errors.is_empty() {
            self.wrong("kind", "暗証番号の種類を選んでください。");
        }
        let value = self.must_text("value", "確かめたい文字を入れてください。");
        Some(PinAsked { kind: kind?, value: value? })
    }

    fn customer_barcode(&mut self) -> Option<BarcodeAsked> {
        let postal_code = self.must_text("postal_code", "郵便番号を入れてください。");
        let address = self.must_text("address", "住所を入れてください。");
        Some(BarcodeAsked { postal_code: postal_code?, address: address? })
    }

    fn question(&mut self, ask: &str) -> Option<Question> {
        Some(match ask {
            "validity" => Question::Validity(self.validity()?),
            "card_validity" => Question::CardValidity(self.card_validity()?),
            "procedure" => Question::Procedure(Box::new(self.procedure()?)),
            "open_day" => Question::OpenDay(OpenDayAsked { date: self.day("date")? }),
            "wareki" => {
                // Read here already, so that an empty field is told as one.
                self.day("text")?;
                Question::Wareki(WarekiAsked { date: None, text: Some(self.text("text").to_owned()) })
            }
            "pin" => Question::Pin(self.pin()?),
            "customer_barcode" => Question::CustomerBarcode(self.customer_barcode()?),
            _ => {
                let abroad = self.text("abroad") == "yes";
                Question::RenewalPeriod(RenewalPeriodAsked { expiry: self.day("expiry")?, abroad })
            }
        })
    }
}

/// The question that was typed.
///
/// # Errors
/// A sentence for each field that can't be read.
pub fn question(ask: &str, typed: &Typed) -> Result<Question, Vec<FieldError>> {
    let mut form = Form { typed, errors: Vec::new() };
    match form.question(ask) {
        Some(question) if form.errors.is_empty() => Ok(question),
        _ => Err(form.errors),
    }
}
