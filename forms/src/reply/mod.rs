//! 回答書: what the principal fills in, signs and seals. One sheet for a proxy's single visit with a notice and for the
//! answer to an inquiry.

mod pins;
mod place;

use chrono::NaiveDate;
use rules::kinds::PinKind;
use rules::wareki;

use crate::fonts::Family;
use crate::layout::{Area, Table, TextBox, VAlign};
use crate::letterhead::{LEFT, REPLY_CODE, WIDTH};
use crate::page::Page;
use crate::{FormError, PrintOptions, marks};
use place::{BADGE, DEADLINE, HOW, NAME, SEAL, STAFF, TITLE, TO};

/// What a reply form asks for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    /// The procedures with a box each.
    pub(crate) asked: Vec<Asked>,
    /// The PINs with squares to write them into; none for a card without PINs.
    pub(crate) pins: Vec<PinKind>,
    /// Whether the principal wants it at all is a choice to be ticked, not a sentence.
    pub(crate) intent_is_choice: bool,
}

/// One procedure on a reply form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    pub(crate) label: String,
    /// Ticked already, for it was applied for.
    pub(crate) wanted: bool,
}

const LABEL: f32 = 34.0;

impl Reply {
    /// All that is not one person's.
    pub(crate) fn shared(&self, page: &mut Page<'_, '_>, options: &PrintOptions) -> Result<(), FormError> {
        marks::training(&mut page.sheet, page.composer, BADGE, options)?;
        marks::folds(&mut page.sheet, options);
        let to = format!("{}長 あて", page.values.fill("{区市町村}"));
        page.put(TextBox::new(TO, Family::Text, 11.0), &to)?;
        page.title(TITLE, 17.0, "回答書の題名")?;
        page.sheet.rule((LEFT, 44.0), (LEFT + WIDTH, 44.0), 0.5, 0.0);
        page.bullets(HOW, 9.5, "回答書の書き方")?;
        let y = self.wanted(page, 68.0)?;
        let y = delegation(page, y + 1.6)?;
        let y = if self.pins.is_empty() { y } else { pins::draw(page, &self.pins, y + 1.6)? };
        let number = if self.pins.is_empty() { "3" } else { "4" };
        signature(page, y + 1.6, number)?;
        seal(page)?;
        staff(page)
    }

    fn wanted(&self, page: &mut Page<'_, '_>, y: f32) -> Result<f32, FormError> {
        let mut y = page.heading(Area::new(LEFT, y, WIDTH, 5.0), "1 手続き")?;
        if self.intent_is_choice {
            let area = Area::new(LEFT + 2.0, y, WIDTH - 2.0, 12.0);
            y = page.tick_lines(area, 10.5, 5.8, "意思の確認")?;
        } else {
            let area = Area::new(LEFT + 2.0, y, WIDTH - 2.0, 5.0);
            page.words(TextBox::new(area, Family::Text, 10.5), "意思の確認")?;
            y += 5.8;
        }
        for pair in self.asked.chunks(2) {
            for (at, asked) in pair.iter().enumerate() {
                let x = if at == 0 { LEFT + 6.0 } else { LEFT + WIDTH / 2.0 + 3.0 };
                let area = Area::new(x, y, WIDTH / 2.0 - 6.0, 5.0);
                page.ticks(area, 10.0, &[(asked.label.as_str(), asked.wanted)])?;
            }
            y += 5.4;
        }
        Ok(y)
    }
}

/// Who comes instead.
fn delegation(page: &mut Page<'_, '_>, y: f32) -> Result<f32, FormError> {
    let y = page.heading(Area::new(LEFT, y, WIDTH, 5.0), "2 代理の方(窓口に来る方)")?;
    let area = Area::new(LEFT + 2.0, y - 0.6, WIDTH - 2.0, 9.0);
    let set = page.words(TextBox::new(area, Family::Text, 10.0).leading(1.35), "委任の文")?;
    let mut table = Table::new(LEFT, set.bottom + 1.4, &[LABEL, WIDTH - LABEL]);
    page.row(&mut table, 8.4, "氏名", Family::Names, "")?;
    page.row(&mut table, 8.4, "住所", Family::Names, "")?;
    let eras = "明治 ・ 大正 ・ 昭和 ・ 平成 ・ 令和　　　　　年　　　　　月　　　　　日";
    page.row(&mut table, 6.8, "生年月日", Family::Text, eras)?;
    let relation = page.row(&mut table, 6.8, "本人との関係", Family::Text, "")?;
    let choices =
        [("同じ世帯の家族", false), ("ちがう世帯の家族", false), ("そのほか(　　　　　　　　　)", false)];
    page.ticks(relation, 10.0, &choices)?;
    Ok(table.close(&mut page.sheet))
}

fn signature(page: &mut Page<'_, '_>, y: f32, number: &str) -> Result<(), FormError> {
    let y = page.heading(Area::new(LEFT, y, WIDTH, 5.0), &format!("{number} 同意と署名"))?;
    page.tick_words(Area::new(LEFT + 2.0, y - 0.6, WIDTH - 2.0, 5.4), 10.0, "同意の文")?;
    let mut table = Table::new(LEFT, y + 6.0, &[LABEL, WIDTH - LABEL]);
    let day = "令和　　　　　年　　　　　月　　　　　日";
    page.row(&mut table, 6.8, "回答した日", Family::Text, day)?;
    page.row(&mut table, 8.4, "本人の住所", Family::Names, "")?;
    page.row(&mut table, 9.4, "本人の署名", Family::Names, "")?;
    table.close(&mut page.sheet);
    Ok(())
}

fn seal(page: &mut Page<'_, '_>) -> Result<(), FormError> {
    page.sheet.fill(SEAL, 0.93);
    page.sheet.frame(SEAL, 0.5);
    let words = Area::new(SEAL.x + 3.0, SEAL.y + 1.2, SEAL.width - 66.0, SEAL.height - 2.4);
    page.words(TextBox::new(words, Family::Text, 10.0).leading(1.35).valign(VAlign::Middle), "封のしかた")?;
    Ok(())
}

fn staff(page: &mut Page<'_, '_>) -> Result<(), FormError> {
    let mut table = Table::new(STAFF.x, STAFF.y, &[LABEL, WIDTH - LABEL]);
    let checks = page.row(&mut table, 6.6, "職員が記入する欄", Family::Text, "")?;
    let choices = [
        ("封", false),
        ("期限内", false),
        ("記入もれなし", false),
        ("来た方と一致", false),
        ("暗証番号を照合", false),
    ];
    page.ticks(checks, 9.5, &choices)?;
    page.row(&mut table, 6.6, "開けた職員・日時", Family::Text, "")?;
    table.close(&mut page.sheet);
    Ok(())
}

/// The part of the form that is one person's.
pub(crate) fn personal(
    page: &mut Page<'_, '_>,
    name: &str,
    number: &str,
    until: Option<NaiveDate>,
    code: &str,
) -> Result<(), FormError> {
    page.code(REPLY_CODE, code, &format!("文書番号 {number}"))?;
    let line = format!("本人 {name}");
    page.put(TextBox::new(NAME, Family::Names, 12.0).smallest(7.0).leading(1.15), &line)?;
    if let Some(until) = until {
        let text = format!("期限 {}まで", wareki::long_weekday(until));
        page.put(TextBox::new(DEADLINE, Family::Headings, 11.0).valign(VAlign::Middle), &text)?;
    }
    Ok(())
}
