//! The sections of each paper: what each is for, which may be left out, and what each must say.

use super::Paper;

/// A section of a paper's wording.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Section {
    /// What stands between the brackets.
    pub(crate) name: &'static str,
    /// May be left out.
    pub(crate) optional: bool,
    /// What its text must say.
    pub(crate) must: &'static [Must],
}

/// A sentence that may not be missing: one of these words has to be there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Must {
    pub(crate) any: &'static [&'static str],
    /// 「…」を書いてください.
    pub(crate) what: &'static str,
}

const fn must(any: &'static [&'static str], what: &'static str) -> Must {
    Must { any, what }
}

const fn section(name: &'static str, must: &'static [Must]) -> Section {
    Section { name, optional: false, must }
}

const fn optional(name: &'static str) -> Section {
    Section { name, optional: true, must: &[] }
}

const NO_PIN_BY_PHONE: Must = must(&["暗証番号をお聞きすることはありません"], "職員が暗証番号を聞かないこと");

const NOTICE: &[Section] = &[
    section("題名", &[]),
    section("前文", &[must(&["{手数料}"], "手数料({手数料})")]),
    section("更新が無料", &[]),
    section("更新が有料", &[must(&["{円}"], "手数料の額({円})")]),
    section("発行が無料", &[]),
    section("発行が有料", &[must(&["{円}"], "手数料の額({円})")]),
    section("本人が来るとき", &[must(&["マイナンバーカード"], "マイナンバーカードを持って来ること")]),
    section("法定代理人が来るとき", &[must(&["本人確認"], "法定代理人の本人確認書類")]),
    section("ほかの代理人が来るとき", &[must(&["回答書"], "回答書を使うこと")]),
    section("ほかの代理人が来るとき(回答書なし)", &[must(&["照会書"], "照会書を送ること")]),
    section("暗証番号を忘れたとき", &[]),
    section("暗証番号がないカード", &[]),
    section("お知らせ", &[must(&["行き違い"], "手続きが終わった方への行き違いのおわび"), NO_PIN_BY_PHONE]),
    section("回答書の題名", &[must(&["回答書"], "「回答書」という名前")]),
    section(
        "回答書の書き方",
        &[must(&["封"], "封筒に入れて封をすること"), must(&["ご本人", "本人"], "本人が書くこと")],
    ),
    section("意思の確認", &[]),
    section("委任の文", &[must(&["委任"], "委任すること")]),
    section("暗証番号の書き方", &[must(&["ゼロ"], "0とOの書き分け"), must(&["イチ"], "1とIの書き分け")]),
    section("同意の文", &[must(&["同意"], "同意すること")]),
    section("封のしかた", &[must(&["封をして"], "封をすること")]),
];

const INQUIRY: &[Section] = &[
    section("照会の題名", &[must(&["照会書"], "「照会書」という名前")]),
    section("再照会の題名", &[must(&["照会書"], "「照会書」という名前")]),
    section("照会の文", &[must(&["{手続き}"], "手続きの名前({手続き})"), must(&["照会"], "照会すること")]),
    section("再照会の文", &[must(&["{手続き}"], "手続きの名前({手続き})"), must(&["照会"], "照会すること")]),
    section("回答のしかた", &[must(&["封"], "封筒に入れて封をすること")]),
    section("代理の方の持ち物", &[must(&["本人確認"], "代理の方の本人確認書類")]),
    section("再設定の持ち物", &[must(&["本人"], "本人の本人確認書類")]),
    section("期限の文", &[must(&["{回答期限}"], "回答の期限({回答期限})")]),
    section("お知らせ", &[must(&["覚えがない", "心当たり"], "申請に覚えがないときの連絡"), NO_PIN_BY_PHONE]),
    section("回答書の題名", &[must(&["回答書"], "「回答書」という名前")]),
    section("回答書の書き方", &[must(&["ご本人", "本人"], "本人が書くこと")]),
    section("意思の確認", &[must(&["覚えがありません", "覚えがない"], "申請に覚えがないときの欄")]),
    section("委任の文", &[must(&["委任"], "委任すること")]),
    section("暗証番号の書き方", &[must(&["ゼロ"], "0とOの書き分け"), must(&["イチ"], "1とIの書き分け")]),
    section("同意の文", &[must(&["同意"], "同意すること")]),
    section("封のしかた", &[must(&["封をして"], "封をすること")]),
];

const APPLICATION: &[Section] = &[
    section("題名", &[must(&["申請書"], "「申請書」という名前")]),
    section("あて先", &[]),
    section("申請の文", &[must(&["申請"], "申請すること")]),
    section("早い更新の同意", &[must(&["短く"], "有効期間が短くなること"), must(&["同意"], "同意すること")]),
];

const PIN_APPLICATION: &[Section] = &[
    section("題名", &[must(&["申請書"], "「申請書」という名前")]),
    section("あて先", &[]),
    section("申請の文", &[must(&["申請"], "申請すること")]),
    section("注意", &[must(&["書かないで"], "暗証番号をこの紙に書かないこと")]),
];

const CERTIFICATE_COPY: &[Section] = &[section("題名", &[]), section("前文", &[]), optional("お知らせ")];

const RECEPTION_SLIP: &[Section] = &[section("題名", &[]), section("前文", &[]), optional("お知らせ")];

const RECEIPT: &[Section] = &[
    section("題名", &[]),
    section("前文", &[]),
    section("お知らせ", &[must(&["暗証番号"], "暗証番号を人に教えないこと")]),
    section("署名用のお知らせ", &[]),
    section("利用者証明用のお知らせ", &[]),
];

const ENVELOPE: &[Section] =
    &[section("表示", &[must(&["転送不要"], "転送不要")]), optional("差出人の添え書き")];

const DAILY_REPORT: &[Section] = &[section("題名", &[]), optional("注記")];

impl Paper {
    /// The sections of its wording.
    pub(crate) const fn sections(self) -> &'static [Section] {
        match self {
            Self::Notice => NOTICE,
            Self::Inquiry => INQUIRY,
            Self::Application => APPLICATION,
            Self::PinApplication => PIN_APPLICATION,
            Self::CertificateCopy => CERTIFICATE_COPY,
            Self::ReceptionSlip => RECEPTION_SLIP,
            Self::Receipt => RECEIPT,
            Self::Envelope => ENVELOPE,
            Self::DailyReport => DAILY_REPORT,
        }
    }
}
