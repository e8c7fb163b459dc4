//! Sessions: a random token in a strict cookie, its hash in the store.

use crate::clock::stamp;
use crate::error::Result;
use crate::office::Office;
use crate::rng::hex;
use crate::store::{self, WriteTx, sessions::SessionRow};
use chrono::{DateTime, FixedOffset, TimeDelta};
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

/// The living session behind a token. One that was idle too long or is too old ends here.
///
/// # Errors
/// When the database refuses.
pub async fn find(office: &Office, token: &str) -> Result<Option<SessionRow>> {
    let hash = token_hash(token);
    let Some(row) = store::sessions::find(office.store().read(), &hash).await? else { return Ok(None) };
    let now = office.clock().now();
    if ends(&row).is_some_and(|end| now < end.at) {
        return Ok(Some(row));
    }
    let mut tx = office.store().write().await?;
    store::sessions::end(&mut tx, &hash, &stamp(now)).await?;
    tx.commit().await?;
    Ok(None)
}

/// Notes that a session was used, and returns it as it is now. `at_once`: its owner asked for it.
///
/// # Errors
/// When the database refuses.
pub async fn touch(office: &Office, token: &str, mut row: SessionRow, at_once: bool) -> Result<SessionRow> {
    let now = office.clock().now();
    let idle = DateTime::parse_from_rfc3339(&row.last_seen_at).map_or(TimeDelta::MAX, |seen| now - seen);
    if at_once || idle > TimeDelta::seconds(TOUCH_SECONDS) {
        row.last_seen_at = stamp(now);
        let mut tx = office.store().write().await?;
        store::sessions::touch(&mut tx, &token_hash(token), &row.last_seen_at).await?;
        tx.commit().await?;
    }
    Ok(row)
}

/// Gives a session another token inside the caller's transaction, and shows its screen again. `proven`: its owner has
/// just shown password and code.
///
/// # Errors
/// When the database refuses, or the session has ended meanwhile.
pub async fn renew(office: &Office, tx: &mut WriteTx, token: &str, proven: bool) -> Result<String> {
    let (new, at) = (office.rng().token(), office.clock().stamp());
    let proven_at = proven.then_some(at.as_str());
    if store::sessions::renew(tx, &token_hash(token), &token_hash(&new), proven_at, &at).await? {
        return Ok(new);
    }
    Err(crate::error::Error::internal("the session ended while its owner was proving to be there"))
}

/// When a session ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The moment.
    pub at: DateTime<FixedOffset>,
    /// A click puts it off; the end of a long day's session doesn't move.
    pub can_be_put_off: bool,
}

/// When this session ends by itself; none when its times can't be read, and it has ended then.
pub fn ends(row: &SessionRow) -> Option<End> {
    let moment = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    let idle = moment(&row.last_seen_at)? + TimeDelta::minutes(IDLE_MINUTES);
    let absolute = moment(&row.created_at)? + TimeDelta::hours(ABSOLUTE_HOURS);
    Some(End { at: idle.min(absolute), can_be_put_off: idle < absolute })
}

/// The earliest beginning of a session whose pages may still be open.
pub fn earliest_page(now: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    now - TimeDelta::hours(2 * ABSOLUTE_HOURS)
}

/// A `Set-Cookie` value. Cookies are strict and unreadable for scripts; under TLS the gate binds them to the host.
pub fn cookie(name: &str, token: &str) -> String {
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict")
}

/// A `Set-Cookie` value that takes the cookie away.
pub fn no_cookie(name: &str) -> String {
    format!("{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
}
