//! The open office: everything a request needs, in one value.

use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::{Error, Refusal, Result};
use crate::rng::Rng;
use crate::stations::Stations;
use crate::store::{self, Store};
use forms::fonts::Fonts;
use rules::calendar::Calendar;
use rules::settings::OfficeSettings;
use std::sync::{Arc, OnceLock, RwLock};

/// A live office works with residents and real cards; a training office with made-up ones. They never mix: an office's
/// database says which it is from its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The real thing.
    Live,
    /// Made-up residents, virtual cards, everything marked 訓練.
    Training,
}

impl Mode {
    fn code(self) -> &'static str {
        match self {
            Self::Live => "\"live\"",
            Self::Training => "\"training\"",
        }
    }

    /// True in a training office.
    pub fn is_training(self) -> bool {
        self == Self::Training
    }
}

/// The open office. Cloning it is cheap.
#[derive(Clone)]
pub struct Office {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Clock,
    mode: Mode,
    data: DataDir,
    settings: RwLock<Arc<Rulebook>>,
    stations: Stations,
    fonts: OnceLock<Arc<Fonts>>,
}

/// The rules as this office has set them.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// What the office decided where municipalities differ.
    pub settings: OfficeSettings,
    /// The calendar that follows from it.
    pub calendar: Calendar,
}

impl Rulebook {
    /// The rulebook that follows from settings.
    pub fn new(settings: OfficeSettings) -> Self {
        let calendar = Calendar::new(settings.calendar.clone());
        Self { settings, calendar }
    }
}

/// The key under which the rules' settings are stored.
pub const RULES_KEY: &str = "rules";
const MODE_KEY: &str = "mode";

impl Office {
    /// Opens the office in `data`. `mode` is what the caller wants; `None` takes whatever the database says, or a live
    /// office when it is new.
    ///
    /// # Errors
    /// A refusal when the database can't be opened or belongs to the other mode.
    pub async fn open(data: DataDir, mode: Option<Mode>, clock: Clock) -> Result<Self> {
        let store = Store::open(&data.database()).await?;
        let mode = settle_mode(&store, mode, &clock).await?;
        let rulebook = Rulebook::new(load_rules(&store).await?);
        let stations = Stations::new(mode, data.virtual_cards());
        let office = Self {
            inner: Arc::new(Inner {
                store,
                clock,
                mode,
                data,
                settings: RwLock::new(Arc::new(rulebook)),
                stations,
                fonts: OnceLock::new(),
            }),
        };
        Ok(office)
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// Randomness.
    pub fn rng(&self) -> Rng {
        Rng
    }

    /// Live or training.
    pub fn mode(&self) -> Mode {
        self.inner.mode
    }

    /// The office's directory.
    pub fn data(&self) -> &DataDir {
        &self.inner.data
    }

    /// The counters and their readers.
    pub fn stations(&self) -> &Stations {
        &self.inner.stations
    }

    /// The rules as they are set now.
    pub fn rulebook(&self) -> Arc<Rulebook> {
        Arc::clone(&self.inner.settings.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Puts changed settings in force; the caller has stored them.
    pub fn put_in_force(&self, settings: OfficeSettings) {
        let mut current = self.inner.settings.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *current = Arc::new(Rulebook::new(settings));
    }

    /// The fonts for paper, loaded when first needed.
    ///
    /// # Errors
    /// A refusal when a font isn't installed.
    pub async fn fonts(&self) -> Result<Arc<Fonts>> {
        if let Some(fonts) = self.inner.fonts.get() {
            return Ok(Arc::clone(fonts));
        }
        let loaded = tokio::task::spawn_blocking(|| Fonts::load(&forms::fonts::FontPaths::default())).await?;
        let fonts = Arc::new(loaded.map_err(|error| {
            Refusal::setup(error.to_string(), "make setup で書体を入れてから、もう一度お試しください。")
        })?);
        Ok(Arc::clone(self.inner.fonts.get_or_init(|| fonts)))
    }
}

async fn settle_mode(store: &Store, wanted: Option<Mode>, clock: &Clock) -> Result<Mode> {
    let stored = match store::settings::get(store.read(), MODE_KEY).await?.as_deref() {
        Some("\"training\"") => Some(Mode::Training),
        Some(_) => Some(Mode::Live),
        None => None,
    };
    match (stored, wanted) {
        (Some(Mode::Training), Some(Mode::Live)) => Err(Refusal::setup(
            "この置き場所には訓練用のデータが入っています。",
            "訓練なら --training を付けて、本番なら --data で別の場所を指定してください。",
        )
        .into()),
        (Some(Mode::Live), Some(Mode::Training)) => Err(Refusal::setup(
            "この置き場所には本番のデータが入っています。訓練では開きません。",
            "訓練には --data で別の場所を指定してください。",
        )
        .into()),
        (Some(mode), _) => Ok(mode),
        (None, wanted) => {
            let mode = wanted.unwrap_or(Mode::Live);
            let mut tx = store.write().await?;
            store::settings::set(&mut tx, MODE_KEY, mode.code(), None, &clock.stamp()).await?;
            let sentence = if mode.is_training() { "訓練用の窓口を作りました。" } else { "窓口を作りました。" };
            let entry = crate::audit::Entry::done(crate::audit::Kind::OfficeMade, "system", sentence);
            crate::audit::record(&mut tx, &clock.stamp(), entry).await?;
            tx.commit().await?;
            Ok(mode)
        }
    }
}

async fn load_rules(store: &Store) -> Result<OfficeSettings> {
    match store::settings::get(store.read(), RULES_KEY).await? {
        None => Ok(OfficeSettings::default()),
        Some(json) => serde_json::from_str(&json).map_err(|error| {
            tracing::error!(%error, "stored rule settings");
            Error::from(Refusal::setup(
                "保存されている設定を読めません。",
                "設定を保存した版以上の窓口で開いてください。データは変わっていません。",
            ))
        }),
    }
}
