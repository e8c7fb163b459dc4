//! `/settings/staff` and `/password`.

use super::client::Address;
use super::form::Posted;
use super::respond::{frame, html, see_other, unprocessable, with_session};
use super::visitor::Visitor;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get, post};
use crate::staff::accounts::{self, NewAccount};
use crate::staff::permissions::Act;
use crate::staff::visitor::Standing;
use crate::staff::{password_rules, second_factor};
use crate::store;
use app::components::{Choice, FieldError, FormErrors};
use app::frame::MenuItem;
use app::pages::staff_settings::{PasswordPage, StaffLine, StaffSettingsPage, render, render_password};
use axum::extract::State;
use axum::response::Response;
use chrono::DateTime;
use rules::case_states::Role;
use rules::wareki;
use serde::Deserialize;

/// `/settings/staff`, `/password`
pub fn routes() -> Routes {
    Routes::new()
        .route("/settings/staff", get(list).post(add))
        .route("/settings/staff/close", post(close))
        .route("/settings/staff/password", post(give_password))
        .route("/settings/staff/second-factor", post(remove_factor))
        .route("/password", get(own_password).post(change_password))
}

#[derive(Deserialize)]
struct Closing {
    id: i64,
}

#[derive(Deserialize)]
struct Passwords {
    current: String,
    new: String,
}

async fn list(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    visitor.require(Act::ChangeOffice)?;
    let page = page(&office, &visitor, StaffSettingsPage::default()).await?;
    Ok(html(render(&frame(&office, &visitor, MenuItem::Settings).await?, &page)))
}

async fn add(State(office): State<Office>, Posted { visitor, form }: Posted<NewAccount>) -> Result<Response> {
    visitor.require(Act::ChangeOffice)?;
    let (login, name, role) = (form.login.clone(), form.name.clone(), form.role.clone());
    match accounts::add(&office, &visitor, form).await {
        Ok(()) => Ok(see_other("/settings/staff")),
        Err((field, Error::Refused(refusal))) if refusal.status == 422 => {
            let entered = StaffSettingsPage {
                login,
                name,
                role,
                errors: errors(field, &refusal),
                ..StaffSettingsPage::default()
            };
            let page = page(&office, &visitor, entered).await?;
            Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Settings).await?, &page)))
        }
        Err((_, error)) => Err(error),
    }
}

async fn close(State(office): State<Office>, Posted { visitor, form }: Posted<Closing>) -> Result<Response> {
    visitor.require(Act::ChangeOffice)?;
    accounts::close(&office, &visitor, form.id).await?;
    Ok(see_other("/settings/staff"))
}

#[derive(Deserialize)]
struct Given {
    id: i64,
    #[serde(default)]
    new: String,
}

async fn give_password(
    State(office): State<Office>,
    Posted { visitor, form }: Posted<Given>,
) -> Result<Response> {
    visitor.require(Act::ChangeOffice)?;
    match accounts::give_password(&office, &visitor, form.id, form.new).await {
        Ok(()) => Ok(see_other("/settings/staff")),
        Err((field, Error::Refused(refusal))) if refusal.status == 422 => {
            let entered = StaffSettingsPage {
                given_to: form.id.to_string(),
                errors: errors(field, &refusal),
                ..StaffSettingsPage::default()
            };
            let page = page(&office, &visitor, entered).await?;
            Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Settings).await?, &page)))
        }
        Err((_, error)) => Err(error),
    }
}

async fn remove_factor(
    State(office): State<Office>,
    Posted { visitor, form }: Posted<Closing>,
) -> Result<Response> {
    second_factor::remove(&office, &visitor, form.id).await?;
    Ok(see_other("/settings/staff"))
}

async fn own_password(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    let page = password_page(&visitor, FormErrors::default());
    Ok(html(render_password(&frame(&office, &visitor, MenuItem::Settings).await?, &page)))
}

async fn change_password(
    State(office): State<Office>,
    address: Address,
    Posted { visitor, form }: Posted<Passwords>,
) -> Result<Response> {
    match accounts::change_password(&office, &visitor, form.current, form.new, address.0).await {
        Ok(token) => with_session(see_other("/"), &token),
        Err((field, Error::Refused(refusal))) => {
            let page = password_page(&visitor, errors(field, &refusal));
            Ok(unprocessable(render_password(&frame(&office, &visitor, MenuItem::Settings).await?, &page)))
        }
        Err((_, error)) => Err(error),
    }
}

fn password_page(visitor: &Visitor, errors: FormErrors) -> PasswordPage {
    let first = visitor.standing == Standing::FirstPassword;
    PasswordPage { shortest: password_rules::SHORTEST, first, errors }
}

async fn page(office: &Office, visitor: &Visitor, entered: StaffSettingsPage) -> Result<StaffSettingsPage> {
    let staff = store::staff::all(office.store().read()).await?.into_iter().map(|row| StaffLine {
        id: row.id,
        own: row.id == visitor.staff_id,
        second_factor: row.totp_secret.is_some(),
        role: Role::from_code(&row.role).map_or(row.role.clone(), |role| role.label().to_owned()),
        login: row.login,
        name: row.name,
        closed: row
            .disabled_at
            .and_then(|at| DateTime::parse_from_rfc3339(&at).ok())
            .map_or(String::new(), |at| wareki::short(at.date_naive())),
    });
    Ok(StaffSettingsPage {
        staff: staff.collect(),
        roles: Role::ALL.iter().map(|role| Choice::new(role.code(), role.label())).collect(),
        shortest_password: password_rules::SHORTEST,
        ..entered
    })
}

fn errors(field: &str, refusal: &Refusal) -> FormErrors {
    let sentence = format!("{}{}", refusal.sentence, refusal.what_now);
    FormErrors(vec![FieldError { field: field.to_owned(), code: refusal.code.to_owned(), sentence }])
}
