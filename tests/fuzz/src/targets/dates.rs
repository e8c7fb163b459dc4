//! Dates as people write them: what is understood is written and understood again, in every form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::wareki;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match wareki::parse(text) {
        Ok(date) => {
            assert_eq!(wareki::parse(&date.to_string()), Ok(date));
            assert_eq!(wareki::parse(&wareki::long(date)), Ok(date), "{}", wareki::long(date));
            assert_eq!(wareki::parse(&wareki::long_weekday(date)), Ok(date));
            assert_eq!(wareki::parse(&wareki::short(date)), Ok(date), "{}", wareki::short(date));
        }
        Err(error) => assert!(error.sentence().ends_with('。'), "{}", error.sentence()),
    }
});
