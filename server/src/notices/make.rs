//! The letters of a month for the command line: decided, numbered, printed and written down, all or nothing.
//!
//! Laying out thousands of pages takes seconds, and the counter must not wait for them. So the month is planned and
//! printed from what the register says now, with the numbers that come next; then, in the one writing transaction, it
//! is planned once more. Only if nothing has changed meanwhile are the letters written down, otherwise the work is
//! done again. What is printed is therefore exactly what is written down, without a gap in the numbers. The office sees
//! it as a campaign whose letters wait for the post.

use super::campaign::{self, write};
use super::plan::{self, LeftOut, Plan, Target, Terms};
use super::{Month, Span, letter};
use crate::audit::{self, Entry, Kind};
use crate::clock::stamp;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper;
use crate::store::campaign_targets::{self, NewTarget};
use crate::store::campaigns::{self, NewCampaign, Step};
use crate::store::{counters, letters};
use chrono::{DateTime, FixedOffset};
use forms::notice::NoticeLetter;
use forms::{Fallback, Paper, PrintOptions};
use rules::campaign::{CampaignState, TargetState};

/// Tries before giving up against others who write at the same time.
const TRIES: usize = 5;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// The month.
    pub month: Month,
    /// Who asks, for the trail: `command line`.
    pub actor: &'a str,
    /// With the reply form for a proxy's one visit.
    pub reply_form: bool,
}

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// Those who got a letter, in the order of the pages, each with its number.
    pub included: Vec<(Target, i64)>,
    /// Those who didn't.
    pub excluded: Vec<LeftOut>,
    /// The campaign, and its paper; none when nobody was included.
    pub run: Option<MadeRun>,
}

/// A campaign that was written down.
#[derive(Debug)]
pub struct MadeRun {
    /// Its number.
    pub id: i64,
    /// Pages of the PDF.
    pub pages: usize,
    /// Names and addresses that couldn't be printed as registered.
    pub fallbacks: Vec<Fallback>,
}

/// Plans some months as they stand, for looking at.
///
/// # Errors
/// When the database can't be read.
pub async fn preview(office: &Office, span: Span) -> Result<Plan> {
    let mut connection = office.store().read().acquire().await?;
    let settings = office.rulebook().settings.clone();
    let terms = Terms { span, today: office.clock().today(), settings, again: false, renewed: false };
    plan::plan(&mut connection, &terms).await
}

/// Makes the letters of a month. `keep` gets the finished PDF before anything is written down; when it fails, nothing
/// is. With nobody to write to, nothing is written down and `keep` isn't called.
///
/// # Errors
/// A refusal when a font is missing, when `keep` refuses, or when others kept changing the register.
pub async fn make(
    office: &Office,
    order: &Order<'_>,
    mut keep: impl FnMut(&[u8]) -> Result<()>,
) -> Result<Made> {
    for _ in 0..TRIES {
        let draft = draft(office, order).await?;
        if draft.letters.is_empty() {
            return Ok(Made { included: Vec::new(), excluded: draft.plan.excluded, run: None });
        }
        let printed = print(office, &draft).await?;
        keep(&printed.pdf)?;
        if let Some(id) = write_down(office, order, &draft).await? {
            let run = MadeRun { id, pages: printed.pages, fallbacks: printed.fallbacks };
            let numbers = draft.letters.iter().map(|letter| i64::from(letter.number));
            let included = draft.plan.included.into_iter().zip(numbers).collect();
            return Ok(Made { included, excluded: draft.plan.excluded, run: Some(run) });
        }
        tracing::info!(month = %order.month, "the register changed while notices were printed; once more");
    }
    Err(Refusal::conflict(
        "通知書を作っている間に、ほかの操作で対象が変わり続けました。通知書は作られていません。",
        "取り込みなどの作業が終わってから、もう一度お試しください。",
    )
    .into())
}

/// A plan with its letters, not yet written down.
struct Draft {
    terms: Terms,
    plan: Plan,
    letters: Vec<NoticeLetter>,
    /// The last number given out when the draft was made.
    after: i64,
    now: DateTime<FixedOffset>,
    options: PrintOptions,
}

async fn draft(office: &Office, order: &Order<'_>) -> Result<Draft> {
    let now = office.clock().now();
    let (rulebook, text) = (office.rulebook(), office.text());
    let mut connection = office.store().read().acquire().await?;
    let (span, settings) = (order.month.into(), rulebook.settings.clone());
    let terms = Terms { span, today: now.date_naive(), settings, again: false, renewed: false };
    let plan = plan::plan(&mut connection, &terms).await?;
    let after = letters::last_number(&mut connection).await?;
    drop(connection);
    let options = paper::options(office, Paper::Notice).await?;
    let form = letter::Form {
        reply: order.reply_form,
        wording: options.wordings.current(Paper::Notice).id(),
        issued: now.date_naive(),
    };
    let letters = plan
        .included
        .iter()
        .zip(after + 1..)
        .map(|(target, number)| {
            let token = forms::code::token(office.rng().bytes());
            letter::letter(target, number, token, &text, &rulebook, &form)
        })
        .collect::<Result<_>>()?;
    Ok(Draft { terms, plan, letters, after, now, options })
}

async fn print(office: &Office, draft: &Draft) -> Result<forms::Printed> {
    let fonts = office.fonts().await?;
    let options = draft.options.clone();
    let letters = draft.letters.clone();
    tokio::task::spawn_blocking(move || forms::notice::print(&letters, &fonts, &options))
        .await?
        .map_err(cannot_print)
}

/// A refusal that says why paper couldn't be made.
pub(super) fn cannot_print(error: forms::FormError) -> Error {
    tracing::error!(%error, "notices");
    Refusal::setup(
        error.sentence(),
        "通知書は作られていません。madoguchi doctor で足りないものを確かめてください。",
    )
    .into()
}

/// Writes the draft down if it still holds; returns the campaign's number, or nothing when it doesn't.
async fn write_down(office: &Office, order: &Order<'_>, draft: &Draft) -> Result<Option<i64>> {
    let mut tx = office.store().write().await?;
    let terms = Terms { settings: office.rulebook().settings.clone(), ..draft.terms.clone() };
    if plan::plan(&mut tx, &terms).await? != draft.plan || letters::last_number(&mut tx).await? != draft.after
    {
        return Ok(None);
    }
    let at = stamp(draft.now);
    let many = i64::try_from(draft.letters.len()).map_err(Error::internal)?;
    counters::take(&mut tx, "letter", many).await?;
    let month = order.month.to_string();
    let new = NewCampaign {
        first_month: &month,
        last_month: &month,
        notices_to: terms.settings.notices_to.code(),
        again: false,
        straight: true,
        planned_on: terms.today,
        state: CampaignState::Released.code(),
        planned_by: None,
    };
    let id = campaigns::add(&mut tx, &new, &at).await?;
    let moments = (Some((None, at.as_str())), Some(at.as_str()));
    let step = Step {
        state: CampaignState::Printed.code(),
        made: moments.0,
        released: moments.0,
        printed_at: moments.1,
        ..Step::default()
    };
    campaigns::advance(&mut tx, id, 1, step).await?;
    paper::keep_wording(&mut tx, &draft.options, Paper::Notice, &at).await?;
    let sentence = format!(
        "{}に満了する方の有効期限通知書を{many}通作りました({}人は対象外)。",
        order.month.wareki(),
        draft.plan.excluded.len()
    );
    let object = campaign::object(id);
    audit::record(&mut tx, &at, Entry::done(Kind::NoticesMade, order.actor, sentence).object(&object))
        .await?;
    for (target, letter) in draft.plan.included.iter().zip(&draft.letters) {
        let new = write::New { campaign_id: id, target, letter, printed: true, replaces: &[] };
        write::letter(&mut tx, &new, order.actor, &at).await?;
    }
    let printed = TargetState::Printed.code();
    let mut targets = campaign::targets::of_plan(&draft.plan);
    for (target, letter) in targets.iter_mut().zip(&draft.letters) {
        *target = NewTarget { state: printed, letter: Some(i64::from(letter.number)), ..target.clone() };
    }
    campaign_targets::add(&mut tx, id, &targets, &at).await?;
    tx.commit().await?;
    Ok(Some(id))
}
