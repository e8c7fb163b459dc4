//! `/imports`: files that come in. Choose, check, take.

mod check;
mod progress;

pub use check::{CheckPage, RefusedRow, RowChange, render as render_check};
pub use progress::{ProgressPage, render as render_progress};

use crate::components::{Button, Choice, Column, Field, FormErrors, RadioGroup, Table, grouped, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// Choosing a file, and what came in before.
#[derive(Clone, Debug, Default)]
pub struct ImportsPage {
    /// What was wrong with the file as a whole.
    pub errors: FormErrors,
    /// `residents` or `cards`, chosen before.
    pub kind: String,
    /// What came in before, newest first.
    pub past: Vec<PastImport>,
    /// This person may import.
    pub may_import: bool,
}

/// One import.
#[derive(Clone, Debug, Default)]
pub struct PastImport {
    /// 11月22日 14:05.
    pub at: String,
    /// 住民, カード.
    pub kind: String,
    /// The file's name.
    pub file: String,
    /// Who took it; the command line has its own words.
    pub by: String,
    /// Rows that were new.
    pub added: u64,
    /// Rows that changed something.
    pub changed: u64,
    /// Rows that were the same.
    pub unchanged: u64,
    /// Rows refused.
    pub refused: u64,
}

/// Posts to `/imports` (multipart) with `kind` and `file`.
pub fn render(frame: &Frame, page: &ImportsPage) -> String {
    frame.document("取込", false, || {
        let form = page.may_import.then(|| choose(page));
        view! {
            {page.errors.summary()}
            <div class="page-head"><h1>"取込"</h1></div>
            {form}
            <section class="section"><h2>"これまでの取込"</h2>{past(&page.past)}</section>
        }
        .into_any()
    })
}

fn choose(page: &ImportsPage) -> AnyView {
    let kinds = [
        Choice {
            value: "residents".to_owned(),
            label: "住民".to_owned(),
            detail: Some("宛名番号、氏名、氏名カナ、生年月日、住所など".to_owned()),
        },
        Choice {
            value: "cards".to_owned(),
            label: "カード".to_owned(),
            detail: Some("宛名番号、カード番号、電子証明書の番号と期限など".to_owned()),
        },
    ];
    let chosen = if page.kind.is_empty() { "residents" } else { &page.kind };
    let inside = view! {
        {RadioGroup::new("kind", "何の一覧ですか", &kinds, chosen).error(page.errors.of("kind")).view()}
        {Field::file("file", "CSVファイル", ".csv,text/csv").hint("文字コードはUTF-8でもShift_JIS(CP932)でもよいです。12桁の個人番号の列があるファイルは受け取りません。").error(page.errors.of("file")).required().view()}
        <div class="actions">{Button::primary("内容を確かめる").view()}<span class="muted">"確かめるだけでは取り込みません。"</span></div>
    }
    .into_any();
    post_form("/imports").multipart().view(inside)
}

fn past(imports: &[PastImport]) -> AnyView {
    let columns = [
        Column::tight("日時"),
        Column::tight("種類"),
        Column::text("ファイル"),
        Column::text("担当"),
        Column::number("新規"),
        Column::number("変更"),
        Column::number("変更なし"),
        Column::number("受け取らず"),
    ];
    let mut table = Table::new("これまでの取込", &columns, "まだ取り込んでいません。").under_heading();
    for import in imports {
        table.row(vec![
            view! { <span class="number">{import.at.clone()}</span> }.into_any(),
            import.kind.clone().into_any(),
            import.file.clone().into_any(),
            import.by.clone().into_any(),
            grouped(import.added).into_any(),
            grouped(import.changed).into_any(),
            grouped(import.unchanged).into_any(),
            grouped(import.refused).into_any(),
        ]);
    }
    table.view()
}
