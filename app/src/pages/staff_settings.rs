//! `/settings/staff`: who works here; and `/password`: one's own password.

use crate::components::{Button, Choice, Column, Field, FormErrors, Select, Table, Tone, banner, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// The staff accounts and a form for one more.
#[derive(Clone, Debug, Default)]
pub struct StaffSettingsPage {
    /// The accounts.
    pub staff: Vec<StaffLine>,
    /// The roles there are.
    pub roles: Vec<Choice>,
    /// What was typed for a new account, after an error. Never the password.
    pub login: String,
    /// What was typed.
    pub name: String,
    /// What was chosen.
    pub role: String,
    /// The fewest characters of a password.
    pub shortest_password: usize,
    /// The number of the account that was to get a new first password, after an error; empty otherwise.
    pub given_to: String,
    /// What was wrong.
    pub errors: FormErrors,
}

/// One account.
#[derive(Clone, Debug, Default)]
pub struct StaffLine {
    /// Its number, for the form.
    pub id: i64,
    /// What is typed to log in.
    pub login: String,
    /// The name others see.
    pub name: String,
    /// The role's label.
    pub role: String,
    /// When it was closed, 和暦; empty while it is open.
    pub closed: String,
    /// Whether this is the reader's own account, which can't be closed here.
    pub own: bool,
    /// It has a second factor.
    pub second_factor: bool,
}

/// The form for one's own password.
#[derive(Clone, Debug, Default)]
pub struct PasswordPage {
    /// The fewest characters.
    pub shortest: usize,
    /// The present one was chosen by somebody else, and is changed before anything else.
    pub first: bool,
    /// What was wrong.
    pub errors: FormErrors,
}

/// The document of `/settings/staff`.
pub fn render(frame: &Frame, page: &StaffSettingsPage) -> String {
    frame.document("職員", false, || {
        view! {
            {page.errors.summary()}
            <div class="page-head"><h1>"職員"</h1></div>
            {table(&page.staff)}
            <section class="section">
                <h2>"職員を登録する"</h2>
                {post_form("/settings/staff").view(new_account(page))}
            </section>
            <section class="section">
                <h2>"パスワードを忘れた職員に、最初のパスワードを渡す"</h2>
                {post_form("/settings/staff/password").view(given_password(page))}
            </section>
        }
        .into_any()
    })
}

/// The document of `/password`.
pub fn render_password(frame: &Frame, page: &PasswordPage) -> String {
    frame.document("パスワードの変更", false, || {
        let hint = length_hint(page.shortest);
        let fields = view! {
            {Field::secret("current", "今のパスワード").error(page.errors.of("current")).autocomplete("current-password").required().view()}
            {Field::secret("new", "新しいパスワード").hint(&hint).error(page.errors.of("new")).autocomplete("new-password").required().view()}
            <div class="actions">{Button::primary("パスワードを変える").view()}</div>
        }
        .into_any();
        let first = page.first.then(|| {
            banner(Tone::Information, "今のパスワードは、ほかの人が決めたものです。自分だけが知るパスワードに変えると、業務の画面が開きます。")
        });
        let leave = page.first.then(|| post_form("/logout").view(Button::quiet("変えずに終了する").view()));
        view! {
            <div class="narrow">
                {page.errors.summary()}
                <div class="page-head"><h1>"パスワードの変更"</h1></div>
                {first}
                {post_form("/password").view(fields)}
                {leave}
            </div>
        }
        .into_any()
    })
}

fn length_hint(shortest: usize) -> String {
    format!("{shortest}文字以上。文字の種類は問いません。関係のない言葉を並べた長い文がおすすめです。")
}

fn new_account(page: &StaffSettingsPage) -> AnyView {
    view! {
        {Field::text("login", "職員番号").value(&page.login).error(page.errors.of("login")).autocomplete("off").required().view()}
        {Field::text("name", "氏名").value(&page.name).error(page.errors.of("name")).autocomplete("off").required().view()}
        {Select::new("role", "役割", &page.roles, &page.role).view()}
        {Field::secret("password", "最初のパスワード").hint(length_hint(page.shortest_password)).error(page.errors.of("password")).autocomplete("new-password").required().view()}
        <div class="actions">{Button::primary("職員を登録する").view()}</div>
    }
    .into_any()
}

/// Somebody who forgot theirs: it is changed at the next login, as after the first one.
fn given_password(page: &StaffSettingsPage) -> AnyView {
    let others = page.staff.iter().filter(|line| !line.own && line.closed.is_empty());
    let others: Vec<_> = others
        .map(|line| Choice::new(line.id.to_string(), format!("{} {}", line.login, line.name)))
        .collect();
    view! {
        {Select::new("id", "職員", &others, &page.given_to).view()}
        {Field::secret("new", "新しい最初のパスワード").hint(length_hint(page.shortest_password)).error(page.errors.of("new")).autocomplete("new-password").required().view()}
        <div class="actions">{Button::secondary("最初のパスワードを渡す").view()}</div>
    }
    .into_any()
}

fn table(staff: &[StaffLine]) -> AnyView {
    let columns = [
        Column::tight("職員番号"),
        Column::text("氏名"),
        Column::text("役割"),
        Column::text("確認コード"),
        Column::text("状態"),
        Column::text(""),
    ];
    let mut table = Table::new("職員", &columns, "職員はいません。").under_heading();
    for line in staff {
        let state =
            if line.closed.is_empty() { "使用中".to_owned() } else { format!("{}に停止", line.closed) };
        table.row(vec![
            view! { <span class="code">{line.login.clone()}</span> }.into_any(),
            line.name.clone().into_any(),
            line.role.clone().into_any(),
            if line.second_factor { "● 登録済み" } else { "○ 未登録" }.into_any(),
            state.into_any(),
            actions(line),
        ]);
    }
    table.view()
}

fn actions(line: &StaffLine) -> AnyView {
    if line.own {
        return view! { <a href="/password">"パスワードを変える"</a> }.into_any();
    }
    if !line.closed.is_empty() {
        return ().into_any();
    }
    let form = |action: &str, words: String| {
        post_form(action)
            .class("form form--inline")
            .hidden("id", line.id.to_string())
            .view(Button::secondary(words).view())
    };
    let without = line
        .second_factor
        .then(|| form("/settings/staff/second-factor", format!("{}さんの確認コードを外す", line.name)));
    view! {
        <div class="actions actions--tight">
            {form("/settings/staff/close", format!("{}さんの使用を止める", line.name))}
            {without}
        </div>
    }
    .into_any()
}
