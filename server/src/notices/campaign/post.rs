//! The letters are handed to the post, and the campaign is over: printed is not posted, posted is not delivered.

use super::counts;
use super::press::{Done, Pressed, StepForm, take, wrong};
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::campaigns::Step;
use crate::store::{campaign_targets, letters};
use chrono::{DateTime, NaiveDate};
use rules::campaign::{CampaignEvent, CampaignState};
use rules::wareki;
use serde::Deserialize;

/// The longest that letters lie about before somebody notes that they were posted.
const LATEST: i64 = 31;

/// When they were posted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PostForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// The day; today when empty.
    pub posted_on: String,
}

/// Notes that everything on paper was posted.
///
/// # Errors
/// A refusal when the step isn't possible.
pub async fn post(office: &Office, visitor: &Visitor, id: i64, form: &PostForm) -> Result<Done> {
    let step = StepForm { version: form.version, once: form.once.clone() };
    let mut press = match take(office, visitor, Act::MakeNotices, id, "post", &step).await? {
        Pressed::Before(location) => return Ok(Done::Moved(location)),
        Pressed::Now(press) => press,
    };
    press.campaign.transition(CampaignEvent::Post, Some(visitor.role))?;
    let printed = press.campaign.row.printed_at.as_deref().and_then(day_of);
    let day = match read_day(&form.posted_on, press.today, printed) {
        Ok(day) => day,
        Err(sentence) => return Ok(wrong("posted_on", "M-2012", sentence)),
    };
    let counts = counts::of(&mut *press.tx, id).await?;
    if counts.to_post == 0 {
        let sentence = "発送を待っている通知書がありません。発送は記録していません。この回を終えてください。";
        return Ok(wrong("posted_on", "M-2013", sentence));
    }
    letters::post_notices(&mut press.tx, id, day).await?;
    campaign_targets::note_posted(&mut press.tx, id, &press.at).await?;
    let remark = format!("({}通、{}発送)", counts.to_post, wareki::short(day));
    let step = Step { posted_on: Some(day), ..Step::default() };
    press
        .campaign
        .advance(&mut press.tx, &press.at, visitor.into(), CampaignEvent::Post, step, &remark)
        .await?;
    press.finish().await
}

fn day_of(at: &str) -> Option<NaiveDate> {
    DateTime::parse_from_rfc3339(at).ok().map(|at| at.date_naive())
}

fn read_day(typed: &str, today: NaiveDate, printed: Option<NaiveDate>) -> Result<NaiveDate, String> {
    let day = match typed.trim() {
        "" => today,
        text => wareki::parse(text).map_err(|error| error.sentence())?,
    };
    if day > today {
        return Err("発送日が今日より後です。発送した日を入力してください。".to_owned());
    }
    if printed.is_some_and(|printed| day < printed) {
        return Err("発送日が、印刷用のファイルを作った日より前です。年月日を確かめてください。".to_owned());
    }
    if (today - day).num_days() > LATEST {
        return Err("発送日がひと月より前です。年月日を確かめてください。".to_owned());
    }
    Ok(day)
}

/// Closes the campaign. What comes back later is still taken in.
///
/// # Errors
/// A refusal when letters wait for the post.
pub async fn end(office: &Office, visitor: &Visitor, id: i64, form: &StepForm) -> Result<Done> {
    let mut press = match take(office, visitor, Act::MakeNotices, id, "end", form).await? {
        Pressed::Before(location) => return Ok(Done::Moved(location)),
        Pressed::Now(press) => press,
    };
    press.campaign.transition(CampaignEvent::End, Some(visitor.role))?;
    let waiting = counts::of(&mut *press.tx, id).await?.to_post;
    if press.campaign.state == CampaignState::Printed && waiting > 0 {
        let sentence = format!(
            "発送を待っている通知書が{waiting}通あります。発送を記録するか、この回を取りやめてください。"
        );
        return Ok(wrong("posted_on", "M-2014", sentence));
    }
    let (step, actor) = (Step::default(), visitor.into());
    press.campaign.advance(&mut press.tx, &press.at, actor, CampaignEvent::End, step, "").await?;
    press.finish().await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The day of the post lies between the printing and today, and isn't long ago.
    #[test]
    fn days_of_the_post() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let read = |typed, printed: &str| read_day(typed, day("2026-12-10"), Some(day(printed)));
        assert_eq!(read("", "2026-12-01"), Ok(day("2026-12-10")));
        assert_eq!(read("R8.12.1", "2026-12-01"), Ok(day("2026-12-01")));
        for (typed, printed) in [
            ("R8.12.11", "2026-12-01"),
            ("R8.11.30", "2026-12-01"),
            ("R8.11.1", "2026-10-01"),
            ("きのう", "2026-12-01"),
        ] {
            assert!(read(typed, printed).is_err(), "{typed}");
        }
    }
}
