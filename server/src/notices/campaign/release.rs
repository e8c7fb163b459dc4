//! Making the list now or once more, and releasing it: whoever made it leaves that to another.

use super::job;
use super::press::{Done, Pressed, StepForm, take, wrong};
use super::{Actor, counts};
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::campaigns::{CampaignRow, Step};
use rules::campaign::CampaignEvent;
use rules::settings::{NoticeRelease, OfficeSettings};

/// Makes the list now, before its day or once more; it is this person's from now on.
///
/// # Errors
/// A refusal when the step isn't possible.
pub async fn make_list(office: &Office, visitor: &Visitor, id: i64, form: &StepForm) -> Result<Done> {
    let mut press = match take(office, visitor, Act::MakeNotices, id, "list", form).await? {
        Pressed::Before(location) => return Ok(Done::Moved(location)),
        Pressed::Now(press) => press,
    };
    let (maker, actor) = (Some(visitor.staff_id), Actor::from(visitor));
    job::begin(&mut press.tx, &press.campaign, maker, actor, &press.at).await?;
    let done = press.finish().await?;
    job::start(office, id);
    Ok(done)
}

/// True when this person may release a campaign's list: somebody else made it, or the office wants no second person.
pub fn may_release(row: &CampaignRow, staff_id: i64, settings: &OfficeSettings) -> bool {
    settings.notice_release == NoticeRelease::Anyone || row.made_by != Some(staff_id)
}

/// Releases the list: letters are numbered and printed from now on, in the background.
///
/// # Errors
/// A refusal when the step isn't possible.
pub async fn release(office: &Office, visitor: &Visitor, id: i64, form: &StepForm) -> Result<Done> {
    let mut press = match take(office, visitor, Act::ReleaseNotices, id, "release", form).await? {
        Pressed::Before(location) => return Ok(Done::Moved(location)),
        Pressed::Now(press) => press,
    };
    press.campaign.transition(CampaignEvent::Release, Some(visitor.role))?;
    if !may_release(&press.campaign.row, visitor.staff_id, &office.rulebook().settings) {
        let sentence =
            "この一覧は、ご自分で作ったものです。承認は行われていません。別の職員に承認を依頼してください。";
        return Ok(wrong("", "M-2010", sentence));
    }
    let open = counts::of(&mut *press.tx, id).await?.open;
    if open == 0 {
        let sentence =
            "通知書を送る人がいないため、承認できません。一覧を作り直すか、この回を取りやめてください。";
        return Ok(wrong("", "M-2011", sentence));
    }
    let step = Step { released: Some((Some(visitor.staff_id), &press.at)), ..Step::default() };
    let remark = format!("({open}人)");
    press
        .campaign
        .advance(&mut press.tx, &press.at, visitor.into(), CampaignEvent::Release, step, &remark)
        .await?;
    let done = press.finish().await?;
    job::start(office, id);
    Ok(done)
}
