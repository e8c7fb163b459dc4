//! Where the fuzzer begins: what a virtual card really says and hears, written as the targets read it.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use card::error::CardError;
use card::issuer::Issuer as _;
use card::issuer::training::TrainingIssuer;
use card::link::CardLink;
use card::pins::{Consent, PinValue};
use card::read;
use card::readers::{Board, Reader, Sight, SimulatedReader};
use card::trust::Trust;
use card::update::{UpdateOrder, carry_out};
use card::virtual_card::VirtualCard;
use fuzz::{Pieces, now, person, plan};
use rules::kinds::CertificateKind;

type Log = Arc<Mutex<(Vec<u8>, Vec<u8>)>>;

/// Keeps what was sent and what was answered.
struct Listening(SimulatedReader, Log);

struct Line(Box<dyn CardLink>, Log);

impl CardLink for Line {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        let answer = self.0.transmit(command)?;
        let mut log = self.1.lock().expect("one thread");
        Pieces::write(&mut log.0, command);
        Pieces::write(&mut log.1, &answer);
        Ok(answer)
    }
}

impl Reader for Listening {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn sight(&self) -> Sight {
        self.0.sight()
    }

    fn connect(&self) -> Result<Box<dyn CardLink>, CardError> {
        Ok(Box::new(Line(self.0.connect()?, Arc::clone(&self.1))))
    }

    fn changes(&self) -> Arc<Board> {
        self.0.changes()
    }
}

fn main() -> std::io::Result<()> {
    let root = std::env::args().nth(1).expect("the corpus' directory");
    let save = |target: &str, name: &str, bytes: &[u8]| -> std::io::Result<()> {
        let folder = Path::new(&root).join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), bytes)
    };
    let folder = tempfile::tempdir()?;
    let card = VirtualCard::create(&folder.path().join("card.json"), &person(), now()).expect("a card");
    let reader = Listening(SimulatedReader::new("seeds"), Log::default());
    reader.0.lay(card);
    let heard = || std::mem::take(&mut *reader.1.lock().expect("one thread"));
    let link = || reader.connect().expect("a card lies there");
    let pin = |value: &str| PinValue::new(value.to_owned());
    let keep = |what: u8, name: &str| -> std::io::Result<()> {
        let (commands, answers) = heard();
        save("virtual_card", name, &commands)?;
        save("issuer_commands", name, &commands)?;
        save("issuer_answers", name, &answers)?;
        save("card_answers", name, &[&[what], &answers[..]].concat())
    };
    let reading = read::read_public(&mut *link()).expect("a reading");
    keep(0, "public")?;
    read::read_brief(&mut *link()).expect("a reading");
    keep(1, "brief")?;
    let signature = read::read_signature_certificate(&mut *link(), &pin("TRAIN123"), Consent::NotAsked);
    keep(2, "signature")?;
    read::read_attributes(&mut *link(), &pin("3333"), Consent::NotAsked).expect("the attributes");
    keep(3, "attributes")?;
    let authentication = reading.authentication.expect("a certificate").der;
    for (number, der) in [authentication, signature.expect("a certificate").der].iter().enumerate() {
        let what = if number == 0 { 1 } else { 0 };
        save("certificates", &format!("certificate-{number}"), &[&[what], &der[..]].concat())?;
    }
    let issuer = TrainingIssuer::default();
    let (entered, holder, plan) = (fuzz::pins(), person().holder, plan(person().identity(), true));
    let order = UpdateOrder {
        plan: &plan,
        pins: &entered,
        new_pins: &entered,
        holder: &holder,
        trust: Trust::Training,
        at: now(),
        entropy: [7; 32],
    };
    if let Err(error) = carry_out(&reader, &issuer, &order, &mut Vec::new(), &mut |_| {}) {
        eprintln!("the renewal stopped: {error}");
    }
    keep(9, "renewal")?;
    let list = issuer.revocation_list(CertificateKind::Authentication, now()).expect("a list");
    save("certificates", "list", &[&[5], &list.unwrap_or_default()[..]].concat())?;
    for (target, name, bytes) in fuzz::written::seeds() {
        save(target, &name, &bytes)?;
    }
    save("channel", "hello", &[3; 29])?;
    save("channel", "command", &[0x84, 0xD6, 0, 0, 3, 1, 2, 3, 0])
}
