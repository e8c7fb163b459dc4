//! What several pages say in the same way: people in one line, the card on the reader.

use crate::dates;
use leptos::prelude::*;
use rules::NaiveDate;
use rules::kinds::{PinKind, Sex};

/// Whose card lies on the counter's reader, seen from the page of one resident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OnReader {
    /// The counter has no reader, or it doesn't answer: nothing is said.
    #[default]
    NoReader,
    /// A reader without a card.
    Empty,
    /// This resident's card, the one in the register.
    Same,
    /// Another card: someone else's, or an older card of the same person.
    Other {
        /// 「山田 太郎さんのカードです。」
        words: String,
    },
}

/// Tries left of a PIN, as the card says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// Tries left; 0 is locked.
    pub left: u8,
    /// Tries of a fresh PIN.
    pub of: u8,
}

/// One PIN of the card and its tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinTries {
    /// Which PIN.
    pub kind: PinKind,
    /// Its tries.
    pub tries: Tries,
}

/// The line about the reader in a card's panel.
pub(crate) fn on_reader(state: &OnReader) -> AnyView {
    match state {
        OnReader::NoReader => ().into_any(),
        OnReader::Empty => view! { <p class="onreader">"○ リーダにカードがありません。"</p> }.into_any(),
        OnReader::Same => view! { <p class="onreader onreader--same">"✓ リーダのカードと同じです。"</p> }.into_any(),
        OnReader::Other { words } => {
            view! { <p class="onreader onreader--other">"× リーダのカードは別のものです。"{words.clone()}</p> }.into_any()
        }
    }
}

/// `残り5回 (5回中)`, or the lock.
pub(crate) fn tries(tries: Tries) -> AnyView {
    if tries.left == 0 {
        return crate::components::state_mark(crate::components::Mark::Locked);
    }
    let few = if tries.left < tries.of { "mark mark--caution" } else { "" };
    let shape = (tries.left < tries.of).then_some("△ ");
    view! { <span class=few>{shape}{format!("残り{}回", tries.left)}<small>{format!(" / {}回", tries.of)}</small></span> }.into_any()
}

/// `S55.10.10 (46歳)`.
pub(crate) fn birth_and_age(birth: NaiveDate, age: u32) -> AnyView {
    view! { <span class="date">{dates::short(birth)}{format!(" ({age}歳)")}</span> }.into_any()
}

/// `昭和55年10月10日生(46歳) 女`.
pub(crate) fn birth_sentence(birth: NaiveDate, age: u32, sex: Sex) -> AnyView {
    view! { <span>{dates::plain(birth)}{format!("生({age}歳)")}" "{sex.label()}</span> }.into_any()
}

/// `〒115-0045`; anything that isn't seven digits stays as it is.
pub fn postal_code(code: &str) -> String {
    match code.split_at_checked(3) {
        Some((area, rest)) if code.len() == 7 && code.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("〒{area}-{rest}")
        }
        _ if code.is_empty() => String::new(),
        _ => format!("〒{code}"),
    }
}

#[cfg(test)]
mod tests {
    use super::postal_code;

    #[test]
    fn postal_codes_are_written_with_their_hyphen() {
        assert_eq!(postal_code("1150045"), "〒115-0045");
        assert_eq!(postal_code(""), "");
        assert_eq!(postal_code("115"), "〒115");
        assert_eq!(postal_code("一一五〇〇"), "〒一一五〇〇");
    }
}
