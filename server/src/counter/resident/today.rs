//! What can be done today and what can't, each with its reason.

use crate::office::Office;
use crate::rng::hex;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::residents::Resident;
use app::components::Source;
use app::pages::resident::{Offer, OfferWay, Refusal};
use rules::applicants::is_restricted;
use rules::kinds::Applicant;
use rules::procedure::{self, CounterFacts, Procedure, TodayOption};
use rules::wareki;

/// The procedures that a case is opened for by one press; the others first ask which PIN or certificate.
const ONE_PRESS: [Procedure; 5] = [
    Procedure::Renewal,
    Procedure::Issuance,
    Procedure::CardRenewal,
    Procedure::LiftSuspension,
    Procedure::ValidityCheck,
];

/// Offers and refusals, in the rules' order; the first offer is drawn as the main one.
pub(super) fn options(
    office: &Office,
    visitor: &Visitor,
    resident: &Resident,
    facts: &CounterFacts,
) -> (Vec<Offer>, Vec<Refusal>) {
    let rulebook = office.rulebook();
    // Who can't apply alone is received with who comes for them.
    let represented = is_restricted(facts, rulebook.settings.leap_birthday);
    let (mut offers, mut refusals) = (Vec::new(), Vec::new());
    for option in procedure::options(facts, &rulebook.settings, &rulebook.calendar) {
        if !option.possible {
            refusals.push(refusal(&option, option.sentence.clone()));
        } else if !visitor.may(Act::HandleCases) {
            let sentence = format!("{}の役割では受け付けられません。", visitor.role.label());
            refusals.push(refusal(&option, sentence));
        } else {
            let primary = offers.is_empty();
            offers.push(offer(office, resident, &option, primary, represented));
        }
    }
    (offers, refusals)
}

fn offer(
    office: &Office,
    resident: &Resident,
    option: &TodayOption,
    primary: bool,
    represented: bool,
) -> Offer {
    let label = match option.procedure {
        Procedure::Renewal => "電子証明書を更新する",
        Procedure::Issuance => "電子証明書を発行する",
        Procedure::CardRenewal => "カードの更新を案内する",
        Procedure::LiftSuspension => "一時停止を解除する",
        Procedure::PinReset => "暗証番号を再設定する",
        Procedure::PinChange => "暗証番号を変更する",
        Procedure::Revocation => "電子証明書を失効させる",
        Procedure::ValidityCheck => "有効性を確認する",
        Procedure::CardFaceEntry => "券面に有効期限を記入する",
        other => other.label(),
    };
    let new_expiry = option.certificates.iter().map(|planned| planned.new_expiry).max();
    let shortened = option.certificates.iter().any(|planned| planned.shortened);
    let mut detail = match new_expiry {
        Some(day) if shortened => format!("新しい満了日 {}。1年短くなります。", wareki::long(day)),
        Some(day) => format!("新しい満了日 {}", wareki::long(day)),
        None => option.sentence.clone(),
    };
    if represented && new_expiry.is_some() {
        detail.insert_str(0, "法定代理人が申請します。");
    }
    let applicant = if represented { Applicant::LegalRepresentative } else { Applicant::Principal };
    let one_press =
        ONE_PRESS.contains(&option.procedure) && (!represented || option.procedure == Procedure::CardRenewal);
    let (way, applicant) = if one_press {
        (OfferWay::Open { once: hex(&office.rng().bytes::<16>()) }, Applicant::Principal)
    } else {
        (OfferWay::Ask, applicant)
    };
    Offer {
        label: label.to_owned(),
        detail,
        resident: resident.number.clone(),
        fields: vec![
            ("procedure".to_owned(), option.procedure.code().to_owned()),
            ("applicant".to_owned(), applicant.code().to_owned()),
        ],
        primary: primary && !shortened,
        way,
    }
}

fn refusal(option: &TodayOption, sentence: String) -> Refusal {
    Refusal {
        label: option.procedure.label().to_owned(),
        sentence,
        source: Source { title: option.source.clone(), detail: String::new() },
    }
}
