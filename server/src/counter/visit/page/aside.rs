//! The right column: resident and card in brief; of the card what it last said itself.

use super::Seen;
use crate::counter::facts::full_address;
use crate::counter::reception;
use crate::error::Result;
use crate::stations::{View, resident_of};
use crate::store;
use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use app::components::Mark;
use app::pages::case::{CardBrief, CertificateBrief, ResidentBrief};
use app::pages::parts::OnReader;
use card::readers::Sight;
use chrono::NaiveDate;
use rules::dates::age_on;
use rules::kinds::{CardStatus, CertificateKind, CertificateStatus};
use rules::period::renewal_period_from;

pub(super) async fn brief(seen: &Seen<'_>) -> Result<(ResidentBrief, Option<CardBrief>)> {
    let (resident, card, certificates) =
        reception::person(seen.office, &seen.case.row.resident_number).await?;
    let today = seen.office.clock().today();
    let mut flags = Vec::new();
    if resident.suppressed {
        flags.push("支援措置".to_owned());
    }
    if resident.adult_ward {
        flags.push("成年被後見人".to_owned());
    }
    let person = ResidentBrief {
        number: resident.number.clone(),
        name: resident.name.clone(),
        kana: resident.kana.clone(),
        birth: resident.birth,
        age: age(seen, resident.birth, today),
        sex: resident.sex,
        address: full_address(&resident),
        flags,
    };
    let card = match card {
        Some(card) => Some(card_brief(seen, &card, &certificates, today).await?),
        None => None,
    };
    Ok((person, card))
}

async fn card_brief(
    seen: &Seen<'_>,
    card: &Card,
    certificates: &[Certificate],
    today: NaiveDate,
) -> Result<CardBrief> {
    let on_reader = on_reader(seen, &card.number).await?;
    let origin = origin(seen, &on_reader, certificates);
    let brief = |&kind: &CertificateKind| {
        let row = certificates.iter().find(|row| row.current && row.kind == kind);
        CertificateBrief {
            kind,
            mark: row.map_or(Mark::None, |row| certificate_mark(seen, row, today)),
            expires: row.map(|row| row.expires),
        }
    };
    Ok(CardBrief {
        card_number: card.number.clone(),
        mark: card_mark(card, today),
        expires: card.expires,
        certificates: CertificateKind::ALL.iter().map(brief).collect(),
        on_reader,
        origin,
    })
}

fn age(seen: &Seen<'_>, birth: NaiveDate, today: NaiveDate) -> u32 {
    u32::try_from(age_on(birth, today, seen.office.rulebook().settings.leap_birthday)).unwrap_or(0)
}

/// What isn't right about the card on the reader, for the clerk to tell.
pub(super) fn doubt(seen: &Seen<'_>) -> Vec<String> {
    let reading = seen.view().and_then(View::reading);
    let doubt = reading.and_then(|reading| reading.doubt.as_ref());
    doubt.map(|doubt| format!("{}{}", doubt.sentence, doubt.what_now)).into_iter().collect()
}

/// Where the brief comes from, and whether card and register agree.
fn origin(seen: &Seen<'_>, on_reader: &OnReader, certificates: &[Certificate]) -> String {
    let reading = seen.view().and_then(View::reading).filter(|_| *on_reader == OnReader::Same);
    let Some(reading) = reading else { return "台帳のとおり".to_owned() };
    let on_card = reading.card.authentication.as_ref().map(|found| found.serial.as_str());
    let mut current = certificates.iter().filter(|row| row.current);
    let registered =
        current.find(|row| row.kind == CertificateKind::Authentication).map(|row| row.serial.as_str());
    if on_card == registered {
        "カードを読み取り、台帳と同じです".to_owned()
    } else {
        "カードの利用者証明用電子証明書は、台帳のものと違います".to_owned()
    }
}

fn card_mark(card: &Card, today: NaiveDate) -> Mark {
    match card.status {
        CardStatus::Abolished => Mark::Abolished,
        _ if card.expires < today => Mark::Expired,
        CardStatus::Suspended => Mark::Suspended,
        CardStatus::Active => Mark::Valid,
    }
}

fn certificate_mark(seen: &Seen<'_>, row: &Certificate, today: NaiveDate) -> Mark {
    match row.status {
        CertificateStatus::Revoked => Mark::Revoked,
        _ if row.expires < today => Mark::Expired,
        CertificateStatus::Suspended => Mark::Suspended,
        CertificateStatus::Valid => {
            let rulebook = seen.office.rulebook();
            let start = rulebook.settings.window_start;
            let period = renewal_period_from(row.expires, false, start, &rulebook.calendar);
            if period.contains(today) { Mark::InPeriod } else { Mark::Valid }
        }
    }
}

/// Whose card lies on the clerk's reader, seen from this case.
pub(super) async fn on_reader(seen: &Seen<'_>, card_number: &str) -> Result<OnReader> {
    let Some(view) = seen.view() else { return Ok(OnReader::NoReader) };
    match (&view.sight, view.reading()) {
        (Sight::NoService | Sight::NoReader, _) => Ok(OnReader::NoReader),
        (Sight::Empty, _) => Ok(OnReader::Empty),
        (_, Some(reading)) if reading.card.card.card_number == card_number => Ok(OnReader::Same),
        (_, Some(reading)) => {
            let owner = resident_of(seen.office, &reading.card).await?;
            let resident = match owner {
                Some(number) => store::residents::find(seen.office.store().read(), &number).await?,
                None => None,
            };
            let words = match resident {
                Some(resident) if !resident.suppressed => format!("{}さんのカードです。", resident.name),
                _ => String::new(),
            };
            Ok(OnReader::Other { words })
        }
        (_, None) => Ok(OnReader::Other { words: unread(view) }),
    }
}

fn unread(view: &View) -> String {
    match &view.card {
        crate::stations::CardView::Unreadable(trouble) => trouble.sentence.clone(),
        _ => "カードを読み取っています。".to_owned(),
    }
}
