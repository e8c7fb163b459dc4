//! A campaign: the notices of some months from the planned day to what the post brings back.
//!
//! Where it stands is one row of `rules::campaign`'s table; everybody it looked at is in it once, in one state, so that
//! its counts add up. What people press is a file each ([`planning`], [`release`], [`post`], [`cancel`], [`letters`]);
//! what takes long is one task ([`job`]) of short transactions ([`targets`], [`numbering`], and the files of
//! [`super::batch`]), each of which can be the last one before the power goes.

pub mod cancel;
pub mod counts;
pub mod job;
pub mod letters;
pub mod message;
pub mod numbering;
pub mod page;
pub mod planning;
pub mod post;
pub mod press;
pub mod release;
pub mod targets;
pub mod write;

use super::plan::Terms;
use super::{Month, Span};
use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::store::WriteTx;
use crate::store::campaigns::{self, CampaignRow, Step};
use rules::campaign::{CampaignEvent, CampaignState, Transition, next};
use rules::case_states::Role;
use rules::settings::NoticesTo;
use sqlx::SqliteExecutor;

/// A campaign as it stands.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// What is stored.
    pub row: CampaignRow,
    /// Where it stands.
    pub state: CampaignState,
    /// Its months.
    pub span: Span,
    /// Whom it goes to.
    pub notices_to: NoticesTo,
}

/// In whose name a campaign moves.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    /// The login, or [`audit::SYSTEM`].
    pub login: &'a str,
    /// The role; none for the program itself.
    pub role: Option<Role>,
}

/// The program itself.
pub const BY_ITSELF: Actor<'static> = Actor { login: audit::SYSTEM, role: None };

impl<'a> From<&'a Visitor> for Actor<'a> {
    fn from(visitor: &'a Visitor) -> Self {
        Self { login: &visitor.login, role: Some(visitor.role) }
    }
}

/// How the trail names a campaign.
pub fn object(id: i64) -> String {
    format!("campaign {id}")
}

/// Where a campaign is shown.
pub fn address(id: i64) -> String {
    format!("/campaigns/{id}")
}

/// The campaign with this number.
///
/// # Errors
/// A refusal when there is none.
pub async fn load(db: impl SqliteExecutor<'_>, id: i64) -> Result<Campaign> {
    let row = campaigns::find(db, id).await?;
    read(row.ok_or_else(|| Refusal::not_found("この通知の回はありません。"))?)
}

/// A stored campaign as a value.
///
/// # Errors
/// When a column holds what it can't.
pub fn read(row: CampaignRow) -> Result<Campaign> {
    let code =
        |column: &str| Error::internal(format!("campaigns.{column} of {} holds an unknown code", row.id));
    let month = |text: &str| text.parse::<Month>();
    Ok(Campaign {
        state: CampaignState::from_code(&row.state).ok_or_else(|| code("state"))?,
        notices_to: NoticesTo::from_code(&row.notices_to).ok_or_else(|| code("notices_to"))?,
        span: Span::new(month(&row.first_month)?, month(&row.last_month)?)?,
        row,
    })
}

impl Campaign {
    /// 令和9年2月に満了する方への通知 第12回.
    pub fn title(&self) -> String {
        format!("{}に満了する方への通知 第{}回", self.span.wareki(), self.row.id)
    }

    /// What its plan rests on: the office's decisions, with this campaign's own about whom it goes to.
    pub fn terms(&self, office: &Office) -> Terms {
        let mut settings = office.rulebook().settings.clone();
        settings.notices_to = self.notices_to;
        Terms {
            span: self.span,
            today: office.clock().today(),
            settings,
            again: self.row.again,
            renewed: true,
        }
    }

    /// The row of the table for an event, if it can happen here and this person may do it.
    ///
    /// # Errors
    /// A refusal that says what isn't possible.
    pub fn transition(&self, event: CampaignEvent, role: Option<Role>) -> Result<&'static Transition> {
        let Some(row) = next(self.state, event) else {
            let (state, words) = (self.state.label(), event.label());
            let sentence = format!("この回は「{state}」です。ここでは「{words}」ことはできません。");
            let what_now = "通知の回の画面を開き直し、いまの段階から進めてください。";
            return Err(Refusal::conflict(sentence, what_now).into());
        };
        match role {
            Some(role) if !row.who.contains(&role) => {
                let sentence = format!("{}の役割では、「{}」ことはできません。", role.label(), event.label());
                Err(Refusal::not_allowed(sentence).into())
            }
            None if !event.happens_by_itself() => {
                Err(Error::internal(format!("{} doesn't happen by itself", event.code())))
            }
            _ => Ok(row),
        }
    }

    /// Takes the campaign one step on, with the trail, inside the caller's transaction. `step` says what else is noted.
    ///
    /// # Errors
    /// A refusal when the step isn't possible or somebody was quicker.
    pub async fn advance(
        &self,
        tx: &mut WriteTx,
        at: &str,
        actor: Actor<'_>,
        event: CampaignEvent,
        step: Step<'_>,
        remark: &str,
    ) -> Result<Self> {
        let row = self.transition(event, actor.role)?;
        self.go(tx, at, actor, row, step, remark).await
    }

    /// The same where the office has already seen that it may: a list that needs no second person.
    async fn go(
        &self,
        tx: &mut WriteTx,
        at: &str,
        actor: Actor<'_>,
        row: &'static Transition,
        step: Step<'_>,
        remark: &str,
    ) -> Result<Self> {
        let step = Step { state: row.to.code(), ended_at: row.to.is_final().then_some(at), ..step };
        if !campaigns::advance(tx, self.row.id, self.row.version, step).await? {
            return Err(changed_meanwhile().into());
        }
        let object = object(self.row.id);
        let sentence = format!("{}: {}{remark}", self.title(), row.sentence);
        let entry = Entry::done(Kind::CampaignMoved, actor.login, sentence).object(&object);
        audit::record(tx, at, entry).await?;
        load(&mut **tx, self.row.id).await
    }
}

/// What is said to whoever pressed a button of a page that is out of date.
pub fn changed_meanwhile() -> Refusal {
    Refusal::conflict(
        "このページを開いている間に、この回が先に進みました。",
        "通知の回の画面を開き直し、いまの状態を確かめてください。",
    )
}
