//! The one door: every request of the staff passes here, and the table says whether it goes on.
//!
//! A form that can't act yet (the proof is too old, a second person is wanted, the screen is hidden, the session has
//! ended) is kept, its sender is led to what is missing, and what they answer there carries the form's name: the kept
//! form then acts as it was sent.

mod forms;
mod turned_away;

use super::client::{Address, page_before, with};
use super::failure;
use super::log::Asker;
use super::registry::Verb;
use super::table::{self, Row, Whom};
use super::visitor::{self, Visitor};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::permissions;
use crate::staff::session;
use crate::staff::visitor::{SECOND_WANTED, STALE};
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use forms::Sent;

/// Says with a request of a page that it happens by itself: nobody is at the keyboard.
pub const BY_ITSELF: &str = "x-by-itself";

/// Lets a request through if the table allows it.
pub async fn check(State(office): State<Office>, request: Request, next: Next) -> Response {
    let Some(pattern) = request.extensions().get::<MatchedPath>().cloned() else {
        return next.run(request).await;
    };
    let verb = if *request.method() == Method::POST { Verb::Post } else { Verb::Get };
    let Some(row) = table::find(verb, pattern.as_str()) else {
        return turned_away::not_here().into_response();
    };
    if matches!(row.whom, Whom::Everybody | Whom::Pad) {
        return next.run(request).await;
    }
    match staff(&office, row, request, next).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

/// A request under way, with whoever sent it.
struct Passage<'a> {
    office: &'a Office,
    row: &'static Row,
    visitor: Visitor,
    /// The session has got another token on the way.
    renewed: bool,
}

async fn staff(office: &Office, row: &'static Row, request: Request, next: Next) -> Result<Response> {
    let Some(token) = visitor::session_token(request.headers()) else {
        return turned_away::to_log_in(office, row, request, None).await;
    };
    let Some(found) = session::find(office, &token).await? else {
        return turned_away::to_log_in(office, row, request, Some(token)).await;
    };
    let by_itself = row.by_itself || request.headers().contains_key(BY_ITSELF);
    let found = if by_itself { found } else { session::touch(office, &token, found, false).await? };
    let visitor = Visitor::of(office, &token, found)?;
    if let Some(asker) = request.extensions().get::<Asker>() {
        asker.is(visitor.staff_id);
    }
    let mut passage = Passage { office, row, visitor, renewed: false };
    let answered = passage.go(request, next).await;
    let mut response = answered.unwrap_or_else(IntoResponse::into_response);
    if passage.renewed {
        let cookie = session::cookie(session::STAFF_COOKIE, &passage.visitor.token);
        let cookie = HeaderValue::from_str(&cookie).map_err(Error::internal)?;
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    // For the page of a failure: the token in the request may be the former one.
    response.extensions_mut().insert(passage.visitor);
    Ok(response)
}

impl Passage<'_> {
    async fn go(&mut self, request: Request, next: Next) -> Result<Response> {
        if !table::passes(self.row, self.visitor.standing) {
            return turned_away::to_what_stands_before(self.office, self.row, &self.visitor, request).await;
        }
        if let Whom::Any(acts) = self.row.whom {
            permissions::require_any(self.visitor.role, acts)?;
        }
        match self.row.verb {
            Verb::Get => self.read(request, next).await,
            Verb::Post => self.change(request, next).await,
        }
    }

    async fn read(&self, mut request: Request, next: Next) -> Result<Response> {
        let wanted = address(&request);
        if self.row.fresh && !self.visitor.is_fresh(self.office) {
            return Ok(turned_away::to_prove(&wanted));
        }
        request.extensions_mut().insert(self.visitor.clone());
        let response = next.run(request).await;
        Ok(if failure::code_of(&response) == Some(STALE) { turned_away::to_prove(&wanted) } else { response })
    }

    async fn change(&mut self, request: Request, next: Next) -> Result<Response> {
        if self.row.secret || !forms::is_form(&request) {
            return self.pass(request, next).await;
        }
        let (parts, body) = request.into_parts();
        let body =
            axum::body::to_bytes(body, super::FORM_LIMIT).await.map_err(|_| super::form::too_large())?;
        let from = Address::of(&parts.extensions);
        let (mut parts, mut sent) = (parts, Sent::new(&body));
        if let Some(name) = forms::name_in(parts.uri.query()) {
            super::form::check_token(&body, &self.visitor.csrf)?;
            match self.answer(&mut parts, &name, &sent, from).await? {
                forms::Answered::GoesOn(kept) => sent = kept,
                forms::Answered::AsksAgain(page) => return Ok(page),
            }
        }
        let wanted = Wanted::of(&parts);
        if self.row.fresh && !self.visitor.is_fresh(self.office) {
            super::form::same_token(sent.token(), &self.visitor.csrf)?;
            return Ok(sent.wait(self.office, &self.visitor, &wanted, "/step-up"));
        }
        parts.extensions.insert(self.visitor.clone());
        let response = next.run(Request::from_parts(parts, Body::from(sent.body()))).await;
        self.after(response, sent, &wanted).await
    }

    /// A form that is never kept: without a fresh proof the page is led to first.
    async fn pass(&self, mut request: Request, next: Next) -> Result<Response> {
        let before = page_before(request.headers());
        if self.row.fresh && !self.visitor.is_fresh(self.office) {
            return Ok(turned_away::to_prove(&before));
        }
        request.extensions_mut().insert(self.visitor.clone());
        let response = next.run(request).await;
        Ok(if failure::code_of(&response) == Some(STALE) { turned_away::to_prove(&before) } else { response })
    }

    /// What the form was told decides whether it waits for something.
    async fn after(&self, response: Response, sent: Sent, wanted: &Wanted) -> Result<Response> {
        match failure::code_of(&response) {
            Some(STALE) => Ok(sent.wait(self.office, &self.visitor, wanted, "/step-up")),
            Some(SECOND_WANTED) => {
                let kind = failure::meaning_of(&response).unwrap_or_default();
                let way = with("/second-person", "kind", &kind);
                Ok(sent.wait(self.office, &self.visitor, wanted, &way))
            }
            Some(super::form::OLD_PAGE) if sent.is_from_before(self.office, &self.visitor).await? => {
                Ok(sent.wait(self.office, &self.visitor, wanted, "/kept"))
            }
            _ => {
                sent.done(self.office);
                Ok(response)
            }
        }
    }
}

/// Where a form was going, and from which page.
struct Wanted {
    address: String,
    before: String,
}

impl Wanted {
    fn of(parts: &Parts) -> Self {
        let address = parts.uri.path_and_query().map_or("/", |whole| whole.as_str());
        Self { address: forms::without_name(address), before: page_before(&parts.headers) }
    }
}

fn address(request: &Request) -> String {
    request.uri().path_and_query().map_or("/", |whole| whole.as_str()).to_owned()
}

/// A form that waited longer than forms wait, or that somebody else sent.
pub(super) fn forgotten() -> Refusal {
    Refusal::conflict(
        "送った内容は、時間がたったため残っていません。",
        "元の画面を開き直して、もう一度操作してください。",
    )
}
