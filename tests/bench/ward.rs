//! Two wards: the training ward, and one as large as a city, imported.

use crate::figures::row;
use office_tests::office::{Office, run};
use std::fs::File;
use std::io::BufWriter;
use std::time::Instant;

/// The training ward of about 2,000 people.
pub fn training() -> Office {
    Office::training()
}

/// A training office with `size` more people and their cards, taken in by the command. Prints the rate.
pub fn imported(size: usize) -> Office {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let (residents, cards) = (folder.path().join("residents.csv"), folder.path().join("cards.csv"));
    let open = |path| BufWriter::new(File::create(path).expect("a file"));
    let today = office_tests::office::today();
    server::training::write_csv(size, 20_260_401, today, open(&residents), open(&cards)).expect("files");
    let data = tempfile::tempdir().expect("a temporary directory");
    drop(Office::start_in_folder(data.path(), &["--training"]));
    let folder = data.path().to_str().expect("a path").to_owned();
    for (kind, file) in [("residents", &residents), ("cards", &cards)] {
        let begun = Instant::now();
        let output = run(&["import", kind, file.to_str().expect("a path"), "--data", &folder]);
        // The training ward's own people have some of these numbers, with certificates of their own: those rows are refused.
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8_lossy(&output.stdout);
        let refused = told.lines().filter(|line| line.contains("行目 ")).count();
        assert!(
            refused <= server::training::RESIDENTS || refused * 100 < size,
            "{refused} rows refused:\n{told}"
        );
        let taken = begun.elapsed();
        #[allow(clippy::cast_precision_loss)] // a rate of a few digits
        let rate = size as f64 / taken.as_secs_f64();
        row(
            &format!("import of {size} {kind}"),
            &format!("{:.1} s, {rate:.0} rows/s, {refused} refused", taken.as_secs_f64()),
        );
    }
    Office::start_in(data, &["--training"])
}
