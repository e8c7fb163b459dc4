//! Behaviours on which the public sources differ or are silent. Each is a switch, not a guess in the code.

use serde::{Deserialize, Serialize};

/// How the card behaves where sources differ. The default is what a surveyed card did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Switches {
    /// The first command after power-on is answered 6F00 whatever it is (seen on one surveyed card).
    pub first_command_fails: bool,
    /// A verified PIN stays verified over a warm reset; only taking the power away clears it.
    pub verified_survives_warm_reset: bool,
    /// A verified PIN stays verified when the same application is selected again.
    pub verified_survives_reselection: bool,
    /// What a READ BINARY that runs over the end of the file is answered.
    pub past_the_end: PastTheEnd,
    /// Tries of 照合番号A and B: one survey says 10, another 3.
    pub verification_code_tries: u8,
    /// The authentication certificate wants the authentication PIN, as in a telephone.
    pub authentication_certificate_wants_pin: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            first_command_fails: false,
            verified_survives_warm_reset: true,
            verified_survives_reselection: true,
            past_the_end: PastTheEnd::ShortAnswer,
            verification_code_tries: 10,
            authentication_certificate_wants_pin: false,
        }
    }
}

/// The answer to a read that starts inside the file and wants more than is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PastTheEnd {
    /// What is left, with 9000.
    ShortAnswer,
    /// What is left, with the warning 6282.
    Warning,
    /// Nothing, with 6Cxx and the length that is left.
    CorrectLength,
}
