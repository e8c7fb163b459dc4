//! Parents, guardians, and curators whose list of powers names the card (酒田市, 福島市, 東松山市).

use super::{DocumentsAsked, Purpose, Standing, principal, proxy};
use crate::calendar::Calendar;
use crate::dates::age_on;
use crate::identity::Requirement;
use crate::procedure::{CounterFacts, MissingCode, Representation, RepresentationRole, Route};
use crate::settings::{OfficeSettings, RepresentativeIdentity, RepresentativeVisit};
use crate::validity::adult_age_on;
use crate::{sources, wareki};

pub(super) fn judge(
    facts: &CounterFacts,
    settings: &OfficeSettings,
    calendar: &Calendar,
    purpose: &Purpose,
) -> Standing {
    let adult = age_on(facts.birth, facts.today, settings.leap_birthday) >= adult_age_on(facts.today);
    let of_age_with_parent = adult
        && facts.representation.is_some_and(|shown| {
            matches!(shown.role, RepresentationRole::Parent | RepresentationRole::MinorGuardian)
        });
    if of_age_with_parent {
        let mut standing = proxy::judge(facts, settings, calendar, purpose);
        standing.because(
            "成年に達した方の親などは法定代理人ではないため、任意代理人として受け付けます。",
            sources::SAKATA,
        );
        return standing;
    }

    let mut standing = Standing::new(Route::OneVisit);
    power(&mut standing, facts, settings, adult);
    if settings.representative_visit == RepresentativeVisit::WithPrincipal && !facts.principal_present {
        standing.lacks(
            MissingCode::Principal,
            "本人の同行が必要です。同行できないときは任意代理人の手続きになります。",
            sources::EDOGAWA,
        );
    }
    let two = purpose.resets_pins() && settings.representative_identity == RepresentativeIdentity::TwoAtReset;
    let ask = DocumentsAsked {
        requirement: if two { Requirement::TwoWithPhoto } else { Requirement::OnePhoto },
        shown: facts.applicant_documents.as_deref(),
        whose: "法定代理人",
        of_principal: false,
        source: if two { sources::OSAKASAYAMA } else { sources::SAKURAGAWA },
    };
    standing.documents(&ask, facts.today);
    if purpose.resets_pins() {
        principal::at_reset(&mut standing, facts, settings);
    }
    if standing.missing.is_empty() {
        standing.because("法定代理人が即日で手続きできます。", sources::SAKURAGAWA);
    }
    standing
}

fn power(standing: &mut Standing, facts: &CounterFacts, settings: &OfficeSettings, adult: bool) {
    let proof = "戸籍謄本・登記事項証明書など代理権を証する書類";
    let Some(shown) = facts.representation else {
        if adult && !facts.adult_ward {
            standing.lacks(
                MissingCode::RepresentationProof,
                format!("{proof}が必要です。ないときは任意代理人の手続きになります。"),
                sources::SAKATA,
            );
        } else {
            let sentence = format!("{proof}(同一世帯の親子、または当庁に本籍がある方は不要)");
            standing.bring.push(crate::procedure::Reason::new(sentence, sources::AGEO));
        }
        return;
    };
    let listed = matches!(shown.role, RepresentationRole::Curator | RepresentationRole::Assistant);
    if listed && !adult {
        standing.lacks(
            MissingCode::RepresentationProof,
            "保佐人・補助人が手続きできるのは、本人が成年のときです。",
            sources::HIGASHIMATSUYAMA,
        );
    } else if listed && !shown.powers_listed {
        standing.lacks(
            MissingCode::ListOfPowers,
            "代理行為目録に「マイナンバーカードに関する手続」の記載が必要です。",
            sources::HIGASHIMATSUYAMA,
        );
    }
    if let Some(sentence) = proof_complaint(shown, facts, settings) {
        standing.lacks(MissingCode::RepresentationProof, sentence, sources::AGEO);
    }
}

/// What is wrong with the proof: absent where one is needed, older than the office's months, or not yet issued.
fn proof_complaint(shown: Representation, facts: &CounterFacts, settings: &OfficeSettings) -> Option<String> {
    let visible = matches!(shown.role, RepresentationRole::Parent | RepresentationRole::MinorGuardian);
    if visible && shown.known_to_office {
        return None;
    }
    let oldest = settings.oldest_proof(facts.today);
    match shown.proof_issued {
        None => Some(format!("{}としての代理権を証する書類が必要です。", shown.role.label())),
        Some(issued) if issued > facts.today => {
            Some("代理権を証する書類の発行日が今日より後です。".to_owned())
        }
        Some(issued) if issued < oldest => {
            Some(format!("代理権を証する書類は、{}以降に発行されたものが必要です。", wareki::long(oldest)))
        }
        Some(_) => None,
    }
}
