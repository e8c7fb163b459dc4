//! `/cases/…` and `/residents/{number}/cases`: cases, one file a step.

mod abort;
mod actions;
mod application;
mod certificate_copy;
mod exits;
mod hand_over;
mod identity;
mod inquiry;
mod open;
mod page;
mod papers;
mod pins;
mod resume;
mod update;

use crate::counter::visit::Done;
use crate::counter::visit::page::{Again, page as case_page};
use crate::error::Result;
use crate::office::Office;
use crate::routes::registry::{Routes, get, post};
use crate::routes::respond;
use crate::staff::visitor::Visitor;
use app::frame::MenuItem;
use axum::response::Response;

/// The addresses of this folder.
pub fn routes() -> Routes {
    papers::routes()
        .route("/residents/{number}/reception", get(open::get))
        .route("/residents/{number}/cases", post(open::post))
        .route("/cases/{reception}", get(page::get))
        .route("/cases/{reception}/identity", post(identity::post))
        .route("/cases/{reception}/application", post(application::post))
        .route("/cases/{reception}/pins", post(pins::ask))
        .route("/cases/{reception}/pins-cancel", post(pins::cancel))
        .route("/cases/{reception}/update", post(update::post))
        .route("/cases/{reception}/resume", post(resume::post))
        .route("/cases/{reception}/look", post(resume::look))
        .route("/cases/{reception}/abort", post(abort::post))
        .route("/cases/{reception}/work", post(actions::work))
        .route("/cases/{reception}/mismatch", post(actions::mismatch))
        .route("/cases/{reception}/next-work", post(actions::next_work))
        .route("/cases/{reception}/skip-work", post(actions::skip_work))
        .route("/cases/{reception}/interrupt", post(actions::interrupt))
        .route("/cases/{reception}/go-on", post(actions::go_on))
        .route("/cases/{reception}/reopen", post(actions::reopen))
        .route("/cases/{reception}/notes", post(actions::notes))
        .route("/cases/{reception}/conclude", post(actions::conclude))
        .route("/cases/{reception}/inquiry-letter", post(inquiry::make))
        .route("/cases/{reception}/inquiry.pdf", get(inquiry::pdf))
        .route("/cases/{reception}/posted", post(inquiry::posted))
        .route("/cases/{reception}/reply", post(inquiry::reply))
        .route("/cases/{reception}/returned", post(inquiry::returned))
        .route("/cases/{reception}/inquiry-again", post(inquiry::again))
        .route("/cases/{reception}/confirm", post(inquiry::confirm))
        .route("/cases/{reception}/principal-comes", post(inquiry::principal_comes))
        .route("/cases/{reception}/hand-over", post(hand_over::post))
        .route("/cases/{reception}/withdraw", post(exits::withdraw))
        .route("/cases/{reception}/refuse", post(exits::refuse))
        .route("/cases/{reception}/divert", post(exits::divert))
        .route("/cases/{reception}/certificate-copy.pdf", get(certificate_copy::get))
}

/// After a step: the page that shows it, or the same page with what is wrong.
async fn answer(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    done: Done,
    mut again: Again,
) -> Result<Response> {
    match done {
        Done::Moved(location) => Ok(respond::see_other(&location)),
        Done::Wrong(errors) => {
            again.errors = errors;
            let page = case_page(office, visitor, reception, &again).await?;
            let frame = respond::frame(office, visitor, MenuItem::Today).await?;
            Ok(respond::unprocessable(app::pages::case::render(&frame, &page)))
        }
    }
}
