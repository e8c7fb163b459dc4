//! The addresses of the office, one file a family, mirroring the URLs.

pub mod assets;
pub mod audit;
pub mod calc;
pub mod calendar_settings;
pub mod campaigns;
pub mod cases;
pub mod failure;
pub mod form;
pub mod home;
pub mod imports;
pub mod login;
pub mod notices;
pub mod paper_settings;
pub mod pinpad;
pub mod proxies;
pub mod residents;
pub mod respond;
pub mod search;
pub mod settings;
pub mod staff_settings;
pub mod station;
pub mod stations_settings;
pub mod visitor;

use crate::office::Office;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// Bytes a form may have; files have a limit of their own where they are taken.
const FORM_LIMIT: usize = 256 * 1024;

/// No script, style, frame or form target but our own; nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The whole office as one service.
pub fn router(office: Office) -> Router {
    Router::new()
        .merge(home::routes())
        .merge(login::routes())
        .merge(search::routes())
        .merge(residents::routes())
        .merge(imports::routes())
        .merge(notices::routes())
        .merge(campaigns::routes())
        .merge(staff_settings::routes())
        .merge(settings::routes())
        .merge(paper_settings::routes())
        .merge(calendar_settings::routes())
        .merge(audit::routes())
        .merge(calc::routes())
        .merge(cases::routes())
        .merge(pinpad::routes())
        .merge(proxies::routes())
        .merge(station::routes())
        .merge(stations_settings::routes())
        .merge(assets::routes())
        .fallback(failure::no_such_page)
        .layer(middleware::from_fn(form::refuse_other_sites))
        .layer(middleware::from_fn_with_state(office.clone(), failure::show))
        .layer(CatchPanicLayer::custom(failure::after_panic))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(always(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "same-origin"))
        .layer(unless_set(header::CACHE_CONTROL, "no-store"))
        .with_state(office)
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

fn unless_set(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
