//! Why a change to the office's calendar can't be made.

use chrono::{NaiveDate, NaiveTime};
use thiserror::Error;

use super::written::show_time;
use crate::wareki;

/// A change the calendar can't take. `Display` is the Japanese sentence for who entered it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarFault {
    /// Closes before it opens.
    #[error("終わりの時刻を、始まりの時刻({})より後にしてください。", show_time(*from))]
    ClosesBeforeItOpens {
        /// When it opens.
        from: NaiveTime,
    },
    /// Lunch isn't within the day.
    #[error("昼休みを、開庁時間({}から{}まで)の中に入る時刻にしてください。", show_time(*from), show_time(*until))]
    LunchOutsideHours {
        /// Opens.
        from: NaiveTime,
        /// Closes.
        until: NaiveTime,
    },
    /// The national link ends before the counter opens.
    #[error("全国システムの終わりを、開庁の時刻({})より後にしてください。", show_time(*from))]
    LinkEndsBeforeOpening {
        /// Opens.
        from: NaiveTime,
    },
    /// The last day lies before the first.
    #[error("最後の日を、最初の日({})と同じ日か、それより後にしてください。", wareki::long(*from))]
    EndsBeforeItBegins {
        /// The first day.
        from: NaiveDate,
    },
    /// Nothing changes by deciding about yesterday.
    #[error("{}は過ぎた日です。今日からの日を入れてください。", wareki::long(*day))]
    Past {
        /// The day.
        day: NaiveDate,
    },
    /// More than a year at once: a mistyped year, most likely.
    #[error("1年より長い期間は登録できません。日付の年を確かめてください。")]
    TooLong,
    /// No reason, or one that fills the page.
    #[error("理由を、1文字から40文字までで入れてください。")]
    Reason,
    /// A weekday's evening, a weekend's day.
    #[error("{weekdays}から選んでください。")]
    Weekday {
        /// The days that can be.
        weekdays: &'static str,
    },
    /// A late opening that ends no later than any other day.
    #[error("夜間開庁の終わりを、ふだんの終わり({})より後にしてください。", show_time(*until))]
    NotLate {
        /// When the counter closes anyway.
        until: NaiveTime,
    },
    /// There is no sixth week.
    #[error("週を、第1から第5までの中から選んでください。")]
    Week,
    /// Something else is decided for the same days.
    #[error("「{other}」と重なります。先にそれを取り消してから登録してください。")]
    Overlaps {
        /// What is there.
        other: String,
    },
    /// A single opening on a day that is open anyway and has the same hours.
    #[error("{}はふだんから開いている日です。この日だけ時間を変えるときは、時刻も入れてください。", wareki::long_weekday(*day))]
    OpenAnyway {
        /// The day.
        day: NaiveDate,
    },
}

impl CalendarFault {
    /// The field it belongs to.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::ClosesBeforeItOpens { .. } | Self::NotLate { .. } => "time_until",
            Self::LunchOutsideHours { .. } => "lunch_from",
            Self::LinkEndsBeforeOpening { .. } => "link_until",
            Self::EndsBeforeItBegins { .. } | Self::Past { .. } | Self::TooLong => "until",
            Self::Reason => "reason",
            Self::Weekday { .. } => "weekday",
            Self::Week => "weeks",
            Self::Overlaps { .. } | Self::OpenAnyway { .. } => "from",
        }
    }
}
