//! `POST /cases/{reception}/work`, `…/interrupt`, `…/go-on`, `…/reopen`, `…/notes`, `…/conclude`: what else can be done
//! with a case; `…/mismatch`, `…/next-work`, `…/skip-work`: where a visit goes on otherwise than it began.

use super::{Again, answer};
use crate::counter::visit::{StepForm, conclude, mismatch, next_work, note, paused, reopen, work};
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn work(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<work::WorkForm>,
) -> Result<Response> {
    let done = work::change(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}

pub(super) async fn interrupt(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<paused::PauseForm>,
) -> Result<Response> {
    let done = paused::pause(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::typed("reason_interrupt", &form.reason_interrupt))
        .await
}

pub(super) async fn go_on(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let done = paused::go_on(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}

pub(super) async fn reopen(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<reopen::ReopenForm>,
) -> Result<Response> {
    let done = reopen::reopen(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::typed("reason_reopen", &form.reason_reopen)).await
}

pub(super) async fn notes(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<note::NoteForm>,
) -> Result<Response> {
    let done = note::write(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::typed("note", &form.note)).await
}

pub(super) async fn conclude(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<conclude::ConcludeForm>,
) -> Result<Response> {
    let done = conclude::conclude(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}

pub(super) async fn mismatch(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<mismatch::MismatchForm>,
) -> Result<Response> {
    let done = mismatch::report(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}

pub(super) async fn next_work(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let done = next_work::go_on(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}

pub(super) async fn skip_work(
    State(office): State<Office>,
    Path(reception): Path<String>,
    Posted { visitor, form }: Posted<StepForm>,
) -> Result<Response> {
    let done = next_work::skip(&office, &visitor, &reception, &form).await?;
    answer(&office, &visitor, &reception, done, Again::default()).await
}
