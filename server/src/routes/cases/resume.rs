//! `POST /cases/{reception}/resume` and `…/look`: an interrupted update goes on, or the card is looked at again.

use super::{Again, answer};
use crate::counter::visit::{StepForm, interrupted};
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use crate::routes::respond;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn post(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let done = interrupted::resume(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}

/// The page itself looks at the card whenever it is shown.
pub(super) async fn look(Path(reception): Path<String>, Posted { .. }: Posted<StepForm>) -> Response {
    respond::see_other(&format!("/cases/{reception}"))
}
