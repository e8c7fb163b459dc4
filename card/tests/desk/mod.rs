//! A counter for tests: a made-up person's virtual card, a simulated reader, and a link that tears.
#![allow(dead_code, reason = "each test file uses its part of the counter")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use card::error::CardError;
use card::issuer::training::TrainingIssuer;
use card::issuer::{Holder, Issuer, IssuerError, Order, Revocation, Revoked, Session};
use card::link::CardLink;
use card::pins::{Consent, PinValue};
use card::readers::{Board, Reader, Sight, SimulatedReader};
use card::trust::Trust;
use card::update::{PlannedCertificate, UpdateOrder, UpdatePins, UpdatePlan};
use card::virtual_card::{
    CardCertificate, CardPerson, CardPins, Defect, PreparedKeys, Switches, TRAINING_AUTHENTICATION_PIN,
    TRAINING_CARD_ENTRY_PIN, TRAINING_RESIDENT_REGISTER_PIN, TRAINING_SIGNATURE_PIN, TokenLabel, VirtualCard,
};
use chrono::{DateTime, FixedOffset, NaiveDate};
use rules::kinds::{CertificateKind, PinKind, Sex};

pub const OLD_SIGNATURE: &str = "51A0";
pub const OLD_AUTHENTICATION: &str = "52A0";

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T10:00:00+09:00").unwrap()
}

pub fn person() -> CardPerson {
    let certificate = |kind, serial: &str| CardCertificate {
        kind,
        serial: serial.to_owned(),
        issued: day("2021-12-01"),
        expires: day("2027-01-10"),
    };
    CardPerson {
        card_number: "999900000000017".into(),
        municipality: "13999".into(),
        card_expires: day("2032-01-10"),
        holder: Holder {
            name: "訓練　花子".into(),
            address: "東京都訓練区窓口一丁目１番１号".into(),
            birth: day("1991-01-10"),
            sex: Sex::Female,
        },
        face_only: false,
        token: TokenLabel::Card,
        pins: CardPins::training(),
        tries_left: Vec::new(),
        certificates: vec![
            certificate(CertificateKind::Signature, OLD_SIGNATURE),
            certificate(CertificateKind::Authentication, OLD_AUTHENTICATION),
        ],
        defect: Defect::None,
        switches: Switches::default(),
    }
}

pub fn plan(person: &CardPerson) -> UpdatePlan {
    UpdatePlan {
        certificates: CertificateKind::ALL
            .iter()
            .map(|kind| PlannedCertificate {
                kind: *kind,
                old_serial: person.certificate(*kind).map(|certificate| certificate.serial.clone()),
                expires: day("2032-01-10"),
            })
            .collect(),
        ..empty_plan(person)
    }
}

/// A plan for the person's card that does nothing yet.
pub fn empty_plan(person: &CardPerson) -> UpdatePlan {
    let certificate = person.certificate(CertificateKind::Authentication);
    UpdatePlan {
        face_only: person.face_only,
        ..UpdatePlan::for_card(person.identity(), certificate.map(|certificate| certificate.serial.clone()))
    }
}

pub fn pin(value: &str) -> PinValue {
    PinValue::new(value.to_owned())
}

/// The three PINs of a renewal, the signature PIN in small letters as people type it.
pub fn pins() -> UpdatePins {
    UpdatePins {
        signature: Some(pin(&TRAINING_SIGNATURE_PIN.to_lowercase())),
        authentication: Some(pin(TRAINING_AUTHENTICATION_PIN)),
        resident_register: Some(pin(TRAINING_RESIDENT_REGISTER_PIN)),
        card_entry: None,
        consent: Consent::NotAsked,
    }
}

pub fn right_pin(kind: PinKind) -> PinValue {
    pin(match kind {
        PinKind::Signature => TRAINING_SIGNATURE_PIN,
        PinKind::Authentication => TRAINING_AUTHENTICATION_PIN,
        PinKind::ResidentRegister => TRAINING_RESIDENT_REGISTER_PIN,
        PinKind::CardEntry => TRAINING_CARD_ENTRY_PIN,
    })
}

pub fn wrong_pin(kind: PinKind) -> PinValue {
    pin(if kind == PinKind::Signature { "WRONG999" } else { "9876" })
}

pub fn order<'a>(plan: &'a UpdatePlan, pins: &'a UpdatePins, holder: &'a Holder) -> UpdateOrder<'a> {
    const NONE: &UpdatePins = &UpdatePins {
        signature: None,
        authentication: None,
        resident_register: None,
        card_entry: None,
        consent: Consent::NotAsked,
    };
    // Fresh for each update, as a server's are: serials and challenges come from it.
    static ORDERS: AtomicUsize = AtomicUsize::new(0);
    let mut entropy = [7; 32];
    entropy[..8].copy_from_slice(&ORDERS.fetch_add(1, Ordering::SeqCst).to_be_bytes());
    UpdateOrder { plan, pins, new_pins: NONE, holder, trust: Trust::Training, at: now(), entropy }
}

/// The training issuer with another way of opening sessions.
pub struct Opening<F>(pub TrainingIssuer, pub F);

impl<F> Issuer for Opening<F>
where
    F: Fn(&TrainingIssuer, Order) -> Result<Box<dyn Session>, IssuerError> + Send + Sync,
{
    fn open(&self, order: Order) -> Result<Box<dyn Session>, IssuerError> {
        (self.1)(&self.0, order)
    }

    fn rejoin(&self, session: &str) -> Result<Box<dyn Session>, IssuerError> {
        self.0.rejoin(session)
    }

    fn revoke(&self, revocation: &Revocation) -> Result<Revoked, IssuerError> {
        self.0.revoke(revocation)
    }

    fn revocation_list(
        &self,
        kind: CertificateKind,
        at: DateTime<FixedOffset>,
    ) -> Result<Option<Vec<u8>>, IssuerError> {
        self.0.revocation_list(kind, at)
    }
}

/// A folder with the person's card in a file, made once, from which cards are laid again and again.
pub struct Drawer {
    folder: tempfile::TempDir,
    original: PathBuf,
    copies: AtomicUsize,
    keys: Option<PreparedKeys>,
}

impl Drawer {
    pub fn new(person: &CardPerson) -> Self {
        Self::in_folder(tempfile::tempdir().unwrap(), person)
    }

    /// For cards that are laid thousands of times: their files in memory where there is such a place, their keys from a
    /// stock. That they survive a power cut is shown elsewhere.
    pub fn quick(person: &CardPerson, keys: &PreparedKeys) -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        Self { keys: Some(keys.clone()), ..Self::in_folder(folder, person) }
    }

    fn in_folder(folder: tempfile::TempDir, person: &CardPerson) -> Self {
        let original = folder.path().join("card.json");
        drop(VirtualCard::create(&original, person, now()).unwrap());
        Self { folder, original, copies: AtomicUsize::new(0), keys: None }
    }

    /// A card as it was made, in a file of its own.
    pub fn card(&self) -> VirtualCard {
        let copy = self.folder.path().join(format!("{}.json", self.copies.fetch_add(1, Ordering::SeqCst)));
        std::fs::copy(&self.original, &copy).unwrap();
        let mut card = VirtualCard::open(&copy).unwrap();
        if let Some(keys) = &self.keys {
            card.use_prepared_keys(keys.clone());
        }
        card
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// A reader with a fresh card on it; the card's file lives as long.
pub struct Desk {
    pub drawer: Drawer,
    pub reader: SimulatedReader,
}

impl Desk {
    pub fn with(person: &CardPerson) -> Self {
        let drawer = Drawer::new(person);
        let reader = SimulatedReader::new("試験用リーダー");
        reader.lay(drawer.card());
        Self { drawer, reader }
    }
}

impl Reader for Desk {
    fn name(&self) -> &str {
        self.reader.name()
    }

    fn sight(&self) -> Sight {
        self.reader.sight()
    }

    fn connect(&self) -> Result<Box<dyn CardLink>, CardError> {
        self.reader.connect()
    }

    fn changes(&self) -> Arc<Board> {
        self.reader.changes()
    }
}

/// Where the card is torn away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tear {
    /// Before the card heard the command of this number (from 1).
    Before(usize),
    /// After the card carried it out, before its answer arrived.
    After(usize),
    /// Never; commands are only counted.
    Never,
}

/// A reader from which the card is torn away inside an update.
pub struct TearingReader {
    pub reader: Arc<SimulatedReader>,
    pub tear: Tear,
    pub sent: Arc<AtomicUsize>,
    pub taken: Arc<Mutex<Option<VirtualCard>>>,
}

impl TearingReader {
    pub fn new(card: VirtualCard, tear: Tear) -> Self {
        let reader = Arc::new(SimulatedReader::new("試験用リーダー"));
        reader.lay(card);
        Self { reader, tear, sent: Arc::default(), taken: Arc::default() }
    }

    /// The torn-away card is laid down again.
    pub fn lay_again(&self) {
        if let Some(card) = self.taken.lock().unwrap().take() {
            self.reader.lay(card);
        }
    }
}

impl Reader for TearingReader {
    fn name(&self) -> &str {
        self.reader.name()
    }

    fn sight(&self) -> Sight {
        self.reader.sight()
    }

    fn connect(&self) -> Result<Box<dyn CardLink>, CardError> {
        Ok(Box::new(TearingLink {
            link: self.reader.connect()?,
            reader: Arc::clone(&self.reader),
            tear: self.tear,
            sent: Arc::clone(&self.sent),
            taken: Arc::clone(&self.taken),
        }))
    }

    fn changes(&self) -> Arc<Board> {
        self.reader.changes()
    }
}

struct TearingLink {
    link: Box<dyn CardLink>,
    reader: Arc<SimulatedReader>,
    tear: Tear,
    sent: Arc<AtomicUsize>,
    taken: Arc<Mutex<Option<VirtualCard>>>,
}

impl CardLink for TearingLink {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        let number = self.sent.fetch_add(1, Ordering::SeqCst) + 1;
        if self.tear == Tear::Before(number) {
            *self.taken.lock().unwrap() = self.reader.take_away();
        }
        let answer = self.link.transmit(command);
        if self.tear == Tear::After(number) {
            *self.taken.lock().unwrap() = self.reader.take_away();
            return Err(CardError::CardRemoved);
        }
        answer
    }
}
