//! The chip's first answer after power-up.

use crate::error::CardError;
use crate::link::CardLink;

/// SELECT FILE, the only instruction that is worth sending twice unasked.
const SELECT: u8 = 0xA4;
/// What some chips say to the first command after power-up, whatever it is.
const NOT_AWAKE: [u8; 2] = [0x6F, 0x00];

/// A link that sends the first command again when the chip answers 6F00 to it.
///
/// Only a SELECT is repeated: a repeated VERIFY could cost the resident a try.
pub struct FirstCommand<L> {
    link: L,
    first: bool,
}

impl<L: CardLink> FirstCommand<L> {
    /// Wraps a link on which nothing has been sent yet.
    pub fn new(link: L) -> Self {
        Self { link, first: true }
    }
}

impl<L: CardLink> CardLink for FirstCommand<L> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        let answer = self.link.transmit(command)?;
        let first = std::mem::replace(&mut self.first, false);
        if first && answer == NOT_AWAKE && command.get(1) == Some(&SELECT) {
            return self.link.transmit(command);
        }
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sleepy(Vec<u8>);

    impl CardLink for Sleepy {
        fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
            self.0.push(command[1]);
            Ok(if self.0.len() == 1 { vec![0x6F, 0x00] } else { vec![0x90, 0x00] })
        }
    }

    #[test]
    fn a_select_is_repeated_once_and_a_verify_never() {
        let mut link = FirstCommand::new(Sleepy(Vec::new()));
        assert_eq!(link.transmit(&[0, 0xA4, 4, 0x0C]).unwrap(), [0x90, 0x00]);
        assert_eq!(link.link.0, [0xA4, 0xA4]);

        let mut link = FirstCommand::new(Sleepy(Vec::new()));
        assert_eq!(link.transmit(&[0, 0x20, 0, 0x80]).unwrap(), [0x6F, 0x00]);
        assert_eq!(link.link.0, [0x20], "a try must never be spent twice");
    }
}
