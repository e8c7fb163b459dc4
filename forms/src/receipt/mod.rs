//! 手続きの控え: what was done, and what the resident should know from now on.

use chrono::NaiveDate;
use rules::kinds::CertificateKind;
use rules::wareki;
use serde::{Deserialize, Serialize};

use crate::counter_form::{BADGE, LABEL, LEFT, WIDTH};
use crate::fonts::Family;
use crate::layout::{Area, Table, TextBox};
use crate::office::OfficeText;
use crate::page::{Page, Single};
use crate::{Fonts, FormError, Paper, PrintOptions, Printed, letterhead};

/// One receipt, handed over with the card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// 受付番号.
    pub reception_number: String,
    /// The day it was done.
    pub issued: NaiveDate,
    /// The principal's name as registered.
    pub name: String,
    /// The procedure in words, such as 電子証明書の更新.
    pub procedure: String,
    /// What came of it, a label and a text each, such as 署名用電子証明書 and 令和13年10月10日まで. Never a PIN.
    pub results: Vec<ReceiptLine>,
    /// The certificates that what is said is about; decides which notes are printed.
    pub certificates: Vec<CertificateKind>,
    /// What is still to be done by the resident, such as registering for 戸籍 at convenience stores again.
    #[serde(default)]
    pub still_to_do: Vec<String>,
    /// Whose counter it is.
    pub office: OfficeText,
}

/// One line of what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    /// What.
    pub label: String,
    /// How it stands now.
    pub text: String,
}

/// Prints one receipt on one A4 page.
///
/// # Errors
/// Any [`FormError`] of fonts or of the PDF.
pub fn print(receipt: &Receipt, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let single = Single {
        paper: Paper::Receipt,
        who: &receipt.name,
        office: &receipt.office,
        title: format!("{} {}", Paper::Receipt.label(), receipt.reception_number),
        badge: BADGE,
    };
    single.print(fonts, options, |page| draw(page, receipt))
}

fn draw(page: &mut Page<'_, '_>, receipt: &Receipt) -> Result<(), FormError> {
    page.values.set("受付番号", &receipt.reception_number);
    page.values.set("手続き", &receipt.procedure);
    let results: Vec<&str> = receipt.results.iter().map(|line| line.text.as_str()).collect();
    page.values.set("結果", results.join("、"));
    let number = format!("受付番号 {}\n{}", receipt.reception_number, wareki::long(receipt.issued));
    page.put(TextBox::new(Area::new(LEFT, 17.0, 80.0, 11.0), Family::Numbers, 10.5), &number)?;
    page.title(Area::new(LEFT, 32.0, WIDTH, 10.0), 20.0, "題名")?;
    page.sheet.rule((LEFT, 44.0), (LEFT + WIDTH, 44.0), 0.5, 0.0);
    let lead = Area::new(LEFT, 49.0, WIDTH, 12.0);
    page.words(TextBox::new(lead, Family::Text, 11.5).leading(1.4), "前文")?;
    let mut table = Table::new(LEFT, 64.0, &[LABEL + 22.0, WIDTH - LABEL - 22.0]);
    page.row(&mut table, 11.0, "氏名", Family::Names, &receipt.name)?;
    for line in &receipt.results {
        page.row(&mut table, 9.6, &line.label, Family::Headings, &line.text)?;
    }
    let mut y = table.close(&mut page.sheet) + 8.0;
    if !receipt.still_to_do.is_empty() {
        y = page.heading(Area::new(LEFT, y, WIDTH, 5.0), "これからしていただくこと")?;
        for thing in &receipt.still_to_do {
            page.put(TextBox::new(Area::new(LEFT, y, 5.0, 5.0), Family::Text, 11.0), "・")?;
            let area = Area::new(LEFT + 5.0, y, WIDTH - 5.0, 12.0);
            y = page.put(TextBox::new(area, Family::Text, 11.0).leading(1.4), thing)?.bottom + 1.6;
        }
        y += 4.0;
    }
    y = page.heading(Area::new(LEFT, y, WIDTH, 5.0), "知っておいていただきたいこと")?;
    let notes = [
        ("署名用のお知らせ", receipt.certificates.contains(&CertificateKind::Signature)),
        ("利用者証明用のお知らせ", receipt.certificates.contains(&CertificateKind::Authentication)),
        ("お知らせ", true),
    ];
    for (section, _) in notes.into_iter().filter(|(_, wanted)| *wanted) {
        y = page.bullets(Area::new(LEFT, y, WIDTH, 234.0 - y), 10.5, section)?;
    }
    let y = page.heading(Area::new(LEFT, 238.0, WIDTH, 5.0), "お問い合わせ")?;
    letterhead::place(page, Area::new(LEFT, y, WIDTH, 285.0 - y), &receipt.office)
}
