//! `GET /cases/{reception}/certificate-copy.pdf`: 電子証明書の写し.

use crate::counter::visit::copy;
use crate::error::Result;
use crate::office::Office;
use crate::routes::respond;
use crate::staff::visitor::Visitor;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn get(
    State(office): State<Office>,
    visitor: Visitor,
    Path(reception): Path<String>,
) -> Result<Response> {
    let pdf = copy::print(&office, &visitor, &reception).await?;
    Ok(respond::pdf(pdf, &format!("{reception}.pdf")))
}
