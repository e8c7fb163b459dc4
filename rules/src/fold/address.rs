//! Search key of an address: 一丁目2番3号 and 1-2-3 are one place.

use super::{plain, to_katakana, variants};

/// Key of an address: variants and width folded, 漢数字 before 丁目・番・号 as digits, 丁目・番地・号 as hyphens.
pub fn address(text: &str) -> String {
    let folded: Vec<char> = plain(text).map(to_katakana).map(variants::fold).collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < folded.len() {
        let rest = &folded[at..];
        if let Some((number, length)) = counted_number(rest) {
            out.push_str(&number);
            at += length;
        } else if out.ends_with(|c: char| c.is_ascii_digit()) && counter(rest) > 0 {
            out.push('-');
            at += counter(rest);
        } else if rest[0] == 'ー' && out.ends_with(|c: char| c.is_ascii_digit() || c == '-') {
            out.push('-');
            at += 1;
        } else if matches!(rest[0], 'ノ' | 'の') && out.ends_with('-') {
            at += 1;
        } else {
            out.push(rest[0]);
            at += 1;
        }
    }
    collapse(&out)
}

/// A number in 漢数字 that stands before a counter, or follows 番地の: its digits and its length.
fn counted_number(text: &[char]) -> Option<(String, usize)> {
    let length = text.iter().take_while(|c| digit(**c).is_some() || unit(**c).is_some()).count();
    let follows = &text[length..];
    let counted = counter(follows) > 0 || follows.first().is_some_and(|c| matches!(c, 'ー' | 'ノ'));
    let ends = follows.is_empty();
    (length > 0 && (counted || ends)).then(|| value(&text[..length])).flatten().map(|number| (number, length))
}

/// Length of 丁目, 番地, 番 or 号 at the beginning.
fn counter(text: &[char]) -> usize {
    match text {
        ['丁', '目', ..] | ['番', '地', ..] => 2,
        ['番' | '号', ..] => 1,
        _ => 0,
    }
}

fn digit(c: char) -> Option<u64> {
    let at = "〇一二三四五六七八九".chars().position(|known| known == c)?;
    u64::try_from(at).ok()
}

fn unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// 二十三 → 23, 一〇五 → 105. `None` for what is no number.
pub(crate) fn value(text: &[char]) -> Option<String> {
    if text.iter().all(|c| digit(*c).is_some()) {
        return Some(
            text.iter()
                .filter_map(|c| digit(*c))
                .map(|d| char::from(b'0' + u8::try_from(d).unwrap_or(0)))
                .collect(),
        );
    }
    let mut sum = 0_u64;
    let mut pending: Option<u64> = None;
    let mut last_unit = u64::MAX;
    for c in text {
        if let Some(d) = digit(*c) {
            if pending.replace(d).is_some() {
                return None;
            }
        } else {
            let unit = unit(*c)?;
            if unit >= last_unit {
                return None;
            }
            last_unit = unit;
            sum += pending.take().unwrap_or(1) * unit;
        }
    }
    Some((sum + pending.unwrap_or(0)).to_string())
}

fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '-' || !out.ends_with('-') {
            out.push(c);
        }
    }
    out.trim_end_matches('-').to_owned()
}
