//! `/search?q=`: people found, told apart from their namesakes.

use super::parts::birth_and_age;
use crate::components::{Column, Pages, Table, grouped, link_button, pagination};
use crate::dates;
use crate::frame::Frame;
use leptos::prelude::*;
use rules::kinds::Sex;
use rules::{NaiveDate, wareki};

/// What was asked and who was found.
#[derive(Clone, Debug, Default)]
pub struct SearchPage {
    /// As typed.
    pub query: String,
    /// How it was understood: 「昭和55年10月10日生まれの人」.
    pub understood: String,
    /// Who was found, the closest first.
    pub hits: Vec<Hit>,
    /// Where in a long list.
    pub pages: Pages,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub enum Hit {
    /// A person.
    Person(Box<PersonHit>),
    /// Someone under support measures, of whom a clerk sees nothing.
    Masked,
}

/// What tells a person from their namesakes.
#[derive(Clone, Debug)]
pub struct PersonHit {
    /// 宛名番号.
    pub number: String,
    /// As registered.
    pub name: String,
    /// As registered.
    pub kana: String,
    /// 「旧氏 山田」「通称 金子 明」; empty when there is none.
    pub other_name: String,
    /// The birthday.
    pub birth: NaiveDate,
    /// Years today.
    pub age: u32,
    /// As registered.
    pub sex: Sex,
    /// Address and building.
    pub address: String,
    /// 世帯番号.
    pub household: String,
    /// 転出, 死亡, 支援措置 (for a supervisor); empty when nothing is to be said.
    pub flag: String,
    /// The earliest expiry of a certificate in force.
    pub expires: Option<NaiveDate>,
}

/// The document.
pub fn render(frame: &Frame, page: &SearchPage) -> String {
    frame.document("さがす", false, || {
        let heading = if page.query.is_empty() {
            "住民をさがす".to_owned()
        } else {
            format!("「{}」", page.query)
        };
        let count = (!page.query.is_empty())
            .then(|| format!("{}人", grouped(page.pages.total.max(page.hits.len() as u64))));
        let understood =
            (!page.understood.is_empty()).then(|| format!("{}をさがしました。", page.understood));
        view! {
            <div class="page-head">
                <h1>{heading}</h1>
                <span class="page-head__aside">{count}" "{understood}</span>
                {link_button("電話の問い合わせに答える", "/telephone", false)}
            </div>
            {found(page)}
            {pagination(&page.pages)}
        }
        .into_any()
    })
}

fn found(page: &SearchPage) -> AnyView {
    if page.hits.is_empty() {
        return nobody(&page.query);
    }
    let columns = [
        Column::text("氏名"),
        Column::tight("生年月日"),
        Column::tight("性別"),
        Column::text("住所"),
        Column::tight("世帯"),
        Column::tight("証明書の満了"),
    ];
    let mut table = Table::new("見つかった人", &columns, "").under_heading().id("results");
    for hit in &page.hits {
        match hit {
            Hit::Person(person) => table.row(person_row(person)),
            Hit::Masked => table.row_with(
                "row--masked",
                vec![
                    view! { <span class="flag flag--alarm">"支援措置"</span> }.into_any(),
                    "表示しません".into_any(),
                    "－".into_any(),
                    view! { <strong>"責任者を呼んでください。"</strong>"この人がいることを来庁者に伝えないでください。" }.into_any(),
                    "－".into_any(),
                    "－".into_any(),
                ],
            ),
        }
    }
    table.view()
}

fn person_row(person: &PersonHit) -> Vec<AnyView> {
    let href = format!("/residents/{}", person.number);
    // One line for the list under the search box.
    let line =
        format!("{}  {}  {}  {}", person.name, person.kana, wareki::short(person.birth), person.address);
    let other = (!person.other_name.is_empty())
        .then(|| view! { <span class="kana">" "{person.other_name.clone()}</span> });
    let flag =
        (!person.flag.is_empty()).then(|| view! { " "<span class="flag">{person.flag.clone()}</span> });
    vec![
        view! {
            <span class="hit">
                <a class="person" href=href data-hit=line>{person.name.clone()}</a>
                " "<span class="kana">{person.kana.clone()}</span>{other}{flag}
            </span>
        }
        .into_any(),
        birth_and_age(person.birth, person.age),
        person.sex.label().into_any(),
        person.address.clone().into_any(),
        view! { <span class="code">{person.household.clone()}</span> }.into_any(),
        person.expires.map_or_else(|| "－".into_any(), dates::short),
    ]
}

fn nobody(query: &str) -> AnyView {
    let sentence = if query.is_empty() {
        "氏名、カナ、生年月日、住所、カード番号、受付番号のどれでもさがせます。"
    } else {
        "この言葉に合う人は登録されていません。"
    };
    view! {
        <p class="lead">{sentence}</p>
        <div class="say">
            <h2>"さがし方"</h2>
            <ul>
                <li>"氏名は漢字でもカナでも、はじめの数文字でさがせます。渡邉・渡辺のような字の違いは気にしなくてよいです。"</li>
                <li>"旧氏・通称でもさがせます。"</li>
                <li>"生年月日は S55.10.10、昭和55年10月10日、1980-10-10 のどれでもよいです。"</li>
                <li>"カードをリーダに置くと、暗証番号なしで持ち主が分かります。"</li>
            </ul>
        </div>
    }
    .into_any()
}
