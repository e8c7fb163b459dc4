//! What is wrong is said in words: no service, no reader, no card.

use office_tests::namespace;
use office_tests::office::run;
use office_tests::reader_service::{READER, ReaderService};

fn said(arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(arguments);
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Each trouble has its own sentence, and exit code 2.
#[test]
fn troubles_have_words() {
    namespace::run("service::troubles_have_words", || {
        let (code, words) = said(&["card", "list"]);
        assert_eq!(code, Some(2));
        assert!(words.contains("pcscd"), "{words}");
        let service = ReaderService::start();
        let list = run(&["card", "list", "--json"]);
        assert!(list.status.success());
        assert!(String::from_utf8_lossy(&list.stdout).contains(READER));
        let (code, words) = said(&["card", "status", "--reader", READER]);
        assert_eq!(code, Some(2));
        assert!(words.contains("カード"), "{words}");
        let (code, words) = said(&["card", "status", "--reader", "どこにもないリーダ"]);
        assert_eq!(code, Some(2));
        assert!(words.contains("どこにもないリーダ"), "{words}");
        drop(service);
        assert_eq!(said(&["card", "list"]).0, Some(2));
    });
}
