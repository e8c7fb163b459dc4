//! The card and its two certificates, as the register has them.

use crate::office::Rulebook;
use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use crate::store::residents::Resident;
use app::components::Mark;
use app::pages::parts::{OnReader, PinTries as TriesShown, Tries};
use app::pages::resident::{CardPanel, CertificateDays, CertificatePanel};
use card::read::PinTries;
use chrono::NaiveDate;
use rules::kinds::{CardStatus, CertificateKind, CertificateStatus, PinKind};
use rules::period::{self, Stage};
use rules::procedure::CounterFacts;
use rules::wareki;

/// The card.
pub(super) fn card(
    card: &Card,
    resident: &Resident,
    on_reader: OnReader,
    pins: Option<&PinTries>,
    today: NaiveDate,
) -> CardPanel {
    let (mark, sentence) = card_state(card, resident, today);
    let shown = [PinKind::ResidentRegister, PinKind::CardEntry];
    CardPanel {
        kind: card.kind,
        card_number: card.number.clone(),
        face_only: card.face_only,
        issued: card.issued,
        expires: card.expires,
        mark,
        sentence,
        on_reader,
        pins: shown
            .into_iter()
            .filter_map(|kind| tries(pins, kind).map(|tries| TriesShown { kind, tries }))
            .collect(),
    }
}

fn card_state(card: &Card, resident: &Resident, today: NaiveDate) -> (Mark, String) {
    match card.status {
        CardStatus::Abolished => {
            (Mark::Abolished, "廃止されています。新しいカードの申請が必要です。".to_owned())
        }
        CardStatus::Suspended => {
            (Mark::Suspended, "一時停止されています。カードを持って窓口で解除の手続きをします。".to_owned())
        }
        CardStatus::Active if card.expires < today => {
            (Mark::Expired, "有効期限が過ぎています。新しいカードの申請が必要です。".to_owned())
        }
        CardStatus::Active => {
            let from = period::first_day(card.expires, false);
            if today < from {
                return (Mark::Valid, String::new());
            }
            let days = (card.expires - today).num_days();
            let what = if resident.stay_until.is_some() {
                "在留期間の延長か、カードの更新が必要です。"
            } else {
                "カードの更新(写真と申請)が必要です。"
            };
            (Mark::InPeriod, format!("あと{days}日で有効期限です。{what}"))
        }
    }
}

/// Both certificates, the signature one first.
pub(super) fn certificates(
    facts: &CounterFacts,
    certificates: &[Certificate],
    pins: Option<&PinTries>,
    rulebook: &Rulebook,
) -> Vec<CertificatePanel> {
    let panel = |kind: CertificateKind| {
        let current = certificates.iter().find(|found| found.kind == kind && found.current);
        match current {
            Some(current) => held(facts, current, pins, rulebook),
            None => CertificatePanel {
                kind,
                mark: Mark::None,
                sentence: never_issued(facts, kind),
                days: None,
                serial: String::new(),
                tries: None,
            },
        }
    };
    vec![panel(CertificateKind::Signature), panel(CertificateKind::Authentication)]
}

fn never_issued(facts: &CounterFacts, kind: CertificateKind) -> String {
    let face_only = facts.card.is_some_and(|card| card.face_only);
    match (kind, face_only) {
        _ if facts.card.is_none() => "カードがないため、発行されていません。".to_owned(),
        (CertificateKind::Signature, true) => "顔認証マイナンバーカードには発行されません。".to_owned(),
        _ => format!("{}は発行されていません。", kind.label()),
    }
}

fn held(
    facts: &CounterFacts,
    certificate: &Certificate,
    pins: Option<&PinTries>,
    rulebook: &Rulebook,
) -> CertificatePanel {
    let today = facts.today;
    let renewal = period::renewal_period_from(
        certificate.expires,
        facts.abroad,
        rulebook.settings.window_start,
        &rulebook.calendar,
    );
    let (mark, sentence) = match (certificate.status, renewal.stage(today)) {
        (CertificateStatus::Revoked, _) => (Mark::Revoked, revoked(certificate)),
        (_, Stage::After { days }) => {
            (Mark::Expired, format!("{days}日前に期間が満了しました。更新ではなく、発行になります。"))
        }
        (CertificateStatus::Suspended, _) => {
            (Mark::Suspended, "カードとともに一時停止されています。".to_owned())
        }
        (CertificateStatus::Valid, Stage::Before { days }) => {
            (Mark::Valid, format!("あと{days}日で更新できます({}から)。", month_day(renewal.from)))
        }
        (CertificateStatus::Valid, Stage::Inside { days_left }) => {
            let last = match days_left {
                0 => "今日が満了日です。".to_owned(),
                days => format!("更新できます。満了まであと{days}日です。"),
            };
            (Mark::InPeriod, last)
        }
    };
    // A certificate that ends with its card isn't renewed by itself: the card is.
    let with_card = facts.card.is_some_and(|card| card.expires <= certificate.expires);
    let living = matches!(mark, Mark::Valid | Mark::InPeriod);
    let sentence = if with_card && living {
        format!(
            "カードと同じ日に満了します。{}",
            if mark == Mark::InPeriod { "カードの更新が必要です。" } else { "" }
        )
    } else {
        sentence
    };
    CertificatePanel {
        kind: certificate.kind,
        mark,
        sentence,
        days: Some(CertificateDays {
            issued: certificate.issued,
            expires: certificate.expires,
            renewal_from: (living && !with_card).then_some(renewal.from),
            last_open_day: renewal.last_open_day.filter(|_| living && !with_card),
            today,
        }),
        serial: certificate.serial.clone(),
        tries: tries(pins, certificate.kind.pin()),
    }
}

fn revoked(certificate: &Certificate) -> String {
    let day = certificate.revoked_on.map(|day| format!("{}に", wareki::long(day))).unwrap_or_default();
    let why = certificate.reason.as_deref().map(|reason| format!("({reason})")).unwrap_or_default();
    format!("{day}失効しています{why}。新しく発行できます。")
}

fn month_day(day: NaiveDate) -> String {
    use chrono::Datelike as _;
    format!("{}月{}日", day.month(), day.day())
}

fn tries(pins: Option<&PinTries>, kind: PinKind) -> Option<Tries> {
    let state = pins?.of(kind)?;
    Some(Tries { left: state.left?, of: state.max })
}
