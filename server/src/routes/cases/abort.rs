//! `POST /cases/{reception}/abort`: an interrupted update is given up.

use super::{Again, answer};
use crate::counter::visit::interrupted::{AbortForm, abort};
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn post(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<AbortForm>,
) -> Result<Response> {
    let done = abort(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again { reason: form.reason, ..Again::default() }).await
}
