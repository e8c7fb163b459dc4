//! Two hundred times the service restarts, the reader is unplugged, or the card is swapped for the wrong one: it is
//! noticed, nothing is written to a wrong card, and nothing stays open.

mod desk;
mod stack;

use std::time::Duration;

use card::error::CardError;
use card::issuer::training::TrainingIssuer;
use card::link::CardLink;
use card::read::read_brief;
use card::readers::{PcscReader, PcscWatcher, Reader, Sight};
use card::update::{Cause, UpdatePlan, carry_out};
use card::virtual_card::CardPerson;
use rules::kinds::CertificateKind;
use stack::{READER, Service, Virtual, in_namespace, inside, within};

const NOTICED: Duration = Duration::from_secs(3);
const RECOVERED: Duration = Duration::from_secs(5);
/// Each lane has a service and a reader of its own: most of a cycle is waiting.
const LANES: usize = 4;
const CYCLES_OF_A_LANE: usize = 50;

/// What happens in a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    /// The card is taken away and another one laid down.
    Swap,
    /// pcscd is killed and comes back.
    Restart,
    /// The reader is unplugged and plugged in again.
    Unplug,
}

/// The longest that each kind of thing took.
#[derive(Debug, Default)]
struct Longest {
    noticed: Duration,
    recovered: Duration,
}

/// Another person's card, and the right person's card after it was renewed elsewhere.
fn wrong_cards() -> [CardPerson; 2] {
    let mut other = desk::person();
    "999900000000025".clone_into(&mut other.card_number);
    let mut renewed = desk::person();
    for certificate in &mut renewed.certificates {
        certificate.serial = match certificate.kind {
            CertificateKind::Signature => "51FF".to_owned(),
            CertificateKind::Authentication => "52FF".to_owned(),
        };
    }
    [other, renewed]
}

/// The update that was planned for another card is refused, and this one is as it was.
fn refused(reader: &PcscReader, plan: &UpdatePlan, at: &str) {
    let before = read_brief(&mut *reader.connect().unwrap()).unwrap();
    let (holder, pins, mut journal) = (desk::person().holder, desk::pins(), Vec::new());
    let order = desk::order(plan, &pins, &holder);
    let error = carry_out(reader, &TrainingIssuer::default(), &order, &mut journal, &mut |_| {}).unwrap_err();
    assert!(matches!(error.cause, Cause::Card(CardError::OtherCard { .. })), "{at}: {error}");
    assert!(!error.touched(), "{at}");
    assert_eq!(read_brief(&mut *reader.connect().unwrap()).unwrap(), before, "{at}: no try was spent");
}

/// A link that outlives what it was connected to says so, and goes away without a fuss.
fn is_broken(mut link: Box<dyn CardLink>, at: &str) {
    assert!(link.transmit(&[0x00, 0xA4, 0x04, 0x0C]).is_err(), "{at}");
}

#[test]
fn two_hundred_restarts_unplugs_and_swaps_leave_nothing_behind() {
    let name = "two_hundred_restarts_unplugs_and_swaps_leave_nothing_behind";
    if inside() {
        return lane();
    }
    std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..LANES).map(|_| scope.spawn(|| in_namespace(name, lane))).collect();
        for lane in lanes {
            lane.join().expect("a lane failed");
        }
    });
    println!("{} cycles in all, 0 failures", LANES * CYCLES_OF_A_LANE);
}

fn lane() {
    let plan = desk::plan(&desk::person());
    let right = desk::Drawer::new(&desk::person());
    let wrong = wrong_cards().map(|person| desk::Drawer::new(&person));
    let watcher = PcscWatcher::start().unwrap();
    let reader = watcher.reader(READER);
    let has_card = || reader.sight().has_card();
    let mut service = Service::start();
    let mut card = Virtual::down(right.card());
    within("the card", RECOVERED, has_card);
    let (mut longest, mut swapped, mut open) = (Longest::default(), 0, None);
    for cycle in 0..CYCLES_OF_A_LANE {
        let event = match cycle % 20 {
            4 | 9 | 14 => Event::Restart,
            19 => Event::Unplug,
            _ => Event::Swap,
        };
        let at = format!("cycle {cycle}, {event:?}");
        let generation = reader.sight().generation();
        // Every other time something of ours holds the card while it happens.
        let held = (cycle % 2 == 0).then(|| reader.connect().unwrap());
        match event {
            Event::Swap => {
                drop(card);
                if let Some(link) = held {
                    is_broken(link, &at);
                }
                let took = within("no card", NOTICED, || reader.sight() == Sight::Empty);
                longest.noticed = longest.noticed.max(took);
                let other = Virtual::down(wrong[swapped % wrong.len()].card());
                within("another card", RECOVERED, has_card);
                refused(&reader, &plan, &at);
                swapped += 1;
                drop(other);
                within("no card", NOTICED, || reader.sight() == Sight::Empty);
            }
            Event::Restart | Event::Unplug => {
                drop(service);
                drop(card);
                let took = within("no service", NOTICED, || reader.sight() == Sight::NoService);
                longest.noticed = longest.noticed.max(took);
                if let Some(link) = held {
                    is_broken(link, &at);
                }
                assert!(matches!(reader.connect(), Err(CardError::NoService)), "{at}");
                if event == Event::Unplug {
                    let bare = Service::start_with(false);
                    within("no reader", RECOVERED, || reader.sight() == Sight::NoReader);
                    assert!(matches!(reader.connect(), Err(CardError::NoReader { .. })), "{at}");
                    drop(bare);
                    within("no service", NOTICED, || reader.sight() == Sight::NoService);
                }
                service = Service::start();
                let took = within("the empty reader", RECOVERED, || reader.sight() == Sight::Empty);
                longest.recovered = longest.recovered.max(took);
            }
        }
        card = Virtual::down(right.card());
        let took = within("the card again", RECOVERED, has_card);
        longest.recovered = longest.recovered.max(took);
        assert!(reader.sight().generation() > generation, "{at}: a new laying-down has a new number");
        let reading = read_brief(&mut *reader.connect().unwrap()).unwrap();
        assert_eq!(reading.card, plan.card, "{at}");
        assert!(reading.pins.0.iter().all(|pin| pin.full()), "{at}: nobody lost a try");
        // The first twenty cycles open what stays open.
        if cycle >= 19 {
            let now = (threads(), descriptors());
            assert_eq!(*open.get_or_insert(now), now, "{at}: a thread or a connection is left behind");
        }
    }
    println!(
        "{CYCLES_OF_A_LANE} cycles, {swapped} wrong cards refused, noticed after {:?} and recovered after {:?} at most",
        longest.noticed, longest.recovered
    );
    drop((card, service));
}

fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}
