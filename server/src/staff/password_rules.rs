//! Which passwords are good enough: long ones that no list and no habit leads to. What they are made of is free.

use super::visitor::Visitor;
use crate::error::{Refusal, Result};
use zxcvbn::{Score, zxcvbn};

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most: enough for a sentence, and no more work than one.
pub const LONGEST: usize = 128;

/// Words that stand nearest to whoever guesses the password of an office: the library's list of leaked passwords is of
/// other countries.
const WARD_WORDS: [&str; 24] = [
    "madoguchi",
    "窓口",
    "kuyakusho",
    "区役所",
    "shiyakusho",
    "市役所",
    "yakusho",
    "役所",
    "koseki",
    "戸籍",
    "jumin",
    "住民",
    "mynumber",
    "マイナンバー",
    "kojin",
    "bango",
    "card",
    "kunren",
    "訓練",
    "shomei",
    "password",
    "パスワード",
    "pasuwado",
    "admin",
];

/// Words that belong to one account: its login, its name, the office's name.
pub fn words_of<'a>(login: &'a str, name: &'a str, office: &'a str) -> Vec<&'a str> {
    [login, name, office].into_iter().flat_map(|text| text.split_whitespace().chain([text])).collect()
}

/// The words of somebody's own account.
pub fn own_words<'a>(own: &'a Visitor, office: &'a str) -> Vec<&'a str> {
    words_of(&own.login, &own.name, office)
}

/// Refuses a password that is too short, too long, contains the login or is easily guessed.
///
/// # Errors
/// A refusal that says what is wrong with it.
pub fn check(password: &str, login: &str, words: &[&str]) -> Result<()> {
    let length = password.chars().count();
    if length < SHORTEST {
        let what_now = format!("{SHORTEST}文字以上のパスワードを入れてください。");
        return Err(Refusal::input("パスワードが短すぎます。", what_now).into());
    }
    if length > LONGEST {
        let what_now = format!("{LONGEST}文字までのパスワードを入れてください。");
        return Err(Refusal::input("パスワードが長すぎます。", what_now).into());
    }
    let login = login.to_lowercase();
    if !login.is_empty() && password.to_lowercase().contains(&login) {
        let sentence = "パスワードに職員番号が入っています。";
        return Err(Refusal::input(sentence, "職員番号と関係のないパスワードを入れてください。").into());
    }
    let known: Vec<&str> = words.iter().copied().chain(WARD_WORDS).collect();
    if zxcvbn(password, &known).score() < Score::Three {
        let sentence = "そのパスワードは、よく使われる言葉や並びでできていて、見つけられやすいものです。";
        let what_now = "関係のない言葉をいくつか並べるなど、ほかのパスワードを入れてください。";
        return Err(Refusal::input(sentence, what_now).into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(password: &str) -> String {
        let words = words_of("s2041", "佐藤 花子", "見本区役所 戸籍住民課");
        check(password, "s2041", &words).map_or_else(|refusal| refusal.to_string(), |()| String::new())
    }

    /// Sentences and words without connection are good, of whatever characters.
    #[test]
    fn takes_what_is_hard_to_guess() {
        for good in [
            "朝の窓口は八時半に開いて五時に閉まります",
            "correct horse battery staple",
            "tatami-87-umbrella-oboe",
        ] {
            assert_eq!(told(good), "", "{good}");
        }
    }

    /// Leaked passwords, walks on the keyboard, years, repetitions, the ward's own words and one's own name aren't.
    #[test]
    fn refuses_what_lists_hold() {
        for easy in [
            "password1234",
            "passwordpassword",
            "qwertyuiop12",
            "1qaz2wsx3edc",
            "123456789012",
            "aaaaaaaaaaaa",
            "madoguchi2026",
            "kuyakusho2027",
            "iloveyou2026!",
            "Password2026!",
        ] {
            assert!(told(easy).contains("見つけられやすい"), "{easy}: {}", told(easy));
        }
        assert!(told("umbrella-S2041-oboe").contains("職員番号が入って"));
        assert!(told("みじかい").contains("短すぎ"));
        assert!(told(&"長".repeat(LONGEST + 1)).contains("長すぎ"));
    }
}
