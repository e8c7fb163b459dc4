//! Every text field of every form, with twelve texts that try to become markup: whatever page shows them afterwards is
//! made of nothing that harmless pages aren't made of, and shows them as they were entered, or they were refused with a
//! sentence.

mod files;
mod matrix;
mod scenes;

use super::hostile;
use super::html::{self, Vocabulary};
use super::support::{Browser, Ward};
use std::collections::{BTreeMap, BTreeSet};

/// Two passes over the same fields: the first, with a harmless word, learns what pages are made of.
#[tokio::test]
async fn text_stays_text_in_every_field() {
    let mut eye = Eye::learning();
    let ward = Ward::open().await;
    let harmless = |mark: &str| vec![("harmless", format!("{mark}見本")), ("empty", String::new())];
    let fields = matrix::walk(&ward, &mut eye, &harmless).await;
    matrix::everywhere(&ward, &mut eye).await;
    eye.learning = false;
    let ward = Ward::open().await;
    let hostile = |mark: &str| hostile::texts(mark).to_vec();
    let poisoned = matrix::walk(&ward, &mut eye, &hostile).await;
    matrix::everywhere(&ward, &mut eye).await;
    eye.close();
    assert_eq!(fields.keys().collect::<BTreeSet<_>>(), poisoned.keys().collect::<BTreeSet<_>>());
    for (field, sent) in &poisoned {
        assert_eq!(*sent, 12, "{field}");
    }
    // The fields that take free text are among them, wherever else fields come and go.
    for wanted in [
        "third_name",
        "third_relation",
        "third_address",
        "note",
        "reason",
        "q",
        "actor",
        "subject",
        "text",
        "login",
        "name",
        "why_counter",
        "reason_reopen",
        "scanned",
        "posted_on",
        "unlock",
        "second_login",
        "signature_reason",
    ] {
        assert!(
            poisoned.keys().any(|field| field.ends_with(&format!(" {wanted}"))),
            "{wanted} is on no page: {poisoned:?}"
        );
    }
    assert!(poisoned.len() > 130, "{}: {:?}", poisoned.len(), poisoned.keys());
}

/// True when a text is shown whole, without the controls that are dropped on the way in. A question that is longer than
/// anybody's is cut, and shown as it was understood.
fn as_entered(shown: &str, entered: &str) -> bool {
    let plain = |text: &str| {
        let visible: String =
            text.chars().filter(|c| c.is_whitespace() && *c != '\u{85}' || !c.is_control()).collect();
        visible.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (shown, entered) = (plain(shown), plain(entered));
    let cut = entered.chars().count() > 1_000 && entered.starts_with(shown.trim_matches(['「', '」']));
    shown.contains(&entered) || cut
}

/// The browsers of one of each role, by login.
async fn browsers(ward: &Ward) -> BTreeMap<&'static str, Browser> {
    let mut all = BTreeMap::from([("nobody", ward.browser())]);
    for login in ["sato", "takahashi", "tanaka", "ito", "yamamoto"] {
        all.insert(login, ward.log_in(login, 1).await);
    }
    all
}

/// What pages are made of, learned first and then held against each page; what doesn't fit is kept, so that one run tells
/// of all of it.
pub struct Eye {
    known: Vocabulary,
    learning: bool,
    faults: Vec<String>,
}

impl Eye {
    fn learning() -> Self {
        Self { known: Vocabulary::new(), learning: true, faults: Vec::new() }
    }

    fn look(&mut self, about: &str, page: &str) {
        if self.learning {
            self.known.extend(html::vocabulary(page));
        } else {
            self.faults.extend(html::faults(about, page, &self.known));
        }
    }

    /// Notes what isn't as it should be.
    fn want(&mut self, good: bool, fault: impl FnOnce() -> String) {
        if !good {
            self.faults.push(fault());
        }
    }

    fn close(self) {
        let shown: Vec<String> =
            self.faults.iter().take(60).map(|fault| fault.chars().take(600).collect()).collect();
        assert!(shown.is_empty(), "{} faults:\n{}", self.faults.len(), shown.join("\n"));
    }
}
