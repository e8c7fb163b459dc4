//! The virtual card behind pcscd: a client of the vpcd driver, which listens inside the reader service.
//!
//! Each message is a two-byte length and as many bytes. One byte from the driver is a control, everything else a
//! command; only "get ATR" and commands are answered.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::net::sockopt::set_tcp_quickack;

use super::VirtualCard;

/// The port of the driver's first slot.
pub const FIRST_PORT: u16 = 35_963;

const RECONNECT: Duration = Duration::from_millis(500);
/// How long the card waits for the driver before it looks at the stop flag again.
const LOOK_UP: Duration = Duration::from_millis(200);

/// The card can't be served at all; a lost connection is not an error but tried again.
#[derive(Debug, thiserror::Error)]
pub enum VpcdError {
    /// The address can't be understood.
    #[error("vpcd の接続先「{address}」が正しくありません。{source}")]
    Address {
        /// As it was given.
        address: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Connects the card to the driver and serves it until `stop` is set. Connects anew every half second when the driver
/// isn't there yet or goes away; the card loses its power with the connection.
///
/// # Errors
/// When the address is none.
pub fn serve(mut card: VirtualCard, address: &str, stop: &AtomicBool) -> Result<(), VpcdError> {
    let wrong = |source| VpcdError::Address { address: address.to_owned(), source };
    let targets: Vec<_> = address.to_socket_addrs().map_err(wrong)?.collect();
    while !stop.load(Ordering::Relaxed) {
        match TcpStream::connect(targets.as_slice()) {
            Ok(stream) => {
                if let Err(error) = converse(&mut card, stream, stop) {
                    tracing::debug!(%error, "the reader driver went away");
                }
                card.power_off();
            }
            Err(error) => tracing::trace!(%error, "the reader driver isn't there yet"),
        }
        pause(stop);
    }
    Ok(())
}

fn converse(card: &mut VirtualCard, mut stream: TcpStream, stop: &AtomicBool) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(LOOK_UP))?;
    while let Some(message) = receive(&mut stream, stop)? {
        let answer = match message.as_slice() {
            [0x00] => {
                card.power_off();
                continue;
            }
            [0x01] => {
                card.power_on();
                continue;
            }
            [0x02] => {
                card.warm_reset();
                continue;
            }
            // Also the driver's way of looking whether a card is there: several times a second, power or not.
            [0x04] => card.atr(),
            command => card.transmit(command),
        };
        let length = u16::try_from(answer.len()).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        stream.write_all(&[&length.to_be_bytes()[..], &answer].concat())?;
    }
    Ok(())
}

/// The next message, or `None` when it is time to stop.
fn receive(stream: &mut TcpStream, stop: &AtomicBool) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 2];
    if !fill(stream, &mut length, stop)? {
        return Ok(None);
    }
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    Ok(fill(stream, &mut message, stop)?.then_some(message))
}

fn fill(stream: &mut TcpStream, buffer: &mut [u8], stop: &AtomicBool) -> io::Result<bool> {
    let mut at = 0;
    while at < buffer.len() {
        if stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        // The driver sends length and data in two writes. Without an acknowledgement at once, Nagle's algorithm on
        // its side holds the second back for 40 ms; the option has to be set again before each receive.
        set_tcp_quickack(&*stream, true)?;
        match stream.read(&mut buffer[at..]) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => at += count,
            Err(error) if is_pause(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

fn is_pause(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

fn pause(stop: &AtomicBool) {
    if !stop.load(Ordering::Relaxed) {
        thread::sleep(RECONNECT);
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::sync::Arc;

    use super::*;
    use crate::virtual_card::profiles;

    /// The driver's side of the wire, as pcscd's thread plays it.
    struct Driver(TcpStream);

    impl Driver {
        fn accept(listener: &TcpListener) -> Self {
            let (stream, _) = listener.accept().expect("the card connects");
            stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out");
            Self(stream)
        }

        /// Two writes, as the driver does it.
        fn say(&mut self, message: &[u8]) {
            let length = u16::try_from(message.len()).expect("short");
            self.0.write_all(&length.to_be_bytes()).expect("sent");
            self.0.write_all(message).expect("sent");
        }

        fn ask(&mut self, message: &[u8]) -> Vec<u8> {
            self.say(message);
            let mut length = [0; 2];
            self.0.read_exact(&mut length).expect("a length");
            let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
            self.0.read_exact(&mut answer).expect("an answer");
            answer
        }
    }

    #[test]
    fn the_card_answers_connects_again_and_stops() {
        let directory = tempfile::tempdir().expect("a directory");
        let today = rules::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date");
        let person = profiles::find("renewable", today).expect("a profile").person;
        let now = chrono::DateTime::parse_from_rfc3339("2026-11-22T10:00:00+09:00").expect("a moment");
        let card = VirtualCard::create(&directory.path().join("card.json"), &person, now).expect("a card");
        let atr = card.atr();

        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let stop = Arc::new(AtomicBool::new(false));
        let serving = thread::spawn({
            let stop = Arc::clone(&stop);
            move || serve(card, &address, &stop)
        });

        let select =
            [&[0x00, 0xA4, 0x04, 0x0C, 0x0A][..], &[0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1]].concat();
        let verify = [&[0x00, 0x20, 0x00, 0x98, 0x04][..], b"1111"].concat();
        let sign = [0x80, 0x2A, 0x03, 0x97, 0x01, 0xAA, 0x00];
        for _ in 0..2 {
            let mut driver = Driver::accept(&listener);
            assert_eq!(driver.ask(&[0x04]), atr, "the ATR is there without power");
            driver.say(&[0x01]);
            assert_eq!(driver.ask(&select), [0x90, 0x00]);
            assert_eq!(driver.ask(&sign), [0x69, 0x82], "the lost connection took the power away");
            assert_eq!(driver.ask(&verify), [0x90, 0x00]);
            assert_eq!(driver.ask(&[0x04]), atr);
            driver.say(&[0x02]);
            assert_eq!(driver.ask(&select), [0x90, 0x00]);
            assert_eq!(driver.ask(&sign).len(), 258, "a reset leaves the PIN verified");
            driver.say(&[0x00]);
            driver.say(&[0x01]);
            assert_eq!(driver.ask(&select), [0x90, 0x00]);
            assert_eq!(driver.ask(&sign), [0x69, 0x82]);
            assert_eq!(driver.ask(&verify), [0x90, 0x00]);
        }
        stop.store(true, Ordering::Relaxed);
        serving.join().expect("no panic").expect("no error");
    }

    #[test]
    fn an_address_that_is_none_is_said_at_once() {
        let directory = tempfile::tempdir().expect("a directory");
        let today = rules::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date");
        let person = profiles::find("unreadable", today).expect("a profile").person;
        let now = chrono::DateTime::parse_from_rfc3339("2026-11-22T10:00:00+09:00").expect("a moment");
        let card = VirtualCard::create(&directory.path().join("card.json"), &person, now).expect("a card");
        let error = serve(card, "nowhere", &AtomicBool::new(false)).expect_err("no address");
        assert!(error.to_string().contains("nowhere"));
    }
}
