//! The bodies of forms: fields or a refusal, and a token that is held against the session's.
#![no_main]

use libfuzzer_sys::fuzz_target;
use server::error::Error;
use server::routes::form::{check_token, parse};
use std::collections::HashMap;

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

fuzz_target!(|data: &[u8]| {
    let pairs = parse::<Vec<(String, String)>>(data);
    match &pairs {
        Ok(_) => {}
        Err(Error::Refused(refusal)) => assert_eq!(refusal.status, 422),
        Err(Error::Internal(details)) => panic!("{details}"),
    }
    drop(parse::<HashMap<String, Vec<String>>>(data));
    if check_token(data, TOKEN).is_ok() {
        let pairs = pairs.expect("a form with a token is a form");
        assert!(pairs.contains(&("csrf".to_owned(), TOKEN.to_owned())));
    }
});
