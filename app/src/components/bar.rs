//! The validity bar: issue → renewal period → expiry, with today on it.

use leptos::prelude::*;
use rules::{NaiveDate, wareki};

/// What the bar shows. Days only; positions are worked out here because they are drawing, not law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValidityBar {
    /// The first day.
    pub issued: NaiveDate,
    /// The last day.
    pub expires: NaiveDate,
    /// The first day of the renewal period, where there is one.
    pub renewal_from: Option<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
    /// Revoked or suspended: the bar is hollow.
    pub usable: bool,
}

/// The picture's width in its own units; the track lies between the margins.
const WIDTH: i64 = 320;
const LEFT: i64 = 4;
const RIGHT: i64 = 20;
const TOP: i64 = 28;
const HEIGHT: i64 = 12;
/// Where the renewal period begins. Three months of five years would be too narrow to show a day in, so the period
/// has a scale of its own: the last part of the track, however long the years before it.
const PERIOD: i64 = 200;

impl ValidityBar {
    /// Where a day lies. Days outside are drawn at the margins, so that "long past" stays visible.
    fn position(&self, day: NaiveDate) -> i64 {
        let end = WIDTH - RIGHT;
        let x = match self.renewal_from {
            Some(from) if day >= from => between(day, (from, PERIOD), (self.expires, end)),
            Some(from) => between(day, (self.issued, LEFT), (from, PERIOD)),
            None => between(day, (self.issued, LEFT), (self.expires, end)),
        };
        x.clamp(LEFT, WIDTH - 8)
    }

    /// The whole in one sentence, for those who don't see the picture.
    pub fn sentence(&self) -> String {
        let period = self
            .renewal_from
            .map(|from| format!("更新期間は{}から、", wareki::long(from)))
            .unwrap_or_default();
        format!(
            "{}に発行、{period}満了日は{}、今日は{}です。",
            wareki::long(self.issued),
            wareki::long(self.expires),
            wareki::long(self.today)
        )
    }

    /// The picture.
    pub fn view(self) -> AnyView {
        let start = LEFT;
        let end = WIDTH - RIGHT;
        let today = self.position(self.today);
        let track = if self.usable { "bar__track" } else { "bar__track bar__track--hollow" };
        let lived = (self.usable && today > start).then(|| {
            view! {
                <rect class="bar__lived" x=start.to_string() y=TOP.to_string() width=(today.min(end) - start).to_string() height=HEIGHT.to_string()/>
            }
        });
        let period = self.renewal_from.map(|from| {
            let class = if self.usable { "bar__period" } else { "bar__period--hollow" };
            let x = self.position(from).min(end - 3);
            view! {
                <rect class=class x=x.to_string() y=(TOP - 4).to_string() width=(end - x).to_string() height=(HEIGHT + 8).to_string()/>
            }
        });
        let label = today.clamp(LEFT + 14, WIDTH - 16).to_string();
        let arrow = format!("{},{} {},{} {today},{}", today - 5, TOP - 12, today + 5, TOP - 12, TOP - 5);
        view! {
            <svg class="bar" viewBox=format!("0 0 {WIDTH} 48") role="img" aria-label=self.sentence() focusable="false">
                <rect class=track x=start.to_string() y=TOP.to_string() width=(end - start).to_string() height=HEIGHT.to_string()/>
                {lived}
                {period}
                <line class="bar__end" x1=end.to_string() y1=(TOP - 6).to_string() x2=end.to_string() y2=(TOP + HEIGHT + 6).to_string()/>
                <line class="bar__today" x1=today.to_string() y1=(TOP - 8).to_string() x2=today.to_string() y2=(TOP + HEIGHT + 6).to_string()/>
                <polygon class="bar__arrow" points=arrow/>
                <text class="bar__word" x=label y=(TOP - 15).to_string() text-anchor="middle">"今日"</text>
            </svg>
        }
        .into_any()
    }
}

/// The point of `day` on the line through two points.
fn between(day: NaiveDate, (first, start): (NaiveDate, i64), (last, end): (NaiveDate, i64)) -> i64 {
    start + (day - first).num_days() * (end - start) / (last - first).num_days().max(1)
}

#[cfg(test)]
mod tests {
    use super::{LEFT, PERIOD, RIGHT, ValidityBar, WIDTH};
    use rules::NaiveDate;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    fn bar(today: NaiveDate) -> ValidityBar {
        ValidityBar {
            issued: day(2020, 12, 1),
            expires: day(2025, 10, 10),
            renewal_from: Some(day(2025, 7, 11)),
            today,
            usable: true,
        }
    }

    #[test]
    fn ends_are_at_the_ends() {
        let bar = bar(day(2025, 1, 1));
        assert_eq!(bar.position(bar.issued), LEFT);
        assert_eq!(bar.position(bar.expires), WIDTH - RIGHT);
        assert_eq!(bar.position(day(2025, 7, 11)), PERIOD);
        assert!(bar.position(day(2025, 7, 10)) < PERIOD);
        assert!(bar.position(day(2025, 7, 20)) > PERIOD);
    }

    #[test]
    fn days_outside_stay_on_the_picture() {
        for today in [day(1990, 1, 1), day(2020, 12, 1), day(2025, 10, 11), day(2060, 1, 1)] {
            let x = bar(today).position(today);
            assert!((0..=WIDTH).contains(&x), "{today} at {x}");
        }
    }

    #[test]
    fn a_certificate_of_no_length_does_not_divide_by_zero() {
        let one = day(2025, 10, 10);
        let bar = ValidityBar { issued: one, expires: one, renewal_from: None, today: one, usable: false };
        assert_eq!(bar.position(one), LEFT);
    }

    #[test]
    fn the_sentence_says_all_days() {
        let sentence = bar(day(2025, 8, 1)).sentence();
        for part in ["令和2年12月1日", "令和7年7月11日", "令和7年10月10日", "令和7年8月1日"]
        {
            assert!(sentence.contains(part), "{sentence}");
        }
    }
}
