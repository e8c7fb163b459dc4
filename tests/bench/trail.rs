//! The trail's pages over a day's rows and over many years'.

use crate::figures::{median_and_p99, ms, ratio, row};
use office_tests::clerk::Clerk;
use office_tests::office::{Office, run};
use std::process::Command;
use std::time::{Duration, Instant};

/// Rows of a large ward in some years.
const ROWS: usize = 5_000_000;
/// Requests of each kind.
const REQUESTS: usize = 50;

const PAGES: [(&str, &str); 6] = [
    ("trail, newest", "/audit"),
    ("trail, one person", "/audit?subject=9900000001"),
    ("trail, one day", "/audit?from=2031-03-05&until=2031-03-05"),
    ("trail, one kind by one clerk", "/audit?kind=59&actor=sato"),
    ("trail, what was refused", "/audit?outcome=refused&kind=10"),
    ("trail, read on from the middle", "/audit?before=2500000"),
];

/// Prints how long each page takes over few and over many rows, and how long a check of all rows takes.
pub fn measure() {
    let rows = std::env::var("BENCH_TRAIL").ok().and_then(|text| text.parse().ok()).unwrap_or(ROWS);
    let small = Office::training();
    let large = {
        let folder = Office::training().close();
        fill(folder.path(), rows);
        Office::start_in(folder, &["--training"])
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let (few, many) =
            (Clerk::log_in(small.address(), "ito").await, Clerk::log_in(large.address(), "ito").await);
        for (name, path) in PAGES {
            let (less, _) = median_and_p99(times(&few, path).await);
            let (more, worst) = median_and_p99(times(&many, path).await);
            let figure = format!(
                "a day's: {}; {rows} rows: {} (p99 {}); ratio {}",
                ms(less),
                ms(more),
                ms(worst),
                ratio(more, less)
            );
            row(name, &figure);
        }
    });
    let begun = Instant::now();
    let data = large.data().to_str().expect("a path that is text");
    let checked = run(&["audit", "verify", "--data", data]);
    assert_eq!(checked.status.code(), Some(1), "rows that nobody hashed are found");
    row("check of the whole trail", &format!("{rows} rows: {:.1} s", begun.elapsed().as_secs_f64()));
}

async fn times(clerk: &Clerk, path: &str) -> Vec<Duration> {
    let mut times = Vec::with_capacity(REQUESTS);
    for _ in 0..REQUESTS {
        let begun = Instant::now();
        let page = clerk.get(path).await;
        times.push(begun.elapsed());
        assert!(page.status.is_success(), "{path}: {}", page.text);
    }
    times
}

/// Rows as an office writes them, but for their hashes: the pages don't look at those.
fn fill(data: &std::path::Path, rows: usize) {
    let sql = format!(
        "PRAGMA synchronous = OFF;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
         INSERT INTO audit (number, at, kind, actor, subject, object, outcome, sentence, previous, hash, version, actor_kind, station)
         SELECT (SELECT max(number) FROM audit) + i,
                strftime('%Y-%m-%dT%H:%M:%S', 1893456000 + i * 20, 'unixepoch') || '+09:00',
                iif(i % 1000 = 0, 59, (ARRAY_KIND)), iif(i % 7 = 0, 'suzuki', 'sato'),
                iif(i % 3 = 0, 9900000000 + i % 50000, NULL), NULL, iif(i % 50 = 0, 'refused', 'done'),
                '住民の画面を開きました。', zeroblob(32), zeroblob(32), 2, 'staff', 1 FROM n;"
    )
    .replace("ARRAY_KIND", "SELECT 10 + 10 * (i % 5)");
    let output =
        Command::new("sqlite3").arg(data.join("office.db")).arg(sql).output().expect("sqlite3 is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
