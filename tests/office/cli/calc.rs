//! `madoguchi calc`: one question a line, one answer a line.

use office_tests::office::program;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

fn ask(lines: &[&str]) -> Vec<Value> {
    let mut child = Command::new(program())
        .arg("calc")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("calc starts");
    let mut input = child.stdin.take().unwrap();
    for line in lines {
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).expect("an answer is JSON")).collect()
}

/// The window begins on the day after the corresponding day three months before, or on the first of the next month.
#[test]
fn renewal_periods_as_nerima_ward_counts_them() {
    let answers = ask(&[
        r#"{"ask":"renewal_period","expiry":"2023-07-07"}"#,
        r#"{"ask":"renewal_period","expiry":"2023-05-28"}"#,
        r#"{"ask":"renewal_period","expiry":"2023-07-07","abroad":true}"#,
    ]);
    assert_eq!((&answers[0]["from"], &answers[0]["until"]), (&json!("2023-04-08"), &json!("2023-07-07")));
    assert_eq!(answers[1]["from"], json!("2023-03-01"));
    assert_eq!(answers[2]["from"], json!("2022-07-08"));
}

/// Inside the window the sixth birthday counts, before it the fifth, and the card's end caps both.
#[test]
fn validity_by_birthdays_and_caps() {
    let question = |issued: &str, card: &str| {
        format!(
            r#"{{"ask":"validity","kind":"authentication","birth":"1980-10-10","issued":"{issued}","card_expiry":"{card}","current_expiry":"2025-10-10"}}"#
        )
    };
    let lines = [
        question("2025-08-01", "2035-10-10"),
        question("2025-07-01", "2035-10-10"),
        question("2025-08-01", "2029-10-10"),
    ];
    let answers = ask(&lines.each_ref().map(String::as_str));
    assert_eq!(answers[0]["expiry"], json!("2030-10-10"));
    assert_eq!((&answers[0]["basis"], &answers[0]["shortened"]), (&json!("sixth_birthday"), &json!(false)));
    // 1 July comes before the window of 10 October opens, on 11 July.
    assert_eq!((&answers[1]["expiry"], &answers[1]["shortened"]), (&json!("2029-10-10"), &json!(true)));
    assert_eq!((&answers[2]["expiry"], &answers[2]["basis"]), (&json!("2029-10-10"), &json!("card_expiry")));
}

/// A line that can't be answered gets an error of its own; the lines after it are answered.
#[test]
fn a_bad_line_stops_nothing() {
    let answers = ask(&[
        "not json",
        r#"{"ask":"weather"}"#,
        r#"{"ask":"wareki","date":"2025-10-10","colour":"red"}"#,
        r#"{"ask":"wareki","date":"2025-10-10"}"#,
    ]);
    assert_eq!(answers.len(), 4);
    for answer in &answers[..3] {
        assert!(answer["error"].as_str().is_some_and(|sentence| !sentence.is_empty()), "{answer}");
    }
    assert_eq!(answers[3]["long"], json!("令和7年10月10日"));
    assert_eq!(answers[3]["short"], json!("R7.10.10"));
}

/// A national holiday that follows by rule: Monday 2026-05-06 substitutes for Sunday's Constitution Day.
#[test]
fn open_days() {
    let answers =
        ask(&[r#"{"ask":"open_day","date":"2026-05-06"}"#, r#"{"ask":"open_day","date":"2026-05-07"}"#]);
    assert_eq!(answers[0]["open"], json!(false));
    assert_eq!(answers[0]["next_open"], json!("2026-05-07"));
    assert_eq!(answers[0]["previous_open"], json!("2026-05-01"));
    assert_eq!((&answers[1]["open"], &answers[1]["card_work"]), (&json!(true), &json!(true)));
}
