//! 印刷の試し刷り: shows how far off a printer prints, and whether the address shows through the window.

use crate::address::{self, FOLDED};
use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, EDGE, Mark, PAGE_HEIGHT, PAGE_WIDTH, Sheet, TextBox, VAlign};
use crate::pdf::{Binder, Properties};
use crate::{Fonts, FormError, OfficeText, PrintOptions, Printed, marks, samples};

/// Prints the sheet: a made-up address in its place, the window drawn around it, the printable edge, and rulers from
/// the edge of the paper, which read the offsets to enter.
///
/// # Errors
/// [`FormError::Window`] when the envelope leaves no room for an address; others of fonts or of the PDF.
pub fn print(
    printer: &str,
    office: &OfficeText,
    fonts: &Fonts,
    options: &PrintOptions,
) -> Result<Printed, FormError> {
    let mut composer = Composer::new(fonts)?;
    let mut sheet = Sheet::default();
    let to = samples::envelope(office.clone()).addressee;
    address::label(&mut sheet, &mut composer, &options.envelope)?;
    address::draw(&mut sheet, &mut composer, &to, &options.envelope)?;
    marks::folds(&mut sheet, options);
    let dashed = |sheet: &mut Sheet, area: Area, dash: f32| {
        let corners = [
            ((area.x, area.y), (area.right(), area.y)),
            ((area.right(), area.y), (area.right(), area.bottom())),
            ((area.x, area.bottom()), (area.right(), area.bottom())),
            ((area.x, area.y), (area.x, area.bottom())),
        ];
        for (from, to) in corners {
            sheet.marks.push(Mark::Rule { from, to, width: 0.2, grey: 0.3, dash: Some(dash) });
        }
    };
    // What of the window lies on the paper and on what a printer prints.
    let window = options.envelope.window_on_sheet();
    let (left, top) = (window.x.max(EDGE), window.y.max(EDGE));
    let seen = Area::new(left, top, window.right() - left, window.bottom().min(FOLDED) - top);
    dashed(&mut sheet, seen, 1.5);
    let edge = Area::new(EDGE, EDGE, PAGE_WIDTH - 2.0 * EDGE, PAGE_HEIGHT - 2.0 * EDGE);
    dashed(&mut sheet, edge, 0.6);
    ruler(&mut sheet, &mut composer)?;
    words(&mut sheet, &mut composer, printer, options)?;
    let properties =
        Properties { title: format!("印刷の試し刷り {printer}"), author: office.author() };
    Printed::bind(|out| {
        let mut binder = Binder::begin(out, options)?;
        binder.page(&[], &sheet)?;
        binder.end(fonts, composer, &properties)
    })
}

/// Two rulers whose numbers are millimetres from the paper's left and top edge, where the printer is right.
fn ruler(sheet: &mut Sheet, composer: &mut Composer<'_>) -> Result<(), FormError> {
    let (y, x) = (150.0, 105.0);
    for step in 0_u8..=60 {
        let at = 10.0 + f32::from(step) * 0.5;
        let length = match step % 10 {
            0 => 5.0,
            5 => 3.6,
            _ if step % 2 == 0 => 2.6,
            _ => 1.6,
        };
        sheet.rule((at, y), (at, y + length), 0.12, 0.0);
        let down = 160.0 + f32::from(step) * 0.5;
        sheet.rule((x, down), (x + length, down), 0.12, 0.0);
        if step % 10 == 0 {
            let small = |area| TextBox::new(area, Family::Numbers, 8.0).align(Align::Centre);
            small(Area::new(at - 4.0, y + 5.6, 8.0, 3.4)).put(sheet, composer, &format!("{at:.0}"))?;
            let label = Area::new(x + 5.6, down - 1.7, 12.0, 3.4);
            small(label).valign(VAlign::Middle).put(sheet, composer, &format!("{down:.0}"))?;
        }
    }
    Ok(())
}

fn words(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    printer: &str,
    options: &PrintOptions,
) -> Result<(), FormError> {
    let title = Area::new(20.0, 112.0, 170.0, 9.0);
    TextBox::new(title, Family::Headings, 17.0).align(Align::Centre).put(
        sheet,
        composer,
        "印刷の試し刷り",
    )?;
    let now = format!(
        "プリンタ {printer}　　いまの調整 右へ {:.1} mm　下へ {:.1} mm",
        options.shift_right_mm, options.shift_down_mm
    );
    let area = Area::new(20.0, 126.0, 170.0, 5.0);
    TextBox::new(area, Family::Text, 10.5).align(Align::Centre).put(sheet, composer, &now)?;
    let steps = "1 倍率100%(「用紙に合わせる」などは使わない)で、A4の用紙に印刷します。\n\
                 2 ものさしで、紙の左の端から横の目盛りの「10」の線までを測ります。10 mmより短ければ、足りない分を「右へ」に足し、長ければ引きます。\n\
                 3 同じように、紙の上の端から縦の目盛りの「160」の線までを測ります。160 mmより短ければ、足りない分を「下へ」に足し、長ければ引きます。\n\
                 4 紙を線のところで三つに折り、封筒に入れて、上下左右に動かします。いつも宛名とバーコードの全体が見え、点線のわくの外が見えなければ、合っています。\n\
                 5 設定の「用紙と印刷」に数字を入れ、もう一度試し刷りをします。";
    let area = Area::new(20.0, 204.0, 170.0, 70.0);
    TextBox::new(area, Family::Text, 11.0).leading(1.6).put(sheet, composer, steps)?;
    Ok(())
}
