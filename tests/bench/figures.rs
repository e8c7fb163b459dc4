//! Durations and how they are written.

use std::time::Duration;

/// Prints one row.
pub fn row(measure: &str, figure: &str) {
    println!("| {measure} | {figure} |");
}

/// The median and the 99th percentile of some durations.
pub fn median_and_p99(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
    (at(50), at(99))
}

/// Milliseconds with two digits behind the point.
pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// How many times as long `a` took as `b`.
pub fn ratio(a: Duration, b: Duration) -> String {
    format!("{:.2}", a.as_secs_f64() / b.as_secs_f64())
}
