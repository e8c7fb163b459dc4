//! The addresses of the office, as its routes are written down.

use std::fs;
use std::path::{Path, PathBuf};

/// Every address, with its parameters in braces.
pub fn addresses() -> Vec<String> {
    let mut found = Vec::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/routes")) {
        let text = fs::read_to_string(&file).expect("a source file");
        for piece in text.split(".route(").skip(1) {
            let first = piece.trim_start();
            if let Some(literal) = first.strip_prefix('"') {
                found.push(literal.split('"').next().unwrap_or_default().to_owned());
            } else {
                // A constant, or an address put together from one.
                let name = first.trim_start_matches('&').split([',', ')']).next().unwrap_or_default();
                found.extend(named(&text, name.trim()));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// What a name in a file stands for: the literals of its definition that are addresses, alone or with what is filled in.
fn named(text: &str, name: &str) -> Vec<String> {
    let at =
        [format!("const {name}"), format!("let {name}")].iter().find_map(|begin| text.find(begin.as_str()));
    let definition = at.map(|at| text[at..].split(';').next().unwrap_or_default());
    let found: Vec<String> = definition
        .iter()
        .flat_map(|definition| definition.split('"').skip(1).step_by(2))
        .filter(|literal| literal.starts_with('/'))
        .map(|literal| literal.replace("{{", "{").replace("}}", "}"))
        .collect();
    assert!(!found.is_empty(), "the address {name} is written in a way this test can't read");
    found
}

fn sources(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).expect("the routes' directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    files
}
