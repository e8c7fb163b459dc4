//! `madoguchi calc`: one JSON question a line on stdin, one JSON answer a line on stdout.

use std::io::{self, BufRead, Write};

use rules::calc::{self, Question};
use rules::calendar::Calendar;
use rules::settings::OfficeSettings;
use serde_json::{Value, json};

/// Answers line after line; a line that is no question gets `{"error": …}` and the rest goes on.
/// Empty lines are passed over.
///
/// # Errors
/// Only when reading or writing itself fails.
pub fn run(input: impl BufRead, mut output: impl Write, settings: &OfficeSettings) -> io::Result<()> {
    let calendar = Calendar::new(settings.calendar.clone());
    for line in input.split(b'\n') {
        let line = line?;
        let answer = match std::str::from_utf8(&line) {
            Ok(text) if text.trim_matches(['\u{feff}', ' ', '\t', '\r']).is_empty() => continue,
            Ok(text) => answer(text.trim_start_matches('\u{feff}'), settings, &calendar),
            Err(_) => json!({ "error": "この行はUTF-8ではありません。" }),
        };
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        // A script that asks one question at a time waits for this line.
        output.flush()?;
    }
    Ok(())
}

fn answer(line: &str, settings: &OfficeSettings, calendar: &Calendar) -> Value {
    let question: Question = match serde_json::from_str(line) {
        Ok(question) => question,
        Err(error) => return json!({ "error": unreadable(&error) }),
    };
    match calc::answer(&question, settings, calendar) {
        Ok(answer) => {
            serde_json::to_value(answer).unwrap_or_else(|error| json!({ "error": error.to_string() }))
        }
        Err(error) => json!({ "error": error.sentence() }),
    }
}

/// The parser's message as a sentence. It names fields and kinds, never their values, except a date's own
/// sentence, so that a mistyped question cannot carry a PIN into a log.
fn unreadable(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or_default();
    if message.ends_with('。') {
        return message.to_owned();
    }
    let named = |rest: &str| rest.split('`').nth(1).unwrap_or_default().to_owned();
    if message.starts_with("unknown field") {
        format!("「{}」という項目はありません。", named(message))
    } else if message.starts_with("missing field `ask`") {
        "質問の種類(ask)がありません。".to_owned()
    } else if message.starts_with("missing field") {
        format!("「{}」がありません。", named(message))
    } else if message.starts_with("duplicate field") {
        format!("「{}」が2回あります。", named(message))
    } else if message.starts_with("unknown variant") {
        format!("「{}」という種類はありません。", named(message))
    } else if error.is_data() {
        "質問の項目の形が違います。".to_owned()
    } else {
        "この行をJSONとして読めません。".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(lines: &str) -> Vec<Value> {
        let mut output = Vec::new();
        run(lines.as_bytes(), &mut output, &OfficeSettings::default()).expect("memory");
        let text = String::from_utf8(output).expect("UTF-8");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    fn one(line: &str) -> Value {
        let mut answers = ask(line);
        assert_eq!(answers.len(), 1, "{line}");
        answers.remove(0)
    }

    /// 練馬区: 2023-07-07 can be renewed from 2023-04-08, a Saturday; the last day is a Friday.
    #[test]
    fn renewal_period() {
        assert_eq!(
            one(r#"{"ask":"renewal_period","expiry":"2023-07-07"}"#),
            json!({"from":"2023-04-08","until":"2023-07-07","first_open_day":"2023-04-10","last_open_day":"2023-07-07"})
        );
        let abroad = one(r#"{"ask":"renewal_period","expiry":"令和5年7月7日","abroad":true}"#);
        assert_eq!(abroad["from"], "2022-07-08");
    }

    /// 宇治市: the sixth birthday inside the period; 江戸川区: the fifth before it.
    #[test]
    fn validity() {
        let asked = |issued: &str| {
            one(&format!(
                r#"{{"ask":"validity","kind":"authentication","birth":"1980-10-10","issued":"{issued}","card_expiry":"2029-10-10","current_expiry":"2024-10-10"}}"#
            ))
        };
        assert_eq!(
            asked("2024-07-11"),
            json!({"expiry":"2029-10-10","basis":"sixth_birthday","shortened":false,"wareki":"令和11年10月10日"})
        );
        assert_eq!(
            asked("2024-07-10"),
            json!({"expiry":"2028-10-10","basis":"fifth_birthday","shortened":true,"wareki":"令和10年10月10日"})
        );
    }

    /// 政府広報: a card of 15 May 2020 for someone born on 10 October.
    #[test]
    fn card_validity() {
        let answer = one(
            r#"{"ask":"card_validity","birth":"1980-10-10","received":"2020-04-20","issued":"2020-05-15"}"#,
        );
        assert_eq!(answer["expiry"], "2029-10-10");
    }

    #[test]
    fn procedure() {
        let answer = one(
            r#"{"ask":"procedure","today":"2025-07-11","birth":"1980-10-10","issued":"2020-12-01","card_expiry":"2030-10-10","current_expiry":"2025-10-10","applicant":"principal","notice_form":"none","pins_known":true}"#,
        );
        assert_eq!(answer["procedure"], "renewal");
        assert_eq!(answer["route"], "one_visit");
        assert_eq!(answer["visits"], 1);
        assert_eq!(answer["missing"], json!([]));
        assert_eq!(answer["certificates"][0]["new_expiry"], "2030-10-10");
        let proxy = one(
            r#"{"ask":"procedure","today":"2025-07-11","birth":"1980-10-10","card_expiry":"2030-10-10","current_expiry":"2025-10-10","applicant":"proxy","pins_known":["signature","authentication"]}"#,
        );
        assert_eq!((&proxy["route"], &proxy["visits"]), (&json!("two_visits"), &json!(2)));
        assert_eq!(proxy["missing"][0]["code"], "inquiry_letter");
    }

    #[test]
    fn pin_day_wareki_barcode() {
        assert_eq!(one(r#"{"ask":"pin","kind":"signature","value":"KAERU7"}"#), json!({"ok":true}));
        assert_eq!(one(r#"{"ask":"pin","kind":"authentication","value":"123"}"#)["ok"], false);
        let holiday = one(r#"{"ask":"open_day","date":"2026-09-22"}"#);
        assert_eq!(holiday["open"], false);
        assert_eq!(holiday["next_open"], "2026-09-24");
        assert_eq!(holiday["previous_open"], "2026-09-18");
        assert_eq!(
            one(r#"{"ask":"wareki","text":"R7.10.10"}"#),
            json!({"date":"2025-10-10","long":"令和7年10月10日","short":"R7.10.10"})
        );
        let code = one(
            r#"{"ask":"customer_barcode","postal_code":"263-0023","address":"緑町3丁目30-8 郵便ビル403号"}"#,
        );
        assert_eq!((&code["digits"], &code["check"]), (&json!("26300233-30-8-403"), &json!("5")));
        assert_eq!(code["bars"].as_str().map(str::len), Some(67));
    }

    /// Each bad line gets its own error and the good ones around it are answered.
    #[test]
    fn bad_lines_do_not_stop_the_rest() {
        let lines = [
            r#"{"ask":"wareki","date":"2025-10-10"}"#,
            "",
            "not json",
            r#"{"ask":"weather"}"#,
            r#"{"expiry":"2025-10-10"}"#,
            r#"{"ask":"renewal_period","expiry":"2025-10-10","colour":"blue"}"#,
            r#"{"ask":"renewal_period"}"#,
            r#"{"ask":"renewal_period","expiry":"2025-02-30"}"#,
            r#"{"ask":"validity","kind":"authentication","birth":"1980-10-10","issued":"2025-01-01","card_expiry":"2024-01-01"}"#,
            r#"{"ask":"pin","kind":"signature","value":4711}"#,
            "[1,2]",
            r#"{"ask":"wareki"}"#,
            r#"{"ask":"wareki","date":"2025-10-10"}"#,
        ]
        .join("\n");
        let answers = ask(&lines);
        assert_eq!(answers.len(), 12);
        assert_eq!(answers[0], answers[11]);
        for answer in &answers[1..11] {
            let error = answer["error"].as_str().expect("an error");
            assert!(error.ends_with('。') && !error.contains("4711"), "{error}");
        }
        assert_eq!(answers[4]["error"], "「colour」という項目はありません。");
        assert!(answers[6]["error"].as_str().is_some_and(|text| text.contains("暦にない")));
    }
}
