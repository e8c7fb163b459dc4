//! The two codes on a letter, read back from its picture as a sorting machine and a scanner would.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // pixels of one page

mod common;

use common::poppler::Paper;
use common::{fonts, letter, made_at, plain};
use forms::barcode::{BarcodeSize, CLEAR_MM};
use forms::notice::print;
use forms::{PrintOptions, WindowEnvelope};
use rules::barcode::customer_barcode;

const DPI: u32 = 600;

/// A black bar in the picture, millimetres.
#[derive(Debug, Clone, Copy)]
struct Bar {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Dark columns of an area that lie together, with how far each reaches.
fn bars(paper: &Paper, area: (f64, f64, f64, f64)) -> Vec<Bar> {
    let (width, _, pixels) = paper.picture(1, DPI);
    let scale = f64::from(DPI) / 25.4;
    let pixel = |mm: f64| (mm * scale).round() as usize;
    let mm = |pixel: usize| pixel as f64 / scale;
    let (x0, y0, x1, y1) = (pixel(area.0), pixel(area.1), pixel(area.2), pixel(area.3));
    let mut found: Vec<Bar> = Vec::new();
    let mut inside = false;
    for x in x0..x1 {
        let dark: Vec<usize> = (y0..y1).filter(|y| pixels[y * width + x] < 128).collect();
        match (dark.first(), dark.last()) {
            (Some(top), Some(bottom)) => {
                let (top, bottom) = (mm(*top), mm(bottom + 1));
                match found.last_mut().filter(|_| inside) {
                    Some(bar) => {
                        bar.right = mm(x + 1);
                        bar.top = bar.top.min(top);
                        bar.bottom = bar.bottom.max(bottom);
                    }
                    None => found.push(Bar { left: mm(x), right: mm(x + 1), top, bottom }),
                }
                inside = true;
            }
            _ => inside = false,
        }
    }
    found
}

/// The lower part of the address block, where the barcode stands alone.
fn barcode_area(paper: &Paper) -> (f64, f64, f64, f64) {
    let name = paper.words(1).into_iter().find(|w| w.text.ends_with('様')).expect("the name");
    (9.0, name.bottom, 110.0, name.bottom + 9.0)
}

// Japan Post's dimensions, at the smallest, usual and largest size, within its tolerances.
#[test]
fn the_customer_barcode_has_its_dimensions() {
    for points in [8.0_f32, 9.5, 11.5] {
        let envelope = WindowEnvelope {
            barcode_points: points,
            window_width_mm: 105.0,
            window_left_mm: 15.0,
            ..WindowEnvelope::default()
        };
        let options = PrintOptions { envelope, ..PrintOptions::new(made_at(), false) };
        let paper = Paper::of(&print(&[plain()], fonts(), &options).expect("printed"));
        let bars = bars(&paper, barcode_area(&paper));
        assert_eq!(bars.len(), 67, "{points} pt");
        let unit = f64::from(points) / 10.0;
        // Half a pixel either way is the picture's, not the paper's.
        let slack = 25.4 / f64::from(DPI);
        let within =
            |value: f64, low: f64, high: f64| value >= low * unit - slack && value <= high * unit + slack;
        for pair in bars.windows(2) {
            assert!(within(pair[1].left - pair[0].left, 0.95, 1.30), "pitch {pair:?}");
            assert!(within(pair[1].left - pair[0].right, 0.45, 0.60), "space {pair:?}");
        }
        for bar in &bars {
            assert!(within(bar.right - bar.left, 0.50, 0.70), "width {bar:?}");
        }
        let long = bars.iter().map(|b| b.bottom - b.top).fold(0.0, f64::max);
        let short = bars.iter().map(|b| b.bottom - b.top).fold(f64::MAX, f64::min);
        assert!(within(long, 3.40, 3.60) && within(short, 1.05, 1.35), "{long} {short}");
        let size = BarcodeSize::new(points);
        let whole = bars[66].right - bars[0].left;
        assert!((whole - f64::from(size.width_mm())).abs() < 0.1, "{whole}");
    }
}

/// The four states of the bars, by how far each reaches.
fn states(bars: &[Bar]) -> String {
    let top = bars.iter().map(|b| b.top).fold(f64::MAX, f64::min);
    let bottom = bars.iter().map(|b| b.bottom).fold(0.0, f64::max);
    let middle = f64::midpoint(top, bottom);
    let third = (bottom - top) / 3.0;
    bars.iter()
        .map(|bar| match (bar.top < middle - third, bar.bottom > middle + third) {
            (true, true) => '1',
            (true, false) => '2',
            (false, true) => '3',
            (false, false) => '4',
        })
        .collect()
}

/// What a sorting machine understands: the table of 郵便番号・バーコードマニュアル the other way round, with the check
/// character. It shares nothing with what draws the bars.
fn sorted(states: &str) -> String {
    const TABLE: [(&str, &str); 19] = [
        ("144", "0"),
        ("114", "1"),
        ("132", "2"),
        ("312", "3"),
        ("123", "4"),
        ("141", "5"),
        ("321", "6"),
        ("213", "7"),
        ("231", "8"),
        ("411", "9"),
        ("414", "-"),
        ("324", "<1>"),
        ("342", "<2>"),
        ("234", "<3>"),
        ("432", ""),
        ("243", "<5>"),
        ("423", "<6>"),
        ("441", "<7>"),
        ("111", "<8>"),
    ];
    let inside = states.strip_prefix("13").and_then(|rest| rest.strip_suffix("31")).expect("start and stop");
    let characters: Vec<usize> = inside
        .as_bytes()
        .chunks(3)
        .map(|three| TABLE.iter().position(|(bars, _)| bars.as_bytes() == three).expect("a character"))
        .collect();
    assert_eq!(characters.len(), 21);
    assert_eq!(characters.iter().sum::<usize>() % 19, 0, "the check character");
    characters[..20].iter().map(|at| TABLE[*at].1).collect()
}

// A sorting machine reads postal code and house number from the printed page.
#[test]
fn the_post_reads_where_the_letter_goes() {
    for (address, building, expected) in [
        ("東京都見本区赤羽一丁目23番4-506号", "見本ハイツ赤羽", "11500451-23-4-506"),
        ("東京都見本区西が丘三丁目7番8号", "見本マンション", "11500453-7-8"),
    ] {
        let letter = letter(7, "見本 太郎", address, Some(building));
        let paper =
            Paper::of(&print(&[letter], fonts(), &PrintOptions::new(made_at(), false)).expect("printed"));
        assert_eq!(sorted(&states(&bars(&paper, barcode_area(&paper)))), expected, "{address}");
    }
}

// The bars on paper are those of the rules, and nothing stands within two millimetres of them or of the window.
#[test]
fn the_customer_barcode_reads_back_and_stands_clear() {
    let options = PrintOptions::new(made_at(), false);
    let to = plain().addressee;
    let paper = Paper::of(&print(&[plain()], fonts(), &options).expect("printed"));
    let bars = bars(&paper, barcode_area(&paper));
    let top = bars.iter().map(|b| b.top).fold(f64::MAX, f64::min);
    let bottom = bars.iter().map(|b| b.bottom).fold(0.0, f64::max);
    let read = states(&bars);
    let address = format!("{} {}", to.address, to.building.expect("a building"));
    assert_eq!(read, customer_barcode(&to.postal_code, &address).expect("a code").bars);

    let clear = f64::from(CLEAR_MM);
    let (left, right) = (bars[0].left, bars[66].right);
    for word in paper.words(1) {
        let apart = word.right <= left - clear
            || word.left >= right + clear
            || word.bottom <= top - clear + 0.3
            || word.top >= bottom + clear;
        assert!(apart, "{word:?}");
    }
    let envelope = options.envelope;
    let window_left = f64::from(envelope.window_left_mm - (envelope.width_mm - 210.0) / 2.0);
    let window_top = f64::from(envelope.window_top_mm - (envelope.height_mm - 99.0) / 2.0);
    assert!(
        left >= window_left + clear && right <= window_left + f64::from(envelope.window_width_mm) - clear
    );
    assert!(top >= window_top + clear && bottom <= window_top + f64::from(envelope.window_height_mm) - clear);
}

// No barcode for a postal code that names no delivery area, and none without a postal code; the letter is printed.
#[test]
fn no_barcode_where_the_post_refuses_one() {
    for postal in ["115-0000", ""] {
        let mut letter = plain();
        letter.addressee.postal_code = postal.to_owned();
        let paper =
            Paper::of(&print(&[letter], fonts(), &PrintOptions::new(made_at(), false)).expect("printed"));
        assert_eq!(bars(&paper, barcode_area(&paper)).len(), 0, "{postal}");
    }
}

// A scanner reads the letter's token, and nothing else, from the QR code; also from a page marked as training.
#[test]
fn the_qr_code_gives_the_token() {
    let letters = [letter(41, "見本 太郎", "東京都見本区1-2-3", None), plain()];
    let printed = print(&letters, fonts(), &PrintOptions::new(made_at(), true)).expect("printed");
    let paper = Paper::of(&printed);
    for (page, letter) in (1..).zip(&letters) {
        assert_eq!(common::poppler::codes(&paper, page), [letter.token.as_str()]);
    }
}
