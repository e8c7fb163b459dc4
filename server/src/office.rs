//! The open office: everything a request needs, in one value.

use crate::audit::checkpoint::OfficeId;
use crate::audit::key::{self, SigningKey};
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::{Error, Refusal, Result};
use crate::paper::preview::Drafts;
use crate::paper::printing::Printing;
use crate::rng::Rng;
use crate::staff::kept::Kept;
use crate::staff::policy::{self, Policy};
use crate::staff::second_factor::Enrolments;
use crate::stations::Stations;
use crate::store::{self, Store};
use chrono::{DateTime, NaiveDate};
use forms::{FontPaths, Fonts, OfficeText};
use rules::calendar::Calendar;
use rules::settings::OfficeSettings;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

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
    first_day: NaiveDate,
    id: OfficeId,
    signing_key: SigningKey,
    data: DataDir,
    rulebook: RwLock<Arc<Rulebook>>,
    text: RwLock<Arc<OfficeText>>,
    stations: Stations,
    fonts: OnceLock<Arc<Fonts>>,
    drafts: Drafts,
    printing: Printing,
    policy: RwLock<Arc<Policy>>,
    kept: Kept,
    enrolments: Enrolments,
    checking_trail: Arc<AtomicBool>,
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
/// The key under which the office's name and address are stored.
pub const TEXT_KEY: &str = "office";
const MODE_KEY: &str = "mode";
/// The key under which the office's id is stored.
pub const ID_KEY: &str = "office_id";

impl Office {
    /// Opens the office in `data`. `mode` is what the caller wants; `None` takes whatever the database says, or a live
    /// office when it is new.
    ///
    /// # Errors
    /// A refusal when the database can't be opened or belongs to the other mode.
    pub async fn open(data: DataDir, mode: Option<Mode>, clock: Clock) -> Result<Self> {
        let store = Store::open(&data.database()).await?;
        let (mode, first_day) = settle_mode(&store, mode, &clock).await?;
        let id = settle_id(&store, &clock).await?;
        let signing_key = key::settle(&store, &data.audit_key(), &id, Rng, &clock.stamp()).await?;
        let rulebook = Rulebook::new(load_rules(&store).await?);
        let text = load_text(&store, mode).await?;
        let policy = policy::load(&store, mode).await?;
        let stations = Stations::new(mode);
        let office = Self {
            inner: Arc::new(Inner {
                store,
                clock,
                mode,
                first_day,
                id,
                signing_key,
                data,
                rulebook: RwLock::new(Arc::new(rulebook)),
                text: RwLock::new(Arc::new(text)),
                stations,
                fonts: OnceLock::new(),
                drafts: Drafts::default(),
                printing: Printing::default(),
                policy: RwLock::new(Arc::new(policy)),
                kept: Kept::default(),
                enrolments: Enrolments::default(),
                checking_trail: Arc::default(),
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
    #[allow(clippy::unused_self)] // asked of the office, so that another source can stand behind it
    pub fn rng(&self) -> Rng {
        Rng
    }

    /// Live or training.
    pub fn mode(&self) -> Mode {
        self.inner.mode
    }

    /// The day the office was made. A training office's sample cards are as of that day, like its residents.
    pub fn first_day(&self) -> NaiveDate {
        self.inner.first_day
    }

    /// Which office it is, as its checkpoints name it.
    pub fn id(&self) -> &OfficeId {
        &self.inner.id
    }

    /// The key that signs checkpoints of the trail.
    pub fn signing_key(&self) -> &SigningKey {
        &self.inner.signing_key
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
        read(&self.inner.rulebook)
    }

    /// Puts changed settings in force; the caller has stored them.
    pub fn put_in_force(&self, settings: OfficeSettings) {
        write(&self.inner.rulebook, Rulebook::new(settings));
    }

    /// The office as it stands on paper and at the top of each page.
    pub fn text(&self) -> Arc<OfficeText> {
        read(&self.inner.text)
    }

    /// Puts a changed office text in force; the caller has stored it.
    pub fn rename(&self, text: OfficeText) {
        write(&self.inner.text, text);
    }

    /// The ward and department, as the header names them.
    pub fn title(&self) -> String {
        let text = self.text();
        format!("{} {}", text.ward, text.department).trim().to_owned()
    }

    /// Words of papers that somebody is looking at and that are not in force.
    pub fn drafts(&self) -> &Drafts {
        &self.inner.drafts
    }

    /// What is being printed in the background.
    pub fn printing(&self) -> &Printing {
        &self.inner.printing
    }

    /// What the office decided about signing in.
    pub fn policy(&self) -> Arc<Policy> {
        read(&self.inner.policy)
    }

    /// Puts a changed decision about signing in in force; the caller has stored it.
    pub fn put_policy_in_force(&self, policy: Policy) {
        write(&self.inner.policy, policy);
    }

    /// Forms that wait until their sender has proved to be there.
    pub fn kept(&self) -> &Kept {
        &self.inner.kept
    }

    /// Second factors that are being set up.
    pub fn enrolments(&self) -> &Enrolments {
        &self.inner.enrolments
    }

    /// True while the whole trail is being checked.
    pub fn checking_trail(&self) -> bool {
        self.inner.checking_trail.load(Ordering::Relaxed)
    }

    /// Begins a check of the whole trail, which ends when the value is dropped; `None` while another is under way.
    pub fn begin_checking_trail(&self) -> Option<Checking> {
        let flag = &self.inner.checking_trail;
        flag.compare_exchange(false, true, Ordering::AcqRel, Ordering::Acquire).ok()?;
        Some(Checking { flag: Arc::clone(flag) })
    }

    /// The fonts for paper, loaded when first needed.
    ///
    /// # Errors
    /// A refusal when a font isn't installed.
    pub async fn fonts(&self) -> Result<Arc<Fonts>> {
        if let Some(fonts) = self.inner.fonts.get() {
            return Ok(Arc::clone(fonts));
        }
        let loaded = tokio::task::spawn_blocking(|| Fonts::load(&FontPaths::default())).await?;
        let fonts = Arc::new(loaded.map_err(|error| {
            Refusal::setup(error.to_string(), "make setup で書体を入れてから、もう一度お試しください。")
        })?);
        Ok(Arc::clone(self.inner.fonts.get_or_init(|| fonts)))
    }
}

/// A check of the trail that is under way.
pub struct Checking {
    flag: Arc<AtomicBool>,
}

impl Drop for Checking {
    fn drop(&mut self) {
        self.flag.store(false, Ordering::Release);
    }
}

/// The office's mode, and the day it was settled.
async fn settle_mode(store: &Store, wanted: Option<Mode>, clock: &Clock) -> Result<(Mode, NaiveDate)> {
    let row = store::settings::all(store.read()).await?.into_iter().find(|row| row.key == MODE_KEY);
    let first_day = row
        .as_ref()
        .and_then(|row| DateTime::parse_from_rfc3339(&row.changed_at).ok())
        .map_or_else(|| clock.today(), |at| at.date_naive());
    let stored = row.map(|row| if row.value == Mode::Training.code() { Mode::Training } else { Mode::Live });
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
        (Some(mode), _) => Ok((mode, first_day)),
        (None, wanted) => {
            let mode = wanted.unwrap_or(Mode::Live);
            let mut tx = store.write().await?;
            store::settings::set(&mut tx, MODE_KEY, mode.code(), None, &clock.stamp()).await?;
            let sentence = if mode.is_training() {
                "訓練用の窓口を作りました。"
            } else {
                "窓口を作りました。"
            };
            let entry =
                crate::audit::Entry::done(crate::audit::Kind::OfficeMade, crate::audit::SYSTEM, sentence);
            crate::audit::record(&mut tx, &clock.stamp(), entry).await?;
            tx.commit().await?;
            Ok((mode, first_day))
        }
    }
}

/// The office's id, made once and kept for ever: checkpoints of another office must not pass for this one's.
async fn settle_id(store: &Store, clock: &Clock) -> Result<OfficeId> {
    if let Some(id) = stored_id(store).await? {
        return Ok(id);
    }
    // Two programs may open a new office at once: the one that writes second takes the first one's id.
    let mut tx = store.write().await?;
    if let Some(id) = stored_id(store).await? {
        return Ok(id);
    }
    let id = OfficeId::new(Rng);
    store::settings::set(&mut tx, ID_KEY, &serde_json::to_string(&id.to_string())?, None, &clock.stamp())
        .await?;
    tx.commit().await?;
    Ok(id)
}

async fn stored_id(store: &Store) -> Result<Option<OfficeId>> {
    let Some(json) = store::settings::get(store.read(), ID_KEY).await? else { return Ok(None) };
    let text: String = serde_json::from_str(&json)?;
    OfficeId::parse(&text).map(Some).ok_or_else(|| Error::internal("settings.office_id holds no id"))
}

fn read<T>(lock: &RwLock<Arc<T>>) -> Arc<T> {
    Arc::clone(&lock.read().unwrap_or_else(PoisonError::into_inner))
}

fn write<T>(lock: &RwLock<Arc<T>>, value: T) {
    *lock.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(value);
}

async fn load_text(store: &Store, mode: Mode) -> Result<OfficeText> {
    match store::settings::get(store.read(), TEXT_KEY).await? {
        Some(json) => Ok(serde_json::from_str(&json)?),
        None => Ok(default_text(mode)),
    }
}

/// What stands on paper before the office has said who it is: made up in training, blanks to fill in otherwise.
pub fn default_text(mode: Mode) -> OfficeText {
    let text = |live: &str, training: &str| if mode.is_training() { training } else { live }.to_owned();
    OfficeText {
        ward: text("〇〇市", "訓練市みほん区"),
        department: text("戸籍住民課", "区民課 マイナンバーカード係"),
        mayor: text("〇〇市長", "訓練市みほん区長"),
        postal_code: text("", "0000001"),
        address: text("", "訓練市みほん区本町一丁目1番1号"),
        place: text("〇〇市役所", "みほん区役所 1階 マイナンバーカード窓口"),
        hours: "月曜日から金曜日 午前8時30分から午後5時15分まで".to_owned(),
        closed: "土曜日・日曜日・祝日・年末年始".to_owned(),
        phone: text("", "000-0000-0000(訓練)"),
        website: String::new(),
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
