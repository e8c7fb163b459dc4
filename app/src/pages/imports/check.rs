//! What a file would do, before anything is taken.

use crate::components::{Button, Column, Notice, Table, Tone, grouped, link_button, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// The file, checked.
#[derive(Clone, Debug, Default)]
pub struct CheckPage {
    /// The check's number: forms post to `/imports/{id}/take` and `/imports/{id}/leave`.
    pub id: String,
    /// 住民, カード.
    pub kind: String,
    /// The file's name.
    pub file: String,
    /// How it was read: 「Shift_JIS、CRLF、19列」.
    pub read_as: String,
    /// Rows that would be new.
    pub added: u64,
    /// Rows that would change something.
    pub changed: u64,
    /// Rows that would change nothing.
    pub unchanged: u64,
    /// Rows refused.
    pub refused: u64,
    /// The first refused rows.
    pub refused_rows: Vec<RefusedRow>,
    /// The first changes.
    pub changes: Vec<RowChange>,
    /// Makes a second press harmless.
    pub once: String,
}

/// A row that can't be taken.
#[derive(Clone, Debug, Default)]
pub struct RefusedRow {
    /// As a spreadsheet shows it.
    pub row: u64,
    /// The column's head.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// One sentence.
    pub sentence: String,
}

/// What a row would change.
#[derive(Clone, Debug, Default)]
pub struct RowChange {
    /// As a spreadsheet shows it.
    pub row: u64,
    /// Whom or what: a name, a card number.
    pub who: String,
    /// 「住所が 赤羽一丁目 から 赤羽西二丁目 に変わります。」
    pub sentence: String,
}

/// The document.
pub fn render(frame: &Frame, page: &CheckPage) -> String {
    frame.document("取込の確認", false, || {
        let takes = page.added + page.changed;
        let notice = match (page.refused, takes) {
            (0, 0) => note(Tone::Information, "このファイルで変わるものはありません。"),
            (0, _) => note(Tone::Success, "すべての行を受け取れます。"),
            (_, 0) => note(Tone::Error, "受け取れる行がありません。ファイルを直してもう一度選んでください。"),
            _ => note(Tone::Caution, "受け取れない行があります。よい行だけを取り込むか、ファイルを直してからやり直すかを選べます。"),
        };
        let take = (takes > 0).then(|| {
            let words = if page.refused > 0 { format!("よい行だけ取り込む({}行)", grouped(takes)) } else { format!("{}行を取り込む", grouped(takes)) };
            post_form(format!("/imports/{}/take", page.id)).once(&page.once).view(Button::primary(words).view())
        });
        view! {
            <div class="page-head">
                <h1>{format!("取込の確認 {}", page.kind)}</h1>
                <span class="page-head__aside">{page.file.clone()}" "{page.read_as.clone()}</span>
            </div>
            {notice.view()}
            {counts(page)}
            <div class="actions">
                {take}
                {post_form(format!("/imports/{}/leave", page.id)).view(Button::secondary("取り込まずにやめる").view())}
                {link_button("別のファイルを選ぶ", "/imports", false)}
            </div>
            {refused(page)}
            {changes(page)}
        }
        .into_any()
    })
}

fn note(tone: Tone, sentence: &str) -> Notice {
    Notice { tone, title: String::new(), sentence: sentence.to_owned() }
}

fn counts(page: &CheckPage) -> AnyView {
    let tiles: Vec<_> = [
        ("新しく入る行", page.added),
        ("変わる行", page.changed),
        ("変わらない行", page.unchanged),
        ("受け取れない行", page.refused),
    ]
    .into_iter()
    .map(|(title, count)| {
        view! {
            <div class="tile"><span class="tile__count"><b>{grouped(count)}</b>"行"</span><span class="tile__title">{title}</span></div>
        }
    })
    .collect();
    view! { <div class="tiles">{tiles}</div> }.into_any()
}

fn refused(page: &CheckPage) -> AnyView {
    if page.refused == 0 {
        return ().into_any();
    }
    let columns = [
        Column::number("行"),
        Column::tight("列"),
        Column::text("入っている値"),
        Column::text("受け取れない理由"),
    ];
    let mut table = Table::new("受け取れない行", &columns, "").under_heading();
    for row in &page.refused_rows {
        table.row_with(
            "row--refused",
            vec![
                row.row.to_string().into_any(),
                row.column.clone().into_any(),
                row.value.clone().into_any(),
                row.sentence.clone().into_any(),
            ],
        );
    }
    view! {
        <section class="section">
            <h2>"受け取れない行"{shown(page.refused, page.refused_rows.len())}</h2>
            {table.view()}
        </section>
    }
    .into_any()
}

fn changes(page: &CheckPage) -> AnyView {
    if page.changed == 0 {
        return ().into_any();
    }
    let columns = [Column::number("行"), Column::text("だれの・どの"), Column::text("変わること")];
    let mut table = Table::new("変わる行", &columns, "").under_heading();
    for change in &page.changes {
        table.row(vec![
            change.row.to_string().into_any(),
            change.who.clone().into_any(),
            change.sentence.clone().into_any(),
        ]);
    }
    view! {
        <section class="section">
            <h2>"変わる行"{shown(page.changed, page.changes.len())}</h2>
            {table.view()}
        </section>
    }
    .into_any()
}

fn shown(all: u64, shown: usize) -> Option<AnyView> {
    (all > shown as u64).then(|| {
        view! { <small class="muted">{format!(" {}行のうち、はじめの{shown}行", grouped(all))}</small> }
            .into_any()
    })
}
