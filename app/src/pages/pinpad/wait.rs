//! The pad's resting screens.

use leptos::prelude::*;

/// The end of an entry.
#[derive(Clone, Debug, Default)]
pub struct PadDone {
    /// More to say: 「カードはそのまま置いておいてください。」
    pub sentence: String,
}

/// Why the entry stopped, in plain words.
#[derive(Clone, Debug, Default)]
pub struct PadStopped {
    /// 「署名用の暗証番号が使えなくなりました。」
    pub sentence: String,
    /// 「職員が新しく決める手続きを案内します。」
    pub now: String,
}

pub(super) fn waiting() -> AnyView {
    big("○", "お待ちください", "入力するときに、この画面が変わります。", "")
}

pub(super) fn checking() -> AnyView {
    big("…", "確かめています", "カードはそのまま置いておいてください。", "")
}

pub(super) fn done(page: &PadDone) -> AnyView {
    big("✓", "入力が終わりました", "ありがとうございました。", &page.sentence)
}

pub(super) fn stopped(page: &PadStopped) -> AnyView {
    big("△", "職員がご案内します", &page.sentence, &page.now)
}

fn big(sign: &str, title: &str, sentence: &str, more: &str) -> AnyView {
    view! {
        <div class="pad__wait" role="status">
            <span class="pad__sign" aria-hidden="true">{sign.to_owned()}</span>
            <h1 class="pad__big">{title.to_owned()}</h1>
            <p>{sentence.to_owned()}</p>
            <p>{more.to_owned()}</p>
            <noscript><p><a class="button" href="/pinpad">"画面を新しくする"</a></p></noscript>
        </div>
    }
    .into_any()
}
