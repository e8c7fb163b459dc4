//! What people send is text: control characters are dropped on the way in, before any page or row could hold one.
//!
//! Nobody types them; they come with what is copied from elsewhere. Line breaks and tabs stay.

use super::failure;
use axum::extract::Request;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::borrow::Cow;

/// A control character that isn't white space.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// The fields of a form or a question without control characters. What can't be read stays as it is, for the reader to
/// refuse.
pub fn fields(sent: &[u8]) -> Cow<'_, [u8]> {
    if !may_hold_controls(sent) {
        return Cow::Borrowed(sent);
    }
    let Ok(pairs) = serde_html_form::from_bytes::<Vec<(String, String)>>(sent) else {
        return Cow::Borrowed(sent);
    };
    let plain = |text: String| text.chars().filter(|c| !is_control(*c)).collect::<String>();
    let pairs: Vec<(String, String)> =
        pairs.into_iter().map(|(name, value)| (plain(name), plain(value))).collect();
    serde_html_form::to_string(pairs).map_or(Cow::Borrowed(sent), |text| Cow::Owned(text.into_bytes()))
}

/// A quick look: nearly everything sent holds none, and isn't copied.
fn may_hold_controls(sent: &[u8]) -> bool {
    let raw = |byte: &u8| *byte < 0x20 || matches!(*byte, 0x7F | 0xC2);
    let escaped = |three: &[u8]| match three {
        [b'%', b'0', low] => !matches!(low.to_ascii_uppercase(), b'9' | b'A' | b'D'),
        [b'%', b'1', _] => true,
        [b'%', b'7', low] => low.eq_ignore_ascii_case(&b'F'),
        [b'%', high, b'2'] => high.eq_ignore_ascii_case(&b'C'),
        _ => false,
    };
    sent.iter().any(raw) || sent.windows(3).any(escaped)
}

/// Questions come with addresses; an address itself never holds a control character.
pub async fn only_text(mut request: Request, next: Next) -> Response {
    if escapes_a_control(request.uri().path()) {
        return failure::no_such_page().await.into_response();
    }
    if let Some(uri) = plain_question(request.uri()) {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

/// Addresses of ours hold ASCII only, so that one look is enough.
fn escapes_a_control(path: &str) -> bool {
    path.as_bytes()
        .windows(3)
        .any(|three| matches!(three, [b'%', b'0' | b'1', _] | [b'%', b'7', b'F' | b'f']))
}

/// The same address with a plain question; nothing when it is plain.
fn plain_question(uri: &Uri) -> Option<Uri> {
    let Cow::Owned(plain) = fields(uri.query()?.as_bytes()) else { return None };
    let path = format!("{}?{}", uri.path(), String::from_utf8(plain).ok()?);
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(sent: &str) -> String {
        String::from_utf8(fields(sent.as_bytes()).into_owned()).unwrap()
    }

    /// Controls go, in whatever way they were written; everything else arrives as it was sent.
    #[test]
    fn drops_controls_and_nothing_else() {
        assert_eq!(after("a=1%002%1b3&b%07=%C2%854%7f"), "a=123&b=4");
        for plain in ["a=1&b=%E8%A6%8B%0D%0A%09", "a=%C3%A9&x=", "", "%zz=%"] {
            assert!(matches!(fields(plain.as_bytes()), Cow::Borrowed(_)), "{plain}");
        }
        assert_eq!(after("a=%C2%A5"), "a=%C2%A5", "a yen sign is none");
        let uri: Uri = "/search?q=a%00b".parse().unwrap();
        assert_eq!(plain_question(&uri).unwrap(), "/search?q=ab");
        assert_eq!(plain_question(&"/search?q=ab".parse().unwrap()), None);
    }
}
