//! Single letters of a campaign: voided by hand, or made anew.

use super::numbering::Desk;
use super::press::{Done, Press, Pressed, StepForm, take, wrong};
use super::write::{self, Void};
use super::{Campaign, job};
use crate::error::{Error, Result};
use crate::notices::plan::{self, Target};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::{campaign_targets, letters};
use rules::campaign::{CampaignEvent, TargetState, VoidReason};
use serde::Deserialize;

/// Which letters, and why.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LettersForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// 文書番号 of the letters that were ticked.
    pub letter: Vec<i64>,
    /// Code of the reason.
    pub reason: String,
    /// `void` or `again`.
    pub action: String,
    /// The list in which they were ticked.
    pub list: String,
    /// The page of it.
    pub page: Option<u32>,
}

/// Voids the ticked letters or makes them anew: all of them, or none and a sentence for each that can't be.
///
/// # Errors
/// A refusal when the step isn't possible.
pub async fn act(office: &Office, visitor: &Visitor, id: i64, form: &LettersForm) -> Result<Done> {
    let step = StepForm { version: form.version, once: form.once.clone() };
    let mut press = match take(office, visitor, Act::MakeNotices, id, "letters", &step).await? {
        Pressed::Before(location) => return Ok(Done::Moved(location)),
        Pressed::Now(press) => press,
    };
    let reason = VoidReason::from_code(&form.reason).filter(|reason| VoidReason::BY_HAND.contains(reason));
    let Some(reason) = reason else {
        return Ok(wrong("reason", "M-2017", "理由を選んでください。何も変わっていません。"));
    };
    if form.letter.is_empty() {
        let sentence = "通知書が選ばれていません。一覧で通知書に印を付けてください。";
        return Ok(wrong("letter", "M-2018", sentence));
    }
    let refused = match form.action.as_str() {
        "again" => again(&mut press, &form.letter, reason).await?,
        _ => void(&mut press, &form.letter, reason).await?,
    };
    if !refused.is_empty() {
        return Ok(wrong("letter", "M-2019", refused.concat()));
    }
    let done = press.finish().await?;
    job::start(office, id);
    Ok(done)
}

/// A letter that was ticked: its person, and where they stand.
async fn ticked(press: &mut Press<'_>, number: i64) -> Result<Option<(String, TargetState)>> {
    let found = campaign_targets::by_letter(&mut press.tx, press.campaign.row.id, number).await?;
    let Some((person, state)) = found else { return Ok(None) };
    let state = TargetState::from_code(&state)
        .ok_or_else(|| Error::internal("campaign_targets.state holds an unknown code"))?;
    Ok(Some((person, state)))
}

/// Voids letters; returns a sentence for each that can't be.
async fn void(press: &mut Press<'_>, numbers: &[i64], reason: VoidReason) -> Result<Vec<String>> {
    let mut refused = Vec::new();
    for &number in numbers {
        let document = format!("通知-{number:06}");
        match ticked(press, number).await? {
            Some((person, TargetState::Open | TargetState::Printed)) => {
                let void = Void::because(number, &person, reason, press.today);
                write::void(&mut press.tx, &void, &press.visitor.login, &press.at).await?;
            }
            Some((_, state)) => {
                refused.push(format!("{document}は「{}」のため、無効にできません。", state.label()));
            }
            None => refused.push(format!("{document}は、この回の今の通知書ではありません。")),
        }
    }
    Ok(refused)
}

/// Makes letters anew in a file of their own; returns a sentence for each that can't be.
async fn again(press: &mut Press<'_>, numbers: &[i64], reason: VoidReason) -> Result<Vec<String>> {
    press.campaign.transition(CampaignEvent::PrintAgain, Some(press.visitor.role))?;
    let desk = Desk::open(press.office).await?;
    let mut refused = Vec::new();
    for &number in numbers {
        let document = format!("通知-{number:06}");
        let Some((person, _)) = ticked(press, number).await? else {
            refused.push(format!("{document}は、この回の今の通知書ではありません。"));
            continue;
        };
        match wanted(press.office, &mut press.tx, &press.campaign, &person).await? {
            Ok(target) => renew(press, &desk, &target, number, reason).await?,
            Err(why) => refused.push(format!("{document}は作り直せません。{why}")),
        }
    }
    if refused.is_empty() {
        let many = desk.divide(&mut press.tx, press.campaign.row.id).await?;
        let remark = format!("({many}通、理由: {})", reason.label().trim_end_matches('。'));
        let (step, actor) = (super::Step::default(), press.visitor.into());
        press
            .campaign
            .advance(&mut press.tx, &press.at, actor, CampaignEvent::PrintAgain, step, &remark)
            .await?;
    }
    Ok(refused)
}

/// The person as a target, or why the rules want no letter.
async fn wanted(
    office: &Office,
    tx: &mut crate::store::WriteTx,
    campaign: &Campaign,
    person: &str,
) -> Result<Result<Target, &'static str>> {
    let mut terms = campaign.terms(office);
    terms.again = true;
    let decision = plan::of_people(tx, &terms, &[person]).await?.pop();
    Ok(match decision {
        Some(Ok(target)) => Ok(target),
        Some(Err(left_out)) => Err(left_out.why.sentence),
        None => Err(plan::GONE.label()),
    })
}

/// The old letter, and any other about the same months, is void; the new one takes its place.
async fn renew(
    press: &mut Press<'_>,
    desk: &Desk<'_>,
    target: &Target,
    number: i64,
    reason: VoidReason,
) -> Result<()> {
    let (person, (first, last)) = (&target.person.resident_number, target.months());
    let mut replaces =
        letters::living_notices(&mut press.tx, person, &first.to_string(), &last.to_string()).await?;
    if !replaces.contains(&number) {
        replaces.push(number);
    }
    for old in &replaces {
        let reason = if *old == number { reason } else { VoidReason::Remade };
        let void = Void::because(*old, person, reason, press.today);
        write::void(&mut press.tx, &void, &press.visitor.login, &press.at).await?;
    }
    desk.write(&mut press.tx, &press.campaign, target, &replaces, &press.visitor.login).await?;
    Ok(())
}
