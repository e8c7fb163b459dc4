//! What a scanner types: a letter's code, a reply form's, or nothing of ours.
#![no_main]

use forms::code::{of_reply, scanned, token};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(random) = <[u8; 16]>::try_from(data) {
        let token = token(random);
        assert_eq!(scanned(&token).map(|code| (code.token, code.reply)), Some((token.clone(), false)));
        assert_eq!(scanned(&of_reply(&token)).map(|code| (code.token, code.reply)), Some((token, true)));
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Some(code) = scanned(text) {
        assert!(code.token.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{code:?}");
        assert!(matches!(code.token.len(), 26 | 32));
    }
});
