//! `/session`, `/lock`, `/unlock` and `/kept`: until when the session lives, the hidden screen, and what was sent
//! meanwhile.

use super::client::{Address, own_path, page_before, with};
use super::form::Posted;
use super::respond::{self, html, see_other, unprocessable, with_session};
use super::visitor::Visitor;
use crate::error::{Error, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get, post};
use crate::staff::visitor::Standing;
use crate::staff::{session, step_up};
use app::components::{FieldError, FormErrors};
use app::frame::MenuItem;
use app::pages::hidden_screen::{HiddenScreenPage, render as render_hidden};
use app::pages::kept::{KeptPage, render as render_kept};
use app::pages::session::{SessionPage, render as render_session};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, TimeDelta};
use serde::Deserialize;

/// `/session`, `/lock`, `/unlock`, `/kept`
pub fn routes() -> Routes {
    Routes::new()
        .route("/session", get(show).post(go_on))
        .route("/lock", get(hidden).post(hide))
        .route("/unlock", post(unlock))
        .route("/kept", get(kept))
}

#[derive(Deserialize)]
struct Nothing {}

async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    let fresh_until = DateTime::parse_from_rfc3339(&visitor.proven_at)
        .map(|at| at + TimeDelta::minutes(office.policy().fresh_minutes))
        .map_or_else(|_| String::new(), |until| until.format("%H:%M").to_string());
    let page = SessionPage {
        until: visitor.ends.at.format("%H:%M").to_string(),
        can_be_put_off: visitor.ends.can_be_put_off,
        fresh_until: if visitor.is_fresh(&office) { fresh_until } else { String::new() },
    };
    let frame = respond::frame(&office, &visitor, MenuItem::Today).await?;
    Ok(html(render_session(&frame, &page)))
}

/// Puts the end of the session off.
async fn go_on(
    State(office): State<Office>,
    Posted { visitor, form: Nothing {} }: Posted<Nothing>,
) -> Result<Response> {
    if let Some(row) = session::find(&office, &visitor.token).await? {
        session::touch(&office, &visitor.token, row, true).await?;
    }
    Ok(see_other("/session"))
}

/// Hides the screen; the page that was open is the one to come back to.
async fn hide(
    State(office): State<Office>,
    headers: HeaderMap,
    Posted { visitor, form: Nothing {} }: Posted<Nothing>,
) -> Result<Response> {
    step_up::lock(&office, &visitor).await?;
    Ok(see_other(&with("/lock", "next", &page_before(&headers))))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Behind {
    next: String,
    kept: String,
}

async fn hidden(
    State(office): State<Office>,
    visitor: Visitor,
    Query(behind): Query<Behind>,
) -> Result<Response> {
    if visitor.standing != Standing::Locked {
        return Ok(see_other(&way_back(&behind)));
    }
    Ok(html(page(&office, &visitor, &behind, FormErrors::default())))
}

fn page(office: &Office, visitor: &Visitor, behind: &Behind, errors: FormErrors) -> String {
    let mut frame = respond::bare_frame(office);
    frame.csrf.clone_from(&visitor.csrf);
    let page = HiddenScreenPage {
        name: visitor.name.clone(),
        next: own_path(&behind.next),
        kept: behind.kept.clone(),
        errors,
    };
    render_hidden(&frame, &page)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Unlock {
    #[serde(rename = "unlock")]
    password: String,
    next: String,
    kept: String,
}

async fn unlock(
    State(office): State<Office>,
    address: Address,
    Posted { visitor, form }: Posted<Unlock>,
) -> Result<Response> {
    let behind = Behind { next: form.next, kept: form.kept };
    if visitor.standing != Standing::Locked {
        return Ok(see_other(&way_back(&behind)));
    }
    match step_up::unlock(&office, &visitor, form.password, address.0).await {
        Ok(token) => with_session(see_other(&way_back(&behind)), &token),
        Err(Error::Refused(refusal)) => {
            let error = FieldError {
                field: "unlock".to_owned(),
                code: refusal.code.to_owned(),
                sentence: format!("{}{}", refusal.sentence, refusal.what_now),
            };
            Ok(unprocessable(page(&office, &visitor, &behind, FormErrors(vec![error]))))
        }
        Err(error) => Err(error),
    }
}

/// A form that waits comes before the page.
fn way_back(behind: &Behind) -> String {
    if !behind.kept.is_empty() {
        return with("/kept", "kept", &behind.kept);
    }
    match own_path(&behind.next) {
        path if path.is_empty() => "/".to_owned(),
        path => path,
    }
}

async fn kept(
    State(office): State<Office>,
    visitor: Visitor,
    Query(behind): Query<Behind>,
) -> Result<Response> {
    let form = office.kept().find(&behind.kept, visitor.staff_id, office.clock().now());
    let form = form.ok_or_else(super::guard::forgotten)?;
    let page = KeptPage {
        action: with(&form.address, "kept", &behind.kept),
        at: form.at.format("%H:%M").to_string(),
        before: form.before,
    };
    let frame = respond::frame(&office, &visitor, MenuItem::Today).await?;
    Ok(html(render_kept(&frame, &page)))
}
