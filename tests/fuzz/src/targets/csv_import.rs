//! Files of residents and cards, in any encoding: every row is taken or refused with one sentence, and a refused file
//! says why.
#![no_main]

use libfuzzer_sys::fuzz_target;
use server::error::Error;
use server::import::cards::CardRecord;
use server::import::reader::{FromRow, read_source};
use server::store::residents::Resident;
use std::path::Path;
use tokio::sync::mpsc;

fuzz_target!(|data: &[u8]| {
    let Some((what, file)) = data.split_first() else { return };
    if what & 1 == 0 { read::<Resident>(file) } else { read::<CardRecord>(file) }
});

fn read<T: FromRow>(file: &[u8]) {
    let (to, mut from) = mpsc::channel(64);
    let path = Path::new("fuzz.csv");
    match read_source::<T, _>(file, file.len() as u64, path, fuzz::today(), &to) {
        Ok(ending) => assert_eq!(ending.sha256.len(), 64),
        Err(Error::Refused(refusal)) => assert!(refusal.sentence.ends_with('。'), "{refusal}"),
        Err(Error::Internal(details)) => panic!("a file is no fault of ours: {details}"),
    }
    drop(to);
    while let Ok(batch) = from.try_recv() {
        for refused in &batch.refused {
            assert!(refused.row > 1 && !refused.column.is_empty(), "{refused:?}");
            assert!(refused.sentence.ends_with('。'), "{refused:?}");
        }
    }
}
