//! What a browser or a proxy says in its headers: cookies, where a form comes from, whose request it is.
#![no_main]

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use fuzz::Pieces;
use libfuzzer_sys::fuzz_target;
use server::front::{cookies, hosts, proxy};
use server::routes::visitor::cookie;

const NAMES: [HeaderName; 6] = [
    header::COOKIE,
    header::HOST,
    header::ORIGIN,
    header::FORWARDED,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-proto"),
];

fuzz_target!(|data: &[u8]| {
    let (mut pieces, mut headers) = (Pieces::new(data), HeaderMap::new());
    while let Some(piece) = pieces.next_piece() {
        let Some((what, value)) = piece.split_first() else { continue };
        let Ok(value) = HeaderValue::from_bytes(value) else { continue };
        headers.append(NAMES[usize::from(*what) % NAMES.len()].clone(), value);
    }
    if let Some(value) = cookie(&headers, "madoguchi_session") {
        assert!(!value.contains(';'));
    }
    let peer = [127, 0, 0, 1].into();
    drop(proxy::client(&headers, peer, &[peer]));
    let _ = hosts::named(&headers);
    cookies::on_the_way_in(&mut headers);
    for name in ["madoguchi_session", "madoguchi_pad"] {
        drop(cookie(&headers, name));
    }
});
