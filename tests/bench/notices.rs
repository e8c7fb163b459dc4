//! A month of notices for the large ward, from the command to the PDF.

use crate::figures::row;
use chrono::{Datelike, Months};
use office_tests::office::{Office, run};
use std::time::Instant;

/// Prints letters a second and bytes a letter for the month after next.
pub fn measure(large: &Office) {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let pdf = folder.path().join("notices.pdf");
    let month = office_tests::office::today() + Months::new(2);
    let month = format!("{:04}-{:02}", month.year(), month.month());
    let begun = Instant::now();
    let data = large.data().to_str().expect("a path");
    let output =
        run(&["notices", "--expiring", &month, "--data", data, "--out", pdf.to_str().expect("a path")]);
    let taken = begun.elapsed();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let letters = String::from_utf8_lossy(&output.stdout).matches("\"included\":true").count();
    let bytes = std::fs::metadata(&pdf).map_or(0, |file| file.len());
    #[allow(clippy::cast_precision_loss)] // a rate of a few digits
    let (rate, each) = (letters as f64 / taken.as_secs_f64(), bytes as f64 / 1024.0 / letters.max(1) as f64);
    row(
        "notices of one month",
        &format!(
            "{letters} letters in {:.1} s, {rate:.0} letters/s, {each:.1} KiB a letter",
            taken.as_secs_f64()
        ),
    );
}
