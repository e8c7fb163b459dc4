//! `/settings/calendar`: the office's days and hours.

use super::form::Posted;
use super::respond::{frame, html, see_other, unprocessable};
use super::settings::may_read;
use super::visitor::Visitor;
use crate::counter::calendar::{self, Saved};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get, post};
use app::components::{FormErrors, Tone};
use app::frame::{Flash, MenuItem};
use app::pages::calendar_settings::{Typed, render};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use rules::calendar::EntryKind;
use serde::Deserialize;

/// `/settings/calendar` and what is below it.
pub fn routes() -> Routes {
    Routes::new()
        .route("/settings/calendar", get(show))
        .route("/settings/calendar/usual", post(save_usual))
        .route("/settings/calendar/{list}", post(enter))
        .route("/settings/calendar/{list}/remove", post(remove))
}

#[derive(Deserialize)]
struct Asked {
    /// What was just done.
    done: Option<String>,
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    may_read(&visitor)?;
    let page = calendar::page(&office, &visitor, Typed::new(), FormErrors::default()).await?;
    let mut frame = frame(&office, &visitor, MenuItem::Settings).await?;
    let sentence = match asked.done.as_deref() {
        Some("saved") => "開庁の時間を保存しました。今から有効です。",
        Some("entered") => "登録しました。今から有効です。",
        Some("removed") => "取り消しました。今から有効です。",
        _ => "",
    };
    frame.flash =
        (!sentence.is_empty()).then(|| Flash { tone: Tone::Success, sentence: sentence.to_owned() });
    Ok(html(render(&frame, &page)))
}

async fn answer(
    office: &Office,
    visitor: &Visitor,
    typed: Typed,
    saved: Saved,
    done: &str,
) -> Result<Response> {
    match saved {
        Saved::Done => Ok(see_other(&format!("/settings/calendar?done={done}"))),
        Saved::Wrong(errors) => {
            let page = calendar::page(office, visitor, typed, errors).await?;
            Ok(unprocessable(render(&frame(office, visitor, MenuItem::Settings).await?, &page)))
        }
    }
}

async fn save_usual(
    State(office): State<Office>,
    Posted { visitor, form }: Posted<Typed>,
) -> Result<Response> {
    let saved = calendar::save_usual(&office, &visitor, &form).await?;
    answer(&office, &visitor, form, saved, "saved").await
}

fn list(code: &str) -> Result<EntryKind> {
    EntryKind::from_code(code).ok_or_else(|| Refusal::not_found("そのページはありません。").into())
}

async fn enter(
    State(office): State<Office>,
    Path(code): Path<String>,
    Posted { visitor, form }: Posted<Typed>,
) -> Result<Response> {
    let saved = calendar::enter(&office, &visitor, list(&code)?, &form).await?;
    answer(&office, &visitor, form, saved, "entered").await
}

#[derive(Deserialize)]
struct Line {
    key: String,
}

async fn remove(
    State(office): State<Office>,
    Path(code): Path<String>,
    Posted { visitor, form }: Posted<Line>,
) -> Result<Response> {
    calendar::take_out(&office, &visitor, list(&code)?, &form.key).await?;
    Ok(see_other("/settings/calendar?done=removed"))
}
