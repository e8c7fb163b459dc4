//! The pages that have forms: those that are always there, and a case at each of its steps.

use crate::html::{self, Form};
use crate::support::{Browser, Ward};
use axum::http::StatusCode;
use chrono::TimeDelta;
use server::notices::Month;
use server::notices::make::{Order, make};
use std::collections::VecDeque;

/// A page with forms, and how to come to it again once a form has changed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// An address that stays, for somebody.
    Page(&'static str, &'static str),
    /// The reception of a new person.
    Reception,
    /// The principal's case, before identity.
    Principal,
    /// The same with the application to be read.
    Application,
    /// A proxy's case, before identity.
    Proxy,
    /// The letter is to be made.
    Letter,
    /// The letter is posted.
    Posted,
    /// The second visit.
    SecondVisit,
    /// A guardian's case, before identity: what the rules don't give can be decided with a reason.
    Guardian,
    /// A person under support measures, before a reason is given.
    Suppressed,
    /// Printed notices that wait for the post.
    Campaign,
    /// The day is to be closed, with cases at the counter that must be explained.
    Closing,
    /// The day is closed.
    Closed,
    /// Hidden by whoever works here.
    HiddenScreen,
    /// A form waits because the proof is too old.
    ProofForForm,
    /// A page waits for the same reason.
    ProofForPage,
    /// A form waits for a second member of staff.
    SecondPerson,
}

/// Where secrets are entered comes last: wrong ones close doors, which takes the clock with it.
pub const SCENES: &[Scene] = &[
    Scene::Page("sato", "/"),
    Scene::Page("sato", "/search?q="),
    Scene::Page("sato", "/calc?ask=renewal_period"),
    Scene::Page("sato", "/calc?ask=validity"),
    Scene::Page("sato", "/calc?ask=card_validity"),
    Scene::Page("sato", "/calc?ask=procedure"),
    Scene::Page("sato", "/calc?ask=open_day"),
    Scene::Page("sato", "/calc?ask=wareki"),
    Scene::Page("sato", "/calc?ask=pin"),
    Scene::Page("sato", "/calc?ask=customer_barcode"),
    Scene::Page("sato", "/station/reader"),
    Scene::Page("nobody", "/pinpad"),
    Scene::Page("ito", "/audit"),
    Scene::Page("tanaka", "/notices"),
    Scene::Reception,
    Scene::Principal,
    Scene::Application,
    Scene::Proxy,
    Scene::Letter,
    Scene::Posted,
    Scene::SecondVisit,
    Scene::Guardian,
    Scene::Suppressed,
    Scene::Page("takahashi", "/settings"),
    Scene::Page("takahashi", "/settings/calendar"),
    Scene::Page("takahashi", "/settings/paper"),
    Scene::Page("takahashi", "/settings/paper/wording/notice"),
    Scene::Page("yamamoto", "/settings/stations"),
    Scene::Page("yamamoto", "/settings/staff"),
    Scene::Campaign,
    Scene::Page("takahashi", "/campaigns/new"),
    Scene::Page("takahashi", "/returns"),
    Scene::Page("takahashi", "/returns/report"),
    Scene::Page("takahashi", "/statistics"),
    Scene::Closing,
    Scene::Closed,
    Scene::Page("yamamoto", "/settings/sign-in"),
    Scene::Page("sato", "/second-factor?set_up=yes"),
    Scene::Page("sato", "/password"),
    Scene::HiddenScreen,
    Scene::ProofForForm,
    Scene::ProofForPage,
    Scene::SecondPerson,
    Scene::Page("nobody", "/login"),
];

impl Scene {
    /// Who looks at it.
    pub fn who(self) -> &'static str {
        match self {
            Self::Page(who, _) => who,
            // A supervisor sees every form of a case.
            _ => "takahashi",
        }
    }

    /// Its address, once more as it is at first.
    pub async fn set(self, browser: &mut Browser, people: &mut People<'_>) -> String {
        let papers = [("applicant_documents", "driving_licence"), ("notice_form", "none")];
        match self {
            Self::Page(_, address) => address.to_owned(),
            Self::Suppressed => {
                let number = people.hidden.pop_front().expect("enough people under support measures");
                format!("/residents/{number}")
            }
            Self::Reception => format!("/residents/{}/reception", people.free[0]),
            Self::Principal => opened(browser, people, &[("applicant", "principal")]).await,
            Self::Application => {
                let case = opened(browser, people, &[("applicant", "principal")]).await;
                let two = [("documents", "driving_licence"), ("documents", "passport")];
                browser.does(&case, "identity", &two).await;
                case
            }
            Self::Proxy => opened(browser, people, &PROXY).await,
            Self::Letter => {
                let case = opened(browser, people, &PROXY).await;
                browser.does(&case, "identity", &papers).await;
                case
            }
            Self::Posted | Self::SecondVisit => {
                let case = opened(browser, people, &PROXY).await;
                browser.does(&case, "identity", &papers).await;
                browser.does(&case, "inquiry-letter", &[]).await;
                browser.does(&case, "posted", &[]).await;
                if self == Self::SecondVisit {
                    browser.does(&case, "reply", &[("reply", "sealed"), ("complete", "yes")]).await;
                }
                case
            }
            Self::Campaign => printed(people).await,
            Self::Closing | Self::Closed => {
                turn(browser, people, self == Self::Closed).await;
                "/closing".to_owned()
            }
            Self::HiddenScreen => {
                let page = browser.submit("/session", "/lock", &[]).await;
                assert!(page.location.starts_with("/lock"), "{page:?}");
                "/lock".to_owned()
            }
            Self::ProofForForm => {
                let form = form(browser, "/settings", "/settings").await;
                stale(people.ward);
                led(browser.post(&form.action, &form.untouched()).await, "/step-up?kept=")
            }
            Self::ProofForPage => {
                browser.get("/returns/report").await;
                stale(people.ward);
                led(browser.get("/returns/report.csv").await, "/step-up?next=")
            }
            Self::Guardian => guardian(browser, people).await,
            Self::SecondPerson => {
                under_four_eyes(people.ward).await;
                let case = guardian(browser, people).await;
                led(browser.step(&case, "identity", &GUARDIAN).await, "/second-person?")
            }
        }
    }

    /// What the form needs besides the field that is looked at, so that the text gets as far as it can and nobody who
    /// walks here is shut out.
    pub fn filled(self, mut form: Form, people: &People<'_>) -> Form {
        for (name, value) in &mut form.values {
            match (self, name.as_str()) {
                (Self::Closing, name) if name.starts_with("why_") && value.is_empty() => {
                    "あす続けます。".clone_into(value);
                }
                (Self::SecondPerson, "second_login") | (Self::Page("nobody", "/login"), "login") => {
                    "sato".clone_into(value);
                }
                (Self::Page(_, "/settings/staff"), "id") => value.clone_from(&people.idle),
                _ => {}
            }
        }
        form
    }
}

/// A guardian who asks for what the rules don't give: a supervisor's decision.
const GUARDIAN: [(&str, &str); 5] = [
    ("applicant_documents", "passport"),
    ("role", "adult_guardian"),
    ("proof_issued", "2026-11-02"),
    ("principal_present", "yes"),
    ("signature_reason", "本人の希望"),
];

/// The case of a guardian, opened once.
async fn guardian(browser: &mut Browser, people: &mut People<'_>) -> String {
    if let Some(case) = &people.guardian {
        return case.clone();
    }
    let case = browser.open_guardian(people.ward).await;
    people.guardian.insert(case).clone()
}

/// The office puts supervisors' decisions under four eyes.
async fn under_four_eyes(ward: &Ward) {
    let mut administrator = ward.log_in("yamamoto", 1).await;
    let decided = [("second_factor", "no"), ("fresh_minutes", "10"), ("four_eyes", "override")];
    let saved = administrator.submit("/settings/sign-in", "/settings/sign-in", &decided).await;
    assert!(saved.location.starts_with("/settings/sign-in?saved="), "{}", saved.text);
}

/// Proofs are older than they may be; sessions live on.
fn stale(ward: &Ward) {
    ward.office.clock().put_forward(TimeDelta::minutes(11));
}

fn led(page: crate::support::Page, to: &str) -> String {
    assert!(page.location.starts_with(to), "{to}: {page:?}");
    page.location
}

/// The form on a page that goes to an address which ends so.
async fn form(browser: &mut Browser, page: &str, ends: &str) -> Form {
    let page = browser.get(page).await;
    let found = html::forms(&page.text).into_iter().find(|form| form.post && form.action.ends_with(ends));
    found.unwrap_or_else(|| panic!("no form to …{ends}: {page:?}"))
}

/// The day becomes closed, or open again.
async fn turn(browser: &mut Browser, people: &People<'_>, closed: bool) {
    let page = browser.get("/closing").await;
    let is_closed = html::forms(&page.text).iter().any(|form| form.action.ends_with("/reopen"));
    if is_closed == closed {
        return;
    }
    let done = if closed {
        let form = Scene::Closing.filled(form(browser, "/closing", "/close").await, people);
        browser.post(&form.action, &form.untouched()).await
    } else {
        let form = form(browser, "/closing", "/reopen").await;
        browser.post(&form.action, &form.with("reason_reopen", "書き忘れがありました。")).await
    };
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
}

/// A campaign about the next month that has notices, on paper.
async fn printed(people: &mut People<'_>) -> String {
    loop {
        let office = &people.ward.office;
        let month = Month::of(office.clock().today()).plus(people.months);
        people.months += 1;
        let order = Order { month, actor: "command line", reply_form: false };
        if let Some(run) = make(office, &order, |_| Ok(())).await.unwrap().run {
            return format!("/campaigns/{}", run.id);
        }
    }
}

const PROXY: [(&str, &str); 3] =
    [("applicant", "proxy"), ("third_name", "代理　太郎"), ("third_relation", "長男")];

/// Opens a renewal for the next person who has no case.
async fn opened(browser: &mut Browser, people: &mut People<'_>, who: &[(&str, &str)]) -> String {
    for _ in 0..people.free.len() {
        people.free.rotate_left(1);
        let fields = [&[("procedure", "renewal")], who].concat();
        let page = browser.open_for(&people.free[0], &fields).await;
        if page.status.is_redirection() && !page.location.contains("already") {
            people.free.rotate_left(1);
            return page.location;
        }
    }
    panic!("everybody has a case");
}

/// Ends a case, so that its person can come again.
pub async fn leave(browser: &mut Browser, address: &str) {
    let page = browser.get(address).await;
    let form = html::forms(&page.text).into_iter().find(|form| form.action.ends_with("/withdraw"));
    if let Some(form) = form {
        let reason = form.fields.iter().map(|field| field.name.clone()).find(|name| name.contains("reason"));
        browser.post(&form.action, &form.with(reason.as_deref().unwrap_or("reason"), "また来ます。")).await;
    }
}

/// Texts there are, and one for the first look.
const HIDDEN: usize = 13;

/// Months after this one whose notices nobody else here makes.
const MONTHS: u32 = 5;

/// Who can come.
pub struct People<'a> {
    ward: &'a Ward,
    /// The number of a member of staff who does nothing here.
    idle: String,
    /// Months from now to the next campaign's.
    months: u32,
    /// The guardian's case.
    guardian: Option<String>,
    /// They have certificates that end soon; who came goes to the end of the row.
    free: VecDeque<String>,
    /// They are under support measures, and are asked for once each.
    hidden: VecDeque<String>,
}

/// People whose certificates end soon, who come themselves or send somebody.
pub async fn people(ward: &Ward) -> People<'_> {
    use rules::kinds::{CardStatus, CertificateStatus, ResidentStatus};
    let today = ward.office.clock().today();
    let until = today + chrono::TimeDelta::days(85);
    let mut connection = ward.office.store().read().acquire().await.unwrap();
    let rows = server::store::notice_targets::ending_between(&mut connection, today, until).await.unwrap();
    let mut numbers: Vec<String> = rows
        .into_iter()
        .filter(|row| !row.suppressed && !row.face_only && !row.registered_elsewhere)
        .filter(|row| {
            row.stay_until.is_none() && row.card_expires > until && !row.resident_number.starts_with("99")
        })
        .filter(|row| row.birth < today - chrono::TimeDelta::days(20 * 366))
        .filter(|row| {
            row.resident_status == ResidentStatus::Resident.code()
                && row.card_status == CardStatus::Active.code()
        })
        .filter(|row| row.status == CertificateStatus::Valid.code())
        .map(|row| row.resident_number)
        .collect();
    numbers.dedup();
    let mut free = VecDeque::new();
    for number in &numbers {
        let found = server::store::residents::find(ward.office.store().read(), number).await.unwrap();
        free.extend(found.filter(|row| !row.adult_ward).map(|row| row.number));
    }
    // Once a reason is given the page is open: each text needs a person of its own.
    let later = today + chrono::TimeDelta::days(600);
    let rows = server::store::notice_targets::ending_between(&mut connection, until, later).await.unwrap();
    let mut hidden: Vec<String> = rows.into_iter().map(|row| row.resident_number).collect();
    hidden.retain(|number| !number.starts_with("99") && !numbers.contains(number));
    hidden.dedup();
    hidden.truncate(HIDDEN);
    drop(connection);
    for number in &hidden {
        ward.register(number, |resident| resident.suppressed = true).await;
    }
    let idle = server::store::staff::by_login(ward.office.store().read(), "suzuki").await.unwrap().unwrap();
    let idle = idle.id.to_string();
    People { ward, idle, months: MONTHS, guardian: None, free, hidden: hidden.into() }
}
