//! 個人番号カード 暗証番号 変更・初期化申請書: filled in from the case, signed at the counter.

mod view;

pub use view::{PinAction, PinApplication, PinRequest};

use rules::kinds::PinKind;

use crate::counter_form::{self, LEFT, Person, WIDTH};
use crate::fonts::Family;
use crate::layout::{Area, Table, TextBox};
use crate::page::{Page, Single};
use crate::{Fonts, FormError, Paper, PrintOptions, Printed};

/// Prints one application on one A4 page.
///
/// # Errors
/// Any [`FormError`] of fonts or of the PDF.
pub fn print(form: &PinApplication, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let single = Single {
        paper: Paper::PinApplication,
        who: &form.name,
        office: &form.office,
        title: format!("{} {}", Paper::PinApplication.label(), form.reception_number),
        badge: counter_form::BADGE,
    };
    single.print(fonts, options, |page| {
        page.values.set("受付番号", &form.reception_number);
        counter_form::head(page, &form.reception_number, form.applied)?;
        let y = wanted(page, form)?;
        let person = Person {
            name: &form.name,
            other_name: form.other_name.as_deref(),
            address: &form.address,
            birth: form.birth,
            sex: form.sex,
        };
        let y = counter_form::person(page, y + 3.0, &person)?;
        let y = counter_form::visitor(page, y + 3.0, form.applicant, form.representative.as_ref())?;
        let y = counter_form::signature(page, y + 4.0)?;
        let rows: [(&str, &[&str]); 2] = [
            ("本人確認", &["カード", "書類A", "書類B 2点", "代理権"]),
            ("暗証番号", &["本人が入力", "照会書による", "照合を確認"]),
        ];
        counter_form::staff(page, y + 3.0, &rows)
    })
}

/// Wide enough for the longest name of a PIN.
const LABEL: f32 = 52.0;

fn wanted(page: &mut Page<'_, '_>, form: &PinApplication) -> Result<f32, FormError> {
    let heading = Area::new(LEFT, 56.0, WIDTH, 5.0);
    page.put(TextBox::new(heading, Family::Headings, 11.0), "申請の内容")?;
    let mut table = Table::new(LEFT, heading.bottom() + 1.4, &[LABEL, WIDTH - LABEL]);
    for kind in PinKind::ALL {
        let asked = form.pins.iter().find(|request| request.kind == *kind).map(|request| request.action);
        let is = |action| asked == Some(action);
        let label = kind.label().trim_end_matches("暗証番号");
        let area = page.row(&mut table, 8.4, label, Family::Text, "")?;
        let choices = [("変更", is(PinAction::Change)), ("初期化(再設定)", is(PinAction::Reset))];
        page.ticks(area, 11.0, &choices)?;
    }
    let bottom = table.close(&mut page.sheet);
    let note = Area::new(LEFT, bottom + 1.4, WIDTH, 10.0);
    let set = page.words(TextBox::new(note, Family::Text, 10.0).leading(1.35), "注意")?;
    Ok(set.bottom)
}
