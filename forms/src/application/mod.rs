//! 電子証明書 発行・更新申請書: filled in from the case, signed at the counter.

mod view;

pub use crate::counter_form::Representative;
pub use view::{Application, AppliedCertificate, Purpose};

use rules::kinds::CertificateKind;
use rules::wareki;

use crate::counter_form::{self, Person};
use crate::fonts::Family;
use crate::page::{Page, Single};
use crate::{Fonts, FormError, Paper, PrintOptions, Printed};

/// Prints one application on one A4 page.
///
/// # Errors
/// Any [`FormError`] of fonts or of the PDF.
pub fn print(form: &Application, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let single = Single {
        paper: Paper::Application,
        who: &form.name,
        office: &form.office,
        title: format!("{} {}", Paper::Application.label(), form.reception_number),
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
        let y = counter_form::person(page, y + 4.0, &person)?;
        let y = counter_form::visitor(page, y + 4.0, form.applicant, form.representative.as_ref())?;
        let y = counter_form::signature(page, y + 5.0)?;
        let rows: [(&str, &[&str]); 3] = [
            ("本人確認", &["カード", "書類A", "書類B 2点", "代理権"]),
            ("暗証番号", &["本人が入力", "初期化", "照会書による"]),
            ("書き込みの後", &["有効期限を確認", "写しを交付", "カードを返却"]),
        ];
        counter_form::staff(page, y + 4.0, &rows)
    })
}

fn wanted(page: &mut Page<'_, '_>, form: &Application) -> Result<f32, FormError> {
    let mut table = counter_form::table(page, 58.0, "申請の内容")?;
    let renewal = form.purpose == Purpose::Renewal;
    page.choices(&mut table, "申請の種類", &[("更新", renewal), ("発行", !renewal)])?;
    let wanted: Vec<(&str, bool)> = CertificateKind::ALL
        .iter()
        .map(|kind| (kind.label(), form.certificates.iter().any(|c| c.kind == *kind)))
        .collect();
    page.choices(&mut table, "証明書", &wanted)?;
    let expiries: Vec<String> = form
        .certificates
        .iter()
        .filter_map(|c| Some(format!("{} {}", c.kind.label(), wareki::long(c.new_expiry?))))
        .collect();
    if !expiries.is_empty() {
        let height = if expiries.len() > 1 { 12.5 } else { 8.4 };
        page.row(&mut table, height, "新しい有効期限", Family::Text, &expiries.join("\n"))?;
    }
    if form.shortened {
        let area = page.row(&mut table, 12.5, "同意", Family::Text, "")?;
        page.tick_words(area, 10.5, "早い更新の同意")?;
    }
    Ok(table.close(&mut page.sheet))
}
