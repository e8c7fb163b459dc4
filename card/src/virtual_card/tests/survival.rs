//! What the card remembers when the process is gone from one moment to the next.

use super::*;

/// Each change is in the file before the answer is out: a second card on the same file sees it.
#[test]
fn what_was_answered_is_on_disk() {
    let mut sample = sample("renewable");
    sample.send(SELECT_JPKI);
    let left = |path: &std::path::Path| {
        let mut card = VirtualCard::open(path).expect("the file is whole");
        card.power_on();
        card.transmit(&crate::hex::decode("00A4040C0AD392F000260100000001").expect("hex"));
        crate::hex::encode(&card.transmit(&[0x00, 0x20, 0x00, 0x98]))
    };
    for answer in ["63C2", "63C1"] {
        assert_eq!(sample.send("002000980439393939"), answer);
        assert_eq!(left(&sample.path), answer);
    }
    assert_eq!(sample.send("002000980431313131"), "9000");
    assert_eq!(left(&sample.path), "63C3");
}

/// Two powered cards on one file never give the same challenge twice in a row of restarts.
#[test]
fn random_numbers_do_not_repeat_after_a_restart() {
    let mut sample = sample("renewable");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..3 {
        assert!(seen.insert(sample.send("0084000010")));
        sample.card = VirtualCard::open(&sample.path).expect("the file");
        sample.card.power_on();
    }
}

/// A half-written new file beside the old one, as a kill leaves it, does no harm.
#[test]
fn a_torn_write_leaves_the_old_state() {
    let sample = sample("renewable");
    let mut torn = sample.path.clone().into_os_string();
    torn.push(".new");
    std::fs::write(torn, b"{\"note\":\"TRAI").expect("written");
    assert!(VirtualCard::open(&sample.path).is_ok());
}

/// A write that fails changes nothing, and the card says so.
#[test]
fn a_failed_write_is_a_memory_error_and_spends_no_try() {
    let mut sample = sample("renewable");
    sample.send(SELECT_JPKI);
    let directory = sample.path.parent().expect("a directory").to_owned();
    let aside = directory.with_extension("aside");
    std::fs::rename(&directory, &aside).expect("moved away");
    assert_eq!(sample.send("002000980439393939"), "6581");
    std::fs::rename(&aside, &directory).expect("moved back");
    assert_eq!(sample.send("00200098"), "63C3");
}

#[test]
fn files_that_are_no_card_are_refused_with_a_sentence() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("card.json");
    let missing = VirtualCard::open(&path).expect_err("missing").to_string();
    assert!(missing.contains("card.json") && missing.contains("扱えません"));
    std::fs::write(&path, b"{}").expect("written");
    assert!(matches!(VirtualCard::open(&path), Err(VirtualCardError::Damaged { .. })));
    let mut person = profiles::find("renewable", today()).expect("a profile").person;
    person.card_number = "12345".to_owned();
    assert!(matches!(VirtualCard::create(&path, &person, now()), Err(VirtualCardError::Person(_))));
}

#[test]
fn the_file_says_that_it_is_training() {
    let sample = sample("renewable");
    let text = std::fs::read_to_string(&sample.path).expect("text");
    assert!(text.starts_with("{\"note\":\"TRAINING."));
    assert!(!format!("{:?}", sample.card).contains("TRAIN123"));
}
