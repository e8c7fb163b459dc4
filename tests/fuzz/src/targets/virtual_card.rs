//! The virtual card against anything that a program sends through the reader: it always answers, with a status word.
#![no_main]

use std::cell::RefCell;

use card::virtual_card::{PreparedKeys, VirtualCard};
use fuzz::{Pieces, now, person};
use libfuzzer_sys::fuzz_target;

thread_local! {
    static CARD: RefCell<(tempfile::TempDir, VirtualCard)> = RefCell::new(made());
}

fn made() -> (tempfile::TempDir, VirtualCard) {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a directory");
    let mut card = VirtualCard::create(&folder.path().join("card.json"), &person(), now()).expect("a card");
    card.use_prepared_keys(PreparedKeys::make(4));
    (folder, card)
}

fuzz_target!(|data: &[u8]| {
    CARD.with_borrow_mut(|(_, card)| {
        card.power_off();
        card.power_on();
        let mut commands = Pieces::new(data);
        while let Some(command) = commands.next_piece() {
            match *command {
                [1] => drop(card.power_on()),
                [2] => drop(card.warm_reset()),
                _ => assert!(card.transmit(&command).len() >= 2, "{command:02X?}"),
            }
        }
    });
});
