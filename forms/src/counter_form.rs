//! What the forms that are signed at the counter have in common.

use chrono::NaiveDate;
use rules::kinds::{Applicant, Sex};
use rules::wareki;
use serde::{Deserialize, Serialize};

use crate::FormError;
use crate::fonts::Family;
use crate::layout::{Align, Area, Table, TextBox, VAlign};
use crate::page::Page;

pub(crate) const LEFT: f32 = 20.0;
pub(crate) const WIDTH: f32 = 170.0;
pub(crate) const LABEL: f32 = 36.0;
/// Where a form is marked as made in training.
pub(crate) const BADGE: Area = Area::new(LEFT + WIDTH - 26.0, 15.0, 26.0, 8.0);

/// Somebody who comes instead of or with the principal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// Name as on the identity document.
    pub name: String,
    /// Address.
    pub address: String,
    /// Relation to the principal, such as 親権者.
    pub relation: String,
}

/// The principal as a form shows it.
pub(crate) struct Person<'a> {
    pub(crate) name: &'a str,
    pub(crate) other_name: Option<&'a str>,
    pub(crate) address: &'a str,
    pub(crate) birth: NaiveDate,
    pub(crate) sex: Sex,
}

/// Number, title, day, addressee and what is asked.
pub(crate) fn head(page: &mut Page<'_, '_>, reception: &str, day: NaiveDate) -> Result<(), FormError> {
    let number = format!("受付番号 {reception}");
    page.put(TextBox::new(Area::new(LEFT, 17.0, 80.0, 5.0), Family::Numbers, 10.5), &number)?;
    page.title(Area::new(LEFT, 26.0, WIDTH, 10.0), 18.0, "題名")?;
    let right = TextBox::new(Area::new(LEFT + 122.0, 40.0, WIDTH - 122.0, 5.0), Family::Text, 11.0);
    page.put(right.align(Align::Right), &wareki::long(day))?;
    page.words(TextBox::new(Area::new(LEFT, 40.0, 120.0, 5.0), Family::Text, 11.0), "あて先")?;
    page.words(TextBox::new(Area::new(LEFT, 48.0, WIDTH, 5.0), Family::Text, 11.0), "申請の文")?;
    Ok(())
}

/// A small heading over a table. Returns the table.
pub(crate) fn table(page: &mut Page<'_, '_>, y: f32, heading: &str) -> Result<Table, FormError> {
    let area = Area::new(LEFT, y, WIDTH, 5.0);
    page.put(TextBox::new(area, Family::Headings, 11.0).valign(VAlign::Bottom), heading)?;
    Ok(Table::new(LEFT, area.bottom() + 1.4, &[LABEL, WIDTH - LABEL]))
}

/// The principal. Returns the lower edge.
pub(crate) fn person(page: &mut Page<'_, '_>, y: f32, person: &Person<'_>) -> Result<f32, FormError> {
    let mut table = table(page, y, "申請する方(本人)")?;
    page.row(&mut table, 10.0, "氏名", Family::Names, person.name)?;
    if let Some(other) = person.other_name.filter(|name| !name.is_empty()) {
        page.row(&mut table, 8.4, "旧氏・通称", Family::Names, other)?;
    }
    page.row(&mut table, 12.5, "住所", Family::Names, person.address)?;
    page.row(&mut table, 8.4, "生年月日", Family::Numbers, &wareki::long(person.birth))?;
    page.row(&mut table, 8.4, "性別", Family::Text, person.sex.label())?;
    page.row(&mut table, 8.4, "電話番号", Family::Numbers, "")?;
    Ok(table.close(&mut page.sheet))
}

/// Who stands at the counter. Returns the lower edge.
pub(crate) fn visitor(
    page: &mut Page<'_, '_>,
    y: f32,
    applicant: Applicant,
    representative: Option<&Representative>,
) -> Result<f32, FormError> {
    let mut table = table(page, y, "窓口に来た方")?;
    let who: Vec<(&str, bool)> =
        Applicant::ALL.iter().map(|kind| (kind.label(), *kind == applicant)).collect();
    page.choices(&mut table, "来た方", &who)?;
    if applicant != Applicant::Principal {
        let of = |pick: fn(&Representative) -> &str| representative.map_or("", pick);
        page.row(&mut table, 9.0, "氏名", Family::Names, of(|r| &r.name))?;
        page.row(&mut table, 11.0, "住所", Family::Names, of(|r| &r.address))?;
        page.row(&mut table, 8.4, "本人との関係", Family::Text, of(|r| &r.relation))?;
    }
    Ok(table.close(&mut page.sheet))
}

/// Where whoever stands at the counter signs. Returns the lower edge.
pub(crate) fn signature(page: &mut Page<'_, '_>, y: f32) -> Result<f32, FormError> {
    let mut table = Table::new(LEFT, y, &[LABEL, WIDTH - LABEL]);
    page.row(&mut table, 15.0, "署名\n(窓口に来た方)", Family::Names, "")?;
    Ok(table.close(&mut page.sheet))
}

/// What staff tick: a label and its boxes a row.
pub(crate) fn staff(page: &mut Page<'_, '_>, y: f32, rows: &[(&str, &[&str])]) -> Result<(), FormError> {
    let mut table = table(page, y, "職員が記入する欄")?;
    for (label, boxes) in rows {
        let boxes: Vec<(&str, bool)> = boxes.iter().map(|text| (*text, false)).collect();
        page.choices(&mut table, label, &boxes)?;
    }
    page.row(&mut table, 9.0, "受付・確認した職員", Family::Text, "")?;
    table.close(&mut page.sheet);
    Ok(())
}
