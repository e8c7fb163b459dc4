//! How often somebody may ask.
//!
//! A whole office often shares one address (NAT, or the proxy's), so an address may ask a hundred times as much as one
//! clerk does. A browser's session is held tighter, and what can be guessed (a password, a counter's code) tightest.
//!
//! Each keeps one moment (GCRA, the token bucket without a bucket): when its tokens would be full again.

use super::Arrived;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// All requests of an address: 500 a second, 10,000 at once. Fifty clerks with six images each stay far below.
const ADDRESS: Rate = Rate { every: Duration::from_millis(2), burst: 10_000 };
/// All requests of a session: 100 a second, 2,000 at once.
const SESSION: Rate = Rate { every: Duration::from_millis(10), burst: 2_000 };
/// Guesses of an address: one a second, 60 at once, so that a whole floor can log in at half past eight.
const GUESS: Rate = Rate { every: Duration::from_secs(1), burst: 60 };

/// Keys that are remembered before those whose tokens are full again are forgotten.
const REMEMBERED: usize = 10_000;

/// Where something secret can be guessed.
const GUESSABLE: [&str; 6] = ["/login", "/password", "/pinpad/pair", "/unlock", "/step-up", "/second-factor"];

/// Tokens: one comes back `every` so often, `burst` can be there.
#[derive(Clone, Copy, Debug)]
struct Rate {
    every: Duration,
    burst: u32,
}

/// Everybody's tokens.
#[derive(Debug, Default)]
pub struct Limits {
    addresses: Buckets<IpAddr>,
    sessions: Buckets<Vec<u8>>,
    guesses: Buckets<IpAddr>,
}

impl Limits {
    /// Takes a token from each who has a part in this request. `session` is the hash of the session's token, `posts` that
    /// the request is a form.
    ///
    /// # Errors
    /// How long to wait when one has none left.
    pub fn take(
        &self,
        from: Arrived,
        session: Option<Vec<u8>>,
        posts: bool,
        path: &str,
        now: Instant,
    ) -> Result<(), Duration> {
        let network = network(from.address);
        self.addresses.take(network, ADDRESS, now)?;
        if let Some(session) = session {
            self.sessions.take(session, SESSION, now)?;
        }
        if posts && GUESSABLE.contains(&path) {
            self.guesses.take(network, GUESS, now)?;
        }
        Ok(())
    }
}

/// One machine has a whole IPv6 network of 64 bits to itself.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) & !u128::from(u64::MAX)).into(),
    }
}

#[derive(Debug)]
struct Buckets<K> {
    full_again: Mutex<HashMap<K, Instant>>,
}

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self { full_again: Mutex::default() }
    }
}

impl<K: Eq + Hash> Buckets<K> {
    fn take(&self, key: K, rate: Rate, now: Instant) -> Result<(), Duration> {
        let mut known = self.full_again.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.retain(|_, full| *full > now);
        }
        let full = known.get(&key).copied().map_or(now, |full| full.max(now)) + rate.every;
        let allowed = now + rate.every * rate.burst;
        if full > allowed {
            return Err(full - allowed);
        }
        known.insert(key, full);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: &str) -> Arrived {
        Arrived { address: address.parse().unwrap(), secure: false }
    }

    /// The burst is there at once, then one at a time; another key isn't touched by it.
    #[test]
    fn gives_back_what_time_brings() {
        let (buckets, now) = (Buckets::default(), Instant::now());
        let rate = Rate { every: Duration::from_secs(1), burst: 3 };
        for _ in 0..3 {
            buckets.take("a", rate, now).unwrap();
        }
        let wait = buckets.take("a", rate, now).unwrap_err();
        assert_eq!(wait, Duration::from_secs(1));
        buckets.take("b", rate, now).unwrap();
        buckets.take("a", rate, now + wait).unwrap();
        assert!(buckets.take("a", rate, now + wait).is_err());
        for _ in 0..3 {
            buckets.take("a", rate, now + Duration::from_mins(1)).unwrap();
        }
    }

    /// Guesses run out long before pages do, and all of one IPv6 network together.
    #[test]
    fn holds_guesses_tightest() {
        let (limits, now) = (Limits::default(), Instant::now());
        for number in 0..60 {
            limits.take(from(&format!("2001:db8::{number}")), None, true, "/login", now).unwrap();
        }
        assert!(limits.take(from("2001:db8::ffff"), None, true, "/login", now).is_err());
        assert!(limits.take(from("2001:db8::ffff"), None, false, "/login", now).is_ok());
        assert!(limits.take(from("2001:db8:1::1"), None, true, "/login", now).is_ok());
    }

    /// A session that runs wild doesn't stop the other clerks behind the same address.
    #[test]
    fn one_session_does_not_stop_another() {
        let (limits, now) = (Limits::default(), Instant::now());
        let take = |session: u8| limits.take(from("192.0.2.1"), Some(vec![session]), false, "/", now);
        for _ in 0..2_000 {
            take(1).unwrap();
        }
        assert!(take(1).is_err());
        assert!(take(2).is_ok());
    }

    /// What is full again is forgotten, so that memory doesn't grow with strangers.
    #[test]
    fn forgets_strangers() {
        let (buckets, now) = (Buckets::default(), Instant::now());
        let rate = Rate { every: Duration::from_secs(1), burst: 3 };
        for key in 0..REMEMBERED {
            buckets.take(key, rate, now).unwrap();
        }
        buckets.take(REMEMBERED, rate, now + Duration::from_secs(2)).unwrap();
        assert_eq!(buckets.full_again.lock().unwrap().len(), 1);
    }
}
