//! Marked secrets, and the search for them wherever an office may have left them.

use memchr::memmem::Finder;
use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// Bytes of memory that are read at once.
const PIECE: usize = 1 << 20;
/// Bytes around a hit that are shown.
const AROUND: usize = 24;

/// A secret that a test types, and every form in which it could lie about.
pub struct Marked {
    name: String,
    patterns: Vec<(&'static str, Finder<'static>)>,
}

impl Marked {
    /// A secret that is long enough to be nobody's by chance.
    pub fn long(name: &str, value: &str) -> Self {
        assert!(value.len() >= 12, "{name} could turn up by chance");
        let mut patterns = Vec::new();
        for (case, text) in [("as it is", value.to_owned()), ("in small letters", value.to_lowercase())] {
            let bytes = text.as_bytes();
            patterns.push((case, bytes.to_vec()));
            patterns.push(("UTF-16", bytes.iter().flat_map(|&byte| [byte, 0]).collect()));
            patterns.push(("UTF-16, big end first", bytes.iter().flat_map(|&byte| [0, byte]).collect()));
            patterns.push(("UTF-32", bytes.iter().flat_map(|&byte| [byte, 0, 0, 0]).collect()));
            let hex = each(bytes, |byte| format!("{byte:02x}"));
            patterns.push(("hexadecimal", hex.to_uppercase().into_bytes()));
            patterns.push(("hexadecimal, small", hex.into_bytes()));
            let list: Vec<String> = bytes.iter().map(ToString::to_string).collect();
            patterns.push(("a list of bytes", list.join(", ").into_bytes()));
            let percent = each(bytes, |byte| format!("%{byte:02X}"));
            patterns.push(("form encoding", percent.into_bytes()));
            patterns.extend((0..3).map(|before| ("base64", base64_inside(bytes, before))));
        }
        Self::of(name, patterns)
    }

    /// Four digits are everywhere; they are looked for as a form sends them and as a card is told them.
    pub fn digits(name: &str, field: &str, value: &str) -> Self {
        let mut patterns = vec![("form field", format!("{field}={value}").into_bytes())];
        patterns.push(("JSON", format!("\"{value}\"").into_bytes()));
        patterns.push(("debug of a form", format!("{field}: \"{value}\"").into_bytes()));
        // VERIFY and CHANGE REFERENCE DATA: the length, then the digits.
        patterns.push(("a card's command", [&[4], value.as_bytes()].concat()));
        Self::of(name, patterns)
    }

    fn of(name: &str, patterns: Vec<(&'static str, Vec<u8>)>) -> Self {
        let patterns =
            patterns.into_iter().map(|(form, bytes)| (form, Finder::new(&bytes).into_owned())).collect();
        Self { name: name.to_owned(), patterns }
    }

    fn longest(&self) -> usize {
        self.patterns.iter().map(|(_, finder)| finder.needle().len()).max().unwrap_or(0)
    }

    /// Where it is in these bytes, in words.
    pub fn hits(&self, bytes: &[u8]) -> Vec<String> {
        let mut hits = Vec::new();
        for (form, finder) in &self.patterns {
            hits.extend(finder.find_iter(bytes).map(|at| {
                let end = (at + finder.needle().len() + AROUND).min(bytes.len());
                let around = String::from_utf8_lossy(&bytes[at.saturating_sub(AROUND)..end])
                    .escape_debug()
                    .to_string();
                format!("{} ({form}) at {at:#x}: {around}", self.name)
            }));
        }
        hits
    }
}

fn each(bytes: &[u8], form: impl Fn(&u8) -> String) -> String {
    bytes.iter().map(form).collect::<Vec<_>>().concat()
}

/// The middle of a secret's base64, whatever stands before and after it: `before` bytes are missing to a whole group.
fn base64_inside(bytes: &[u8], before: usize) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let whole = &bytes[(3 - before) % 3..];
    let digit = |number: u32, shift: u32| DIGITS[usize::try_from(number >> shift & 63).unwrap_or(0)];
    whole
        .chunks_exact(3)
        .flat_map(|group| {
            let number = u32::from_be_bytes([0, group[0], group[1], group[2]]);
            [digit(number, 18), digit(number, 12), digit(number, 6), digit(number, 0)]
        })
        .collect()
}

/// Every hit in any file below a directory.
///
/// # Panics
/// When the directory can't be read: a search that saw nothing proves nothing.
pub fn in_files(directory: &Path, secrets: &[Marked]) -> Vec<String> {
    let mut hits = Vec::new();
    for file in files(directory) {
        // A database's log may be folded in between listing and reading.
        let Ok(bytes) = fs::read(&file) else { continue };
        for secret in secrets {
            hits.extend(secret.hits(&bytes).into_iter().map(|hit| format!("{}: {hit}", file.display())));
        }
    }
    hits
}

/// Every file below a directory.
///
/// # Panics
/// When the directory can't be read.
pub fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Every hit in what a running process could write to: its heap, its stacks, its mapped memory; what a core dump holds.
///
/// # Panics
/// When the memory can't be read.
pub fn in_memory(process: u32, secrets: &[Marked]) -> Vec<String> {
    let process = proc_of(process);
    let maps = fs::read_to_string(process.join("maps")).expect("the process runs");
    let mut memory = fs::File::open(process.join("mem")).expect("its memory may be read");
    let overlap = secrets.iter().map(Marked::longest).max().unwrap_or(0);
    let (mut hits, mut seen) = (Vec::new(), 0);
    for line in maps.lines() {
        let Some((from, to, rights, name)) = mapping(line) else { continue };
        if !rights.starts_with("rw") || name.starts_with("[v") {
            continue;
        }
        let (mut at, mut kept) = (from, Vec::new());
        while at < to {
            let mut piece = vec![0; PIECE.min(usize::try_from(to - at).unwrap_or(PIECE))];
            // Pages that were never touched, and those that are gone by now, can't be read.
            if memory.seek(SeekFrom::Start(at)).is_err() || memory.read_exact(&mut piece).is_err() {
                break;
            }
            seen += piece.len();
            at += piece.len() as u64;
            kept.extend_from_slice(&piece);
            for secret in secrets {
                hits.extend(secret.hits(&kept).into_iter().map(|hit| format!("{name} {from:x}: {hit}")));
            }
            kept.drain(..kept.len().saturating_sub(overlap));
        }
    }
    assert!(seen > 1 << 20, "only {seen} bytes of memory were seen");
    hits
}

/// Where the kernel tells about a process. In a namespace of our own it knows the process by another number than we do.
///
/// # Panics
/// When the process doesn't run.
pub fn proc_of(process: u32) -> PathBuf {
    let namespace = |process: &Path| fs::read_link(process.join("ns/pid")).ok();
    let ours = namespace(Path::new("/proc/self"));
    let known_as = |status: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix("NSpid:"))?;
        line.split_whitespace().last()?.parse::<u32>().ok()
    };
    let processes = fs::read_dir("/proc").expect("processes").filter_map(|entry| Some(entry.ok()?.path()));
    let mut found = processes.filter(|path| {
        let status = fs::read_to_string(path.join("status")).unwrap_or_default();
        known_as(&status) == Some(process) && namespace(path) == ours
    });
    found.next().unwrap_or_else(|| panic!("process {process} doesn't run"))
}

/// `55d0…-55d1… rw-p 00000000 00:00 0   [heap]`
fn mapping(line: &str) -> Option<(u64, u64, &str, &str)> {
    let mut words = line.split_whitespace();
    let (from, to) = words.next()?.split_once('-')?;
    let rights = words.next()?;
    let name = words.nth(3).unwrap_or("(anonymous)");
    Some((u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?, rights, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A secret is found in each of its forms, and in our own memory while we hold it.
    #[test]
    fn finds_what_is_there() {
        let value = "ZQ7X0K93MARKED55";
        let marked = Marked::long("secret", value);
        let base64 = |before: &str| {
            let bytes = format!("{before}{value}--");
            let inside = base64_inside(bytes.as_bytes(), 0);
            String::from_utf8(inside).unwrap()
        };
        for text in ["", "a", "ab"].map(base64) {
            assert!(!marked.hits(text.as_bytes()).is_empty(), "{text}");
        }
        for text in [
            "xZQ7X0K93MARKED55y",
            "zq7x0k93marked55",
            "5A513758304B39334D41524B45443535",
            "%5A%51%37%58%30%4B%39%33%4D%41%52%4B%45%44%35%35",
        ] {
            assert!(!marked.hits(text.as_bytes()).is_empty(), "{text}");
        }
        assert!(marked.hits(b"ZQ7X0K93MARKED5").is_empty());
        let digits = Marked::digits("PIN", "authentication", "8642");
        assert!(!digits.hits(b"a=1&authentication=8642&b").is_empty());
        assert!(!digits.hits(&[0x00, 0x20, 0x00, 0x80, 4, b'8', b'6', b'4', b'2']).is_empty());
        assert!(digits.hits(b"8642").is_empty());
        assert!(!in_memory(std::process::id(), &[marked]).is_empty());
    }
}
