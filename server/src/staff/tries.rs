//! Wrong tries close a door for longer and longer, and never for good.
//!
//! A try is counted before it is judged, so that a thousand at once are a thousand tries; a right one takes its count
//! back. Logins are counted as typed, whether there is such an account or not: a closed door tells nothing.

use crate::clock::stamp;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::store::{self, WriteTx};
use chrono::{DateTime, FixedOffset, TimeDelta};
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// The code of the refusal at a closed door.
pub const CLOSED: &str = "M-1004";

/// The longest a door stays closed, in seconds.
const LONGEST: i64 = 15 * 60;
/// The first time it stays closed, in seconds; each further try doubles it.
const FIRST: i64 = 30;
/// Hours after which tries are forgotten.
const REMEMBERED_HOURS: i64 = 24;

/// What is counted.
#[derive(Clone, Copy, Debug)]
enum Door<'a> {
    /// A login as typed.
    Login(&'a str),
    /// Where the browser is. Many people may sit behind one address, so more is free.
    Address(IpAddr),
}

impl Door<'_> {
    fn name(self) -> &'static str {
        match self {
            Self::Login(_) => "login",
            Self::Address(_) => "address",
        }
    }

    fn key(self) -> Vec<u8> {
        match self {
            Self::Login(login) => Sha256::digest(login.to_lowercase().as_bytes()).to_vec(),
            Self::Address(address) => Sha256::digest(address.to_string().as_bytes()).to_vec(),
        }
    }

    /// Tries before the door closes for the first time.
    fn free(self) -> i64 {
        match self {
            Self::Login(_) => 5,
            Self::Address(_) => 50,
        }
    }
}

/// A try that was counted and isn't judged yet.
#[must_use]
#[derive(Clone, Debug)]
pub struct Try {
    login: String,
    address: Option<IpAddr>,
}

impl Try {
    /// Counts a try.
    ///
    /// # Errors
    /// A refusal that says until when the door is closed.
    pub async fn begin(office: &Office, login: &str, address: Option<IpAddr>) -> Result<Self> {
        let now = office.clock().now();
        let mut tx = office.store().write().await?;
        let doors = [Some(Door::Login(login)), address.map(Door::Address)];
        for door in doors.into_iter().flatten() {
            if let Some(until) = closed(&mut tx, door, now).await? {
                return Err(refusal(until));
            }
        }
        for door in doors.into_iter().flatten() {
            count(&mut tx, door, now).await?;
        }
        store::sign_in_tries::forget_older(&mut tx, &stamp(now - TimeDelta::hours(REMEMBERED_HOURS))).await?;
        tx.commit().await?;
        Ok(Self { login: login.to_owned(), address })
    }

    /// It was right: the login starts anew, the address gets this try back.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn was_right(self, tx: &mut WriteTx, now: DateTime<FixedOffset>) -> Result<()> {
        let door = Door::Login(&self.login);
        store::sign_in_tries::forget(tx, door.name(), &door.key()).await?;
        if let Some(door) = self.address.map(Door::Address)
            && let Some(row) = store::sign_in_tries::find(tx, door.name(), &door.key()).await?
        {
            let tries = (row.tries - 1).max(0);
            store::sign_in_tries::put(tx, door.name(), &door.key(), tries, None, &stamp(now)).await?;
        }
        Ok(())
    }
}

async fn closed(
    tx: &mut WriteTx,
    door: Door<'_>,
    now: DateTime<FixedOffset>,
) -> Result<Option<DateTime<FixedOffset>>> {
    let row = store::sign_in_tries::find(tx, door.name(), &door.key()).await?;
    let until = row.and_then(|row| row.closed_until).and_then(|at| DateTime::parse_from_rfc3339(&at).ok());
    Ok(until.filter(|until| *until > now))
}

async fn count(tx: &mut WriteTx, door: Door<'_>, now: DateTime<FixedOffset>) -> Result<()> {
    let row = store::sign_in_tries::find(tx, door.name(), &door.key()).await?;
    let recent = |row: &store::sign_in_tries::TriesRow| {
        let last = DateTime::parse_from_rfc3339(&row.last_at);
        last.is_ok_and(|last| now - last < TimeDelta::hours(REMEMBERED_HOURS))
    };
    let tries = row.filter(recent).map_or(0, |row| row.tries) + 1;
    let until = closed_for(tries - door.free()).map(|seconds| stamp(now + TimeDelta::seconds(seconds)));
    store::sign_in_tries::put(tx, door.name(), &door.key(), tries, until.as_deref(), &stamp(now)).await
}

/// Seconds for which a door closes after so many tries beyond the free ones: 30, 60, 120 … 900.
fn closed_for(beyond: i64) -> Option<i64> {
    let doublings = u32::try_from(beyond.min(5)).ok()?;
    Some((FIRST << doublings).min(LONGEST))
}

fn refusal(until: DateTime<FixedOffset>) -> Error {
    // Rounded up: at the minute that is named the door is open.
    let until = until + TimeDelta::seconds(59);
    Refusal::new(
        422,
        CLOSED,
        format!("続けて間違えたため、{}まで使えません。", until.format("%H:%M")),
        "操作は行われていません。",
        "その時刻を過ぎてから、落ち着いて入れ直してください。",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four are free, the fifth closes for half a minute, and no door stays closed for more than a quarter of an hour.
    #[test]
    fn closes_for_longer_and_longer() {
        let free = Door::Login("sato").free();
        let seconds: Vec<_> = (1..=12).map(|tries| closed_for(tries - free)).collect();
        assert_eq!(seconds[..4], [None; 4]);
        let grown = [30, 60, 120, 240, 480, 900, 900, 900].map(Some);
        assert_eq!(seconds[4..], grown);
        assert_eq!(closed_for(i64::MAX), Some(LONGEST));
    }
}
