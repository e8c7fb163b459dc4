//! An update that didn't end well, and what that means for the card.

use rules::kinds::{CertificateKind, PinKind};
use serde::{Deserialize, Serialize};

use super::journal::{JournalError, JournalStep};
use super::plan::{PlanError, UpdatePlan};
use crate::error::CardError;
use crate::issuer::IssuerError;
use crate::trust::TrustError;

/// What stopped an update.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// The plan itself.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The card or the reader.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The issuer.
    #[error(transparent)]
    Issuer(#[from] IssuerError),
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A new certificate that nobody should believe.
    #[error("新しい{}を信頼できません。{error}", kind.label())]
    Trust {
        /// Which.
        kind: CertificateKind,
        /// Why.
        error: TrustError,
    },
    /// The card still holds the old certificate.
    #[error("カードの{}は新しくなっていません。", kind.label())]
    NotWritten {
        /// Which.
        kind: CertificateKind,
    },
    /// The issuer reports another certificate than the card holds.
    #[error("カードの{}は、発行側が書き込んだと知らせたものと違います。", kind.label())]
    NotAsReported {
        /// Which.
        kind: CertificateKind,
    },
    /// The issuer didn't report that it revoked what it was asked to revoke.
    #[error("{}が失効したことを、発行側から確かめられません。", kind.label())]
    NotRevoked {
        /// Which.
        kind: CertificateKind,
    },
}

/// What became of an old key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OldKey {
    /// Nothing was sent that touches it.
    Intact,
    /// The command that replaces it was sent, and no answer came.
    Unknown,
    /// The card said that it made a new one.
    Gone,
}

/// An update that stopped. `Display` is a sentence for the clerk.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{cause}{}", self.consequence())]
pub struct UpdateError {
    /// What stopped it.
    pub cause: Cause,
    /// The last step that was written down.
    pub after: Option<Box<JournalStep>>,
    /// What became of the old keys, for each certificate of the plan.
    pub old_keys: Vec<(CertificateKind, OldKey)>,
    /// PINs that may have another value or other tries now.
    pub pins: Vec<PinKind>,
    /// Certificates of the plan that the issuer may have revoked.
    pub revoked: Vec<CertificateKind>,
}

impl UpdateError {
    /// An update that stopped before anything was sent to the card.
    pub fn before_anything(plan: &UpdatePlan, cause: impl Into<Cause>) -> Self {
        Self {
            cause: cause.into(),
            after: None,
            old_keys: plan.certificates.iter().map(|planned| (planned.kind, OldKey::Intact)).collect(),
            pins: Vec::new(),
            revoked: Vec::new(),
        }
    }

    /// Whether the card may no longer be as it was. Then it must be examined before it goes back.
    pub fn touched(&self) -> bool {
        self.old_keys.iter().any(|(_, key)| *key != OldKey::Intact)
            || !self.pins.is_empty()
            || !self.revoked.is_empty()
    }

    /// A short code for the telephone and the log.
    pub fn code(&self) -> &'static str {
        match &self.cause {
            Cause::Card(error) => error.code(),
            Cause::Issuer(_) => "M-1301",
            Cause::Journal(_) => "M-1302",
            Cause::Trust { error, .. } => error.code(),
            Cause::NotWritten { .. } => "M-1303",
            Cause::NotAsReported { .. } => "M-1304",
            Cause::NotRevoked { .. } => "M-1306",
            Cause::Plan(_) => "M-1307",
        }
    }

    /// What the clerk can do now.
    pub fn what_now(&self) -> &'static str {
        if self.touched() {
            return "カードを返さないでください。もう一度リーダーに置くと、カードの状態を読み直して、続きから行えます。";
        }
        match &self.cause {
            Cause::Card(error) => error.what_now(),
            Cause::Issuer(_) => "しばらくしてから、もう一度行ってください。",
            _ => "コードを添えて管理者に連絡してください。",
        }
    }

    /// What is known of the card so far, one sentence for each thing that may have been touched.
    pub fn meaning(&self) -> Vec<String> {
        let keys = self.old_keys.iter().filter_map(|(kind, key)| match key {
            OldKey::Intact => None,
            OldKey::Unknown => {
                Some(format!("{}の古い鍵が残っているかどうか、まだ分かりません。", kind.label()))
            }
            OldKey::Gone => {
                Some(format!("{}の古い鍵はもうありません。いまのカードでは使えません。", kind.label()))
            }
        });
        let pins = self
            .pins
            .iter()
            .map(|kind| format!("{}は、新しいものになったかどうか、まだ確かめていません。", kind.label()));
        let revoked =
            self.revoked.iter().map(|kind| format!("{}は、もう失効しているかもしれません。", kind.label()));
        keys.chain(pins).chain(revoked).collect()
    }

    fn consequence(&self) -> &'static str {
        if self.touched() {
            "書き込みの途中で止まりました。"
        } else {
            "カードの中身は変わっていません。"
        }
    }
}
