//! The card's answers to raw commands, right ones and wrong ones.

use super::*;

#[test]
fn unknown_applications_and_what_other_drivers_probe_for_are_refused() {
    let mut sample = sample("renewable");
    for probe in [
        "00A40400 07 627601FF000000",
        "00A40400 06 A00000000101",
        "00A40400 0B E82B0601040181C31F0201 00",
        "00A4040C 0F D23300000045737445494420763335",
        "00A40400 09 A00000030800001000 00",
        "00A4040C 07 A0000000790100",
        "00A40400 06 D27600012401",
    ] {
        assert_eq!(sample.send(probe), "6A82", "{probe}");
    }
    assert_eq!(sample.send("00CADF3005"), "6A88");
    assert_eq!(sample.send("00CB3FFF035C017E08"), "6D00");
    assert_eq!(sample.send("00A40000"), "6A86", "no master file after power-on");
    assert_eq!(sample.send("00A4020C02000A"), "6A82", "no file without an application");
    assert_eq!(sample.send("00B0000004"), "6986");
    assert_eq!(sample.send(SELECT_JPKI), "9000");
    assert_eq!(sample.send("00A40000"), "9000");
    assert_eq!(sample.send("00A40000023F00"), "6A82");
    assert_eq!(sample.send("00A404000AD392F00026010000000100"), "6F0C840AD392F0002601000000019000");
    assert_eq!(sample.send("00A4040C03D392F0"), "9000", "part of a name");
}

#[test]
fn classes_lengths_and_instructions_are_looked_at() {
    let mut sample = sample("renewable");
    sample.send(SELECT_JPKI);
    for (command, answer) in [
        ("01A4020C020006", "6881"),
        ("08B0000004", "69FC"),
        ("84B0000004", "6982"),
        ("F0A4020C020006", "6E00"),
        ("00FF0000", "6D00"),
        ("00A4", "6700"),
        ("00A4020C030006", "6700"),
        ("00A4020C0100", "6700"),
        ("00A4030C020006", "6A86"),
        ("8050000008000000000000000000", "6982"),
        ("8052000000", "6982"),
        ("80540000", "6982"),
        ("00470017", "6982"),
        ("00D60000010A", "6982"),
        ("002C0298041111", "6700"),
        ("002C02980431313131", "6982"),
        ("80FC0000", "6700"),
        ("00C0000000", "6D00"),
        ("80AE000001AA", "6982"),
    ] {
        assert_eq!(sample.send(command), answer, "{command}");
    }
}

#[test]
fn files_are_addressed_by_short_identifier_or_as_the_current_one() {
    let mut sample = sample("renewable");
    sample.send(SELECT_JPKI);
    let first = sample.send("00B08A0004");
    assert!(first.starts_with("3082") && first.ends_with("9000"));
    assert_eq!(sample.send("00B0000004"), first, "reading made it the current file");
    assert_eq!(sample.send("00A4020C02000A"), "9000");
    assert_eq!(sample.send("00B0000004"), first);
    assert_eq!(sample.send("00B08A0200").len(), 2 * (256 + 2));
    assert_eq!(sample.send("00B00000000400").len(), 2 * (1024 + 2), "extended Le");
    assert_eq!(sample.send("00B09F0004"), "6A82");
    assert_eq!(sample.send("00B0C00004"), "6A86");
    assert_eq!(sample.send("00B00000"), "6700");
    assert_eq!(sample.send("00B0080001"), "6B00", "just past the end");
    assert_eq!(sample.send("00B007FF01"), "FF9000", "the last byte is filler");
    assert_eq!(sample.send("00B007F020").len(), 2 * (16 + 2), "what is left");
    assert_eq!(sample.send("00A4020C020017"), "9000");
    assert_eq!(sample.send("00B0000004"), "6981", "a key is no transparent file");
    assert_eq!(sample.send("00A4020C020009"), "9000");
    assert_eq!(sample.send("00B0000004"), "6982");
    assert_eq!(sample.send("00A4020C02001E"), "6A82");
}

#[test]
fn the_end_of_a_file_is_answered_as_the_switch_says() {
    for (past_the_end, answer) in [
        (PastTheEnd::Warning, "FFFF6282"),
        (PastTheEnd::CorrectLength, "6C02"),
        (PastTheEnd::ShortAnswer, "FFFF9000"),
    ] {
        let mut sample = sample_with("renewable", |person| person.switches.past_the_end = past_the_end);
        sample.send(SELECT_JPKI);
        sample.send("00A4020C02000A");
        assert_eq!(sample.send("00B007FE04"), answer);
    }
}

#[test]
fn an_empty_verify_always_tells_the_tries() {
    let mut sample = sample("renewable");
    sample.send(SELECT_JPKI);
    assert_eq!(sample.send("00200080"), "6986", "no current file");
    assert_eq!(sample.send("00A4020C020018"), "9000");
    assert_eq!(sample.send("00200080"), "63C3");
    assert_eq!(sample.send("002000800431313131"), "9000");
    assert_eq!(sample.send("00200080"), "63C3", "after a success too");
    assert_eq!(sample.send("0020009B"), "63C5", "by short identifier");
    assert_eq!(sample.send("00200080"), "63C5", "which made it the current file");
    assert_eq!(sample.send("00200000"), "6A86");
    assert_eq!(sample.send("00200180"), "6A86");
    assert_eq!(sample.send("0020009F"), "6A86");
    assert_eq!(sample.send("0020008A"), "6981", "a certificate is no reference");
    for answer in ["63C2", "63C1", "63C0", "6984", "6984"] {
        assert_eq!(sample.send("002000980439393939"), answer);
    }
    assert_eq!(sample.send("002000980431313131"), "6984", "the right one is too late");
    assert_eq!(sample.send("00200098"), "63C0");
}

#[test]
fn a_pin_is_bytes_of_its_own_length() {
    let mut sample = sample("renewable");
    sample.send(SELECT_JPKI);
    // Lower case and padding are other bytes: the client has to send what the card holds.
    assert_eq!(sample.send("0020009B08 747261696E313233"), "63C4");
    assert_eq!(sample.send("0020009B10 5452 41494E313233 0000000000000000"), "63C3");
    assert_eq!(sample.send("0020009B08 545241494E313233"), "9000");
    assert_eq!(sample.send("0020009B"), "63C5");
    assert_eq!(sample.send("0024019B06 414243444546"), "9000");
    assert_eq!(sample.send("0020009808 3131313131313131"), "63C2");
    assert_eq!(sample.send("002401980431313131"), "6982", "nothing verified");
    assert_eq!(sample.send("002000980431313131"), "9000");
    assert_eq!(sample.send("00240198053131313131"), "6700");
    assert_eq!(sample.send("002401980431313141"), "6A80");
    assert_eq!(sample.send("002400980431313131"), "6A86");
    assert_eq!(sample.send("803200980431313131"), "6982", "that is another application's way");
}

#[test]
fn signing_wants_the_pin_the_key_and_the_right_length() {
    let mut sample = sample("renewable");
    sample.send(SELECT_JPKI);
    let digest = "20".to_owned() + &"AB".repeat(32) + "00";
    assert_eq!(sample.send(&format!("802A0297{digest}")), "6982");
    assert_eq!(sample.send("002000980431313131"), "9000");
    assert!(sample.send(&format!("802A0297{digest}")).ends_with("9000"));
    assert_eq!(sample.send(&format!("802A029A{digest}")), "6982", "the other key's PIN wasn't shown");
    assert_eq!(sample.send(&format!("802A0697{digest}")), "6A86");
    assert_eq!(sample.send(&format!("802A0200{digest}")), "6A86");
    assert_eq!(sample.send("802A029701AA00"), "6985");
    assert_eq!(sample.send("802A049701AA00"), "6985");
    assert_eq!(sample.send("802A0097"), "6700");
    assert_eq!(sample.send(&format!("802A0097F6{}00", "AA".repeat(246))), "6700");
    assert_eq!(sample.send(&format!("802A0297{}", &digest[..66])), "6700", "no Le");
    assert_eq!(sample.send(&format!("802A0298{digest}")), "6981", "a PIN is no key");
    // The current file as the key: SELECT, then P2 = 80.
    assert_eq!(sample.send("00A4020C020017"), "9000");
    assert!(sample.send(&format!("802A0280{digest}")).ends_with("9000"));
    assert_eq!(sample.send("0088009701AA00"), "6985");
    assert_eq!(sample.send("0088009A01AA00"), "6982");
}

#[test]
fn only_the_common_applications_key_answers_a_challenge() {
    let mut sample = sample("renewable");
    assert_eq!(sample.send(SELECT_COMMON), "9000");
    assert_eq!(sample.send("0088009905 68656C6C6F 00").len(), 2 * (256 + 2));
    assert_eq!(sample.send("80AE000001AA"), "66F1");
    let one = sample.send("0084000008");
    assert_ne!(one, sample.send("0084000008"));
    assert_eq!(one.len(), 2 * (8 + 2));
    assert_eq!(sample.send("0084000000").len(), 2 * (256 + 2));
    assert_eq!(sample.send("0084000100"), "6A86");
    assert_eq!(sample.send("00840000000100"), "6985", "not in the extended form");
    assert_eq!(sample.send("00B2010C00").len(), 2 * (30 + 2));
    assert_eq!(sample.send("00B2010500").len(), 2 * (30 + 2));
    assert_eq!(sample.send("00B2020400"), "6A83");
    assert_eq!(sample.send("00B2000400"), "6A83");
    assert_eq!(sample.send("00B0810004"), "6981");
    assert_eq!(sample.send(SELECT_JUKI), "9000");
    assert_eq!(sample.send("00B2011400").len(), 2 * (18 + 2));
    assert_eq!(sample.send("803200 9C0432323232"), "6982");
    assert_eq!(sample.send("0020009C0432323232"), "9000");
    assert_eq!(sample.send("803200 9C0434343434"), "9000");
}

#[test]
fn data_objects_belong_to_the_whole_card() {
    let mut sample = sample("renewable");
    assert_eq!(sample.send("00CA00F000"), "39393930319000");
    assert_eq!(sample.send("00CA00F800"), "6700", "too long for a short Le");
    assert!(sample.send("00CA00F8000000").ends_with("9000"));
    assert_eq!(sample.send("00CA123400"), "6A88");
    assert_eq!(sample.send("00CA5F5100"), "E000FF8131FE45149000");
    sample.send(SELECT_SURFACE);
    assert_eq!(sample.send("00CA00F000"), "6A88");
    assert_eq!(sample.send("00CA5F5100"), "E000FF8131FE45149000");
    assert_eq!(sample.send("00A4040C07A0000001510000"), "9000");
    assert_eq!(sample.send("00CA00F000"), "39393930319000");
}

const SIGNATURE_PIN_SHOWN: &str = "0020009B08 545241494E313233";
const READ_SIGNATURE_CERTIFICATE: &str = "00B0810004";

#[test]
fn a_verified_pin_outlives_a_reset_and_nothing_but_power_off_or_another_application_ends_it() {
    let mut sample = sample("renewable");
    let open = |sample: &mut Sample| sample.status(READ_SIGNATURE_CERTIFICATE) == "9000";
    sample.send(SELECT_JPKI);
    assert_eq!(sample.send(SIGNATURE_PIN_SHOWN), "9000");
    sample.send(SELECT_JPKI);
    assert!(open(&mut sample), "the same application again");
    sample.card.warm_reset();
    assert_eq!(sample.send("00A40000"), "6A86", "a reset makes the card manager current");
    sample.send(SELECT_JPKI);
    assert!(open(&mut sample), "after a reset");
    sample.send("00A4040C0A FFFFFFFFFFFFFFFFFFFF");
    assert!(open(&mut sample), "a refused selection changes nothing");
    sample.send(SELECT_COMMON);
    sample.send(SELECT_JPKI);
    assert!(!open(&mut sample), "after another application");
    assert_eq!(sample.send(SIGNATURE_PIN_SHOWN), "9000");
    sample.card.power_off();
    assert!(sample.card.transmit(&[0, 0xA4, 0, 0]).is_empty(), "no power, no answer");
    sample.card.power_on();
    sample.send(SELECT_JPKI);
    assert!(!open(&mut sample), "after power-off");
    // A wrong value takes back what the right one gave.
    assert_eq!(sample.send(SIGNATURE_PIN_SHOWN), "9000");
    assert_eq!(sample.send("0020009B04 31313131"), "63C4");
    assert!(!open(&mut sample), "after a wrong try");
}

#[test]
fn each_uncertain_behaviour_is_a_switch() {
    let mut strict = sample_with("renewable", |person| {
        person.switches = Switches {
            first_command_fails: true,
            verified_survives_warm_reset: false,
            verified_survives_reselection: false,
            verification_code_tries: 3,
            authentication_certificate_wants_pin: true,
            ..Switches::default()
        };
    });
    assert_eq!(strict.send(SELECT_JPKI), "6F00");
    assert_eq!(strict.send(SELECT_JPKI), "9000");
    assert_eq!(strict.send("00B08A0004"), "6982");
    assert_eq!(strict.send(SIGNATURE_PIN_SHOWN), "9000");
    strict.send(SELECT_JPKI);
    assert_eq!(strict.send(READ_SIGNATURE_CERTIFICATE), "6982");
    assert_eq!(strict.send("002000980431313131"), "9000");
    assert_eq!(strict.status("00B08A0004"), "9000");
    strict.card.warm_reset();
    assert_eq!(strict.send(SELECT_JPKI), "9000", "a warm reset isn't a power-up");
    assert_eq!(strict.send("00B08A0004"), "6982");
    strict.send(SELECT_TEXT);
    assert_eq!(strict.send("00200095"), "63C3");
}
