//! What is typed into the search field: a birth date, words in every way of joining them, a number of a case or paper.
#![no_main]

use libfuzzer_sys::fuzz_target;
use server::counter::search::question::{document_number, reception_number, understand, ways_of_joining};
use server::store::search::Prefix;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let text: String = text.chars().take(200).collect();
    let question = understand(&text);
    assert!(question.words.len() <= 5);
    let ways = ways_of_joining(&question.words);
    assert!(ways.len() <= 16);
    for way in &ways {
        assert_eq!(way.concat(), question.words.concat(), "joining loses nothing");
    }
    for word in &question.words {
        drop(Prefix::new(word));
    }
    if let Some(number) = reception_number(&text) {
        assert_eq!(reception_number(&number), Some(number));
    }
    assert!(document_number(&text).is_none_or(|number| number > 0));
});
