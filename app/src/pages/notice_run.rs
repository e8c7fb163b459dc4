//! `/notices/runs/{id}`: one run of notices: how far its files for the print room are, and where to open them.

use crate::components::{Button, Column, Notice, Table, Tone, grouped, link_button, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// One run.
#[derive(Clone, Debug, Default)]
pub struct NoticeRunPage {
    /// Its number.
    pub id: i64,
    /// `2027-01`, as in the address.
    pub month: String,
    /// 令和9年1月.
    pub label: String,
    /// When it was made and by whom.
    pub made: String,
    /// Letters of the run.
    pub letters: u64,
    /// Letters laid out so far.
    pub done: u64,
    /// Files are being made.
    pub running: bool,
    /// Files are missing and nobody is at it.
    pub stopped: bool,
    /// Why it stopped.
    pub failed: Option<String>,
    /// The files; none for a run whose PDF went to whoever asked for it.
    pub parts: Vec<RunPart>,
}

/// One file.
#[derive(Clone, Debug, Default)]
pub struct RunPart {
    /// Its number, from 1.
    pub number: u64,
    /// Letters in it.
    pub letters: u64,
    /// Pages of it, once it is made.
    pub pages: Option<u64>,
    /// The first letter.
    pub from: String,
    /// The last letter.
    pub to: String,
    /// It can be opened.
    pub ready: bool,
}

/// Posts to `/notices/runs/{id}` to go on after a stop.
pub fn render(frame: &Frame, page: &NoticeRunPage) -> String {
    let title = format!("{}に満了する人の通知書 作成記録{}", page.label, page.id);
    frame.document(&title, page.running, || {
        let meter = (page.running || page.stopped).then(|| {
            view! {
                <label class="lead" for="meter">"印刷用のファイルを作っています"</label>
                <progress class="meter" id="meter" max=page.letters.to_string() value=page.done.min(page.letters).to_string()></progress>
                <p class="number">{format!("{} / {}通", grouped(page.done.min(page.letters)), grouped(page.letters))}</p>
            }
        });
        view! {
            <div class="page-head"><h1>{title.clone()}</h1><span class="page-head__aside">{page.made.clone()}</span></div>
            {stopped(page)}
            {meter}
            {parts(page)}
            <div class="actions">
                {link_button("内容一覧を開く", &format!("/notices/runs/{}/contents.pdf", page.id), false)}
                {link_button("全部を1つのPDFで開く", &format!("/notices/runs/{}.pdf", page.id), false)}
                {link_button("この月の一覧へ", &format!("/notices/{}", page.month), false)}
            </div>
        }
        .into_any()
    })
}

fn stopped(page: &NoticeRunPage) -> Option<AnyView> {
    page.stopped.then(|| {
        let why = page.failed.clone().unwrap_or_else(|| "途中で止まりました。".to_owned());
        let notice = Notice {
            tone: Tone::Caution,
            title: "まだ全部はできていません".to_owned(),
            sentence: format!("{why}できたファイルはそのまま使えます。続きは、止まったところから作ります。"),
        };
        let form = post_form(format!("/notices/runs/{}", page.id)).view(Button::primary("続きを作る").view());
        view! { {notice.view()} {form} }.into_any()
    })
}

fn parts(page: &NoticeRunPage) -> AnyView {
    let columns = [
        Column::number("ファイル"),
        Column::number("通知書"),
        Column::number("ページ"),
        Column::tight("はじめ"),
        Column::tight("おわり"),
        Column::tight("状態"),
    ];
    let none =
        "この回の通知書は、コマンドでPDFにしました。もう一度印刷するときは、全部を1つのPDFで開いてください。";
    let mut table = Table::new("印刷用のファイル(郵便番号の順)", &columns, none);
    for part in &page.parts {
        let state = if part.ready {
            let href = format!("/notices/runs/{}/{}.pdf", page.id, part.number);
            view! { <a href=href target="_blank" rel="noopener">"✓ できました。開く"</a> }.into_any()
        } else {
            view! { <span class="muted">"○ これから"</span> }.into_any()
        };
        table.row(vec![
            part.number.to_string().into_any(),
            grouped(part.letters).into_any(),
            part.pages.map_or_else(|| "－".to_owned(), grouped).into_any(),
            part.from.clone().into_any(),
            part.to.clone().into_any(),
            state,
        ]);
    }
    table.view()
}
