//! The layer that all letters with the same certificates and dates share.

use rules::wareki;

use super::place::{DEADLINE, TABLE};
use super::{NoticeCertificate, words};
use crate::FormError;
use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, Sheet, TextBox, VAlign};

const HEAD: f32 = 6.6;
/// Both rows fill the table; one alone is not stretched to the height of two.
const ROW: f32 = 14.0;
const COLUMNS: [f32; 3] = [50.0, 54.0, 74.0];

pub(super) fn draw(
    composer: &mut Composer<'_>,
    certificates: &[NoticeCertificate],
) -> Result<Sheet, FormError> {
    let mut sheet = Sheet::default();
    table(&mut sheet, composer, certificates)?;
    deadline(&mut sheet, composer, certificates)?;
    Ok(sheet)
}

fn table(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    certificates: &[NoticeCertificate],
) -> Result<(), FormError> {
    let head = Area { height: HEAD, ..TABLE };
    sheet.fill(head, 0.9);
    let rows = u16::try_from(certificates.len().max(1)).map_or(1.0, f32::from);
    let height = ((TABLE.height - HEAD) / rows).min(ROW);
    let whole = Area { height: HEAD + height * rows, ..TABLE };

    let mut x = TABLE.x;
    for (title, width) in words::COLUMNS.into_iter().zip(COLUMNS) {
        TextBox::new(Area::new(x, head.y, width, HEAD), Family::Headings, 9.5)
            .align(Align::Centre)
            .valign(VAlign::Middle)
            .put(sheet, composer, title)?;
        x += width;
        if x < TABLE.right() - 0.1 {
            sheet.rule((x, whole.y), (x, whole.bottom()), 0.2, 0.0);
        }
    }
    let mut y = head.bottom();
    for certificate in certificates {
        sheet.rule((TABLE.x, y), (TABLE.right(), y), 0.2, 0.0);
        row(sheet, composer, certificate, Area::new(TABLE.x, y, TABLE.width, height))?;
        y += height;
    }
    sheet.frame(whole, 0.35);
    Ok(())
}

fn row(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    certificate: &NoticeCertificate,
    row: Area,
) -> Result<(), FormError> {
    let expires = wareki::long(certificate.expires);
    let period = format!(
        "{}から\n{}まで",
        wareki::long_weekday(certificate.renewal_from),
        wareki::long_weekday(certificate.expires)
    );
    let cells = [
        (Family::Text, 10.5, certificate.kind.label()),
        (Family::Headings, 12.0, expires.as_str()),
        (Family::Numbers, 10.0, period.as_str()),
    ];
    let mut x = row.x;
    for ((family, size, text), width) in cells.into_iter().zip(COLUMNS) {
        let cell = Area::new(x + 1.5, row.y + 0.6, width - 3.0, row.height - 1.2);
        TextBox::new(cell, family, size)
            .leading(1.3)
            .align(Align::Centre)
            .valign(VAlign::Middle)
            .put(sheet, composer, text)?;
        x += width;
    }
    Ok(())
}

/// The day by which all of it is done: the earliest expiry, and the last open day where that is earlier.
fn deadline(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    certificates: &[NoticeCertificate],
) -> Result<(), FormError> {
    let Some(first) = certificates.iter().min_by_key(|c| c.expires) else { return Ok(()) };
    let area = Area::new(DEADLINE.x + 38.0, DEADLINE.y, DEADLINE.width - 42.0, DEADLINE.height);
    let day = format!("{} まで", wareki::long_weekday(first.expires));
    let put = |sheet: &mut Sheet, composer: &mut Composer<'_>, area, size, text: &str| {
        TextBox::new(area, Family::Headings, size).valign(VAlign::Middle).put(sheet, composer, text)
    };
    let Some(open) = first.last_open_day.filter(|day| *day < first.expires) else {
        put(sheet, composer, area, 17.0, &day)?;
        return Ok(());
    };
    let upper = Area::new(area.x, area.y + 1.2, area.width, 8.0);
    put(sheet, composer, upper, 17.0, &day)?;
    let note = format!(
        "この日は窓口がお休みです。窓口で手続きできる最後の日は {} です。",
        wareki::long_weekday(open)
    );
    put(sheet, composer, Area::new(area.x, area.y + 9.8, area.width, 4.6), 9.5, &note)?;
    Ok(())
}
