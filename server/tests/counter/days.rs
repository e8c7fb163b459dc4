//! Days of work, made up at random: their closings against a naive count of the same events.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rules::case_states::{CaseEvent, CaseState, Role, events};
use rules::kinds::{ResidentKind, ResidentStatus, Sex};
use server::clock::Clock;
use server::counter::case::{self, Actor, Facts, Move};
use server::counter::closing::{self, Closed, DayCounts, Typed};
use server::data_dir::DataDir;
use server::office::{Mode, Office};
use server::staff::session::End;
use server::staff::visitor::{Standing, Visitor};
use server::store::day_closings::{self, Asked};
use server::store::residents::Resident;
use server::store::{self, case_events::NewEvent, cases::NewCase};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

const RESIDENT: &str = "1";
const FIRST_DAY: &str = "2026-11-24";

/// Something done at the counter; numbers choose among what is possible.
#[derive(Clone, Debug)]
enum Act {
    Open,
    Step { case: usize, event: usize },
}

/// A day: what is done before it is closed, whether it is closed, and what is done in the evening.
#[derive(Clone, Debug)]
struct Day {
    before: Vec<Act>,
    closed: bool,
    after: Vec<Act>,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        1 => Just(Act::Open),
        4 => (any::<usize>(), any::<usize>()).prop_map(|(case, event)| Act::Step { case, event }),
    ]
}

fn day() -> impl Strategy<Value = Day> {
    let acts = |most| prop::collection::vec(act(), 0..most);
    (acts(14), prop::bool::weighted(0.7), acts(3)).prop_map(|(before, closed, after)| Day {
        before,
        closed,
        after,
    })
}

/// What happened, as a list that knows nothing of the database.
#[derive(Clone, Debug)]
struct Happened {
    day: NaiveDate,
    case: usize,
    event: &'static str,
    from: Option<CaseState>,
    to: CaseState,
}

#[derive(Default)]
struct Diary {
    entries: Vec<Happened>,
    /// How many of them a report has told.
    told: usize,
}

impl Diary {
    /// Where a case stood after so many entries, and the entry that brought it there.
    fn standing(&self, until: usize) -> HashMap<usize, usize> {
        let lasts: HashMap<usize, usize> =
            self.entries[..until].iter().enumerate().map(|(at, entry)| (entry.case, at)).collect();
        lasts.into_iter().filter(|(_, at)| !self.entries[*at].to.is_final()).collect()
    }

    fn cases(&self) -> usize {
        self.entries.iter().filter(|entry| entry.event == "open").count()
    }

    fn state(&self, case: usize) -> CaseState {
        self.entries.iter().rfind(|entry| entry.case == case).unwrap().to
    }
}

struct Ward {
    directory: tempfile::TempDir,
    office: Office,
    visitor: Visitor,
    diary: Diary,
    day: NaiveDate,
}

impl Ward {
    async fn open() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let day = FIRST_DAY.parse().unwrap();
        let office = open(directory.path(), day).await;
        let at = office.clock().stamp();
        let mut tx = office.store().write().await.unwrap();
        let staff_id = store::staff::add(&mut tx, "sato", "佐藤", "supervisor", "x", &at).await.unwrap();
        store::residents::save(&mut tx, &[&resident()], &at).await.unwrap();
        tx.commit().await.unwrap();
        let visitor = Visitor {
            staff_id,
            login: "sato".to_owned(),
            name: "佐藤".to_owned(),
            role: Role::Supervisor,
            station_id: None,
            csrf: String::new(),
            token: String::new(),
            standing: Standing::Working,
            second_factor: false,
            ends: End { at: office.clock().now(), can_be_put_off: true },
            proven_at: at,
            second: None,
        };
        Self { directory, office, visitor, diary: Diary::default(), day }
    }

    async fn sleep(&mut self, days: u64) {
        self.day = self.day + Days::new(days);
        self.office.store().close().await;
        self.office = open(self.directory.path(), self.day).await;
    }

    async fn acts(&mut self, acts: &[Act]) {
        for act in acts {
            match act {
                Act::Open => self.receive().await,
                Act::Step { case, event } => self.step(*case, *event).await,
            }
        }
    }

    async fn receive(&mut self) {
        let at = self.office.clock().stamp();
        let number = format!("R8-{:06}", self.diary.cases() + 1);
        let mut tx = self.office.store().write().await.unwrap();
        let new = NewCase {
            reception_number: &number,
            resident_number: RESIDENT,
            card_number: None,
            procedure: "renewal",
            applicant: "principal",
            state: "received",
            station_id: None,
            opened_by: self.visitor.staff_id,
            opened_at: &at,
            facts: "{}",
        };
        let case_id = store::cases::add(&mut tx, new).await.unwrap();
        let event = NewEvent {
            case_id,
            event: "open",
            from_state: "",
            to_state: "received",
            staff_id: Some(self.visitor.staff_id),
            at: &at,
            sentence: "受け付けました。",
        };
        store::case_events::add(&mut tx, event).await.unwrap();
        tx.commit().await.unwrap();
        let case = self.diary.cases();
        self.note(case, "open", None, CaseState::Received);
    }

    /// Takes a case a step on that the rules allow it.
    async fn step(&mut self, case: usize, event: usize) {
        let many = self.diary.cases();
        if many == 0 {
            return;
        }
        let case = case % many;
        let from = self.diary.state(case);
        let possible: Vec<_> = events(from, Role::Supervisor).collect();
        let Some(transition) = possible.get(event % possible.len().max(1)) else { return };
        let mut tx = self.office.store().write().await.unwrap();
        let at = self.office.clock().stamp();
        let found = case::load_for_writing(&mut tx, &format!("R8-{:06}", case + 1)).await.unwrap();
        let facts = Facts::default();
        let step = Move { event: transition.event, facts: &facts, reason: None, remark: None };
        let to = found.advance(&mut tx, &at, &Actor::from(&self.visitor), step).await.unwrap();
        tx.commit().await.unwrap();
        self.note(case, transition.event.code(), Some(from), to);
    }

    fn note(&mut self, case: usize, event: &'static str, from: Option<CaseState>, to: CaseState) {
        self.diary.entries.push(Happened { day: self.day, case, event, from, to });
    }

    /// Closes a day and holds its report against the diary.
    async fn close(&mut self, day: NaiveDate) {
        let today = self.day;
        let mut db = self.office.store().read().acquire().await.unwrap();
        let survey = closing::survey(&mut db, day, today).await.unwrap();
        drop(db);
        let mut typed = Typed::from([
            ("once".to_owned(), format!("{day}-{}", self.diary.entries.len())),
            ("seen".to_owned(), survey.fingerprint().unwrap()),
        ]);
        for difference in &survey.differences {
            typed.insert(difference.field(), "理由がある。".to_owned());
        }
        if !survey.differences.is_empty() {
            // Not before each of them is explained.
            let bare = Typed::from([
                ("once".to_owned(), "other".to_owned()),
                ("seen".to_owned(), survey.fingerprint().unwrap()),
            ]);
            let answer = closing::close(&self.office, &self.visitor, day, &bare).await.unwrap();
            assert!(matches!(answer, Closed::Wrong(_)));
        }
        let answer = closing::close(&self.office, &self.visitor, day, &typed).await.unwrap();
        assert!(matches!(answer, Closed::Done(_)), "{answer:?}");

        let read = self.office.store().read();
        let asked = Asked { day: Some(day), in_force: true, many: 1, ..Asked::default() };
        let row = day_closings::list(read, asked).await.unwrap().pop().unwrap();
        let counts: DayCounts = serde_json::from_str(&row.counts).unwrap();
        let until = if day == today {
            self.diary.entries.len()
        } else {
            self.diary.entries.iter().take_while(|entry| entry.day <= day).count().max(self.diary.told)
        };
        self.compare(&counts, until);
        let keys: BTreeSet<String> = survey.differences.iter().map(|one| one.key.clone()).collect();
        assert_eq!(keys, self.differences(until), "{day}");
        self.diary.told = until;
    }

    fn compare(&self, counts: &DayCounts, until: usize) {
        let told = &self.diary.entries[self.diary.told..until];
        let many =
            |wanted: &dyn Fn(&Happened) -> bool| told.iter().filter(|entry| wanted(entry)).count() as u64;
        assert_eq!(counts.carried_in, self.diary.standing(self.diary.told).len() as u64);
        assert_eq!(counts.opened, many(&|entry| entry.event == "open"));
        assert_eq!(counts.reopened, many(&|entry| entry.event == CaseEvent::Reopen.code()));
        assert_eq!(counts.done, many(&|entry| entry.to == CaseState::Closed));
        assert_eq!(counts.over(), many(&|entry| entry.to.is_final()));
        assert_eq!(counts.carried_out, self.diary.standing(until).len() as u64);
        assert_eq!(counts.inquiries_posted, many(&|entry| entry.event == CaseEvent::PostInquiry.code()));
        let cards = |wanted: &[CaseEvent]| {
            let of = told.iter().filter(|entry| wanted.iter().any(|event| event.code() == entry.event));
            of.map(|entry| entry.case).collect::<BTreeSet<_>>().len() as u64
        };
        assert_eq!(counts.cards_updated, cards(&[CaseEvent::BeginUpdate]));
        assert_eq!(counts.cards_read_back, cards(&[CaseEvent::Prove, CaseEvent::FindDifference]));
        // Carried over and come in is ended and carried on.
        assert!(counts.balances(), "{counts:?}");
    }

    /// What must be explained, by the diary.
    fn differences(&self, until: usize) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for (case, at) in self.diary.standing(until) {
            let entry = &self.diary.entries[at];
            let number = format!("R8-{:06}", case + 1);
            let torn = entry.from == Some(CaseState::Updating);
            match entry.to {
                CaseState::Updating => keys.insert(format!("update:{number}")),
                CaseState::Differs => keys.insert(format!("differs:{number}")),
                CaseState::Updated => keys.insert(format!("handover:{number}")),
                CaseState::Interrupted if torn => keys.insert(format!("torn:{number}")),
                CaseState::Interrupted if at >= self.diary.told => keys.insert(format!("paused:{number}")),
                CaseState::Received
                | CaseState::IdentityChecked
                | CaseState::Applied
                | CaseState::PinsVerified
                | CaseState::ReplyReceived => keys.insert("counter".to_owned()),
                _ => false,
            };
        }
        keys
    }
}

async fn open(directory: &Path, day: NaiveDate) -> Office {
    Office::open(DataDir::open(directory).unwrap(), Some(Mode::Training), Clock::starting(day)).await.unwrap()
}

fn resident() -> Resident {
    Resident {
        number: RESIDENT.to_owned(),
        household_number: "1".to_owned(),
        name: "見本 花子".to_owned(),
        kana: "ミホン ハナコ".to_owned(),
        old_surname: None,
        alias: None,
        birth: "1980-10-10".parse().unwrap(),
        sex: Sex::Female,
        postal_code: "0000001".to_owned(),
        address: "訓練市みほん区本町一丁目".to_owned(),
        building: None,
        kind: ResidentKind::Japanese,
        residence_status: None,
        stay_until: None,
        adult_ward: false,
        suppressed: false,
        registered_elsewhere: false,
        change_reason: None,
        change_date: None,
        status: ResidentStatus::Resident,
        version: 0,
    }
}

/// Works through the days; a day that was not closed is closed on the next one on which somebody closes.
async fn live(days: &[Day]) {
    let mut ward = Ward::open().await;
    for day in days {
        ward.acts(&day.before).await;
        if day.closed {
            let today = ward.day;
            let mut waiting: Vec<NaiveDate> =
                ward.diary.entries[ward.diary.told..].iter().map(|entry| entry.day).collect();
            waiting.retain(|waits| *waits < today);
            waiting.dedup();
            let last = day_closings::last(ward.office.store().read()).await.unwrap();
            for waits in waiting {
                // Work of an evening after the closing is told with the next day, and is no day of its own.
                if last.as_ref().is_some_and(|last| last.day < waits) {
                    ward.close(waits).await;
                }
            }
            if last.is_none() {
                // Closings begin with today: what was before is carried in.
                let before = ward.diary.entries.iter().take_while(|entry| entry.day < today).count();
                ward.diary.told = before;
            }
            ward.close(today).await;
        }
        ward.acts(&day.after).await;
        ward.sleep(1).await;
    }
    let last = ward.day;
    if day_closings::last(ward.office.store().read()).await.unwrap().is_none() {
        ward.diary.told = ward.diary.entries.iter().take_while(|entry| entry.day < last).count();
        ward.close(last).await;
    }
    assert!(matches!(
        server::audit::verify(ward.office.store()).await.unwrap(),
        server::audit::Verdict::Whole { .. }
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 40, ..ProptestConfig::default() })]

    /// Whatever happens on whichever days: each event is in one report and no other, and every report adds up.
    #[test]
    fn every_report_adds_up(days in prop::collection::vec(day(), 1..6)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(live(&days));
    }
}
