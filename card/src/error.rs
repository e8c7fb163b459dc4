//! What can go wrong between the counter and the chip, in words for the clerk.

use rules::kinds::PinKind;

/// Why the card could not be used. `Display` is a sentence for the clerk, [`CardError::what_now`] says what to do.
///
/// No variant ever carries a PIN, a key or the bytes of a command.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The smart-card service of this machine (pcscd) doesn't answer.
    #[error("カードリーダーのサービス(pcscd)が動いていません。")]
    NoService,
    /// No reader of that name is connected.
    #[error("カードリーダー「{name}」が見つかりません。")]
    NoReader {
        /// The name that was looked for.
        name: String,
    },
    /// The reader is there, and nothing lies on it.
    #[error("カードリーダーにカードがありません。")]
    NoCard,
    /// Another program holds the card for itself.
    #[error("カードを別のプログラムが使用しています。")]
    HeldByAnother,
    /// The card went away while it was being used.
    #[error("処理の途中でカードがリーダーから離れました。")]
    CardRemoved,
    /// The chip answers, and has no application of the public personal authentication service.
    #[error("このカードはマイナンバーカードではありません。")]
    NotMyNumberCard,
    /// The token is the certificate in a telephone, not the card.
    #[error("カードではなく、スマートフォンの電子証明書が載せられています。")]
    NotACard,
    /// The chip gives no answer, or none that makes sense.
    #[error("カードのICチップを読み取れません。")]
    Unreadable,
    /// The PIN was wrong; `left` tries remain.
    #[error("{}が違います。あと{left}回間違えるとロックされます。", kind.label())]
    PinWrong {
        /// Which PIN.
        kind: PinKind,
        /// Tries left, from 1.
        left: u8,
    },
    /// The PIN has no tries left.
    #[error("{}がロックされています。", kind.label())]
    PinLocked {
        /// Which PIN.
        kind: PinKind,
    },
    /// One try is left and the resident was not asked; nothing was sent to the card.
    #[error("{}は、あと1回間違えるとロックされます。", kind.label())]
    LastTry {
        /// Which PIN.
        kind: PinKind,
    },
    /// The value can't be this PIN; nothing was sent to the card.
    #[error("{}の形が正しくありません。{reason}", kind.label())]
    PinMalformed {
        /// Which PIN.
        kind: PinKind,
        /// What is wrong with its form, as a sentence.
        reason: String,
    },
    /// A step needs a PIN that nobody entered.
    #[error("{}が入力されていません。", kind.label())]
    PinMissing {
        /// Which PIN.
        kind: PinKind,
    },
    /// The card refused a command.
    #[error("カードが命令を受け付けませんでした(状態 {status:04X}、{about})。")]
    Refused {
        /// The status word.
        status: u16,
        /// What was being done.
        about: &'static str,
    },
    /// Another card lies on the reader than the one this work is for.
    #[error("{difference}受付のカードとは別のカードです。")]
    OtherCard {
        /// What differs, as a sentence.
        difference: String,
    },
    /// The certificate file holds no certificate.
    #[error("カードに{}が入っていません。", kind.label())]
    NoCertificate {
        /// Which certificate.
        kind: rules::kinds::CertificateKind,
    },
    /// The certificate file holds something that isn't a whole certificate, as after a torn writing.
    #[error("カードの{}が壊れています。", kind.label())]
    DamagedCertificate {
        /// Which certificate.
        kind: rules::kinds::CertificateKind,
    },
    /// The key in the card doesn't belong to the certificate in the card.
    #[error("カードの中の{}と鍵が一致しません。", kind.label())]
    KeyDiffers {
        /// Which certificate.
        kind: rules::kinds::CertificateKind,
    },
    /// The card's answer doesn't have the form it must have.
    #[error("カードの応答を解釈できません({0})。")]
    Protocol(String),
    /// Trouble with the reader itself.
    #[error("カードリーダーに問題があります({0})。")]
    ReaderTrouble(String),
    /// An issuer asked for a command that the counter doesn't pass on.
    #[error("発行側が、窓口では認めていない命令を送ろうとしました({0})。")]
    NotAllowed(String),
}

impl CardError {
    /// A short code for the telephone and the log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoService => "M-1201",
            Self::NoReader { .. } => "M-1202",
            Self::NoCard => "M-1203",
            Self::HeldByAnother => "M-1204",
            Self::CardRemoved => "M-1205",
            Self::NotMyNumberCard => "M-1206",
            Self::NotACard => "M-1207",
            Self::Unreadable => "M-1208",
            Self::PinWrong { .. } => "M-1211",
            Self::PinLocked { .. } => "M-1212",
            Self::LastTry { .. } => "M-1213",
            Self::PinMalformed { .. } => "M-1214",
            Self::PinMissing { .. } => "M-1215",
            Self::Refused { .. } => "M-1221",
            Self::OtherCard { .. } => "M-1222",
            Self::NoCertificate { .. } => "M-1223",
            Self::KeyDiffers { .. } => "M-1224",
            Self::DamagedCertificate { .. } => "M-1228",
            Self::Protocol(_) => "M-1225",
            Self::ReaderTrouble(_) => "M-1226",
            Self::NotAllowed(_) => "M-1227",
        }
    }

    /// What the clerk can do about it, as a sentence.
    pub fn what_now(&self) -> &'static str {
        match self {
            Self::NoService => "この端末のpcscdを起動してください。起動すると自動でつながります。",
            Self::NoReader { .. } => {
                "カードリーダーの接続と、端末の設定にあるリーダーの名前を確かめてください。"
            }
            Self::NoCard => "カードをカードリーダーに置いてください。",
            Self::HeldByAnother => "カードを使っている別のプログラムを終えてから、もう一度行ってください。",
            Self::CardRemoved => {
                "カードをもう一度リーダーに置いてください。カードの状態を読み直してから続けます。"
            }
            Self::NotMyNumberCard | Self::NotACard => "マイナンバーカードを置いてください。",
            Self::Unreadable => {
                "カードの向きと位置を直して置き直してください。直らないときは、ICチップの不良として扱います。"
            }
            Self::PinWrong { .. } => "本人に確かめて、もう一度入力してもらってください。",
            Self::PinLocked { .. } => "暗証番号の初期化・再設定の手続きを案内してください。",
            Self::LastTry { .. } => {
                "本人に、次に間違えるとロックされることを伝え、続けるかどうかを確かめてください。"
            }
            Self::PinMalformed { .. } | Self::PinMissing { .. } => "暗証番号を入力してもらってください。",
            Self::Refused { .. } | Self::Protocol(_) => {
                "カードを置き直して、もう一度行ってください。続くときは、コードを添えて管理者に連絡してください。"
            }
            Self::OtherCard { .. } => "この受付で最初に読み取ったカードを置いてください。",
            Self::NoCertificate { .. } => "発行の手続きを案内してください。",
            Self::KeyDiffers { .. } | Self::DamagedCertificate { .. } => {
                "カードを返さず、電子証明書の発行をやり直してください。"
            }
            Self::ReaderTrouble(_) => "カードリーダーを抜き差しして、もう一度行ってください。",
            Self::NotAllowed(_) => "処理を止めました。コードを添えて管理者に連絡してください。",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_ends_and_names_what_it_is_about() {
        let errors = [
            CardError::NoService,
            CardError::NoReader { name: "ACR".into() },
            CardError::PinWrong { kind: PinKind::Signature, left: 4 },
            CardError::Refused { status: 0x6982, about: "証明書の読み取り" },
        ];
        for error in errors {
            let sentence = error.to_string();
            assert!(sentence.ends_with('。'), "{sentence}");
            assert!(error.what_now().ends_with('。'));
            assert!(!sentence.contains('!'));
        }
        assert!(
            CardError::PinWrong { kind: PinKind::Signature, left: 4 }.to_string().contains("あと4回"),
            "the clerk must see how many tries are left"
        );
    }
}
