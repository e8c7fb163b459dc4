//! `/notices/runs/{id}.pdf`: the letters of a run, as they were made.

use crate::error::{Refusal, Result};
use crate::notices::run;
use crate::office::Office;
use crate::routes::respond;
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn pdf(
    State(office): State<Office>,
    visitor: Visitor,
    Path(file): Path<String>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let id = file.strip_suffix(".pdf").and_then(|id| id.parse().ok());
    let id = id.ok_or_else(|| Refusal::not_found("この作成記録はありません。"))?;
    let reprint = run::reprint(&office, id, &visitor.login).await?;
    Ok(respond::pdf(reprint.pdf, &format!("notices-{id}.pdf")))
}
