//! An update through the real reader service, in which pcscd is killed or the card is pulled out: the next sight of the
//! card shows its true state, and one action brings it to a proven end.

mod desk;
mod stack;

use std::time::Duration;

use card::issuer::training::TrainingIssuer;
use card::readers::{PcscWatcher, Reader, Sight};
use card::trust::Trust;
use card::update::{Examination, Journal, JournalError, JournalStep, Next, carry_out, examine};
use card::virtual_card::VirtualCard;
use stack::{READER, Service, Virtual, in_namespace, within};

const RECOVERED: Duration = Duration::from_secs(5);

/// What goes away.
#[derive(Clone, Copy, Debug)]
enum Gone {
    Service,
    Card,
}

/// A journal at whose step of this number something goes away.
struct Breaking<'a> {
    written: Vec<JournalStep>,
    at: usize,
    breaks: &'a mut dyn FnMut(),
}

impl Journal for Breaking<'_> {
    fn step(&mut self, step: &JournalStep) -> Result<(), JournalError> {
        self.written.push(step.clone());
        if self.written.len() == self.at {
            (self.breaks)();
        }
        Ok(())
    }
}

#[test]
fn a_killed_service_and_a_pulled_card_are_recovered_from() {
    in_namespace("a_killed_service_and_a_pulled_card_are_recovered_from", || {
        let person = desk::person();
        let (whole, pins) = (desk::plan(&person), desk::pins());
        let watcher = PcscWatcher::start().unwrap();
        let reader = watcher.reader(READER);
        let mut points = 0;
        for (at, gone) in (3..24).step_by(4).flat_map(|at| [(at, Gone::Service), (at, Gone::Card)]) {
            let drawer = desk::Drawer::new(&person);
            let issuer = TrainingIssuer::default();
            let mut service = Some(Service::start());
            let mut card = Some(Virtual::down(drawer.card()));
            within("the card", RECOVERED, || reader.sight().has_card());
            let mut breaks = || match gone {
                Gone::Service => drop(service.take()),
                Gone::Card => drop(card.take()),
            };
            let mut journal = Breaking { written: Vec::new(), at, breaks: &mut breaks };
            let order = desk::order(&whole, &pins, &person.holder);
            let result = carry_out(&reader, &issuer, &order, &mut journal, &mut |_| {});
            let mut steps = journal.written;
            if steps.len() < at {
                assert!(result.is_ok(), "step {at} was never reached");
                break;
            }
            // At the last step nothing more is sent, so nothing is missed.
            assert!(result.is_err() || matches!(steps.last(), Some(JournalStep::Finish { .. })), "step {at}");
            drop(card.take());
            let back = match service.take() {
                Some(service) => service,
                None => Service::start(),
            };
            within("the empty reader", RECOVERED, || reader.sight() == Sight::Empty);
            let path = drawer.path().join("0.json");
            let card = Virtual::down(VirtualCard::open(&path).unwrap());
            within("the card again", RECOVERED, || reader.sight().has_card());
            let case = Examination {
                plan: &whole,
                steps: &steps,
                pins: Some(&pins),
                trust: Trust::Training,
                at: desk::now(),
                entropy: [9; 32],
            };
            let state = examine(&mut *reader.connect().unwrap(), &case).unwrap();
            let mut done = state.done.certificates.clone();
            if state.next != Next::Finish {
                let order = desk::order(&state.rest, &pins, &person.holder);
                let rest = carry_out(&reader, &issuer, &order, &mut steps, &mut |_| {});
                done.extend(rest.unwrap_or_else(|error| panic!("{gone:?} at {at}: {error}")).certificates);
            }
            assert_eq!(done.iter().filter(|new| new.proven).count(), 2, "{gone:?} at {at}");
            drop(card);
            drop(back);
            within("no service", RECOVERED, || reader.sight() == Sight::NoService);
            points += 1;
        }
        assert!(points >= 8, "{points}");
        println!("{points} interruptions of the reader service, 0 failures");
    });
}
