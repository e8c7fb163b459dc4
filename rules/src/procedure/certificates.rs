//! Where each certificate stands today and what writing it would bring.

use chrono::NaiveDate;

use super::{CounterFacts, PlannedCertificate, ShorterValidity};
use crate::calendar::Calendar;
use crate::kinds::{CertificateKind, CertificateStatus};
use crate::period::{self, RenewalPeriod};
use crate::settings::{OfficeSettings, SignatureCap};
use crate::validity::{ValidityQuestion, certificate_validity};
use crate::{RuleError, applicants};

/// A certificate's standing on the day of the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Never issued on this card.
    Absent,
    /// 失効.
    Revoked,
    /// 一時停止.
    Suspended,
    /// 期間満了.
    Expired,
    /// Valid, its renewal period still to come.
    Before(RenewalPeriod),
    /// Valid and inside its renewal period.
    Inside(RenewalPeriod),
}

impl Standing {
    pub(super) fn is_valid(self) -> bool {
        matches!(self, Self::Before(_) | Self::Inside(_))
    }

    /// Lies on the card, but ended: it can be issued again.
    pub(super) fn has_ended(self) -> bool {
        matches!(self, Self::Revoked | Self::Expired)
    }
}

/// The facts with the settings and the calendar that judge them.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub facts: &'a CounterFacts,
    pub settings: &'a OfficeSettings,
    pub calendar: &'a Calendar,
}

impl Case<'_> {
    pub(super) fn standing(&self, kind: CertificateKind) -> Standing {
        let Some(certificate) = self.facts.certificate(kind) else { return Standing::Absent };
        match certificate.status {
            CertificateStatus::Revoked => Standing::Revoked,
            _ if certificate.expires < self.facts.today => Standing::Expired,
            CertificateStatus::Suspended => Standing::Suspended,
            CertificateStatus::Valid => {
                let period = self.period(certificate.expires);
                if period.contains(self.facts.today) {
                    Standing::Inside(period)
                } else {
                    Standing::Before(period)
                }
            }
        }
    }

    pub(super) fn period(&self, expiry: NaiveDate) -> RenewalPeriod {
        period::renewal_period_from(expiry, self.facts.abroad, self.settings.window_start, self.calendar)
    }

    /// Whether nothing speaks against writing this kind for this person.
    pub(super) fn eligible(&self, kind: CertificateKind) -> bool {
        kind == CertificateKind::Authentication
            || applicants::signature_block(self.facts, self.settings).is_none()
    }

    /// The certificates as they would be, written on `day`; authentication first, because it caps the other.
    pub(super) fn plan(
        &self,
        kinds: &[CertificateKind],
        day: NaiveDate,
    ) -> Result<Vec<PlannedCertificate>, RuleError> {
        let Some(card) = self.facts.card else { return Err(RuleError::Lacking { what: "カード" }) };
        let mut planned: Vec<PlannedCertificate> = Vec::new();
        for kind in [CertificateKind::Authentication, CertificateKind::Signature] {
            if !kinds.contains(&kind) {
                continue;
            }
            let current = self.facts.certificate(kind);
            let living = current.filter(|_| self.standing(kind).is_valid()).map(|found| found.expires);
            let validity = certificate_validity(&ValidityQuestion {
                kind,
                birth: self.facts.birth,
                issued: day,
                card_expiry: card.expires,
                current_expiry: living,
                authentication_expiry: self.authentication_expiry(&planned),
                abroad: self.facts.abroad,
                leap_birthday: self.settings.leap_birthday,
            })?;
            planned.push(PlannedCertificate {
                kind,
                old_expiry: current.map(|found| found.expires),
                new_expiry: validity.expiry,
                basis: validity.basis,
                shortened: validity.shortened,
            });
        }
        planned.reverse();
        Ok(planned)
    }

    /// The authentication certificate a signature certificate stands beside: the one just planned, or a
    /// living one on the card.
    fn authentication_expiry(&self, planned: &[PlannedCertificate]) -> Option<NaiveDate> {
        if self.settings.signature_cap == SignatureCap::NotApplied {
            return None;
        }
        let new = planned.iter().find(|certificate| certificate.kind == CertificateKind::Authentication);
        new.map(|certificate| certificate.new_expiry).or_else(|| {
            let living = matches!(
                self.standing(CertificateKind::Authentication),
                Standing::Before(_) | Standing::Inside(_) | Standing::Suspended
            );
            self.facts
                .certificate(CertificateKind::Authentication)
                .filter(|_| living)
                .map(|certificate| certificate.expires)
        })
    }

    /// What waiting for the renewal period would gain, for each certificate written too early.
    pub(super) fn shorter(&self, planned: &[PlannedCertificate]) -> Vec<ShorterValidity> {
        let kinds: Vec<_> = planned.iter().map(|certificate| certificate.kind).collect();
        let mut found = Vec::new();
        for certificate in planned.iter().filter(|certificate| certificate.shortened) {
            let Some(old) = certificate.old_expiry else { continue };
            let from = period::first_day(old, self.facts.abroad);
            let Ok(later) = self.plan(&kinds, from) else { continue };
            let later = later.iter().find(|other| other.kind == certificate.kind);
            if let Some(later) = later.filter(|later| later.new_expiry > certificate.new_expiry) {
                found.push(ShorterValidity {
                    kind: certificate.kind,
                    today: certificate.new_expiry,
                    in_period: later.new_expiry,
                    from,
                });
            }
        }
        found
    }
}
