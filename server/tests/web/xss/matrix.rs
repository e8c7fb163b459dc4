//! Walking the fields.

use super::scenes::{People, SCENES, Scene, leave, people};
use super::{Eye, as_entered, browsers};
use crate::html::{self, Form, kind};
use crate::support::{Browser, Page, Ward};
use axum::http::StatusCode;
use std::collections::{BTreeMap, HashMap, VecDeque};

/// How often each field was sent, by the kind of address and its name.
pub type Sent = BTreeMap<String, usize>;

/// Pages of one kind that are looked at in the end.
const OF_A_KIND: usize = 8;

/// What is sent into a field with a mark of its own: name and text.
type Texts<'a> = &'a dyn Fn(&str) -> Vec<(&'static str, String)>;

/// Sends each of the texts into each field of each form of each scene.
pub async fn walk(ward: &Ward, eye: &mut Eye, texts: Texts<'_>) -> Sent {
    let (mut browsers, mut people, mut sent) = (browsers(ward).await, people(ward).await, Sent::new());
    for &scene in SCENES {
        let browser = browsers.get_mut(scene.who()).expect("a browser of each role");
        let mut address = scene.set(browser, &mut people).await;
        let page = browser.get(&address).await;
        eye.look(&address, &page.text);
        for form in html::forms(&page.text) {
            for field in form.fields.iter().filter(|field| !form.multipart && field.kind != "hidden") {
                let what = format!(
                    "{} {} {}",
                    kind(&form.action),
                    if form.post { "POST" } else { "GET" },
                    field.name
                );
                if sent.contains_key(&what) || form.action == "/logout" {
                    continue;
                }
                let number = sent.len();
                let many = texts("").len();
                sent.insert(what.clone(), many);
                for which in 0..many {
                    let mark = format!("zq{number}k{which}x");
                    let (name, text) = texts(&mark).swap_remove(which);
                    let about = format!("{scene:?} {what} with {name}");
                    let Some(fresh) =
                        again(browser, scene, &mut address, &mut people, &form, &field.name).await
                    else {
                        eye.want(false, || format!("{about}: the form doesn't come back at {address}"));
                        break;
                    };
                    let answer = send(browser, &fresh, &field.name, &text).await;
                    let shown = check(browser, &about, answer, eye).await;
                    if eye.learning {
                        continue;
                    }
                    let secret = field.kind == "password";
                    eye.want(!secret || !shown.contains(&mark), || format!("{about}: a secret is shown"));
                    for piece in html::pieces(&shown, &mark) {
                        eye.want(as_entered(&piece, &text), || format!("{about} is shown as {piece:?}"));
                    }
                }
                restore(browser, scene, &form, &field.name).await;
            }
        }
    }
    sent
}

/// The same form as it is now; on a new page of the same kind when it isn't there any more.
async fn again(
    browser: &mut Browser,
    scene: Scene,
    address: &mut String,
    people: &mut People,
    form: &Form,
    field: &str,
) -> Option<Form> {
    for _ in 0..2 {
        let page = browser.get(address).await;
        let same = |other: &Form| {
            kind(&other.action) == kind(&form.action) && other.fields.iter().any(|known| known.name == field)
        };
        if let Some(found) = html::forms(&page.text).into_iter().find(same) {
            return Some(found);
        }
        leave(browser, address).await;
        *address = scene.set(browser, people).await;
    }
    None
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
    for (login, mut browser) in browsers(ward).await {
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
            let page = browser.get(&address).await;
            eye.want(page.status != StatusCode::INTERNAL_SERVER_ERROR, || {
                format!("{login} {address}: {}", page.text)
            });
            if page.status == StatusCode::SEE_OTHER {
                waiting.push_back(page.location);
                continue;
            }
            eye.look(&format!("{login} {address}"), &page.text);
            waiting.extend(html::links(&page.text));
        }
        assert!(login == "nobody" || seen.len() > 20, "{login}: {seen:?}");
    }
}
