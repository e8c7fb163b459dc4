//! 電子証明書 発行・更新申請書: filled in from the case, signed at the counter.

mod view;

pub use view::{Application, AppliedCertificate, Purpose, Representative};

use rules::kinds::{Applicant, CertificateKind};
use rules::wareki;

use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, Choices, Sheet, Table, TextBox, VAlign};
use crate::pdf::{Binder, Properties};
use crate::{Fonts, FormError, PrintOptions, Printed, marks};

const TITLE: &str = "電子証明書 発行・更新申請書";
const LEFT: f32 = 20.0;
const WIDTH: f32 = 170.0;
const LABEL: f32 = 36.0;

/// Prints one application on one A4 page.
///
/// # Errors
/// Any [`FormError`] of fonts or of the PDF.
pub fn print(form: &Application, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let mut composer = Composer::new(fonts)?;
    composer.for_person(&form.name);
    let mut sheet = Sheet::default();
    marks::training(&mut sheet, &mut composer, Area::new(LEFT + WIDTH - 26.0, 15.0, 26.0, 8.0), options)?;
    let mut page = Filling { sheet, composer, form };
    page.head()?;
    let y = page.wanted(58.0)?;
    let y = page.person(y)?;
    let y = page.visitor(y)?;
    let y = page.signature(y)?;
    page.staff(y)?;
    let Filling { sheet, composer, .. } = page;
    let properties =
        Properties { title: format!("{TITLE} {}", form.reception_number), author: form.office.author() };
    Printed::bind(|out| {
        let mut binder = Binder::begin(out, options)?;
        binder.page(&[], &sheet)?;
        binder.end(fonts, composer, &properties)
    })
}

struct Filling<'a, 'f> {
    sheet: Sheet,
    composer: Composer<'f>,
    form: &'a Application,
}

impl Filling<'_, '_> {
    fn put(&mut self, area: Area, family: Family, size: f32, text: &str) -> Result<(), FormError> {
        TextBox::new(area, family, size).put(&mut self.sheet, &mut self.composer, text)?;
        Ok(())
    }

    fn head(&mut self) -> Result<(), FormError> {
        let number = format!("受付番号 {}", self.form.reception_number);
        self.put(Area::new(LEFT, 17.0, 80.0, 5.0), Family::Numbers, 10.5, &number)?;
        TextBox::new(Area::new(LEFT, 27.0, WIDTH, 9.0), Family::Headings, 18.0).align(Align::Centre).put(
            &mut self.sheet,
            &mut self.composer,
            TITLE,
        )?;
        TextBox::new(Area::new(LEFT, 40.0, WIDTH, 5.0), Family::Text, 11.0).align(Align::Right).put(
            &mut self.sheet,
            &mut self.composer,
            &wareki::long(self.form.applied),
        )?;
        let to = format!("(あて先) 地方公共団体情報システム機構 ({}長 経由)", self.form.office.ward);
        self.put(Area::new(LEFT, 40.0, 120.0, 5.0), Family::Text, 11.0, &to)?;
        self.put(
            Area::new(LEFT, 48.0, WIDTH, 5.0),
            Family::Text,
            11.0,
            "次のとおり、電子証明書を申請します。",
        )
    }

    /// A small heading over a table. Returns where the table begins.
    fn heading(&mut self, y: f32, text: &str) -> Result<f32, FormError> {
        let area = Area::new(LEFT, y, WIDTH, 5.0);
        TextBox::new(area, Family::Headings, 11.0).valign(VAlign::Bottom).put(
            &mut self.sheet,
            &mut self.composer,
            text,
        )?;
        Ok(area.bottom() + 1.4)
    }

    fn row(
        &mut self,
        table: &mut Table,
        height: f32,
        label: &str,
        family: Family,
        text: &str,
    ) -> Result<Area, FormError> {
        let cells = [(Family::Headings, label.to_owned()), (family, text.to_owned())];
        table.row(&mut self.sheet, &mut self.composer, height, &cells)
    }

    fn choices(&mut self, table: &mut Table, label: &str, choices: &[(&str, bool)]) -> Result<(), FormError> {
        let area = self.row(table, 8.4, label, Family::Text, "")?;
        Choices { area, size: 11.0 }.put(&mut self.sheet, &mut self.composer, choices)
    }

    fn wanted(&mut self, y: f32) -> Result<f32, FormError> {
        let form = self.form;
        let top = self.heading(y, "申請の内容")?;
        let mut table = Table::new(LEFT, top, &[LABEL, WIDTH - LABEL]);
        let renewal = form.purpose == Purpose::Renewal;
        self.choices(&mut table, "申請の種類", &[("更新", renewal), ("発行", !renewal)])?;
        let wanted: Vec<(&str, bool)> = CertificateKind::ALL
            .iter()
            .map(|kind| (kind.label(), form.certificates.iter().any(|c| c.kind == *kind)))
            .collect();
        self.choices(&mut table, "証明書", &wanted)?;
        let expiries: Vec<String> = form
            .certificates
            .iter()
            .filter_map(|c| Some(format!("{} {}", c.kind.label(), wareki::long(c.new_expiry?))))
            .collect();
        if !expiries.is_empty() {
            let height = if expiries.len() > 1 { 12.5 } else { 8.4 };
            self.row(&mut table, height, "新しい有効期限", Family::Text, &expiries.join("\n"))?;
        }
        if form.shortened {
            let consent = "更新の期間より前に更新するため、新しい証明書の有効期間が1年短くなります。\n\
                           このことの説明を受け、同意します。";
            let area = self.row(&mut table, 12.5, "同意", Family::Text, "")?;
            Choices { area, size: 10.5 }.put(&mut self.sheet, &mut self.composer, &[(consent, false)])?;
        }
        Ok(table.close(&mut self.sheet))
    }

    fn person(&mut self, y: f32) -> Result<f32, FormError> {
        let form = self.form;
        let top = self.heading(y + 4.0, "申請する方(本人)")?;
        let mut table = Table::new(LEFT, top, &[LABEL, WIDTH - LABEL]);
        self.row(&mut table, 10.0, "氏名", Family::Names, &form.name)?;
        if let Some(other) = form.other_name.as_deref().filter(|name| !name.is_empty()) {
            self.row(&mut table, 8.4, "旧氏・通称", Family::Names, other)?;
        }
        self.row(&mut table, 12.5, "住所", Family::Names, &form.address)?;
        self.row(&mut table, 8.4, "生年月日", Family::Numbers, &wareki::long(form.birth))?;
        self.row(&mut table, 8.4, "性別", Family::Text, form.sex.label())?;
        self.row(&mut table, 8.4, "電話番号", Family::Numbers, "")?;
        Ok(table.close(&mut self.sheet))
    }

    fn visitor(&mut self, y: f32) -> Result<f32, FormError> {
        let form = self.form;
        let top = self.heading(y + 4.0, "窓口に来た方")?;
        let mut table = Table::new(LEFT, top, &[LABEL, WIDTH - LABEL]);
        let who: Vec<(&str, bool)> =
            Applicant::ALL.iter().map(|kind| (kind.label(), *kind == form.applicant)).collect();
        self.choices(&mut table, "来た方", &who)?;
        if form.applicant != Applicant::Principal {
            let known = form.representative.as_ref();
            let of = |pick: fn(&Representative) -> &str| known.map_or("", pick);
            self.row(&mut table, 9.0, "氏名", Family::Names, of(|r| &r.name))?;
            self.row(&mut table, 11.0, "住所", Family::Names, of(|r| &r.address))?;
            self.row(&mut table, 8.4, "本人との関係", Family::Text, of(|r| &r.relation))?;
        }
        Ok(table.close(&mut self.sheet))
    }

    fn signature(&mut self, y: f32) -> Result<f32, FormError> {
        let top = y + 5.0;
        let mut table = Table::new(LEFT, top, &[LABEL, WIDTH - LABEL]);
        self.row(&mut table, 15.0, "署名\n(窓口に来た方)", Family::Names, "")?;
        Ok(table.close(&mut self.sheet))
    }

    fn staff(&mut self, y: f32) -> Result<(), FormError> {
        let top = self.heading(y + 4.0, "職員が記入する欄")?;
        let mut table = Table::new(LEFT, top, &[LABEL, WIDTH - LABEL]);
        self.choices(
            &mut table,
            "本人確認",
            &[("カード", false), ("書類A", false), ("書類B 2点", false), ("代理権", false)],
        )?;
        self.choices(
            &mut table,
            "暗証番号",
            &[("本人が入力", false), ("初期化", false), ("照会書による", false)],
        )?;
        self.choices(
            &mut table,
            "書き込みの後",
            &[("有効期限を確認", false), ("写しを交付", false), ("カードを返却", false)],
        )?;
        self.row(&mut table, 9.0, "受付・確認した職員", Family::Text, "")?;
        table.close(&mut self.sheet);
        Ok(())
    }
}
