//! How the trail itself stands, and the check that finds it out.

use super::words::Names;
use crate::audit::checkpoint::Checkpoint;
use crate::audit::{self, Actor, Entry, Kind, Outcome, Verdict};
use crate::cli::audit::sentence;
use crate::error::Result;
use crate::office::Office;
use crate::rng::hex;
use crate::staff::visitor::Visitor;
use crate::store;
use crate::store::audit::AuditRow;
use app::components::{Notice, Tone};
use app::pages::audit::{TrailCheckpoint, TrailState};
use chrono::DateTime;
use rules::wareki;
use std::time::Duration;

/// A check that ends within this is waited for.
const WAITED_FOR: Duration = Duration::from_secs(3);

/// The trail's state as the page shows it.
///
/// # Errors
/// When the database refuses.
pub(super) async fn view(office: &Office, names: &Names) -> Result<TrailState> {
    let pool = office.store().read();
    let last = store::audit::last(pool).await?;
    let checked = store::audit::last_of_kind(pool, Kind::TrailChecked as i64).await?;
    let checkpoint = match store::audit_checkpoints::last(pool).await? {
        Some(row) => Some(shown(&Checkpoint::from_row(office.id(), row)?)),
        None => None,
    };
    Ok(TrailState {
        count: last.map_or(0, |row| row.number.unsigned_abs()),
        last_check: checked.map(|row| notice(names, row)),
        checking: office.checking_trail(),
        checkpoint,
    })
}

fn notice(names: &Names, row: AuditRow) -> Notice {
    let tone = if row.outcome == "done" { Tone::Success } else { Tone::Error };
    let title = format!("{}に{}が確かめました。", moment(&row.at), names.actor_of(&row));
    Notice { tone, title, sentence: row.sentence }
}

fn shown(checkpoint: &Checkpoint) -> TrailCheckpoint {
    let printed = checkpoint.printable();
    TrailCheckpoint {
        number: printed.number,
        at: moment(&checkpoint.at),
        occasion: checkpoint.occasion.label().to_owned(),
        count: printed.count,
        head: printed.head,
        file: format!("/audit/checkpoints/{}", checkpoint.number),
    }
}

fn moment(at: &str) -> String {
    DateTime::parse_from_rfc3339(at).map_or_else(
        |_| at.to_owned(),
        |at| format!("{} {}", wareki::short(at.date_naive()), at.format("%H:%M")),
    )
}

/// Checks the trail and writes down what was found; one check runs at a time. Returns when it is done, or while it goes
/// on when it takes long.
///
/// # Errors
/// When the trail can't be read.
pub(super) async fn check(office: &Office, visitor: &Visitor) -> Result<()> {
    let Some(running) = office.begin_checking_trail() else { return Ok(()) };
    let (office, login, station) = (office.clone(), visitor.login.clone(), visitor.station_id);
    let work = tokio::spawn(async move {
        let done = check_and_note(&office, Actor::Staff { login: &login, station }).await;
        drop(running);
        if let Err(error) = &done {
            tracing::error!(error = %error.for_log(), "the trail could not be checked");
        }
        done
    });
    match tokio::time::timeout(WAITED_FOR, work).await {
        Ok(done) => done?,
        Err(_) => Ok(()),
    }
}

async fn check_and_note(office: &Office, by: Actor<'_>) -> Result<()> {
    let verdict = audit::verify(office.store()).await?;
    let (said, head, outcome) = match &verdict {
        Verdict::Whole { count, head } => {
            (format!("操作の記録{count}件は、すべてつながっています。"), hex(head), Outcome::Done)
        }
        Verdict::Broken { .. } => (sentence(&verdict), String::new(), Outcome::Failed),
    };
    let mut tx = office.store().write().await?;
    let mut entry = Entry::done(Kind::TrailChecked, by, said).outcome(outcome);
    entry.object = Some(head.as_str()).filter(|head| !head.is_empty());
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}
