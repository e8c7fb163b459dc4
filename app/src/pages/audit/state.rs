//! How the trail itself stands: the last check, the last checkpoint.

use crate::components::{Button, Notice, Tone, banner, post_form};
use leptos::prelude::*;

/// How the trail itself stands.
#[derive(Clone, Debug, Default)]
pub struct TrailState {
    /// How many records there are.
    pub count: u64,
    /// What the last check found, and when; none when there was no check yet.
    pub last_check: Option<Notice>,
    /// True while a check is running.
    pub checking: bool,
    /// The last checkpoint.
    pub checkpoint: Option<TrailCheckpoint>,
}

/// A signed checkpoint.
#[derive(Clone, Debug, Default)]
pub struct TrailCheckpoint {
    /// 第3号.
    pub number: String,
    /// 令和8年11月26日(木) 17:15.
    pub at: String,
    /// 日締め.
    pub occasion: String,
    /// 1,234件.
    pub count: String,
    /// The hash in groups of four digits.
    pub head: String,
    /// Where its file is.
    pub file: String,
}

pub(super) fn view(state: &TrailState) -> AnyView {
    let check = match (&state.last_check, state.checking) {
        (_, true) => banner(
            Tone::Information,
            "すべての記録のつながりを確かめています。しばらくしてから、この画面を開き直してください。",
        ),
        (Some(notice), false) => notice.view(),
        (None, false) => banner(
            Tone::Caution,
            "つながりをまだ一度も確かめていません。「つながりを確かめる」を押してください。",
        ),
    };
    view! {
        {check}
        <div class="trail__state">
            {checkpoint(state.checkpoint.as_ref())}
            <div class="actions">
                {post_form("/audit/check").class("form form--row").view(Button::secondary("つながりを確かめる").view())}
                {post_form("/audit/checkpoint").class("form form--row").view(Button::secondary("控えを作る").view())}
            </div>
        </div>
    }
    .into_any()
}

fn checkpoint(last: Option<&TrailCheckpoint>) -> AnyView {
    let key = view! { <a href="/audit/key">"署名を確かめる公開鍵を保存する"</a> };
    let Some(last) = last else {
        return view! {
            <p>"控えはまだありません。控えは、記録の件数とハッシュに署名した小さなファイルです。この端末の外に保管すると、後からの書き換えや切り取りを見つけられます。 "{key}</p>
        }
        .into_any();
    };
    view! {
        <dl class="facts">
            <dt>"最後の控え"</dt>
            <dd>{format!("{}({}、{}まで、{})", last.number, last.at, last.count, last.occasion)}</dd>
            <dt>"ハッシュ"</dt>
            <dd><code class="trail__head">{last.head.clone()}</code></dd>
            <dt>"保管する"</dt>
            <dd><a href=last.file.clone()>"この控えを保存する"</a>"　"{key}</dd>
        </dl>
    }
    .into_any()
}
