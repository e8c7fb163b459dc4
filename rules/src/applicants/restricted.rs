//! Under-15s and adult wards: a signature certificate equals a registered seal, which they cannot have.

use crate::dates::{LeapBirthday, age_on};
use crate::kinds::Applicant;
use crate::procedure::CounterFacts;
use crate::settings::{OfficeSettings, SignatureForRestricted};
use crate::sources;

/// From this age on a signature certificate is issued; the birthday itself counts.
pub const SIGNATURE_AGE: i32 = 15;

/// Why there is no signature certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureBlock {
    /// Sentence for the clerk.
    pub sentence: &'static str,
    /// The page it rests on.
    pub source: &'static str,
    /// A supervisor may decide otherwise.
    pub approvable: bool,
}

/// Whether the principal is under 15 or an adult ward.
pub fn is_restricted(facts: &CounterFacts, leap: LeapBirthday) -> bool {
    facts.adult_ward || age_on(facts.birth, facts.today, leap) < SIGNATURE_AGE
}

/// Why this person gets no signature certificate today; `None` when nothing speaks against it.
pub fn signature_block(facts: &CounterFacts, settings: &OfficeSettings) -> Option<SignatureBlock> {
    if facts.card.is_some_and(|card| card.face_only) {
        return Some(SignatureBlock {
            sentence: "顔認証マイナンバーカードには、署名用電子証明書は入りません。",
            source: sources::KITAKATA,
            approvable: false,
        });
    }
    if !is_restricted(facts, settings.leap_birthday) || facts.signature_allowed {
        return None;
    }
    match settings.signature_for_restricted {
        SignatureForRestricted::Never => Some(SignatureBlock {
            sentence: if facts.adult_ward {
                "成年被後見人の方には、原則として署名用電子証明書を発行しません。"
            } else {
                "15歳未満の方には、原則として署名用電子証明書を発行しません。"
            },
            source: sources::SETAGAYA_ISSUE,
            approvable: true,
        }),
        SignatureForRestricted::BothPresent => {
            let both = facts.applicant == Applicant::LegalRepresentative && facts.principal_present;
            (!both).then_some(SignatureBlock {
                sentence: "15歳未満の方と成年被後見人の方の署名用電子証明書は、本人と法定代理人がそろって来庁したときに発行できます。",
                source: sources::MATSUYAMA,
                approvable: true,
            })
        }
        SignatureForRestricted::AskFirst => Some(SignatureBlock {
            sentence: "15歳未満の方と成年被後見人の方の署名用電子証明書は、責任者に相談してください。",
            source: sources::ITAMI,
            approvable: true,
        }),
    }
}
