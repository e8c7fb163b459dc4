//! The pages that have forms: those that are always there, and a case at each of its steps.

use crate::html;
use crate::support::{Browser, Ward};
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
    /// A person under support measures, before a reason is given.
    Suppressed,
}

pub const SCENES: &[Scene] = &[
    Scene::Page("nobody", "/login"),
    Scene::Page("sato", "/"),
    Scene::Page("sato", "/search?q="),
    Scene::Page("sato", "/password"),
    Scene::Page("sato", "/calc"),
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
    Scene::Suppressed,
    Scene::Page("takahashi", "/settings"),
    Scene::Page("takahashi", "/settings/calendar"),
    Scene::Page("takahashi", "/settings/paper"),
    Scene::Page("takahashi", "/settings/paper/wording/notice"),
    Scene::Page("yamamoto", "/settings/stations"),
    Scene::Page("yamamoto", "/settings/staff"),
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
    pub async fn set(self, browser: &mut Browser, people: &mut People) -> String {
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
        }
    }
}

const PROXY: [(&str, &str); 3] =
    [("applicant", "proxy"), ("third_name", "代理　太郎"), ("third_relation", "長男")];

/// Opens a renewal for the next person who has no case.
async fn opened(browser: &mut Browser, people: &mut People, who: &[(&str, &str)]) -> String {
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

/// Who can come.
pub struct People {
    /// They have certificates that end soon; who came goes to the end of the row.
    free: VecDeque<String>,
    /// They are under support measures, and are asked for once each.
    hidden: VecDeque<String>,
}

/// People whose certificates end soon, who come themselves or send somebody.
pub async fn people(ward: &Ward) -> People {
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
    People { free, hidden: hidden.into() }
}
