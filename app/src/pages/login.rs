//! `/login`.

use crate::components::{Button, Column, Field, FormErrors, Table, Tone, banner, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// The login page.
#[derive(Clone, Debug, Default)]
pub struct LoginPage {
    /// What was typed, after an error. Never the password.
    pub login: String,
    /// Where to go afterwards: a path of this site.
    pub next: String,
    /// The name of a form that waits for its sender; empty when none does.
    pub kept: String,
    /// What was wrong.
    pub errors: FormErrors,
    /// The counters this browser may stand at; empty when the server knows which it is.
    pub stations: Vec<crate::components::Choice>,
    /// The counter chosen.
    pub station: String,
    /// The made-up staff of a training office; empty in a real one.
    pub training_accounts: Vec<TrainingAccount>,
}

/// A made-up member of staff.
#[derive(Clone, Debug, Default)]
pub struct TrainingAccount {
    /// What to type.
    pub login: String,
    /// What to type.
    pub password: String,
    /// 佐藤.
    pub name: String,
    /// 窓口.
    pub role: String,
}

/// The document.
pub fn render(frame: &Frame, page: &LoginPage) -> String {
    frame.document("職員の確認", false, || {
        let station = (!page.stations.is_empty()).then(|| {
            crate::components::Select::new("station", "窓口", &page.stations, &page.station).view()
        });
        let fields = view! {
            {Field::text("login", "職員番号").value(&page.login).error(page.errors.of("login")).autocomplete("username").required().autofocus().view()}
            {Field::secret("password", "パスワード").error(page.errors.of("password")).autocomplete("current-password").required().view()}
            {code_field("code", false, page.errors.of("code"))}
            {station}
            <div class="actions">{Button::primary("業務を始める").view()}</div>
        }
        .into_any();
        let waits = (!page.kept.is_empty()).then(|| {
            let sentence = "業務の画面が閉じたため、送った内容はまだ使われていません。同じ職員がログインすると、続けられます。";
            banner(Tone::Information, sentence)
        });
        let form = post_form("/login").hidden("next", &page.next).hidden("kept", &page.kept);
        view! {
            <div class="alone">
                {page.errors.summary()}
                <h1>"職員の確認"</h1>
                {waits}
                <div class="section">{form.view(fields)}</div>
                {training(&page.training_accounts)}
            </div>
        }
        .into_any()
    })
}

/// The field for the code of a device, or for a recovery code. `known`: this person has one.
pub(crate) fn code_field(name: &str, known: bool, error: Option<String>) -> AnyView {
    let who = if known { "" } else { "登録した人だけ。" };
    Field::text(name, "確認コード")
        .hint(format!("{who}アプリに出ている6桁です。端末がないときは、回復コードを入れます。"))
        .error(error)
        .autocomplete("one-time-code")
        .class("input input--date")
        .view()
}

fn training(accounts: &[TrainingAccount]) -> AnyView {
    if accounts.is_empty() {
        return ().into_any();
    }
    let columns =
        [Column::text("役割"), Column::text("氏名"), Column::tight("職員番号"), Column::tight("パスワード")];
    let mut table = Table::new("練習用の職員", &columns, "").under_heading();
    for account in accounts {
        table.row(vec![
            account.role.clone().into_any(),
            account.name.clone().into_any(),
            view! { <span class="code">{account.login.clone()}</span> }.into_any(),
            view! { <span class="code">{account.password.clone()}</span> }.into_any(),
        ]);
    }
    view! {
        <section class="section">
            <h2>"練習用の職員"</h2>
            <p class="muted">"訓練の画面だけに出ます。どの役割でも試せます。"</p>
            {table.view()}
        </section>
    }
    .into_any()
}
