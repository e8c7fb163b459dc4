//! The words of papers, as an office edits them: taken as they stand, or each fault with its line.
#![no_main]

use forms::{Paper, Wording};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((what, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let paper = Paper::ALL[usize::from(*what) % Paper::ALL.len()];
    match Wording::parse(paper, text) {
        Ok(wording) => {
            let again = Wording::parse(paper, wording.text()).expect("what was taken is taken again");
            assert_eq!(again.id(), wording.id());
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(fault.line <= text.split('\n').count() + 1, "{fault:?}");
                assert!(fault.sentence.ends_with('。'), "{fault:?}");
            }
        }
    }
});
