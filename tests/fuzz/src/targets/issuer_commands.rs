//! An issuer that asks for anything: what reaches the card is on the list, and never a PIN.
#![no_main]

use std::borrow::Cow;

use card::error::CardError;
use card::issuer::{IssuerError, Report, Session, Step};
use card::link::CardLink;
use card::relay::{Passed, RelayError, Watch, relay};
use fuzz::Pieces;
use libfuzzer_sys::fuzz_target;

struct Anything(Pieces);

impl Session for Anything {
    fn id(&self) -> &str {
        "fuzz"
    }

    fn next(&mut self, _: u32, _: Option<&[u8]>) -> Result<Step, IssuerError> {
        Ok(match self.0.next_piece() {
            Some(apdu) => Step::Command { apdu, about: Cow::Borrowed("") },
            None => Step::Done(Report { certificates: Vec::new(), revoked: Vec::new() }),
        })
    }
}

/// Accepts everything, which is the worst that a card can do here.
struct Willing {
    accepted: bool,
}

impl CardLink for Willing {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        let [class, instruction, ..] = *command else { panic!("half a command: {command:02X?}") };
        // VERIFY, CHANGE REFERENCE DATA, CHANGE KEY, COMPUTE DIGITAL SIGNATURE, LOCK and UNLOCK of the card's own set.
        assert!(!matches!(instruction, 0x20 | 0x24 | 0x2A | 0x32 | 0x52 | 0x54), "{command:02X?}");
        let changes = matches!(instruction, 0x2C | 0x46 | 0x47 | 0xD6 | 0xDA | 0xDB | 0x44 | 0x04);
        assert!(!changes || (self.accepted && class == 0x84), "before the card accepted: {command:02X?}");
        self.accepted |= (class, instruction) == (0x84, 0x82);
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

fuzz_target!(|data: &[u8]| {
    drop(relay(&mut Willing { accepted: false }, &mut Anything(Pieces::new(data)), &mut Nobody));
});
