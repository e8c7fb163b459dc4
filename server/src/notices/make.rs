//! Making the letters of a month: decided, numbered, printed and written down, all or nothing. For the print room they
//! are only written down here, with the parts they will be printed in; [`super::batch`] prints those.
//!
//! Laying out thousands of pages takes seconds, and the counter must not wait for them. So the month is planned and
//! printed from what the register says now, with the numbers that come next; then, in the one writing transaction, it
//! is planned once more. Only if nothing has changed meanwhile are the letters written down, otherwise the work is
//! done again. What is printed is therefore exactly what is written down, without a gap in the numbers.

use super::plan::{self, LeftOut, Plan, Target};
use super::{Month, letter};
use crate::audit::{self, Entry, Kind};
use crate::clock::stamp;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper;
use crate::store::letters::{self, NewNotice, NewRun};
use crate::store::{self, WriteTx, counters, idempotency, notice_parts};
use chrono::{DateTime, FixedOffset};
use forms::notice::NoticeLetter;
use forms::{Fallback, Paper, PrintOptions};

/// Tries before giving up against others who write at the same time.
const TRIES: usize = 5;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// The month.
    pub month: Month,
    /// Those who have a letter already get a new one, and the old one is voided.
    pub again: bool,
    /// Who asks, for the trail: a login or `command line`.
    pub actor: &'a str,
    /// The member of staff who asks; nobody on the command line.
    pub staff_id: Option<i64>,
    /// The key of the form, so that a second press of the button does nothing.
    pub once: Option<&'a str>,
    /// With the reply form for a proxy's one visit.
    pub reply_form: bool,
    /// For the print room, in files of so many letters (0: all in one), printed later. Nothing: one file, now.
    pub part_letters: Option<u32>,
}

/// What came of it.
#[derive(Debug)]
pub struct Made {
    /// Those who got a letter, in the order of the pages, each with its number.
    pub included: Vec<(Target, i64)>,
    /// Those who didn't.
    pub excluded: Vec<LeftOut>,
    /// The run, and its paper; none when nobody was included.
    pub run: Option<MadeRun>,
}

/// A run that was written down.
#[derive(Debug)]
pub struct MadeRun {
    /// Its number.
    pub id: i64,
    /// Pages of the PDF; 0 where it is printed later.
    pub pages: usize,
    /// Names and addresses that couldn't be printed as registered.
    pub fallbacks: Vec<Fallback>,
}

/// Where a run is shown after it was made.
pub fn address(month: Month, run_id: i64) -> String {
    format!("/notices/{month}?run={run_id}")
}

/// Plans a month as it stands, for looking at.
///
/// # Errors
/// When the database can't be read.
pub async fn preview(office: &Office, month: Month, again: bool) -> Result<Plan> {
    let mut connection = office.store().read().acquire().await?;
    plan::plan(&mut connection, month, office.clock().today(), &office.rulebook(), again).await
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
        let printed = match order.part_letters {
            None => Some(print(office, &draft).await?),
            Some(_) => None,
        };
        if let Some(printed) = &printed {
            keep(&printed.pdf)?;
        }
        if let Some(id) = write_down(office, order, &draft).await? {
            let (pages, fallbacks) = printed.map_or((0, Vec::new()), |p| (p.pages, p.fallbacks));
            let run = MadeRun { id, pages, fallbacks };
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
    let plan = plan::plan(&mut connection, order.month, now.date_naive(), &rulebook, order.again).await?;
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
    Ok(Draft { plan, letters, after, now, options })
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

/// Writes the draft down if it still holds; returns the run's number, or nothing when it doesn't.
async fn write_down(office: &Office, order: &Order<'_>, draft: &Draft) -> Result<Option<i64>> {
    let mut tx = office.store().write().await?;
    let rulebook = office.rulebook();
    let now = plan::plan(&mut tx, order.month, draft.now.date_naive(), &rulebook, order.again).await?;
    if now != draft.plan || letters::last_number(&mut tx).await? != draft.after {
        return Ok(None);
    }
    let at = stamp(draft.now);
    let many = i64::try_from(draft.letters.len()).map_err(Error::internal)?;
    counters::take(&mut tx, "letter", many).await?;
    let excluded = i64::try_from(draft.plan.excluded.len()).map_err(Error::internal)?;
    let month = order.month.to_string();
    let run = NewRun { expiring: &month, run_by: order.staff_id, included: many, excluded };
    let run_id = letters::add_run(&mut tx, &run, &at).await?;
    paper::keep_wording(&mut tx, &draft.options, Paper::Notice, &at).await?;
    if let (Some(key), Some(staff_id)) = (order.once, order.staff_id) {
        let (route, location) = (format!("/notices/{month}"), address(order.month, run_id));
        idempotency::remember(&mut tx, key, staff_id, &route, &location, &at).await.map_err(pressed_twice)?;
    }
    let object = format!("notice_run {run_id}");
    let sentence = format!(
        "{}に満了する方の有効期限通知書を{many}通作りました({excluded}人は対象外)。",
        order.month.wareki()
    );
    audit::record(&mut tx, &at, Entry::done(Kind::NoticesMade, order.actor, sentence).object(&object))
        .await?;
    for (target, letter) in draft.plan.included.iter().zip(&draft.letters) {
        write_letter(&mut tx, order, run_id, target, letter, &at).await?;
    }
    if let Some(size) = order.part_letters {
        add_parts(&mut tx, run_id, &draft.letters, size).await?;
    }
    tx.commit().await?;
    Ok(Some(run_id))
}

/// Decides once and for all which letter is in which file.
async fn add_parts(tx: &mut WriteTx, run_id: i64, letters: &[NoticeLetter], size: u32) -> Result<()> {
    let size = if size == 0 { letters.len() } else { usize::try_from(size).map_err(Error::internal)? };
    for (part, letters) in (1..).zip(letters.chunks(size.max(1))) {
        let number = |letter: Option<&NoticeLetter>| letter.map_or(0, |letter| i64::from(letter.number));
        let ends = (number(letters.first()), number(letters.last()));
        let many = i64::try_from(letters.len()).map_err(Error::internal)?;
        notice_parts::add(tx, run_id, part, ends, many).await?;
    }
    Ok(())
}

/// The same button was pressed twice; the other press has done the work.
fn pressed_twice(error: sqlx::Error) -> Error {
    if store::is_unique_violation(&error) {
        return Refusal::conflict("この通知書は、もう作られています。", "作成記録から印刷してください。")
            .into();
    }
    error.into()
}

async fn write_letter(
    tx: &mut WriteTx,
    order: &Order<'_>,
    run_id: i64,
    target: &Target,
    letter: &NoticeLetter,
    at: &str,
) -> Result<()> {
    let (person, month) = (&target.person.resident_number, order.month.to_string());
    let voided = if order.again { letters::void_notice(tx, person, &month).await? } else { None };
    let content = serde_json::to_string(letter)?;
    let number = i64::from(letter.number);
    let notice = NewNotice {
        number,
        resident_number: person,
        expiring: &month,
        content: &content,
        token: &letter.token,
        printed: order.part_letters.is_none(),
    };
    letters::add_notice(tx, &notice, at).await?;
    letters::add_to_run(tx, run_id, number).await?;
    let document = letter.document_number();
    let sentence = match voided {
        None => format!("有効期限通知書({document})を作りました。"),
        Some(old) => {
            format!("有効期限通知書({document})を作り直しました。前の通知書(文書番号{old})は無効です。")
        }
    };
    let entry = Entry::done(Kind::NoticesMade, order.actor, sentence).about(person).object(&document);
    audit::record(tx, at, entry).await
}
