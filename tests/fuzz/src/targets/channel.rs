//! The secure channel: what a card says when it opens, sealed answers, sealed commands, commands as such.
#![no_main]

use card::apdu::Command;
use card::issuer::training::{KEY_VERSION, card_keys};
use card::scp03::host::{CardHello, external_authenticate, initialize_update};
use card::scp03::{Channel, Level};
use card::virtual_card::VirtualCard;
use fuzz::{now, person};
use libfuzzer_sys::fuzz_target;

thread_local! {
    static CHANNEL: Channel = opened();
}

/// A channel that stands, with answers sealed and encrypted.
fn opened() -> Channel {
    let folder = tempfile::tempdir().expect("a directory");
    let person = person();
    let mut card = VirtualCard::create(&folder.path().join("card.json"), &person, now()).expect("a card");
    card.power_on();
    card.transmit(&[0x00, 0xA4, 0x04, 0x0C, 0x07, 0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00]);
    let answer = card.transmit(&initialize_update(KEY_VERSION, [1; 8]).encode());
    let hello = CardHello::parse(&answer[..answer.len() - 2]).expect("the card's word");
    let keys = card_keys(&person.card_number);
    external_authenticate(&keys, [1; 8], &hello, Level::FULL).expect("our own card").1
}

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
    if let Some((data, status)) = card::apdu::split_answer(data) {
        CHANNEL.with(|channel| drop(channel.open_answer(data, status)));
    }
});
