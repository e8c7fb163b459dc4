//! Making the list: everybody of the months gets a place in it, included or not, a few hundred at a time.

use super::{BY_ITSELF, Campaign, load, message};
use crate::error::{Error, Result};
use crate::notices::plan::{self, Plan};
use crate::office::Office;
use crate::store::WriteTx;
use crate::store::campaign_targets::{self, NewTarget};
use crate::store::campaigns::Step;
use rules::campaign::{CampaignEvent, CampaignState, TargetState, next};
use rules::settings::NoticeRelease;

/// People written down in one transaction: a few milliseconds, in which nobody at a counter waits.
const CHUNK: usize = 500;

/// The people of a plan as the list holds them: those who get a letter in post order, then those who don't.
pub fn of_plan(plan: &Plan) -> Vec<NewTarget<'_>> {
    let included = plan.included.iter().zip(1..).map(|(target, place)| NewTarget {
        resident: &target.person.resident_number,
        state: TargetState::Open.code(),
        reason: None,
        place: Some(place),
        letter: None,
    });
    let excluded = plan.excluded.iter().map(|left_out| NewTarget {
        resident: &left_out.person.resident_number,
        state: TargetState::Excluded.code(),
        reason: Some(left_out.why.code),
        place: None,
        letter: None,
    });
    included.chain(excluded).collect()
}

/// Makes the list of a campaign that is at it, from the beginning: what a stop left behind is thrown away first.
///
/// # Errors
/// When the database refuses.
pub async fn make(office: &Office, id: i64) -> Result<()> {
    loop {
        let Some((mut tx, _)) = still_making(office, id).await? else { return Ok(()) };
        let many = i64::try_from(CHUNK).map_err(Error::internal)?;
        let gone = campaign_targets::clear(&mut tx, id, many).await?;
        tx.commit().await?;
        if gone == 0 {
            break;
        }
    }
    let campaign = load(office.store().read(), id).await?;
    let plan = {
        let mut connection = office.store().read().acquire().await?;
        plan::plan(&mut connection, &campaign.terms(office)).await?
    };
    for chunk in of_plan(&plan).chunks(CHUNK) {
        let Some((mut tx, _)) = still_making(office, id).await? else { return Ok(()) };
        campaign_targets::add(&mut tx, id, chunk, &office.clock().stamp()).await?;
        tx.commit().await?;
    }
    let Some((tx, campaign)) = still_making(office, id).await? else { return Ok(()) };
    finish(office, tx, &campaign, &plan).await
}

/// A transaction in which the campaign is still at its list; nothing when somebody gave it up.
async fn still_making(office: &Office, id: i64) -> Result<Option<(WriteTx, Campaign)>> {
    let mut tx = office.store().write().await?;
    let campaign = load(&mut *tx, id).await?;
    Ok((campaign.state == CampaignState::Making).then_some((tx, campaign)))
}

async fn finish(office: &Office, mut tx: WriteTx, campaign: &Campaign, plan: &Plan) -> Result<()> {
    let at = office.clock().stamp();
    let (included, excluded) = (plan.included.len(), plan.excluded.len());
    let remark = format!("(送る人{included}人、対象外{excluded}人)");
    let made = campaign
        .advance(&mut tx, &at, BY_ITSELF, CampaignEvent::TargetsMade, Step::default(), &remark)
        .await?;
    let anyone = office.rulebook().settings.notice_release == NoticeRelease::Anyone;
    if made.row.straight && anyone && included > 0 {
        let row = next(made.state, CampaignEvent::Release)
            .ok_or_else(|| Error::internal("a finished list can't be released"))?;
        let step = Step { released: Some((made.row.planned_by, &at)), ..Step::default() };
        made.go(&mut tx, &at, BY_ITSELF, row, step, "(承認を求めない設定のため、続けて印刷します)").await?;
    } else {
        let what_now = match (included, anyone) {
            (0, _) => "送る人はいません。",
            (_, true) => "確かめて承認すると、印刷に進みます。",
            (_, false) => "別の職員が承認すると、印刷に進みます。",
        };
        let sentence = format!("{}の対象者の一覧ができました{remark}。{what_now}", made.title());
        message::done(&mut tx, &made, &[made.row.made_by], &sentence, &at).await?;
    }
    tx.commit().await
}
