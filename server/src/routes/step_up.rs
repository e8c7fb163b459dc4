//! `/step-up`: before a sensitive act, its doer shows once more that it is them.
//!
//! Where a form waits for the proof, the answer goes to the form's own address and the guard takes it
//! ([`super::guard`]); what comes here is for pages.

use super::client::{Address, own_path, with};
use super::form::Posted;
use super::respond::{self, html, see_other, unprocessable, with_session};
use super::table::nearest_page;
use super::visitor::Visitor;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use crate::staff::kept::KeptForm;
use crate::staff::proof::Given;
use crate::staff::step_up;
use app::components::{FieldError, FormErrors};
use app::frame::MenuItem;
use app::pages::step_up::{StepUpPage, render};
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

/// `/step-up`
pub fn routes() -> Routes {
    Routes::new().route("/step-up", get(show).post(prove))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    kept: String,
    next: String,
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let kept = office.kept().find(&asked.kept, visitor.staff_id, office.clock().now());
    if kept.is_none() && visitor.is_fresh(&office) {
        return Ok(see_other(&way_on(&asked.next)));
    }
    let page = match kept {
        Some(kept) => for_form(&asked.kept, &kept),
        None => for_page(&asked.next),
    };
    Ok(html(drawn(&office, &visitor, page).await?))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Proof {
    password: String,
    code: String,
    next: String,
}

async fn prove(
    State(office): State<Office>,
    address: Address,
    Posted { visitor, form }: Posted<Proof>,
) -> Result<Response> {
    let given = Given { password: form.password, code: form.code, ..Given::default() };
    match step_up::prove(&office, &visitor, given, address.0).await {
        Ok(token) => with_session(see_other(&way_on(&form.next)), &token),
        Err(Error::Refused(refusal)) => {
            let page = StepUpPage { errors: errors(&refusal), ..for_page(&form.next) };
            Ok(unprocessable(drawn(&office, &visitor, page).await?))
        }
        Err(error) => Err(error),
    }
}

/// The same page for a form whose proof wasn't right; the form goes on waiting.
///
/// # Errors
/// When the database refuses.
pub async fn again(
    office: &Office,
    visitor: &Visitor,
    name: &str,
    kept: &KeptForm,
    refusal: &Refusal,
) -> Result<Response> {
    let page = StepUpPage { errors: errors(refusal), ..for_form(name, kept) };
    Ok(unprocessable(drawn(office, visitor, page).await?))
}

fn way_on(next: &str) -> String {
    match own_path(next) {
        path if path.is_empty() => "/".to_owned(),
        path => path,
    }
}

fn for_form(name: &str, kept: &KeptForm) -> StepUpPage {
    StepUpPage {
        action: with(&kept.address, "kept", name),
        form_waits: true,
        back: kept.before.clone(),
        ..StepUpPage::default()
    }
}

fn for_page(next: &str) -> StepUpPage {
    let above = own_path(next).rsplit_once('/').map_or_else(String::new, |(above, _)| above.to_owned());
    StepUpPage {
        action: "/step-up".to_owned(),
        next: own_path(next),
        back: nearest_page(&above),
        ..StepUpPage::default()
    }
}

async fn drawn(office: &Office, visitor: &Visitor, mut page: StepUpPage) -> Result<String> {
    page.minutes = office.policy().fresh_minutes;
    page.with_code = visitor.second_factor;
    Ok(render(&respond::frame(office, visitor, MenuItem::Today).await?, &page))
}

fn errors(refusal: &Refusal) -> FormErrors {
    let sentence = format!("{}{}", refusal.sentence, refusal.what_now);
    FormErrors(vec![FieldError { field: "password".to_owned(), code: refusal.code.to_owned(), sentence }])
}
