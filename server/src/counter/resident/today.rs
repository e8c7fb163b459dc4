//! What can be done today and what can't, each with its reason.

use crate::office::Office;
use crate::rng::hex;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::residents::Resident;
use app::components::Source;
use app::pages::resident::{Offer, Refusal};
use rules::applicants::is_restricted;
use rules::kinds::Applicant;
use rules::procedure::{self, CounterFacts, Procedure, TodayOption};
use rules::wareki;

/// The procedures that a case can be opened for at this counter.
const OPENED_HERE: [Procedure; 3] = [Procedure::Renewal, Procedure::Issuance, Procedure::CardRenewal];

/// Offers and refusals, in the rules' order; the first offer is drawn as the main one.
pub(super) fn options(
    office: &Office,
    visitor: &Visitor,
    resident: &Resident,
    facts: &CounterFacts,
) -> (Vec<Offer>, Vec<Refusal>) {
    let rulebook = office.rulebook();
    // Who can't apply alone isn't received here: a button would only lead to that refusal.
    let represented = is_restricted(facts, rulebook.settings.leap_birthday);
    let (mut offers, mut refusals) = (Vec::new(), Vec::new());
    for option in procedure::options(facts, &rulebook.settings, &rulebook.calendar) {
        if !option.possible {
            refusals.push(refusal(&option, option.sentence.clone()));
        } else if !OPENED_HERE.contains(&option.procedure)
            || (represented && option.procedure != Procedure::CardRenewal)
        {
            let sentence =
                format!("統合端末で手続きしてください。この画面からは受け付けません。{}", option.sentence);
            refusals.push(refusal(&option, sentence));
        } else if !visitor.may(Act::HandleCases) {
            let sentence = format!("{}の役割では受け付けられません。", visitor.role.label());
            refusals.push(refusal(&option, sentence));
        } else {
            let primary = offers.is_empty();
            offers.push(offer(office, resident, &option, primary));
        }
    }
    (offers, refusals)
}

fn offer(office: &Office, resident: &Resident, option: &TodayOption, primary: bool) -> Offer {
    let label = match option.procedure {
        Procedure::Renewal => "電子証明書を更新する",
        Procedure::Issuance => "電子証明書を発行する",
        Procedure::CardRenewal => "カードの更新を案内する",
        other => other.label(),
    };
    let new_expiry = option.certificates.iter().map(|planned| planned.new_expiry).max();
    let shortened = option.certificates.iter().any(|planned| planned.shortened);
    let detail = match new_expiry {
        Some(day) if shortened => format!("新しい満了日 {}。1年短くなります。", wareki::long(day)),
        Some(day) => format!("新しい満了日 {}", wareki::long(day)),
        None => option.sentence.clone(),
    };
    Offer {
        label: label.to_owned(),
        detail,
        action: format!("/residents/{}/cases", resident.number),
        fields: vec![
            ("procedure".to_owned(), option.procedure.code().to_owned()),
            ("applicant".to_owned(), Applicant::Principal.code().to_owned()),
        ],
        primary: primary && !shortened,
        once: hex(&office.rng().bytes::<16>()),
    }
}

fn refusal(option: &TodayOption, sentence: String) -> Refusal {
    Refusal {
        label: option.procedure.label().to_owned(),
        sentence,
        source: Source { title: option.source.clone(), detail: String::new() },
    }
}
