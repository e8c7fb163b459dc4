//! The card at the real reader: a read and a whole renewal, next to the bare commands through the same reader.

use crate::figures::{median_and_p99, ms, ratio, row};
use card::error::CardError;
use card::issuer::training::TrainingIssuer;
use card::issuer::{Issuer, IssuerError, Order, Revocation, Revoked, Session, Step};
use card::link::CardLink;
use card::pins::PinValue;
use card::readers::{Board, Reader, Sight, pcsc};
use card::trust::Trust;
use card::update::{PlannedCertificate, UpdateOrder, UpdatePins, UpdatePlan, carry_out};
use card::virtual_card::{
    CardPerson, TRAINING_AUTHENTICATION_PIN, TRAINING_RESIDENT_REGISTER_PIN, TRAINING_SIGNATURE_PIN, profiles,
};
use chrono::{DateTime, FixedOffset};
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::Office;
use office_tests::reader_service::{READER, ReaderService, VirtualCard, wait_for};
use rules::kinds::CertificateKind;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The argument with which the bench calls itself inside the namespace.
pub const INSIDE: &str = "card";

/// Readings that the median is taken of.
const READINGS: usize = 50;

/// Renewals that the median one is shown of.
const RENEWALS: u8 = 5;

/// Prints the card's measures. Runs inside the namespace.
pub fn measure() {
    let _service = ReaderService::start();
    let watcher = card::readers::pcsc::PcscWatcher::start().expect("a watching thread");
    let reader = watcher.reader(READER);
    let card = VirtualCard::put_on("renewable", None);
    wait_for("the card", || reader.sight().generation().is_some());
    let bare = bare_commands();
    row("one bare command through the reader (SELECT)", &format!("median {}", ms(bare)));
    beside_bare_commands(&reader);
    beside_opensc();
    drop(card);
    wait_for("the reader to be empty", || reader.sight().generation().is_none());
    drop(reader);
    drop(watcher);
    tokio::runtime::Runtime::new().expect("a runtime").block_on(through_the_office());
}

/// A reading and a renewal, each with its bare commands in the same run: what the reader and the card took of it.
fn beside_bare_commands(reader: &dyn Reader) {
    let readings = (0..READINGS).map(|_| {
        let timed = Timed::new(reader);
        let begun = Instant::now();
        card::read::read_public(&mut *timed.connect().expect("the card")).expect("a reading");
        (begun.elapsed(), timed.spent())
    });
    let (whole, spent): (Vec<_>, Vec<_>) = readings.unzip();
    let commands = spent.first().map_or(0, |spent| spent.commands);
    let (whole, p99) = median_and_p99(whole);
    let (inside, _) = median_and_p99(spent.iter().map(|spent| spent.inside).collect());
    let (connected, _) = median_and_p99(spent.iter().map(|spent| spent.inside + spent.connecting).collect());
    let figure = format!(
        "median {}, p99 {}; {commands} commands take {} of it, with connecting {}; ratio {}",
        ms(whole),
        ms(p99),
        ms(inside),
        ms(connected),
        ratio(whole, connected)
    );
    row("a whole reading without a PIN", &figure);
    renewals(reader);
}

/// Renewals of both certificates, one after the other: the commands, the issuer's own work, and what is left for ours.
fn renewals(reader: &dyn Reader) {
    let today = office_tests::office::today();
    let person = profiles::find("renewable", today).expect("the profile").person;
    let (mut plan, pins, none) = (plan_for(&person), right_pins(), UpdatePins::default());
    let at = server::clock::Clock::starting(today).now();
    let mut runs = Vec::new();
    for number in 0..RENEWALS {
        let timed = Timed::new(reader);
        let issuer = TimedIssuer { issuer: TrainingIssuer::default(), spent: Arc::default() };
        let order = UpdateOrder {
            plan: &plan,
            pins: &pins,
            new_pins: &none,
            holder: &person.holder,
            trust: Trust::Training,
            at,
            entropy: [number; 32],
        };
        let begun = Instant::now();
        let done = carry_out(&timed, &issuer, &order, &mut Vec::new(), &mut |_| {});
        let whole = begun.elapsed();
        let outcome = done.expect("a renewal");
        let issuing = *issuer.spent.lock().expect("one thread");
        runs.push((whole, timed.spent(), issuing, outcome.commands));
        for planned in &mut plan.certificates {
            let new = outcome.certificate(planned.kind).expect("the new certificate");
            planned.old_serial = Some(new.reading.serial.clone());
            if planned.kind == CertificateKind::Authentication {
                plan.authentication_serial.clone_from(&planned.old_serial);
            }
        }
    }
    runs.sort_by_key(|(whole, spent, ..)| whole.saturating_sub(spent.inside));
    let (whole, spent, issuing, theirs) = runs[runs.len() / 2];
    let commands = spent.inside + spent.connecting;
    let figure = format!(
        "{}; {} commands ({theirs} the issuer's) take {} of it and the issuer {}; ratio of the rest {}",
        ms(whole),
        spent.commands,
        ms(commands),
        ms(issuing),
        ratio(whole, commands + issuing)
    );
    row("a whole renewal of both certificates, proofs included (the median one of five)", &figure);
}

/// How many commands OpenSC sends to say the same as one reading of ours: tries, certificate, both authorities.
fn beside_opensc() {
    let link = card::readers::pcsc::connect(READER).expect("the card");
    let mut counted = Counted { link, spent: Arc::default() };
    card::read::read_public(&mut counted).expect("a reading");
    let ours = counted.spent.lock().expect("one thread").commands;
    drop(counted);
    let output = Command::new("pkcs15-tool").arg("--dump").env("OPENSC_DEBUG", "3").output();
    let output = output.expect("opensc is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    let theirs = said.matches("Outgoing APDU").count();
    let detection = said.split("Outgoing APDU").take_while(|part| !part.contains("D3 92 F0 00 26")).count();
    let figure =
        format!("ours {ours}, OpenSC {theirs} (about {detection} of them to find out what card it is)");
    row("commands for tries, certificate and both authorities", &figure);
}

/// The training issuer with a clock around each step.
struct TimedIssuer {
    issuer: TrainingIssuer,
    spent: Arc<Mutex<Duration>>,
}

struct TimedSession {
    session: Box<dyn Session>,
    spent: Arc<Mutex<Duration>>,
}

impl Session for TimedSession {
    fn id(&self) -> &str {
        self.session.id()
    }

    fn next(&mut self, counter: u32, answer: Option<&[u8]>) -> Result<Step, IssuerError> {
        let begun = Instant::now();
        let step = self.session.next(counter, answer);
        *self.spent.lock().expect("one thread") += begun.elapsed();
        step
    }
}

impl Issuer for TimedIssuer {
    fn open(&self, order: Order) -> Result<Box<dyn Session>, IssuerError> {
        let (session, spent) = (self.issuer.open(order)?, Arc::clone(&self.spent));
        Ok(Box::new(TimedSession { session, spent }))
    }

    fn rejoin(&self, session: &str) -> Result<Box<dyn Session>, IssuerError> {
        self.issuer.rejoin(session)
    }

    fn revoke(&self, revocation: &Revocation) -> Result<Revoked, IssuerError> {
        self.issuer.revoke(revocation)
    }

    fn revocation_list(
        &self,
        kind: CertificateKind,
        at: DateTime<FixedOffset>,
    ) -> Result<Option<Vec<u8>>, IssuerError> {
        self.issuer.revocation_list(kind, at)
    }
}

/// What the commands took.
#[derive(Clone, Copy, Default)]
struct Spent {
    commands: usize,
    inside: Duration,
    connecting: Duration,
}

/// A reader that looks at the clock around each command.
struct Timed<'a> {
    reader: &'a dyn Reader,
    spent: Arc<Mutex<Spent>>,
}

impl<'a> Timed<'a> {
    fn new(reader: &'a dyn Reader) -> Self {
        Self { reader, spent: Arc::default() }
    }

    fn spent(&self) -> Spent {
        *self.spent.lock().expect("one thread")
    }
}

impl Reader for Timed<'_> {
    fn name(&self) -> &str {
        self.reader.name()
    }

    fn sight(&self) -> Sight {
        self.reader.sight()
    }

    fn connect(&self) -> Result<Box<dyn CardLink>, CardError> {
        let begun = Instant::now();
        let link = self.reader.connect()?;
        self.spent.lock().expect("one thread").connecting += begun.elapsed();
        Ok(Box::new(Counted { link, spent: Arc::clone(&self.spent) }))
    }

    fn changes(&self) -> Arc<Board> {
        self.reader.changes()
    }
}

struct Counted {
    link: Box<dyn CardLink>,
    spent: Arc<Mutex<Spent>>,
}

impl CardLink for Counted {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        let begun = Instant::now();
        let answer = self.link.transmit(command);
        let mut spent = self.spent.lock().expect("one thread");
        spent.inside += begun.elapsed();
        spent.commands += 1;
        answer
    }
}

fn plan_for(person: &CardPerson) -> UpdatePlan {
    let serial = |kind| person.certificate(kind).map(|certificate| certificate.serial.clone());
    let certificates = CertificateKind::ALL.iter().map(|kind| PlannedCertificate {
        kind: *kind,
        old_serial: serial(*kind),
        expires: person.card_expires,
    });
    UpdatePlan {
        certificates: certificates.collect(),
        ..UpdatePlan::for_card(person.identity(), serial(CertificateKind::Authentication))
    }
}

fn right_pins() -> UpdatePins {
    let pin = |value: &str| Some(PinValue::new(value.to_owned()));
    UpdatePins {
        signature: pin(TRAINING_SIGNATURE_PIN),
        authentication: pin(TRAINING_AUTHENTICATION_PIN),
        resident_register: pin(TRAINING_RESIDENT_REGISTER_PIN),
        ..UpdatePins::default()
    }
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

/// From the card's insertion to the clerk's screen, and a whole renewal from the button to the proof.
async fn through_the_office() {
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
}
