//! 電子証明書の写し: what was written to the card, handed over with it.

mod view;

pub use view::{CertificateCopy, CopiedCertificate};

use rules::kinds::CertificateKind;
use rules::wareki;

use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, Sheet, Table, TextBox, VAlign};
use crate::pdf::{Binder, Properties};
use crate::{Fonts, FormError, PrintOptions, Printed, marks};

const TITLE: &str = "電子証明書の写し";
const LEFT: f32 = 22.0;
const WIDTH: f32 = 166.0;

const NOTES: [&str; 4] = [
    "電子証明書は、有効期限の日まで使えます。更新の手続きは、期限の前の3か月の間にできます。",
    "氏名や住所が変わると、署名用電子証明書は使えなくなります。窓口で発行できます。",
    "マイナンバーカードをなくしたときは、すぐにカードの一時停止の連絡をしてください。",
    "暗証番号は、ほかの人に教えないでください。暗証番号はこの紙に書いてありません。",
];

/// Prints one copy on one A4 page.
///
/// # Errors
/// Any [`FormError`] of fonts or of the PDF.
pub fn print(copy: &CertificateCopy, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let mut composer = Composer::new(fonts)?;
    composer.for_person(&copy.name);
    let mut sheet = Sheet::default();
    marks::training(&mut sheet, &mut composer, Area::new(LEFT + WIDTH - 26.0, 18.0, 26.0, 8.0), options)?;
    head(&mut sheet, &mut composer, copy)?;
    let bottom = person(&mut sheet, &mut composer, copy)?;
    let bottom = certificates(&mut sheet, &mut composer, copy, bottom + 12.0)?;
    foot(&mut sheet, &mut composer, copy, bottom + 12.0)?;
    let properties =
        Properties { title: format!("{TITLE} {}", copy.reception_number), author: copy.office.author() };
    Printed::bind(|out| {
        let mut binder = Binder::begin(out, options)?;
        binder.page(&[], &sheet)?;
        binder.end(fonts, composer, &properties)
    })
}

fn head(sheet: &mut Sheet, composer: &mut Composer<'_>, copy: &CertificateCopy) -> Result<(), FormError> {
    let number = format!("受付番号 {}", copy.reception_number);
    TextBox::new(Area::new(LEFT, 20.0, 80.0, 5.0), Family::Numbers, 10.5).put(sheet, composer, &number)?;
    TextBox::new(Area::new(LEFT, 36.0, WIDTH, 10.0), Family::Headings, 20.0)
        .align(Align::Centre)
        .put(sheet, composer, TITLE)?;
    sheet.rule((LEFT, 49.0), (LEFT + WIDTH, 49.0), 0.5, 0.0);
    TextBox::new(Area::new(LEFT, 53.0, WIDTH, 12.0), Family::Text, 11.0).leading(1.6).put(
        sheet,
        composer,
        "あなたのマイナンバーカードに、次の電子証明書を記録しました。",
    )?;
    Ok(())
}

fn person(sheet: &mut Sheet, composer: &mut Composer<'_>, copy: &CertificateCopy) -> Result<f32, FormError> {
    let mut table = Table::new(LEFT, 65.0, &[38.0, WIDTH - 38.0]);
    let text = |family, text: &str| (family, text.to_owned());
    table.row(sheet, composer, 11.0, &[text(Family::Headings, "氏名"), text(Family::Names, &copy.name)])?;
    if let Some(other) = copy.other_name.as_deref().filter(|name| !name.is_empty()) {
        table.row(
            sheet,
            composer,
            9.0,
            &[text(Family::Headings, "旧氏・通称"), text(Family::Names, other)],
        )?;
    }
    table.row(
        sheet,
        composer,
        15.0,
        &[text(Family::Headings, "住所"), text(Family::Names, &copy.address)],
    )?;
    let birth = wareki::long(copy.birth);
    table.row(sheet, composer, 9.0, &[text(Family::Headings, "生年月日"), text(Family::Numbers, &birth)])?;
    let sex = copy.sex.label();
    table.row(sheet, composer, 9.0, &[text(Family::Headings, "性別"), text(Family::Text, sex)])?;
    if let Some(expires) = copy.card_expires {
        let expires = wareki::long(expires);
        let label = text(Family::Headings, "カードの有効期限");
        table.row(sheet, composer, 9.0, &[label, text(Family::Numbers, &expires)])?;
    }
    Ok(table.close(sheet))
}

fn certificates(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    copy: &CertificateCopy,
    top: f32,
) -> Result<f32, FormError> {
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
        table.row(sheet, composer, height, &cells)?;
    }
    Ok(table.close(sheet))
}

fn foot(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    copy: &CertificateCopy,
    top: f32,
) -> Result<(), FormError> {
    let mut y = top;
    for note in NOTES {
        TextBox::new(Area::new(LEFT, y, 4.0, 5.0), Family::Text, 10.5).put(sheet, composer, "・")?;
        let area = Area::new(LEFT + 4.5, y, WIDTH - 4.5, 11.0);
        let set = TextBox::new(area, Family::Text, 10.5).leading(1.45).put(sheet, composer, note)?;
        y = set.bottom + 2.0;
    }
    let office = &copy.office;
    let right = Area::new(LEFT + 78.0, y + 14.0, WIDTH - 78.0, 6.0);
    TextBox::new(right, Family::Text, 11.0).put(sheet, composer, &wareki::long(copy.issued))?;
    let mayor = Area { y: right.y + 8.0, ..right };
    TextBox::new(mayor, Family::Text, 13.0).valign(VAlign::Middle).put(sheet, composer, &office.mayor)?;
    let contact = format!("{}\n電話 {}", office.department, office.phone);
    TextBox::new(Area { y: mayor.y + 8.0, height: 14.0, ..right }, Family::Text, 10.0)
        .put(sheet, composer, &contact)?;
    Ok(())
}
