//! Sessions: a random token in a strict cookie, its hash in the store.

use crate::clock::stamp;
use crate::error::Result;
use crate::office::Office;
use crate::rng::hex;
use crate::store::{self, WriteTx, sessions::SessionRow};
use chrono::{DateTime, TimeDelta};
use sha2::{Digest, Sha256};

/// The cookie of staff.
pub const STAFF_COOKIE: &str = "madoguchi_session";
/// The cookie of a PIN pad.
pub const PAD_COOKIE: &str = "madoguchi_pad";

/// Minutes without a click after which a session ends.
const IDLE_MINUTES: i64 = 15;
/// Hours after which a session ends in any case.
const ABSOLUTE_HOURS: i64 = 10;
/// A session's last use is written at most this often, so that reading pages doesn't wait for the writer.
const TOUCH_SECONDS: i64 = 60;

/// The hash of a token, as stored.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Begins a session and returns its token.
///
/// # Errors
/// When the database refuses.
pub async fn begin(
    office: &Office,
    tx: &mut WriteTx,
    staff_id: i64,
    station_id: Option<i64>,
) -> Result<String> {
    let token = office.rng().token();
    let csrf = hex(&office.rng().bytes::<16>());
    store::sessions::begin(tx, &token_hash(&token), staff_id, station_id, &csrf, &office.clock().stamp())
        .await?;
    Ok(token)
}

/// The living session behind a token; notes that it was used. A session that was idle too long or is too old ends.
///
/// # Errors
/// When the database refuses.
pub async fn find(office: &Office, token: &str) -> Result<Option<SessionRow>> {
    let hash = token_hash(token);
    let Some(row) = store::sessions::find(office.store().read(), &hash).await? else { return Ok(None) };
    let now = office.clock().now();
    let since = |moment: &str| DateTime::parse_from_rfc3339(moment).map_or(TimeDelta::MAX, |then| now - then);
    let idle = since(&row.last_seen_at);
    if idle > TimeDelta::minutes(IDLE_MINUTES) || since(&row.created_at) > TimeDelta::hours(ABSOLUTE_HOURS) {
        let mut tx = office.store().write().await?;
        store::sessions::end(&mut tx, &hash, &stamp(now)).await?;
        tx.commit().await?;
        return Ok(None);
    }
    if idle > TimeDelta::seconds(TOUCH_SECONDS) {
        let mut tx = office.store().write().await?;
        store::sessions::touch(&mut tx, &hash, &stamp(now)).await?;
        tx.commit().await?;
    }
    Ok(Some(row))
}

/// A `Set-Cookie` value. Cookies are strict and unreadable for scripts; under TLS the gate binds them to the host.
pub fn cookie(name: &str, token: &str) -> String {
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict")
}

/// A `Set-Cookie` value that takes the cookie away.
pub fn no_cookie(name: &str) -> String {
    format!("{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
}
