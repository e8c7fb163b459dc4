//! `madoguchi notices`: a line of JSON a person, and a PDF in post order.

use super::refused;
use office_tests::office::{Office, run, today};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn notices(data: &Path, month: &str, out: &Path) -> (Vec<Value>, i32) {
    let output = run(&[
        "notices",
        "--expiring",
        month,
        "--data",
        data.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    (lines, output.status.code().unwrap())
}

/// Everyone of the month appears once; those included have a page each; a second run prints nobody.
#[test]
fn nobody_twice_and_a_page_each() {
    let office = Office::training();
    // Inside the period of everybody concerned, whatever day it is.
    let month = (today() + chrono::Months::new(2)).format("%Y-%m").to_string();
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("first.pdf");
    let (lines, code) = notices(office.data(), &month, &pdf);
    assert_eq!(code, 0);
    let included = lines.iter().filter(|line| line["included"] == true).count();
    assert!(included > 0, "the training ward has somebody every month");
    let mut people: Vec<_> = lines.iter().map(|line| line["resident"].as_str().unwrap()).collect();
    people.sort_unstable();
    let everybody = people.len();
    people.dedup();
    assert_eq!(people.len(), everybody, "one line a person");
    for line in lines.iter().filter(|line| line["included"] == false) {
        assert!(
            !line["reason"].as_str().unwrap().is_empty() && !line["sentence"].as_str().unwrap().is_empty()
        );
    }
    let info = Command::new("pdfinfo").arg(&pdf).output().expect("poppler-utils is installed");
    let info = String::from_utf8_lossy(&info.stdout).into_owned();
    let pages = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().to_owned();
    assert_eq!(pages, included.to_string());

    let second = folder.path().join("second.pdf");
    let (lines, code) = notices(office.data(), &month, &second);
    assert_eq!(code, 0);
    assert!(lines.iter().all(|line| line["included"] == false));
    assert_eq!(lines.iter().filter(|line| line["reason"] == "already_noticed").count(), included);
    assert!(!second.exists(), "nobody to print, no file");
}

/// A month that isn't one is refused.
#[test]
fn a_month_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.pdf");
    let arguments = ["notices", "--expiring", "2027-13", "--out", out.to_str().unwrap(), "--data"];
    refused(&run(&[&arguments[..], &[folder.path().to_str().unwrap()]].concat()), "2027-13");
    assert!(!out.exists());
}
