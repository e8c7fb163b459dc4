//! The table itself.

use super::CaseEvent as E;
use super::CaseState as S;
use super::Transition;
use crate::kinds::Role;

const COUNTER: &[Role] = &[Role::Clerk, Role::Supervisor];
const SUPERVISOR: &[Role] = &[Role::Supervisor];
const LETTERS: &[Role] = &[Role::Clerk, Role::Supervisor, Role::BackOffice];

const fn row(from: S, event: E, to: S, who: &'static [Role], sentence: &'static str) -> Transition {
    Transition { from, event, to, who, sentence }
}

const fn principal_comes(from: S) -> Transition {
    row(from, E::PrincipalComes, S::Received, COUNTER, "本人が来庁したため、本人の手続きに切り替えました。")
}

const fn end_by_register(from: S) -> Transition {
    row(from, E::EndByRegister, S::Ended, SUPERVISOR, "異動等により受付を終えました。")
}

const fn reopen(from: S) -> Transition {
    row(from, E::Reopen, S::Received, SUPERVISOR, "受付を再開しました。")
}

/// Every allowed transition.
pub const TABLE: &[Transition] = &[
    // The principal's way
    row(S::Received, E::CheckIdentity, S::IdentityChecked, COUNTER, "本人確認をしました。"),
    row(S::IdentityChecked, E::TakeApplication, S::Applied, COUNTER, "申請書を受け取りました。"),
    row(S::Applied, E::VerifyPins, S::PinsVerified, COUNTER, "暗証番号の照合が終わりました。"),
    row(
        S::Applied,
        E::PassOverPins,
        S::PinsVerified,
        COUNTER,
        "暗証番号を使わない手続きのため、照合を省きました。",
    ),
    row(S::Received, E::ChangeWork, S::Received, COUNTER, "手続きを変えました。"),
    row(S::IdentityChecked, E::ChangeWork, S::Received, COUNTER, "手続きを変え、本人確認に戻りました。"),
    row(S::Applied, E::ChangeWork, S::Received, COUNTER, "手続きを変え、本人確認に戻りました。"),
    row(S::PinsVerified, E::ChangeWork, S::Received, COUNTER, "手続きを変え、本人確認に戻りました。"),
    row(S::Updated, E::NextWork, S::Applied, COUNTER, "続きの手続きに進みました。"),
    row(S::Applied, E::SkipWork, S::Updated, COUNTER, "残りの手続きをせずに、お渡しに進みました。"),
    row(S::PinsVerified, E::SkipWork, S::Updated, COUNTER, "残りの手続きをせずに、お渡しに進みました。"),
    row(S::IdentityChecked, E::Conclude, S::Closed, COUNTER, "確認を終え、カードを返しました。"),
    row(S::Applied, E::Interrupt, S::Interrupted, COUNTER, "カードに書き込む前に中断しました。"),
    row(S::PinsVerified, E::Interrupt, S::Interrupted, COUNTER, "カードに書き込む前に中断しました。"),
    row(S::PinsVerified, E::BeginUpdate, S::Updating, COUNTER, "カードの更新を始めました。"),
    row(S::PinsVerified, E::ReturnCard, S::Closed, COUNTER, "手続きを終え、カードを返しました。"),
    row(S::Updating, E::Prove, S::Updated, COUNTER, "新しい電子証明書を読み取り、署名で確認しました。"),
    row(S::Updating, E::AbortUpdate, S::Applied, COUNTER, "カードに書き込まずに更新を中止しました。"),
    row(S::Updating, E::Interrupt, S::Interrupted, COUNTER, "カードの更新が中断しました。"),
    row(S::Updating, E::FindDifference, S::Differs, COUNTER, "カードの内容が予定と違いました。"),
    row(S::Interrupted, E::Resume, S::Applied, COUNTER, "中断した手続きを再開しました。"),
    row(S::Interrupted, E::BeginUpdate, S::Updating, COUNTER, "中断したところからカードの更新を続けました。"),
    row(
        S::Interrupted,
        E::Prove,
        S::Updated,
        COUNTER,
        "中断したカードを読み取り、更新が終わっていることを確認しました。",
    ),
    row(
        S::Interrupted,
        E::AbortUpdate,
        S::Applied,
        COUNTER,
        "カードに書き込まれていないことを確認し、申請書の受領に戻しました。",
    ),
    row(S::Differs, E::AcceptDifference, S::Updated, SUPERVISOR, "カードの内容を正として受け入れました。"),
    row(S::Differs, E::BeginUpdate, S::Updating, COUNTER, "カードの更新をやり直しました。"),
    row(S::Updated, E::ReturnCard, S::Closed, COUNTER, "カードを返し、手続きを終えました。"),
    // The two visits of a proxy
    row(S::Received, E::RequestInquiry, S::InquiryToPost, COUNTER, "照会書を本人に送ることにしました。"),
    row(
        S::IdentityChecked,
        E::RequestInquiry,
        S::InquiryToPost,
        COUNTER,
        "照会書を本人に送ることにしました。",
    ),
    row(
        S::Applied,
        E::RequestInquiry,
        S::InquiryToPost,
        COUNTER,
        "暗証番号が照合できず、照会書を本人に送ることにしました。",
    ),
    row(
        S::PinsVerified,
        E::RequestInquiry,
        S::InquiryToPost,
        COUNTER,
        "暗証番号の再設定を含む照会書を本人に送ることにしました。",
    ),
    row(S::InquiryToPost, E::PrintInquiry, S::InquiryToPost, LETTERS, "照会書を作りました。"),
    row(S::InquiryToPost, E::PostInquiry, S::AwaitingReply, LETTERS, "照会書を発送しました。"),
    row(
        S::InquiryToPost,
        E::RegisterChanged,
        S::NeedsRecheck,
        LETTERS,
        "異動があったため、要再確認にしました。",
    ),
    row(S::AwaitingReply, E::ReceiveReply, S::ReplyReceived, COUNTER, "回答書を受け取りました。"),
    row(S::AwaitingReply, E::InquiryCameBack, S::InquiryReturned, LETTERS, "照会書が返戻されました。"),
    row(S::AwaitingReply, E::PassDeadline, S::ReplyLapsed, LETTERS, "回答期限を過ぎました。"),
    row(
        S::AwaitingReply,
        E::RegisterChanged,
        S::NeedsRecheck,
        LETTERS,
        "異動があったため、要再確認にしました。",
    ),
    row(S::AwaitingReply, E::RequestInquiry, S::InquiryToPost, COUNTER, "照会書を送り直すことにしました。"),
    row(S::InquiryReturned, E::RequestInquiry, S::InquiryToPost, LETTERS, "照会書を送り直すことにしました。"),
    row(
        S::InquiryReturned,
        E::RegisterChanged,
        S::NeedsRecheck,
        LETTERS,
        "異動があったため、要再確認にしました。",
    ),
    row(S::ReplyLapsed, E::RequestInquiry, S::InquiryToPost, COUNTER, "再照会することにしました。"),
    row(
        S::ReplyLapsed,
        E::RegisterChanged,
        S::NeedsRecheck,
        LETTERS,
        "異動があったため、要再確認にしました。",
    ),
    row(
        S::ReplyLapsed,
        E::ReceiveReply,
        S::ReplyReceived,
        SUPERVISOR,
        "期限を過ぎた回答書を受け付けました。",
    ),
    row(
        S::NeedsRecheck,
        E::RequestInquiry,
        S::InquiryToPost,
        COUNTER,
        "新しい住所などに照会書を送り直すことにしました。",
    ),
    row(
        S::NeedsRecheck,
        E::ConfirmUnchanged,
        S::InquiryToPost,
        SUPERVISOR,
        "内容を確かめ、照会書の発送に戻しました。",
    ),
    row(S::ReplyReceived, E::CheckIdentity, S::IdentityChecked, COUNTER, "2回目の来庁で本人確認をしました。"),
    row(
        S::ReplyReceived,
        E::RequestInquiry,
        S::InquiryToPost,
        COUNTER,
        "回答書が使えないため、再照会することにしました。",
    ),
    row(
        S::ReplyReceived,
        E::RegisterChanged,
        S::NeedsRecheck,
        LETTERS,
        "異動があったため、要再確認にしました。",
    ),
    // The principal comes in person: the proxy's request becomes an ordinary visit, its letter is void.
    principal_comes(S::InquiryToPost),
    principal_comes(S::AwaitingReply),
    principal_comes(S::InquiryReturned),
    principal_comes(S::ReplyLapsed),
    principal_comes(S::NeedsRecheck),
    principal_comes(S::ReplyReceived),
    // The register ends it: nothing has been written on the card yet.
    end_by_register(S::Received),
    end_by_register(S::IdentityChecked),
    end_by_register(S::Applied),
    end_by_register(S::PinsVerified),
    end_by_register(S::InquiryToPost),
    end_by_register(S::AwaitingReply),
    end_by_register(S::InquiryReturned),
    end_by_register(S::ReplyLapsed),
    end_by_register(S::NeedsRecheck),
    end_by_register(S::ReplyReceived),
    // Ended too early: taken up again from the beginning, with a reason.
    reopen(S::Withdrawn),
    reopen(S::Refused),
    reopen(S::Diverted),
    reopen(S::Ended),
    // Ways out. A card that may have been written on leaves only read back.
    row(S::Received, E::Withdraw, S::Withdrawn, COUNTER, "申請を取り下げました。"),
    row(S::IdentityChecked, E::Withdraw, S::Withdrawn, COUNTER, "申請を取り下げました。"),
    row(S::Applied, E::Withdraw, S::Withdrawn, COUNTER, "申請を取り下げました。"),
    row(S::PinsVerified, E::Withdraw, S::Withdrawn, COUNTER, "申請を取り下げました。"),
    row(S::InquiryToPost, E::Withdraw, S::Withdrawn, COUNTER, "申請を取り下げました。"),
    row(S::AwaitingReply, E::Withdraw, S::Withdrawn, COUNTER, "申請を取り下げました。"),
    row(S::InquiryReturned, E::Withdraw, S::Withdrawn, COUNTER, "申請を取り下げました。"),
    row(S::ReplyLapsed, E::Withdraw, S::Withdrawn, COUNTER, "申請を取り下げました。"),
    row(S::NeedsRecheck, E::Withdraw, S::Withdrawn, COUNTER, "申請を取り下げました。"),
    row(S::ReplyReceived, E::Withdraw, S::Withdrawn, COUNTER, "申請を取り下げました。"),
    row(S::Received, E::Refuse, S::Refused, COUNTER, "受付できないことを伝えました。"),
    row(S::IdentityChecked, E::Refuse, S::Refused, COUNTER, "受付できないことを伝えました。"),
    row(S::Applied, E::Refuse, S::Refused, COUNTER, "受付できないことを伝えました。"),
    row(S::PinsVerified, E::Refuse, S::Refused, COUNTER, "受付できないことを伝えました。"),
    row(S::InquiryReturned, E::Refuse, S::Refused, LETTERS, "照会書が届かないため、受付を終えました。"),
    row(S::ReplyLapsed, E::Refuse, S::Refused, LETTERS, "回答がないため、受付を終えました。"),
    row(S::NeedsRecheck, E::Refuse, S::Refused, COUNTER, "異動により受付を終えました。"),
    row(S::ReplyReceived, E::Refuse, S::Refused, COUNTER, "回答書が使えず、受付を終えました。"),
    row(S::Received, E::Divert, S::Diverted, COUNTER, "ほかの手続きを案内しました。"),
    row(S::IdentityChecked, E::Divert, S::Diverted, COUNTER, "ほかの手続きを案内しました。"),
    row(S::Applied, E::Divert, S::Diverted, COUNTER, "ほかの手続きを案内しました。"),
    row(
        S::Interrupted,
        E::Divert,
        S::Diverted,
        SUPERVISOR,
        "カードが使えなくなったため、再交付を案内しました。",
    ),
    row(S::Differs, E::Divert, S::Diverted, SUPERVISOR, "カードが使えなくなったため、再交付を案内しました。"),
    row(S::AwaitingReply, E::Divert, S::Diverted, COUNTER, "ほかの手続きを案内しました。"),
    row(S::InquiryToPost, E::Divert, S::Diverted, COUNTER, "ほかの手続きを案内しました。"),
    row(S::InquiryReturned, E::Divert, S::Diverted, COUNTER, "ほかの手続きを案内しました。"),
    row(S::ReplyLapsed, E::Divert, S::Diverted, COUNTER, "ほかの手続きを案内しました。"),
    row(S::ReplyReceived, E::Divert, S::Diverted, COUNTER, "ほかの手続きを案内しました。"),
    row(S::NeedsRecheck, E::Divert, S::Diverted, COUNTER, "ほかの手続きを案内しました。"),
];
