//! `/closing`: the end of the day.

use super::form::Posted;
use super::respond::{frame, html, pdf, see_other, unprocessable};
use super::visitor::Visitor;
use crate::counter::closing::{self, Closed, ReopenForm, Reopened, Typed};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get, post};
use app::components::{FormErrors, Tone};
use app::frame::{Flash, MenuItem};
use app::pages::closing::render;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use chrono::NaiveDate;
use serde::Deserialize;

/// `/closing` and what is below it.
pub fn routes() -> Routes {
    Routes::new()
        .route("/closing", get(first))
        .route("/closing/reports/{id}", get(report))
        .route("/closing/{day}", get(show))
        .route("/closing/{day}/close", post(close))
        .route("/closing/{day}/reopen", post(reopen))
}

#[derive(Deserialize)]
struct Asked {
    page: Option<u32>,
    closed: Option<u8>,
    reopened: Option<u8>,
}

fn read(day: &str) -> Result<NaiveDate> {
    day.parse().map_err(|_| {
        Refusal::not_found("その日のページはありません。締めのページから日を選んでください。").into()
    })
}

async fn first(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    answer(&office, &visitor, None, &asked).await
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(day): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    answer(&office, &visitor, Some(read(&day)?), &asked).await
}

async fn answer(
    office: &Office,
    visitor: &Visitor,
    day: Option<NaiveDate>,
    asked: &Asked,
) -> Result<Response> {
    let many = asked.page.unwrap_or(1);
    let page = closing::page(office, visitor, day, many, &Typed::new(), FormErrors::default()).await?;
    let mut frame = frame(office, visitor, MenuItem::Closing).await?;
    let sentence = match (asked.closed, asked.reopened) {
        (Some(_), _) => "締めました。日報を印刷して綴じてください。",
        (_, Some(_)) => "締めを取り消しました。記録を直してから、もう一度締めてください。",
        _ => "",
    };
    frame.flash =
        (!sentence.is_empty()).then(|| Flash { tone: Tone::Success, sentence: sentence.to_owned() });
    Ok(html(render(&frame, &page)))
}

async fn close(
    State(office): State<Office>,
    Path(day): Path<String>,
    Posted { visitor, form }: Posted<Typed>,
) -> Result<Response> {
    match closing::close(&office, &visitor, read(&day)?, &form).await? {
        Closed::Done(location) => Ok(see_other(&location)),
        Closed::Wrong(page) => {
            Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Closing).await?, &page)))
        }
    }
}

async fn reopen(
    State(office): State<Office>,
    Path(day): Path<String>,
    Posted { visitor, form }: Posted<ReopenForm>,
) -> Result<Response> {
    let day = read(&day)?;
    match closing::reopen(&office, &visitor, day, &form).await? {
        Reopened::Done => Ok(see_other(&format!("/closing/{day}?reopened=1"))),
        Reopened::Wrong(page) => {
            Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Closing).await?, &page)))
        }
    }
}

async fn report(State(office): State<Office>, visitor: Visitor, Path(id): Path<i64>) -> Result<Response> {
    let (day, bytes) = closing::print(&office, &visitor, id).await?;
    Ok(pdf(bytes, &format!("nippo-{day}.pdf")))
}
