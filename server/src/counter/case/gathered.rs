//! What a case has gathered so far, step by step. Never a PIN.

use super::inquiry::Inquiry;
use card::update::UpdatePlan;
use chrono::NaiveDate;
use rules::identity::ShownDocument;
use rules::kinds::{Applicant, CertificateKind, PinKind, Sex};
use rules::procedure::{NoticeForm, PlannedCertificate, Reason, Representation, ShorterValidity};
use serde::{Deserialize, Serialize};

/// All that is known of a case beside its row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// What the rules said when the case was opened.
    pub reasons: Vec<Reason>,
    /// What is done beside the main procedure.
    pub work: Work,
    /// Who came, when it isn't the principal.
    pub third_party: Option<ThirdParty>,
    /// The papers that were looked at on the last visit.
    pub evidence: Evidence,
    /// The visits so far, the running one last.
    pub visits: Vec<Visit>,
    /// The inquiry letter and its reply.
    pub inquiry: Option<Inquiry>,
    /// The application as it was read back.
    pub application: Option<Application>,
    /// Why the update stopped, while it is interrupted.
    pub interruption: Option<Interruption>,
    /// The certificates that are proven to be on the card.
    pub written: Vec<Written>,
    /// The PINs that were set anew or changed; the card took each of them.
    pub set_pins: Vec<PinKind>,
    /// The certificates that were revoked on request.
    pub revoked: Vec<CertificateKind>,
    /// What somebody must look at although the card is in order.
    pub alarms: Vec<String>,
}

/// What is done beside the main procedure, or, where that is about PINs or revocation, what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    /// PINs that are set anew: forgotten, locked, or wrong on the form.
    pub reset: Vec<PinKind>,
    /// PINs that are known and changed.
    pub change: Vec<PinKind>,
    /// Certificates whose revocation is asked for.
    pub revoke: Vec<CertificateKind>,
    /// The last day is written on the card's face at the end.
    pub card_face: bool,
}

impl Facts {
    /// The PINs that are still to be changed: changes need no issuer, and come after what one writes.
    pub fn changes_left(&self) -> Vec<PinKind> {
        self.work.change.iter().copied().filter(|kind| !self.set_pins.contains(kind)).collect()
    }

    /// Something of this visit is on the card already.
    pub fn has_done_something(&self) -> bool {
        !self.written.is_empty() || !self.set_pins.is_empty() || !self.revoked.is_empty()
    }
}

/// Someone who comes for the principal. The person the case is about is another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThirdParty {
    /// As on the document that was shown.
    pub name: String,
    /// As on the document that was shown.
    pub address: String,
    /// Birthday.
    pub birth: Option<NaiveDate>,
    /// To the principal: 子, 施設職員 …
    pub relation: String,
}

/// The papers on the counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// The principal's documents, the card included.
    pub principal: Vec<ShownDocument>,
    /// The documents of who came for the principal.
    pub applicant: Vec<ShownDocument>,
    /// A legal representative's power.
    pub representation: Option<Representation>,
    /// The principal is there too.
    pub principal_present: bool,
    /// 委任状.
    pub delegation: bool,
    /// 転入届, 転居届 or 国外転出届 is handed in at the same time.
    pub residence_change: bool,
    /// The form that came with the notice.
    pub notice_form: NoticeForm,
    /// The card's face isn't up to date.
    pub card_face_outdated: bool,
    /// A supervisor allowed a signature certificate the rules would not (松山市, 伊丹市), and why.
    pub signature_allowed: Option<String>,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            principal: Vec::new(),
            applicant: Vec::new(),
            representation: None,
            principal_present: false,
            delegation: false,
            residence_change: false,
            notice_form: NoticeForm::None,
            card_face_outdated: false,
            signature_allowed: None,
        }
    }
}

/// Somebody came, or called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The day.
    pub day: NaiveDate,
    /// Who.
    pub applicant: Applicant,
    /// By telephone.
    pub by_telephone: bool,
}

/// The application as it was read back to the applicant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// The day.
    pub date: NaiveDate,
    /// As registered.
    pub name: String,
    /// As registered, building included.
    pub address: String,
    /// Birthday.
    pub birth: NaiveDate,
    /// As registered.
    pub sex: Sex,
    /// What will be written, predicted before anything is.
    pub certificates: Vec<PlannedCertificate>,
    /// What is lost by coming early.
    pub shorter: Vec<ShorterValidity>,
    /// The applicant agreed to the loss.
    pub consented: bool,
    /// The PINs that are asked for.
    pub pins: Vec<PinKind>,
    /// What the card must be and become.
    pub plan: UpdatePlan,
}

/// Why an update stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interruption {
    /// M-1205.
    pub code: String,
    /// What happened.
    pub happened: String,
    /// What it means for the card.
    pub meaning: String,
    /// What to do.
    pub what_now: String,
    /// The certificates whose old key may be gone.
    pub touched: Vec<CertificateKind>,
}

/// A certificate that was read back from the card and proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Which.
    pub kind: CertificateKind,
    /// Its serial number.
    pub serial: String,
    /// First day.
    pub issued: NaiveDate,
    /// Last day, as the card says.
    pub expires: NaiveDate,
    /// Last day, as predicted.
    pub predicted: NaiveDate,
}
