//! 受付票: what the person takes home who has to come again or to wait.

use chrono::NaiveDate;
use rules::wareki;
use serde::{Deserialize, Serialize};

use crate::counter_form::{BADGE, LABEL, LEFT, WIDTH};
use crate::fonts::Family;
use crate::layout::{Area, Table, TextBox};
use crate::office::OfficeText;
use crate::page::{Page, Single};
use crate::{Fonts, FormError, Paper, PrintOptions, Printed, letterhead};

/// One slip. It names nobody but by number, for it may be lost on the way home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceptionSlip {
    /// 受付番号, such as R8-000123; also in the slip's QR code.
    pub reception_number: String,
    /// 受付日.
    pub received: NaiveDate,
    /// What was received: the procedure in words.
    pub procedure: String,
    /// What comes next, in one or two sentences. May be empty.
    #[serde(default)]
    pub next: String,
    /// By when, where there is a limit.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// What to bring next time, one thing each. May be empty.
    #[serde(default)]
    pub bring: Vec<String>,
    /// Whose counter it is.
    pub office: OfficeText,
}

/// Prints one slip on the upper half of an A4 page.
///
/// # Errors
/// Any [`FormError`] of fonts or of the PDF.
pub fn print(slip: &ReceptionSlip, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let single = Single {
        paper: Paper::ReceptionSlip,
        who: &slip.reception_number,
        office: &slip.office,
        title: format!("{} {}", Paper::ReceptionSlip.label(), slip.reception_number),
        badge: BADGE,
    };
    single.print(fonts, options, |page| draw(page, slip))
}

fn draw(page: &mut Page<'_, '_>, slip: &ReceptionSlip) -> Result<(), FormError> {
    page.values.set("受付番号", &slip.reception_number);
    page.title(Area::new(LEFT, 14.0, WIDTH - 30.0, 10.0), 18.0, "題名")?;
    let code = Area::new(LEFT + 60.0, 24.0, WIDTH - 60.0, 22.0);
    page.code(code, &slip.reception_number, "")?;
    let number = Area::new(LEFT, 27.0, 120.0, 11.0);
    page.put(TextBox::new(number, Family::Headings, 26.0), &slip.reception_number)?;
    let lead = Area::new(LEFT, 40.0, WIDTH - 32.0, 11.0);
    page.words(TextBox::new(lead, Family::Text, 11.0).leading(1.4), "前文")?;
    let mut table = Table::new(LEFT, 54.0, &[LABEL, WIDTH - LABEL]);
    page.row(&mut table, 8.4, "受付日", Family::Numbers, &wareki::long_weekday(slip.received))?;
    page.row(&mut table, 10.0, "手続き", Family::Text, &slip.procedure)?;
    if !slip.next.is_empty() {
        page.row(&mut table, 14.0, "これから", Family::Text, &slip.next)?;
    }
    if let Some(until) = slip.until {
        let day = format!("{} まで", wareki::long_weekday(until));
        page.row(&mut table, 9.4, "期限", Family::Headings, &day)?;
    }
    if !slip.bring.is_empty() {
        let things: Vec<String> = slip.bring.iter().map(|thing| format!("・{thing}")).collect();
        let lines = u16::try_from(things.len()).map_or(8.0, f32::from);
        page.row(
            &mut table,
            (4.0 + 5.4 * lines).min(34.0),
            "持ってくるもの",
            Family::Text,
            &things.join("\n"),
        )?;
    }
    let y = table.close(&mut page.sheet) + 5.0;
    let place = Area::new(LEFT, y, WIDTH, 40.0);
    letterhead::place(page, place, &slip.office)?;
    page.bullets(Area::new(LEFT, y + 44.0, WIDTH, 22.0), 10.0, "お知らせ")?;
    Ok(())
}
