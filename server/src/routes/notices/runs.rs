//! `/notices/runs/{id}`: how far a run is and what it consists of; `/notices/runs/{id}.pdf`: all its letters in one
//! document, as they were made; `/notices/runs/{id}/…`: its files for the print room and the list of their contents.

use crate::error::{Refusal, Result};
use crate::notices::{Month, batch, run};
use crate::office::Office;
use crate::routes::form::Posted;
use crate::routes::respond::{self, frame, html, see_other};
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use crate::store::notice_parts;
use app::frame::MenuItem;
use app::pages::notice_run::{NoticeRunPage, RunPart, render};
use axum::extract::{Path, State};
use axum::response::Response;
use chrono::DateTime;
use rules::wareki;
use serde::Deserialize;

/// `/notices/runs/12` or `/notices/runs/12.pdf`.
pub(super) async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    if let Some(id) = name.strip_suffix(".pdf") {
        // All letters of a run at once are an export; a part of it has a row of its own in the table.
        visitor.require_fresh(&office)?;
        let id = number(id)?;
        let reprint = run::reprint(&office, id, (0, i64::MAX), &visitor.login).await?;
        return Ok(respond::pdf(reprint.pdf, &format!("notices-{id}.pdf")));
    }
    let page = page(&office, number(&name)?).await?;
    Ok(html(render(&frame(&office, &visitor, MenuItem::Notices).await?, &page)))
}

/// `/notices/runs/12/3.pdf`, `/notices/runs/12/contents.pdf`.
pub(super) async fn file(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let id = number(&id)?;
    if name == "contents.pdf" {
        let pdf = batch::contents(&office, id).await?;
        return Ok(respond::pdf(pdf, &format!("contents-{id}.pdf")));
    }
    let part = number(name.strip_suffix(".pdf").unwrap_or_default())?;
    let pdf = batch::file(&office, id, part, &visitor.login).await?;
    Ok(respond::pdf(pdf, &batch::name(id, part)))
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// Goes on with a run that stopped.
pub(super) async fn resume(
    State(office): State<Office>,
    Path(id): Path<String>,
    Posted { visitor, form: Nothing {} }: Posted<Nothing>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let id = number(&id)?;
    run::find(&office, id).await?;
    batch::start(&office, id, &visitor.login);
    Ok(see_other(&format!("/notices/runs/{id}")))
}

fn number(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Refusal::not_found("この作成記録はありません。").into())
}

async fn page(office: &Office, id: i64) -> Result<NoticeRunPage> {
    let row = run::find(office, id).await?;
    let month = row.expiring.parse::<Month>()?;
    let parts = notice_parts::of_run(office.store().read(), id).await?;
    let progress = office.printing().of(id).unwrap_or_default();
    let noted: u64 = parts.iter().filter(|p| p.printed_at.is_some()).map(|p| p.letters.unsigned_abs()).sum();
    let waiting = parts.iter().any(|part| part.printed_at.is_none());
    let at = DateTime::parse_from_rfc3339(&row.run_at)
        .map_or(row.run_at, |at| format!("{} {}", wareki::short(at.date_naive()), at.format("%H:%M")));
    Ok(NoticeRunPage {
        id,
        month: month.to_string(),
        label: month.wareki(),
        made: format!("{at} {}", row.run_by.unwrap_or_else(|| "コマンド".to_owned())),
        letters: row.included.unsigned_abs(),
        done: if waiting { progress.letters.max(noted) } else { noted },
        running: progress.running && waiting,
        stopped: waiting && !progress.running,
        failed: progress.failed.filter(|_| waiting),
        parts: parts
            .into_iter()
            .map(|part| RunPart {
                number: part.part.unsigned_abs(),
                letters: part.letters.unsigned_abs(),
                pages: part.pages.map(i64::unsigned_abs),
                from: format!("通知-{:06}", part.first_number),
                to: format!("通知-{:06}", part.last_number),
                ready: part.printed_at.is_some(),
            })
            .collect(),
    })
}
