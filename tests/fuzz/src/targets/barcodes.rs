//! Addresses as registered: a customer barcode of 67 bars, or a sentence.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::barcode::customer_barcode;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (postal_code, address) = text.split_once('\n').unwrap_or(("115-0045", text));
    match customer_barcode(postal_code, address) {
        Ok(code) => {
            assert_eq!(code.bars.len(), 67);
            assert!(code.bars.bytes().all(|bar| matches!(bar, b'1'..=b'4')));
            assert!(code.digits.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{}", code.digits);
        }
        Err(error) => assert!(error.sentence().ends_with('。'), "{}", error.sentence()),
    }
});
