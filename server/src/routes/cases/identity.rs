//! `POST /cases/{reception}/identity`: the documents that were looked at.

use super::{Again, answer};
use crate::counter::visit::evidence::IdentityForm;
use crate::counter::visit::identity::check_documents;
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn post(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<IdentityForm>,
) -> Result<Response> {
    let done = check_documents(&office, &visitor, &reception, &form).await?;
    let again = Again { ticked: form.ticked(), entered: form.entered(), ..Again::default() };
    answer(&office, &visitor, &reception, done, again).await
}
