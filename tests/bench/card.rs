//! The card at the real reader: a read and a whole renewal, next to the bare commands through the same reader.

use crate::figures::{median_and_p99, ms, row};
use card::link::CardLink;
use card::readers::{Reader, pcsc};
use card::virtual_card::profiles;
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::Office;
use office_tests::reader_service::{READER, ReaderService, VirtualCard, wait_for};
use std::time::{Duration, Instant};

/// The argument with which the bench calls itself inside the namespace.
pub const INSIDE: &str = "card";

/// Readings that the median is taken of.
const READINGS: usize = 50;

/// Prints the card's measures. Runs inside the namespace.
pub fn measure() {
    let _service = ReaderService::start();
    let watcher = card::readers::pcsc::PcscWatcher::start().expect("a watching thread");
    let reader = watcher.reader(READER);
    let card = VirtualCard::put_on("renewable", None);
    wait_for("the card", || reader.sight().generation().is_some());
    let bare = bare_commands();
    row("one bare command through the reader (SELECT)", &format!("median {}", ms(bare)));
    let (read, p99) = median_and_p99((0..READINGS).map(|_| reading()).collect());
    row("a whole reading, connecting included", &format!("median {}, p99 {}", ms(read), ms(p99)));
    drop(card);
    wait_for("the reader to be empty", || reader.sight().generation().is_none());
    drop(reader);
    drop(watcher);
    tokio::runtime::Runtime::new().expect("a runtime").block_on(through_the_office(bare));
}

fn bare_commands() -> Duration {
    let mut link = pcsc::connect(READER).expect("the card");
    let select = [0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
    let times = (0..200).map(|_| {
        let begun = Instant::now();
        link.transmit(&select).expect("an answer");
        begun.elapsed()
    });
    median_and_p99(times.collect()).0
}

fn reading() -> Duration {
    let begun = Instant::now();
    let mut link = pcsc::connect(READER).expect("the card");
    card::read::read_public(&mut *link).expect("a reading");
    begun.elapsed()
}

/// From the card's insertion to the clerk's screen, and a whole renewal from the button to the proof.
async fn through_the_office(bare: Duration) {
    let office = Office::training();
    let login = |role: &str| {
        let label = rules::case_states::Role::from_code(role).expect("a role").label();
        server::training::accounts()
            .into_iter()
            .find(|account| account.role == label)
            .expect("an account")
            .login
    };
    let administrator = Clerk::log_in(office.address(), &login("administrator")).await;
    let fields = [
        ("name_1", "1番窓口"),
        ("reader_kind_1", "pcsc"),
        ("reader_name_1", READER),
        ("update_path_1", "relay"),
    ];
    administrator.submit("/settings/stations", "/settings/stations/1", &fields).await;
    let clerk = Clerk::log_in(office.address(), &login("clerk")).await;
    Journey::open_pad(&clerk).await;
    let today = office_tests::office::today();
    let person = profiles::find("renewable", today).expect("the profile");
    let begun = Instant::now();
    let _card = VirtualCard::put_on("renewable", None);
    let resident = format!("/residents/{}", person.resident_number);
    Journey::until(&clerk, &resident, "リーダのカードと同じです").await;
    row("from starting the card to the clerk's screen (vpcd looks twice a second)", &ms(begun.elapsed()));
    let case = Journey::open(&clerk, &person.resident_number, "renewal").await;
    case.identify_and_apply(false).await;
    case.enter_right_pins().await;
    let begun = Instant::now();
    case.update().await;
    let whole = begun.elapsed();
    row("a whole renewal, from the button to two proven certificates on the page", &ms(whole));
    row("the same in bare commands", &format!("{:.0}", whole.as_secs_f64() / bare.as_secs_f64()));
}
