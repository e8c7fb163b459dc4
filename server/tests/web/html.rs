//! Pages as a browser's parser understands them.

use super::hostile::{ATTRIBUTE, ELEMENT};
use scraper::{ElementRef, Html, Node, Selector};
use std::collections::BTreeSet;

/// What pages are made of: the elements, and which attributes they have.
pub type Vocabulary = BTreeSet<(String, String)>;

/// A field of a form that takes text.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub kind: String,
}

/// A form with what a browser would send if nobody touched it.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub post: bool,
    pub multipart: bool,
    pub fields: Vec<Field>,
    pub values: Vec<(String, String)>,
}

/// Every element and attribute of a page.
pub fn vocabulary(page: &str) -> Vocabulary {
    let html = Html::parse_document(page);
    let mut words = Vocabulary::new();
    for element in elements(&html) {
        let name = element.value().name().to_owned();
        words.insert((name.clone(), String::new()));
        words.extend(element.value().attrs().map(|(attribute, _)| (name.clone(), attribute.to_owned())));
    }
    words
}

fn elements(html: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    html.tree.nodes().filter_map(ElementRef::wrap)
}

/// What a page has that no harmless page has, or that runs, in words.
pub fn faults(about: &str, page: &str, known: &Vocabulary) -> Vec<String> {
    let (html, mut faults) = (Html::parse_document(page), Vec::new());
    for element in elements(&html) {
        let name = element.value().name();
        let mut fault = |what: &str| {
            let shown: String = element.html().chars().take(200).collect();
            faults.push(format!("{about}: {what} on <{name}>: {shown}"));
        };
        if name == ELEMENT || !known.contains(&(name.to_owned(), String::new())) {
            fault("an element");
        }
        for (attribute, value) in element.value().attrs() {
            let pair = (name.to_owned(), attribute.to_owned());
            if !known.contains(&pair)
                || attribute.starts_with("on")
                || matches!(attribute, ATTRIBUTE | "style")
            {
                fault(attribute);
            }
            if matches!(attribute, "href" | "src" | "action" | "formaction") {
                let ours = value.is_empty() || value.starts_with(['/', '#', '?']) && !value.starts_with("//");
                // Sources of rules are the only addresses of others.
                if !ours && !value.starts_with("https://")
                    || value.contains(ELEMENT) && value.starts_with("https://")
                {
                    fault(value);
                }
            }
        }
        let ours = element.attr("src").is_some_and(|src| src.starts_with("/assets/"));
        if name == "script" && (element.text().next().is_some() || !ours) {
            fault("a script");
        }
    }
    let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    if let Some(c) = page.chars().find(|c| strange(*c)) {
        faults.push(format!("{about}: {c:?} is on the page"));
    }
    faults
}

/// Every piece of text on the page that holds `mark`: between elements, in a field, in an attribute that is read out, in
/// an address.
pub fn pieces(page: &str, mark: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let mut pieces = Vec::new();
    for node in html.tree.nodes() {
        match node.value() {
            Node::Text(text) if text.contains(mark) => pieces.push(text.to_string()),
            Node::Element(element) => {
                let found = element.attrs().filter(|(_, value)| value.contains(mark));
                pieces.extend(found.flat_map(|(name, value)| match (name, value.split_once('?')) {
                    // An address of ours carries each text as a part of its own.
                    ("href" | "action", Some((path, asked))) if path.starts_with('/') => values(asked, mark),
                    _ => vec![value.to_owned()],
                }));
            }
            _ => {}
        }
    }
    pieces
}

/// What the parts of an address's question that hold `mark` stand for.
fn values(asked: &str, mark: &str) -> Vec<String> {
    let parts: Vec<(String, String)> = serde_html_form::from_str(asked).expect("names and values");
    parts.into_iter().map(|(_, value)| value).filter(|value| value.contains(mark)).collect()
}

/// The forms on a page.
pub fn forms(page: &str) -> Vec<Form> {
    let html = Html::parse_document(page);
    let (form, control) = (selector("form"), selector("input, textarea, select, button"));
    html.select(&form)
        .map(|form| {
            let mut read = Form {
                action: form.attr("action").unwrap_or_default().to_owned(),
                post: form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
                multipart: form.attr("enctype").is_some_and(|kind| kind.starts_with("multipart")),
                fields: Vec::new(),
                values: Vec::new(),
            };
            for control in form.select(&control) {
                read.add(control);
            }
            read
        })
        .collect()
}

impl Form {
    fn add(&mut self, control: ElementRef<'_>) {
        let Some(name) = control.attr("name").map(str::to_owned) else { return };
        let value = |element: ElementRef<'_>| element.attr("value").unwrap_or_default().to_owned();
        match (control.value().name(), control.attr("type").unwrap_or("text")) {
            ("textarea", _) => {
                self.values.push((name.clone(), control.text().collect()));
                self.fields.push(Field { name, kind: "textarea".to_owned() });
            }
            ("select", _) => {
                let options: Vec<ElementRef<'_>> = control.select(&selector("option")).collect();
                let chosen =
                    options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
                if let Some(option) = chosen {
                    self.values.push((name.clone(), value(*option)));
                }
                self.fields.push(Field { name, kind: "select".to_owned() });
            }
            ("input", "checkbox" | "radio") if control.attr("checked").is_some() => {
                self.values.push((name, value(control)));
            }
            ("input", "checkbox" | "radio" | "file" | "submit") => {}
            ("input", kind) => {
                self.values.push((name.clone(), value(control)));
                // Tokens that the page carries for itself are no fields.
                if !matches!(name.as_str(), "csrf" | "once" | "version") {
                    self.fields.push(Field { name, kind: kind.to_owned() });
                }
            }
            ("button", _) if !self.values.iter().any(|(known, _)| *known == name) => {
                self.values.push((name, value(control)));
            }
            _ => {}
        }
    }

    /// What is sent when nothing is entered.
    pub fn untouched(&self) -> Vec<(&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// What is sent with this text in one field.
    pub fn with<'a>(&'a self, field: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
        let others = self.values.iter().filter(|(name, _)| name != field);
        others.map(|(name, value)| (name.as_str(), value.as_str())).chain([(field, text)]).collect()
    }
}

/// The office's own addresses that a page leads to.
pub fn links(page: &str) -> Vec<String> {
    let (html, link) = (Html::parse_document(page), selector("a[href]"));
    let found = html.select(&link).filter_map(|link| link.attr("href"));
    found
        .filter(|href| href.starts_with('/'))
        .map(|href| href.split('#').next().unwrap_or(href).to_owned())
        .collect()
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}

/// Addresses with numbers for parameters, so that pages of one kind count as one: `/cases/R8-000012/notes` is
/// `/cases/*/notes`.
pub fn kind(address: &str) -> String {
    let path = address.split('?').next().unwrap_or(address);
    let parts = path.split('/').map(|part| if part.chars().any(|c| c.is_ascii_digit()) { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
