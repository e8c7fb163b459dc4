//! `POST /residents/{number}/cases`: a case is opened.

use crate::counter::reception::{self, Wish};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::routes::form::Posted;
use crate::routes::respond;
use axum::extract::{Path, State};
use axum::response::Response;
use rules::kinds::Applicant;
use rules::procedure::Procedure;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OpenForm {
    procedure: String,
    applicant: String,
    once: String,
}

pub(super) async fn post(
    State(office): State<Office>,
    Path(number): Path<String>,
    Posted { visitor, form }: Posted<OpenForm>,
) -> Result<Response> {
    let unknown =
        || Refusal::input("その手続きは分かりません。", "住民の画面のボタンから受け付けてください。");
    let applicant = if form.applicant.is_empty() { Applicant::Principal.code() } else { &form.applicant };
    let wish = Wish {
        resident_number: number,
        procedure: Procedure::from_code(&form.procedure).ok_or_else(unknown)?,
        applicant: Applicant::from_code(applicant).ok_or_else(unknown)?,
        once: form.once,
    };
    let location = reception::open(&office, &visitor, &wish).await?;
    Ok(respond::see_other(&location))
}
