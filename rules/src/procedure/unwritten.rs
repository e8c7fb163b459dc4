//! What the counter does without writing to the chip: telling whether the certificates are valid, and writing
//! their last day on the card's face.

use super::certificates::Case;
use super::decide::refused;
use super::{Decision, Procedure, Route};
use crate::kinds::{Applicant, CertificateKind};
use crate::settings::CardFaceExpiry as Setting;
use crate::sources;

/// Only the principal and a legal representative are told, at the counter and never by telephone (喜多方市).
pub(super) fn validity_check(case: &Case<'_>) -> Decision {
    if !matches!(case.facts.applicant, Applicant::Principal | Applicant::LegalRepresentative) {
        return refused(
            Procedure::ValidityCheck,
            "電子証明書が有効かどうかは、本人か法定代理人にだけ窓口でお伝えします。",
            sources::KITAKATA,
        );
    }
    Decision::new(Procedure::ValidityCheck, Route::OneVisit)
        .because("電子証明書が有効かどうかを、カードを読み取って確かめます。", sources::KITAKATA)
}

/// An office may write the last day on the card's face, leave it to the resident's wish, or not write it at all.
pub(super) fn card_face_entry(case: &Case<'_>) -> Decision {
    if case.settings.card_face_expiry == Setting::NotWritten {
        return refused(
            Procedure::CardFaceEntry,
            "当庁では、券面に電子証明書の有効期限を記入しません。",
            sources::SHIMONOSEKI,
        );
    }
    if CertificateKind::ALL.iter().all(|kind| !case.standing(*kind).is_valid()) {
        return refused(
            Procedure::CardFaceEntry,
            "券面に記入する有効な電子証明書がありません。",
            sources::NONOICHI_FACE,
        );
    }
    Decision::new(Procedure::CardFaceEntry, Route::OneVisit)
        .because("券面に電子証明書の有効期限を記入します。", sources::NONOICHI_FACE)
}
