//! Four eyes: what the office has decided that one person alone does not do. A second member of staff confirms it with
//! their own password and code, on the same screen.

use super::permissions::{Act, may};
use super::proof::{self, Given};
use super::visitor::Visitor;
use crate::audit::{self, Counterparty, CounterpartyRole, Entry, Kind as AuditKind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use rules::case_states::Role;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// What can be put under four eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A supervisor decides otherwise than the rules.
    Override,
    /// PINs are set anew for somebody who isn't there.
    ProxyPinReset,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Override, Self::ProxyPinReset];

    /// Its name in settings and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Override => "override",
            Self::ProxyPinReset => "proxy_pin_reset",
        }
    }

    /// The kind with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Override => "責任者の判断",
            Self::ProxyPinReset => "代理人が来たときの暗証番号の再設定",
        }
    }

    /// What the second person must be allowed to do.
    pub fn act(self) -> Act {
        match self {
            Self::Override => Act::Override,
            Self::ProxyPinReset => Act::HandleCases,
        }
    }
}

/// Somebody who confirmed what another one does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Second {
    /// What was confirmed.
    pub kind: Kind,
    /// Their login, as the trail names them.
    pub login: String,
    /// Their name.
    pub name: String,
}

/// Checks that somebody else, who may, confirms what `first` is about to do at `object`; notes it with both names.
///
/// # Errors
/// A refusal when it is the same person, their role may not, or their proof isn't right.
pub async fn confirm(
    office: &Office,
    first: &Visitor,
    kind: Kind,
    object: &str,
    given: Given,
    address: Option<IpAddr>,
) -> Result<Second> {
    if given.login.trim() == first.login {
        let sentence = "操作をしている本人は、二人目になれません。";
        return Err(Refusal::input(sentence, "別の職員に確認を依頼してください。").into());
    }
    let (row, mut tx) = proof::check(office, given, address).await?.into_parts();
    let role =
        Role::from_code(&row.role).ok_or_else(|| Error::internal("staff.role holds an unknown role"))?;
    // What somebody typed first may be an old spelling of a login: the account decides.
    if row.id == first.staff_id || !may(role, kind.act()) {
        let sentence = format!("{}さんの役割では、「{}」の二人目になれません。", row.name, kind.label());
        return Err(Refusal::input(sentence, "この操作ができる別の職員に依頼してください。").into());
    }
    let sentence =
        format!("{}さんの操作「{}」を、{}さんが確認しました。", first.name, kind.label(), row.name);
    let entry = Entry::done(AuditKind::SecondPerson, first, sentence).object(object);
    let second = Counterparty { role: CounterpartyRole::SecondPerson, name: Some(&row.login) };
    let entry = entry.with(Some(second));
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await?;
    Ok(Second { kind, login: row.login, name: row.name })
}
