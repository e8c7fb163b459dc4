//! Forms that were sent and could not act yet: the proof was too old, the screen was hidden, the session had ended.
//!
//! They wait in memory for the few minutes in which their sender proves to be there, and then act as they were sent.
//! Nothing of them touches the disk, and forms with PINs or passwords of their own are never kept.

use chrono::{DateTime, FixedOffset, TimeDelta};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// Minutes for which a form waits.
const MINUTES: i64 = 15;
/// Forms that wait at once; the oldest makes room.
const MOST: usize = 256;

/// A form that waits.
#[derive(Clone)]
pub struct KeptForm {
    /// Who sent it; nobody else may send it on.
    pub staff_id: i64,
    /// Where it was going: path and query.
    pub address: String,
    /// The page it stood on.
    pub before: String,
    /// Its fields, as they were sent.
    pub body: Zeroizing<Vec<u8>>,
    /// When.
    pub at: DateTime<FixedOffset>,
}

/// All forms that wait, by a random name.
#[derive(Default)]
pub struct Kept {
    forms: Mutex<HashMap<String, KeptForm>>,
}

impl Kept {
    /// Lets a form wait under this name.
    pub fn keep(&self, name: String, form: KeptForm) {
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        let now = form.at;
        forms.retain(|_, kept| !is_over(kept, now));
        if forms.len() >= MOST
            && let Some(oldest) = forms.iter().min_by_key(|(_, kept)| kept.at).map(|(name, _)| name.clone())
        {
            forms.remove(&oldest);
        }
        forms.insert(name, form);
    }

    /// The form with this name, if this person sent it lately. It goes on waiting.
    pub fn find(&self, name: &str, staff_id: i64, now: DateTime<FixedOffset>) -> Option<KeptForm> {
        let forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        forms.get(name).filter(|form| form.staff_id == staff_id && !is_over(form, now)).cloned()
    }

    /// Lets a form go.
    pub fn forget(&self, name: &str) {
        self.forms.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }

    /// Lets all forms of a person go.
    pub fn forget_all(&self, staff_id: i64) {
        self.forms.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, form| form.staff_id != staff_id);
    }
}

fn is_over(form: &KeptForm, now: DateTime<FixedOffset>) -> bool {
    now - form.at > TimeDelta::minutes(MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn form(staff_id: i64, at: DateTime<FixedOffset>) -> KeptForm {
        let address = "/settings".to_owned();
        KeptForm { staff_id, before: address.clone(), address, body: Zeroizing::new(b"a=1".to_vec()), at }
    }

    /// A form waits for its sender only, for some minutes only, and there is no end of room for nobody.
    #[test]
    fn waits_for_its_sender_for_a_while() {
        let (kept, now) = (Kept::default(), Clock::real().now());
        kept.keep("first".to_owned(), form(7, now));
        assert!(kept.find("first", 7, now + TimeDelta::minutes(MINUTES)).is_some());
        assert!(kept.find("first", 8, now).is_none());
        assert!(kept.find("first", 7, now + TimeDelta::minutes(MINUTES + 1)).is_none());
        for number in 0..2 * MOST {
            let later = now + TimeDelta::milliseconds(i64::try_from(number).unwrap());
            kept.keep(number.to_string(), form(7, later));
        }
        assert_eq!(kept.forms.lock().unwrap().len(), MOST);
        assert!(kept.find("first", 7, now).is_none());
        kept.forget_all(7);
        assert!(kept.forms.lock().unwrap().is_empty());
    }
}
