//! `POST /cases/{reception}/update`: the card is written in the background.

use super::{Again, answer};
use crate::counter::visit::{StepForm, update};
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn post(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let done = update::begin(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}
