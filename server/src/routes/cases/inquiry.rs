//! `/cases/{reception}/inquiry-letter`, `…/inquiry.pdf`, `…/posted`, `…/reply`, `…/returned`, `…/inquiry-again`,
//! `…/confirm`, `…/principal-comes`: between the two visits of a proxy.

use super::{Again, answer};
use crate::counter::inquiry::{again, confirm, letter, post, principal, reply, returned};
use crate::counter::visit::StepForm;
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use crate::routes::respond;
use crate::staff::visitor::Visitor;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn make(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let done = letter::make(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}

pub(super) async fn pdf(
    State(office): State<Office>,
    visitor: Visitor,
    Path(reception): Path<String>,
) -> Result<Response> {
    let pdf = letter::print(&office, &visitor, &reception).await?;
    Ok(respond::pdf(pdf, &format!("{reception}-inquiry.pdf")))
}

pub(super) async fn posted(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<post::PostForm>,
) -> Result<Response> {
    let done = post::posted(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::typed("posted_on", &form.posted_on)).await
}

pub(super) async fn reply(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<reply::ReplyReceivedForm>,
) -> Result<Response> {
    let done = reply::received(&office, &visitor, &reception, &form).await?;
    let again = Again { reason: form.reason, ..Again::typed("reply", &form.reply) };
    answer(&office, &visitor, &reception, done, again).await
}

pub(super) async fn returned(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<returned::ReturnedForm>,
) -> Result<Response> {
    let done = returned::returned(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::typed("returned", &form.returned)).await
}

pub(super) async fn again(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<again::AgainForm>,
) -> Result<Response> {
    let done = again::again(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::typed("reason_again", &form.reason_again)).await
}

pub(super) async fn confirm(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<confirm::ConfirmForm>,
) -> Result<Response> {
    let done = confirm::confirm(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::typed("reason_confirm", &form.reason_confirm)).await
}

pub(super) async fn principal_comes(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let done = principal::comes(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}
