//! From the flat fields of a `procedure` question to the facts of a visit.

use super::ProcedureAsked;
use crate::RuleError;
use crate::applicants;
use crate::calendar::Calendar;
use crate::dates::{sub_days, within_range};
use crate::kinds::{
    Applicant, CardKind, CardStatus, CertificateKind, CertificateStatus, ResidentKind, ResidentStatus,
};
use crate::procedure::{CardFacts, CertificateFacts, CounterFacts, Decision, NoticeForm, decide};
use crate::settings::OfficeSettings;

pub(super) fn answer(
    asked: &ProcedureAsked,
    settings: &OfficeSettings,
    calendar: &Calendar,
) -> Result<Decision, RuleError> {
    Ok(decide(&facts(asked, settings)?, settings, calendar))
}

/// What a question's `status` speaks of.
#[derive(Clone, Copy, Default)]
struct States {
    resident: Option<ResidentStatus>,
    card: Option<CardStatus>,
    certificate: Option<CertificateStatus>,
    expired: bool,
}

fn states(text: Option<&str>) -> Result<States, RuleError> {
    let Some(text) = text else { return Ok(States::default()) };
    let resident = ResidentStatus::from_code(text);
    let card = CardStatus::from_code(text);
    let certificate = CertificateStatus::from_code(text);
    let expired = text == "expired";
    if resident.is_none() && card.is_none() && certificate.is_none() && !expired {
        return Err(RuleError::UnknownCode { what: "状態", text: text.to_owned() });
    }
    Ok(States { resident, card, certificate, expired })
}

fn facts(asked: &ProcedureAsked, settings: &OfficeSettings) -> Result<CounterFacts, RuleError> {
    let states = states(asked.status.as_deref())?;
    let dates = [
        asked.issued,
        asked.card_expiry,
        asked.current_expiry,
        asked.authentication_expiry,
        asked.stay_until,
        asked.received,
    ];
    for date in [asked.today, asked.birth].into_iter().chain(dates.into_iter().flatten()) {
        within_range(date)?;
    }
    if asked.birth > asked.today {
        return Err(RuleError::BirthAfterIssue { birth: asked.birth, issued: asked.today });
    }
    if let (Some(issued), Some(expiry)) = (asked.issued, asked.current_expiry)
        && expiry < issued
    {
        return Err(RuleError::ExpiryBeforeIssue { what: "電子証明書の有効期限", issued, expiry });
    }
    let resident_status = states.resident.unwrap_or(ResidentStatus::Resident);
    if asked.card_expiry.is_none() && resident_status == ResidentStatus::Resident {
        return Err(RuleError::Lacking { what: "カードの有効期限(card_expiry)" });
    }

    let mut facts = CounterFacts {
        resident_kind: asked.resident_kind.unwrap_or(if asked.stay_until.is_some() {
            ResidentKind::Foreign
        } else {
            ResidentKind::Japanese
        }),
        resident_status,
        stay_until: asked.stay_until,
        adult_ward: asked.ward,
        suppressed: asked.suppressed,
        abroad: asked.abroad,
        applicant: asked.applicant.unwrap_or(Applicant::Principal),
        principal_present: asked.principal_present,
        wanted: asked.wanted,
        notice_form: asked.notice_form.unwrap_or(NoticeForm::None),
        pins_known: asked.pins_known.kinds(),
        pins_locked: asked.pins_locked.clone(),
        representation: asked.representation,
        applicant_documents: asked.applicant_documents.clone(),
        principal_documents: asked.principal_documents.clone(),
        delegation: asked.delegation,
        residence_change_today: asked.residence_change_today,
        inquiry: asked.inquiry,
        consent_to_shorter: asked.consent_to_shorter,
        signature_allowed: asked.signature_allowed,
        card_face_outdated: asked.card_face_outdated,
        card_unusable: asked.card_unusable,
        card: asked.card_expiry.map(|expires| CardFacts {
            kind: CardKind::Individual,
            face_only: asked.face_only,
            expires,
            status: states.card.unwrap_or(CardStatus::Active),
        }),
        ..CounterFacts::new(asked.today, asked.birth)
    };
    facts.certificates = certificates(asked, settings, states, &facts);
    Ok(facts)
}

/// The certificates on the card: the kind asked about, or both; no signature certificate for who can't have one.
fn certificates(
    asked: &ProcedureAsked,
    settings: &OfficeSettings,
    states: States,
    facts: &CounterFacts,
) -> Vec<CertificateFacts> {
    let barred = asked.face_only || applicants::is_restricted(facts, settings.leap_birthday);
    let of = |kind: CertificateKind| {
        let named = asked.kind.is_none_or(|only| only == kind);
        let own = match kind {
            CertificateKind::Signature => {
                asked.current_expiry.filter(|_| named && (!barred || asked.kind.is_some()))
            }
            CertificateKind::Authentication => {
                asked.authentication_expiry.or(asked.current_expiry.filter(|_| named))
            }
        };
        let expires = match own {
            Some(_) if states.expired => own.map(|day| day.min(sub_days(asked.today, 1))),
            own => own,
        }?;
        let status = match (states.card, states.certificate, kind) {
            // A stop revokes the signature certificate and suspends the other (葛城市).
            (Some(CardStatus::Suspended), _, CertificateKind::Signature) => CertificateStatus::Revoked,
            (_, Some(status), _) => status,
            _ => CertificateStatus::Valid,
        };
        let issued = asked.issued.unwrap_or(expires).min(expires);
        Some(CertificateFacts { kind, issued, expires, status })
    };
    CertificateKind::ALL.iter().copied().filter_map(of).collect()
}
