//! The reader service as it really is: cards come and go, other programs hold them, pcscd dies and comes back.

mod stack;

use std::time::Duration;

use card::error::CardError;
use card::readers::{PcscWatcher, Reader, Sight, list_pcsc};
use stack::{Laid, READER, Service, in_namespace, within};

const NOTICED: Duration = Duration::from_secs(3);
const RECOVERED: Duration = Duration::from_secs(5);
const POWER_OFF: [u8; 1] = [0];

/// Some other smart card: it knows no application at all.
fn stranger() -> Laid {
    Laid::down(Box::new(|_| vec![0x6A, 0x82]))
}

fn has_card(reader: &dyn Reader) -> bool {
    reader.sight().has_card()
}

/// Everything on one service, because each start of pcscd costs seconds.
#[test]
fn the_reader_says_what_is_seen_and_the_card_is_powered_off_on_every_way_out() {
    in_namespace("the_reader_says_what_is_seen_and_the_card_is_powered_off_on_every_way_out", || {
        let watcher = PcscWatcher::start().unwrap();
        let reader = watcher.reader(READER);
        assert_eq!(reader.sight(), Sight::NoService);
        assert!(matches!(reader.connect(), Err(CardError::NoService)));
        assert_eq!(list_pcsc(), Err(CardError::NoService));

        let service = Service::start();
        within("the service is found", RECOVERED, || reader.sight() == Sight::Empty);
        assert!(matches!(reader.connect(), Err(CardError::NoCard)));
        let other = watcher.reader("窓口2のリーダー");
        within("an unknown reader", NOTICED, || other.sight() == Sight::NoReader);
        assert!(matches!(other.connect(), Err(CardError::NoReader { .. })));

        let card = stranger();
        let took = within("a card", NOTICED, || has_card(&reader));
        println!("a card is seen after {took:?}");
        let first = reader.sight().generation().unwrap();

        // Held by us, it is still ours on the screen; for anybody else it is held.
        let mut link = reader.connect().unwrap();
        assert!(matches!(reader.connect(), Err(CardError::HeldByAnother)));
        std::thread::sleep(Duration::from_millis(300));
        assert!(has_card(&reader), "our own hold is no hindrance: {:?}", reader.sight());
        let second_watcher = PcscWatcher::start().unwrap();
        let elsewhere = second_watcher.reader(READER);
        within("another program sees our hold", NOTICED, || {
            matches!(elsewhere.sight(), Sight::HeldByAnother { .. })
        });
        assert!(matches!(card::read::read_brief(&mut *link), Err(CardError::NotMyNumberCard)));
        card.heard();
        drop(link);
        within("power off", NOTICED, || card.heard().contains(&POWER_OFF.to_vec()));
        within("the hold is over", NOTICED, || has_card(&elsewhere));
        drop(second_watcher);
        assert_eq!(reader.sight().generation(), Some(first), "connecting is no swap");

        // A panic is a way out too.
        card.heard();
        let link = reader.connect().unwrap();
        let panicked = std::thread::spawn(move || {
            let _link = link;
            panic!("a mistake of ours, on purpose");
        });
        assert!(panicked.join().is_err());
        within("power off after a panic", NOTICED, || card.heard().contains(&POWER_OFF.to_vec()));

        // Taken away, and laid down again: another generation.
        drop(card);
        within("the card is gone", NOTICED, || reader.sight() == Sight::Empty);
        let card =
            Laid::down(Box::new(|command| if command[1] == 0xB0 { Vec::new() } else { vec![0x90, 0x00] }));
        within("the next card", NOTICED, || has_card(&reader));
        assert!(reader.sight().generation().unwrap() > first);

        // Pulled out inside a command.
        let mut link = reader.connect().unwrap();
        assert_eq!(link.transmit(&[0x00, 0xA4, 0x04, 0x0C]), Ok(vec![0x90, 0x00]));
        assert_eq!(link.transmit(&[0x00, 0xB0, 0x00, 0x00, 0x10]), Err(CardError::CardRemoved));
        assert_eq!(
            link.transmit(&[0x00, 0xA4, 0x04, 0x0C]),
            Err(CardError::CardRemoved),
            "once broken, broken"
        );
        drop(link);
        drop(card);
        within("the card is gone", NOTICED, || reader.sight() == Sight::Empty);

        // pcscd dies under a connection and comes back.
        let card = stranger();
        within("a card", NOTICED, || has_card(&reader));
        let before = reader.sight().generation().unwrap();
        let mut link = reader.connect().unwrap();
        drop(service);
        let took = within("the service's end", NOTICED, || reader.sight() == Sight::NoService);
        println!("the end of pcscd is noticed after {took:?}");
        assert!(link.transmit(&[0x00, 0xA4, 0x04, 0x0C]).is_err());
        drop(link);
        drop(card);
        let _service = Service::start();
        let took = within("the service's return", RECOVERED, || reader.sight() == Sight::Empty);
        println!("its return is noticed after {took:?}");
        let _card = stranger();
        within("a card after the restart", NOTICED, || has_card(&reader));
        assert!(reader.sight().generation().unwrap() > before);
        assert!(reader.connect().is_ok());
    });
}

/// Restarts and swaps in a row leave no thread and no open connection behind.
#[test]
fn restarts_and_swaps_leave_nothing_behind() {
    in_namespace("restarts_and_swaps_leave_nothing_behind", || {
        let watcher = PcscWatcher::start().unwrap();
        let reader = watcher.reader(READER);
        let mut before = None;
        for round in 0..6 {
            let service = Service::start();
            within("the service", RECOVERED, || reader.sight() == Sight::Empty);
            for _ in 0..2 {
                let card = stranger();
                within("a card", NOTICED, || has_card(&reader));
                let mut link = reader.connect().unwrap();
                assert!(link.transmit(&[0x00, 0xA4, 0x04, 0x0C]).is_ok());
                drop(card);
                assert!(link.transmit(&[0x00, 0xA4, 0x04, 0x0C]).is_err());
                drop(link);
                within("no card", NOTICED, || reader.sight() == Sight::Empty);
            }
            drop(service);
            within("no service", NOTICED, || reader.sight() == Sight::NoService);
            // The first round opens what stays open.
            match before {
                None => before = Some((threads(), descriptors())),
                Some(before) => assert_eq!((threads(), descriptors()), before, "round {round}"),
            }
        }
    });
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}
