//! What holds for every page, checked on the gallery's samples.

mod html;
#[path = "../examples/gallery/samples/mod.rs"]
mod samples;

use html::{Tag, tags, words};
use samples::{Text, pages};
use std::collections::HashSet;

/// Ends a text area, a title and an attribute, then tries to run; the mark turns the direction of what follows.
const POISON: &str =
    "</textarea></title>\"'><script>alert(#)</script><img src=x onerror=alert(#)>&lt;\u{202e}";

/// Text from outside never becomes markup, whatever field it stands in, and every field is shown somewhere.
#[test]
fn hostile_text_stays_text_in_every_field() {
    let text = Text::poisoned(POISON);
    let pages = pages(&text);
    for (page, html) in &pages {
        // Reading panics on broken markup; these two would have been made by the poison.
        let scripts: Vec<Tag> = tags(html).into_iter().filter(|tag| tag.name == "script").collect();
        assert_eq!(scripts.len(), app::assets::SCRIPTS.len(), "{page}");
        // The only pictures are the sheets of a preview.
        let ours = |tag: &Tag| {
            tag.attributes
                .iter()
                .any(|(name, value)| name == "src" && value.starts_with("/settings/paper/preview/"))
        };
        assert!(!tags(html).iter().any(|tag| tag.name == "img" && !ours(tag)), "{page}");
        assert!(!html.contains("<script>alert"), "{page}");
    }
    let all: String = pages.into_iter().map(|(_, html)| html).collect();
    // Some samples are made from others and replace a part; so a piece counts as shown when its words are.
    let made = text.made();
    let shown: HashSet<&String> = made
        .iter()
        .enumerate()
        .filter(|(number, _)| all.contains(&format!("alert({number})")))
        .map(|(_, words)| words)
        .collect();
    let unseen: Vec<&String> = made.iter().filter(|words| !shown.contains(words)).collect();
    assert!(unseen.is_empty(), "printed nowhere: {unseen:?}");
}

/// A mark of direction in a name is printed as registered, not dropped.
#[test]
fn marks_of_direction_are_kept() {
    let all: String = pages(&Text::poisoned(POISON)).into_iter().map(|(_, html)| html).collect();
    assert!(all.contains('\u{202e}'));
    assert!(app::assets::CSS.contains("unicode-bidi: isolate"));
}

/// The content security policy allows no inline script and no inline style, so there must be none to forbid.
#[test]
fn nothing_is_inline() {
    for (page, html) in pages(&Text::plain()) {
        assert!(!html.contains("<!>") && !html.contains("<!--"), "{page}: leptos' marks are left");
        for tag in tags(&html) {
            assert_ne!(tag.name, "style", "{page}");
            for (name, value) in &tag.attributes {
                assert!(!name.starts_with("on"), "{page}: {name} on <{}>", tag.name);
                assert_ne!(name, "style", "{page}: on <{}>", tag.name);
                assert!(!value.trim_start().starts_with("javascript:"), "{page}: {value}");
            }
        }
        assert!(!html.contains("</script>") || html.contains("></script>"), "{page}");
        for script in tags(&html).iter().filter(|tag| tag.name == "script") {
            assert!(script.get("src").is_some_and(|src| src.starts_with("/assets/")), "{page}");
        }
    }
}

/// Every form that changes something carries the session's token, and says where it goes.
#[test]
fn every_post_form_carries_the_token() {
    let mut forms = 0;
    for (page, html) in pages(&Text::plain()) {
        let mut inside: Option<bool> = None;
        for piece in html::read(&html) {
            match piece {
                html::Piece::Open(tag) if tag.name == "form" => {
                    assert!(inside.is_none(), "{page}: a form in a form");
                    assert!(tag.get("action").is_some_and(|action| action.starts_with('/')), "{page}");
                    let post = match tag.get("method") {
                        Some("post") => true,
                        Some("get") => false,
                        other => panic!("{page}: method {other:?}"),
                    };
                    forms += usize::from(post);
                    inside = Some(!post);
                }
                html::Piece::Open(tag) if tag.name == "input" && tag.get("name") == Some("csrf") => {
                    assert!(tag.get("value").is_some_and(|token| token.starts_with("token-of-")), "{page}");
                    inside = Some(true);
                }
                html::Piece::Open(tag) if tag.name == "button" => {
                    assert_eq!(tag.get("type"), Some("submit"), "{page}");
                }
                html::Piece::Close(name) if name == "form" => {
                    assert_eq!(inside.take(), Some(true), "{page}: a form without the token");
                }
                _ => {}
            }
        }
    }
    assert!(forms > 60, "only {forms} forms were looked at");
}

/// Every control has a label of its own, every id is used once, and every reference leads somewhere.
#[test]
fn labels_and_references_lead_to_their_controls() {
    for (page, html) in pages(&Text::plain()) {
        let tags = tags(&html);
        let mut ids = HashSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.insert(id), "{page}: the id {id} is used twice");
        }
        let labels: HashSet<&str> = tags
            .iter()
            .filter(|tag| tag.name == "label")
            .map(|tag| tag.get("for").expect("a label's target"))
            .collect();
        for label in &labels {
            assert!(ids.contains(label), "{page}: a label for {label}, which isn't there");
        }
        for tag in &tags {
            let control = matches!(tag.name.as_str(), "input" | "select" | "textarea");
            if control && tag.get("type") != Some("hidden") {
                let id = tag.get("id").unwrap_or_else(|| panic!("{page}: a control without id: {tag:?}"));
                assert!(labels.contains(id), "{page}: {id} has no label");
                assert!(tag.get("name").is_some_and(|name| !name.is_empty()), "{page}: {id} has no name");
            }
            for reference in ["aria-describedby", "aria-labelledby"] {
                for id in tag.get(reference).unwrap_or("").split_whitespace() {
                    assert!(ids.contains(id), "{page}: {reference} leads to {id}, which isn't there");
                }
            }
            if let Some(id) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
                assert!(ids.contains(id), "{page}: a link to #{id}, which isn't there");
            }
        }
    }
}

/// A secret is asked for without suggestions and never printed back.
#[test]
fn secrets_are_never_printed() {
    let mut seen = 0;
    for (page, html) in pages(&Text::plain()) {
        for tag in tags(&html).iter().filter(|tag| tag.get("type") == Some("password")) {
            assert!(tag.get("value").is_none(), "{page}");
            if page.starts_with("pad-") {
                assert_eq!(tag.get("autocomplete"), Some("off"), "{page}");
                assert!(tag.get("inputmode").is_some() && tag.get("maxlength").is_some(), "{page}");
            }
            seen += 1;
        }
    }
    assert!(seen > 5);
}

/// Foreign words that clerks use as they are, and names of files and of staff in the samples.
const KNOWN_WORDS: &[&str] =
    &["PDF", "UTF", "Shift", "JIS", "LIS", "CSV", "csv", "jumin", "card", "SONY", "FeliCa", "sato", "pinpad"];

/// Nothing a person reads is English, and nobody is shouted at.
#[test]
fn pages_speak_japanese_and_calmly() {
    for (page, html) in pages(&Text::plain()) {
        for text in words(&html) {
            assert!(!text.contains('!') && !text.contains('!'), "{page}: {text}");
            let english: Vec<&str> = text
                .split(|c: char| !c.is_ascii_alphabetic())
                .filter(|word| word.len() > 2 && !KNOWN_WORDS.contains(word))
                .filter(|word| !["quot", "amp"].contains(word))
                .collect();
            assert!(english.is_empty(), "{page}: {english:?} in {text}");
        }
    }
}

/// Each page says what it is, in Japanese, to browsers and screen readers.
#[test]
fn documents_name_their_language_and_their_heading() {
    for (page, html) in pages(&Text::plain()) {
        let tags = tags(&html);
        assert_eq!(
            tags.iter().find(|tag| tag.name == "html").and_then(|tag| tag.get("lang")),
            Some("ja"),
            "{page}"
        );
        assert_eq!(tags.iter().filter(|tag| tag.name == "h1").count(), 1, "{page}: one main heading");
        assert_eq!(tags.iter().filter(|tag| tag.name == "main").count(), 1, "{page}");
        assert!(html.contains("訓練"), "{page}: a training page isn't marked");
    }
}

/// A state is never said by colour alone: shape and word come with it.
#[test]
fn states_have_a_shape_and_a_word() {
    use app::components::Mark;
    let marks = [
        (Mark::Valid, "●", "有効"),
        (Mark::InPeriod, "▲", "更新期間"),
        (Mark::Revoked, "■", "失効"),
        (Mark::Expired, "○", "期間満了"),
        (Mark::Locked, "×", "ロック"),
    ];
    for (mark, shape, word) in marks {
        assert_eq!((mark.shape(), mark.word()), (shape, word));
    }
}
