//! How long things took, as far as it can be told: nobody writes down when somebody took a number.

use super::{Cell, Range, Sheet};
use crate::error::Result;
use crate::office::Office;
use crate::store::statistics::{self, Moments};
use chrono::{DateTime, FixedOffset};

const HEADS: &[&str] = &["区間", "件数", "平均(分)", "中央値(分)", "9割まで(分)", "最長(分)"];

/// The table of times.
pub(super) async fn sheet(office: &Office, range: &Range) -> Result<Sheet> {
    let moments = statistics::moments(office.store().read(), range.from, range.before()).await?;
    let (mut until_identity, mut until_end) = (Vec::new(), Vec::new());
    for row in &moments {
        let (first, second) = spans(row);
        until_identity.extend(first);
        until_end.extend(second);
    }
    Ok(Sheet {
        title: "時間".to_owned(),
        about: "受付番号を付けた時刻と、本人確認・終了を記録した時刻の差です。番号札を取ってから呼ばれるまでの時間は\
                記録していません。日をまたいだ受付は入れていません。"
            .to_owned(),
        heads: HEADS,
        rows: vec![
            row("受付から本人確認の記録まで", &mut until_identity),
            row("本人確認の記録から終わりまで", &mut until_end),
        ],
    })
}

/// The seconds from reception to identity and from identity to the end, where each was on one day.
fn spans(row: &Moments) -> (Option<i64>, Option<i64>) {
    let at = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    let opened = at(&row.opened_at);
    let identified = row.identified_at.as_deref().and_then(at);
    let closed = row.closed_at.as_deref().and_then(at);
    let between = |from: Option<DateTime<FixedOffset>>, to: Option<DateTime<FixedOffset>>| {
        let (from, to) = from.zip(to)?;
        let seconds = (to - from).num_seconds();
        (from.date_naive() == to.date_naive() && seconds >= 0).then_some(seconds)
    };
    let first = between(opened, identified);
    // A case that waited for a letter in between would say nothing about the counter.
    (first, first.and_then(|_| between(identified, closed)))
}

fn row(label: &str, seconds: &mut [i64]) -> Vec<Cell> {
    seconds.sort_unstable();
    let many = i64::try_from(seconds.len()).unwrap_or(i64::MAX);
    let average = (many > 0).then(|| seconds.iter().sum::<i64>() / many);
    let cell = |seconds: Option<i64>| Cell::Minutes(seconds.map(minutes));
    vec![
        Cell::Text(label.to_owned()),
        Cell::Count(many.unsigned_abs()),
        cell(average),
        cell(rank(seconds, 50)),
        cell(rank(seconds, 90)),
        cell(seconds.last().copied()),
    ]
}

/// The smallest value that so many percent of a sorted list don't exceed.
fn rank(sorted: &[i64], percent: usize) -> Option<i64> {
    let at = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(at).copied()
}

#[expect(clippy::cast_precision_loss, reason = "seconds of a day")]
fn minutes(seconds: i64) -> f64 {
    seconds as f64 / 60.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(opened: &str, identified: Option<&str>, closed: Option<&str>) -> Moments {
        let full = |text: &str| format!("{text}:00+09:00");
        Moments { opened_at: full(opened), identified_at: identified.map(full), closed_at: closed.map(full) }
    }

    /// Only what was on one day is a time at the counter.
    #[test]
    fn measures_one_day_only() {
        let whole = moments("2026-11-24T10:00", Some("2026-11-24T10:05"), Some("2026-11-24T10:20"));
        assert_eq!(spans(&whole), (Some(300), Some(900)));
        let two_visits = moments("2026-11-24T10:00", Some("2026-11-24T10:05"), Some("2026-12-10T10:20"));
        assert_eq!(spans(&two_visits), (Some(300), None));
        let later = moments("2026-11-24T10:00", Some("2026-12-10T10:05"), Some("2026-12-10T10:20"));
        assert_eq!(spans(&later), (None, None));
        assert_eq!(spans(&moments("2026-11-24T10:00", None, Some("2026-11-24T10:01"))), (None, None));
    }

    /// Half and nine tenths of a list, by the nearest rank.
    #[test]
    fn ranks() {
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!((rank(&ten, 50), rank(&ten, 90)), (Some(5), Some(9)));
        assert_eq!((rank(&[7], 50), rank(&[7], 90)), (Some(7), Some(7)));
        assert_eq!(rank(&[], 50), None);
    }
}
