//! The words that the core systems' files use, and what they mean here.

use rules::kinds::{CardKind, CertificateStatus, ResidentKind, ResidentStatus, Sex};

/// 性別.
pub const SEX: &[(&str, Sex)] = &[
    ("男", Sex::Male),
    ("女", Sex::Female),
    ("その他", Sex::Other),
    ("男性", Sex::Male),
    ("女性", Sex::Female),
    ("不明", Sex::Other),
    ("1", Sex::Male),
    ("2", Sex::Female),
    ("0", Sex::Other),
    ("9", Sex::Other),
    ("M", Sex::Male),
    ("F", Sex::Female),
    ("", Sex::Other),
];

/// 住民種別.
pub const RESIDENT_KIND: &[(&str, ResidentKind)] = &[
    ("日本人", ResidentKind::Japanese),
    ("外国人", ResidentKind::Foreign),
    ("日本人住民", ResidentKind::Japanese),
    ("外国人住民", ResidentKind::Foreign),
    ("1", ResidentKind::Japanese),
    ("2", ResidentKind::Foreign),
];

/// カード種別.
pub const CARD_KIND: &[(&str, CardKind)] = &[
    ("個人番号カード", CardKind::Individual),
    ("特定在留カード", CardKind::SpecifiedResidence),
    ("マイナンバーカード", CardKind::Individual),
    ("特定特別永住者証明書", CardKind::SpecifiedResidence),
    ("1", CardKind::Individual),
    ("2", CardKind::SpecifiedResidence),
];

/// What a file says about a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateWord {
    /// There is one, in this state.
    Is(CertificateStatus),
    /// It has expired; the state is what it was on its last day.
    Expired,
    /// There is none.
    None,
}

/// 署名用状態 and 利用者証明用状態.
pub const CERTIFICATE: &[(&str, CertificateWord)] = &[
    ("有効", CertificateWord::Is(CertificateStatus::Valid)),
    ("失効", CertificateWord::Is(CertificateStatus::Revoked)),
    ("一時停止", CertificateWord::Is(CertificateStatus::Suspended)),
    ("期間満了", CertificateWord::Expired),
    ("なし", CertificateWord::None),
    ("失効済", CertificateWord::Is(CertificateStatus::Revoked)),
    ("失効済み", CertificateWord::Is(CertificateStatus::Revoked)),
    ("廃止", CertificateWord::Is(CertificateStatus::Revoked)),
    ("停止", CertificateWord::Is(CertificateStatus::Suspended)),
    ("停止中", CertificateWord::Is(CertificateStatus::Suspended)),
    ("保留", CertificateWord::Is(CertificateStatus::Suspended)),
    ("有効期限切れ", CertificateWord::Expired),
    ("期限切れ", CertificateWord::Expired),
    ("満了", CertificateWord::Expired),
    ("無", CertificateWord::None),
    ("無し", CertificateWord::None),
    ("未発行", CertificateWord::None),
    ("発行なし", CertificateWord::None),
    ("-", CertificateWord::None),
];

/// 異動事由: what the last change in the register means to the counter.
const REASONS: &[(&str, ResidentStatus)] = &[
    ("転入", ResidentStatus::Resident),
    ("転居", ResidentStatus::Resident),
    ("出生", ResidentStatus::Resident),
    ("転出", ResidentStatus::MovedOut),
    ("国外転出", ResidentStatus::MovedAbroad),
    ("死亡", ResidentStatus::Dead),
    ("職権消除", ResidentStatus::Deleted),
    ("職権記載", ResidentStatus::Resident),
    ("職権修正", ResidentStatus::Resident),
    ("婚姻", ResidentStatus::Resident),
    ("離婚", ResidentStatus::Resident),
    ("氏名変更", ResidentStatus::Resident),
    ("世帯変更", ResidentStatus::Resident),
    // Accepted as well, not listed when a word is refused.
    ("国外転入", ResidentStatus::Resident),
    ("未届転入", ResidentStatus::Resident),
    ("特例転入", ResidentStatus::Resident),
    ("転入通知", ResidentStatus::Resident),
    ("転居予定", ResidentStatus::Resident),
    ("転出予定", ResidentStatus::Resident),
    ("転出取消", ResidentStatus::Resident),
    ("転出確定", ResidentStatus::MovedOut),
    ("特例転出", ResidentStatus::MovedOut),
    ("海外転出", ResidentStatus::MovedAbroad),
    ("出国", ResidentStatus::MovedAbroad),
    ("失踪宣告", ResidentStatus::Dead),
    ("失踪", ResidentStatus::Deleted),
    ("消除", ResidentStatus::Deleted),
    ("実態調査消除", ResidentStatus::Deleted),
    ("国籍喪失", ResidentStatus::Deleted),
    ("帰化", ResidentStatus::Resident),
    ("国籍取得", ResidentStatus::Resident),
    ("回復", ResidentStatus::Resident),
    ("職権回復", ResidentStatus::Resident),
    ("職権", ResidentStatus::Resident),
    ("就籍", ResidentStatus::Resident),
    ("転籍", ResidentStatus::Resident),
    ("入籍", ResidentStatus::Resident),
    ("養子縁組", ResidentStatus::Resident),
    ("養子離縁", ResidentStatus::Resident),
    ("離縁", ResidentStatus::Resident),
    ("認知", ResidentStatus::Resident),
    ("改姓", ResidentStatus::Resident),
    ("改名", ResidentStatus::Resident),
    ("氏の変更", ResidentStatus::Resident),
    ("名の変更", ResidentStatus::Resident),
    ("旧氏記載", ResidentStatus::Resident),
    ("旧氏変更", ResidentStatus::Resident),
    ("通称記載", ResidentStatus::Resident),
    ("通称変更", ResidentStatus::Resident),
    ("振り仮名", ResidentStatus::Resident),
    ("世帯主変更", ResidentStatus::Resident),
    ("世帯分離", ResidentStatus::Resident),
    ("世帯合併", ResidentStatus::Resident),
    ("世帯構成変更", ResidentStatus::Resident),
    ("続柄変更", ResidentStatus::Resident),
    ("住居表示", ResidentStatus::Resident),
    ("住居表示実施", ResidentStatus::Resident),
    ("町名変更", ResidentStatus::Resident),
    ("町名地番変更", ResidentStatus::Resident),
    ("区画整理", ResidentStatus::Resident),
    ("在留資格変更", ResidentStatus::Resident),
    ("在留期間更新", ResidentStatus::Resident),
    ("支援措置", ResidentStatus::Resident),
];

/// How many of the reasons a refusal lists.
const LISTED: usize = 13;

/// What a 異動事由 means; `None` when it isn't known. Empty means that nothing has happened.
pub fn reason(text: &str) -> Option<ResidentStatus> {
    let plain = text.trim();
    if plain.is_empty() {
        return Some(ResidentStatus::Resident);
    }
    let open = plain.find(['(', '（']).unwrap_or(plain.len());
    let plain = plain[..open].trim_end();
    let plain = plain.strip_suffix('届').unwrap_or(plain);
    REASONS.iter().find(|(word, _)| *word == plain).map(|(_, status)| *status)
}

/// The reasons a refusal lists.
pub fn known_reasons() -> String {
    REASONS[..LISTED].iter().map(|(word, _)| *word).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the counter must not mistake: the dead, those who moved away, those who stayed.
    #[test]
    fn reasons_mean_what_the_counter_needs() {
        for (word, status) in [
            ("死亡", ResidentStatus::Dead),
            ("死亡届", ResidentStatus::Dead),
            ("転出", ResidentStatus::MovedOut),
            ("国外転出(継続利用)", ResidentStatus::MovedAbroad),
            ("転居", ResidentStatus::Resident),
            ("", ResidentStatus::Resident),
            ("職権消除", ResidentStatus::Deleted),
        ] {
            assert_eq!(reason(word), Some(status), "{word}");
        }
        assert_eq!(reason("引越"), None);
    }
}
