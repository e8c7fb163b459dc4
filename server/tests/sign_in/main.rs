//! Who may do what: the table of addresses, signing in, sessions, proofs, four eyes. Over HTTP, in process, with a
//! clock that is put forward instead of waited for.

mod doors;
mod four_eyes;
mod hidden;
mod matrix;
mod second_factor;
mod sessions;
mod step_up;
#[path = "../counter/support.rs"]
#[allow(dead_code, reason = "the counter's tests use more of it")]
mod support;

use chrono::TimeDelta;
use server::store::audit_search::{self, Filter, From, Span};
use support::{Browser, Page, Ward, between};

/// The password of every training account.
fn password() -> String {
    server::training::accounts().remove(0).password
}

/// Time passes.
fn pass(ward: &Ward, minutes: i64) {
    ward.office.clock().put_forward(TimeDelta::minutes(minutes));
}

/// The session's token of the browser.
fn token(browser: &Browser) -> String {
    let cookie = browser.cookies.iter().find(|(name, _)| name == "madoguchi_session");
    cookie.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// The token that this session's forms carry.
async fn csrf(browser: &mut Browser) -> String {
    let page = browser.get("/session").await;
    between(&page.text, "name=\"csrf\" value=\"", "\"").unwrap_or_else(|| panic!("no form: {page:?}"))
}

/// Sends the form of a page that was already fetched: to where it goes, with what it carries.
async fn answer(browser: &mut Browser, page: &Page, button: &str, fields: &[(&str, &str)]) -> Page {
    let mut forms = page.text.split("<form").skip(1).filter_map(|form| form.split("</form>").next());
    let form = forms.find(|form| form.contains(button));
    let form = form.unwrap_or_else(|| panic!("no button 「{button}」: {}", page.text));
    let action = between(form, "action=\"", "\"").expect("a form goes somewhere").replace("&amp;", "&");
    let mut all = Vec::new();
    for input in form.split("<input").skip(1) {
        let tag = &input[..input.find('>').unwrap_or(input.len())];
        if tag.contains("type=\"hidden\"") {
            let value = between(tag, "value=\"", "\"").unwrap_or_default();
            all.push((between(tag, "name=\"", "\"").expect("a name"), value.replace("&quot;", "\"")));
        }
    }
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&action, &all).await
}

/// How many rows of this kind the trail has whose sentence contains these words.
async fn told(ward: &Ward, kind: i64, words: &str) -> usize {
    let filter = Filter { kind: Some(kind), ..Filter::default() };
    let pool = ward.office.store().read();
    let rows = audit_search::rows(pool, &filter, Span::ALL, From::Newest, 5000).await.unwrap();
    rows.iter().filter(|row| row.sentence.contains(words)).count()
}
