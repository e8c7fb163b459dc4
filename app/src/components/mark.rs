//! A state as a shape, a word and a colour: never colour alone.

use leptos::prelude::*;

/// What a card, certificate or PIN is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// ● 有効
    Valid,
    /// ▲ 更新期間
    InPeriod,
    /// ■ 失効
    Revoked,
    /// ◆ 一時停止
    Suspended,
    /// ○ 期間満了
    Expired,
    /// × ロック
    Locked,
    /// ■ 廃止 (cards)
    Abolished,
    /// － なし: never issued
    None,
}

impl Mark {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Valid => "有効",
            Self::InPeriod => "更新期間",
            Self::Revoked => "失効",
            Self::Suspended => "一時停止",
            Self::Expired => "期間満了",
            Self::Locked => "ロック",
            Self::Abolished => "廃止",
            Self::None => "なし",
        }
    }

    /// The shape.
    pub fn shape(self) -> &'static str {
        match self {
            Self::Valid => "●",
            Self::InPeriod => "▲",
            Self::Revoked | Self::Abolished => "■",
            Self::Suspended => "◆",
            Self::Expired => "○",
            Self::Locked => "×",
            Self::None => "－",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Valid => "mark mark--good",
            Self::InPeriod => "mark mark--soon",
            Self::Suspended | Self::Expired => "mark mark--caution",
            Self::Revoked | Self::Locked | Self::Abolished => "mark mark--bad",
            Self::None => "mark",
        }
    }
}

/// The mark and its word.
pub fn state_mark(mark: Mark) -> AnyView {
    view! {
        <span class=mark.class()><span class="mark__shape" aria-hidden="true">{mark.shape()}</span>{mark.word()}</span>
    }
    .into_any()
}
