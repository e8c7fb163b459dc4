//! A proxy in front: what it says of the browser, and why nobody else is believed.

use crate::error::Refusal;
use axum::http::{HeaderMap, HeaderName, header};
use std::net::{IpAddr, SocketAddr};

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The browser's address, as the nearest proxy saw it.
///
/// One family of headers counts: `X-Forwarded-For` and `-Proto`, or `Forwarded`. A proxy passes on the family it doesn't
/// know as the browser sent it, so a request that has both is refused.
///
/// # Errors
/// A refusal when the peer is no proxy of ours, contradicts itself, or says that the browser doesn't speak TLS.
pub fn client(headers: &HeaderMap, peer: IpAddr, proxies: &[IpAddr]) -> Result<IpAddr, Refusal> {
    if !proxies.contains(&peer) {
        return Err(refuse(
            "この窓口は、決められた中継サーバからだけ使えます。",
            "ふだんの窓口のアドレスから開いてください。",
        ));
    }
    let old = headers.contains_key(FOR) || headers.contains_key(PROTO);
    if old && headers.contains_key(header::FORWARDED) {
        return Err(refuse(
            "中継サーバから、Forwarded と X-Forwarded の両方の見出しが届きました。",
            "使わないほうの見出しを消すよう、中継サーバの設定を直してもらってください。",
        ));
    }
    let (hops, proto) = if old { by_x_forwarded(headers) } else { by_forwarded(headers) };
    if !proto.is_some_and(|proto| proto.eq_ignore_ascii_case("https")) {
        return Err(refuse(
            "中継サーバから、TLSで届いたという知らせがありません。",
            "X-Forwarded-Proto: https を渡すよう、中継サーバの設定を直してもらってください。",
        ));
    }
    // From the right: what our own proxies added. The first that isn't ours is the browser; further left is hearsay.
    for hop in hops.iter().rev() {
        match address(hop) {
            Some(address) if proxies.contains(&address) => {}
            Some(address) => return Ok(address),
            None => break,
        }
    }
    Ok(peer)
}

fn refuse(sentence: &str, what_now: &str) -> Refusal {
    Refusal::new(403, "M-1007", sentence, "何も変わっていません。", what_now)
}

fn values<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok())
}

fn by_x_forwarded(headers: &HeaderMap) -> (Vec<&str>, Option<&str>) {
    let hops = values(headers, &FOR).flat_map(|line| line.split(',')).map(str::trim).collect();
    let proto = values(headers, &PROTO).flat_map(|line| line.split(',')).map(str::trim).last();
    (hops, proto)
}

/// `for=192.0.2.60;proto=https, for="[2001:db8::17]:4711"` (RFC 7239).
fn by_forwarded(headers: &HeaderMap) -> (Vec<&str>, Option<&str>) {
    let (mut hops, mut proto) = (Vec::new(), None);
    for element in values(headers, &header::FORWARDED).flat_map(|line| line.split(',')) {
        proto = None;
        for pair in element.split(';') {
            let Some((name, value)) = pair.split_once('=') else { continue };
            let value = value.trim().trim_matches('"');
            match name.trim() {
                name if name.eq_ignore_ascii_case("for") => hops.push(value),
                name if name.eq_ignore_ascii_case("proto") => proto = Some(value),
                _ => {}
            }
        }
    }
    (hops, proto)
}

/// An address with or without brackets and a port.
fn address(text: &str) -> Option<IpAddr> {
    text.parse()
        .ok()
        .or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
        .or_else(|| text.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
        .map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const PROXY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    fn seen(pairs: &[(&'static str, &'static str)], peer: IpAddr) -> Result<String, u16> {
        let mut headers = HeaderMap::new();
        for &(name, value) in pairs {
            headers.append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_static(value));
        }
        client(&headers, peer, &[PROXY]).map(|address| address.to_string()).map_err(|refusal| refusal.status)
    }

    /// The nearest proxy's word counts; what the browser wrote further left doesn't.
    #[test]
    fn believes_the_nearest_proxy_only() {
        let https = ("x-forwarded-proto", "https");
        assert_eq!(seen(&[https, ("x-forwarded-for", "192.0.2.7")], PROXY), Ok("192.0.2.7".into()));
        assert_eq!(seen(&[https, ("x-forwarded-for", "1.2.3.4, 192.0.2.7")], PROXY), Ok("192.0.2.7".into()));
        assert_eq!(
            seen(&[https, ("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "192.0.2.7, 10.0.0.2")], PROXY),
            Ok("192.0.2.7".into())
        );
        assert_eq!(seen(&[https, ("x-forwarded-for", "192.0.2.7, nonsense")], PROXY), Ok("10.0.0.2".into()));
        let forwarded = ("forwarded", "for=1.2.3.4;proto=http, For=\"[2001:db8::17]:4711\";Proto=https;by=x");
        assert_eq!(seen(&[forwarded], PROXY), Ok("2001:db8::17".into()));
    }

    /// Nobody else may speak for a browser, no proxy may say two things, and none may speak for a browser without TLS.
    #[test]
    fn refuses_what_it_cannot_believe() {
        let good = [("x-forwarded-proto", "https"), ("x-forwarded-for", "192.0.2.7")];
        assert_eq!(seen(&good, "10.0.0.3".parse().unwrap()), Err(403));
        assert_eq!(seen(&[good[0], good[1], ("forwarded", "for=1.2.3.4;proto=https")], PROXY), Err(403));
        assert_eq!(seen(&[good[1]], PROXY), Err(403));
        assert_eq!(seen(&[("x-forwarded-proto", "https, http")], PROXY), Err(403));
        assert_eq!(seen(&[("forwarded", "proto=https;for=1.2.3.4, for=192.0.2.7")], PROXY), Err(403));
    }
}
