//! `/notices/{expiring}`: who would get a letter as things stand, who wouldn't and why, and the way to a campaign.

use crate::components::{Column, Notice, Pages, Table, grouped, link_button, pagination};
use crate::dates;
use crate::frame::Frame;
use leptos::prelude::*;
use rules::NaiveDate;

/// One expiry month.
#[derive(Clone, Debug, Default)]
pub struct NoticesMonthPage {
    /// `2027-02`, as in the address.
    pub expiring: String,
    /// 令和9年2月.
    pub label: String,
    /// What must be known first: too early, a list that is not fresh.
    pub notices: Vec<Notice>,
    /// People who get a letter, in post order; one page of them.
    pub included: Vec<NoticeRow>,
    /// All of them.
    pub included_count: u64,
    /// Where in their list.
    pub included_pages: Pages,
    /// People left out; one page of them.
    pub excluded: Vec<ExcludedRow>,
    /// All of them.
    pub excluded_count: u64,
    /// Where in their list.
    pub excluded_pages: Pages,
    /// Why people are left out, and how many for each reason.
    pub reasons: Vec<(String, u64)>,
    /// How many have a letter of this month already; they can be printed again when asked.
    pub already_noticed: u64,
    /// Characters that are printed with the plain glyph, of those who will get a letter.
    pub fallbacks: Vec<GlyphFallback>,
    /// The campaigns about this month: number, title, state.
    pub campaigns: Vec<(i64, String, String)>,
}

/// Someone who gets a letter.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// 宛名番号.
    pub number: String,
    /// As registered.
    pub name: String,
    /// As registered.
    pub kana: String,
    /// 〒 and address, as on the letter.
    pub address: String,
    /// 署名用, 利用者証明用 or both.
    pub certificates: String,
    /// The earliest expiry in the month.
    pub expires: NaiveDate,
    /// The first day of the renewal period.
    pub renewal_from: NaiveDate,
}

/// Someone left out.
#[derive(Clone, Debug, Default)]
pub struct ExcludedRow {
    /// 宛名番号.
    pub number: String,
    /// As registered; masked by the server under support measures.
    pub name: String,
    /// Why, in a sentence.
    pub sentence: String,
    /// The link to the person is left out when masked.
    pub masked: bool,
}

/// A character the paper's font has no exact glyph for.
#[derive(Clone, Debug, Default)]
pub struct GlyphFallback {
    /// 宛名番号.
    pub number: String,
    /// Whose name or address it is in.
    pub name: String,
    /// The character as registered.
    pub character: String,
    /// `U+6E21 U+E0101`.
    pub code_points: String,
}

/// Nothing is changed here: the campaign is ordered on its own page.
pub fn render(frame: &Frame, page: &NoticesMonthPage) -> String {
    let title = format!("{}に満了する人の通知書", page.label);
    frame.document(&title, false, || {
        let notices: Vec<_> = page.notices.iter().map(Notice::view).collect();
        let campaigns = (!page.campaigns.is_empty()).then(|| {
            let lines: Vec<_> = page
                .campaigns
                .iter()
                .map(|(id, title, state)| {
                    view! { <li><a href=format!("/campaigns/{id}")>{title.clone()}</a>" "{state.clone()}</li> }
                })
                .collect();
            view! { <ul class="counts">{lines}</ul> }
        });
        view! {
            <div class="page-head"><h1>{title.clone()}</h1><span class="page-head__aside"><a href="/notices">"ほかの月"</a></span></div>
            {notices}
            {campaigns}
            {fallbacks(&page.fallbacks)}
            {order(page)}
            <section class="section">
                <h2>{format!("通知書を送る人 {}人", grouped(page.included_count))}</h2>
                {included(&page.included)}
                {pagination(&page.included_pages)}
            </section>
            <section class="section">
                <h2>{format!("除いた人 {}人", grouped(page.excluded_count))}</h2>
                {reasons(&page.reasons)}
                {excluded(&page.excluded)}
                {pagination(&page.excluded_pages)}
            </section>
        }
        .into_any()
    })
}

fn order(page: &NoticesMonthPage) -> AnyView {
    if page.included_count == 0 && page.already_noticed == 0 {
        return ().into_any();
    }
    let href = format!("/campaigns/new?first={}", page.expiring);
    let already = (page.already_noticed > 0).then(|| {
        format!("作成済みの{}人の分も作り直すときは、予定の画面で選びます。", grouped(page.already_noticed))
    });
    view! {
        <div class="actions">
            {link_button("この月の通知の回を予定する", &href, true)}
            <span class="muted">{already}</span>
        </div>
    }
    .into_any()
}

fn reasons(reasons: &[(String, u64)]) -> AnyView {
    let lines: Vec<_> = reasons
        .iter()
        .map(|(sentence, count)| view! { <dt>{format!("{}人", grouped(*count))}</dt><dd>{sentence.clone()}</dd> })
        .collect();
    view! { <dl class="facts">{lines}</dl> }.into_any()
}

fn included(rows: &[NoticeRow]) -> AnyView {
    let columns = [
        Column::text("氏名"),
        Column::text("宛先"),
        Column::text("証明書"),
        Column::tight("満了日"),
        Column::tight("更新できる日"),
    ];
    let mut table = Table::new("通知書を送る人", &columns, "送る人はいません。").under_heading();
    for row in rows {
        table.row(vec![
            view! { <a class="person" href=format!("/residents/{}", row.number)>{row.name.clone()}</a>" "<span class="kana">{row.kana.clone()}</span> }.into_any(),
            row.address.clone().into_any(),
            row.certificates.clone().into_any(),
            dates::short(row.expires),
            view! { {dates::short(row.renewal_from)}"から" }.into_any(),
        ]);
    }
    table.view()
}

fn excluded(rows: &[ExcludedRow]) -> AnyView {
    let mut table =
        Table::new("除いた人", &[Column::text("氏名"), Column::text("理由")], "除いた人はいません。")
            .under_heading();
    for row in rows {
        let name = if row.masked {
            view! { <span class="flag flag--alarm">"支援措置"</span> }.into_any()
        } else {
            view! { <a href=format!("/residents/{}", row.number)>{row.name.clone()}</a> }.into_any()
        };
        table.row(vec![name, row.sentence.clone().into_any()]);
    }
    table.view()
}

fn fallbacks(rows: &[GlyphFallback]) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let columns = [Column::text("氏名"), Column::tight("登録の字"), Column::tight("文字コード")];
    let mut table = Table::new("字の形を確かめる人", &columns, "").under_heading();
    for row in rows {
        table.row(vec![
            view! { <a href=format!("/residents/{}", row.number)>{row.name.clone()}</a> }.into_any(),
            row.character.clone().into_any(),
            view! { <span class="code">{row.code_points.clone()}</span> }.into_any(),
        ]);
    }
    view! {
        <div class="box box--alarm">
            <h3>{format!("△ 字の形を確かめてください({}件)", rows.len())}</h3>
            <p>"登録の字と同じ形が印刷用の書体にないため、次の字は近い形で印刷されます。"</p>
            {table.view()}
        </div>
    }
    .into_any()
}
