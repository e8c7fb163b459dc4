//! The files for the print room, and the list of what lies in them.

use super::CampaignPage;
use crate::components::{Column, Table, grouped, link_button};
use leptos::prelude::*;

pub(super) fn view(page: &CampaignPage) -> AnyView {
    if page.files.is_empty() && page.counts.printed == 0 {
        return ().into_any();
    }
    view! {
        <section class="section">
            <h2>"印刷用のファイル"</h2>
            {files(page)}
            <div class="actions">
                {link_button("内容一覧を開く", &format!("/campaigns/{}/contents.pdf", page.id), false)}
                {link_button("全部を1つのPDFで開く", &format!("/campaigns/{}/all.pdf", page.id), false)}
            </div>
        </section>
    }
    .into_any()
}

fn files(page: &CampaignPage) -> AnyView {
    let columns = [
        Column::number("ファイル"),
        Column::number("通知書"),
        Column::number("頁"),
        Column::tight("はじめ"),
        Column::tight("おわり"),
        Column::tight("状態"),
    ];
    let none =
        "この回の通知書は、コマンドでPDFにしました。もう一度印刷するときは、全部を1つのPDFで開いてください。";
    let mut table = Table::new("印刷用のファイル(郵便番号の順)", &columns, none).under_heading();
    for file in &page.files {
        let state = if file.ready {
            let href = format!("/campaigns/{}/{}.pdf", page.id, file.number);
            view! { <a href=href target="_blank" rel="noopener">"✓ できました。開く"</a> }.into_any()
        } else {
            view! { <span class="muted">"○ これから"</span> }.into_any()
        };
        table.row(vec![
            file.number.to_string().into_any(),
            grouped(file.letters).into_any(),
            file.pages.map_or_else(|| "－".to_owned(), grouped).into_any(),
            file.from.clone().into_any(),
            file.to.clone().into_any(),
            state,
        ]);
    }
    table.view()
}
