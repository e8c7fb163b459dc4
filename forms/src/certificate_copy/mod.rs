//! 電子証明書の写し: what was written to the card, handed over with it.

mod view;

pub use view::{CertificateCopy, CopiedCertificate};

use rules::kinds::CertificateKind;
use rules::wareki;

use crate::fonts::Family;
use crate::layout::{Area, Table, TextBox, VAlign};
use crate::page::{Page, Single};
use crate::{Fonts, FormError, Paper, PrintOptions, Printed};

const LEFT: f32 = 22.0;
const WIDTH: f32 = 166.0;

/// Prints one copy on one A4 page.
///
/// # Errors
/// Any [`FormError`] of fonts or of the PDF.
pub fn print(copy: &CertificateCopy, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let single = Single {
        paper: Paper::CertificateCopy,
        who: &copy.name,
        office: &copy.office,
        title: format!("{} {}", Paper::CertificateCopy.label(), copy.reception_number),
        badge: Area::new(LEFT + WIDTH - 26.0, 18.0, 26.0, 8.0),
    };
    single.print(fonts, options, |page| {
        page.values.set("受付番号", &copy.reception_number);
        head(page, copy)?;
        let bottom = person(page, copy)?;
        let bottom = certificates(page, copy, bottom + 12.0)?;
        foot(page, copy, bottom + 12.0)
    })
}

fn head(page: &mut Page<'_, '_>, copy: &CertificateCopy) -> Result<(), FormError> {
    let number = format!("受付番号 {}", copy.reception_number);
    page.put(TextBox::new(Area::new(LEFT, 20.0, 80.0, 5.0), Family::Numbers, 10.5), &number)?;
    page.title(Area::new(LEFT, 36.0, WIDTH, 10.0), 20.0, "題名")?;
    page.sheet.rule((LEFT, 49.0), (LEFT + WIDTH, 49.0), 0.5, 0.0);
    let lead = Area::new(LEFT, 53.0, WIDTH, 10.0);
    page.words(TextBox::new(lead, Family::Text, 11.0).leading(1.6), "前文")?;
    Ok(())
}

fn person(page: &mut Page<'_, '_>, copy: &CertificateCopy) -> Result<f32, FormError> {
    let mut table = Table::new(LEFT, 65.0, &[38.0, WIDTH - 38.0]);
    page.row(&mut table, 11.0, "氏名", Family::Names, &copy.name)?;
    if let Some(other) = copy.other_name.as_deref().filter(|name| !name.is_empty()) {
        page.row(&mut table, 9.0, "旧氏・通称", Family::Names, other)?;
    }
    page.row(&mut table, 15.0, "住所", Family::Names, &copy.address)?;
    page.row(&mut table, 9.0, "生年月日", Family::Numbers, &wareki::long(copy.birth))?;
    page.row(&mut table, 9.0, "性別", Family::Text, copy.sex.label())?;
    if let Some(expires) = copy.card_expires {
        page.row(&mut table, 9.0, "カードの有効期限", Family::Numbers, &wareki::long(expires))?;
    }
    Ok(table.close(&mut page.sheet))
}

fn certificates(page: &mut Page<'_, '_>, copy: &CertificateCopy, top: f32) -> Result<f32, FormError> {
    let mut table = Table::new(LEFT, top, &[38.0, 64.0, 64.0]);
    let mut list: Vec<&CopiedCertificate> = copy.certificates.iter().collect();
    list.sort_by_key(|c| c.kind != CertificateKind::Signature);
    let mut rows: [(&str, f32, Family, Vec<String>); 4] = [
        ("種類", 9.0, Family::Headings, Vec::new()),
        ("シリアル番号", 9.0, Family::Numbers, Vec::new()),
        ("発行の日", 9.0, Family::Numbers, Vec::new()),
        ("有効期限", 12.0, Family::Headings, Vec::new()),
    ];
    for certificate in list.iter().take(2) {
        rows[0].3.push(certificate.kind.label().to_owned());
        rows[1].3.push(certificate.serial.clone());
        rows[2].3.push(wareki::long(certificate.issued));
        rows[3].3.push(wareki::long(certificate.expires));
    }
    for (label, height, family, mut cells) in rows {
        // A card for children has no signature certificate; its column says so.
        cells.resize(2, "なし".to_owned());
        let cells: Vec<_> = std::iter::once((Family::Headings, label.to_owned()))
            .chain(cells.into_iter().map(|text| (family, text)))
            .collect();
        table.row(&mut page.sheet, page.composer, height, &cells)?;
    }
    Ok(table.close(&mut page.sheet))
}

fn foot(page: &mut Page<'_, '_>, copy: &CertificateCopy, top: f32) -> Result<(), FormError> {
    let y = page.bullets(Area::new(LEFT, top, WIDTH, 50.0), 10.5, "お知らせ")?;
    let office = &copy.office;
    let right = Area::new(LEFT + 78.0, y + 14.0, WIDTH - 78.0, 6.0);
    page.put(TextBox::new(right, Family::Text, 11.0), &wareki::long(copy.issued))?;
    let mayor = Area { y: right.y + 8.0, ..right };
    page.put(TextBox::new(mayor, Family::Text, 13.0).valign(VAlign::Middle), &office.mayor)?;
    let contact = format!("{}\n電話 {}", office.department, office.phone);
    let area = Area { y: mayor.y + 8.0, height: 14.0, ..right };
    page.put(TextBox::new(area, Family::Text, 10.0), &contact)?;
    Ok(())
}
