//! What this room keeps out: files, sockets, clocks and the crates that bring them; and that no test is left aside.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// Everything `rules` is built from, down to the last crate. None of them opens a file, a socket or a clock: chrono
/// comes without its `clock` feature, the others are macros, number traits and tables of characters.
const PURE: &[&str] = &[
    "autocfg",
    "chrono",
    "num-traits",
    "proc-macro2",
    "quote",
    "rules",
    "serde",
    "serde_core",
    "serde_derive",
    "syn",
    "thiserror",
    "thiserror-impl",
    "tinyvec",
    "tinyvec_macros",
    "unicode-ident",
    "unicode-normalization",
];

fn tree(format: &str) -> String {
    let told = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--package", "rules", "--edges", "normal,build"])
        .args(["--prefix", "none", "--format", format])
        .current_dir(HERE)
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).unwrap()
}

#[test]
fn no_crate_that_reaches_outside() {
    let text = tree("{p}");
    let found: BTreeSet<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(found.contains("chrono") && found.contains("rules"), "{text}");
    let strangers: Vec<_> = found.iter().filter(|name| !name.is_empty() && !PURE.contains(name)).collect();
    assert!(strangers.is_empty(), "is this crate pure? then it belongs in the list: {strangers:?}");
}

fn files(under: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(under).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The standard library has doors of its own; none is used.
#[test]
fn no_door_of_the_standard_library() {
    let doors = [
        "std::fs",
        "std::io",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "std::time",
        "std::os",
        "Utc::now",
        "Local::now",
        "println!",
        "eprintln!",
        "print!",
        "dbg!",
        "include_str!",
        "extern \"",
    ];
    let mut sources = Vec::new();
    files(&Path::new(HERE).join("src"), &mut sources);
    assert!(sources.len() > 40, "{sources:?}");
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        for door in doors {
            assert!(!text.contains(door), "{} has {door}", path.display());
        }
    }
}

/// One binary holds the tables: a file that nobody names would never run.
#[test]
fn every_file_of_tests_runs() {
    let tests = Path::new(HERE).join("tests");
    let named = fs::read_to_string(tests.join("main.rs")).unwrap();
    for entry in fs::read_dir(tests).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_file() && name != "main" {
            assert!(named.contains(&format!("mod {name};")), "tests/main.rs doesn't name {name}");
        }
    }
}
