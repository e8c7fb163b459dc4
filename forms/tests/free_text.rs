//! Free text on paper: whatever was entered stands there as text, inside its place.

mod common;

use common::poppler::Paper;
use common::{fonts, full_application, made_at, office};
use forms::receipt::{self, Receipt, ReceiptLine};
use forms::reception_slip::{self, ReceptionSlip};
use forms::{FallbackReason, PrintOptions, Printed, application, samples};

/// What could be taken for something else than text, by a PDF, by a viewer, or by who wrote the program.
const STRANGE: [&str; 7] = [
    "</textarea><script>alert(1)</script>",
    "(\\) Tj ET Q /JS (app.alert) << >> endstream endobj %%EOF",
    "{{氏名}} {氏名} [題名] $x$ %s",
    "javascript:alert(1) & &amp; &lt;b&gt; \"quoted\" 'quoted'",
    "=cmd|' /C calc'!A0 @SUM(1)",
    "－＿＾｀｛｜｝～",
    "渡邉\u{E0111}　花子 𠮷野家 ﾊﾝｶｸ",
];

fn options() -> PrintOptions {
    PrintOptions::new(made_at(), false)
}

/// Without white space, and without what has no shape: controls, marks of direction, separators of lines.
fn dense(text: &str) -> String {
    let shapeless = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    text.chars().filter(|c| !shapeless(*c)).collect()
}

/// Each paper that takes free text, with it everywhere it can stand.
fn papers(text: &str) -> Vec<(&'static str, Printed)> {
    let line = |label: &str| ReceiptLine { label: label.to_owned(), text: text.to_owned() };
    let receipt = Receipt {
        name: text.to_owned(),
        results: vec![line("署名用電子証明書"), line("理由")],
        still_to_do: vec![text.to_owned()],
        ..samples::receipt(office())
    };
    let slip = ReceptionSlip {
        next: text.to_owned(),
        bring: vec![text.to_owned()],
        ..samples::reception_slip(office())
    };
    let mut form = full_application();
    text.clone_into(&mut form.name);
    text.clone_into(&mut form.address);
    if let Some(other) = &mut form.representative {
        (other.name, other.relation, other.address) = (text.to_owned(), text.to_owned(), text.to_owned());
    }
    vec![
        ("receipt", receipt::print(&receipt, fonts(), &options()).expect("printed")),
        ("slip", reception_slip::print(&slip, fonts(), &options()).expect("printed")),
        ("application", application::print(&form, fonts(), &options()).expect("printed")),
    ]
}

fn inside(name: &str, paper: &Paper) {
    for page in paper.all_words() {
        for word in page {
            let good = word.left >= 9.0 && word.right <= 201.0 && word.top >= 5.0 && word.bottom <= 292.0;
            assert!(good, "{name}: {word:?} is outside");
        }
    }
}

// What looks like markup, like a PDF's own words, like a placeholder or a formula, is copied out as it was entered.
#[test]
fn is_printed_as_it_was_entered() {
    for text in STRANGE {
        for (name, printed) in papers(text) {
            assert_eq!(printed.pages, 1, "{name}");
            let paper = Paper::of(&printed);
            let (shown, wanted) = (dense(&paper.text(1)), dense(text));
            assert!(shown.contains(&wanted), "{name}: {wanted}\n{shown}");
            inside(name, &paper);
        }
    }
}

// Marks of direction and controls change nothing of what stands there, neither its order nor its characters.
#[test]
fn marks_without_shape_change_nothing() {
    let text = "見本\u{202E}太郎\u{2066}A1\u{2069}\u{200F}　\u{0}\u{1}\u{1B}\u{7F}\u{85}\u{2028}花\u{2029}子";
    for (name, printed) in papers(text) {
        let paper = Paper::of(&printed);
        let shown = dense(&paper.text(1));
        assert!(shown.contains("見本太郎A1花子"), "{name}: {shown}");
        assert!(!shown.contains('〓'), "{name}: a box where nothing is to be seen: {shown}");
        inside(name, &paper);
    }
}

// Ten thousand characters: nothing is lost, nothing sticks out, and the clerk is told that it can't be read easily.
#[test]
fn the_longest_text_stays_in_its_place() {
    let text = "見本の文です。".repeat(10_000 / 7);
    for (name, printed) in papers(&text) {
        assert!(
            printed.fallbacks.iter().any(|fallback| fallback.reason == FallbackReason::TooLong),
            "{name}"
        );
        let paper = Paper::of(&printed);
        let shown = dense(&paper.all_text().concat());
        assert!(
            shown.contains(&text),
            "{name}: {} of {} characters",
            shown.chars().count(),
            text.chars().count()
        );
        inside(name, &paper);
    }
}
