//! `/returns`: letters that came back are scanned one after the other; `/returns/report`: what came back, to print.

use crate::components::{
    Button, Choice, Column, DateField, Field, FormErrors, Notice, RadioGroup, Table, grouped, link_button,
    post_form,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// The scanning page.
#[derive(Clone, Debug, Default)]
pub struct ReturnsPage {
    /// What became of the last scan, also where it was refused.
    pub done: Option<Notice>,
    /// What was wrong with it.
    pub errors: FormErrors,
    /// What was scanned, after an error.
    pub scanned: String,
    /// The post's reasons.
    pub reasons: Vec<Choice>,
    /// The reason chosen; it stays for the next scan.
    pub reason: String,
    /// What came back today, the newest first.
    pub today: Vec<ReturnedLetter>,
}

/// A letter that came back.
#[derive(Clone, Debug, Default)]
pub struct ReturnedLetter {
    /// 通知-000123.
    pub letter: String,
    /// 宛名番号.
    pub number: String,
    /// As registered.
    pub name: String,
    /// As registered.
    pub kana: String,
    /// Where it was sent.
    pub sent_to: String,
    /// R8.12.1.
    pub posted: String,
    /// R8.12.9.
    pub returned: String,
    /// あて所に尋ねあたりません.
    pub reason: String,
    /// What was done since: made anew.
    pub since: String,
    /// Who noted it.
    pub by: String,
    /// Under support measures: nothing of them is shown.
    pub masked: bool,
}

/// Posts to `/returns`; the cursor is where the scanner types, so that the next letter can follow at once. So there is no
/// summary of errors that would take it away: what was wrong stands above the form and at the field.
pub fn render(frame: &Frame, page: &ReturnsPage) -> String {
    frame.document("返戻の記録", false, || {
        let inside = view! {
            {RadioGroup::new("reason", "返戻の理由", &page.reasons, &page.reason).error(page.errors.of("reason")).view()}
            {Field::text("scanned", "通知書のQRコード、または文書番号").value(&page.scanned).hint("QRコードを読むと、そのまま記録します。続けて次の通知書を読めます。").error(page.errors.of("scanned")).class("input input--code").autofocus().view()}
            <div class="actions">{Button::primary("返戻を記録する").view()}</div>
        };
        view! {
            <div class="page-head">
                <h1>"返戻の記録"</h1>
                {link_button("返戻の報告を開く", "/returns/report", false)}
            </div>
            {page.done.as_ref().map(Notice::view)}
            {post_form("/returns").view(inside.into_any())}
            <section class="section">
                <h2>{format!("今日記録した返戻 {}通", grouped(page.today.len() as u64))}</h2>
                {table("今日記録した返戻", &page.today)}
            </section>
        }
        .into_any()
    })
}

/// The report.
#[derive(Clone, Debug, Default)]
pub struct ReturnsReportPage {
    /// The first day, as entered.
    pub from: String,
    /// The last day, as entered.
    pub until: String,
    /// What was wrong with them.
    pub errors: FormErrors,
    /// 令和8年12月1日から令和8年12月31日まで.
    pub period: String,
    /// How many came back for each reason.
    pub reasons: Vec<(String, u64)>,
    /// What came back.
    pub letters: Vec<ReturnedLetter>,
    /// More came back than the page lists.
    pub cut: bool,
    /// Where the same is a CSV file.
    pub csv: String,
}

/// A list that prints as it stands; the same as a file for a spreadsheet.
pub fn render_report(frame: &Frame, page: &ReturnsReportPage) -> String {
    frame.document("返戻の報告", false, || {
        let columns = [Column::text("理由"), Column::number("通数")];
        let mut reasons = Table::new("理由ごとの通数", &columns, "この期間に戻ってきた通知書はありません。");
        for (reason, many) in &page.reasons {
            reasons.row(vec![reason.clone().into_any(), grouped(*many).into_any()]);
        }
        let cut = page.cut.then(|| {
            view! { <p>"多いため、新しいものだけを表示しています。期間を短くするか、CSVファイルで開いてください。"</p> }
        });
        view! {
            {page.errors.summary()}
            <div class="page-head">
                <h1>"返戻の報告"</h1>
                <span class="page-head__aside">{page.period.clone()}</span>
                {link_button("CSVファイルで保存する", &page.csv, false)}
                {link_button("返戻の記録へ", "/returns", false)}
            </div>
            <form class="form form--row no-print" method="get" action="/returns/report">
                {DateField::new("from", "この日から", &page.from).error(page.errors.of("from")).view()}
                {DateField::new("until", "この日まで", &page.until).error(page.errors.of("until")).view()}
                {Button::secondary("この期間を見る").view()}
            </form>
            {reasons.view()}
            <section class="section"><h2>"戻ってきた通知書"</h2>{cut}{table("戻ってきた通知書", &page.letters)}</section>
        }
        .into_any()
    })
}

fn table(caption: &str, letters: &[ReturnedLetter]) -> AnyView {
    let columns = [
        Column::tight("通知書"),
        Column::text("氏名"),
        Column::text("送った住所"),
        Column::tight("発送"),
        Column::tight("返戻"),
        Column::text("理由"),
        Column::text("その後・記録した人"),
    ];
    let mut table = Table::new(caption, &columns, "まだありません。").under_heading();
    for letter in letters {
        let name = if letter.masked {
            view! { <span class="flag flag--alarm">"支援措置"</span> }.into_any()
        } else {
            let href = format!("/residents/{}", letter.number);
            view! { <a class="person" href=href>{letter.name.clone()}</a>" "<span class="kana">{letter.kana.clone()}</span> }.into_any()
        };
        table.row(vec![
            view! { <span class="code">{letter.letter.clone()}</span> }.into_any(),
            name,
            letter.sent_to.clone().into_any(),
            letter.posted.clone().into_any(),
            letter.returned.clone().into_any(),
            letter.reason.clone().into_any(),
            view! { <span>{letter.since.clone()}</span><small>{letter.by.clone()}</small> }.into_any(),
        ]);
    }
    table.view()
}
