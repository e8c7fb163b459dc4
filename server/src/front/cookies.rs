//! Cookies under TLS: bound to this very host by their name, whoever set them inside.
//!
//! Routes know a cookie by its plain name. Under TLS it travels as `__Host-` plus that name and `Secure`: browsers take
//! such a cookie only from this host, only over TLS, and for the whole site, so neither a neighbour's site nor an
//! intruder on the wire can plant one.

use axum::http::{HeaderMap, HeaderValue, header};

const PREFIX: &str = "__Host-";
/// What all of the office's cookies begin with.
const OURS: &str = "madoguchi_";

/// Gives our cookies their plain names; a plain one that came in is dropped, for it wasn't set over TLS by us.
pub fn on_the_way_in(headers: &mut HeaderMap) {
    let kept: Vec<String> = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .map(str::trim)
        .filter(|pair| !pair.starts_with(OURS))
        .map(|pair| {
            pair.strip_prefix(PREFIX).filter(|rest| rest.starts_with(OURS)).unwrap_or(pair).to_owned()
        })
        .collect();
    headers.remove(header::COOKIE);
    if let Ok(line) = HeaderValue::from_str(&kept.join("; "))
        && !line.is_empty()
    {
        headers.insert(header::COOKIE, line);
    }
}

/// Gives each cookie that goes out its bound name and `Secure`.
pub fn on_the_way_out(headers: &mut HeaderMap) {
    let bound: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .filter_map(|cookie| HeaderValue::from_str(&format!("{PREFIX}{cookie}; Secure")).ok())
        .collect();
    headers.remove(header::SET_COOKIE);
    for cookie in bound {
        headers.append(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::visitor::cookie;
    use crate::staff::session::{self, STAFF_COOKIE};

    /// A bound cookie is known by its plain name inside; a plain one from outside is not.
    #[test]
    fn only_bound_cookies_come_in() {
        let mut headers = HeaderMap::new();
        let line = "madoguchi_session=planted; other=1; __Host-madoguchi_session=ours; madoguchi_pad=planted";
        headers.insert(header::COOKIE, HeaderValue::from_static(line));
        on_the_way_in(&mut headers);
        assert_eq!(cookie(&headers, STAFF_COOKIE).as_deref(), Some("ours"));
        assert_eq!(cookie(&headers, "madoguchi_pad"), None);
        assert_eq!(cookie(&headers, "other").as_deref(), Some("1"));
    }

    /// What goes out carries everything that `__Host-` asks for, also when it takes a cookie away.
    #[test]
    fn what_goes_out_is_bound() {
        for cookie in [session::cookie(STAFF_COOKIE, "token"), session::no_cookie(STAFF_COOKIE)] {
            let mut headers = HeaderMap::new();
            headers.append(header::SET_COOKIE, HeaderValue::from_str(&cookie).unwrap());
            on_the_way_out(&mut headers);
            let sent = headers[header::SET_COOKIE].to_str().unwrap();
            assert!(sent.starts_with("__Host-madoguchi_session="), "{sent}");
            for wanted in ["; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
                assert!(sent.contains(wanted), "{sent}");
            }
            assert!(!sent.contains("Domain"), "{sent}");
        }
    }
}
