//! The commands, as an office's scripts use them.

mod audit;
mod bad_input;
mod calc;
mod import;
mod notices;
mod upkeep;

use std::process::Output;

/// What the program said on stderr.
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts that the program refused with one sentence, exit code 2, and no trace of a panic.
pub(crate) fn refused(output: &Output, words: &str) {
    let said = said(output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(words), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "one sentence: {said}");
}
