//! `/settings/paper`: the words of each paper, the envelope, the printers and the print room's files.

use crate::components::{
    Button, CheckboxGroup, Choice, Column, Field, FormErrors, Notice, Select, Table, link_button, post_form,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// All about paper.
#[derive(Clone, Debug, Default)]
pub struct PaperSettingsPage {
    /// What was wrong.
    pub errors: FormErrors,
    /// What must be known: a file of words that can't be used.
    pub notices: Vec<Notice>,
    /// The papers with words of their own.
    pub papers: Vec<PaperLine>,
    /// The measures of the envelope.
    pub measures: Vec<MeasureItem>,
    /// The printers, and empty lines for more.
    pub printers: Vec<PrinterItem>,
    /// The number of the one that prints letters.
    pub letters_printer: String,
    /// The number of the one at the counter.
    pub counter_printer: String,
    /// Letters in one file.
    pub part_letters: String,
    /// Marks where to fold.
    pub fold_marks: bool,
    /// Notices with the reply form.
    pub reply_form: bool,
    /// This person may change it; others only read.
    pub may_change: bool,
}

/// A paper.
#[derive(Clone, Debug, Default)]
pub struct PaperLine {
    /// Its name in the address.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// はじめの文, 役所の文, 使えない文.
    pub state: String,
}

/// A measure.
#[derive(Clone, Debug, Default)]
pub struct MeasureItem {
    /// The form's field.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// How to measure it.
    pub hint: String,
    /// The number.
    pub value: String,
}

/// A printer's line in the form.
#[derive(Clone, Debug, Default)]
pub struct PrinterItem {
    /// What it is called; empty for a line that may be filled in.
    pub name: String,
    /// Millimetres to the right.
    pub right: String,
    /// Millimetres down.
    pub down: String,
}

/// Posts to `/settings/paper`.
pub fn render(frame: &Frame, page: &PaperSettingsPage) -> String {
    frame.document("用紙と印刷", false, || {
        let notices: Vec<_> = page.notices.iter().map(Notice::view).collect();
        view! {
            {page.errors.summary()}
            <div class="page-head">
                <h1>"用紙と印刷"</h1>
                {link_button("設定へ戻る", "/settings", false)}
            </div>
            {notices}
            <section class="section"><h2>"文書の文"</h2>{papers(&page.papers)}</section>
            {form(page)}
        }
        .into_any()
    })
}

fn papers(papers: &[PaperLine]) -> AnyView {
    let columns = [Column::text("文書"), Column::tight("いまの文")];
    let mut table = Table::new("文書の文", &columns, "文書がありません。").under_heading();
    for paper in papers {
        let href = format!("/settings/paper/wording/{}", paper.code);
        table.row(vec![
            view! { <a href=href>{paper.label.clone()}</a> }.into_any(),
            paper.state.clone().into_any(),
        ]);
    }
    table.view()
}

fn form(page: &PaperSettingsPage) -> AnyView {
    let measures: Vec<_> = page
        .measures
        .iter()
        .map(|item| {
            let field = Field::text(&item.key, &item.label)
                .value(&item.value)
                .hint(&item.hint)
                .error(page.errors.of(&item.key))
                .class("input input--short")
                .input_mode("decimal");
            view! { <div>{field.view()}</div> }
        })
        .collect();
    let printers: Vec<_> =
        page.printers.iter().enumerate().map(|(at, item)| printer(page, at, item)).collect();
    let choices: Vec<Choice> = page
        .printers
        .iter()
        .enumerate()
        .filter(|(_, item)| !item.name.is_empty())
        .map(|(at, item)| Choice::new(at.to_string(), &item.name))
        .collect();
    let inside = view! {
        <section class="section"><h2>"窓あき封筒"</h2><div class="columns">{measures}</div></section>
        <section class="section">
            <h2>"プリンタ"</h2>
            <p>"試し刷りをして、ずれている分を入れます。右と下へ動かすときは正の数、左と上へ動かすときは負の数です。"</p>
            {printers}
            {Select::new("letters_printer", "通知書・照会書を印刷するプリンタ", &choices, &page.letters_printer).view()}
            {Select::new("counter_printer", "窓口の文書を印刷するプリンタ", &choices, &page.counter_printer).view()}
        </section>
        <section class="section">
            <h2>"通知書"</h2>
            {Field::text("part_letters", "1つのファイルの通数").value(&page.part_letters).hint("印刷室に渡すファイルの大きさです。0にすると全部を1つにします。").error(page.errors.of("part_letters")).class("input input--short").input_mode("numeric").view()}
            {CheckboxGroup::single("reply_form", "yes", "2枚目に、代理の方が1回の来庁で手続きするための照会書兼回答書を付ける", page.reply_form, None)}
            {CheckboxGroup::single("fold_marks", "yes", "三つ折りの位置に印を付ける", page.fold_marks, None)}
        </section>
        {page.may_change.then(|| view! { <div class="actions">{Button::primary("用紙と印刷の設定を保存する").view()}</div> })}
    }
    .into_any();
    if page.may_change { post_form("/settings/paper").view(inside) } else { inside }
}

fn printer(page: &PaperSettingsPage, at: usize, item: &PrinterItem) -> AnyView {
    let field = |name: &str| format!("{name}_{at}");
    let number = at + 1;
    let test = (!item.name.is_empty()).then(|| {
        let href = format!("/settings/paper/test-sheet.pdf?printer={at}");
        view! { <p><a href=href target="_blank" rel="noopener">{format!("「{}」の試し刷りを開く", item.name)}</a></p> }
    });
    view! {
        <div class="form--row">
            {Field::text(field("printer"), format!("プリンタ{number}の名前")).value(&item.name).error(page.errors.of(&field("printer"))).view()}
            {Field::text(field("right"), format!("プリンタ{number} 右へ(mm)")).value(&item.right).error(page.errors.of(&field("right"))).class("input input--short").input_mode("decimal").view()}
            {Field::text(field("down"), format!("プリンタ{number} 下へ(mm)")).value(&item.down).error(page.errors.of(&field("down"))).class("input input--short").input_mode("decimal").view()}
        </div>
        {test}
    }
    .into_any()
}
