//! Counters: a reader, a PIN pad and a clerk's browser each. Nothing outside this room knows where a station runs.

mod local;
pub mod message;
pub(crate) mod pairing;
mod station;
pub mod training;

pub use message::{
    CardView, NewPinStatus, PadPhase, PadPin, PadView, PinRequest, PinStatus, PinsEnd, Reading, Trouble, View,
};
pub use station::{EnteredPins, ExamineJob, Reply, Station, UpdateDone, UpdateJob, UpdateWay};

use crate::error::{Error, Refusal, Result};
use crate::office::{Mode, Office};
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store;
use crate::store::stations::StationRow;
use app::frame::ReaderChip;
use card::error::CardError;
use card::issuer::Issuer;
use card::issuer::training::TrainingIssuer;
use card::read::CardReading;
use card::readers::pcsc::PcscWatcher;
use card::readers::simulated::SimulatedReader;
use card::readers::{ReaderInfo, Sight};
use card::trust::Trust;
use local::{LocalReader, LocalStation};
use rules::kinds::CertificateKind;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::watch;

/// All stations of an office.
pub struct Stations {
    mode: Mode,
    open: Mutex<BTreeMap<i64, Opened>>,
    /// One watcher for all PC/SC readers of this machine, begun when the first is asked for.
    pcsc: OnceLock<Option<PcscWatcher>>,
    /// Numbers to be typed at a PIN pad, shown to a clerk a moment ago.
    pub(crate) pairing: pairing::Codes,
    /// The training issuer, once somebody asked for it.
    issuer: Mutex<Option<Arc<dyn Issuer>>>,
    /// Becomes true when the office closes.
    closing: watch::Sender<bool>,
}

struct Opened {
    row: StationRow,
    station: Arc<dyn Station>,
}

impl Stations {
    /// No station is open yet.
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            open: Mutex::default(),
            pcsc: OnceLock::new(),
            pairing: pairing::Codes::default(),
            issuer: Mutex::default(),
            closing: watch::channel(false).0,
        }
    }

    /// Opens every station of the office, so that readers are watched before anybody asks.
    ///
    /// # Errors
    /// When the database refuses or the system gives no thread.
    pub async fn start(&self, office: &Office) -> Result<()> {
        for row in store::stations::all(office.store().read()).await? {
            self.opened(&row)?;
        }
        Ok(())
    }

    /// Closes all stations: PINs that are held are wiped, and pages that listen are let go.
    pub fn stop(&self) {
        self.closing.send_replace(true);
        self.lock().clear();
    }

    /// Becomes true when the office closes: whoever answers for long must end then.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// What lies on the reader of a station.
    pub fn sight(&self, station_id: i64) -> Sight {
        self.get(station_id).map_or(Sight::NoReader, |station| station.view().sight)
    }

    /// What the card that lies on the reader of a station says of itself.
    pub fn last_reading(&self, station_id: i64) -> Option<Arc<Reading>> {
        self.get(station_id)?.view().reading().cloned()
    }

    /// Each change at a station.
    pub fn watch(&self, station_id: i64) -> Option<watch::Receiver<View>> {
        Some(self.get(station_id)?.watch())
    }

    /// The readers that this machine's reader service knows.
    ///
    /// # Errors
    /// When the service doesn't answer.
    pub fn pcsc_readers() -> Result<Vec<ReaderInfo>, CardError> {
        card::readers::pcsc::list_pcsc()
    }

    fn get(&self, station_id: i64) -> Option<Arc<dyn Station>> {
        self.lock().get(&station_id).map(|opened| Arc::clone(&opened.station))
    }

    /// The station of a row; one that was given another reader meanwhile is opened anew.
    fn opened(&self, row: &StationRow) -> Result<Arc<dyn Station>> {
        let mut open = self.lock();
        if let Some(opened) = open.get(&row.id)
            && opened.row.reader_kind == row.reader_kind
            && opened.row.reader_name == row.reader_name
        {
            return Ok(Arc::clone(&opened.station));
        }
        let station: Arc<dyn Station> =
            Arc::new(LocalStation::open(&row.name, self.reader(row), self.trust())?);
        open.insert(row.id, Opened { row: row.clone(), station: Arc::clone(&station) });
        Ok(station)
    }

    fn reader(&self, row: &StationRow) -> LocalReader {
        match (row.reader_kind.as_str(), &row.reader_name) {
            // A live office has no simulated reader, whatever its database says.
            ("simulated", _) if self.mode.is_training() => {
                LocalReader::Simulated(Arc::new(SimulatedReader::new("練習用リーダ")))
            }
            ("pcsc", Some(name)) => match self.watcher() {
                Some(watcher) => LocalReader::Pcsc(Arc::new(watcher.reader(name))),
                None => LocalReader::None,
            },
            _ => LocalReader::None,
        }
    }

    fn watcher(&self) -> Option<&PcscWatcher> {
        let started = || {
            PcscWatcher::start()
                .inspect_err(|error| tracing::error!(%error, "card reader watcher did not start"))
                .ok()
        };
        self.pcsc.get_or_init(started).as_ref()
    }

    fn trust(&self) -> Trust {
        if self.mode.is_training() { Trust::Training } else { Trust::Live }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<i64, Opened>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The station with this number, opened if it isn't yet.
///
/// # Errors
/// A refusal when there is no such station.
pub async fn at(office: &Office, station_id: i64) -> Result<Arc<dyn Station>> {
    let row = row(office, station_id).await?;
    office.stations().opened(&row)
}

/// The issuer whose commands the stations of this office pass on; nothing in an office that has none.
///
/// # Errors
/// A refusal when the training issuer's register can't be read.
pub fn issuer(office: &Office) -> Result<Option<Arc<dyn Issuer>>> {
    if !office.mode().is_training() {
        return Ok(None);
    }
    let mut issuer = office.stations().issuer.lock().unwrap_or_else(PoisonError::into_inner);
    if issuer.is_none() {
        let opened = TrainingIssuer::open_register(&office.data().training_issuer());
        let opened = opened.map_err(|error| {
            Refusal::setup(error.to_string(), "ファイルの持ち主と空き容量を確かめてください。")
        })?;
        *issuer = Some(Arc::new(opened));
    }
    Ok(issuer.clone())
}

/// The row of a station.
///
/// # Errors
/// A refusal when there is no such station.
pub async fn row(office: &Office, station_id: i64) -> Result<StationRow> {
    let row = store::stations::find(office.store().read(), station_id).await?;
    row.ok_or_else(|| Refusal::not_found("その窓口端末はありません。").into())
}

/// An answer of a station.
///
/// # Errors
/// A refusal when the station is gone.
pub async fn answer<T>(reply: Reply<T>) -> Result<T> {
    reply.await.map_err(|_| {
        Error::from(Refusal::conflict("窓口端末が応答しません。", "少し待って、もう一度お試しください。"))
    })
}

/// The number of the person whose card this is: by the authentication certificate's serial, else by the card's number.
///
/// # Errors
/// When the database refuses.
pub async fn resident_of(office: &Office, reading: &CardReading) -> Result<Option<String>> {
    let read = office.store().read();
    let mut card = None;
    if let Some(found) = &reading.authentication {
        let known =
            store::certificates::with_serial(read, CertificateKind::Authentication, &found.serial).await?;
        if let Some(known) = known {
            card = store::cards::find(read, &known.card_number).await?;
        }
    }
    if card.is_none() {
        card = store::cards::find(read, &reading.card.card_number).await?;
    }
    Ok(card.map(|card| card.resident_number))
}

/// What the chip in the frame says of a station's reader.
///
/// # Errors
/// When the database refuses.
pub async fn chip(office: &Office, visitor: &Visitor, row: &StationRow) -> Result<ReaderChip> {
    let view = office.stations().opened(row)?.view();
    chip_of(office, visitor.may(Act::SeeSuppressed), &view).await
}

/// What the chip in the frame says of what a station shows.
///
/// # Errors
/// When the database refuses.
pub async fn chip_of(office: &Office, may_see_suppressed: bool, view: &View) -> Result<ReaderChip> {
    let stranger = |words: &str| Ok(ReaderChip::Stranger { words: words.to_owned() });
    match (&view.sight, &view.card) {
        (Sight::NoService, _) => Ok(ReaderChip::Unreachable),
        (Sight::NoReader, _) => Ok(ReaderChip::NoReader),
        (Sight::Empty, _) => Ok(ReaderChip::Empty),
        (Sight::HeldByAnother { .. }, _) => stranger("ほかのプログラムが使用中"),
        (Sight::Mute { .. }, _) | (_, CardView::Unreadable(_)) => stranger("読み取れないカード"),
        (_, CardView::None | CardView::Reading) => stranger("カードを読み取っています"),
        (_, CardView::Read(reading)) => {
            if reading.doubt.is_some() {
                return stranger("使えないカード");
            }
            let Some(number) = resident_of(office, &reading.card).await? else {
                return stranger("登録のないカード");
            };
            let resident = store::residents::find(office.store().read(), &number).await?;
            match resident {
                None => stranger("登録のないカード"),
                Some(resident) if resident.suppressed && !may_see_suppressed => {
                    stranger("責任者の確認が必要なカード")
                }
                Some(resident) => Ok(ReaderChip::Person { name: resident.name, number }),
            }
        }
    }
}
