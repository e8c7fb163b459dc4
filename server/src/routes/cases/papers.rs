//! `GET /cases/{reception}/slip.pdf`, `…/application.pdf`, `…/pin-application.pdf`, `…/receipt.pdf`: papers of a case.

use crate::counter::visit::papers::{self, CasePaper};
use crate::error::Result;
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use crate::routes::respond;
use crate::staff::visitor::Visitor;
use axum::extract::{Path, State};
use axum::response::Response;

/// One address a paper.
pub(super) fn routes() -> Routes {
    CasePaper::ALL.into_iter().fold(Routes::new(), |router, paper| {
        let address = format!("/cases/{{reception}}/{}.pdf", paper.name());
        let print = move |State(office): State<Office>, visitor: Visitor, Path(reception): Path<String>| {
            one(office, visitor, reception, paper)
        };
        router.route(&address, get(print))
    })
}

async fn one(office: Office, visitor: Visitor, reception: String, paper: CasePaper) -> Result<Response> {
    let pdf = papers::print(&office, &visitor, &reception, paper).await?;
    Ok(respond::pdf(pdf, &format!("{reception}-{}.pdf", paper.name())))
}
