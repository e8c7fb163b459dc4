//! Which lists there are and what stands in them.

use crate::store::work_lists::Narrow;
use rules::case_states::CaseState;

/// One list of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    /// People at the counter now.
    #[default]
    Counter,
    /// Letters to print.
    Print,
    /// Letters to post.
    Post,
    /// Replies that are waited for.
    Due,
    /// Replies that did not come in time.
    Overdue,
    /// Letters that came back, and those whose person has changed.
    Returned,
    /// Updates of cards that broke off.
    Interrupted,
    /// People who were told to come back.
    Told,
}

impl List {
    /// All lists, in the order of the day.
    pub const ALL: [Self; 8] = [
        Self::Counter,
        Self::Interrupted,
        Self::Told,
        Self::Print,
        Self::Post,
        Self::Due,
        Self::Overdue,
        Self::Returned,
    ];

    /// Its name in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Print => "print",
            Self::Post => "post",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Returned => "returned",
            Self::Interrupted => "interrupted",
            Self::Told => "told",
        }
    }

    /// The list of this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.code() == code)
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Counter => "今日の窓口",
            Self::Print => "印刷する文書",
            Self::Post => "発送する文書",
            Self::Due => "回答待ち",
            Self::Overdue => "回答期限切れ",
            Self::Returned => "返戻・要再確認",
            Self::Interrupted => "中断した更新",
            Self::Told => "また来てもらう方",
        }
    }

    /// What stands in it.
    pub fn about(self) -> &'static str {
        match self {
            Self::Counter => "窓口で手続きの途中の受付です。カードをお返しするまでここに残ります。",
            Self::Print => {
                "作ることに決まり、まだ印刷していない照会書と通知書です。通知書は月ごとにまとめています。"
            }
            Self::Post => {
                "印刷が終わり、まだ発送を記録していない照会書と通知書です。通知書は月ごとにまとめています。"
            }
            Self::Due => "照会書を発送し、回答を待っている受付です。期限の近い順です。",
            Self::Overdue => "回答期限を過ぎた受付です。送り直すか、終えるかを決めます。",
            Self::Returned => "戻ってきた文書と、異動があって内容を確かめる受付です。",
            Self::Interrupted => {
                "カードに書き込む途中で止まった更新です。カードを確かめて、続きから行うか中止します。"
            }
            Self::Told => {
                "カードに書き込む前に中断し、後日また来てもらう方です。カードは今までどおり使えます。"
            }
        }
    }

    /// The head of the column of days.
    pub fn day_head(self) -> &'static str {
        match self {
            Self::Due | Self::Overdue => "回答期限",
            Self::Returned => "返戻日・記録日",
            Self::Print | Self::Post => "作成日・記録日",
            Self::Counter | Self::Interrupted | Self::Told => "記録の時刻",
        }
    }

    /// What it says when nothing waits.
    pub fn empty(self) -> &'static str {
        match self {
            Self::Counter => "窓口で手続きの途中の方はいません。",
            Self::Print => "印刷する文書はありません。",
            Self::Post => "発送する文書はありません。",
            Self::Due => "回答を待っている受付はありません。",
            Self::Overdue => "回答期限を過ぎた受付はありません。",
            Self::Returned => "返戻された文書も、確かめ直す受付もありません。",
            Self::Interrupted => "中断した更新はありません。",
            Self::Told => "また来てもらう方はいません。",
        }
    }

    /// The states of its cases.
    pub(super) fn states(self) -> &'static [CaseState] {
        match self {
            Self::Counter => &[
                CaseState::Received,
                CaseState::IdentityChecked,
                CaseState::Applied,
                CaseState::PinsVerified,
                CaseState::Updating,
                CaseState::Differs,
                CaseState::Updated,
                CaseState::ReplyReceived,
            ],
            Self::Print | Self::Post => &[CaseState::InquiryToPost],
            Self::Due => &[CaseState::AwaitingReply],
            Self::Overdue => &[CaseState::ReplyLapsed],
            Self::Returned => &[CaseState::InquiryReturned, CaseState::NeedsRecheck],
            Self::Interrupted | Self::Told => &[CaseState::Interrupted],
        }
    }

    /// Which of the cases in those states.
    pub(super) fn narrow(self) -> Narrow {
        match self {
            Self::Print => Narrow::Unmade,
            Self::Post => Narrow::Made,
            Self::Interrupted => Narrow::Torn,
            Self::Told => Narrow::ByHand,
            _ => Narrow::All,
        }
    }

    /// The state of the notices in it, where notices belong to it as months.
    pub(super) fn notices(self) -> Option<&'static str> {
        match self {
            Self::Print => Some("drafted"),
            Self::Post => Some("printed"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every state that isn't final stands in a list: nobody is forgotten.
    #[test]
    fn every_open_state_has_its_list() {
        for state in CaseState::ALL.iter().filter(|state| !state.is_final()) {
            assert!(List::ALL.iter().any(|list| list.states().contains(state)), "{state:?}");
        }
    }

    /// Names lead back to their lists.
    #[test]
    fn names_are_known() {
        for list in List::ALL {
            assert_eq!(List::from_code(list.code()), Some(list));
        }
        assert_eq!(List::from_code("nothing"), None);
    }
}
