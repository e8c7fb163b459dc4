//! What every button of a campaign's page has in common: who may press it, once, on the page as it is now.

use super::{Campaign, address, changed_meanwhile, load};
use crate::counter::once;
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::WriteTx;
use app::components::{FieldError, FormErrors};
use chrono::NaiveDate;
use serde::Deserialize;

/// What every form of a campaign's page says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StepForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
}

/// What became of a press.
#[derive(Debug)]
pub enum Done {
    /// It was done, now or by an earlier press: where that is seen.
    Moved(String),
    /// Nothing was done; this is wrong with the form.
    Wrong(FormErrors),
}

/// A press that may act.
pub struct Press<'a> {
    /// The office.
    pub office: &'a Office,
    /// Who pressed.
    pub visitor: &'a Visitor,
    /// The writing transaction.
    pub tx: WriteTx,
    /// This moment.
    pub at: String,
    /// Today.
    pub today: NaiveDate,
    /// The campaign as it is now.
    pub campaign: Campaign,
    route: String,
    once: String,
}

/// A press, or where an earlier one of the same button led.
pub enum Pressed<'a> {
    /// It has acted.
    Before(String),
    /// It may act.
    Now(Box<Press<'a>>),
}

/// Takes a press: the right, the key and the version are looked at.
///
/// # Errors
/// A refusal when the visitor may not, there is no such campaign, or it has moved on since the page was made.
pub async fn take<'a>(
    office: &'a Office,
    visitor: &'a Visitor,
    act: Act,
    id: i64,
    action: &str,
    form: &StepForm,
) -> Result<Pressed<'a>> {
    visitor.require(act)?;
    let route = format!("{}/{action}", address(id));
    let mut tx = office.store().write().await?;
    if let Some(location) = once::answered(&mut tx, &form.once, visitor.staff_id, &route).await? {
        return Ok(Pressed::Before(location));
    }
    let campaign = load(&mut *tx, id).await?;
    if campaign.row.version != form.version {
        return Err(changed_meanwhile().into());
    }
    let (at, today, once) = (office.clock().stamp(), office.clock().today(), form.once.clone());
    Ok(Pressed::Now(Box::new(Press { office, visitor, tx, at, today, campaign, route, once })))
}

impl Press<'_> {
    /// The press has done its work: it is remembered and made permanent.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn finish(mut self) -> Result<Done> {
        let location = address(self.campaign.row.id);
        once::remember(&mut self.tx, &self.once, self.visitor.staff_id, &self.route, &location, &self.at)
            .await?;
        self.tx.commit().await?;
        Ok(Done::Moved(location))
    }
}

/// One thing that is wrong with one field.
pub fn wrong(field: &str, code: &str, sentence: impl Into<String>) -> Done {
    let error = FieldError { field: field.to_owned(), code: code.to_owned(), sentence: sentence.into() };
    Done::Wrong(FormErrors(vec![error]))
}
