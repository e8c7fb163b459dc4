//! `/calc`: days worked out for a question on the telephone, without anyone's record.

use crate::components::{
    Button, Choice, DateField, FormErrors, RadioGroup, Select, Source, SummaryList, describe_source,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// What was asked and the answer.
#[derive(Clone, Debug, Default)]
pub struct CalcPage {
    /// Which question: `renewal_period`, `validity`, `open_day`; empty before the first.
    pub ask: String,
    /// What was typed.
    pub input: CalcInput,
    /// What was wrong, by field.
    pub errors: FormErrors,
    /// The answer.
    pub answer: Option<CalcAnswer>,
}

/// What was typed, as typed.
#[derive(Clone, Debug, Default)]
pub struct CalcInput {
    /// 満了日.
    pub expiry: String,
    /// `yes` for those who live abroad.
    pub abroad: String,
    /// `signature` or `authentication`.
    pub kind: String,
    /// 生年月日.
    pub birth: String,
    /// 手続きの日.
    pub issued: String,
    /// カードの有効期限.
    pub card_expiry: String,
    /// いまの証明書の満了日.
    pub current_expiry: String,
    /// 日付.
    pub date: String,
}

/// The answer.
#[derive(Clone, Debug, Default)]
pub struct CalcAnswer {
    /// The sentence to say: 「令和7年7月11日から更新できます。」
    pub sentence: String,
    /// The days, by name.
    pub lines: Vec<(String, String)>,
    /// Where that comes from.
    pub source: Source,
}

/// The forms send `ask` and their fields to `/calc` with GET: nothing is changed.
pub fn render(frame: &Frame, page: &CalcPage) -> String {
    frame.document("期限計算", false, || {
        view! {
            {page.errors.summary()}
            <div class="page-head">
                <h1>"期限計算"</h1>
                <span class="page-head__aside">"電話の問い合わせなどに。だれの記録も見ません。"</span>
            </div>
            {page.answer.as_ref().map(answer)}
            <div class="columns">
                {period(page)}
                {validity(page)}
                {open_day(page)}
            </div>
        }
        .into_any()
    })
}

fn answer(answer: &CalcAnswer) -> AnyView {
    let list = answer.lines.iter().fold(SummaryList::new(), |list, (key, value)| list.text(key, value));
    view! {
        <div class="reference" role="status">
            <p class="lead"><strong>{answer.sentence.clone()}</strong></p>
            {list.view()}
            {describe_source(&answer.source)}
        </div>
    }
    .into_any()
}

fn question(ask: &'static str, title: &'static str, fields: AnyView) -> AnyView {
    view! {
        <section class="section">
            <h2>{title}</h2>
            <form class="form panel" method="get" action="/calc">
                <input type="hidden" name="ask" value=ask/>
                {fields}
                <div class="actions">{Button::primary("計算する").view()}</div>
            </form>
        </section>
    }
    .into_any()
}

fn period(page: &CalcPage) -> AnyView {
    let abroad = [Choice::new("no", "国内に住んでいる人"), Choice::new("yes", "国外に転出した人(1年前から)")];
    let chosen = if page.input.abroad == "yes" { "yes" } else { "no" };
    let fields = view! {
        {DateField::new("expiry", "証明書の満了日", &page.input.expiry).with_hint().error(page.errors.of("expiry")).required().view()}
        {RadioGroup::new("abroad", "住んでいるところ", &abroad, chosen).view()}
    }
    .into_any();
    question("renewal_period", "いつから更新できますか", fields)
}

fn validity(page: &CalcPage) -> AnyView {
    let kinds = [
        Choice::new("signature", "署名用電子証明書"),
        Choice::new("authentication", "利用者証明用電子証明書"),
    ];
    let fields = view! {
        {Select::new("kind", "証明書", &kinds, &page.input.kind).view()}
        {DateField::new("birth", "生年月日", &page.input.birth).error(page.errors.of("birth")).required().view()}
        {DateField::new("issued", "手続きの日", &page.input.issued).error(page.errors.of("issued")).required().view()}
        {DateField::new("card_expiry", "カードの有効期限", &page.input.card_expiry).error(page.errors.of("card_expiry")).required().view()}
        {DateField::new("current_expiry", "いまの証明書の満了日(ないときは空欄)", &page.input.current_expiry).error(page.errors.of("current_expiry")).view()}
    }
    .into_any();
    question("validity", "新しい満了日はいつですか", fields)
}

fn open_day(page: &CalcPage) -> AnyView {
    let fields = view! {
        {DateField::new("date", "日付", &page.input.date).with_hint().error(page.errors.of("date")).required().view()}
    }
    .into_any();
    question("open_day", "この日は開いていますか", fields)
}
