//! A notice campaign's life in one table, and the words for what becomes of its targets and letters.

mod reasons;
mod table;

use serde::Serialize;

use crate::kinds::Role;

pub use reasons::{ReturnReason, VoidReason, exclusion};
pub use table::TABLE;

code_enum! {
    /// Where a campaign stands.
    CampaignState {
        /// The list is made on a day to come.
        Planned = "planned" "予定",
        /// The list is being made.
        Making = "making" "対象者の一覧を作成中",
        /// The list waits for a second person.
        AwaitingRelease = "awaiting_release" "承認待ち",
        /// Released; the letters are being numbered and written down.
        Released = "released" "通知書を作成中",
        /// The files for the print room are being made.
        Printing = "printing" "印刷用のファイルを作成中",
        /// All files are there; the post hasn't got the letters yet.
        Printed = "printed" "発送待ち",
        /// Handed to the post; some may come back.
        Posted = "posted" "発送済み",
        /// Nothing is expected any more.
        Ended = "ended" "終了",
        /// Given up before anything was posted.
        Cancelled = "cancelled" "取りやめ",
    }
}

impl CampaignState {
    /// The program is at work on it, or goes on with it after a stop.
    pub fn is_working(self) -> bool {
        matches!(self, Self::Making | Self::Released | Self::Printing)
    }

    /// Nothing leads out of it.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Ended | Self::Cancelled)
    }
}

code_enum! {
    /// What happens to a campaign.
    CampaignEvent {
        /// The day has come, somebody can't wait for it, or the list is made once more.
        BeginMaking = "begin_making" "対象者の一覧を作る",
        /// Everybody has a place.
        TargetsMade = "targets_made" "対象者の一覧ができる",
        /// A second person has looked at the list.
        Release = "release" "承認する",
        /// Every letter has its number and its file.
        LettersMade = "letters_made" "通知書を作り終える",
        /// The register left nobody to write to.
        NobodyLeft = "nobody_left" "送る人がいなくなる",
        /// The last file is there.
        FilesMade = "files_made" "印刷用のファイルを作り終える",
        /// Letters are made anew.
        PrintAgain = "print_again" "通知書を作り直す",
        /// The letters are handed to the post.
        Post = "post" "発送を記録する",
        /// The campaign is closed.
        End = "end" "終える",
        /// Given up, and nothing was printed or posted.
        Cancel = "cancel" "取りやめる",
        /// Given up, with letters on paper that may still be posted.
        KeepPrinted = "keep_printed" "残りの作成を取りやめる",
        /// Given up, with letters at the post already.
        KeepPosted = "keep_posted" "残りの発送を取りやめる",
    }
}

impl CampaignEvent {
    /// The program does it by itself, in nobody's name.
    pub fn happens_by_itself(self) -> bool {
        matches!(
            self,
            Self::BeginMaking | Self::TargetsMade | Self::LettersMade | Self::NobodyLeft | Self::FilesMade
        )
    }
}

code_enum! {
    /// Where one of a campaign's people stands. Everybody is in exactly one of these.
    TargetState {
        /// Gets a letter that isn't on paper yet.
        Open = "open" "これから印刷",
        /// The letter is on paper.
        Printed = "printed" "印刷済み",
        /// The letter is at the post.
        Posted = "posted" "発送済み",
        /// The letter came back.
        Returned = "returned" "返戻",
        /// Gets none, or none that counts.
        Excluded = "excluded" "対象外",
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Transition {
    /// Where the campaign stands.
    pub from: CampaignState,
    /// What happens.
    pub event: CampaignEvent,
    /// Where it stands then.
    pub to: CampaignState,
    /// Who may do it.
    pub who: &'static [Role],
    /// How the trail tells it.
    pub sentence: &'static str,
}

/// The row for an event in a state; `None` when it can't happen there.
pub fn next(state: CampaignState, event: CampaignEvent) -> Option<&'static Transition> {
    TABLE.iter().find(|row| row.from == state && row.event == event)
}
