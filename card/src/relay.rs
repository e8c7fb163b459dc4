//! Passing an issuer's commands to the card, and nothing but an issuer's commands.
//!
//! The counter can't read what the secure channel carries, but it sees each command's head. Only the instructions
//! of an update pass, those that change the card only after the channel stands, and none that presents a PIN.
//! The bytes are never logged.

use myna_card::ap::{jpki, juki, text};
use rules::kinds::{CertificateKind, PinKind};

use crate::error::CardError;
use crate::issuer::{IssuerError, Report, Session, Step};
use crate::link::CardLink;
use crate::update::JournalError;

/// More commands than any update needs: an issuer that never ends must not hold the counter.
const MOST_COMMANDS: u32 = 2_000;

/// Class of a command inside the secure channel.
const SECURED: u8 = 0x84;
const OK: u16 = 0x9000;

/// The head of a command that is about to be passed on, or has been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed<'a> {
    /// Class, instruction and parameters. No data: that is the issuer's and the card's.
    pub head: [u8; 4],
    /// What the issuer says it is for.
    pub about: &'a str,
    /// How many commands went before.
    pub before: u32,
}

/// A reference in P2 is the low five bits of a file's identifier.
const SHORT_IDENTIFIER: u8 = 0x1F;

impl Passed<'_> {
    /// Whether it is meant for the card inside the secure channel, or opens the channel.
    pub fn is_secured(&self) -> bool {
        self.head[0] == SECURED
    }

    /// Whether this is the command after which the old key no longer exists.
    ///
    /// The lowest bit of P1 tells making a key from showing the public half of the one that is there (ISO 7816-8).
    pub fn generates_key(&self) -> bool {
        self.head[0] == SECURED && matches!(self.head[1], 0x46 | 0x47) && self.head[2] & 1 == 0
    }

    /// Whether this command changes what is on the card.
    pub fn changes_card(&self) -> bool {
        self.generates_key()
            || (self.head[0] == SECURED && matches!(self.head[1], 0xD6 | 0xDA | 0xDB | 0x2C | 0x44 | 0x04))
    }

    /// Whether this command gives a PIN a new value and sets its tries back (ISO 7816-4).
    pub fn resets_pin(&self) -> bool {
        self.head[..2] == [SECURED, 0x2C]
    }

    /// Which PIN it resets, where P2 names one. The four have identifiers of their own in every application.
    pub fn pin(&self) -> Option<PinKind> {
        match u16::from(self.head[3] & SHORT_IDENTIFIER) {
            _ if !self.resets_pin() => None,
            jpki::ef::SIGN_PIN => Some(PinKind::Signature),
            jpki::ef::AUTH_PIN => Some(PinKind::Authentication),
            text::ef::PIN => Some(PinKind::CardEntry),
            juki::ef::PIN => Some(PinKind::ResidentRegister),
            _ => None,
        }
    }

    /// Which key it makes, where P2 names one of the two key files.
    pub fn key(&self) -> Option<CertificateKind> {
        match u16::from(self.head[3] & SHORT_IDENTIFIER) {
            _ if !self.generates_key() => None,
            jpki::ef::SIGN_KEY => Some(CertificateKind::Signature),
            jpki::ef::AUTH_KEY => Some(CertificateKind::Authentication),
            _ => None,
        }
    }
}

/// Someone who is told of each command before and after it.
pub trait Watch {
    /// Called before a command is sent.
    ///
    /// # Errors
    /// Stops the relay; the command isn't sent.
    fn before(&mut self, passed: &Passed<'_>) -> Result<(), RelayError>;

    /// Called with the status word of the card's answer.
    fn after(&mut self, passed: &Passed<'_>, status: u16);
}

/// What stopped a relay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelayError {
    /// The card, or a command that isn't passed on.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The issuer.
    #[error(transparent)]
    Issuer(#[from] IssuerError),
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Runs a session to its end. Returns the issuer's report and the number of commands passed on.
///
/// # Errors
/// The first thing that goes wrong; nothing more is sent after it.
pub fn relay(
    link: &mut dyn CardLink,
    session: &mut dyn Session,
    watch: &mut dyn Watch,
) -> Result<(Report, u32), RelayError> {
    let mut channel = false;
    let mut sent = 0;
    let mut step = session.next(sent, None)?;
    loop {
        let (apdu, about) = match step {
            Step::Done(report) => return Ok((report, sent)),
            Step::Command { apdu, about } => (apdu, about),
        };
        let head = head_of(&apdu)?;
        let passed = Passed { head, about: &about, before: sent };
        allowed(head, &apdu, channel)?;
        if sent >= MOST_COMMANDS {
            return Err(CardError::NotAllowed("命令が多すぎます".to_owned()).into());
        }
        watch.before(&passed)?;
        let answer = link.transmit(&apdu)?;
        let status = status_of(&answer)?;
        sent += 1;
        watch.after(&passed, status);
        channel |= head[..2] == [SECURED, 0x82] && status == OK;
        step = session.next(sent, Some(&answer))?;
    }
}

fn head_of(apdu: &[u8]) -> Result<[u8; 4], CardError> {
    apdu.first_chunk::<4>().copied().ok_or_else(|| CardError::NotAllowed("短すぎる命令".to_owned()))
}

fn status_of(answer: &[u8]) -> Result<u16, CardError> {
    answer.last_chunk::<2>().map(|status| u16::from_be_bytes(*status)).ok_or(CardError::CardRemoved)
}

/// The allow-list. `channel` says that the card has accepted the issuer.
fn allowed(head: [u8; 4], apdu: &[u8], channel: bool) -> Result<(), CardError> {
    let refused = || Err(CardError::NotAllowed(format!("命令 {:02X} {:02X}", head[0], head[1])));
    match (head[0], head[1]) {
        // Selecting an application by its name.
        (0x00, 0xA4) if head[2] == 0x04 && known_application(apdu) => Ok(()),
        // Opening the channel; the rest of a long answer; what the card says of itself.
        (0x80, 0x50) | (SECURED, 0x82) | (0x00, 0xC0) | (0x00 | 0x80, 0xCA) => Ok(()),
        // Inside the channel: select, read, generate a key, write, put data, reset tries, (de)activate.
        (SECURED, 0xA4 | 0xB0 | 0x46 | 0x47 | 0xD6 | 0xDA | 0xDB | 0x2C | 0xCA | 0x44 | 0x04) if channel => {
            Ok(())
        }
        _ => refused(),
    }
}

/// The applications that an issuer may select: those of this card and the issuer's own.
fn known_application(apdu: &[u8]) -> bool {
    use myna_card::ap::{common, juki, text};
    const ISSUER_DOMAIN: &[u8] = &[0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00];
    let Some((&length, rest)) = apdu.get(4..).and_then(<[u8]>::split_first) else { return false };
    let Some(name) = rest.get(..usize::from(length)) else { return false };
    [ISSUER_DOMAIN, &jpki::DF, &text::DF, &juki::DF, &common::DF].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Scripted(Vec<Vec<u8>>);
    impl Session for Scripted {
        fn id(&self) -> &'static str {
            "scripted"
        }

        fn next(&mut self, _: u32, _: Option<&[u8]>) -> Result<Step, IssuerError> {
            Ok(if self.0.is_empty() {
                Step::Done(Report::default())
            } else {
                Step::Command { apdu: self.0.remove(0), about: "試験".into() }
            })
        }
    }

    #[derive(Default)]
    struct Recording(Vec<Vec<u8>>);
    impl CardLink for Recording {
        fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
            self.0.push(command.to_vec());
            Ok(vec![0x90, 0x00])
        }
    }

    struct Nobody;
    impl Watch for Nobody {
        fn before(&mut self, _: &Passed<'_>) -> Result<(), RelayError> {
            Ok(())
        }
        fn after(&mut self, _: &Passed<'_>, _: u16) {}
    }

    type Outcome = Result<(Report, u32), RelayError>;

    fn run(commands: &[&[u8]]) -> (Vec<Vec<u8>>, Outcome) {
        let mut link = Recording::default();
        let mut session = Scripted(commands.iter().map(|command| command.to_vec()).collect());
        let result = relay(&mut link, &mut session, &mut Nobody);
        (link.0, result)
    }

    const AUTHENTICATE: &[u8] = &[0x84, 0x82, 0x33, 0x00, 0x10];

    #[test]
    fn an_issuer_can_not_present_or_change_a_pin_or_read_in_the_clear() {
        for forbidden in [
            &[0x00, 0x20, 0x00, 0x80, 4, 0x31, 0x31, 0x31, 0x31][..],
            &[0x84, 0x20, 0x00, 0x80, 4, 0, 0, 0, 0],
            &[0x00, 0x24, 0x01, 0x80, 4, 0, 0, 0, 0],
            &[0x80, 0x32, 0x00, 0x80, 4, 0, 0, 0, 0],
            &[0x80, 0x2A, 0x00, 0x97, 1, 0, 0],
            &[0x00, 0xB0, 0x00, 0x00, 0x00],
            &[0x84, 0xD8, 0x00, 0x00],
            &[0x00, 0xA4],
        ] {
            let (sent, result) = run(&[AUTHENTICATE, forbidden]);
            assert_eq!(sent.len(), 1, "{forbidden:02X?} reached the card");
            assert!(matches!(result, Err(RelayError::Card(CardError::NotAllowed(_)))), "{forbidden:02X?}");
        }
    }

    #[test]
    fn nothing_that_writes_passes_before_the_channel_stands() {
        let (sent, result) = run(&[&[0x84, 0x46, 0x00, 0x97]]);
        assert!(sent.is_empty() && result.is_err());
        let (sent, result) = run(&[AUTHENTICATE, &[0x84, 0x46, 0x00, 0x97]]);
        assert_eq!((sent.len(), result.unwrap().1), (2, 2));
    }

    #[test]
    fn only_applications_of_this_card_can_be_selected() {
        let jpki = [&[0x00, 0xA4, 0x04, 0x0C, 0x0A][..], &myna_card::ap::jpki::DF].concat();
        assert_eq!(run(&[&jpki]).0.len(), 1);
        let other = [0x00, 0xA4, 0x04, 0x0C, 0x05, 0xA0, 0, 0, 0, 3];
        assert!(run(&[&other]).0.is_empty());
    }

    #[test]
    fn an_issuer_that_never_ends_is_stopped() {
        struct Endless;
        impl Session for Endless {
            fn id(&self) -> &'static str {
                "endless"
            }

            fn next(&mut self, _: u32, _: Option<&[u8]>) -> Result<Step, IssuerError> {
                Ok(Step::Command { apdu: vec![0x80, 0xCA, 0x00, 0x66], about: "試験".into() })
            }
        }
        let mut link = Recording::default();
        assert!(relay(&mut link, &mut Endless, &mut Nobody).is_err());
        assert_eq!(link.0.len(), MOST_COMMANDS as usize);
    }
}
