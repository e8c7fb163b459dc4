//! What didn't come out and why, on as many pages as it takes.

use crate::FormError;
use crate::counter_form::{LEFT, WIDTH};
use crate::daily_report::ReportExplanation;
use crate::fonts::Family;
use crate::layout::{Area, MM_PER_PT, TextBox};
use crate::page::Page;

/// Points of the text.
const SIZE: f32 = 9.5;
/// Distance of baselines, in ems.
const LEADING: f32 = 1.4;
/// From the label to the text, so that what happened and why stand under one another.
const LABEL: f32 = 12.0;
/// Space under an entry.
const GAP: f32 = 2.4;

/// Room an entry takes, in millimetres: as if every character were a full-width one.
pub(crate) fn height(entry: &ReportExplanation) -> f32 {
    (lines(&entry.what) + lines(&entry.why)) * SIZE * LEADING * MM_PER_PT + GAP
}

fn lines(text: &str) -> f32 {
    let line = SIZE * MM_PER_PT * 1.02;
    text.lines().map(|part| (width(part) * line / (WIDTH - LABEL)).ceil().max(1.0)).sum()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a sentence has far fewer characters than a float has integers"
)]
fn width(text: &str) -> f32 {
    text.chars().count() as f32
}

/// Which entries stand on which page: the first has room for `first` millimetres, the others for `rest`.
pub(crate) fn pages(entries: &[ReportExplanation], first: f32, rest: f32) -> Vec<&[ReportExplanation]> {
    let mut pages = Vec::new();
    let (mut from, mut room) = (0, first);
    for (at, entry) in entries.iter().enumerate() {
        let needed = height(entry);
        // An entry longer than a page stands on one of its own and is set smaller.
        if needed > room && (at > from || pages.is_empty()) {
            pages.push(&entries[from..at]);
            (from, room) = (at, rest);
        }
        room -= needed;
    }
    pages.push(&entries[from..]);
    pages
}

/// Draws entries from `y` down to `bottom`. Returns the lower edge.
pub(crate) fn draw(
    page: &mut Page<'_, '_>,
    mut y: f32,
    bottom: f32,
    entries: &[ReportExplanation],
) -> Result<f32, FormError> {
    for entry in entries {
        for (label, text) in [("差異", &entry.what), ("説明", &entry.why)] {
            let left = Area::new(LEFT, y, LABEL, 5.0);
            page.put(TextBox::new(left, Family::Headings, SIZE), label)?;
            let room = Area::new(LEFT + LABEL, y, WIDTH - LABEL, (bottom - y).max(5.0));
            y = page.put(TextBox::new(room, Family::Text, SIZE).leading(LEADING), text)?.bottom + 0.6;
        }
        y += GAP - 1.2;
    }
    Ok(y)
}
