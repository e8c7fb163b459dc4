//! The update of a card: from the plan to certificates that are proven to be on it.
//!
//! [`carry_out`] is the whole way with an issuer behind the counter: PIN resets, revocations, new certificates.
//! [`check_after_terminal`] is its second half when the clerk wrote on the 統合端末. [`change_pins`] needs no issuer.
//! Whatever is interrupted, [`examine`] asks the card itself where it stands.

mod carry_out;
mod change;
mod error;
mod examine;
mod inspect;
mod journal;
mod outcome;
mod pins;
mod plan;
mod progress;
mod run;
mod terminal;
mod truth_of_pin;
mod watch;

pub use carry_out::carry_out;
pub use change::change_pins;
pub use error::{Cause, OldKey, UpdateError};
pub use examine::{CertificateTruth, Examination, Next, RevocationTruth, TrueState, Truth, examine};
pub use journal::{Journal, JournalError, JournalStep, OldCertificate};
pub use outcome::{NewCertificate, RevokedCertificate, UpdateOutcome};
pub use pins::UpdatePins;
pub use plan::{PlanError, PlannedCertificate, PlannedRevocation, UpdateOrder, UpdatePlan};
pub use progress::Progress;
pub use terminal::{before_terminal, check_after_terminal};
pub use truth_of_pin::{PinStanding, PinTruth};
