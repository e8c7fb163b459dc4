//! What each role may do, as one table.

use crate::error::{Refusal, Result};
use rules::case_states::Role;

/// Something a person may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Find and look at residents.
    SeeResidents,
    /// Open the page of a person under support measures.
    SeeSuppressed,
    /// Receive people and handle their cases.
    HandleCases,
    /// Write to a card.
    UpdateCards,
    /// Decide otherwise than the rules, with a reason.
    Override,
    /// Make, post and take back inquiry letters.
    HandleLetters,
    /// Make and print notices.
    MakeNotices,
    /// Release the list of a campaign that another has made.
    ReleaseNotices,
    /// Take files in.
    Import,
    /// Change the rules' settings.
    ChangeSettings,
    /// Change counters and staff accounts.
    ChangeOffice,
    /// Read the trail.
    ReadAudit,
    /// Close the counter's day.
    CloseDay,
    /// See numbers about many days.
    SeeStatistics,
    /// Take numbers out of the house as a file.
    Export,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 15] = [
        Self::SeeResidents,
        Self::SeeSuppressed,
        Self::HandleCases,
        Self::UpdateCards,
        Self::Override,
        Self::HandleLetters,
        Self::MakeNotices,
        Self::ReleaseNotices,
        Self::Import,
        Self::ChangeSettings,
        Self::ChangeOffice,
        Self::ReadAudit,
        Self::CloseDay,
        Self::SeeStatistics,
        Self::Export,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::SeeResidents => "住民の検索",
            Self::SeeSuppressed => "支援措置の対象の方の照会",
            Self::HandleCases => "受付の処理",
            Self::UpdateCards => "カードの更新",
            Self::Override => "責任者の判断",
            Self::HandleLetters => "照会書の作成と発送",
            Self::MakeNotices => "通知書の作成",
            Self::ReleaseNotices => "通知書の承認",
            Self::Import => "ファイルの取り込み",
            Self::ChangeSettings => "設定の変更",
            Self::ChangeOffice => "窓口端末と職員の設定",
            Self::ReadAudit => "操作の記録の閲覧",
            Self::CloseDay => "一日の締め",
            Self::SeeStatistics => "集計の閲覧",
            Self::Export => "集計の書き出し",
        }
    }
}

/// True when the role may do it.
pub fn may(role: Role, act: Act) -> bool {
    match act {
        Act::SeeResidents => matches!(role, Role::Clerk | Role::Supervisor | Role::BackOffice),
        Act::HandleCases | Act::UpdateCards | Act::CloseDay => matches!(role, Role::Clerk | Role::Supervisor),
        Act::SeeSuppressed | Act::Override => role == Role::Supervisor,
        Act::HandleLetters => matches!(role, Role::Clerk | Role::Supervisor | Role::BackOffice),
        Act::MakeNotices | Act::ReleaseNotices => matches!(role, Role::Supervisor | Role::BackOffice),
        Act::Import => matches!(role, Role::BackOffice | Role::Administrator),
        Act::ChangeSettings => matches!(role, Role::Supervisor | Role::Administrator),
        Act::ChangeOffice => role == Role::Administrator,
        Act::ReadAudit => matches!(role, Role::Auditor | Role::Supervisor),
        Act::SeeStatistics => role != Role::Clerk,
        Act::Export => matches!(role, Role::Supervisor | Role::BackOffice),
    }
}

/// Refuses when the role may not do it.
///
/// # Errors
/// A refusal that names what isn't allowed.
pub fn require(role: Role, act: Act) -> Result<()> {
    if may(role, act) {
        return Ok(());
    }
    Err(Refusal::not_allowed(format!("{}の役割では、{}はできません。", role.label(), act.words())).into())
}

/// Refuses when the role may do none of these.
///
/// # Errors
/// A refusal that names the first of them.
pub fn require_any(role: Role, acts: &[Act]) -> Result<()> {
    match acts {
        [first, ..] if !acts.iter().any(|&act| may(role, act)) => require(role, *first),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nobody may do everything, and everything may be done by somebody.
    #[test]
    fn no_role_holds_all_and_no_act_is_orphaned() {
        let roles = [Role::Clerk, Role::Supervisor, Role::BackOffice, Role::Auditor, Role::Administrator];
        assert!(Act::ALL.iter().all(|&act| roles.iter().any(|&role| may(role, act))));
        assert!(roles.iter().all(|&role| Act::ALL.iter().any(|&act| !may(role, act))));
    }
}
