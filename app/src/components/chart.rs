//! Bars over months, as a picture. A table with the same numbers stands under it.

use super::grouped;
use leptos::prelude::*;

/// What the picture shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BarChart {
    /// The picture in a sentence, for those who don't see it.
    pub sentence: String,
    /// 人.
    pub unit: String,
    /// What stands under each bar, and how much it is.
    pub bars: Vec<(String, u64)>,
    /// What stands under several bars, from the bar of this place on: a year's name.
    pub groups: Vec<(usize, String)>,
}

/// The picture's size in its own units, and what lies around the bars.
const WIDTH: u64 = 1080;
const HEIGHT: u64 = 296;
const LEFT: u64 = 72;
const TOP: u64 = 36;
const BOTTOM: u64 = 48;
/// Lines across, the ground not counted.
const LINES: u64 = 4;

impl BarChart {
    /// The value of the highest line: round, and not below any bar.
    fn top(&self) -> u64 {
        let most = self.bars.iter().map(|(_, value)| *value).max().unwrap_or(0);
        let step = most.div_ceil(LINES).max(1);
        // 1, 2, 5, 10, 20, 50 …: what people read off without counting.
        let mut size = 1_u64;
        loop {
            for round in [size, size * 2, size * 5] {
                if step <= round {
                    return round * LINES;
                }
            }
            size *= 10;
        }
    }

    /// The picture.
    pub fn view(&self) -> AnyView {
        let (top, ground) = (self.top(), HEIGHT - BOTTOM);
        let height = |value: u64| (ground - TOP) * value / top;
        let slot = (WIDTH - LEFT) / (self.bars.len() as u64).max(1);
        let lines: Vec<_> = (0..=LINES)
            .map(|line| {
                let value = top / LINES * line;
                let y = (ground - height(value)).to_string();
                view! {
                    <line class="chart__line" x1=LEFT.to_string() y1=y.clone() x2=WIDTH.to_string() y2=y.clone()/>
                    <text class="chart__word" x=(LEFT - 8).to_string() y=y text-anchor="end" dominant-baseline="middle">{grouped(value)}</text>
                }
            })
            .collect();
        let bars: Vec<_> = self
            .bars
            .iter()
            .enumerate()
            .map(|(at, (label, value))| {
                let x = LEFT + slot * at as u64;
                // Something is always seen of what isn't nothing.
                let tall = if *value == 0 { 0 } else { height(*value).max(1) };
                view! {
                    <rect class="chart__bar" x=(x + slot / 8).to_string() y=(ground - tall).to_string() width=(slot - slot / 4).to_string() height=tall.to_string()/>
                    <text class="chart__word" x=(x + slot / 2).to_string() y=(ground + 18).to_string() text-anchor="middle">{label.clone()}</text>
                }
            })
            .collect();
        let groups: Vec<_> = self
            .groups
            .iter()
            .map(|(at, label)| {
                let x = LEFT + slot * *at as u64;
                view! {
                    <line class="chart__part" x1=x.to_string() y1=ground.to_string() x2=x.to_string() y2=HEIGHT.to_string()/>
                    <text class="chart__word" x=(x + 6).to_string() y=(HEIGHT - 8).to_string()>{label.clone()}</text>
                }
            })
            .collect();
        view! {
            <svg class="chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=self.sentence.clone() focusable="false">
                {lines}
                {bars}
                {groups}
                <text class="chart__word" x=(LEFT - 8).to_string() y="14" text-anchor="end">{format!("({})", self.unit)}</text>
            </svg>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::BarChart;

    fn chart(values: &[u64]) -> BarChart {
        let bars = values.iter().map(|value| ("1".to_owned(), *value)).collect();
        BarChart { bars, ..BarChart::default() }
    }

    /// The highest line is round and above every bar, whatever the numbers are.
    #[test]
    fn the_scale_is_round() {
        for (most, top) in
            [(0, 4), (1, 4), (4, 4), (5, 8), (17, 20), (21, 40), (3_700, 4_000), (350_000, 400_000)]
        {
            assert_eq!(chart(&[0, most]).top(), top, "{most}");
        }
        assert_eq!(chart(&[]).top(), 4);
    }
}
