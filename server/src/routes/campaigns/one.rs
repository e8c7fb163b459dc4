//! `/campaigns/{id}`: one campaign, its buttons, its files.

use crate::error::{Refusal, Result};
use crate::notices::campaign::cancel::{CancelForm, cancel as give_up};
use crate::notices::campaign::letters::{LettersForm, act};
use crate::notices::campaign::page::{Asked, page};
use crate::notices::campaign::post::{self as posting, PostForm};
use crate::notices::campaign::press::{Done, StepForm};
use crate::notices::campaign::{address, job, load, release as releasing};
use crate::notices::{batch, reprint};
use crate::office::Office;
use crate::routes::form::Posted;
use crate::routes::respond::{self, frame, html, see_other, unprocessable};
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use app::components::FormErrors;
use app::frame::MenuItem;
use app::pages::campaign::render;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Where {
    /// The code of the list.
    list: String,
    /// The page of it, from 1.
    page: Option<u32>,
    /// `yes`: the form for giving up is wanted.
    cancelling: String,
}

pub(super) async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(at): Query<Where>,
) -> Result<Response> {
    let cancelling = at.cancelling == "yes";
    let asked = Asked { list: at.list, page: at.page.unwrap_or(1), cancelling, ..Asked::default() };
    let page = page(&office, &visitor, number(&id)?, asked).await?;
    Ok(html(render(&frame(&office, &visitor, MenuItem::Notices).await?, &page)))
}

/// What a press came to: the page that shows it, or the same page again with what was wrong.
async fn answer(office: &Office, visitor: &Visitor, id: i64, done: Done, asked: Asked) -> Result<Response> {
    match done {
        Done::Moved(location) => Ok(see_other(&location)),
        Done::Wrong(errors) => again(office, visitor, id, errors, asked).await,
    }
}

async fn again(
    office: &Office,
    visitor: &Visitor,
    id: i64,
    errors: FormErrors,
    asked: Asked,
) -> Result<Response> {
    let page = page(office, visitor, id, Asked { errors, page: asked.page.max(1), ..asked }).await?;
    Ok(unprocessable(render(&frame(office, visitor, MenuItem::Notices).await?, &page)))
}

pub(super) async fn make_list(
    State(office): State<Office>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let id = number(&id)?;
    let done = releasing::make_list(&office, &visitor, id, &form).await?;
    answer(&office, &visitor, id, done, Asked::default()).await
}

pub(super) async fn release(
    State(office): State<Office>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let id = number(&id)?;
    let done = releasing::release(&office, &visitor, id, &form).await?;
    answer(&office, &visitor, id, done, Asked::default()).await
}

/// Goes on with a campaign whose work has stopped.
pub(super) async fn resume(
    State(office): State<Office>,
    Path(id): Path<String>,
    Posted { visitor, form: StepForm { .. } }: Posted<StepForm>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let id = number(&id)?;
    load(office.store().read(), id).await?;
    job::start(&office, id);
    Ok(see_other(&address(id)))
}

pub(super) async fn post(
    State(office): State<Office>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<PostForm>,
) -> Result<Response> {
    let id = number(&id)?;
    let done = posting::post(&office, &visitor, id, &form).await?;
    answer(&office, &visitor, id, done, Asked { posted_on: form.posted_on, ..Asked::default() }).await
}

pub(super) async fn end(
    State(office): State<Office>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let id = number(&id)?;
    let done = posting::end(&office, &visitor, id, &form).await?;
    answer(&office, &visitor, id, done, Asked::default()).await
}

pub(super) async fn cancel(
    State(office): State<Office>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<CancelForm>,
) -> Result<Response> {
    let id = number(&id)?;
    let done = give_up(&office, &visitor, id, &form).await?;
    answer(&office, &visitor, id, done, Asked::default()).await
}

pub(super) async fn letters(
    State(office): State<Office>,
    Path(id): Path<String>,
    Posted { visitor, form }: Posted<LettersForm>,
) -> Result<Response> {
    let id = number(&id)?;
    let done = act(&office, &visitor, id, &form).await?;
    let asked = Asked {
        list: form.list,
        page: form.page.unwrap_or(1),
        ticked: form.letter,
        reason: form.reason,
        ..Asked::default()
    };
    answer(&office, &visitor, id, done, asked).await
}

/// `/campaigns/12/3.pdf`, `/campaigns/12/contents.pdf`, `/campaigns/12/all.pdf`.
pub(super) async fn file(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let id = number(&id)?;
    match name.as_str() {
        "contents.pdf" => {
            let pdf = batch::contents(&office, id).await?;
            Ok(respond::pdf(pdf, &format!("contents-{id}.pdf")))
        }
        "all.pdf" => {
            let reprint = reprint::reprint(&office, id, (0, i64::MAX), &visitor.login).await?;
            Ok(respond::pdf(reprint.pdf, &format!("notices-{id}.pdf")))
        }
        part => {
            let part = number(part.strip_suffix(".pdf").unwrap_or_default())?;
            let pdf = batch::file(&office, id, part, &visitor.login).await?;
            Ok(respond::pdf(pdf, &batch::name(id, part)))
        }
    }
}

fn number(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Refusal::not_found("この通知の回はありません。").into())
}
