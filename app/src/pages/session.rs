//! `/session`: until when the session lives.

use crate::components::{Button, SummaryList, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// What is known of one's own session.
#[derive(Clone, Debug, Default)]
pub struct SessionPage {
    /// 15:42: when it ends without a click.
    pub until: String,
    /// A click puts that off.
    pub can_be_put_off: bool,
    /// 15:37: until when sensitive acts ask for nothing; empty when they ask.
    pub fresh_until: String,
}

/// The document.
pub fn render(frame: &Frame, page: &SessionPage) -> String {
    frame.document("ログインの状態", false, || {
        let fresh = if page.fresh_until.is_empty() {
            "次の大切な操作のときに確かめます".to_owned()
        } else {
            format!("{}まで続けて操作できます", page.fresh_until)
        };
        let ends = if page.can_be_put_off {
            format!("操作がないと{}に閉じます", page.until)
        } else {
            format!("{}に閉じます。延ばせません", page.until)
        };
        let list = SummaryList::new().text("業務の画面", &ends).text("本人の確認", &fresh);
        let go_on = page.can_be_put_off.then(|| {
            post_form("/session").view(
                view! { <div class="actions">{Button::primary("業務を続ける").view()}</div> }.into_any(),
            )
        });
        view! {
            <div class="narrow">
                <div class="page-head"><h1>"ログインの状態"</h1></div>
                {list.view()}
                {go_on}
                <ul class="section">
                    <li><a href="/password">"パスワードを変える"</a></li>
                    <li><a href="/second-factor">"確認コードと回復コード"</a></li>
                </ul>
            </div>
        }
        .into_any()
    })
}
