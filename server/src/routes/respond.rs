//! The few shapes an answer has.

use super::visitor::Visitor;
use crate::counter::{closing, work};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::session;
use crate::staff::visitor::Standing;
use crate::store;
use app::components::Tone;
use app::frame::{Frame, FrameMessage, MenuCounts, MenuItem, SessionNote, StaffBadge, StationBadge};
use axum::body::Body;
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

/// The same answer with the token under which the session goes on.
///
/// # Errors
/// When the token can't stand in a header.
pub fn with_session(mut response: Response, token: &str) -> Result<Response> {
    let cookie = session::cookie(session::STAFF_COOKIE, token);
    let cookie = HeaderValue::from_str(&cookie).map_err(Error::internal)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
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

/// A file to save under a name.
pub fn attachment(content_type: &'static str, name: &str, body: Body) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, body).into_response()
}

/// What surrounds a clerk's page. Where something stands between the session and the work, nothing of the work is in it.
///
/// # Errors
/// When the database refuses.
pub async fn frame(office: &Office, visitor: &Visitor, current: MenuItem) -> Result<Frame> {
    let mut frame = bare_frame(office);
    frame.csrf.clone_from(&visitor.csrf);
    if visitor.standing != Standing::Working {
        return Ok(frame);
    }
    frame.session = Some(SessionNote {
        until: visitor.ends.at.format("%H:%M").to_string(),
        seconds: (visitor.ends.at - office.clock().now()).num_seconds(),
        can_be_put_off: visitor.ends.can_be_put_off,
    });
    frame.staff = Some(StaffBadge { name: visitor.name.clone(), role: visitor.role.label().to_owned() });
    frame.station = station(office, visitor).await?;
    frame.menu = menu(office, visitor);
    frame.counts = counts(office, &frame.menu).await?;
    frame.messages = messages(office, visitor).await?;
    frame.current = Some(current);
    Ok(frame)
}

/// What waits behind the entries of this menu. Every page asks for it, so nothing is counted that isn't shown.
async fn counts(office: &Office, menu: &[MenuItem]) -> Result<MenuCounts> {
    let (pool, mut counts) = (office.store().read(), MenuCounts::default());
    for item in menu {
        match item {
            MenuItem::Today => counts.open_cases = store::work::open_case_count(pool).await?,
            MenuItem::Proxies => counts.proxies = store::requests::count(pool).await?,
            MenuItem::Work => counts.work = work::Counts::now(office).await?.waiting(),
            MenuItem::Closing => counts.unclosed = closing::unclosed(office).await?,
            MenuItem::Notices => counts.notices = store::campaigns::waiting(pool).await?,
            _ => {}
        }
    }
    Ok(counts)
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
        (MenuItem::Work, visitor.may(Act::SeeResidents)),
        (MenuItem::Proxies, visitor.may(Act::HandleLetters)),
        (MenuItem::Notices, visitor.may(Act::MakeNotices)),
        (MenuItem::Returns, visitor.may(Act::HandleLetters)),
        (MenuItem::Closing, closing::may_see(visitor)),
        (MenuItem::Statistics, visitor.may(Act::SeeStatistics)),
        (MenuItem::Calc, true),
        (MenuItem::Imports, visitor.may(Act::Import)),
        (MenuItem::Audit, visitor.may(Act::ReadAudit)),
        (MenuItem::Settings, visitor.may(Act::ChangeSettings) || visitor.may(Act::ChangeOffice)),
        (MenuItem::Reader, office.mode().is_training() && visitor.may(Act::HandleCases)),
    ];
    wanted.into_iter().filter_map(|(item, shown)| shown.then_some(item)).collect()
}
