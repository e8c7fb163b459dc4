//! カードの更新中: what has been done so far. The page renews itself.

use crate::components::{Notice, ProgressLine, Tone, progress_list};
use leptos::prelude::*;

/// How far the update is.
#[derive(Clone, Debug, Default)]
pub struct UpdateProgress {
    /// The things to do, in order.
    pub lines: Vec<ProgressLine>,
    /// Whole percent, for the meter.
    pub percent: u8,
}

pub(super) fn view(step: &UpdateProgress) -> AnyView {
    let percent = step.percent.min(100);
    let notice = Notice {
        tone: Tone::Caution,
        title: "カードをリーダから離さないでください。".to_owned(),
        sentence: "更新しています。終わると自動で次の画面に進みます。".to_owned(),
    };
    view! {
        <h2>"カードの更新"</h2>
        {notice.view()}
        <label class="sr" for="meter">"進み具合"</label>
        <progress class="meter" id="meter" max="100" value=percent.to_string()>{format!("{percent}%")}</progress>
        {progress_list(&step.lines)}
        <noscript><p><a href="">"進み具合を見る"</a></p></noscript>
    }
    .into_any()
}
