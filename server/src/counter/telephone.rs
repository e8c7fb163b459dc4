//! What may be said on the telephone (validity is never told there). Nobody is looked up and nothing is
//! written, not even that somebody called.

mod topics;

use crate::counter::{calendar, today};
use crate::error::Result;
use crate::office::Office;
use crate::staff::visitor::Visitor;
use app::pages::telephone::TelephonePage;

/// How many of the next days a caller is told.
const DAYS: usize = 10;

/// The page. It asks the office's settings and calendar only.
///
/// # Errors
/// When this person may not answer the public.
pub fn page(office: &Office, visitor: &Visitor) -> Result<TelephonePage> {
    visitor.require(crate::staff::permissions::Act::SeeResidents)?;
    let (rulebook, text, day) = (office.rulebook(), office.text(), office.clock().today());
    let days = day.iter_days().take(DAYS).map(|date| calendar::ahead(&rulebook, date));
    Ok(TelephonePage {
        now: today::calendar_note(office, day),
        refusal: "「電子証明書が有効かどうかや有効期限は、お電話ではお答えしていません。」".to_owned(),
        instead: topics::instead(),
        place: text.place.clone(),
        hours: text.hours.clone(),
        closed: text.closed.clone(),
        website: text.website.clone(),
        days: days.collect(),
        topics: topics::all(&rulebook.settings),
    })
}
