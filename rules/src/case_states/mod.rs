//! A case is a state machine in one table: from, event, to, who may, and a sentence for people.

mod table;

use serde::Serialize;

pub use crate::kinds::Role;

pub use table::TABLE;

code_enum! {
    /// Where a case stands.
    CaseState {
        /// A reception number has been given.
        Received = "received" "受付",
        /// Who stands at the window is known.
        IdentityChecked = "identity_checked" "本人確認済み",
        /// The application form is in.
        Applied = "applied" "申請書受領済み",
        /// All needed PINs are verified (or none is needed).
        PinsVerified = "pins_verified" "暗証番号照合済み",
        /// The card is being written.
        Updating = "updating" "カード更新中",
        /// Torn: card out, power, national system.
        Interrupted = "interrupted" "中断",
        /// The card says something else than predicted.
        Differs = "differs" "相違あり",
        /// Read back and proven.
        Updated = "updated" "カード確認済み",
        /// 照会書 must be made and posted.
        InquiryToPost = "inquiry_to_post" "照会書の発送待ち",
        /// 照会書 is with the principal.
        AwaitingReply = "awaiting_reply" "回答待ち",
        /// 照会書 came back.
        InquiryReturned = "inquiry_returned" "返戻",
        /// No reply in time.
        ReplyLapsed = "reply_lapsed" "回答期限切れ",
        /// Name, address or card changed while the letter was out.
        NeedsRecheck = "needs_recheck" "要再確認",
        /// The second visit has begun with a usable reply.
        ReplyReceived = "reply_received" "回答書受領(2回目の来庁)",
        /// Card back in its holder's hands.
        Closed = "closed" "完了",
        /// The applicant gave up.
        Withdrawn = "withdrawn" "取下げ",
        /// The office can't.
        Refused = "refused" "受付不可",
        /// Another procedure or office.
        Diverted = "diverted" "ほかの手続きへ案内",
        /// The register or another office ended it: death, move, renewed elsewhere.
        Ended = "ended" "異動等により終了",
    }
}

impl CaseState {
    /// The case is over. Only a supervisor's reopening leads out of it, and nothing out of [`Self::Closed`].
    pub fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn | Self::Refused | Self::Diverted | Self::Ended)
    }

    /// An inquiry letter is being made, is out, or has come back: the proxy's request between its two visits.
    pub fn is_inquiry(self) -> bool {
        matches!(
            self,
            Self::InquiryToPost
                | Self::AwaitingReply
                | Self::InquiryReturned
                | Self::ReplyLapsed
                | Self::NeedsRecheck
                | Self::ReplyReceived
        )
    }

    /// Somebody or something outside is waited for.
    pub fn is_waiting(self) -> bool {
        matches!(
            self,
            Self::InquiryToPost
                | Self::AwaitingReply
                | Self::InquiryReturned
                | Self::ReplyLapsed
                | Self::NeedsRecheck
                | Self::Interrupted
        )
    }
}

code_enum! {
    /// What happens to a case.
    CaseEvent {
        /// Identity documents seen.
        CheckIdentity = "check_identity" "本人確認をする",
        /// Form taken in.
        TakeApplication = "take_application" "申請書を受け取る",
        /// The card took the PINs.
        VerifyPins = "verify_pins" "暗証番号を照合する",
        /// A face-only card has no PIN (喜多方市), a revocation asks for none.
        PassOverPins = "pass_over_pins" "暗証番号の照合を省く",
        /// Another procedure joins the visit, or a PIN turns out to be forgotten or locked.
        ChangeWork = "change_work" "手続きを加える・変える",
        /// One part of the visit is done and another one begins.
        NextWork = "next_work" "続きの手続きに進む",
        /// What is left of the visit isn't wanted any more.
        SkipWork = "skip_work" "残りの手続きをやめる",
        /// Nothing is written: the answer was given, the card is back.
        Conclude = "conclude" "確認して終える",
        /// First command to the card is journalled.
        BeginUpdate = "begin_update" "カードを更新する",
        /// Nothing was written.
        AbortUpdate = "abort_update" "更新を中止する",
        /// It broke off.
        Interrupt = "interrupt" "中断する",
        /// Go on where it broke off.
        Resume = "resume" "再開する",
        /// Read back, as predicted, keys sign.
        Prove = "prove" "カードを確認する",
        /// Read back, not as predicted.
        FindDifference = "find_difference" "相違を見つける",
        /// A supervisor accepts what the card says.
        AcceptDifference = "accept_difference" "カードの内容を正とする",
        /// Card handed over.
        ReturnCard = "return_card" "カードを返す",
        /// A letter to the principal is needed.
        RequestInquiry = "request_inquiry" "照会書を送ることにする",
        /// Letter made.
        PrintInquiry = "print_inquiry" "照会書を作る",
        /// Letter posted.
        PostInquiry = "post_inquiry" "照会書を発送する",
        /// Letter came back.
        InquiryCameBack = "inquiry_came_back" "照会書の返戻を記録する",
        /// Reply brought.
        ReceiveReply = "receive_reply" "回答書を受け取る",
        /// Deadline over.
        PassDeadline = "pass_deadline" "回答期限を過ぎる",
        /// Register changed under the case.
        RegisterChanged = "register_changed" "異動を記録する",
        /// Change looked at; the letter still holds.
        ConfirmUnchanged = "confirm_unchanged" "内容を再確認する",
        /// The principal comes instead of the proxy (横浜市).
        PrincipalComes = "principal_comes" "本人の手続きに切り替える",
        /// Death, move, renewal elsewhere: nothing is left to do.
        EndByRegister = "end_by_register" "異動等により終える",
        /// A case that was ended is taken up again.
        Reopen = "reopen" "受付を再開する",
        /// The applicant gives up.
        Withdraw = "withdraw" "取り下げる",
        /// The office can't.
        Refuse = "refuse" "受付不可とする",
        /// Another procedure or office.
        Divert = "divert" "ほかの手続きへ案内する",
    }
}

impl CaseEvent {
    /// The office's program does it by itself when a file or a day brings it, in nobody's name.
    pub fn happens_by_itself(self) -> bool {
        matches!(
            self,
            Self::RegisterChanged | Self::PassDeadline | Self::EndByRegister | Self::RequestInquiry
        )
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Transition {
    /// Where the case stands.
    pub from: CaseState,
    /// What happens.
    pub event: CaseEvent,
    /// Where it stands then.
    pub to: CaseState,
    /// Who may do it.
    pub who: &'static [Role],
    /// How the history tells it; the actor's name goes before it.
    pub sentence: &'static str,
}

/// The row for an event in a state; `None` when it can't happen there.
pub fn next(state: CaseState, event: CaseEvent) -> Option<&'static Transition> {
    TABLE.iter().find(|row| row.from == state && row.event == event)
}

/// What can happen next, for someone in this role.
pub fn events(state: CaseState, role: Role) -> impl Iterator<Item = &'static Transition> {
    TABLE.iter().filter(move |row| row.from == state && row.who.contains(&role))
}
