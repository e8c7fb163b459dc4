//! Logging in: the right password opens a session, wrong ones close the door for longer and longer.

use super::{password, session};
use crate::audit::{self, Actor, Entry, Kind, Outcome};
use crate::clock::stamp;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::store::{self, staff::StaffRow};
use chrono::{DateTime, FixedOffset, TimeDelta};

/// Wrong passwords that cost nothing.
const FREE_TRIES: i64 = 4;
/// The longest the door stays closed, in minutes.
const LONGEST_LOCK: i64 = 15;

/// Checks login and password and begins a session at a counter; returns the session's token.
///
/// # Errors
/// A refusal that doesn't say whether the login or the password was wrong.
pub async fn log_in(
    office: &Office,
    login: &str,
    password: String,
    station_id: Option<i64>,
) -> Result<String> {
    let found = store::staff::by_login(office.store().read(), login).await?;
    let now = office.clock().now();
    if let Some(until) = found.as_ref().and_then(|staff| locked(staff, now)) {
        return Err(refused(&format!("続けて間違えたため、{}まで使えません。", until.format("%H:%M"))));
    }
    let hash = found.as_ref().map_or(password::dummy_hash(), |staff| staff.password_hash.as_str()).to_owned();
    let right = password::verify(password, hash).await?;
    match found {
        Some(staff) if right && staff.disabled_at.is_none() => succeed(office, &staff, station_id).await,
        Some(staff) => {
            fail(office, &staff, now).await?;
            Err(refused("職員番号かパスワードが違います。"))
        }
        None => Err(refused("職員番号かパスワードが違います。")),
    }
}

fn refused(sentence: &str) -> crate::error::Error {
    Refusal::new(
        422,
        "M-1001",
        sentence,
        "ログインしていません。",
        "職員番号とパスワードを確かめて入れ直してください。",
    )
    .into()
}

fn locked(staff: &StaffRow, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    let until = DateTime::parse_from_rfc3339(staff.locked_until.as_deref()?).ok()?;
    (until > now).then_some(until)
}

async fn succeed(office: &Office, staff: &StaffRow, station_id: Option<i64>) -> Result<String> {
    let mut tx = office.store().write().await?;
    store::staff::record_success(&mut tx, staff.id).await?;
    let token = session::begin(office, &mut tx, staff.id, station_id).await?;
    let entry = Entry::done(
        Kind::Login,
        Actor::from(&staff.login).at(station_id),
        format!("{}さんがログインしました。", staff.name),
    );
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await?;
    Ok(token)
}

async fn fail(office: &Office, staff: &StaffRow, now: DateTime<FixedOffset>) -> Result<()> {
    let wrong = staff.failed_logins + 1;
    let closed = (wrong > FREE_TRIES).then(|| {
        let minutes = (1_i64 << (wrong - FREE_TRIES - 1).min(4)).min(LONGEST_LOCK);
        stamp(now + TimeDelta::minutes(minutes))
    });
    let mut tx = office.store().write().await?;
    store::staff::record_failure(&mut tx, staff.id, closed.as_deref()).await?;
    let entry = Entry::done(Kind::Login, &staff.login, "ログインに失敗しました。").outcome(Outcome::Refused);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}

/// Ends a session.
///
/// # Errors
/// When the database refuses.
pub async fn log_out(office: &Office, token: &str, login: &str) -> Result<()> {
    let mut tx = office.store().write().await?;
    store::sessions::end(&mut tx, &session::token_hash(token), &office.clock().stamp()).await?;
    let entry = Entry::done(Kind::Logout, login, "ログアウトしました。");
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}
