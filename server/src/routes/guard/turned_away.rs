//! Where those are led who can't go on yet; what they sent waits for them.

use super::forms::{Sent, is_form};
use super::{Wanted, address};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::routes::client::{page_before, with};
use crate::routes::form::same_token;
use crate::routes::registry::Verb;
use crate::routes::respond::see_other;
use crate::routes::table::Row;
use crate::routes::{FORM_LIMIT, form};
use crate::staff::session::token_hash;
use crate::staff::visitor::{Standing, Visitor};
use crate::store;
use axum::extract::Request;
use axum::response::Response;

/// The address is ours, but it isn't asked for in this way.
pub(super) fn not_here() -> crate::error::Error {
    Refusal::new(
        405,
        "M-1405",
        "ここは開ける画面ではありません。",
        "何も変わっていません。",
        "左のメニューか、上の検索から開いてください。",
    )
    .into()
}

/// To the page that asks for a proof, and from there to `next`.
pub(super) fn to_prove(next: &str) -> Response {
    see_other(&with("/step-up", "next", next))
}

/// To the login page: there is no living session. A form of the session that has just ended waits for its sender.
pub(super) async fn to_log_in(
    office: &Office,
    row: &Row,
    request: Request,
    ended: Option<String>,
) -> Result<Response> {
    if row.verb == Verb::Get {
        let wanted = address(&request);
        return Ok(see_other(&if wanted == "/" {
            "/login".to_owned()
        } else {
            with("/login", "next", &wanted)
        }));
    }
    let before = page_before(request.headers());
    let way = if before == "/" { "/login".to_owned() } else { with("/login", "next", &before) };
    let ended = match ended.filter(|_| !row.secret && is_form(&request)) {
        Some(token) => store::sessions::find_ended(office.store().read(), &token_hash(&token)).await?,
        None => None,
    };
    let Some(ended) = ended else { return Ok(see_other(&way)) };
    let (wanted, sent) = take(request).await?;
    if same_token(sent.token(), &ended.csrf_token).is_err() {
        return Ok(see_other(&way));
    }
    let name = sent.keep(office, ended.staff_id, &wanted);
    Ok(see_other(&with(&way, "kept", &name)))
}

/// To what stands between the session and the work. A form that met a hidden screen waits behind it.
pub(super) async fn to_what_stands_before(
    office: &Office,
    row: &Row,
    visitor: &Visitor,
    request: Request,
) -> Result<Response> {
    let way = match visitor.standing {
        Standing::Locked => "/lock",
        Standing::FirstPassword => return Ok(see_other("/password")),
        Standing::NoSecondFactor => return Ok(see_other("/second-factor")),
        Standing::Working => "/",
    };
    if row.verb == Verb::Get {
        return Ok(see_other(&with(way, "next", &address(&request))));
    }
    let way = with(way, "next", &page_before(request.headers()));
    if row.secret || !is_form(&request) {
        return Ok(see_other(&way));
    }
    let (wanted, sent) = take(request).await?;
    same_token(sent.token(), &visitor.csrf)?;
    Ok(sent.wait(office, visitor, &wanted, &way))
}

async fn take(request: Request) -> Result<(Wanted, Sent)> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, FORM_LIMIT).await.map_err(|_| form::too_large())?;
    Ok((Wanted::of(&parts), Sent::new(&body)))
}
