//! Banners: something the clerk should know before going on.

use leptos::prelude::*;

/// How serious it is. Each has a word and a shape besides its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// お知らせ
    #[default]
    Information,
    /// 完了
    Success,
    /// 注意
    Caution,
    /// エラー
    Error,
}

impl Tone {
    /// The word in front of the sentence.
    pub fn word(self) -> &'static str {
        match self {
            Self::Information => "お知らせ",
            Self::Success => "完了",
            Self::Caution => "注意",
            Self::Error => "エラー",
        }
    }

    fn shape(self) -> &'static str {
        match self {
            Self::Information => "i",
            Self::Success => "✓",
            Self::Caution => "△",
            Self::Error => "×",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Information => "banner banner--information",
            Self::Success => "banner banner--success",
            Self::Caution => "banner banner--caution",
            Self::Error => "banner banner--error",
        }
    }
}

/// A banner's content in a view model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// How serious it is.
    pub tone: Tone,
    /// A short line; may be empty.
    pub title: String,
    /// What it means and what to do.
    pub sentence: String,
}

impl Notice {
    /// The banner.
    pub fn view(&self) -> AnyView {
        let title = (!self.title.is_empty())
            .then(|| view! { <strong class="banner__title">{self.title.clone()}</strong> });
        view! {
            <div class=self.tone.class() role=role(self.tone)>
                <span class="banner__word"><span aria-hidden="true">{self.tone.shape()}</span>{self.tone.word()}</span>
                <div>{title}<p>{self.sentence.clone()}</p></div>
            </div>
        }
        .into_any()
    }
}

/// A banner of one sentence.
pub fn banner(tone: Tone, sentence: &str) -> AnyView {
    Notice { tone, title: String::new(), sentence: sentence.to_owned() }.view()
}

fn role(tone: Tone) -> &'static str {
    match tone {
        Tone::Error | Tone::Caution => "alert",
        Tone::Information | Tone::Success => "status",
    }
}
