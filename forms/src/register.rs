//! A list that runs over as many pages as it needs: numbered lines in ruled columns with the heads on every page.

use crate::counter_form::{BADGE, LEFT, WIDTH};
use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, Sheet, TextBox, VAlign};
use crate::pdf::{Binder, Properties};
use crate::{Fonts, FormError, PrintOptions, Printed, marks};

/// A column of a list.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    pub(crate) head: &'static str,
    pub(crate) width: f32,
    pub(crate) family: Family,
    pub(crate) align: Align,
}

pub(crate) const fn column(head: &'static str, width: f32, family: Family, align: Align) -> Column {
    Column { head, width, family, align }
}

const ROW: f32 = 6.4;

/// Lower edge of a list on its page.
const BOTTOM: f32 = 279.0;

/// Prints a list on as many A4 pages as it needs. `head` draws what stands over it on a page of this number, from 1, and
/// returns where the list begins.
pub(crate) fn print(
    fonts: &Fonts,
    options: &PrintOptions,
    properties: &Properties,
    columns: &[Column],
    all: &[Vec<String>],
    head: impl Fn(&mut Sheet, &mut Composer<'_>, u32) -> Result<f32, FormError>,
) -> Result<Printed, FormError> {
    let under =
        |sheet: &mut Sheet, composer: &mut Composer<'_>, number| head(sheet, composer, number).map(Some);
    print_under(fonts, options, properties, columns, all, 1, under)
}

/// As [`print`], with at least so many pages; `head` returns nothing where a page has no room for the list.
pub(crate) fn print_under(
    fonts: &Fonts,
    options: &PrintOptions,
    properties: &Properties,
    columns: &[Column],
    all: &[Vec<String>],
    at_least: u32,
    head: impl Fn(&mut Sheet, &mut Composer<'_>, u32) -> Result<Option<f32>, FormError>,
) -> Result<Printed, FormError> {
    let mut composer = Composer::new(fonts)?;
    composer.for_person(&properties.author);
    Printed::bind(|out| {
        let mut binder = Binder::begin(out, options)?;
        let (mut from, mut number) = (0, 1);
        loop {
            let mut sheet = Sheet::default();
            marks::training(&mut sheet, &mut composer, BADGE, options)?;
            let top = head(&mut sheet, &mut composer, number)?;
            // A page on which not even one row has room leaves the list to the next.
            let top = top.filter(|top| BOTTOM - top >= 2.0 * ROW);
            let mut drawn = 0;
            if let Some(top) = top {
                let area = Area::new(LEFT, top, WIDTH, BOTTOM - top);
                drawn = rows(&mut sheet, &mut composer, area, columns, &all[from..])?;
            }
            binder.page(&[], &sheet)?;
            from += drawn;
            number += 1;
            let stuck = drawn == 0 && number > at_least + 1;
            if number > at_least && (from >= all.len() || stuck) {
                break;
            }
        }
        binder.end(fonts, composer, properties)
    })
}

/// The number of a page at its upper right.
pub(crate) fn page_number(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    number: u32,
) -> Result<(), FormError> {
    let area = Area::new(LEFT + WIDTH - 20.0, 28.0, 20.0, 5.0);
    let style = TextBox::new(area, Family::Numbers, 9.5).align(Align::Right);
    style.put(sheet, composer, &format!("{number}ページ"))?;
    Ok(())
}

/// Draws as many rows as fit an area. Returns how many.
fn rows(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    area: Area,
    columns: &[Column],
    rows: &[Vec<String>],
) -> Result<usize, FormError> {
    let width: f32 = columns.iter().map(|c| c.width).sum();
    sheet.fill(Area::new(area.x, area.y, width, ROW), 0.9);
    let heads = columns.iter().map(|c| (*c, c.head, Family::Headings));
    line(sheet, composer, area.x, area.y, heads)?;
    let mut y = area.y + ROW;
    let mut drawn = 0;
    for row in rows {
        if y + ROW > area.bottom() {
            break;
        }
        sheet.rule((area.x, y), (area.x + width, y), 0.15, 0.4);
        let cells = columns.iter().zip(row).map(|(c, text)| (*c, text.as_str(), c.family));
        line(sheet, composer, area.x, y, cells)?;
        y += ROW;
        drawn += 1;
    }
    let mut x = area.x;
    for column in &columns[..columns.len().saturating_sub(1)] {
        x += column.width;
        sheet.rule((x, area.y), (x, y), 0.15, 0.4);
    }
    sheet.frame(Area::new(area.x, area.y, width, y - area.y), 0.35);
    Ok(drawn)
}

fn line<'a>(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    mut x: f32,
    y: f32,
    cells: impl Iterator<Item = (Column, &'a str, Family)>,
) -> Result<(), FormError> {
    for (column, text, family) in cells {
        let cell = Area::new(x + 1.4, y + 0.5, column.width - 2.8, ROW - 1.0);
        TextBox::new(cell, family, 9.5)
            .smallest(5.0)
            .align(column.align)
            .valign(VAlign::Middle)
            .put(sheet, composer, text)?;
        x += column.width;
    }
    Ok(())
}
