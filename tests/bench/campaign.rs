//! A campaign about one month, from the click to the last file, in wards of growing size.

use crate::figures::row;
use crate::ward;
use chrono::{Datelike, Months};
use office_tests::clerk::Clerk;
use office_tests::office::Office;
use std::time::{Duration, Instant};

/// The longest that anybody waits for a campaign.
const PATIENCE: Duration = Duration::from_mins(30);

/// What one campaign took.
struct Taken {
    residents: usize,
    letters: u64,
    list: Duration,
    all: Duration,
    /// The longest that a press at the counter waited meanwhile.
    waited: Duration,
}

/// Prints the campaign of each ward, and how its time grows beside residents and letters. A ward of 3,500,000 takes
/// about twenty minutes to be imported, so it is measured only where `BENCH_CAMPAIGN_3500000` is set.
pub fn measure(large: &Office, size: usize) {
    let mut all = Vec::new();
    if size > 35_000 {
        all.push(campaign(&ward::imported(35_000), 35_000));
    }
    all.push(campaign(large, size));
    if std::env::var_os("BENCH_CAMPAIGN_3500000").is_some() {
        all.push(campaign(&ward::imported(3_500_000), 3_500_000));
    }
    for pair in all.windows(2) {
        growth(&pair[0], &pair[1]);
    }
}

#[allow(clippy::cast_precision_loss)] // ratios of a few digits
fn growth(small: &Taken, large: &Taken) {
    let ratio = |a: f64, b: f64| format!("{:.2}", a / b);
    let each = |taken: &Taken| taken.all.as_secs_f64() / taken.letters.max(1) as f64;
    let list = |taken: &Taken| taken.list.as_secs_f64() / taken.residents as f64;
    let figure = format!(
        "{} times the residents, {} times the letters: time {} times; per letter {}; the list per resident {}",
        ratio(large.residents as f64, small.residents as f64),
        ratio(large.letters as f64, small.letters as f64),
        ratio(large.all.as_secs_f64(), small.all.as_secs_f64()),
        ratio(each(large), each(small)),
        ratio(list(large), list(small)),
    );
    row(&format!("campaign, {} against {} residents", large.residents, small.residents), &figure);
}

fn campaign(office: &Office, residents: usize) -> Taken {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let taken = runtime.block_on(run(office, residents));
    #[allow(clippy::cast_precision_loss)] // a rate of a few digits
    let rate = taken.letters as f64 / taken.all.as_secs_f64();
    row(
        &format!("campaign of one month, {residents} residents"),
        &format!(
            "{} letters in {:.1} s from the click to the last file, {rate:.0} letters/s; the list in {:.1} s; the \
             longest wait of a resident's page meanwhile {:.0} ms",
            taken.letters,
            taken.all.as_secs_f64(),
            taken.list.as_secs_f64(),
            taken.waited.as_secs_f64() * 1000.0
        ),
    );
    taken
}

async fn run(office: &Office, residents: usize) -> Taken {
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    supervisor.submit("/settings", "/settings", &[("notice_release", "anyone")]).await;
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    // Three months ahead, and not the month that the command's measure takes.
    let month = office_tests::office::today() + Months::new(3);
    let month = format!("{:04}-{:02}", month.year(), month.month());
    let fields = [("first", month.as_str()), ("notices_to", "everyone"), ("straight", "yes")];
    let (begun, mut list, mut waited) = (Instant::now(), None, Duration::ZERO);
    let ordered = clerk.submit("/campaigns/new", "/campaigns", &fields).await;
    let campaign = ordered.location.unwrap_or_else(|| panic!("no campaign: {}", ordered.text));
    loop {
        let page = clerk.get(&campaign).await.words();
        if list.is_none() && !page.contains("対象者の一覧を作っています") {
            list = Some(begun.elapsed());
        }
        if page.contains("発送待ち") {
            let letters = count(&page);
            let all = begun.elapsed();
            return Taken { residents, letters, list: list.unwrap_or(all), all, waited };
        }
        assert!(!page.contains("作業が止まっています"), "{page}");
        assert!(begun.elapsed() < PATIENCE, "{page}");
        // A person's page writes to the trail, so it waits where the writer is busy.
        let asked = Instant::now();
        supervisor.get("/residents/9900000014").await;
        waited = waited.max(asked.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The letters on paper: the second of the counts.
fn count(page: &str) -> u64 {
    let counts = page.split_once("発送済みのうち返戻").expect("the table of counts").1;
    counts.split_whitespace().nth(1).and_then(|word| word.replace(',', "").parse().ok()).expect("a count")
}
