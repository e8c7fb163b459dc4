//! From card, certificates, applicant and papers to what the counter does: procedure, route, what is missing.

mod certificate_work;
mod certificates;
mod decide;
mod explain;
mod facts;
mod gates;
mod kinds;
mod options;
mod outcome;
mod pin_work;
mod unwritten;

pub use decide::decide;
pub use facts::{
    CardFacts, CertificateFacts, CounterFacts, InquiryFacts, NoticeForm, ReplyForm, Representation,
    RepresentationRole,
};
pub use kinds::{MissingCode, Procedure, Route};
pub use options::options;
pub use outcome::{Decision, Missing, PlannedCertificate, Reason, ShorterValidity, TodayOption};
