//! The addresses of the office, one file a family, mirroring the URLs.

pub mod assets;
pub mod audit;
pub mod calc;
pub mod calendar_settings;
pub mod campaigns;
pub mod cases;
pub mod client;
pub mod closing;
pub mod failure;
pub mod form;
pub mod guard;
pub mod home;
pub mod imports;
pub mod log;
pub mod login;
pub mod notices;
pub mod paper_settings;
pub mod pinpad;
pub mod plain;
pub mod proxies;
pub mod registry;
pub mod residents;
pub mod respond;
pub mod search;
pub mod second_factor;
pub mod second_person;
pub mod session;
pub mod setting_history;
pub mod settings;
pub mod sign_in_settings;
pub mod staff_settings;
pub mod station;
pub mod stations_settings;
pub mod statistics;
pub mod step_up;
pub mod table;
pub mod telephone;
pub mod visitor;
pub mod work;

use crate::front::Front;
use crate::front::gate::{self, Gate};
use crate::office::Office;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::{Router, middleware};
use registry::Routes;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// Bytes a form may have; files have a limit of their own where they are taken.
const FORM_LIMIT: usize = 256 * 1024;

/// No script, style, frame or form target but our own; nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What no page of the office needs, so that no page can be made to use it.
const NO_DEVICES: &str = "camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), payment=(), serial=(), \
                          usb=()";

/// The whole office as one service, as the network reaches it.
pub fn behind_gate(office: Office, front: Front) -> Router {
    let gate = Gate::new(office.clone(), front);
    dressed(pages(&office).layer(middleware::from_fn_with_state(gate, gate::pass)), office)
}

/// The same for who is inside the process already: no gate asks where a request comes from, or how often.
pub fn router(office: Office) -> Router {
    dressed(pages(&office), office)
}

/// Every address of the office with its handlers.
pub fn all() -> Routes {
    Routes::new()
        .merge(home::routes())
        .merge(login::routes())
        .merge(session::routes())
        .merge(step_up::routes())
        .merge(second_person::routes())
        .merge(second_factor::routes())
        .merge(search::routes())
        .merge(residents::routes())
        .merge(imports::routes())
        .merge(notices::routes())
        .merge(campaigns::routes())
        .merge(staff_settings::routes())
        .merge(sign_in_settings::routes())
        .merge(settings::routes())
        .merge(setting_history::routes())
        .merge(paper_settings::routes())
        .merge(calendar_settings::routes())
        .merge(audit::routes())
        .merge(calc::routes())
        .merge(cases::routes())
        .merge(closing::routes())
        .merge(pinpad::routes())
        .merge(proxies::routes())
        .merge(station::routes())
        .merge(stations_settings::routes())
        .merge(statistics::routes())
        .merge(telephone::routes())
        .merge(work::routes())
        .merge(assets::routes())
}

fn pages(office: &Office) -> Router<Office> {
    all()
        .into_router()
        .fallback(failure::no_such_page)
        .method_not_allowed_fallback(failure::no_such_method)
        .layer(middleware::from_fn_with_state(office.clone(), guard::check))
        .layer(middleware::from_fn(plain::only_text))
        .layer(middleware::from_fn(form::refuse_other_sites))
        .layer(middleware::from_fn_with_state(office.clone(), failure::show))
        .layer(CatchPanicLayer::custom(failure::after_panic))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
}

/// What stands on every answer, whoever gave it.
fn dressed(pages: Router<Office>, office: Office) -> Router {
    pages
        .layer(middleware::from_fn(log::requests))
        .layer(always(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "same-origin"))
        .layer(always(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(always(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .layer(always(HeaderName::from_static("permissions-policy"), NO_DEVICES))
        .layer(unless_set(header::CACHE_CONTROL, "no-store"))
        .with_state(office)
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

fn unless_set(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
