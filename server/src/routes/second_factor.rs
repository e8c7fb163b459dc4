//! `/second-factor`: one's own device with the codes, and the recovery codes.

use super::form::Posted;
use super::respond::{self, html, see_other, unprocessable, with_session};
use super::visitor::Visitor;
use crate::error::{Error, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use crate::staff::second_factor;
use crate::staff::visitor::Standing;
use crate::store;
use app::components::{FieldError, FormErrors};
use app::frame::MenuItem;
use app::pages::second_factor::{CodesPage, SetUpPage, StatePage, render_codes, render_set_up, render_state};
use axum::extract::{Query, State};
use axum::response::Response;
use qrcode::{Color, QrCode};
use serde::Deserialize;

/// `/second-factor`, `/second-factor/codes`
pub fn routes() -> Routes {
    Routes::new()
        .route("/second-factor", get(show).post(confirm))
        .route("/second-factor/codes", get(codes).post(new_codes))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    set_up: String,
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    if asked.set_up.is_empty() && visitor.standing != Standing::NoSecondFactor {
        let left = store::recovery_codes::left(office.store().read(), visitor.staff_id).await?;
        let page = StatePage { set_up: visitor.second_factor, codes_left: left };
        let frame = respond::frame(&office, &visitor, MenuItem::Today).await?;
        return Ok(html(render_state(&frame, &page)));
    }
    Ok(html(set_up(&office, &visitor, FormErrors::default()).await?))
}

async fn set_up(office: &Office, visitor: &Visitor, errors: FormErrors) -> Result<String> {
    let shown = second_factor::begin(office, visitor)?;
    let code = QrCode::new(shown.address.as_bytes()).map_err(Error::internal)?;
    let dark = |colour: &Color| *colour == Color::Dark;
    let letters: Vec<char> = shown.letters.chars().collect();
    let page = SetUpPage {
        code: code.to_colors().chunks(code.width()).map(|row| row.iter().map(dark).collect()).collect(),
        letters: letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" "),
        required: visitor.standing == Standing::NoSecondFactor,
        replaces: visitor.second_factor,
        errors,
    };
    Ok(render_set_up(&respond::frame(office, visitor, MenuItem::Today).await?, &page))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FirstCode {
    code: String,
}

async fn confirm(
    State(office): State<Office>,
    Posted { visitor, form }: Posted<FirstCode>,
) -> Result<Response> {
    match second_factor::confirm(&office, &visitor, &form.code).await {
        Ok(token) => with_session(see_other("/second-factor/codes"), &token),
        Err(Error::Refused(refusal)) if refusal.status == 422 => {
            let error = FieldError {
                field: "code".to_owned(),
                code: refusal.code.to_owned(),
                sentence: format!("{}{}", refusal.sentence, refusal.what_now),
            };
            Ok(unprocessable(set_up(&office, &visitor, FormErrors(vec![error])).await?))
        }
        Err(error) => Err(error),
    }
}

/// Shown once: a reload says that they were.
async fn codes(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    let codes =
        office.enrolments().take_codes(visitor.staff_id).map(|codes| codes.to_vec()).unwrap_or_default();
    let frame = respond::frame(&office, &visitor, MenuItem::Today).await?;
    Ok(html(render_codes(&frame, &CodesPage { codes })))
}

#[derive(Deserialize)]
struct Nothing {}

async fn new_codes(
    State(office): State<Office>,
    Posted { visitor, form: Nothing {} }: Posted<Nothing>,
) -> Result<Response> {
    second_factor::new_codes(&office, &visitor).await?;
    Ok(see_other("/second-factor/codes"))
}
