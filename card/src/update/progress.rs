//! How far an update is, for the screen.

use serde::{Deserialize, Serialize};

use super::journal::JournalStep;

/// One report of progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The step, as [`JournalStep::code`].
    pub code: String,
    /// What is being done, as a sentence.
    pub sentence: String,
    /// Hundredths of the whole.
    pub percent: u8,
}

impl Progress {
    /// The report that goes with a step; `commands` is how many the issuer has sent so far.
    pub(crate) fn at(step: &JournalStep) -> Self {
        let percent = match step {
            JournalStep::Connect { .. } => 2,
            JournalStep::VerifyPins { .. } => 8,
            JournalStep::OpenIssuer { .. } => 15,
            JournalStep::Session { .. } => 18,
            // Nobody knows how many commands an issuer will send; it never passes the next step.
            JournalStep::Write { commands, .. } => u8::try_from((20 + commands * 2).min(75)).unwrap_or(75),
            JournalStep::Terminal { .. } => 20,
            JournalStep::ChangePin { .. } => 40,
            JournalStep::ReadBack => 80,
            JournalStep::ProvePins { .. } => 85,
            JournalStep::Prove { .. } => 90,
            JournalStep::Finish { .. } => 100,
        };
        Self { code: step.code().to_owned(), sentence: step.sentence(), percent }
    }
}
