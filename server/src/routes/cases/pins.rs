//! `POST /cases/{reception}/pins` and `…/pins-cancel`: the resident is asked at the pad, or no longer.

use super::{Again, answer};
use crate::counter::visit::{StepForm, pins};
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn ask(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let done = pins::ask(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}

pub(super) async fn cancel(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let done = pins::cancel(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}
