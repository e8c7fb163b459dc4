//! `make bench`: what the office takes, measured from outside and printed as ratios against a peer in the same run.
//!
//! Nothing here fails because something was slow; it fails when something was wrong.

mod campaign;
mod card;
mod figures;
mod notices;
mod pages;
mod trail;
mod ward;

use office_tests::namespace;
use std::time::Instant;

/// The ward that everything is compared with.
const LARGE: usize = 350_000;

fn main() {
    // The card's part runs in a network of its own, so the program calls itself again for it.
    if std::env::args().any(|argument| argument == card::INSIDE) {
        namespace::run(card::INSIDE, card::measure);
        return;
    }
    let begun = Instant::now();
    let size = std::env::var("BENCH_RESIDENTS").ok().and_then(|text| text.parse().ok()).unwrap_or(LARGE);
    println!("# Measures\n");
    println!("| measure | figure |\n| --- | --- |");
    if std::env::var_os("BENCH_ONLY_CAMPAIGN").is_some() {
        campaign::measure(&ward::imported(size), size);
        return;
    }
    let small = ward::training();
    let large = ward::imported(size);
    pages::measure(&small, &large, size);
    notices::measure(&large);
    campaign::measure(&large, size);
    drop((small, large));
    trail::measure();
    namespace::run(card::INSIDE, card::measure);
    eprintln!("{} s in all", begun.elapsed().as_secs());
}
