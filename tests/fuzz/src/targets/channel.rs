//! The secure channel: what a card says when it opens, sealed answers, sealed commands, commands as such.
#![no_main]

use card::apdu::Command;
use card::issuer::training::card_keys;
use card::scp03::Level;
use card::scp03::host::{CardHello, external_authenticate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(hello) = CardHello::parse(data) {
        let _ = external_authenticate(&card_keys("999900000000017"), [1; 8], &hello, Level::FULL);
    }
    if let Ok(command) = Command::parse(data) {
        // What was understood means the same when it is written again.
        let again = Command::parse(&command.encode()).expect("our own writing");
        assert_eq!((command.p1p2(), &command.data, command.le), (again.p1p2(), &again.data, again.le));
    }
    let _ = card::apdu::split_answer(data);
    let mut channel = card::scp03::Channel::derive(&card_keys("999900000000017"), [1; 8], [2; 8]);
    channel.raise(Level::FULL);
    if let Some((data, status)) = card::apdu::split_answer(data) {
        let _ = channel.open_answer(data, status);
    }
});
