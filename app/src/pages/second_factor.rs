//! `/second-factor`: the device with the codes is set up, and the recovery codes are shown once.

use crate::components::{
    Button, Field, FormErrors, Notice, SummaryList, Tone, link_button, post_form, qr_code,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// A device is about to be set up.
#[derive(Clone, Debug, Default)]
pub struct SetUpPage {
    /// The dark modules of the picture that the device reads.
    pub code: Vec<Vec<bool>>,
    /// The key in letters, four at a time.
    pub letters: String,
    /// The office wants it before anything else.
    pub required: bool,
    /// Another device is in use until this one is confirmed.
    pub replaces: bool,
    /// What was wrong.
    pub errors: FormErrors,
}

/// The state of one's own second factor.
#[derive(Clone, Debug, Default)]
pub struct StatePage {
    /// It is set up.
    pub set_up: bool,
    /// Recovery codes that are left.
    pub codes_left: i64,
}

/// Recovery codes, shown once.
#[derive(Clone, Debug, Default)]
pub struct CodesPage {
    /// The codes; empty when they have been shown.
    pub codes: Vec<String>,
}

/// Posts `code` to `/second-factor`.
pub fn render_set_up(frame: &Frame, page: &SetUpPage) -> String {
    frame.document("確認コードの登録", false, || {
        let why = if page.required {
            "この窓口では、パスワードのほかに確認コードがいります。登録すると業務の画面が開きます。"
        } else if page.replaces {
            "新しい端末を登録すると、前の端末の確認コードは使えなくなります。"
        } else {
            "登録すると、次のログインからパスワードのほかに確認コードがいります。"
        };
        let fields = view! {
            {Field::text("code", "アプリに出た6桁").error(page.errors.of("code")).class("input input--short").input_mode("numeric").autocomplete("one-time-code").required().autofocus().view()}
            <div class="actions">{Button::primary("確認コードを登録する").view()}</div>
        }
        .into_any();
        let leave = page.required.then(|| {
            post_form("/logout").view(Button::quiet("登録せずに終了する").view())
        });
        view! {
            <div class="narrow">
                {page.errors.summary()}
                <div class="page-head"><h1>"確認コードの登録"</h1></div>
                <p>{why}</p>
                <div class="enrol section">
                    {qr_code(&page.code, "確認コードのアプリで読み取る二次元コード")}
                    <div>
                        <ol class="reasons">
                            <li>"確認コードのアプリで、この画面の二次元コードを読み取ります。"</li>
                            <li>"読み取れないときは、次の鍵を手で入れます。"<br/><span class="code">{page.letters.clone()}</span></li>
                            <li>"アプリに出た6桁を、次の欄に入れます。"</li>
                        </ol>
                        {post_form("/second-factor").view(fields)}
                    </div>
                </div>
                {leave}
            </div>
        }
        .into_any()
    })
}

/// The state, with what can be done about it.
pub fn render_state(frame: &Frame, page: &StatePage) -> String {
    frame.document("確認コード", false, || {
        let state = if page.set_up { "● 登録しています" } else { "○ 登録していません" };
        let mut list = SummaryList::new().text("確認コード", state);
        if page.set_up {
            list = list.text("残っている回復コード", &format!("{}個", page.codes_left));
        }
        let actions = if page.set_up {
            view! {
                {post_form("/second-factor/codes").class("form form--inline").view(Button::secondary("回復コードを作り直す").view())}
                {link_button("別の端末を登録する", "/second-factor?set_up=yes", false)}
            }
            .into_any()
        } else {
            link_button("確認コードを登録する", "/second-factor?set_up=yes", true)
        };
        view! {
            <div class="narrow">
                <div class="page-head"><h1>"確認コード"</h1></div>
                <p>"パスワードのほかに、手元の端末に出る6桁で本人を確かめます。端末をなくしたときは、回復コードか管理者に頼ります。"</p>
                {list.view()}
                <div class="actions">{actions}</div>
            </div>
        }
        .into_any()
    })
}

/// The codes, and what they are for.
pub fn render_codes(frame: &Frame, page: &CodesPage) -> String {
    frame.document("回復コード", false, || {
        let body = if page.codes.is_empty() {
            let notice = Notice {
                tone: Tone::Information,
                title: "回復コードは、もう表示できません。".to_owned(),
                sentence: "控えていないときは、確認コードの画面で作り直してください。".to_owned(),
            };
            view! { {notice.view()}<div class="actions">{link_button("確認コードの画面を開く", "/second-factor", true)}</div> }.into_any()
        } else {
            let notice = Notice {
                tone: Tone::Caution,
                title: "この画面は一度しか出ません。".to_owned(),
                sentence: "いま印刷するか書き写して、端末とは別の、鍵のかかる所にしまってください。".to_owned(),
            };
            let codes: Vec<_> =
                page.codes.iter().map(|code| view! { <li class="code">{code.clone()}</li> }).collect();
            view! {
                {notice.view()}
                <ol class="recovery">{codes}</ol>
                <p>"端末がないとき、確認コードの代わりに入れます。どれも一度だけ使えます。"</p>
                <div class="actions">{link_button("業務を始める", "/", true)}</div>
            }
            .into_any()
        };
        view! {
            <div class="narrow">
                <div class="page-head"><h1>"回復コード"</h1></div>
                {body}
            </div>
        }
        .into_any()
    })
}
