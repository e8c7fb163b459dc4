//! `/pinpad`: the resident's own screen. Large, plain words, no menu; it knows one counter and nothing else.

mod enter;
mod pair;
mod wait;

pub use enter::{PadChoice, PadEnter, PadEntry, PadPin};
pub use pair::PadPair;
pub use wait::{PadDone, PadStopped};

use crate::components::FormErrors;
use crate::frame::head;
use crate::render;
use leptos::prelude::*;

/// What surrounds the resident's screen.
#[derive(Clone, Debug, Default)]
pub struct PadFrame {
    /// 〇〇区役所.
    pub office: String,
    /// 3番窓口; empty before pairing.
    pub station: String,
    /// A training office marks every screen 訓練.
    pub training: bool,
    /// The pad's token for forms.
    pub csrf: String,
}

/// What the pad shows.
#[derive(Clone, Debug)]
pub enum PinPadPage {
    /// Not yet connected to a counter.
    Pair(PadPair),
    /// Connected; nothing to do.
    Waiting,
    /// PINs are asked for.
    Enter(PadEnter),
    /// The PINs are being compared with the card.
    Checking,
    /// Done.
    Done(PadDone),
    /// Stopped: locked, given up, or the card was taken away.
    Stopped(PadStopped),
}

/// The document.
pub fn render(frame: &PadFrame, page: &PinPadPage) -> String {
    // While the resident types nothing may move; everywhere else the pad follows the counter by itself.
    let live = !matches!(page, PinPadPage::Enter(_) | PinPadPage::Pair(_));
    let title = match page {
        PinPadPage::Pair(_) => "入力画面をつなぐ",
        PinPadPage::Waiting => "お待ちください",
        PinPadPage::Enter(_) => "暗証番号の入力",
        PinPadPage::Checking => "確かめています",
        PinPadPage::Done(_) => "入力が終わりました",
        PinPadPage::Stopped(_) => "入力が止まりました",
    };
    render::document(&frame.csrf, || {
        let body = match page {
            PinPadPage::Pair(page) => pair::view(page),
            PinPadPage::Waiting => wait::waiting(),
            PinPadPage::Enter(page) => enter::view(page),
            PinPadPage::Checking => wait::checking(),
            PinPadPage::Done(page) => wait::done(page),
            PinPadPage::Stopped(page) => wait::stopped(page),
        };
        let training = frame.training.then(|| view! { <strong class="training">"訓練"</strong> });
        view! {
            <html lang="ja">
                {head(title, live)}
                <body class="pad" data-live=live.then_some("1")>
                    <header class="pad__head"><strong>{frame.office.clone()}</strong><span>{frame.station.clone()}</span>{training}</header>
                    <main id="main" class="pad__main" tabindex="-1">{body}</main>
                </body>
            </html>
        }
        .into_any()
    })
}

/// The errors of the pad's forms are said at the field; this is the line above for those of the whole form.
fn whole_form_errors(errors: &FormErrors) -> AnyView {
    match errors.of("") {
        Some(sentence) => view! { <div class="errors" role="alert"><p>{sentence}</p></div> }.into_any(),
        None => ().into_any(),
    }
}
