//! 住所表示番号: the numbers of an address, by the rules of Japan Post's manual.

use unicode_normalization::UnicodeNormalization;

use crate::fold::kanji_number;

/// What a 漢数字 must stand before to count as a number.
const COUNTERS: &[&str] = &["丁目", "丁", "番地", "番", "号", "地割", "線", "の", "ノ"];

/// Digits, hyphens and single letters of an address: `3丁目-20-5 A&bコーポB604号` → `3-20-5B604`.
pub fn display_number(address: &str) -> String {
    let text: Vec<char> = address
        .nfkc()
        .filter(|c| !matches!(c, '&' | '/' | '・' | '.'))
        .map(|c| if is_dash(c) { '-' } else { c.to_ascii_uppercase() })
        .collect();
    tidy(&pieces(&arabic(&text)))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | 'ー')
}

/// 漢数字 before a counter become digits; numbers before 条 belong to a town's name and fall away.
fn arabic(text: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let kanji = text[at..].iter().take_while(|c| is_kanji_digit(**c)).count();
        let digits = text[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        let length = kanji.max(digits).max(1);
        let rest = &text[at + length..];
        if digits > 0 && rest.first() == Some(&'条') {
            out.push('条');
        } else if kanji > 0
            && counts(rest)
            && let Some(number) = kanji_number(&text[at..at + kanji])
        {
            out.extend(number.chars());
        } else {
            out.extend(&text[at..at + length]);
        }
        at += length;
    }
    out
}

fn is_kanji_digit(c: char) -> bool {
    "〇一二三四五六七八九十百千".contains(c)
}

/// Whether a number stands before a counter, and the counter is not part of a town's name (一番町, 三ノ輪,
/// 麻布十番1-2-3).
fn counts(rest: &[char]) -> bool {
    let begins = |word: &str| {
        let length = word.chars().count();
        rest.len() >= length && rest.iter().zip(word.chars()).all(|(a, b)| *a == b)
    };
    let Some(counter) = COUNTERS.iter().find(|word| begins(word)) else { return false };
    let after = &rest[counter.chars().count()..];
    let number = after.iter().take_while(|c| c.is_ascii_digit() || is_kanji_digit(**c)).count();
    match *counter {
        "の" | "ノ" => number > 0,
        "番" => {
            let then = &after[number..];
            let chome = number > 0 && then.first().is_some_and(|c| matches!(c, '-' | '丁'));
            !chome && !matches!(after.first(), Some('町' | '丁' | '街' | '館'))
        }
        _ => true,
    }
}

/// Keeps digits, hyphens and letters that stand alone; anything else is a hyphen.
fn pieces(text: &[char]) -> String {
    let letter = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(char::is_ascii_uppercase);
    let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(char::is_ascii_digit);
    text.iter()
        .enumerate()
        .map(|(at, c)| {
            let alone = c.is_ascii_uppercase() && !letter(at.checked_sub(1)) && !letter(Some(at + 1));
            // 2F is the second floor: its F says nothing more.
            let floor = *c == 'F' && digit(at.checked_sub(1));
            if c.is_ascii_digit() || (alone && !floor) { *c } else { '-' }
        })
        .collect()
}

/// Hyphens collapse, fall away at both ends and beside letters.
fn tidy(pieces: &str) -> String {
    let mut out = String::with_capacity(pieces.len());
    let mut hyphen = false;
    for c in pieces.chars() {
        if c == '-' {
            hyphen = true;
            continue;
        }
        let beside_letter = c.is_ascii_uppercase() || out.ends_with(|c: char| c.is_ascii_uppercase());
        if hyphen && !out.is_empty() && !beside_letter {
            out.push('-');
        }
        hyphen = false;
        out.push(c);
    }
    out
}
