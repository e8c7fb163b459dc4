//! The table itself.

use super::CampaignEvent as E;
use super::CampaignState as S;
use super::Transition;
use crate::kinds::Role;

const LETTERS: &[Role] = &[Role::Supervisor, Role::BackOffice];

const fn row(from: S, event: E, to: S, sentence: &'static str) -> Transition {
    Transition { from, event, to, who: LETTERS, sentence }
}

/// Every allowed transition. A second pair of eyes is a matter of persons and not of roles: the office sees to it.
pub const TABLE: &[Transition] = &[
    row(S::Planned, E::BeginMaking, S::Making, "対象者の一覧を作り始めました。"),
    row(S::AwaitingRelease, E::BeginMaking, S::Making, "対象者の一覧を作り直し始めました。"),
    row(S::Making, E::TargetsMade, S::AwaitingRelease, "対象者の一覧を作りました。"),
    row(S::AwaitingRelease, E::Release, S::Released, "対象者の一覧を承認しました。"),
    row(S::Released, E::LettersMade, S::Printing, "通知書に番号を付けました。"),
    row(S::Released, E::NobodyLeft, S::Ended, "送る人がいなくなったため、終えました。"),
    row(S::Printing, E::FilesMade, S::Printed, "印刷用のファイルを作り終えました。"),
    row(S::Printed, E::PrintAgain, S::Printing, "通知書の作り直しを始めました。"),
    row(S::Posted, E::PrintAgain, S::Printing, "通知書の作り直しを始めました。"),
    row(S::Printed, E::Post, S::Posted, "通知書を発送しました。"),
    row(S::Posted, E::End, S::Ended, "通知を終えました。"),
    row(S::Printed, E::End, S::Ended, "発送する通知書がないため、終えました。"),
    row(S::Planned, E::Cancel, S::Cancelled, "予定を取りやめました。"),
    row(S::Making, E::Cancel, S::Cancelled, "対象者の一覧の作成を取りやめました。"),
    row(S::AwaitingRelease, E::Cancel, S::Cancelled, "承認の前に取りやめました。"),
    row(S::Released, E::Cancel, S::Cancelled, "通知書の作成を取りやめました。"),
    row(S::Printing, E::Cancel, S::Cancelled, "印刷の前に取りやめました。"),
    row(S::Printed, E::Cancel, S::Cancelled, "発送の前に取りやめました。"),
    row(S::Printing, E::KeepPrinted, S::Printed, "残りの作成を取りやめました。印刷した通知書は残ります。"),
    row(S::Printing, E::KeepPosted, S::Posted, "残りの作成を取りやめました。発送した通知書は残ります。"),
    row(S::Printed, E::KeepPosted, S::Posted, "残りの発送を取りやめました。発送した通知書は残ります。"),
];
