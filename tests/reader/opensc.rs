//! OpenSC as a second opinion: what it says of a card, we say too.

use card::pins::{Consent, PinValue};
use card::readers::{PcscWatcher, Reader, Sight};
use card::virtual_card::{CardPerson, Defect, TRAINING_AUTHENTICATION_PIN, TRAINING_SIGNATURE_PIN, profiles};
use office_tests::namespace;
use office_tests::office::run;
use office_tests::reader_service::{READER, ReaderService, VirtualCard, wait_for};
use rules::kinds::CertificateKind;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn tool(program: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).output();
    output.unwrap_or_else(|_| panic!("{program} is installed (opensc, openssl)"))
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What our own command says of the card on the reader, once it is there.
fn status() -> Value {
    wait_for(
        "the card",
        || matches!(run(&["card", "list", "--json"]), list if text(&list).contains("card_present")),
    );
    let output = run(&["card", "status", "--reader", READER, "--json"]);
    assert!(output.status.success(), "{}", text(&output));
    serde_json::from_slice(&output.stdout).expect("a report in JSON")
}

fn tries(report: &Value, kind: &str) -> u64 {
    let pins = report["pins"].as_array().expect("the PINs");
    pins.iter().find(|pin| pin["kind"] == kind).and_then(|pin| pin["left"].as_u64()).expect("tries left")
}

/// The tries that OpenSC's list of PINs names, authentication first.
fn tries_by_opensc() -> Vec<u64> {
    let output = tool("pkcs15-tool", &["--list-pins"]);
    assert!(output.status.success(), "{}", text(&output));
    let lines = text(&output);
    let left = lines.lines().filter(|line| line.contains("Tries left"));
    left.map(|line| line.rsplit(':').next().unwrap().trim().parse().unwrap()).collect()
}

/// For every sample card: the same certificate and the same tries.
#[test]
fn agrees_with_us_on_every_profile() {
    namespace::run("opensc::agrees_with_us_on_every_profile", || {
        let _service = ReaderService::start();
        let watcher = PcscWatcher::start().expect("a watching thread");
        let reader = watcher.reader(READER);
        let today = office_tests::office::today();
        let readable =
            profiles::all(today).into_iter().filter(|profile| profile.person.defect == Defect::None);
        for profile in readable {
            let name = profile.name;
            let card = VirtualCard::put_on(name, None);
            wait_for(name, || matches!(reader.sight(), Sight::CardPresent { .. }));
            let report = status();
            assert_eq!(report["card"]["card_number"], profile.person.card_number.as_str(), "{name}");
            let ours = [tries(&report, "authentication"), tries(&report, "signature")];
            assert_eq!(tries_by_opensc(), ours, "{name}");
            if let Some(der) = report["authentication"]["der"].as_str() {
                let pem = tool("pkcs15-tool", &["--read-certificate", "1"]);
                assert!(pem.status.success(), "{name}: {}", text(&pem));
                assert_eq!(der_of(&pem.stdout), der.to_lowercase(), "{name}");
            }
            same_signature_certificate(&profile.person, &ours, name);
            for authority in ["3", "4"] {
                let read = tool("pkcs15-tool", &["--read-certificate", authority]);
                assert!(read.status.success(), "{name}, {authority}: {}", text(&read));
            }
            let dump = tool("pkcs15-tool", &["--dump"]);
            assert!(dump.status.success(), "{name}: {}", text(&dump));
            drop(card);
            // vpcd takes the next card only after pcscd has seen this one go.
            wait_for("the reader to be empty", || reader.sight() == Sight::Empty);
        }
    });
}

/// Behind its PIN, OpenSC and we read the same signature certificate, or neither of us does.
fn same_signature_certificate(person: &CardPerson, tries: &[u64; 2], name: &str) {
    let read = ["--read-certificate", "2", "--verify-pin", "--auth-id", "2", "--pin", TRAINING_SIGNATURE_PIN];
    let theirs = tool("pkcs15-tool", &read);
    let mut link = card::readers::pcsc::connect(READER).expect("the card");
    let pin = PinValue::new(TRAINING_SIGNATURE_PIN.to_owned());
    let ours = card::read::read_signature_certificate(&mut *link, &pin, Consent::LastTryAgreed);
    if tries[1] == 0 || person.certificate(CertificateKind::Signature).is_none() {
        assert!(ours.is_err(), "{name}");
        assert!(!text(&theirs).contains("-----BEGIN"), "{name}: {}", text(&theirs));
        return;
    }
    let pem = text(&theirs);
    let begin = pem.find("-----BEGIN").unwrap_or_else(|| panic!("{name}: {pem}"));
    let ours = ours.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(der_of(&pem.as_bytes()[begin..]), server::rng::hex(&ours.der), "{name}");
}

/// The base64 of a PEM file as lower-case hexadecimal DER.
fn der_of(pem: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("c.pem"), folder.path().join("c.der"));
    fs::write(&from, pem).unwrap();
    openssl(&["x509", "-in", path(&from), "-outform", "DER", "-out", path(&to)]);
    server::rng::hex(&fs::read(&to).unwrap())
}

fn openssl(arguments: &[&str]) -> String {
    let output = tool("openssl", arguments);
    assert!(output.status.success(), "openssl {arguments:?}: {}", text(&output));
    text(&output)
}

fn path(file: &Path) -> &str {
    file.to_str().expect("a path in UTF-8")
}

/// Writes what is to be signed to the file `text` of the folder, and its digest to `digest`.
fn write_text(folder: &Path) {
    let [signed, digest] = ["text", "digest"].map(|name| folder.join(name));
    fs::write(&signed, "窓口の試し書きです。").unwrap();
    openssl(&["dgst", "-sha256", "-binary", "-out", path(&digest), path(&signed)]);
}

/// Reads a certificate through OpenSC and writes its key to the file `public` of the folder.
fn write_public_key(certificate: &str, auth_id: &str, pin: &str, folder: &Path) {
    let read = ["--read-certificate", certificate, "--verify-pin", "--auth-id", auth_id, "--pin", pin];
    let output = tool("pkcs15-tool", &read);
    assert!(output.status.success(), "{certificate}: {}", text(&output));
    let pem = text(&output);
    let file = folder.join("cert");
    fs::write(&file, &pem[pem.find("-----BEGIN").expect("a certificate")..]).unwrap();
    fs::write(folder.join("public"), openssl(&["x509", "-in", path(&file), "-noout", "-pubkey"])).unwrap();
}

/// Whether openssl takes the file `signature` for the signature of the file `text` by that key.
fn verified(folder: &Path) -> bool {
    let [public, signature, signed] = ["public", "signature", "text"].map(|name| folder.join(name));
    let files = ["-verify", path(&public), "-signature", path(&signature), path(&signed)];
    openssl(&[&["dgst", "-sha256"][..], &files].concat()).contains("Verified OK")
}

/// Both keys sign through OpenSC, and openssl verifies the signatures with the certificates.
#[test]
fn signs_with_both_keys() {
    namespace::run("opensc::signs_with_both_keys", || {
        let _service = ReaderService::start();
        let _card = VirtualCard::put_on("renewable", None);
        status();
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        write_text(folder.path());
        let keys = [("01", "1", "1", TRAINING_AUTHENTICATION_PIN), ("02", "2", "2", TRAINING_SIGNATURE_PIN)];
        for (key, certificate, auth_id, pin) in keys {
            write_public_key(certificate, auth_id, pin, folder.path());
            let (digest, signature) = (file("digest"), file("signature"));
            let sign = [
                "--sign",
                "--pkcs1",
                "--sha-256",
                "--key",
                key,
                "--pin",
                pin,
                "--raw",
                "-i",
                path(&digest),
                "-o",
            ];
            let signed = tool("pkcs15-crypt", &[&sign[..], &[path(&signature)]].concat());
            assert!(signed.status.success(), "{key}: {}", text(&signed));
            assert!(verified(folder.path()), "{key}");
        }
    });
}

/// A wrong PIN costs a try; the right one gives the tries back; three wrong ones lock.
#[test]
fn counts_wrong_pins_as_we_do() {
    namespace::run("opensc::counts_wrong_pins_as_we_do", || {
        let _service = ReaderService::start();
        let _card = VirtualCard::put_on("renewable", None);
        assert_eq!(tries(&status(), "authentication"), 3);
        let verify = |pin| tool("pkcs15-tool", &["--verify-pin", "--auth-id", "1", "--pin", pin]);
        assert!(!verify("9999").status.success());
        assert_eq!(tries(&status(), "authentication"), 2);
        assert!(verify(TRAINING_AUTHENTICATION_PIN).status.success());
        assert_eq!(tries(&status(), "authentication"), 3);
        for _ in 0..3 {
            assert!(!verify("9999").status.success());
        }
        assert_eq!(tries(&status(), "authentication"), 0);
        assert_eq!(tries_by_opensc()[0], 0);
        assert!(!verify(TRAINING_AUTHENTICATION_PIN).status.success());
        assert!(status()["authentication"]["der"].is_string(), "a locked card still shows its certificate");
    });
}

/// Readers, name, raw commands and slots; then PKCS #11 signs with both keys and both mechanisms.
#[test]
fn signs_through_pkcs11_with_both_keys() {
    namespace::run("opensc::signs_through_pkcs11_with_both_keys", || {
        let _service = ReaderService::start();
        let _card = VirtualCard::put_on("renewable", None);
        status();
        let readers = tool("opensc-tool", &["--list-readers"]);
        assert!(text(&readers).contains(READER), "{}", text(&readers));
        let name = tool("opensc-tool", &["--name"]);
        assert!(text(&name).to_lowercase().contains("jpki"), "{}", text(&name));
        let retries = tool(
            "opensc-tool",
            &["-s", "00A4040C0AD392F000260100000001", "-s", "00A4020C020018", "-s", "00200080"],
        );
        assert!(text(&retries).contains("SW1=0x63, SW2=0xC3"), "{}", text(&retries));
        let slots = tool("pkcs11-tool", &["--list-slots"]);
        for slot in ["User Authentication PIN", "Digital Signature PIN"] {
            assert!(text(&slots).contains(slot), "{slot}: {}", text(&slots));
        }
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        write_text(folder.path());
        // DigestInfo of SHA-256 (RFC 8017, 9.2): what a caller of the bare mechanism puts before the digest.
        let mut info = vec![0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04];
        info.extend([0x02, 0x01, 0x05, 0x00, 0x04, 0x20]);
        info.extend(fs::read(file("digest")).unwrap());
        fs::write(file("info"), info).unwrap();
        let keys = [("0", "01", "1", TRAINING_AUTHENTICATION_PIN), ("1", "02", "2", TRAINING_SIGNATURE_PIN)];
        for (slot, id, auth_id, pin) in keys {
            write_public_key(auth_id, auth_id, pin, folder.path());
            for (mechanism, input) in [("SHA256-RSA-PKCS", "text"), ("RSA-PKCS", "info")] {
                let (input, signature) = (file(input), file("signature"));
                let sign =
                    ["--slot-index", slot, "--login", "--pin", pin, "--sign", "--id", id, "-m", mechanism];
                let files = ["--input-file", path(&input), "--output-file", path(&signature)];
                let signed = tool("pkcs11-tool", &[&sign[..], &files].concat());
                assert!(signed.status.success(), "{id}, {mechanism}: {}", text(&signed));
                assert!(verified(folder.path()), "{id}, {mechanism}");
            }
        }
        // PSS is a scheme of the card that OpenSC doesn't know: it refuses by itself, and no try is spent.
        let pss = ["--login", "--pin", TRAINING_AUTHENTICATION_PIN, "--sign", "--id", "01"];
        let refused = tool("pkcs11-tool", &[&pss[..], &["-m", "SHA256-RSA-PKCS-PSS"]].concat());
        assert!(!refused.status.success() || text(&refused).contains("CKR_MECHANISM_INVALID"));
        let report = status();
        assert_eq!([tries(&report, "authentication"), tries(&report, "signature")], [3, 5]);
    });
}

/// A wrong PIN through PKCS #11 costs one try of the right PIN; a locked one is refused and nothing changes.
#[test]
fn wrong_and_locked_pins_through_pkcs11() {
    namespace::run("opensc::wrong_and_locked_pins_through_pkcs11", || {
        let _service = ReaderService::start();
        let _card = VirtualCard::put_on("renewable", None);
        status();
        let login = |slot, pin| {
            tool("pkcs11-tool", &["--slot-index", slot, "--login", "--pin", pin, "--list-objects"])
        };
        for (slot, kind, wrong, right, limit) in [
            ("0", "authentication", "9999", TRAINING_AUTHENTICATION_PIN, 3),
            ("1", "signature", "WRONG999", TRAINING_SIGNATURE_PIN, 5),
        ] {
            for left in (0..limit).rev() {
                let refused = login(slot, wrong);
                assert!(!refused.status.success(), "{kind}: {}", text(&refused));
                assert_eq!(tries(&status(), kind), left, "{kind}");
            }
            let refused = login(slot, right);
            assert!(!refused.status.success(), "{kind}: locked is locked");
            assert_eq!(tries(&status(), kind), 0, "{kind}");
        }
        let verify = ["--verify-pin", "--auth-id", "2", "--pin", TRAINING_SIGNATURE_PIN];
        let refused = tool("pkcs15-tool", &verify);
        assert!(!refused.status.success() && text(&refused).contains("not usable"), "{}", text(&refused));
        assert_eq!(tries_by_opensc(), [0, 0]);
        let dump = tool("pkcs15-tool", &["--dump"]);
        assert!(dump.status.success() && text(&dump).contains("Tries left"), "{}", text(&dump));
        let public = tool("pkcs15-tool", &["--read-certificate", "1"]);
        assert!(public.status.success(), "what is free stays free: {}", text(&public));
    });
}
