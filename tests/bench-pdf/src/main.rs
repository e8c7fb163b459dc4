//! The same notice by the office, by krilla, Typst and ReportLab, in one run on
//! one machine.
//!
//! What a letter shows is read back from one of ours (`pdftohtml -xml`): each line of text with its place, size and
//! typeface. The others set exactly these lines, with the same font files, and fill the same rectangles of barcode and
//! QR code, which are computed beforehand and cost them nothing. Rules, frames and grounds are left out for them. Each is
//! used as well as it lets itself be used: ReportLab draws the shared lines once as a form, krilla gets glyphs that are
//! chosen already, Typst evaluates the shared lines once.

mod krilla_letters;
mod letters;
mod memory;
mod scene;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use letters::{fonts, made_at};
use scene::Scene;

/// Letters in the measured run.
const LETTERS: u32 = 2000;
/// Runs, of which the fastest counts.
const RUNS: usize = 3;

/// What one library did.
pub struct Figure {
    name: &'static str,
    rate: f64,
    each: f64,
    one: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, memory, count] = arguments.as_slice()
        && memory == "memory"
    {
        memory::run(count.parse().expect("a number"));
        return;
    }
    let folder = PathBuf::from(std::env::var("BENCH_DIR").unwrap_or_else(|_| "/tmp/bench-pdf".to_owned()));
    std::fs::create_dir_all(&folder).expect("a directory");
    let scene = Scene::of_our_letter(&folder);
    scene.write(&folder.join("scene.json"), LETTERS);

    let mut figures = vec![office()];
    figures.push(measured("krilla", LETTERS, |count| krilla_letters::print(&scene, count)));
    figures.extend(python("Typst", "typst_letters.py", &folder));
    figures.extend(python("ReportLab", "reportlab_letters.py", &folder));

    println!("| letters | a second | bytes a letter | one letter alone |\n| --- | --- | --- | --- |");
    for figure in &figures {
        println!("| {} | {:.0} | {:.0} | {} |", figure.name, figure.rate, figure.each, figure.one);
    }
    let fastest = figures[1..].iter().max_by(|a, b| a.rate.total_cmp(&b.rate)).expect("somebody else");
    println!("| the office against the fastest other ({}) | {:.1} times | | |", fastest.name, figures[0].rate / fastest.rate);
    let (few, many) = (memory::peak(1000), memory::peak(100_000));
    #[allow(clippy::cast_precision_loss)]
    let ratio = many as f64 / few as f64;
    println!("| peak memory, 100,000 letters against 1,000 | {many} KiB against {few} KiB | {ratio:.2} times | |");
}

/// Ours: whole letters, rules, frames and fold marks included.
fn office() -> Figure {
    let (fonts, options) = (fonts(), forms::PrintOptions::new(made_at(), false));
    measured("the office", LETTERS, |count| {
        let letters: Vec<_> = (1..=count).map(letters::letter).collect();
        let begun = Instant::now();
        let printed = forms::notice::print(&letters, &fonts, &options).expect("printed");
        (printed.pdf, begun.elapsed().as_secs_f64())
    })
}

/// The best of several runs. Each gives a document and the seconds it took.
fn measured(name: &'static str, letters: u32, mut print: impl FnMut(u32) -> (Vec<u8>, f64)) -> Figure {
    let one = print(1).0.len();
    let runs: Vec<(usize, f64)> = (0..RUNS)
        .map(|_| {
            let (pdf, seconds) = print(letters);
            (pdf.len(), seconds)
        })
        .collect();
    let seconds = runs.iter().map(|run| run.1).fold(f64::MAX, f64::min);
    #[allow(clippy::cast_precision_loss)]
    let each = runs[0].0 as f64 / f64::from(letters);
    Figure { name, rate: f64::from(letters) / seconds, each, one }
}

/// A library from PyPI. Without it the line is left out, and stderr says so.
fn python(name: &'static str, script: &str, folder: &Path) -> Option<Figure> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = std::env::var("BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python).arg(here.join(script)).arg(folder.join("scene.json")).output().ok()?;
    if !output.status.success() {
        eprintln!("{name} is not measured: {}", String::from_utf8_lossy(&output.stderr).trim());
        return None;
    }
    let figure: serde_json::Value = serde_json::from_slice(&output.stdout).expect("figures");
    let number = |key: &str| figure[key].as_f64().expect("a number");
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let one = number("one") as usize;
    Some(Figure { name, rate: number("rate"), each: number("each"), one })
}
