//! Writes one sample of each paper to a directory, for looking at: `cargo run -p forms --example sample -- /tmp/paper`.

use std::error::Error;
use std::path::PathBuf;

#[path = "../tests/common/mod.rs"]
mod common;

fn main() -> Result<(), Box<dyn Error>> {
    let directory = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "/tmp/paper".to_owned()));
    std::fs::create_dir_all(&directory)?;
    let fonts = forms::Fonts::load(&forms::FontPaths::default())?;
    for (name, printed) in common::samples(&fonts)? {
        for fallback in &printed.fallbacks {
            println!("{name}: {} — {}", fallback.who, fallback.sentence());
        }
        let file = directory.join(format!("{name}.pdf"));
        println!("{} ({} pages, {} bytes)", file.display(), printed.pages, printed.pdf.len());
        std::fs::write(file, printed.pdf)?;
    }
    Ok(())
}
