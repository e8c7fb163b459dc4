//! What ends a visit before any certificate is looked at: the register and the card.

use super::certificates::Case;
use super::{Decision, Missing, MissingCode, Procedure, Reason, Route, explain};
use crate::kinds::{CardStatus, CertificateKind, CertificateStatus, ResidentStatus};
use crate::{period, sources, wareki};

/// A decision made by the register alone.
pub(super) fn by_register(case: &Case<'_>) -> Option<Decision> {
    let facts = case.facts;
    let refused = |procedure, sentence: &str, source: &str| {
        Some(Decision::new(procedure, Route::Refused).because(sentence, source))
    };
    match facts.resident_status {
        ResidentStatus::Dead => refused(
            Procedure::Nothing,
            "本人が亡くなられているため、電子証明書は失効しています。",
            sources::SUGINAMI,
        ),
        ResidentStatus::MovedOut => refused(
            Procedure::OutOfJurisdiction,
            "転出されているため、転出先の市区町村での手続きになります。",
            sources::LAW_3,
        ),
        ResidentStatus::Deleted => refused(
            Procedure::OutOfJurisdiction,
            "住民票が消除されているため、当庁では手続きできません。",
            sources::LAW_3,
        ),
        ResidentStatus::MovedAbroad if !facts.abroad => refused(
            Procedure::OutOfJurisdiction,
            "国外転出の際にカードの継続利用をしていないため、カードは失効しています。",
            sources::TOMIGUSUKU,
        ),
        ResidentStatus::MovedAbroad | ResidentStatus::Resident => None,
    }
}

/// A decision made by the card alone, whatever was asked for.
pub(super) fn by_card(case: &Case<'_>) -> Option<Decision> {
    let facts = case.facts;
    let new_card = |sentence: String, source: &str| {
        Some(Decision::new(Procedure::CardReissue, Route::Diverted).because(sentence, source))
    };
    let Some(card) = facts.card else {
        return new_card(
            "カードをお持ちでないため、カードの交付申請をご案内します。".to_owned(),
            sources::LAW_3,
        );
    };
    if card.status == CardStatus::Abolished {
        let sentence = "カードが廃止されているため、再交付をご案内します。".to_owned();
        return new_card(sentence, sources::SUGINAMI).map(|mut decision| {
            explain::lost_card(&mut decision, case);
            decision
        });
    }
    if card.expires < facts.today {
        return new_card(
            format!(
                "カードの有効期限({})を過ぎています。カードは廃止され、新しい交付申請が必要です。",
                wareki::long(card.expires)
            ),
            sources::SAKURA,
        );
    }
    if facts.card_unusable {
        return new_card(
            "ICチップが読み取れない、または追記欄に余白がないため、再交付をご案内します。".to_owned(),
            sources::ASHIKAGA_FACE,
        );
    }
    None
}

/// Whether the card's own renewal period has begun (箕面市: less than three months left).
pub(super) fn card_is_due(case: &Case<'_>) -> bool {
    case.facts.card.is_some_and(|card| case.facts.today >= period::first_day(card.expires, case.facts.abroad))
}

/// The card's renewal, diverted to an application through J-LIS.
pub(super) fn card_renewal(case: &Case<'_>) -> Decision {
    let mut decision = Decision::new(Procedure::CardRenewal, Route::Diverted);
    if let Some(card) = case.facts.card {
        let sentence = format!(
            "カードも{}に満了するため、電子証明書だけの更新はできません。カードの更新(交付申請)をご案内します。",
            wareki::long(card.expires)
        );
        decision = decision.because(sentence, sources::MINOH);
    }
    if case.facts.stay_until.is_some() {
        decision = decision.because(
            "在留期間を更新した方は、カードの有効期限までに窓口で期限を延長してください。過ぎたカードは延長できません。",
            sources::SAKURA,
        );
    }
    decision
}

/// What is worth knowing whatever is decided.
pub(super) fn warnings(case: &Case<'_>) -> Vec<Reason> {
    let facts = case.facts;
    let mut found = Vec::new();
    if let (Some(stay), Some(card)) = (facts.stay_until, facts.card) {
        if stay > card.expires {
            found.push(Reason::new(
                format!(
                    "在留期間({}まで)がカードの有効期限({})より長くなっています。カードの満了前に期限の延長が必要です。",
                    wareki::long(stay),
                    wareki::long(card.expires)
                ),
                sources::SAKURA,
            ));
        } else if facts.today >= period::first_day(stay, false) {
            found.push(Reason::new(
                format!("在留期間が{}に満了します。", wareki::long(stay)),
                sources::SAKURA,
            ));
        }
    }
    let living = |kind| {
        facts
            .certificate(kind)
            .filter(|found| found.status == CertificateStatus::Valid)
            .map(|found| found.expires)
    };
    if let (Some(signature), Some(authentication)) =
        (living(CertificateKind::Signature), living(CertificateKind::Authentication))
        && signature > authentication
    {
        let error = crate::RuleError::SignatureOutlivesAuthentication { signature, authentication };
        found.push(Reason::new(error.sentence(), sources::ORDINANCE));
    }
    if facts.suppressed {
        found.push(Reason::new("支援措置の対象の方です。郵便物と表示に注意してください。", sources::SUPPORT));
    }
    if !case.calendar.is_open(facts.today) {
        let sentence = match case.calendar.next_open(facts.today) {
            Some(next) => format!("今日は閉庁日です。次の開庁日は{}です。", wareki::long_weekday(next)),
            None => "今日は閉庁日です。".to_owned(),
        };
        found.push(Reason::new(sentence, sources::OFFICE));
    }
    found
}

/// The national systems rest today: nothing can be written on a card.
pub(super) fn card_work_day(case: &Case<'_>) -> Option<Missing> {
    let stop = case.calendar.stop_reason(case.facts.today)?;
    let next = case.calendar.next_card_work(case.facts.today);
    let sentence = match next {
        Some(next) => format!("{stop}次に手続きできるのは{}です。", wareki::long_weekday(next)),
        None => stop,
    };
    Some(Missing::new(MissingCode::CardWorkDay, sentence, sources::ASHIKAGA))
}
