//! 照会書兼回答書: the office asks the principal whether an application was wanted, and the principal answers on the
//! second page, which comes back sealed.

mod view;

pub use view::{InquiredProcedure, InquiryKind, InquiryLetter, InquiryProxy};

use std::borrow::Borrow;
use std::io::Write;

use rules::wareki;

use crate::fonts::{Composer, Family};
use crate::layout::{Area, Sheet, Table, TextBox, VAlign};
use crate::letterhead::{self, BADGE, LEFT, WIDTH};
use crate::page::Page;
use crate::pdf::{Binder, Bound, Properties};
use crate::reply::{self, Asked, Reply};
use crate::wording::{Values, Wording, office_values};
use crate::{Fonts, FormError, Paper, PrintOptions, Printed, code, marks};

const TITLE: Area = Area::new(LEFT, 66.5, WIDTH, 9.0);
const LEAD: Area = Area::new(LEFT, 81.0, WIDTH, 40.0);
const DEADLINE: Area = Area::new(LEFT, 154.0, WIDTH, 13.0);
const HOW: Area = Area::new(LEFT, 172.0, WIDTH, 31.0);
const BRING: Area = Area::new(LEFT, 205.0, 88.0, 42.0);
const WHERE: Area = Area::new(LEFT + 95.0, 205.0, WIDTH - 95.0, 46.0);
const NOTES: Area = Area::new(LEFT, 253.5, WIDTH, 33.5);

/// Prints one letter: the inquiry on the first page, the reply form on the second.
///
/// # Errors
/// [`FormError::Window`] when the envelope leaves no room for an address; others of fonts or of the PDF.
pub fn print(letter: &InquiryLetter, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    Printed::bind(|out| print_to(out, [letter], fonts, options))
}

/// Prints letters in the order given, two pages each.
///
/// # Errors
/// As [`print()`]; [`FormError::Nothing`] without letters.
pub fn print_to<W: Write, L: Borrow<InquiryLetter>>(
    out: W,
    letters: impl IntoIterator<Item = L>,
    fonts: &Fonts,
    options: &PrintOptions,
) -> Result<Bound, FormError> {
    let mut composer = Composer::new(fonts)?;
    let mut binder = Binder::begin(out, options)?;
    let mut properties: Option<Properties> = None;
    for letter in letters {
        let letter = letter.borrow();
        let wording = options.wordings.of(Paper::Inquiry, letter.wording.as_deref())?;
        composer.for_person(&letter.addressee.name);
        let first = first_page(&mut composer, letter, wording, options)?;
        binder.page(&[], &first)?;
        let second = second_page(&mut composer, letter, wording, options)?;
        binder.page(&[], &second)?;
        let title = format!("{} {}", Paper::Inquiry.label(), letter.document_number());
        match &mut properties {
            Some(known) => {
                known.title = format!("{} {} まで", Paper::Inquiry.label(), letter.document_number());
            }
            None => properties = Some(Properties { title, author: letter.office.author() }),
        }
    }
    let properties = properties.ok_or(FormError::Nothing)?;
    binder.end(fonts, composer, &properties)
}

fn values(letter: &InquiryLetter) -> Values {
    let mut values = office_values(&letter.office);
    values.set("申請日", wareki::long(letter.applied));
    let who = letter.proxy.as_ref().map_or_else(
        || "代理の方".to_owned(),
        |proxy| match proxy.relation.trim() {
            "" => format!("{}さん", proxy.name),
            relation => format!("{}さん({relation})", proxy.name),
        },
    );
    values.set("来庁者", who);
    let procedures: Vec<String> = letter.procedures.iter().map(|p| p.label()).collect();
    values.set("手続き", procedures.join("、"));
    values.set("回答期限", wareki::long_weekday(letter.deadline));
    values.set("受付番号", &letter.reception_number);
    values
}

fn first_page(
    composer: &mut Composer<'_>,
    letter: &InquiryLetter,
    wording: &Wording,
    options: &PrintOptions,
) -> Result<Sheet, FormError> {
    let mut page = Page::new(composer, wording, values(letter));
    marks::training(&mut page.sheet, page.composer, BADGE, options)?;
    marks::folds(&mut page.sheet, options);
    let number = letter.document_number();
    letterhead::personal(&mut page, &letter.addressee, &number, letter.issued, &letter.token, options)?;
    letterhead::sender(&mut page, &letter.office, options)?;
    let (title, lead) = match letter.kind {
        InquiryKind::First => ("照会の題名", "照会の文"),
        InquiryKind::Again => ("再照会の題名", "再照会の文"),
    };
    page.title(TITLE, 19.0, title)?;
    page.sheet.rule((LEFT, 77.0), (LEFT + WIDTH, 77.0), 0.5, 0.0);
    page.words(TextBox::new(LEAD, Family::Text, 11.0).leading(1.55), lead)?;
    person(&mut page, letter)?;
    deadline(&mut page)?;
    let y = page.heading(HOW, "回答のしかた")?;
    let area = Area { y, height: HOW.bottom() - y, ..HOW };
    page.list(area, 10.5, "回答のしかた", |at| format!("{}", at + 1))?;
    let y = page.heading(BRING, "代理の方が持ってくるもの")?;
    let area = Area { y, height: BRING.bottom() - y, ..BRING };
    let set = page.words(TextBox::new(area, Family::Text, 10.5).leading(1.4), "代理の方の持ち物")?;
    if letter.resets_pins() {
        let y = set.bottom + 1.0;
        let area = Area { y, height: (BRING.bottom() - y).max(0.5), ..BRING };
        page.words(TextBox::new(area, Family::Text, 10.5).leading(1.4), "再設定の持ち物")?;
    }
    let y = page.heading(WHERE, "手続きの場所と時間")?;
    letterhead::place(&mut page, Area { y, height: WHERE.bottom() - y, ..WHERE }, &letter.office)?;
    let y = page.heading(NOTES, "お知らせ")?;
    page.bullets(Area { y, height: NOTES.bottom() - y, ..NOTES }, 10.0, "お知らせ")?;
    Ok(page.sheet)
}

/// The principal as registered, and the number of the case.
fn person(page: &mut Page<'_, '_>, letter: &InquiryLetter) -> Result<(), FormError> {
    let mut table = Table::new(LEFT, 124.0, &[36.0, WIDTH - 36.0]);
    page.row(&mut table, 7.4, "本人の氏名", Family::Names, &letter.addressee.name)?;
    let to = &letter.addressee;
    let building = to.building.as_deref().map(str::trim).filter(|b| !b.is_empty());
    let address = building.map_or_else(|| to.address.clone(), |b| format!("{} {b}", to.address));
    page.row(&mut table, 9.4, "本人の住所", Family::Names, &address)?;
    let birth = format!("{}　　　受付番号 {}", wareki::long(letter.birth), letter.reception_number);
    page.row(&mut table, 7.0, "本人の生年月日", Family::Numbers, &birth)?;
    table.close(&mut page.sheet);
    Ok(())
}

fn deadline(page: &mut Page<'_, '_>) -> Result<(), FormError> {
    page.sheet.fill(DEADLINE, 0.93);
    page.sheet.frame(DEADLINE, 0.7);
    let label = Area::new(DEADLINE.x + 4.0, DEADLINE.y, 32.0, DEADLINE.height);
    page.put(TextBox::new(label, Family::Headings, 13.0).valign(VAlign::Middle), "回答の期限")?;
    let day = Area::new(DEADLINE.x + 38.0, DEADLINE.y, DEADLINE.width - 42.0, DEADLINE.height);
    page.words(TextBox::new(day, Family::Headings, 17.0).valign(VAlign::Middle), "期限の文")?;
    Ok(())
}

fn second_page(
    composer: &mut Composer<'_>,
    letter: &InquiryLetter,
    wording: &Wording,
    options: &PrintOptions,
) -> Result<Sheet, FormError> {
    let mut page = Page::new(composer, wording, values(letter));
    let asked = InquiredProcedure::ALL
        .iter()
        .map(|p| Asked { label: p.label(), wanted: letter.procedures.contains(p) })
        .collect();
    let reply = Reply { asked, pins: letter.pins.clone(), intent_is_choice: true };
    reply.shared(&mut page, options)?;
    let number = format!("{}\n受付番号 {}", letter.document_number(), letter.reception_number);
    let code = code::of_reply(&letter.token);
    reply::personal(&mut page, &letter.addressee.name, &number, Some(letter.deadline), &code)?;
    Ok(page.sheet)
}
