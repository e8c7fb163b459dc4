//! From card, certificates, applicant and papers to what the counter does: procedure, route, what is missing.

mod facts;
mod kinds;
mod outcome;

pub use facts::{
    CardFacts, CertificateFacts, CounterFacts, InquiryFacts, NoticeForm, ReplyForm, Representation,
    RepresentationRole,
};
pub use kinds::{MissingCode, Procedure, Route};
pub use outcome::{Decision, Missing, PlannedCertificate, Reason, ShorterValidity, TodayOption};
