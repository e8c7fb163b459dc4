//! The card's holder in person.

use super::{DocumentsAsked, Purpose, Standing, is_restricted};
use crate::identity::{self, Requirement};
use crate::procedure::{CounterFacts, MissingCode, Route};
use crate::settings::{OfficeSettings, ResetIdentity};
use crate::sources;

pub(super) fn judge(facts: &CounterFacts, settings: &OfficeSettings, purpose: &Purpose) -> Standing {
    if is_restricted(facts, settings.leap_birthday) {
        let mut standing = Standing::refused(
            "15歳未満の方と成年被後見人の方の手続きは、法定代理人が申請します。",
            sources::SHIMOGO,
        );
        standing.lacks(MissingCode::LegalRepresentative, "法定代理人の来庁が必要です。", sources::SHIMOGO);
        return standing;
    }
    let mut standing = Standing::new(Route::OneVisit);
    if purpose.resets_pins() {
        at_reset(&mut standing, facts, settings);
    }
    standing
}

/// What a principal (or who stands as one) shows beside the card when a PIN is set anew.
pub(super) fn at_reset(standing: &mut Standing, facts: &CounterFacts, settings: &OfficeSettings) {
    let asked = match settings.reset_identity {
        ResetIdentity::CardOnly => false,
        ResetIdentity::OneMore => true,
        ResetIdentity::OneMoreIfOutdated => facts.card_face_outdated,
        ResetIdentity::OralIfNone => {
            let shown = facts.principal_documents.as_deref();
            let nothing_taken = shown.is_some_and(|shown| {
                identity::check(Requirement::OneOfAny, shown, "本人", true, facts.today).is_err()
            });
            if nothing_taken {
                standing.because("書類がないため、聞き取りで本人確認をします。", "吉川市");
            }
            !nothing_taken
        }
    };
    if asked {
        principals_second(standing, facts);
    } else if settings.reset_identity == ResetIdentity::CardOnly {
        standing.because("暗証番号の再設定は、カードだけで受け付けます。", sources::HIRATSUKA);
    }
}

/// A or B beside the card.
pub(super) fn principals_second(standing: &mut Standing, facts: &CounterFacts) {
    let ask = DocumentsAsked {
        requirement: Requirement::OneOfAny,
        shown: facts.principal_documents.as_deref(),
        whose: "本人",
        of_principal: true,
        source: sources::KIKUCHI,
    };
    standing.documents(&ask, facts.today);
}
