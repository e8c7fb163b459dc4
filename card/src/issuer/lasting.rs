//! A session that outlives a lost message.

use super::{Issuer, IssuerError, Session, Step};

/// How often in a row a lost session is taken up again before the update stops.
const REJOINS: usize = 3;

/// A session that is taken up again when a message was lost, as long as the issuer still knows it. The card waits
/// meanwhile with its power and its channel, and the issuer says the step that was lost once more.
pub(crate) struct Lasting<'a> {
    issuer: &'a dyn Issuer,
    session: Box<dyn Session>,
    id: String,
}

impl<'a> Lasting<'a> {
    /// The session that this issuer has opened.
    pub fn new(issuer: &'a dyn Issuer, session: Box<dyn Session>) -> Self {
        let id = session.id().to_owned();
        Self { issuer, session, id }
    }
}

impl Session for Lasting<'_> {
    fn id(&self) -> &str {
        &self.id
    }

    fn next(&mut self, counter: u32, answer: Option<&[u8]>) -> Result<Step, IssuerError> {
        let mut step = self.session.next(counter, answer);
        for _ in 0..REJOINS {
            if !matches!(step, Err(IssuerError::Unreachable(_))) {
                break;
            }
            // What is told is why the message was lost, not that the way back was closed as well.
            let Ok(session) = self.issuer.rejoin(&self.id) else { break };
            self.session = session;
            step = self.session.next(counter, answer);
        }
        step
    }
}
