//! Why a letter doesn't count, and why it came back.

use crate::notice::NotNoticedReason;

code_enum! {
    /// Why a letter was voided, beside what the rules say against a notice.
    VoidReason {
        /// Torn, smeared, wrongly folded.
        Damaged = "damaged" "印刷や封入のときに傷みました。",
        /// Something on it isn't right.
        Wrong = "wrong" "宛名や内容が違います。",
        /// The person has been told otherwise, or asked not to be written to.
        Unneeded = "unneeded" "送らなくてよくなりました。",
        /// It came back or never arrived, and goes out once more.
        SentAnew = "sent_anew" "届かなかったため、あらためて送ります。",
        /// Name or address changed before it was posted.
        RegisterChanged = "register_changed" "作成の後に、氏名か住所が変わりました。作り直せば送れます。",
        /// The campaign was given up.
        Cancelled = "cancelled" "通知を取りやめました。",
        /// Another letter took its place in another campaign.
        Remade = "remade" "別の回で作り直しました。",
    }
}

impl VoidReason {
    /// Those that people choose from.
    pub const BY_HAND: [Self; 4] = [Self::Damaged, Self::Wrong, Self::Unneeded, Self::SentAnew];
}

code_enum! {
    /// What the post writes on a letter that it brings back.
    ReturnReason {
        /// Nobody of that name is known there.
        Unknown = "unknown" "あて所に尋ねあたりません",
        /// Moved without saying where to.
        Moved = "moved" "転居先不明",
        /// Nobody fetched it.
        Kept = "kept" "保管期間経過",
        /// The addressee doesn't want it.
        Refused = "refused" "受取拒絶",
        /// Anything else.
        Other = "other" "その他",
    }
}

/// The sentence for why somebody gets no letter, by the stored code: the rules' reasons and those of a letter's life.
pub fn exclusion(code: &str) -> &'static str {
    NotNoticedReason::from_code(code)
        .map(NotNoticedReason::label)
        .or_else(|| VoidReason::from_code(code).map(VoidReason::label))
        .unwrap_or("理由の記録がありません。")
}
