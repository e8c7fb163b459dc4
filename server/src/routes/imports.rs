//! `/imports`: files that come in. Choose, check, take or leave.

#[cfg(test)]
mod over_http;
mod pages;
mod upload;

use super::form::Posted;
use super::respond::{html, see_other, unprocessable};
use super::visitor::Visitor;
use crate::error::{Error, Refusal, Result};
use crate::import::jobs::{Job, Jobs, State as JobState};
use crate::office::Office;
use crate::routes::registry::{Routes, get, post};
use crate::staff::permissions::Act;
use axum::extract::{Extension, Multipart, Path, State};
use axum::response::Response;
use serde::Deserialize;

/// The largest file that the browser may bring: residents of the largest city.
const FILE_LIMIT: usize = 2 * 1024 * 1024 * 1024;

/// Where files are brought to: the one form that may be long in coming.
pub const BROUGHT_TO: &str = "/imports";

/// `/imports`, `/imports/{id}`, `/imports/{id}/take`, `/imports/{id}/leave`
pub fn routes() -> Routes {
    Routes::new()
        .route(BROUGHT_TO, get(choose).post(bring).up_to(FILE_LIMIT))
        .route("/imports/{id}", get(show))
        .route("/imports/{id}/take", post(take))
        .route("/imports/{id}/leave", post(leave))
        .sharing(Jobs::default())
}

async fn choose(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    visitor.require(Act::Import)?;
    Ok(html(pages::choose(&office, &visitor, None, "").await?))
}

async fn bring(
    State(office): State<Office>,
    Extension(jobs): Extension<Jobs>,
    visitor: Visitor,
    form: Multipart,
) -> Result<Response> {
    visitor.require(Act::Import)?;
    match upload::store(&office, &visitor, form).await {
        Ok(source) => {
            let id = jobs.check(&office, source, visitor.staff_id);
            Ok(see_other(&format!("/imports/{id}")))
        }
        Err(upload::Fault::Field { kind, refusal }) => {
            Ok(unprocessable(pages::choose(&office, &visitor, Some(refusal), &kind).await?))
        }
        Err(upload::Fault::Whole(error)) => Err(error),
    }
}

async fn show(
    State(office): State<Office>,
    Extension(jobs): Extension<Jobs>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response> {
    visitor.require(Act::Import)?;
    let job = find(&jobs, &id, &visitor)?;
    Ok(match &job.state {
        JobState::Checking(progress) => {
            html(pages::progress(&office, &visitor, &job, "確かめています", *progress).await?)
        }
        JobState::Taking(progress) => {
            html(pages::progress(&office, &visitor, &job, "取り込んでいます", *progress).await?)
        }
        JobState::Checked(report) => html(pages::check(&office, &visitor, &job, report).await?),
        JobState::Taken(report) => html(pages::taken(&office, &visitor, &job, report).await?),
        JobState::Left => see_other("/imports"),
        JobState::Failed(refusal) => {
            let page =
                pages::choose(&office, &visitor, Some(refusal.clone()), job.source.kind.code()).await?;
            unprocessable(page)
        }
    })
}

fn find(jobs: &Jobs, id: &str, visitor: &Visitor) -> Result<Job> {
    jobs.find(id, visitor.staff_id).ok_or_else(|| {
        let sentence = "この取り込みは、終わったか、取りやめられています。";
        Error::from(Refusal::not_found(sentence))
    })
}

#[derive(Debug, Deserialize)]
struct Nothing {}

async fn take(
    State(office): State<Office>,
    Extension(jobs): Extension<Jobs>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted<Nothing>,
) -> Result<Response> {
    visitor.require(Act::Import)?;
    jobs.take(&office, &id, visitor.staff_id, &visitor.login)?;
    Ok(see_other(&format!("/imports/{id}")))
}

async fn leave(
    Extension(jobs): Extension<Jobs>,
    Path(id): Path<String>,
    Posted { visitor, .. }: Posted<Nothing>,
) -> Result<Response> {
    visitor.require(Act::Import)?;
    jobs.leave(&id, visitor.staff_id)?;
    Ok(see_other("/imports"))
}
