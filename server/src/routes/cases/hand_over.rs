//! `POST /cases/{reception}/hand-over`: the card goes back and the case is closed.

use super::{Again, answer};
use crate::counter::visit::hand_over::{HandOverForm, close};
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn post(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<HandOverForm>,
) -> Result<Response> {
    let done = close(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again { reason: form.reason, ..Again::default() }).await
}
