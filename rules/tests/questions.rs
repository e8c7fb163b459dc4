//! Questions as they are written: dates in every form the office uses, nothing unknown, sentences for what is wrong.

use rules::NaiveDate;
use rules::calc::Question;
use serde_json::{Value, json};

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read(question: Value) -> Result<Question, String> {
    serde_json::from_value(question).map_err(|error| error.to_string())
}

#[test]
fn dates_in_every_form() {
    for text in ["2025-10-10", "R7.10.10", "令和7年10月10日", "20251010"] {
        match read(json!({"ask": "renewal_period", "expiry": text})) {
            Ok(Question::RenewalPeriod(asked)) => assert_eq!(asked.expiry, d("2025-10-10"), "{text}"),
            other => panic!("{text}: {other:?}"),
        }
        match read(json!({"ask": "wareki", "date": text})) {
            Ok(Question::Wareki(asked)) => assert_eq!(asked.date, Some(d("2025-10-10")), "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    for absent in [json!({"ask": "wareki"}), json!({"ask": "wareki", "date": null})] {
        assert!(matches!(read(absent), Ok(Question::Wareki(asked)) if asked.date.is_none()));
    }
}

#[test]
fn wrong_dates_carry_the_rules_sentence() {
    for (question, words) in [
        (json!({"ask": "renewal_period", "expiry": "2025-02-30"}), "暦にない日付です。"),
        (json!({"ask": "renewal_period", "expiry": "きのう"}), "読めません。"),
        (json!({"ask": "wareki", "date": "平成31年5月1日"}), "平成の期間にない日付です。"),
        // What should have stood there is named for who wrote the script.
        (json!({"ask": "renewal_period", "expiry": 20_251_010}), "a date like 2025-10-10"),
        (json!({"ask": "wareki", "date": 20_251_010}), "a date like 2025-10-10"),
        (json!({"ask": "renewal_period", "expiry": null}), "a date like 2025-10-10"),
        (
            json!({"ask": "renewal_period", "expiry": "2025-10-10", "colour": "blue"}),
            "unknown field `colour`",
        ),
    ] {
        let error = read(question.clone()).unwrap_err();
        assert!(error.contains(words), "{question}: {error}");
    }
}
