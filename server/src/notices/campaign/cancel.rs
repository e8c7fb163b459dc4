//! Giving a campaign up. What isn't printed is void; what is printed and not posted is void where nothing is left to
//! print; what is at the post stays.

use super::counts::{self, Counts};
use super::press::{Done, Pressed, StepForm, take, wrong};
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::campaigns::Step;
use crate::store::{campaign_parts, campaign_targets, letters};
use rules::campaign::{CampaignEvent, CampaignState, VoidReason};
use serde::Deserialize;

/// What the form says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CancelForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// `yes`: what it means has been read.
    pub sure: String,
}

/// What giving up comes to as things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivingUp {
    /// What happens to the campaign.
    pub event: CampaignEvent,
    /// Letters on paper are voided too.
    pub printed_too: bool,
}

/// What giving up a campaign in this state comes to; nothing where it can't be given up.
pub fn giving_up(state: CampaignState, counts: &Counts) -> Option<GivingUp> {
    let posted = counts.posted + counts.returned > 0;
    let printing = state == CampaignState::Printing;
    let event = match () {
        () if printing && counts.to_post > 0 => CampaignEvent::KeepPrinted,
        () if posted => CampaignEvent::KeepPosted,
        () => CampaignEvent::Cancel,
    };
    rules::campaign::next(state, event).map(|_| GivingUp { event, printed_too: !printing })
}

/// Gives a campaign up, in one transaction: no half state.
///
/// # Errors
/// A refusal when there is nothing to give up.
pub async fn cancel(office: &Office, visitor: &Visitor, id: i64, form: &CancelForm) -> Result<Done> {
    let step = StepForm { version: form.version, once: form.once.clone() };
    let mut press = match take(office, visitor, Act::MakeNotices, id, "cancel", &step).await? {
        Pressed::Before(location) => return Ok(Done::Moved(location)),
        Pressed::Now(press) => press,
    };
    if form.sure != "yes" {
        let sentence = "取りやめは行っていません。取りやめるとどうなるかを読み、確かめた印を付けてください。";
        return Ok(wrong("sure", "M-2015", sentence));
    }
    let before = counts::of(&mut *press.tx, id).await?;
    let Some(giving_up) = giving_up(press.campaign.state, &before) else {
        press.campaign.transition(CampaignEvent::Cancel, Some(visitor.role))?;
        return Ok(wrong("sure", "M-2016", "この段階では取りやめられません。"));
    };
    let (reason, printed_too) = (VoidReason::Cancelled, giving_up.printed_too);
    if press.campaign.state == CampaignState::Making {
        // A list that isn't whole says nothing about anybody.
        while campaign_targets::clear(&mut press.tx, id, i64::MAX).await? > 0 {}
    }
    letters::void_unposted(&mut press.tx, id, printed_too, press.today, reason.label()).await?;
    campaign_targets::exclude_unposted(&mut press.tx, id, printed_too, reason.code(), &press.at).await?;
    campaign_parts::give_up(&mut press.tx, id).await?;
    let kept = if giving_up.event == CampaignEvent::KeepPrinted {
        Step { printed_at: Some(&press.at), ..Step::default() }
    } else {
        Step::default()
    };
    let voided = before.numbered + if printed_too { before.to_post } else { 0 };
    let remark = if voided == 0 { String::new() } else { format!("(無効にした通知書{voided}通)") };
    press.campaign.advance(&mut press.tx, &press.at, visitor.into(), giving_up.event, kept, &remark).await?;
    press.finish().await
}
