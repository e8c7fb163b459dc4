//! `/second-person`: somebody else confirms what is about to be done. The answer goes to the form that waits for it,
//! where the guard takes it ([`super::guard`]).

use super::client::with;
use super::respond::{self, html, unprocessable};
use super::visitor::Visitor;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use crate::staff::four_eyes::Kind;
use crate::staff::kept::KeptForm;
use app::components::{FieldError, FormErrors};
use app::frame::MenuItem;
use app::pages::second_person::{SecondPersonPage, render};
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

/// `/second-person`
pub fn routes() -> Routes {
    Routes::new().route("/second-person", get(show))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    kept: String,
    kind: String,
}

/// What is asked, and what was typed as the second person's login.
pub struct Asked<'a> {
    /// The name of the form that waits.
    pub name: &'a str,
    /// The code of what is confirmed.
    pub kind: &'a str,
    /// What was typed.
    pub login: &'a str,
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let kept = office.kept().find(&wanted.kept, visitor.staff_id, office.clock().now());
    let kept = kept.ok_or_else(super::guard::forgotten)?;
    let asked = Asked { name: &wanted.kept, kind: &wanted.kind, login: "" };
    Ok(html(drawn(&office, &visitor, &kept, &asked, FormErrors::default()).await?))
}

/// The same page after an answer that wasn't right; the form goes on waiting.
///
/// # Errors
/// When the database refuses.
pub async fn again(
    office: &Office,
    visitor: &Visitor,
    kept: &KeptForm,
    asked: &Asked<'_>,
    refusal: &Refusal,
) -> Result<Response> {
    let error = FieldError {
        field: "second_login".to_owned(),
        code: refusal.code.to_owned(),
        sentence: format!("{}{}", refusal.sentence, refusal.what_now),
    };
    Ok(unprocessable(drawn(office, visitor, kept, asked, FormErrors(vec![error])).await?))
}

async fn drawn(
    office: &Office,
    visitor: &Visitor,
    kept: &KeptForm,
    asked: &Asked<'_>,
    errors: FormErrors,
) -> Result<String> {
    let kind = Kind::from_code(asked.kind).ok_or_else(super::guard::forgotten)?;
    let page = SecondPersonPage {
        action: with(&kept.address, "kept", asked.name),
        kind: kind.code().to_owned(),
        what: kind.label().to_owned(),
        first: visitor.name.clone(),
        login: asked.login.to_owned(),
        back: kept.before.clone(),
        errors,
    };
    Ok(render(&respond::frame(office, visitor, MenuItem::Today).await?, &page))
}
