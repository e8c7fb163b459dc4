//! The reception page: who can come, what can be done, with what was entered.

use super::WishForm;
use crate::counter::{facts, reception};
use crate::error::Result;
use crate::office::Office;
use crate::rng::hex;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store;
use crate::store::certificates::Certificate;
use app::components::{Choice, FieldError, FormErrors, Notice, Tone};
use app::pages::reception::{ReceptionPage, ThirdPartyFields};
use rules::dates::age_on;
use rules::kinds::{Applicant, CertificateKind, CertificateStatus, PinKind};
use rules::pins::why_none;
use rules::procedure::{self, Procedure, TodayOption};
use rules::settings::FirstProxyContact;
use rules::wareki;

/// The page, with `form` filled in.
///
/// # Errors
/// A refusal when there is no such resident or this person may not receive them.
pub async fn page(
    office: &Office,
    visitor: &Visitor,
    number: &str,
    form: &WishForm,
) -> Result<ReceptionPage> {
    visitor.require(Act::HandleCases)?;
    let (resident, card, certificates) = reception::person(office, number).await?;
    if resident.suppressed {
        visitor.require(Act::SeeSuppressed)?;
    }
    let rulebook = office.rulebook();
    let today = office.clock().today();
    let facts = facts::counter_facts(today, &resident, card.as_ref(), &certificates, None);
    let options = procedure::options(&facts, &rulebook.settings, &rulebook.calendar);
    let face_only = card.as_ref().is_some_and(|card| card.face_only);
    let pin = |kind: &PinKind| {
        why_none(*kind, false, face_only).is_none().then(|| Choice::new(kind.code(), kind.label()))
    };
    let open = store::cases::open_for_resident(office.store().read(), number).await?;
    let age = age_on(resident.birth, today, rulebook.settings.leap_birthday);
    Ok(ReceptionPage {
        number: number.to_owned(),
        name: resident.name,
        kana: resident.kana,
        birth: format!("{}生({age}歳)", wareki::long(resident.birth)),
        notices: open.map(|open| already(&open.reception_number)).into_iter().collect(),
        errors: FormErrors::default(),
        applicants: Applicant::ALL.iter().map(|who| Choice::new(who.code(), who.label())).collect(),
        applicant: if form.applicant.is_empty() {
            Applicant::Principal.code().to_owned()
        } else {
            form.applicant.clone()
        },
        procedures: options.iter().map(choice).collect(),
        procedure: form.procedure.clone(),
        pins: PinKind::ALL.iter().filter_map(pin).collect(),
        reset: form.reset.clone(),
        change: form.change.clone(),
        certificates: revocable(&certificates, today),
        revoke: form.revoke.clone(),
        telephone: rulebook.settings.first_proxy_contact == FirstProxyContact::PhoneToo,
        contact: form.contact.clone(),
        third: ThirdPartyFields {
            name: form.third_name.clone(),
            address: form.third_address.clone(),
            birth: form.third_birth.clone(),
            relation: form.third_relation.clone(),
        },
        once: hex(&office.rng().bytes::<16>()),
    })
}

/// The page again, with what is wrong.
///
/// # Errors
/// As [`page`].
pub async fn with_errors(
    office: &Office,
    visitor: &Visitor,
    number: &str,
    form: &WishForm,
    errors: Vec<FieldError>,
) -> Result<ReceptionPage> {
    let mut again = page(office, visitor, number, form).await?;
    again.errors = FormErrors(errors);
    Ok(again)
}

fn choice(option: &TodayOption) -> Choice {
    let label = match option.procedure {
        Procedure::Renewal | Procedure::Issuance => format!("電子証明書の{}", option.procedure.label()),
        Procedure::Revocation => "電子証明書の失効".to_owned(),
        other => other.label().to_owned(),
    };
    let mut choice = Choice::new(option.procedure.code(), label);
    let word = if option.possible { "" } else { "本人が今日できるか: できません。" };
    choice.detail = Some(format!("{word}{}", option.sentence));
    choice
}

fn revocable(certificates: &[Certificate], today: rules::NaiveDate) -> Vec<Choice> {
    let living = |kind: &&CertificateKind| {
        certificates.iter().any(|row| {
            row.current
                && row.kind == **kind
                && row.status != CertificateStatus::Revoked
                && row.expires >= today
        })
    };
    CertificateKind::ALL.iter().filter(living).map(|kind| Choice::new(kind.code(), kind.label())).collect()
}

fn already(reception: &str) -> Notice {
    Notice {
        tone: Tone::Caution,
        title: "この方の受付がすでにあります。".to_owned(),
        sentence: format!("受け付けると、受付番号{reception}の画面に進みます。新しい受付はできません。"),
    }
}
