//! What the source of the screens must not contain.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("the sources can be listed") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn files_with(needle: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    assert!(found.len() > 40, "the sources were not found");
    let mut names: Vec<String> = found
        .iter()
        .filter(|path| fs::read_to_string(path).expect("a source is text").contains(needle))
        .map(|path| path.strip_prefix(&root).expect("below the root").display().to_string())
        .collect();
    names.sort();
    names
}

/// Leptos 0.8 prints what is inside a text area unescaped: only the component that escapes may write one.
#[test]
fn text_areas_are_written_in_one_place() {
    assert_eq!(files_with("<textarea"), ["components/textarea.rs"]);
}

/// Only the component that carries the token may write a form that changes something.
#[test]
fn post_forms_are_written_in_one_place() {
    assert_eq!(files_with("method=\"post\""), ["components/form.rs"]);
}

/// Ways around escaping, and attributes that print nothing without a browser's script.
#[test]
fn nothing_goes_around_escaping() {
    for forbidden in ["inner_html", "prop:", "on:click", "style=", "<style", "InertElement", "set_inner"] {
        assert!(files_with(forbidden).is_empty(), "{forbidden} in {:?}", files_with(forbidden));
    }
}
