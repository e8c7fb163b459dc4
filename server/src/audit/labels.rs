//! What people call each kind of event.

use super::Kind;

impl Kind {
    /// Every kind, in the order of their numbers.
    pub const ALL: &'static [Self] = &[
        Self::OfficeMade,
        Self::ClockSetBack,
        Self::Login,
        Self::Logout,
        Self::StaffChanged,
        Self::PadPaired,
        Self::Confirmed,
        Self::SecondPerson,
        Self::ResidentSeen,
        Self::SuppressedSeen,
        Self::Searched,
        Self::Imported,
        Self::CaseOpened,
        Self::CaseMoved,
        Self::CaseClosed,
        Self::Overridden,
        Self::PinsVerified,
        Self::CardUpdateBegun,
        Self::CardUpdateEnded,
        Self::TrainingCard,
        Self::NoticesMade,
        Self::Printed,
        Self::CampaignMoved,
        Self::NoticeVoided,
        Self::NoticeReturned,
        Self::SettingChanged,
        Self::DayClosed,
        Self::DayReopened,
        Self::Exported,
        Self::BackedUp,
        Self::TrailRead,
        Self::TrailExported,
        Self::TrailChecked,
        Self::CheckpointMade,
        Self::CheckpointKeyMade,
    ];

    /// The kind behind a number, if it is one of ours.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| *kind as i64 == number)
    }

    /// As the list's filter names it.
    pub fn label(self) -> &'static str {
        match self {
            Self::OfficeMade => "窓口を作った",
            Self::ClockSetBack => "時計が戻った",
            Self::Login => "ログイン",
            Self::Logout => "ログアウト",
            Self::StaffChanged => "職員の登録・変更",
            Self::PadPaired => "住民側の画面の接続",
            Self::Confirmed => "本人の確認・画面を隠す",
            Self::SecondPerson => "二人目の確認",
            Self::ResidentSeen => "住民の画面を見た",
            Self::SuppressedSeen => "支援措置の対象の方を見た",
            Self::Searched => "検索・一覧",
            Self::Imported => "ファイルの取り込み",
            Self::CaseOpened => "受付",
            Self::CaseMoved => "受付の手順",
            Self::CaseClosed => "受付の終了",
            Self::Overridden => "責任者の判断",
            Self::PinsVerified => "暗証番号の照合",
            Self::CardUpdateBegun => "カードの更新の開始",
            Self::CardUpdateEnded => "カードの更新の終了",
            Self::TrainingCard => "練習用カードの出し入れ",
            Self::NoticesMade => "通知書の作成",
            Self::Printed => "印刷",
            Self::CampaignMoved => "通知の回の手順",
            Self::NoticeVoided => "通知書の無効",
            Self::NoticeReturned => "通知書の返戻",
            Self::SettingChanged => "設定の変更",
            Self::DayClosed => "一日の締め",
            Self::DayReopened => "締めの取り消し",
            Self::Exported => "集計の書き出し",
            Self::BackedUp => "バックアップ",
            Self::TrailRead => "操作記録を見た",
            Self::TrailExported => "操作記録の書き出し",
            Self::TrailChecked => "操作記録の検査",
            Self::CheckpointMade => "操作記録の控え",
            Self::CheckpointKeyMade => "控えの署名鍵",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No kind is left out of the filter, and no number is used twice.
    #[test]
    fn names_every_kind() {
        let declared = include_str!("../audit.rs")
            .lines()
            .filter_map(|line| line.strip_prefix("    ")?.strip_suffix(',')?.split_once(" = "))
            .filter_map(|(_, number)| number.parse::<i64>().ok());
        let listed: Vec<i64> = Kind::ALL.iter().map(|kind| *kind as i64).collect();
        assert_eq!(declared.collect::<Vec<_>>(), listed);
        assert!(listed.is_sorted_by(|a, b| a < b));
        assert_eq!(Kind::from_number(43), Some(Kind::Overridden));
        assert_eq!(Kind::from_number(999), None);
    }
}
