//! The update of a card: from the plan to certificates that are proven to be on it.
//!
//! [`renew`] is the whole way with an issuer behind the counter, [`check_after_terminal`] its second half when the
//! clerk wrote on the 統合端末. Whatever is interrupted, [`examine`] asks the card itself where it stands.

mod error;
mod examine;
mod inspect;
mod journal;
mod outcome;
mod plan;
mod progress;
mod renew;
mod terminal;

pub use error::{Cause, OldKey, UpdateError};
pub use examine::{CertificateTruth, Examination, Next, TrueState, Truth, examine};
pub use journal::{Journal, JournalError, JournalStep, OldCertificate};
pub use outcome::{NewCertificate, UpdateOutcome};
pub use plan::{PlannedCertificate, UpdateOrder, UpdatePins, UpdatePlan};
pub use progress::Progress;
pub use renew::renew;
pub use terminal::{before_terminal, check_after_terminal};
