//! Logging in: the right password and code open a session, wrong ones close the door for longer and longer.

use super::proof::{self, Given};
use super::{session, tries};
use crate::audit::{self, Actor, Entry, Kind, Outcome};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::store;
use std::net::IpAddr;

/// What somebody who logs in brings along.
pub struct Arrival {
    /// What they typed.
    pub given: Given,
    /// The counter they sit at.
    pub station_id: Option<i64>,
    /// Where their browser is.
    pub address: Option<IpAddr>,
    /// The token of a session that this browser still has: it ends.
    pub earlier: Option<String>,
}

/// Checks login, password and code and begins a session at a counter; returns the session's token.
///
/// # Errors
/// A refusal that doesn't say which of them was wrong.
pub async fn log_in(office: &Office, arrival: Arrival) -> Result<String> {
    let typed = arrival.given.login.trim().to_owned();
    let proven = match proof::check(office, arrival.given, arrival.address).await {
        Err(Error::Refused(refusal)) => {
            // At a closed door nothing was tried: who knocks a thousand times doesn't fill the trail.
            if refusal.code != tries::CLOSED {
                note_failure(office, &typed).await?;
            }
            return Err(Error::Refused(refusal));
        }
        other => other?,
    };
    let recovery = proven.used_recovery_code();
    let (staff, mut tx) = proven.into_parts();
    let at = office.clock().stamp();
    if let Some(earlier) = arrival.earlier {
        store::sessions::end(&mut tx, &session::token_hash(&earlier), &at).await?;
    }
    let token = session::begin(office, &mut tx, staff.id, arrival.station_id).await?;
    let how = if recovery { "回復コードで" } else { "" };
    let sentence = format!("{}さんが{how}ログインしました。", staff.name);
    let actor = Actor::from(&staff.login).at(arrival.station_id);
    audit::record(&mut tx, &at, Entry::done(Kind::Login, actor, sentence)).await?;
    tx.commit().await?;
    Ok(token)
}

/// Notes a wrong try. What stands in the field for the login may be a password: only a login that exists is written down.
async fn note_failure(office: &Office, typed: &str) -> Result<()> {
    let known = store::staff::by_login(office.store().read(), typed).await?;
    let actor = known.map_or_else(|| audit::SYSTEM.to_owned(), |row| row.login);
    let entry = Entry::done(Kind::Login, &actor, "ログインに失敗しました。").outcome(Outcome::Refused);
    let mut tx = office.store().write().await?;
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
