//! How many notices a second, and how large: `cargo run -p forms --example rate -- 3700`.

use std::error::Error;
use std::time::Instant;

#[path = "../tests/common/mod.rs"]
mod common;

fn main() -> Result<(), Box<dyn Error>> {
    let count: u32 = std::env::args().nth(1).map_or(Ok(3700), |n| n.parse())?;
    let names = [
        "渡邉\u{E0111} 花子",
        "髙橋 一郎",
        "𠮷田 桜",
        "齋\u{E0103}藤 健太",
        "佐藤 美咲",
        "グエン ティ ミホン",
    ];
    let letters: Vec<_> = (1..=count)
        .zip(names.iter().cycle())
        .map(|(n, name)| {
            let mut letter = common::letter(
                n,
                name,
                &format!("東京都見本区赤羽{}丁目{}番{}号", n % 9 + 1, n % 47 + 1, n),
                None,
            );
            for certificate in &mut letter.certificates {
                certificate.expires = common::day(2027, 1, n % 31 + 1);
            }
            letter
        })
        .collect();
    let fonts = forms::Fonts::load(&forms::FontPaths::default())?;
    let options = forms::PrintOptions::new(common::made_at(), true);
    let one = forms::notice::print(&letters[..1], &fonts, &options)?.pdf.len();
    let start = Instant::now();
    let printed = forms::notice::print(&letters, &fonts, &options)?;
    let taken = start.elapsed().as_secs_f64();
    println!(
        "{count} letters in {taken:.2} s: {:.0} a second; {} bytes, {} a letter; one alone {one} bytes",
        f64::from(count) / taken,
        printed.pdf.len(),
        printed.pdf.len() / letters.len(),
    );
    Ok(())
}
