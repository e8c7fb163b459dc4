//! Breaking text into lines by the rules of Japanese setting (行頭・行末禁則).

use std::ops::Range;

/// May not stand at the beginning of a line.
const NOT_FIRST: &str = "、。，．・：；？！ー々ゝゞヽヾ」』）】〕〉》］｝)]},.:;?!ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ゛゜％%";
/// May not stand at the end of a line.
const NOT_LAST: &str = "「『（【〔〈《［｛([{〒";

/// A text in lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    /// The clusters of each line.
    pub(crate) lines: Vec<Range<usize>>,
    /// A word or number, or what belongs together, had to be broken.
    pub(crate) torn: bool,
}

/// Breaks clusters into lines no wider than `width`, widths in any one unit. A piece that may not be broken but is
/// wider than a whole line is broken all the same, so nothing sticks out; a line holds at least one cluster.
pub(crate) fn wrap(clusters: &[&str], advances: &[f32], width: f32) -> Wrapped {
    let mut lines = Vec::new();
    let mut torn = false;
    let mut start = 0;
    while start < clusters.len() {
        let (end, whole) = line_end(clusters, advances, width, start);
        torn |= !whole;
        lines.push(trimmed(clusters, start, end));
        start = end;
        if start < clusters.len() && clusters[start] == "\n" {
            start += 1;
        } else {
            // A space that stood at the break is not carried to the next line.
            while start < clusters.len() && is_space(clusters[start]) {
                start += 1;
            }
        }
    }
    Wrapped { lines, torn }
}

/// Where a line that begins at `start` ends, and whether it may end there.
fn line_end(clusters: &[&str], advances: &[f32], width: f32, start: usize) -> (usize, bool) {
    let mut used = 0.0;
    let mut fits = start;
    while fits < clusters.len() {
        if clusters[fits] == "\n" {
            return (fits, true);
        }
        used += advances[fits];
        // A hair of tolerance: sums of rounded widths must not push a text that fits exactly to a second line.
        if used > width + 0.01 && fits > start && !is_space(clusters[fits]) {
            break;
        }
        fits += 1;
    }
    if fits == clusters.len() {
        return (fits, true);
    }
    let allowed = (start + 1..=fits).rev().find(|at| may_break(clusters, *at));
    (allowed.unwrap_or(fits), allowed.is_some())
}

/// Whether a line may end before cluster `at`.
fn may_break(clusters: &[&str], at: usize) -> bool {
    let (before, after) = (clusters[at - 1], clusters[at]);
    let word = |c: &str| c.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:/_@".contains(&b));
    !(starts(after, NOT_FIRST) || starts(before, NOT_LAST) || word(before) && word(after))
}

fn starts(cluster: &str, set: &str) -> bool {
    cluster.chars().next().is_some_and(|c| set.contains(c))
}

fn is_space(cluster: &str) -> bool {
    cluster == " " || cluster == "\u{3000}"
}

fn trimmed(clusters: &[&str], start: usize, mut end: usize) -> Range<usize> {
    while end > start && is_space(clusters[end - 1]) {
        end -= 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::clusters;
    use proptest::prelude::*;

    fn lines(text: &str, width: f32) -> Vec<String> {
        let parts: Vec<&str> = clusters(text).collect();
        let advances: Vec<f32> = parts.iter().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).collect();
        wrap(&parts, &advances, width).lines.into_iter().map(|r| parts[r].concat()).collect()
    }

    // Punctuation does not begin a line, an opening bracket does not end one.
    #[test]
    fn kinsoku() {
        assert_eq!(lines("あいうえお。かき", 5.0), ["あいうえ", "お。かき"]);
        assert_eq!(lines("あいうえ「おか」", 5.0), ["あいうえ", "「おか」"]);
    }

    // A number stays whole where a line can hold it, and is broken where it cannot.
    #[test]
    fn numbers_stay_whole() {
        assert_eq!(lines("電話03-1234-5678", 7.0), ["電話", "03-1234-5678"]);
        assert_eq!(lines("1234567890", 2.0), ["1234", "5678", "90"]);
    }

    // A line break in the text is a line break on paper; an empty line stays.
    #[test]
    fn newlines() {
        assert_eq!(lines("あ\n\nい", 5.0), ["あ", "", "い"]);
    }

    // Spaces at a break vanish; the text around them does not.
    #[test]
    fn spaces_at_a_break() {
        assert_eq!(lines("見本　太郎", 2.0), ["見本", "太郎"]);
    }

    proptest! {
        // No line is wider than allowed and no character but a space at a break is lost.
        #[test]
        fn all_within_width(text in "[ぁ-んァ-ヶ一-龠0-9A-Za-z、。「」（）ー ]{0,60}", width in 1.0_f32..20.0) {
            let broken = lines(&text, width);
            for line in &broken {
                let wide: f32 = line.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum();
                prop_assert!(wide <= width + 0.01 || line.chars().count() == 1);
            }
            let strip = |s: &str| s.replace(' ', "");
            prop_assert_eq!(strip(&broken.concat()), strip(&text));
        }
    }
}
