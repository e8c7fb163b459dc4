//! A member of staff without a screen: sends the forms a browser would send.

use reqwest::{Client, Response, StatusCode, redirect};
use std::collections::HashMap;

/// A logged-in member of staff.
pub struct Clerk {
    client: Client,
    base: String,
}

/// A page as it came.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its status.
    pub status: StatusCode,
    /// Where it leads, for a redirect.
    pub location: Option<String>,
    /// Its text.
    pub text: String,
}

impl Page {
    /// The page's own part as a person reads it: without markup, and with one blank between words.
    pub fn words(&self) -> String {
        let main = self.text.find("<main").map_or(&self.text[..], |at| &self.text[at..]);
        let main = main.split("</main>").next().unwrap_or(main);
        let bare: String = main
            .split('<')
            .enumerate()
            .map(|(index, piece)| match index {
                0 => piece,
                _ => piece.split_once('>').map_or("", |(_, text)| text),
            })
            .collect::<Vec<_>>()
            .join(" ");
        let bare =
            bare.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        bare.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Clerk {
    /// A browser that nobody has logged in with.
    pub fn nobody(base: &str) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(redirect::Policy::none())
            .build()
            .expect("a client without special wishes");
        Self { client, base: base.to_owned() }
    }

    /// Logs in as one of the training accounts, at the first counter.
    pub async fn log_in(base: &str, login: &str) -> Self {
        let account = server::training::accounts().into_iter().find(|account| account.login == login);
        let password = account.unwrap_or_else(|| panic!("no training account {login}")).password;
        let clerk = Self::nobody(base);
        let fields = [("login", login), ("password", password.as_str()), ("station", "1")];
        let page = clerk.send("/login", &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "login of {login}: {}", page.text);
        clerk
    }

    /// Reads a page.
    pub async fn get(&self, path: &str) -> Page {
        page(self.client.get(self.url(path)).send().await.expect("the office answers")).await
    }

    /// Reads a document.
    pub async fn bytes(&self, path: &str) -> Vec<u8> {
        let response = self.client.get(self.url(path)).send().await.expect("the office answers");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.bytes().await.expect("a body").to_vec()
    }

    /// Sends fields as they are.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        page(self.client.post(self.url(path)).form(fields).send().await.expect("the office answers")).await
    }

    /// Fills in the form of the page `on` that goes to `action`, hidden fields included, and sends it.
    pub async fn submit(&self, on: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let text = self.get(on).await.text;
        let mut all: Vec<(&str, &str)> = Vec::new();
        let hidden = hidden_fields(&text, action);
        for (name, value) in &hidden {
            if !fields.iter().any(|(given, _)| given == name) {
                all.push((name, value));
            }
        }
        all.extend_from_slice(fields);
        self.send(action, &all).await
    }

    /// Uploads a file through the form of the page `on`.
    pub async fn upload(
        &self,
        on: &str,
        action: &str,
        fields: &[(&str, &str)],
        file: (&str, Vec<u8>),
    ) -> Page {
        let text = self.get(on).await.text;
        let mut form = reqwest::multipart::Form::new();
        for (name, value) in hidden_fields(&text, action) {
            form = form.text(name, value);
        }
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        let part = reqwest::multipart::Part::bytes(file.1).file_name("file.csv");
        form = form.part(file.0.to_owned(), part);
        page(self.client.post(self.url(action)).multipart(form).send().await.expect("the office answers"))
            .await
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

async fn page(response: Response) -> Page {
    let location =
        response.headers().get("location").and_then(|value| value.to_str().ok()).map(str::to_owned);
    Page { status: response.status(), location, text: response.text().await.expect("a page is text") }
}

/// The hidden fields of the first form on the page that goes to `action`.
///
/// # Panics
/// When there is no such form: a test that sends what no page offers would prove nothing.
pub fn hidden_fields(page: &str, action: &str) -> HashMap<String, String> {
    let start = page
        .match_indices("<form")
        .map(|(at, _)| at)
        .find(|&at| {
            let tag = &page[at..at + page[at..].find('>').expect("a form's tag ends")];
            attribute(tag, "action").as_deref() == Some(action)
        })
        .unwrap_or_else(|| panic!("no form to {action} on the page:\n{page}"));
    let end = page[start..].find("</form>").map_or(page.len(), |length| start + length);
    page[start..end]
        .split("<input")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default())))
        .collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let marker = format!(" {name}=\"");
    let at = tag.find(&marker)? + marker.len();
    let value = &tag[at..at + tag[at..].find('"')?];
    Some(value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}
