//! What is counted of a day.

use crate::store::day_counts::{EventCount, NoticeTotals};
use rules::case_states::{CaseEvent, CaseState};
use serde::{Deserialize, Serialize};

/// The numbers of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DayCounts {
    /// Cases that the report before carried over.
    pub carried_in: u64,
    /// New cases.
    pub opened: u64,
    /// Cases that had ended and were taken up again.
    pub reopened: u64,
    /// Cases whose card went back to its holder, everything done.
    pub done: u64,
    /// Given up by the applicant.
    pub withdrawn: u64,
    /// Not possible.
    pub refused: u64,
    /// Sent to another procedure or office.
    pub diverted: u64,
    /// Ended by the register.
    pub ended: u64,
    /// Cases that go on.
    pub carried_out: u64,
    /// Times that something broke off or was put off.
    pub interruptions: u64,
    /// Cases that stand interrupted.
    pub interrupted: u64,
    /// Inquiry letters made.
    pub inquiries_printed: u64,
    /// Inquiry letters handed to the post.
    pub inquiries_posted: u64,
    /// Inquiry letters that came back.
    pub inquiries_returned: u64,
    /// Replies taken in.
    pub replies: u64,
    /// Notices printed.
    pub notices_printed: u64,
    /// Notices handed to the post.
    pub notices_posted: u64,
    /// Notices that came back.
    pub notices_returned: u64,
    /// Cards whose update was begun.
    pub cards_updated: u64,
    /// Cards read back after an update and proven, or found to differ.
    pub cards_read_back: u64,
    /// Of those, cards that say something else than predicted.
    pub cards_differ: u64,
    /// Updates given up before anything was written.
    pub cards_untouched: u64,
    /// Notices ever printed, posted and returned: what the next report counts from.
    pub notice_totals: [i64; 3],
}

impl DayCounts {
    /// Cases that came to an end.
    pub fn over(&self) -> u64 {
        self.done + self.withdrawn + self.refused + self.diverted + self.ended
    }

    /// What was carried over and what came in is what is over and what goes on.
    pub fn balances(&self) -> bool {
        self.carried_in + self.opened + self.reopened == self.over() + self.carried_out
    }

    /// Counts the events of cases.
    pub(super) fn add_events(&mut self, events: &[EventCount]) {
        for row in events {
            let many = row.many.unsigned_abs();
            match CaseState::from_code(&row.to_state) {
                Some(CaseState::Closed) => self.done += many,
                Some(CaseState::Withdrawn) => self.withdrawn += many,
                Some(CaseState::Refused) => self.refused += many,
                Some(CaseState::Diverted) => self.diverted += many,
                Some(CaseState::Ended) => self.ended += many,
                _ => {}
            }
            if row.event == "open" {
                self.opened += many;
            }
            match CaseEvent::from_code(&row.event) {
                Some(CaseEvent::Reopen) => self.reopened += many,
                Some(CaseEvent::Interrupt) => self.interruptions += many,
                Some(CaseEvent::PrintInquiry) => self.inquiries_printed += many,
                Some(CaseEvent::PostInquiry) => self.inquiries_posted += many,
                Some(CaseEvent::InquiryCameBack) => self.inquiries_returned += many,
                Some(CaseEvent::ReceiveReply) => self.replies += many,
                _ => {}
            }
        }
    }

    /// Counts notices: the totals now less the totals of the report before. One that came back and was voided since
    /// makes a total smaller, which is no number of the day.
    pub(super) fn add_notices(&mut self, before: [i64; 3], now: NoticeTotals) {
        let totals = [now.printed, now.posted, now.returned];
        let since = |index: usize| u64::try_from(totals[index] - before[index]).unwrap_or(0);
        (self.notices_printed, self.notices_posted, self.notices_returned) = (since(0), since(1), since(2));
        self.notice_totals = totals;
    }

    /// The numbers with their names, in groups, as page and report tell them.
    pub fn told(&self) -> [(&'static str, Vec<(&'static str, u64)>); 3] {
        [
            (
                "受付",
                vec![
                    ("前回からの持ち越し", self.carried_in),
                    ("受付", self.opened),
                    ("再開した受付", self.reopened),
                    ("完了", self.done),
                    ("取下げ", self.withdrawn),
                    ("受付不可", self.refused),
                    ("ほかの手続きへ案内", self.diverted),
                    ("異動等により終了", self.ended),
                    ("次回への持ち越し", self.carried_out),
                    ("うち 中断したまま", self.interrupted),
                ],
            ),
            (
                "文書",
                vec![
                    ("照会書 印刷", self.inquiries_printed),
                    ("照会書 発送", self.inquiries_posted),
                    ("照会書 返戻", self.inquiries_returned),
                    ("回答書 受領", self.replies),
                    ("通知書 印刷", self.notices_printed),
                    ("通知書 発送", self.notices_posted),
                    ("通知書 返戻", self.notices_returned),
                ],
            ),
            (
                "カード",
                vec![
                    ("更新を始めたカード", self.cards_updated),
                    ("読み戻して確かめたカード", self.cards_read_back),
                    ("うち 予定と違ったカード", self.cards_differ),
                    ("書き込まずに中止したカード", self.cards_untouched),
                    ("中断した回数", self.interruptions),
                ],
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(event: &str, to_state: &str, many: i64) -> EventCount {
        EventCount { event: event.into(), from_state: String::new(), to_state: to_state.into(), many }
    }

    /// A case that was sent elsewhere at once is opened and over; a case that was taken up again came in.
    #[test]
    fn counts_what_events_mean() {
        let mut counts = DayCounts { carried_in: 2, carried_out: 3, ..DayCounts::default() };
        counts.add_events(&[
            event("open", "received", 4),
            event("divert", "diverted", 1),
            event("reopen", "received", 1),
            event("return_card", "closed", 3),
            event("check_identity", "identity_checked", 9),
        ]);
        assert_eq!((counts.opened, counts.diverted, counts.reopened, counts.done), (4, 1, 1, 3));
        assert!(counts.balances());
        counts.carried_out = 2;
        assert!(!counts.balances());
    }

    /// Notices are what has come to the totals; a total that became smaller is nothing.
    #[test]
    fn counts_notices_from_the_totals() {
        let mut counts = DayCounts::default();
        counts.add_notices([10, 4, 3], NoticeTotals { printed: 12, posted: 4, returned: 2 });
        assert_eq!((counts.notices_printed, counts.notices_posted, counts.notices_returned), (2, 0, 0));
        assert_eq!(counts.notice_totals, [12, 4, 2]);
    }
}
