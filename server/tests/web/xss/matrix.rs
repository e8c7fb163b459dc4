//! Walking the fields.

use super::scenes::{People, SCENES, Scene, leave, people};
use super::{Eye, as_entered, browsers};
use crate::html::{self, Field, Form, kind};
use crate::support::{Browser, Page, Ward};
use axum::body::Body;
use axum::http::{HeaderName, Request, StatusCode, header};
use chrono::{DateTime, FixedOffset, TimeDelta};
use server::staff::tries::CLOSED;
use std::collections::{BTreeMap, HashMap, VecDeque};

/// How often each field was sent, by the kind of address and its name.
pub type Sent = BTreeMap<String, usize>;

/// Pages of one kind that are looked at in the end.
const OF_A_KIND: usize = 8;

/// The longest that wrong tries close a door for, and a minute.
const CLOSED_FOR: TimeDelta = TimeDelta::minutes(16);
/// A scene begins with proofs that are good for a while yet.
const FRESH_FOR: TimeDelta = TimeDelta::minutes(8);

/// What is sent into a field with a mark of its own: name and text.
type Texts<'a> = &'a dyn Fn(&str) -> Vec<(&'static str, String)>;

/// A walk through the fields, with a browser of each role.
struct Walk<'a> {
    ward: &'a Ward,
    browsers: BTreeMap<&'static str, Browser>,
    people: People<'a>,
    /// When everybody logged in.
    since: DateTime<FixedOffset>,
    texts: Texts<'a>,
    sent: Sent,
}

/// Sends each of the texts into each field of each form of each scene.
pub async fn walk(ward: &Ward, eye: &mut Eye, texts: Texts<'_>) -> Sent {
    let since = ward.office.clock().now();
    let (browsers, people) = (browsers(ward).await, people(ward).await);
    let mut walk = Walk { ward, browsers, people, since, texts, sent: Sent::new() };
    for &scene in SCENES {
        walk.scene(scene, eye).await;
    }
    walk.begin_anew().await;
    walk.sent
}

impl Walk<'_> {
    fn browser(&mut self, scene: Scene) -> &mut Browser {
        self.browsers.get_mut(scene.who()).expect("a browser of each role")
    }

    /// Waits until every door is open, and everybody logs in again.
    async fn begin_anew(&mut self) {
        self.ward.office.clock().put_forward(CLOSED_FOR);
        self.browsers = browsers(self.ward).await;
        self.since = self.ward.office.clock().now();
    }

    async fn set(&mut self, scene: Scene) -> String {
        let browser = self.browsers.get_mut(scene.who()).expect("a browser of each role");
        scene.set(browser, &mut self.people).await
    }

    async fn scene(&mut self, scene: Scene, eye: &mut Eye) {
        let hidden = self.browser(scene).get("/").await.location.starts_with("/lock");
        if hidden || self.ward.office.clock().now() - self.since > FRESH_FOR {
            self.begin_anew().await;
        }
        let mut address = self.set(scene).await;
        let page = self.browser(scene).get(&address).await;
        eye.look(&address, &page.text);
        for form in html::forms(&page.text) {
            for field in form.fields.iter().filter(|field| !form.multipart && field.kind != "hidden") {
                // A field about one case has its number in its name.
                let name = field.name.split("_R8-").next().unwrap_or_default();
                let what =
                    format!("{} {} {name}", kind(&form.action), if form.post { "POST" } else { "GET" });
                if self.sent.contains_key(&what) || form.action == "/logout" {
                    continue;
                }
                self.field(scene, &mut address, &form, field, &what, eye).await;
                restore(self.browser(scene), scene, &form, &field.name).await;
            }
        }
    }

    async fn field(
        &mut self,
        scene: Scene,
        address: &mut String,
        form: &Form,
        field: &Field,
        what: &str,
        eye: &mut Eye,
    ) {
        let number = self.sent.len();
        let many = (self.texts)("").len();
        self.sent.insert(what.to_owned(), many);
        for which in 0..many {
            let mark = format!("zq{number}k{which}x");
            let (name, text) = (self.texts)(&mark).swap_remove(which);
            let about = format!("{scene:?} {what} with {name}");
            let Some(answer) = self.send(scene, address, form, &field.name, &text).await else {
                eye.want(false, || format!("{about}: the form doesn't come back at {address}"));
                return;
            };
            let stopped = ["/login", "/lock", "/step-up"].iter().any(|way| answer.location.starts_with(way));
            eye.want(!stopped && !answer.text.contains(CLOSED), || {
                format!("{about}: isn't looked at: {} {}", answer.status, answer.location)
            });
            let shown = check(self.browser(scene), &about, answer, eye).await;
            if eye.learning {
                continue;
            }
            let secret = field.kind == "password";
            eye.want(!secret || !shown.contains(&mark), || format!("{about}: a secret is shown"));
            for piece in html::pieces(&shown, &mark) {
                eye.want(as_entered(&piece, &text), || format!("{about} is shown as {piece:?}"));
            }
        }
    }

    /// Sends the form as it is now; once more where the door was closed by what was sent before.
    async fn send(
        &mut self,
        scene: Scene,
        address: &mut String,
        form: &Form,
        field: &str,
        text: &str,
    ) -> Option<Page> {
        let fresh = self.again(scene, address, form, field).await?;
        let answer = send(self.browser(scene), &fresh, field, text).await;
        if !answer.text.contains(CLOSED) {
            return Some(answer);
        }
        self.begin_anew().await;
        let fresh = self.again(scene, address, form, field).await?;
        Some(send(self.browser(scene), &fresh, field, text).await)
    }

    /// The same form as it is now; on a new page of the same kind when it isn't there any more.
    async fn again(&mut self, scene: Scene, address: &mut String, form: &Form, field: &str) -> Option<Form> {
        for _ in 0..2 {
            let page = self.browser(scene).get(address).await;
            let same = |other: &Form| {
                kind(&other.action) == kind(&form.action)
                    && other.fields.iter().any(|known| known.name == field)
            };
            if let Some(found) = html::forms(&page.text).into_iter().find(same) {
                return Some(scene.filled(found, &self.people));
            }
            leave(self.browser(scene), address).await;
            *address = self.set(scene).await;
        }
        None
    }
}

async fn send(browser: &mut Browser, form: &Form, field: &str, text: &str) -> Page {
    let fields = form.with(field, text);
    if form.post {
        return browser.post(&form.action, &fields).await;
    }
    let query: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    browser.get(&format!("{}?{}", form.action, query.join("&"))).await
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |out, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out + &char::from(byte).to_string(),
        _ => format!("{out}%{byte:02X}"),
    })
}

/// Looks at the answer, and at the page it leads to; returns what was shown. Whatever is refused is a page.
async fn check(browser: &mut Browser, about: &str, answer: Page, eye: &mut Eye) -> String {
    eye.want(answer.status != StatusCode::INTERNAL_SERVER_ERROR, || format!("{about}: {}", answer.text));
    if answer.status == StatusCode::SEE_OTHER {
        let ours = answer.location.starts_with('/') && !answer.location.starts_with("//");
        eye.want(ours, || format!("{about} leads to {}", answer.location));
        let page = browser.get(&answer.location).await;
        eye.look(&format!("{about} → {}", answer.location), &page.text);
        return page.text;
    }
    eye.want(answer.text.contains("</html>"), || format!("{about}: {} {}", answer.status, answer.text));
    eye.look(about, &answer.text);
    answer.text
}

/// A setting becomes again what it was, so that one text doesn't hide another.
async fn restore(browser: &mut Browser, scene: Scene, form: &Form, field: &str) {
    let Scene::Page(_, address) = scene else { return };
    let page = browser.get(address).await;
    let now = html::forms(&page.text).into_iter().find(|other| other.post && other.action == form.action);
    let old = form.values.iter().find(|(name, _)| name == field);
    if let (Some(now), Some((_, value))) = (now, old) {
        browser.post(&now.action, &now.with(field, value)).await;
    }
}

/// Follows every link from everybody's first page, so that what was stored is seen wherever it is shown.
pub async fn everywhere(ward: &Ward, eye: &mut Eye) {
    for (login, browser) in browsers(ward).await {
        let (mut seen, mut kinds) = (Vec::<String>::new(), HashMap::<String, usize>::new());
        let mut waiting = VecDeque::from(["/".to_owned(), "/audit".to_owned(), "/proxies".to_owned()]);
        for number in 1..60 {
            waiting.push_back(format!("/cases/R8-{number:06}"));
        }
        while let Some(address) = waiting.pop_front() {
            let count = kinds.entry(kind(&address)).or_default();
            if seen.contains(&address)
                || *count >= OF_A_KIND * if address.starts_with("/cases/R8") { 8 } else { 1 }
            {
                continue;
            }
            *count += 1;
            seen.push(address.clone());
            // Papers and pictures are no pages, and the counter's events never end.
            let path = address.split('?').next().unwrap_or_default();
            if path.contains('.') || path == "/station/events" {
                continue;
            }
            let answer = browser.raw(Request::get(&address).body(Body::empty()).unwrap()).await;
            let header = |name: &HeaderName| {
                answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
            };
            let text = String::from_utf8_lossy(answer.body());
            eye.want(answer.status() != StatusCode::INTERNAL_SERVER_ERROR, || {
                format!("{login} {address}: {text}")
            });
            if answer.status() == StatusCode::SEE_OTHER {
                waiting.push_back(header(&header::LOCATION).to_owned());
                continue;
            }
            // Files have addresses like pages.
            if !header(&header::CONTENT_TYPE).starts_with("text/html") {
                continue;
            }
            eye.look(&format!("{login} {address}"), &text);
            waiting.extend(html::links(&text));
        }
        assert!(login == "nobody" || seen.len() > 20, "{login}: {seen:?}");
    }
}
