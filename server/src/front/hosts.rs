//! Does a request mean this office? A page of another site can make its own name lead to this machine; the name it was
//! asked by still gives it away.

use super::Front;
use crate::error::Refusal;
use axum::http::{HeaderMap, header};
use std::net::IpAddr;

/// The name or address that a request asks for, without its port.
pub fn named(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (values.next(), values.next()) else { return None };
    let host = host.to_str().ok()?;
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split_once(']').map(|(address, _)| address);
    }
    Some(host.rsplit_once(':').map_or(host, |(name, _)| name))
}

/// Refuses a request that asks for somebody else. Addresses are always ours: only names can be made to lead here.
///
/// # Errors
/// A refusal that says how the name is made known.
pub fn check(headers: &HeaderMap, front: &Front) -> Result<(), Refusal> {
    let ours = named(headers).is_some_and(|name| {
        name.parse::<IpAddr>().is_ok()
            || name.eq_ignore_ascii_case("localhost")
            || front.names.iter().any(|known| known.eq_ignore_ascii_case(name))
    });
    if ours {
        return Ok(());
    }
    Err(Refusal::new(
        421,
        "M-1008",
        "この名前では、窓口を開けません。",
        "何も変わっていません。",
        "ふだんの窓口のアドレスから開いてください。名前を変えたときは、システム担当が serve の --name で加えます。",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn accepts(host: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static(host));
        check(&headers, &Front { names: vec!["madoguchi.example".into()], ..Front::default() }).is_ok()
    }

    /// Addresses and our own names are ours; any other name, and two at once, are not.
    #[test]
    fn knows_its_own_names() {
        for host in
            ["127.0.0.1:8080", "[::1]:8080", "[::1]", "192.0.2.1", "localhost:1", "Madoguchi.Example:8443"]
        {
            assert!(accepts(host), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:8080",
            "madoguchi.example.evil.example",
            "",
            "127.0.0.1.evil.example",
        ] {
            assert!(!accepts(host), "{host}");
        }
        let mut two = HeaderMap::new();
        two.append(header::HOST, HeaderValue::from_static("madoguchi.example"));
        two.append(header::HOST, HeaderValue::from_static("evil.example"));
        assert!(named(&two).is_none() && named(&HeaderMap::new()).is_none());
    }
}
