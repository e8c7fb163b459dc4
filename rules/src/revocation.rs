//! Why certificates lapse, what each cause does to each of them, and from which day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::dates::add_days;
use crate::kinds::CertificateKind;
use crate::sources;

code_enum! {
    /// Causes (杉並区, 鴻巣市, 大村市, 池田町).
    RevocationCause {
        /// The last day has passed.
        Expiry = "expiry" "有効期間の満了",
        /// 失効申請.
        Request = "request" "失効の申請",
        /// Renewed or issued again: the old one lapses at once (宇治市).
        Replacement = "replacement" "新しい電子証明書の発行",
        /// 氏名 (旧氏・通称 included), 住所, 性別, 生年月日.
        DataChange = "data_change" "氏名・住所・生年月日・性別の変更",
        /// Card lost, returned, expired, not continued.
        CardAbolished = "card_abolished" "カードの失効・廃止",
        /// 死亡.
        Death = "death" "死亡",
        /// 国外転出 with 継続利用.
        MovedAbroadContinuing = "moved_abroad_continuing" "国外転出(カード継続利用)",
        /// 一時停止 by telephone.
        CardSuspended = "card_suspended" "カードの一時停止",
        /// J-LIS: wrong or double issue.
        ExOfficio = "ex_officio" "職権による失効",
        /// The CA's key.
        AuthorityKey = "authority_key" "認証局の鍵の危殆化",
    }
}

code_enum! {
    /// What a cause does to one certificate.
    Effect {
        /// Ends for good.
        Revoked = "revoked" "失効します",
        /// Rests until the stop is lifted.
        Suspended = "suspended" "一時停止になります",
        /// Nothing.
        Stays = "stays" "有効のままです",
    }
}

/// One cell of the table: what happens, from which day, and the sentence for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequence {
    /// Which certificate.
    pub kind: CertificateKind,
    /// What happens.
    pub effect: Effect,
    /// From this day on; `None` when nothing happens.
    pub from: Option<NaiveDate>,
    /// Sentence for the clerk.
    pub sentence: String,
    /// The page it rests on.
    pub source: &'static str,
}

/// What a cause does to a certificate.
pub const fn effect(cause: RevocationCause, kind: CertificateKind) -> Effect {
    use RevocationCause as C;
    match (cause, kind) {
        (C::DataChange | C::MovedAbroadContinuing, CertificateKind::Authentication) => Effect::Stays,
        (C::CardSuspended, CertificateKind::Authentication) => Effect::Suspended,
        _ => Effect::Revoked,
    }
}

/// Days between the cause and its effect: a change of data (a move) and an expiry count from the next day.
pub const fn delay_days(cause: RevocationCause) -> u64 {
    match cause {
        RevocationCause::Expiry | RevocationCause::DataChange => 1,
        _ => 0,
    }
}

/// The page a cause's row rests on.
pub const fn source(cause: RevocationCause) -> &'static str {
    match cause {
        RevocationCause::DataChange => sources::ICHIKIKUSHIKINO,
        RevocationCause::MovedAbroadContinuing => sources::TOMIGUSUKU,
        RevocationCause::CardSuspended => sources::KATSURAGI,
        RevocationCause::Replacement => sources::UJI,
        _ => sources::SUGINAMI,
    }
}

/// Both certificates' fate when `cause` happens on `day`.
pub fn consequences(cause: RevocationCause, day: NaiveDate) -> [Consequence; 2] {
    [CertificateKind::Signature, CertificateKind::Authentication].map(|kind| {
        let effect = effect(cause, kind);
        let from = (effect != Effect::Stays).then(|| add_days(day, delay_days(cause)));
        let sentence = match from {
            Some(from) => {
                format!(
                    "{}により、{}は{}から{}。",
                    cause.label(),
                    kind.label(),
                    crate::wareki::long(from),
                    effect.label()
                )
            }
            None => format!("{}があっても、{}は{}。", cause.label(), kind.label(), effect.label()),
        };
        Consequence { kind, effect, from, sentence, source: source(cause) }
    })
}
