//! Who gets a renewal notice (有効期限通知書), and why the others don't.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::kinds::{CardStatus, CertificateStatus, ResidentStatus};
use crate::period;
use crate::procedure::{CardFacts, CertificateFacts};
use crate::settings::{NoticesElsewhere, NoticesTo, OfficeSettings};

/// What is known about a person with a certificate that expires in the month of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFacts {
    /// The day of the run.
    pub today: NaiveDate,
    /// Any day of the month in question.
    pub month: NaiveDate,
    /// Any day of the last month in question, where it is about several.
    #[serde(default)]
    pub last_month: Option<NaiveDate>,
    /// What the register says.
    pub status: ResidentStatus,
    /// 支援措置.
    pub suppressed: bool,
    /// 居所登録: J-LIS' letter doesn't arrive (豊川市, うるま市).
    pub registered_elsewhere: bool,
    /// Last day of a limited stay: J-LIS sends none (練馬区, 呉市).
    pub stay_until: Option<NaiveDate>,
    /// The current card.
    pub card: Option<CardFacts>,
    /// The card's current certificates.
    pub certificates: Vec<CertificateFacts>,
    /// A live notice for this month is already there.
    pub already_noticed: bool,
    /// A certificate that ended in these months has been replaced by one that is valid.
    #[serde(default)]
    pub renewed: bool,
}

code_enum! {
    /// Why somebody gets no notice.
    NotNoticedReason {
        /// 死亡: no mail to the dead.
        Dead = "dead" "亡くなられています。",
        /// 転出・消除.
        MovedOut = "moved_out" "転出などにより、当庁に住民登録がありません。",
        /// 国外転出.
        MovedAbroad = "moved_abroad" "国外に転出しています。",
        /// 支援措置: only a supervisor releases a letter.
        Suppressed = "suppressed" "支援措置の対象のため、自動では送りません。",
        /// 居所登録: the registered address isn't where the person lives. Only where the office leaves them out.
        RegisteredElsewhere = "registered_elsewhere" "居所を登録している方のため、住所地には送りません。",
        /// The card ends in the same window.
        CardRenewal = "card_renewal" "カードも同じ時期に満了するため、カードの更新のご案内になります。",
        /// The certificate has been replaced already.
        Renewed = "renewed" "更新が済み、新しい電子証明書になっています。",
        /// Revoked, suspended, expired, none.
        NoValidCertificate = "no_valid_certificate" "この月に満了する有効な電子証明書がありません。",
        /// A letter is there.
        AlreadyNoticed = "already_noticed" "この月の通知書はすでに作成しています。",
        /// The office notices only those whom J-LIS leaves out.
        JlisSends = "jlis_sends" "J-LISから通知が届く方です。",
    }
}

/// Why somebody gets no notice, as the list shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NotNoticed {
    /// Stable code.
    pub code: &'static str,
    /// Sentence for the clerk.
    pub sentence: &'static str,
    /// The reason itself.
    pub reason: NotNoticedReason,
}

impl From<NotNoticedReason> for NotNoticed {
    fn from(reason: NotNoticedReason) -> Self {
        Self { code: reason.code(), sentence: reason.label(), reason }
    }
}

/// Whether a notice goes to this person.
///
/// # Errors
/// The first reason against it, the gravest first.
pub fn notice_target(facts: &NoticeFacts, settings: &OfficeSettings) -> Result<(), NotNoticed> {
    use NotNoticedReason as R;
    match facts.status {
        ResidentStatus::Dead => return Err(R::Dead.into()),
        ResidentStatus::MovedOut | ResidentStatus::Deleted => return Err(R::MovedOut.into()),
        ResidentStatus::MovedAbroad => return Err(R::MovedAbroad.into()),
        ResidentStatus::Resident => {}
    }
    if facts.suppressed {
        return Err(R::Suppressed.into());
    }
    if facts.registered_elsewhere && settings.notices_elsewhere == NoticesElsewhere::LeaveOut {
        return Err(R::RegisteredElsewhere.into());
    }
    let Some(expiry) = expiring(facts).map(|certificate| certificate.expires).min() else {
        return Err(if facts.renewed { R::Renewed } else { R::NoValidCertificate }.into());
    };
    let Some(card) =
        facts.card.filter(|card| card.status == CardStatus::Active && card.expires >= facts.today)
    else {
        return Err(R::NoValidCertificate.into());
    };
    if ends_in_same_window(expiry, card.expires) {
        return Err(R::CardRenewal.into());
    }
    if facts.already_noticed {
        return Err(R::AlreadyNoticed.into());
    }
    let left_out = facts.stay_until.is_some() || facts.registered_elsewhere;
    if settings.notices_to == NoticesTo::LeftOutByJlis && !left_out {
        return Err(R::JlisSends.into());
    }
    Ok(())
}

/// The valid certificates that expire in the months of the run.
pub fn expiring(facts: &NoticeFacts) -> impl Iterator<Item = &CertificateFacts> {
    let month = |day: NaiveDate| (day.year(), day.month());
    let months = month(facts.month)..=month(facts.last_month.unwrap_or(facts.month));
    facts.certificates.iter().filter(move |certificate| {
        certificate.status == CertificateStatus::Valid
            && certificate.expires >= facts.today
            && months.contains(&month(certificate.expires))
    })
}

/// The card's own renewal period has begun by the certificate's last day: a new card is due, and its
/// certificates come with it (高岡市, 金沢市, 箕面市).
pub fn ends_in_same_window(certificate_expiry: NaiveDate, card_expiry: NaiveDate) -> bool {
    certificate_expiry >= period::first_day(card_expiry, false)
}
