//! `/settings/paper/wording/{code}`: the words of one paper, with the real sheet beside them.

use crate::components::{Button, Column, FieldError, FormErrors, Table, TextArea, link_button, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// The words of one paper.
#[derive(Clone, Debug, Default)]
pub struct WordingPage {
    /// The paper's name in the address.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// The text in the form.
    pub text: String,
    /// What is wrong with it, by line.
    pub faults: Vec<WordingFault>,
    /// Named fields and what is printed there.
    pub fields: Vec<(String, String)>,
    /// The identifier under which the sheet can be seen; empty while the text can't be set.
    pub preview: String,
    /// Pages of the sheet that are shown as pictures; 0 where this machine can't draw.
    pub pictures: u32,
    /// Versions from before, the newest first.
    pub versions: Vec<WordingVersion>,
    /// The office has words of its own.
    pub own: bool,
    /// This person may change it; others only read.
    pub may_change: bool,
}

/// What is wrong, and where.
#[derive(Clone, Debug, Default)]
pub struct WordingFault {
    /// The line, from 1.
    pub line: u64,
    /// One sentence.
    pub sentence: String,
}

/// A version from before.
#[derive(Clone, Debug, Default)]
pub struct WordingVersion {
    /// Its identifier.
    pub id: String,
    /// When it was put in force.
    pub at: String,
    /// By whom.
    pub by: String,
    /// It is the one in force.
    pub current: bool,
}

/// Posts to `/settings/paper/wording/{code}` with `act` `preview`, `save` or `reset`. The script posts the same form
/// while one types and takes what is in `#preview` out of the answer.
pub fn render(frame: &Frame, page: &WordingPage) -> String {
    let title = format!("{}の文", page.label);
    frame.document(&title, false, || {
        view! {
            {errors(page).summary()}
            <div class="page-head">
                <h1>{title.clone()}</h1>
                {link_button("用紙と印刷へ戻る", "/settings/paper", false)}
            </div>
            <div class="columns">
                <div>{editor(page)}{fields(page)}{versions(page)}</div>
                <div id="preview" aria-live="polite">{faults(page)}{preview(page)}</div>
            </div>
        }
        .into_any()
    })
}

fn errors(page: &WordingPage) -> FormErrors {
    let error = |fault: &WordingFault| FieldError {
        field: "text".to_owned(),
        code: "M-7003".to_owned(),
        sentence: format!("{}行目: {}", fault.line, fault.sentence),
    };
    FormErrors(page.faults.iter().map(error).collect())
}

fn editor(page: &WordingPage) -> AnyView {
    let wrong = page.faults.first().map(|fault| format!("{}行目: {}", fault.line, fault.sentence));
    let area = TextArea::new("text", "文", &page.text)
        .hint("[ ] の行が見出し、{ } は印刷のときに置きかわる欄です。# で始まる行は印刷されません。")
        .rows(28)
        .error(wrong)
        .view();
    if !page.may_change {
        return area;
    }
    let reset = page.own.then(|| Button::quiet("はじめの文に戻す").sends("act", "reset").view());
    let inside = view! {
        {area}
        <div class="actions">
            {Button::secondary("見本を見る").sends("act", "preview").view()}
            {Button::primary("この文を使う").sends("act", "save").view()}
            {reset}
        </div>
    }
    .into_any();
    post_form(format!("/settings/paper/wording/{}", page.code)).id("wording").view(inside)
}

fn faults(page: &WordingPage) -> Option<AnyView> {
    (!page.faults.is_empty()).then(|| {
        let lines: Vec<_> = page
            .faults
            .iter()
            .map(|fault| view! { <li>{format!("{}行目: {}", fault.line, fault.sentence)}</li> })
            .collect();
        view! { <div class="banner banner--caution"><span class="banner__word">"このままでは使えません"</span><ul>{lines}</ul></div> }
            .into_any()
    })
}

fn preview(page: &WordingPage) -> Option<AnyView> {
    (!page.preview.is_empty()).then(|| {
        let pdf = format!("/settings/paper/preview/{}.pdf", page.preview);
        let pictures: Vec<_> = (1..=page.pictures)
            .map(|number| {
                let source = format!("/settings/paper/preview/{}/{number}.png", page.preview);
                view! { <img class="sheet" src=source alt=format!("{}の見本 {number}ページ", page.label)/> }
            })
            .collect();
        view! {
            <p><a href=pdf target="_blank" rel="noopener">"見本をPDFで開く"</a></p>
            {pictures}
        }
        .into_any()
    })
}

fn fields(page: &WordingPage) -> AnyView {
    let columns = [Column::tight("欄"), Column::text("印刷されるもの")];
    let mut table = Table::new("使える欄", &columns, "使える欄はありません。");
    for (name, meaning) in &page.fields {
        let name = format!("{{{name}}}");
        table.row(vec![view! { <span class="code">{name}</span> }.into_any(), meaning.clone().into_any()]);
    }
    view! { <details class="section"><summary>"使える欄の一覧"</summary>{table.view()}</details> }.into_any()
}

fn versions(page: &WordingPage) -> AnyView {
    let columns = [Column::tight("使い始め"), Column::text("変えた人"), Column::tight("")];
    let none = "まだ変えていません。発送した文書は、作ったときの文でもう一度印刷できます。";
    let mut table = Table::new("前の文", &columns, none);
    for version in &page.versions {
        let href = format!("/settings/paper/wording/{}?version={}", page.code, version.id);
        let open = if version.current {
            view! { <span class="muted">"いまの文"</span> }.into_any()
        } else {
            view! { <a href=href>"この文を入れる"</a> }.into_any()
        };
        table.row(vec![version.at.clone().into_any(), version.by.clone().into_any(), open]);
    }
    view! { <section class="section">{table.view()}</section> }.into_any()
}
