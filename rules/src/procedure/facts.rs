//! What the counter knows when somebody comes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Procedure;
use crate::identity::ShownDocument;
use crate::kinds::{
    Applicant, CardKind, CardStatus, CertificateKind, CertificateStatus, PinKind, ResidentKind,
    ResidentStatus,
};

code_enum! {
    /// The form that came with the notice.
    NoticeForm {
        /// Filled in by the principal and sealed.
        Sealed = "sealed" "封をしたもの",
        /// Opened, or never sealed.
        Unsealed = "unsealed" "封のないもの",
        /// Not brought.
        None = "none" "なし",
    }
}

code_enum! {
    /// The reply to an inquiry letter.
    ReplyForm {
        /// Not brought.
        None = "none" "なし",
        /// Sealed, filled in by the principal.
        Sealed = "sealed" "封をしたもの",
        /// Opened, blank or in another hand (松戸市, 筑北村).
        Unusable = "unusable" "使えないもの",
    }
}

code_enum! {
    /// On what a legal representative's power rests (酒田市, 福島市, 東松山市).
    RepresentationRole {
        /// 親権者.
        Parent = "parent" "親権者",
        /// 未成年後見人.
        MinorGuardian = "minor_guardian" "未成年後見人",
        /// 成年後見人.
        AdultGuardian = "adult_guardian" "成年後見人",
        /// 保佐人, with the power in the list.
        Curator = "curator" "保佐人",
        /// 補助人, with the power in the list.
        Assistant = "assistant" "補助人",
        /// 任意後見人.
        VoluntaryGuardian = "voluntary_guardian" "任意後見人",
    }
}

/// The card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFacts {
    /// What card it is.
    pub kind: CardKind,
    /// 顔認証: no PINs, no signature certificate.
    pub face_only: bool,
    /// Last day.
    pub expires: NaiveDate,
    /// State of operation.
    pub status: CardStatus,
}

/// One certificate on the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateFacts {
    /// Which.
    pub kind: CertificateKind,
    /// Day of issue.
    pub issued: NaiveDate,
    /// Last day.
    pub expires: NaiveDate,
    /// State.
    pub status: CertificateStatus,
}

/// What a legal representative shows for the power to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representation {
    /// On what it rests.
    pub role: RepresentationRole,
    /// Parent and child in one household, or 本籍 here: no paper needed (桜川市, 波佐見町).
    pub known_to_office: bool,
    /// Day of issue of the 戸籍謄本 or 登記事項証明書.
    pub proof_issued: Option<NaiveDate>,
    /// The 代理行為目録 names the procedures of the card (東松山市).
    pub powers_listed: bool,
}

/// An inquiry letter that is out or has come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InquiryFacts {
    /// Day it was posted; `None` while it is being made.
    pub posted: Option<NaiveDate>,
    /// Last day for the reply.
    pub deadline: NaiveDate,
    /// What came back.
    pub reply: ReplyForm,
    /// The address or name changed after it was posted (いちき串木野市): it is void.
    pub outdated: bool,
    /// The letter asked for a PIN reset too.
    pub asks_pin_reset: bool,
}

/// All that decides what the counter does. Start from [`CounterFacts::new`] and fill in what is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterFacts {
    /// The day of the visit.
    pub today: NaiveDate,
    /// The principal's date of birth.
    pub birth: NaiveDate,
    /// 住民種別.
    pub resident_kind: ResidentKind,
    /// What the register says.
    pub resident_status: ResidentStatus,
    /// Last day of a limited stay.
    pub stay_until: Option<NaiveDate>,
    /// 成年被後見人.
    pub adult_ward: bool,
    /// 支援措置.
    pub suppressed: bool,
    /// Lives abroad and keeps using the card (国外転出者向け継続利用).
    pub abroad: bool,
    /// The current card.
    pub card: Option<CardFacts>,
    /// The newest certificate of each kind on it.
    pub certificates: Vec<CertificateFacts>,
    /// Who stands at the window.
    pub applicant: Applicant,
    /// The principal is there too.
    pub principal_present: bool,
    /// What is asked for; `None` for whatever is due.
    pub wanted: Option<Procedure>,
    /// The form that came with the notice.
    pub notice_form: NoticeForm,
    /// The PINs that are known (or on the sealed form) and not locked.
    pub pins_known: Vec<PinKind>,
    /// PINs the card says are locked.
    pub pins_locked: Vec<PinKind>,
    /// A legal representative's power.
    pub representation: Option<Representation>,
    /// The applicant's own documents; `None` until they have been asked for.
    pub applicant_documents: Option<Vec<ShownDocument>>,
    /// The principal's documents beside the card; `None` until they have been asked for.
    pub principal_documents: Option<Vec<ShownDocument>>,
    /// A 委任状 was brought.
    pub delegation: bool,
    /// 転入届, 転居届 or 国外転出届 is handed in at the same time (神戸市).
    pub residence_change_today: bool,
    /// The case's inquiry letter, if one has been made.
    pub inquiry: Option<InquiryFacts>,
    /// The principal agreed to a shorter validity.
    pub consent_to_shorter: bool,
    /// A supervisor allowed a signature certificate, with a reason that is audited.
    pub signature_allowed: bool,
    /// The card's face isn't up to date.
    pub card_face_outdated: bool,
    /// The chip can't be read, or the card's 追記欄 is full (足利市).
    pub card_unusable: bool,
}

impl CounterFacts {
    /// A registered Japanese resident who has come in person and knows all PINs; no card known yet.
    pub fn new(today: NaiveDate, birth: NaiveDate) -> Self {
        Self {
            today,
            birth,
            resident_kind: ResidentKind::Japanese,
            resident_status: ResidentStatus::Resident,
            stay_until: None,
            adult_ward: false,
            suppressed: false,
            abroad: false,
            card: None,
            certificates: Vec::new(),
            applicant: Applicant::Principal,
            principal_present: false,
            wanted: None,
            notice_form: NoticeForm::None,
            pins_known: PinKind::ALL.to_vec(),
            pins_locked: Vec::new(),
            representation: None,
            applicant_documents: None,
            principal_documents: None,
            delegation: false,
            residence_change_today: false,
            inquiry: None,
            consent_to_shorter: false,
            signature_allowed: false,
            card_face_outdated: false,
            card_unusable: false,
        }
    }

    /// The newest certificate of a kind.
    pub fn certificate(&self, kind: CertificateKind) -> Option<&CertificateFacts> {
        self.certificates
            .iter()
            .filter(|certificate| certificate.kind == kind)
            .max_by_key(|found| found.issued)
    }
}
