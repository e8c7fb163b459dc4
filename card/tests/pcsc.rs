//! The reader service as it really is: cards come and go, other programs hold them, pcscd dies and comes back.

mod desk;
mod stack;

use std::time::{Duration, Instant};

use card::error::CardError;
use card::issuer::training::TrainingIssuer;
use card::pins::Consent;
use card::read::read_public;
use card::readers::{PcscWatcher, Reader, Sight, list_pcsc};
use card::trust::Trust;
use card::update::carry_out;
use rules::kinds::{CertificateKind, PinKind};
use stack::{Laid, READER, Service, Virtual, in_namespace, within};

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

/// The same renewal as on the simulated reader, through pcscd: the same certificates, nothing left open.
#[test]
fn a_renewal_passes_through_the_reader_service() {
    in_namespace("a_renewal_passes_through_the_reader_service", || {
        let person = desk::person();
        let drawer = desk::Drawer::new(&person);
        let watcher = PcscWatcher::start().unwrap();
        let reader = watcher.reader(READER);
        let _service = Service::start();
        let card = Virtual::down(drawer.card());
        within("the card", RECOVERED, || has_card(&reader));

        let begun = Instant::now();
        let reading = read_public(&mut *reader.connect().unwrap()).unwrap();
        println!("read in {:?}", begun.elapsed());
        assert_eq!(reading.card, person.identity());
        let in_process = desk::Desk::with(&person);
        assert_eq!(read_public(&mut *in_process.connect().unwrap()).unwrap().pins, reading.pins);

        let (plan, pins) = (desk::plan(&person), desk::pins());
        let order = desk::order(&plan, &pins, &person.holder);
        let begun = Instant::now();
        let outcome =
            carry_out(&reader, &TrainingIssuer::default(), &order, &mut Vec::new(), &mut |_| {}).unwrap();
        println!("renewed in {:?}, {} commands of the issuer", begun.elapsed(), outcome.commands);
        let status = card::status::status(None).unwrap();
        assert_eq!((status.reader.as_str(), status.issued_by), (READER, Some(Trust::Training)));
        let new = outcome.certificate(CertificateKind::Authentication).unwrap();
        assert_eq!(status.reading.authentication.as_ref(), Some(&new.reading));
        assert!(reader.sight().has_card(), "nothing holds the card");

        // The chip has no power between our connections, so no PIN stays open for the next program.
        let mut link = reader.connect().unwrap();
        let signed = card::prove::prove(
            &mut *link,
            CertificateKind::Authentication,
            &desk::right_pin(PinKind::Authentication),
            Consent::NotAsked,
            &new.reading.der,
            &[1; 32],
        );
        assert_eq!(signed, Ok(()));
        drop(link);
        let mut link = reader.connect().unwrap();
        let jpki =
            [&[0x00, 0xA4, 0x04, 0x0C, 0x0A][..], &[0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1]].concat();
        assert_eq!(link.transmit(&jpki), Ok(vec![0x90, 0x00]));
        let sign = [0x80, 0x2A, 0x03, 0x97, 0x01, 0x55, 0x00];
        assert_eq!(link.transmit(&sign), Ok(vec![0x69, 0x82]));
        drop(link);
        drop(card);
    });
}
