//! One of our letters as other libraries are asked to set it.

use std::path::Path;
use std::process::Command;

use rules::barcode::customer_barcode;
use serde_json::json;

use crate::letters::{self, Own};

/// A line of text.
#[derive(Clone)]
pub struct Line {
    /// Points from the left and from the top to the baseline.
    pub x: f32,
    pub y: f32,
    pub size: f32,
    /// Index into [`FONTS`].
    pub font: usize,
    pub text: String,
}

/// A black rectangle, points from the top left.
pub type Block = [f32; 4];

/// The lines all letters share, and where what differs stands.
pub struct Scene {
    pub shared: Vec<Line>,
    /// Name, address and number of the letter the scene was read from, replaced for each letter.
    pub places: Vec<(Line, fn(&Own) -> String)>,
}

pub const FONTS: [(&str, &str); 4] = [
    ("IPAmjMincho", "/usr/share/fonts/truetype/ipamj/ipamjm.ttf"),
    ("BIZUDMincho", "/usr/share/fonts/truetype/bizud-mincho/BIZUDMincho-Regular.ttf"),
    ("BIZUDGothic-Regular", "/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Regular.ttf"),
    ("BIZUDGothic-Bold", "/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Bold.ttf"),
];

impl Scene {
    pub fn of_our_letter(folder: &Path) -> Self {
        let options = forms::PrintOptions::new(letters::made_at(), false);
        let printed = forms::notice::print(&[letters::letter(1)], &letters::fonts(), &options).expect("printed");
        let file = folder.join("ours.pdf");
        std::fs::write(&file, printed.pdf).expect("written");
        // In units of 1/1.5 point, poppler's default for XML.
        let output = Command::new("pdftohtml")
            .args(["-xml", "-i", "-stdout", "-zoom", "1", "-fontfullname"])
            .arg(&file)
            .output()
            .expect("poppler-utils is installed");
        let xml = String::from_utf8(output.stdout).expect("UTF-8");
        let own = letters::own(1);
        let mut scene = Self { shared: Vec::new(), places: Vec::new() };
        let mut known: Vec<(f32, usize)> = Vec::new();
        for line in xml.lines().map(str::trim) {
            if line.starts_with("<fontspec") {
                let family = attribute(line, "family");
                let font = FONTS.iter().position(|(name, _)| family.contains(name)).unwrap_or(1);
                known.push((attribute(line, "size").parse().expect("a size"), font));
            } else if line.starts_with("<text") {
                let number = |name: &str| attribute(line, name).parse::<f32>().expect("a number");
                let (size, font) = known[attribute(line, "font").parse::<usize>().expect("a font")];
                let text = plain(line);
                let line = Line { x: number("left"), y: number("top") + size * 0.88, size, font, text };
                if line.text.contains(&own.number) {
                    scene.places.push((line, |own| format!("文書番号 {}", own.number)));
                } else if line.text.contains("見本区赤羽") {
                    scene.places.push((line, |own| own.address.clone()));
                } else if line.text.replace(' ', "").contains(&own.name.replace(' ', "")) {
                    scene.places.push((line, |own| format!("{} 様", own.name)));
                } else if !line.text.trim().is_empty() {
                    scene.shared.push(line);
                }
            }
        }
        assert!(scene.places.len() == 3 && scene.shared.len() > 30, "{} lines", scene.shared.len());
        scene
    }

    /// The lines that are one letter's alone.
    pub fn own(&self, own: &Own) -> Vec<Line> {
        self.places.iter().map(|(line, text)| Line { text: text(own), ..line.clone() }).collect()
    }

    /// Scene and letters for libraries of another language.
    pub fn write(&self, file: &Path, count: u32) {
        let line = |line: &Line| json!([line.x, line.y, line.size, line.font, line.text]);
        let letters: Vec<_> = (1..=count)
            .map(|number| {
                let own = letters::own(number);
                json!({
                    "lines": self.own(&own).iter().map(line).collect::<Vec<_>>(),
                    "blocks": blocks(&own),
                })
            })
            .collect();
        let scene = json!({
            "fonts": FONTS,
            "shared": self.shared.iter().map(line).collect::<Vec<_>>(),
            "letters": letters,
        });
        std::fs::write(file, serde_json::to_vec(&scene).expect("JSON")).expect("written");
    }
}

/// Barcode and QR code of one letter.
pub fn blocks(own: &Own) -> Vec<Block> {
    let mut blocks = Vec::new();
    let code = customer_barcode("1150045", &own.address).expect("a code");
    let unit = 0.48 / 25.4 * 72.0;
    for (at, bar) in (0_u8..).zip(code.bars.chars()) {
        let (top, height) = match bar {
            '1' => (0.0, 6.0),
            '2' => (0.0, 4.0),
            '3' => (2.0, 4.0),
            _ => (2.0, 2.0),
        };
        blocks.push([57.0 + f32::from(at) * 2.0 * unit, 120.0 + top * unit, unit, height * unit]);
    }
    let code = qrcode::QrCode::with_error_correction_level(own.token.as_bytes(), qrcode::EcLevel::M).expect("a code");
    let colours = code.to_colors();
    let cell = 20.0 / 25.4 * 72.0 / 33.0;
    for (row, cells) in (0_u8..).zip(colours.chunks(code.width())) {
        let mut column = 0_usize;
        for group in cells.chunk_by(|a, b| a == b) {
            if group[0] == qrcode::Color::Dark {
                let at = |n: usize| f32::from(u8::try_from(n).expect("small"));
                let (x, y) = (500.0 + at(column) * cell, 40.0 + f32::from(row) * cell);
                blocks.push([x, y, at(group.len()) * cell, cell]);
            }
            column += group.len();
        }
    }
    blocks
}

fn attribute(line: &str, name: &str) -> String {
    let start = line.find(&format!("{name}=\"")).unwrap_or_else(|| panic!("{name}: {line}")) + name.len() + 2;
    line[start..].split('"').next().unwrap_or_default().to_owned()
}

/// The text without its markup.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in line.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&#160;", " ")
}
