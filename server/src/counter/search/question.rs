//! What a clerk typed into the search field, taken apart.

use chrono::NaiveDate;
use rules::wareki;

/// Most words that are looked at.
const WORDS: usize = 5;

/// A question, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The first word that is a day, as a birth date.
    pub birth: Option<NaiveDate>,
    /// The other words, in their order.
    pub words: Vec<String>,
}

/// `通知-000123` or `照会-123`, in any width.
pub fn document_number(query: &str) -> Option<i64> {
    let plain: String = query.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let number = plain.strip_prefix("通知").or_else(|| plain.strip_prefix("照会"))?;
    let digits = number.strip_prefix('-').unwrap_or(number);
    digits.parse().ok().filter(|number| *number > 0)
}

/// `R8-000123` in any width and case, with or without its leading zeros.
pub fn reception_number(query: &str) -> Option<String> {
    let plain: String = query.chars().map(half_width).collect::<String>().to_ascii_uppercase();
    let (year, number) = plain.split_once('-')?;
    let era = year.chars().next().filter(char::is_ascii_alphabetic)?;
    let year: u32 = year[1..].parse().ok()?;
    let number: u64 = number.parse().ok()?;
    Some(format!("{era}{year}-{number:06}"))
}

/// A character as a keyboard of the other width types it.
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '‐' | '−' | 'ー' => '-',
        c => c,
    }
}

/// Takes a question apart at its blanks.
pub fn understand(query: &str) -> Question {
    let mut question = Question::default();
    for word in query.split_whitespace().take(WORDS) {
        // Eight digits may be a date or a number; a number is looked for as well when it is the whole question.
        match wareki::parse(word) {
            Ok(day) if question.birth.is_none() => question.birth = Some(day),
            _ => question.words.push(word.to_owned()),
        }
    }
    question
}

/// 渡邊 花子 may be one name or a name and something else: every way of joining neighbours.
pub fn ways_of_joining(words: &[String]) -> Vec<Vec<String>> {
    let Some((first, rest)) = words.split_first() else { return Vec::new() };
    if rest.is_empty() {
        return vec![vec![first.clone()]];
    }
    let mut ways = Vec::new();
    for way in ways_of_joining(rest) {
        let mut apart = vec![first.clone()];
        apart.extend(way.iter().cloned());
        ways.push(apart);
        let mut joined = way;
        joined[0] = format!("{first}{}", joined[0]);
        ways.push(joined);
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reception numbers are understood however they are typed, and nothing else is taken for one.
    #[test]
    fn knows_reception_numbers() {
        for text in ["R8-000123", "r8-123", "Ｒ８－０００１２３", "R8ー123"] {
            assert_eq!(reception_number(text).as_deref(), Some("R8-000123"), "{text}");
        }
        for text in ["赤羽1-2", "R8", "1-2-3", "R8-000123 佐藤", "-1"] {
            assert_eq!(reception_number(text), None, "{text}");
        }
    }

    /// A date among the words is a birth date, in either calendar.
    #[test]
    fn finds_the_birth_date_among_the_words() {
        let day = NaiveDate::from_ymd_opt(1980, 10, 10);
        for text in ["渡辺 S55.10.10", "昭和55年10月10日　渡辺", "1980-10-10 渡辺", "19801010 渡辺"]
        {
            assert_eq!(understand(text), Question { birth: day, words: vec!["渡辺".into()] }, "{text}");
        }
    }

    /// Two words are a name with a space, or two things.
    #[test]
    fn joins_neighbours_in_every_way() {
        let ways = ways_of_joining(&["a".into(), "b".into(), "c".into()]);
        assert_eq!(ways.len(), 4);
        assert!(ways.contains(&vec!["ab".into(), "c".into()]) && ways.contains(&vec!["abc".into()]));
    }
}
