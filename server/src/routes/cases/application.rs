//! `POST /cases/{reception}/application`: what is applied for, read back.

use super::{Again, answer};
use crate::counter::visit::application::{ApplicationForm, take_application};
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn post(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<ApplicationForm>,
) -> Result<Response> {
    let done = take_application(&office, &visitor, &reception, &form).await?;
    answer(
        &office,
        &visitor,
        &reception,
        done,
        Again { consented: form.consent == "yes", ..Again::default() },
    )
    .await
}
