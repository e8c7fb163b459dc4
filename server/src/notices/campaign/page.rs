//! The page of one campaign.

mod story;

use super::counts::{self, Counts};
use super::{Campaign, address, cancel, load, release};
use crate::error::Result;
use crate::notices::address::one_line;
use crate::office::Office;
use crate::rng::hex;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::campaign_parts::{self, PartRow};
use crate::store::campaign_targets::{self, ListedTarget};
use crate::store::staff_messages;
use app::components::{Choice, FormErrors, Pages};
use app::pages::campaign::{
    CampaignAction, CampaignCounts, CampaignFile, CampaignList, CampaignPage, CampaignPerson,
    CampaignProgress,
};
use rules::campaign::{CampaignEvent, CampaignState, TargetState, VoidReason, exclusion};
use rules::wareki;

pub use story::short_moment;

/// People on one page of a list.
const ROWS: u32 = 50;

/// What is asked of the page, or was entered on it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The code of the list to be shown.
    pub list: String,
    /// The page of it, from 1.
    pub page: u32,
    /// The form for giving up is wanted.
    pub cancelling: bool,
    /// The day of the post, as entered.
    pub posted_on: String,
    /// The letters that were ticked.
    pub ticked: Vec<i64>,
    /// The reason that was chosen for them.
    pub reason: String,
    /// What was wrong with it all.
    pub errors: FormErrors,
}

/// The page as things stand. Whoever opens it has read the messages that lead here.
///
/// # Errors
/// A refusal when the visitor may not, or there is no such campaign.
pub async fn page(office: &Office, visitor: &Visitor, id: i64, asked: Asked) -> Result<CampaignPage> {
    visitor.require(Act::MakeNotices)?;
    let pool = office.store().read();
    let campaign = load(pool, id).await?;
    read_messages(office, visitor, id).await?;
    let counts = counts::of(pool, id).await?;
    let parts = campaign_parts::of_campaign(pool, id).await?;
    let list = TargetState::from_code(&asked.list).unwrap_or_else(|| usual_list(&counts));
    let pages = pages(&counts, list, id, asked.page);
    let skip = i64::from(pages.current - 1) * i64::from(ROWS);
    let rows = campaign_targets::page(pool, id, list.code(), skip, i64::from(ROWS)).await?;
    let may_print_again = rules::campaign::next(campaign.state, CampaignEvent::PrintAgain).is_some();
    let ticks = Ticks { again: may_print_again, over: campaign.state.is_final(), ticked: &asked.ticked };
    Ok(CampaignPage {
        id,
        title: campaign.title(),
        state: campaign.state.label().to_owned(),
        steps: story::steps(&campaign),
        notices: story::notices(&campaign, &rows),
        facts: story::facts(office, &campaign).await?,
        reasons: counts.reasons_in_words(),
        progress: progress(office, &campaign, &counts),
        action: action(office, visitor, &campaign, &counts, asked.posted_on),
        cancel: giving_up_means(&campaign, &counts),
        cancelling: asked.cancelling,
        files: parts.into_iter().map(file).collect(),
        lists: lists(&counts),
        list: list.code().to_owned(),
        people: rows.into_iter().map(|row| person(row, &ticks)).collect(),
        pages,
        letter_reasons: if ticks.over { Vec::new() } else { reasons() },
        letter_reason: asked.reason,
        may_print_again,
        version: campaign.row.version,
        once: hex(&office.rng().bytes::<16>()),
        errors: asked.errors,
        counts: CampaignCounts {
            targets: counts.targets(),
            printed: counts.printed(),
            posted: counts.posted + counts.returned,
            returned: counts.returned,
            excluded: counts.excluded,
            open: counts.open,
        },
    })
}

/// Most pages are opened by people for whom nothing was left: those write nothing.
async fn read_messages(office: &Office, visitor: &Visitor, id: i64) -> Result<()> {
    let here = address(id);
    let unread = staff_messages::unread(office.store().read(), visitor.staff_id).await?;
    if unread.iter().any(|message| message.href == here) {
        let mut tx = office.store().write().await?;
        staff_messages::read(&mut tx, visitor.staff_id, &here, &office.clock().stamp()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The list that is looked at first: what waits, then what is on paper, then who is left out.
fn usual_list(counts: &Counts) -> TargetState {
    let full = |state: &&TargetState| counts.of(**state) > 0;
    TargetState::ALL.iter().find(full).copied().unwrap_or(TargetState::Open)
}

fn pages(counts: &Counts, list: TargetState, id: i64, asked: u32) -> Pages {
    let total = counts.of(list);
    let last = u32::try_from(total.div_ceil(u64::from(ROWS))).unwrap_or(u32::MAX).max(1);
    let address = format!("{}?list={}&page=", address(id), list.code());
    Pages { current: asked.clamp(1, last), last, total, address }
}

fn progress(office: &Office, campaign: &Campaign, counts: &Counts) -> Option<CampaignProgress> {
    let now = office.printing().of(campaign.row.id).unwrap_or_default();
    let (doing, done, all) = match campaign.state {
        CampaignState::Making => ("対象者の一覧を作っています", 0, 0),
        CampaignState::Released => ("通知書に番号を付けています", counts.numbered, counts.open),
        CampaignState::Printing => {
            let printed = counts.printed();
            ("印刷用のファイルを作っています", now.letters.max(printed), printed + counts.open)
        }
        _ => return None,
    };
    let stopped = (!now.running).then(|| now.failed.unwrap_or_else(|| "途中で止まりました。".to_owned()));
    Some(CampaignProgress { doing: doing.to_owned(), done, all, stopped })
}

fn action(
    office: &Office,
    visitor: &Visitor,
    campaign: &Campaign,
    counts: &Counts,
    day: String,
) -> CampaignAction {
    match campaign.state {
        CampaignState::Planned => CampaignAction::MakeList,
        CampaignState::AwaitingRelease => {
            let settings = &office.rulebook().settings;
            let refused = if counts.open == 0 {
                Some("通知書を送る人はいません。一覧を作り直すか、この回を取りやめてください。")
            } else if !release::may_release(&campaign.row, visitor.staff_id, settings) {
                Some("この一覧はご自分で作ったものです。別の職員が確かめて承認すると、印刷に進みます。")
            } else {
                None
            };
            CampaignAction::Release { letters: counts.open, refused: refused.map(str::to_owned) }
        }
        CampaignState::Printed if counts.to_post > 0 => {
            let day = if day.is_empty() { wareki::short(office.clock().today()) } else { day };
            CampaignAction::Post { letters: counts.to_post, day }
        }
        CampaignState::Printed | CampaignState::Posted => CampaignAction::End,
        _ => CampaignAction::None,
    }
}

/// What giving the campaign up means as things stand.
fn giving_up_means(campaign: &Campaign, counts: &Counts) -> Option<String> {
    let giving_up = cancel::giving_up(campaign.state, counts)?;
    let posted = counts.posted + counts.returned;
    Some(match giving_up.event {
        CampaignEvent::KeepPrinted => format!(
            "まだ印刷していない{}通を無効にします。印刷した{}通は残り、発送を記録できます。",
            counts.open, counts.to_post
        ),
        CampaignEvent::KeepPosted => format!(
            "まだ発送していない{}通を無効にします。発送した{posted}通は、そのまま残ります。",
            counts.open + counts.to_post
        ),
        _ if counts.to_post > 0 => {
            format!("印刷した{}通をすべて無効にします。発送しないでください。", counts.to_post)
        }
        _ if counts.numbered > 0 => format!("作成した{}通をすべて無効にします。", counts.numbered),
        _ => "通知書は1通も作られません。".to_owned(),
    })
}

fn file(part: PartRow) -> CampaignFile {
    CampaignFile {
        number: part.part.unsigned_abs(),
        letters: part.letters.unsigned_abs(),
        pages: part.pages.map(i64::unsigned_abs),
        from: format!("通知-{:06}", part.first_number),
        to: format!("通知-{:06}", part.last_number),
        ready: part.printed_at.is_some(),
    }
}

fn lists(counts: &Counts) -> Vec<CampaignList> {
    if counts.targets() == 0 {
        return Vec::new();
    }
    let list = |state: &TargetState| CampaignList {
        code: state.code().to_owned(),
        label: state.label().to_owned(),
        people: counts.of(*state),
    };
    TargetState::ALL.iter().map(list).collect()
}

fn reasons() -> Vec<Choice> {
    let reasons = VoidReason::BY_HAND.iter().map(|reason| Choice::new(reason.code(), reason.label()));
    std::iter::once(Choice::new("", "選んでください")).chain(reasons).collect()
}

/// What can be done with the letters of a list.
struct Ticks<'a> {
    again: bool,
    over: bool,
    ticked: &'a [i64],
}

fn person(row: ListedTarget, ticks: &Ticks<'_>) -> CampaignPerson {
    let state = TargetState::from_code(&row.state);
    let may_void = matches!(state, Some(TargetState::Open | TargetState::Printed));
    let may_tick = !ticks.over && row.letter_number.is_some() && (may_void || ticks.again);
    let ticked = row.letter_number.is_some_and(|number| ticks.ticked.contains(&number));
    let remark = match state {
        Some(TargetState::Excluded) => row.reason.as_deref().map(exclusion).unwrap_or_default().to_owned(),
        Some(TargetState::Returned) => row.ended_reason.unwrap_or_default(),
        _ => row.note.unwrap_or_default(),
    };
    if row.suppressed {
        return CampaignPerson {
            letter: row.letter_number,
            remark,
            masked: true,
            ..CampaignPerson::default()
        };
    }
    CampaignPerson {
        address: one_line(&row.postal_code, &row.address, row.building.as_deref()),
        number: row.resident_number,
        name: row.name,
        kana: row.kana,
        letter: row.letter_number,
        remark,
        masked: false,
        may_tick,
        ticked,
    }
}
