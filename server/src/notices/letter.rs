//! From a target to the letter it gets.

use super::plan::Target;
use crate::error::{Error, Result};
use crate::office::Rulebook;
use chrono::NaiveDate;
use forms::notice::{NoticeCertificate, NoticeFees, NoticeLetter};
use forms::{Addressee, OfficeText};
use rules::period;
use rules::procedure::CertificateFacts;

/// What all letters of a run have in common beside the office.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// With the reply form for a proxy's one visit.
    pub reply: bool,
    /// The words it is printed with, for ever.
    pub wording: &'a str,
    /// 発行日.
    pub issued: NaiveDate,
}

/// The letter to one person.
///
/// # Errors
/// When the number is beyond what a letter can carry.
pub fn letter(
    target: &Target,
    number: i64,
    token: String,
    office: &OfficeText,
    rulebook: &Rulebook,
    form: &Form<'_>,
) -> Result<NoticeLetter> {
    let (person, fees) = (&target.person, rulebook.settings.fees);
    Ok(NoticeLetter {
        number: u32::try_from(number).map_err(Error::internal)?,
        token,
        addressee: Addressee {
            name: person.name.clone(),
            postal_code: person.postal_code.clone(),
            address: person.address.clone(),
            building: person.building.clone(),
        },
        certificates: target.certificates.iter().map(|certificate| listed(certificate, rulebook)).collect(),
        office: office.clone(),
        issued: form.issued,
        face_only: target.face_only,
        fees: NoticeFees { renewal: fees.renewal, issuance: fees.issuance },
        reply_form: form.reply,
        wording: Some(form.wording.to_owned()),
    })
}

fn listed(certificate: &CertificateFacts, rulebook: &Rulebook) -> NoticeCertificate {
    let start = rulebook.settings.window_start;
    let period = period::renewal_period_from(certificate.expires, false, start, &rulebook.calendar);
    NoticeCertificate {
        kind: certificate.kind,
        expires: certificate.expires,
        renewal_from: period.from,
        last_open_day: period.last_open_day.filter(|day| *day != certificate.expires),
    }
}
