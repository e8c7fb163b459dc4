//! Six digits that bind a PIN pad's browser to a station: shown to the clerk, typed at the pad, good for ten minutes.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const GOOD_FOR: Duration = Duration::from_mins(10);
/// Wrong codes in one period after which all codes are void: nobody finds one by trying.
const WRONG_CODES: u8 = 5;

/// The codes that are out.
#[derive(Default)]
pub struct Codes {
    out: Mutex<Out>,
}

#[derive(Default)]
struct Out {
    codes: Vec<Code>,
    wrong: u8,
}

struct Code {
    station_id: i64,
    digits: String,
    shown: Instant,
}

impl Codes {
    /// Gives a station a code; its earlier one is void.
    pub fn show(&self, station_id: i64, code: String, now: Instant) {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.codes.retain(|code| code.station_id != station_id && now.duration_since(code.shown) < GOOD_FOR);
        out.wrong = 0;
        out.codes.push(Code { station_id, digits: code, shown: now });
    }

    /// The code a station shows now.
    pub fn shown(&self, station_id: i64, now: Instant) -> Option<String> {
        let out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.codes
            .iter()
            .find(|code| code.station_id == station_id && now.duration_since(code.shown) < GOOD_FOR)
            .map(|code| code.digits.clone())
    }

    /// The station whose code was typed; the code is used up.
    pub fn redeem(&self, typed: &str, now: Instant) -> Option<i64> {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.codes.retain(|code| now.duration_since(code.shown) < GOOD_FOR);
        if let Some(at) = out.codes.iter().position(|code| code.digits == typed) {
            return Some(out.codes.swap_remove(at).station_id);
        }
        out.wrong += 1;
        if out.wrong >= WRONG_CODES {
            *out = Out::default();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code works once, for its station, and not after ten minutes.
    #[test]
    fn a_code_works_once_and_not_for_ever() {
        let codes = Codes::default();
        let now = Instant::now();
        codes.show(3, "123456".to_owned(), now);
        assert_eq!(codes.shown(3, now).as_deref(), Some("123456"));
        assert_eq!(codes.redeem("123456", now), Some(3));
        assert_eq!(codes.redeem("123456", now), None);
        codes.show(3, "654321".to_owned(), now);
        assert_eq!(codes.redeem("654321", now + GOOD_FOR), None);
    }

    /// Trying codes one after the other voids them.
    #[test]
    fn guessing_voids_the_code() {
        let codes = Codes::default();
        let now = Instant::now();
        codes.show(3, "123456".to_owned(), now);
        for guess in 0..WRONG_CODES {
            assert_eq!(codes.redeem(&format!("00000{guess}"), now), None);
        }
        assert_eq!(codes.redeem("123456", now), None);
    }
}
