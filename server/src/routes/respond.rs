//! The few shapes an answer has.

use super::visitor::Visitor;
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::store;
use app::components::Tone;
use app::frame::{Frame, FrameMessage, MenuItem, StaffBadge, StationBadge};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

/// A page.
pub fn html(page: String) -> Response {
    Html(page).into_response()
}

/// A page that shows again what was entered, with what is wrong with it.
pub fn unprocessable(page: String) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response()
}

/// After something was done: the page that shows it, so that going back does nothing twice.
pub fn see_other(address: &str) -> Response {
    Redirect::to(address).into_response()
}

/// A document to print, shown in the browser under a name.
pub fn pdf(bytes: Vec<u8>, name: &str) -> Response {
    let disposition = HeaderValue::from_str(&format!("inline; filename=\"{name}\""))
        .unwrap_or_else(|_| HeaderValue::from_static("inline"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}

/// A table to save, for a spreadsheet.
pub fn csv(bytes: Vec<u8>, name: &str) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}

/// What surrounds a clerk's page.
///
/// # Errors
/// When the database refuses.
pub async fn frame(office: &Office, visitor: &Visitor, current: MenuItem) -> Result<Frame> {
    let mut frame = bare_frame(office);
    frame.staff = Some(StaffBadge { name: visitor.name.clone(), role: visitor.role.label().to_owned() });
    frame.station = station(office, visitor).await?;
    frame.menu = menu(office, visitor);
    frame.counts.open_cases = store::work::open_case_count(office.store().read()).await?;
    frame.counts.proxies = store::requests::count(office.store().read()).await?;
    frame.counts.notices = store::campaigns::waiting(office.store().read()).await?;
    frame.messages = messages(office, visitor).await?;
    frame.current = Some(current);
    frame.csrf.clone_from(&visitor.csrf);
    Ok(frame)
}

/// What this person began in the background and is over.
async fn messages(office: &Office, visitor: &Visitor) -> Result<Vec<FrameMessage>> {
    let unread = store::staff_messages::unread(office.store().read(), visitor.staff_id).await?;
    let shown = |message: store::staff_messages::MessageRow| FrameMessage {
        tone: if message.tone == "done" { Tone::Success } else { Tone::Caution },
        sentence: message.sentence,
        href: message.href,
    };
    Ok(unread.into_iter().map(shown).collect())
}

/// What surrounds a page for somebody who isn't logged in.
pub fn bare_frame(office: &Office) -> Frame {
    Frame {
        office: office.title(),
        training: office.mode().is_training(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..Frame::default()
    }
}

async fn station(office: &Office, visitor: &Visitor) -> Result<Option<StationBadge>> {
    let Some(id) = visitor.station_id else { return Ok(None) };
    let Some(row) = store::stations::find(office.store().read(), id).await? else { return Ok(None) };
    let reader = crate::stations::chip(office, visitor, &row).await?;
    Ok(Some(StationBadge { name: row.name, reader }))
}

fn menu(office: &Office, visitor: &Visitor) -> Vec<MenuItem> {
    let wanted = [
        (MenuItem::Today, true),
        (MenuItem::Proxies, visitor.may(Act::HandleLetters)),
        (MenuItem::Notices, visitor.may(Act::MakeNotices)),
        (MenuItem::Returns, visitor.may(Act::HandleLetters)),
        (MenuItem::Calc, true),
        (MenuItem::Imports, visitor.may(Act::Import)),
        (MenuItem::Audit, visitor.may(Act::ReadAudit)),
        (MenuItem::Settings, visitor.may(Act::ChangeSettings) || visitor.may(Act::ChangeOffice)),
        (MenuItem::Reader, office.mode().is_training() && visitor.may(Act::HandleCases)),
    ];
    wanted.into_iter().filter_map(|(item, shown)| shown.then_some(item)).collect()
}
