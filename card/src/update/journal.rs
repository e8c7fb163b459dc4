//! The journal: what is about to be done is on disk before its first command.

use rules::kinds::{CertificateKind, PinKind};
use serde::{Deserialize, Serialize};

use crate::issuer::CardIdentity;

/// A step of an update, written down before its first command goes to the card. Never holds a PIN or a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum JournalStep {
    /// The card is connected and read.
    Connect {
        /// The reader's name.
        reader: String,
        /// The card that must lie there.
        card: CardIdentity,
    },
    /// The PINs are presented.
    VerifyPins {
        /// Which.
        kinds: Vec<PinKind>,
        /// The PINs that were locked when the card was read.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        locked: Vec<PinKind>,
    },
    /// The issuer is asked for its commands. The certificates that stand on the card now:
    OpenIssuer {
        /// Their serials; what is missing here was not on the card.
        old: Vec<OldCertificate>,
    },
    /// The issuer has opened a session, in which it can go on after an interruption.
    Session {
        /// Its number, the issuer's own.
        id: String,
    },
    /// Commands of the issuer are passed on.
    Write {
        /// The certificate that is being made, once that is known.
        kind: Option<CertificateKind>,
        /// What the issuer says it is for.
        about: String,
        /// From the first command of this step on, the card may have changed.
        irreversible: bool,
        /// How many commands were passed on before.
        commands: u32,
        /// The PIN that gets a new value with the first command of this step.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pin: Option<PinKind>,
        /// From this step on, the issuer may have revoked what the plan says.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        revokes: bool,
    },
    /// A PIN is changed with the card's public commands, its old value being known.
    ChangePin {
        /// Which.
        kind: PinKind,
    },
    /// The clerk writes on the 統合端末, outside this program.
    Terminal {
        /// As in [`JournalStep::OpenIssuer`].
        old: Vec<OldCertificate>,
    },
    /// The new certificates are read back.
    ReadBack,
    /// The new PINs are presented, as the resident chose them.
    ProvePins {
        /// Which.
        kinds: Vec<PinKind>,
    },
    /// A key signs.
    Prove {
        /// Which.
        kind: CertificateKind,
    },
    /// Everything is proven; nothing more is sent.
    Finish {
        /// The new certificates.
        new: Vec<OldCertificate>,
        /// The PINs that have a new value.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pins: Vec<PinKind>,
        /// The certificates that are revoked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        revoked: Vec<CertificateKind>,
    },
}

/// A certificate by its serial number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldCertificate {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Serial number, hexadecimal, upper case, no leading zeros.
    pub serial: String,
}

impl JournalStep {
    /// A short name that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Connect { .. } => "connect",
            Self::VerifyPins { .. } => "verify_pins",
            Self::OpenIssuer { .. } => "open_issuer",
            Self::Session { .. } => "session",
            Self::Write { .. } => "write",
            Self::Terminal { .. } => "terminal",
            Self::ReadBack => "read_back",
            Self::ChangePin { .. } => "change_pin",
            Self::ProvePins { .. } => "prove_pins",
            Self::Prove { .. } => "prove",
            Self::Finish { .. } => "finish",
        }
    }

    /// What it is, for the case's history.
    pub fn sentence(&self) -> String {
        match self {
            Self::Connect { reader, .. } => format!("カードリーダー「{reader}」のカードに接続します。"),
            Self::VerifyPins { kinds, .. } if kinds.is_empty() => "カードの中身を確かめます。".to_owned(),
            Self::VerifyPins { kinds, .. } => format!("{}を照合します。", names(kinds)),
            Self::OpenIssuer { .. } => "発行側に接続します。".to_owned(),
            Self::Session { .. } => "発行側とのやりとりを始めます。".to_owned(),
            Self::Write { pin: Some(kind), about, .. } => format!("{}: {about}", kind.label()),
            Self::Write { kind: Some(kind), about, .. } => format!("{}: {about}", kind.label()),
            Self::Write { kind: None, about, .. } => format!("発行側の処理: {about}"),
            Self::ChangePin { kind } => format!("{}を変更します。", kind.label()),
            Self::Terminal { .. } => "統合端末でカードに書き込みます。".to_owned(),
            Self::ReadBack => "カードの中身を読み直します。".to_owned(),
            Self::ProvePins { kinds } => format!("新しい{}を照合します。", names(kinds)),
            Self::Prove { kind } => format!("{}の鍵を署名で確かめます。", kind.label()),
            Self::Finish { .. } => "すべて確かめました。".to_owned(),
        }
    }
}

fn names(kinds: &[PinKind]) -> String {
    let names: Vec<_> = kinds.iter().map(|kind| kind.label()).collect();
    names.join("、")
}

/// The journal couldn't be written; nothing of the step was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("作業の記録を保存できません({0})。")]
pub struct JournalError(pub String);

/// Where steps are written. A step that was accepted must survive a power cut.
pub trait Journal {
    /// Writes a step down.
    ///
    /// # Errors
    /// When it isn't safely written; the update stops before the step.
    fn step(&mut self, step: &JournalStep) -> Result<(), JournalError>;
}

/// A journal in memory, for tests and for reading back what a store holds.
impl Journal for Vec<JournalStep> {
    fn step(&mut self, step: &JournalStep) -> Result<(), JournalError> {
        self.push(step.clone());
        Ok(())
    }
}
