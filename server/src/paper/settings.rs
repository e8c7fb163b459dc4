//! The envelope, the printers and the print room's files: stored together, changed together.

use crate::audit::{self, Entry, Kind};
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store;
use forms::{Paper, WindowEnvelope};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The key under which they are stored.
pub const KEY: &str = "printing";

/// The most characters of a printer's name.
const LONGEST_NAME: usize = 40;
/// Most printers an office may name.
pub const PRINTERS: usize = 6;

/// What the office has decided about printing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrintSettings {
    /// The window envelope that letters go into.
    pub envelope: WindowEnvelope,
    /// The printers; there is always one.
    pub printers: Vec<Printer>,
    /// Which of them prints letters, from 0.
    pub letters_printer: usize,
    /// Which of them prints at the counter, from 0.
    pub counter_printer: usize,
    /// Marks where to fold.
    pub fold_marks: bool,
    /// Letters in one file for the print room; 0 puts all into one.
    pub part_letters: u32,
    /// Notices come with the reply form for a proxy's one visit.
    pub reply_form: bool,
}

/// A printer and how far off it prints.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Printer {
    /// What the office calls it.
    pub name: String,
    /// Millimetres that everything is moved to the right.
    pub shift_right_mm: f32,
    /// Millimetres that everything is moved down.
    pub shift_down_mm: f32,
}

impl Default for PrintSettings {
    fn default() -> Self {
        let printer =
            Printer { name: "窓口のプリンタ".to_owned(), shift_right_mm: 0.0, shift_down_mm: 0.0 };
        Self {
            envelope: WindowEnvelope::default(),
            printers: vec![printer],
            letters_printer: 0,
            counter_printer: 0,
            fold_marks: true,
            part_letters: 1000,
            reply_form: true,
        }
    }
}

impl PrintSettings {
    /// The printer that a paper usually comes out of.
    pub fn printer_of(&self, paper: Paper) -> &Printer {
        let at = match paper {
            Paper::Notice | Paper::Inquiry | Paper::Envelope => self.letters_printer,
            _ => self.counter_printer,
        };
        self.printers.get(at).unwrap_or(&self.printers[0])
    }
}

/// The settings as they stand.
///
/// # Errors
/// When the database can't be read.
pub async fn load(office: &Office) -> Result<PrintSettings> {
    let stored = store::settings::get(office.store().read(), KEY).await?;
    let settings: PrintSettings = match stored {
        Some(json) => serde_json::from_str(&json)?,
        None => PrintSettings::default(),
    };
    let printers =
        if settings.printers.is_empty() { PrintSettings::default().printers } else { settings.printers };
    Ok(PrintSettings { printers, ..settings })
}

/// A number of the form: its key, its name, and the smallest and largest it may be.
pub struct Measure {
    /// The form's field.
    pub key: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it changes.
    pub hint: &'static str,
    /// Millimetres, or points for the barcode.
    pub range: (f32, f32),
}

const fn measure(key: &'static str, label: &'static str, hint: &'static str, range: (f32, f32)) -> Measure {
    Measure { key, label, hint, range }
}

/// The measures of the envelope, in the order of the form.
pub const MEASURES: [Measure; 7] = [
    measure("width_mm", "封筒の横(mm)", "長形3号は235です。", (200.0, 260.0)),
    measure("height_mm", "封筒の縦(mm)", "長形3号は120です。", (99.0, 140.0)),
    measure("window_left_mm", "窓の左(mm)", "封筒の左の端から窓の左の端まで。", (5.0, 120.0)),
    measure("window_top_mm", "窓の上(mm)", "封筒の上の端から窓の上の端まで。", (5.0, 60.0)),
    measure("window_width_mm", "窓の横(mm)", "80以上。", (80.0, 120.0)),
    measure("window_height_mm", "窓の縦(mm)", "45以上。", (45.0, 70.0)),
    measure("barcode_points", "カスタマバーコードの大きさ(ポイント)", "8から11.5。", (8.0, 11.5)),
];

/// Where a measure is kept.
pub fn slot<'e>(envelope: &'e mut WindowEnvelope, key: &str) -> Option<&'e mut f32> {
    Some(match key {
        "width_mm" => &mut envelope.width_mm,
        "height_mm" => &mut envelope.height_mm,
        "window_left_mm" => &mut envelope.window_left_mm,
        "window_top_mm" => &mut envelope.window_top_mm,
        "window_width_mm" => &mut envelope.window_width_mm,
        "window_height_mm" => &mut envelope.window_height_mm,
        "barcode_points" => &mut envelope.barcode_points,
        _ => return None,
    })
}

/// What was entered, by field.
pub type Entered = HashMap<String, String>;

/// What was wrong with a form: the field and a sentence.
pub type Wrong = Vec<(String, String)>;

/// Reads the form. Every field that is wrong is named.
///
/// # Errors
/// The fields that can't be taken, each with a sentence.
pub fn read(entered: &Entered) -> std::result::Result<PrintSettings, Wrong> {
    let mut wrong = Wrong::new();
    let of = |key: &str| entered.get(key).map_or("", |text| text.trim());
    let mut settings = PrintSettings {
        fold_marks: of("fold_marks") == "yes",
        reply_form: of("reply_form") == "yes",
        printers: Vec::new(),
        ..PrintSettings::default()
    };
    for measure in &MEASURES {
        let number = number(of(measure.key), measure.range);
        match (number, slot(&mut settings.envelope, measure.key)) {
            (Some(number), Some(slot)) => *slot = number,
            _ => wrong.push((measure.key.to_owned(), must_be(measure.label, measure.range))),
        }
    }
    if let Some(many) = of("part_letters").parse::<u32>().ok().filter(|many| *many <= 100_000) {
        settings.part_letters = many;
    } else {
        let sentence = "1つのファイルの通数は、0から100000の半角の数字で入れてください。";
        wrong.push(("part_letters".to_owned(), sentence.to_owned()));
    }
    for at in 0..PRINTERS {
        let key = |name: &str| format!("{name}_{at}");
        let name = of(&key("printer")).to_owned();
        if name.is_empty() {
            continue;
        }
        if name.chars().count() > LONGEST_NAME {
            wrong.push((key("printer"), format!("プリンタの名前は{LONGEST_NAME}文字までで入れてください。")));
        }
        let mut shift = |field: &str, label: &str| {
            let range = (-15.0, 15.0);
            number(of(&key(field)), range).unwrap_or_else(|| {
                wrong.push((key(field), must_be(label, range)));
                0.0
            })
        };
        let (shift_right_mm, shift_down_mm) = (shift("right", "右への調整"), shift("down", "下への調整"));
        let index = settings.printers.len();
        if of("letters_printer") == at.to_string() {
            settings.letters_printer = index;
        }
        if of("counter_printer") == at.to_string() {
            settings.counter_printer = index;
        }
        settings.printers.push(Printer { name, shift_right_mm, shift_down_mm });
    }
    if settings.printers.is_empty() {
        wrong.push(("printer_0".to_owned(), "プリンタの名前を1つは入れてください。".to_owned()));
    }
    if wrong.is_empty() && settings.envelope.holds_an_address().is_err() {
        let sentence = "この窓の位置では、宛名とバーコードが窓の内側2 mmの余白を残して入りません。封筒と窓の寸法を確かめてください。";
        wrong.push(("window_left_mm".to_owned(), sentence.to_owned()));
    }
    if wrong.is_empty() { Ok(settings) } else { Err(wrong) }
}

fn number(text: &str, (least, most): (f32, f32)) -> Option<f32> {
    let value: f32 = text.parse().ok()?;
    // To a tenth of a millimetre: finer than any printer feeds.
    let value = (value * 10.0).round() / 10.0;
    (least..=most).contains(&value).then_some(value)
}

fn must_be(label: &str, (least, most): (f32, f32)) -> String {
    format!("{label}は、{least}から{most}の半角の数字で入れてください。")
}

/// Stores the settings and notes the change.
///
/// # Errors
/// When the role may not, or the database refuses.
pub async fn save(office: &Office, visitor: &Visitor, settings: &PrintSettings) -> Result<()> {
    visitor.require(Act::ChangeSettings)?;
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    let json = serde_json::to_string(settings)?;
    store::settings::set(&mut tx, KEY, &json, Some(visitor.staff_id), &at).await?;
    let entry = Entry::done(Kind::SettingChanged, visitor, "用紙と印刷の設定を変えました。");
    audit::record(&mut tx, &at, entry.object(KEY)).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(changes: &[(&str, &str)]) -> HashMap<String, String> {
        let usual = [
            ("width_mm", "235"),
            ("height_mm", "120"),
            ("window_left_mm", "20"),
            ("window_top_mm", "17"),
            ("window_width_mm", "90"),
            ("window_height_mm", "45"),
            ("barcode_points", "8"),
            ("part_letters", "1000"),
            ("printer_0", "窓口"),
            ("right_0", "0"),
            ("down_0", "0"),
            ("printer_1", "印刷室"),
            ("right_1", "-1.5"),
            ("down_1", "2"),
            ("letters_printer", "1"),
            ("counter_printer", "0"),
            ("reply_form", "yes"),
        ];
        usual.iter().chain(changes).map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    }

    /// What is entered is what is printed with, each paper on its own printer.
    #[test]
    fn reads_the_form() {
        let settings = read(&form(&[])).unwrap();
        assert_eq!(settings.printer_of(Paper::Notice).shift_right_mm.to_bits(), (-1.5_f32).to_bits());
        assert_eq!(settings.printer_of(Paper::Receipt).name, "窓口");
        assert!(settings.reply_form && !settings.fold_marks);
        // A line that is emptied takes its printer away; the others keep their part.
        let one = read(&form(&[("printer_0", "")])).unwrap();
        assert_eq!(one.printer_of(Paper::Receipt).name, "印刷室");
    }

    /// What can't be is told at its field.
    #[test]
    fn refuses_what_cannot_be() {
        let fields = |changes: &[(&str, &str)]| -> Vec<String> {
            read(&form(changes)).unwrap_err().into_iter().map(|(field, _)| field).collect()
        };
        assert_eq!(fields(&[("window_width_mm", "70")]), ["window_width_mm"]);
        assert_eq!(
            fields(&[("window_left_mm", "千"), ("part_letters", "-1")]),
            ["window_left_mm", "part_letters"]
        );
        assert_eq!(fields(&[("right_1", "99")]), ["right_1"]);
        assert_eq!(fields(&[("printer_0", ""), ("printer_1", "")]), ["printer_0"]);
        // The window begins beside the sheet: no address would be seen.
        assert_eq!(fields(&[("window_left_mm", "120"), ("barcode_points", "11.5")]), ["window_left_mm"]);
    }
}
