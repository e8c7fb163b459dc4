//! `POST /cases/{reception}/withdraw`, `…/refuse`, `…/divert`: ways out.

use super::{Again, answer};
use crate::counter::visit::exits::{Exit, ExitForm, leave};
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn withdraw(
    State(office): State<Office>,
    Path(reception): Path<String>,
    posted: Posted<ExitForm>,
) -> Result<Response> {
    take(office, reception, Exit::Withdraw, posted).await
}

pub(super) async fn refuse(
    State(office): State<Office>,
    Path(reception): Path<String>,
    posted: Posted<ExitForm>,
) -> Result<Response> {
    take(office, reception, Exit::Refuse, posted).await
}

pub(super) async fn divert(
    State(office): State<Office>,
    Path(reception): Path<String>,
    posted: Posted<ExitForm>,
) -> Result<Response> {
    take(office, reception, Exit::Divert, posted).await
}

async fn take(office: Office, reception: String, exit: Exit, posted: Posted<ExitForm>) -> Result<Response> {
    let Posted { visitor, form } = posted;
    let done = leave(&office, &visitor, &reception, exit, &form).await?;
    let reason = [form.reason_withdraw, form.reason_refuse, form.reason_divert].concat();
    answer(&office, &visitor, &reception, done, Again { reason, ..Again::default() }).await
}
