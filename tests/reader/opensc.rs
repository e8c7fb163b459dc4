//! OpenSC as a second opinion: what it says of a card, we say too.

use card::readers::{PcscWatcher, Reader, Sight};
use card::virtual_card::{Defect, TRAINING_AUTHENTICATION_PIN, TRAINING_SIGNATURE_PIN, profiles};
use office_tests::namespace;
use office_tests::office::run;
use office_tests::reader_service::{READER, ReaderService, VirtualCard, wait_for};
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
            drop(card);
            // vpcd takes the next card only after pcscd has seen this one go.
            wait_for("the reader to be empty", || reader.sight() == Sight::Empty);
        }
    });
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

/// Both keys sign through OpenSC, and openssl verifies the signatures with the certificates.
#[test]
fn signs_with_both_keys() {
    namespace::run("opensc::signs_with_both_keys", || {
        let _service = ReaderService::start();
        let _card = VirtualCard::put_on("renewable", None);
        status();
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        fs::write(file("text"), "窓口の試し書きです。").unwrap();
        openssl(&["dgst", "-sha256", "-binary", "-out", path(&file("digest")), path(&file("text"))]);
        let keys = [("01", "1", "1", TRAINING_AUTHENTICATION_PIN), ("02", "2", "2", TRAINING_SIGNATURE_PIN)];
        for (key, certificate, auth_id, pin) in keys {
            let read =
                ["--read-certificate", certificate, "--verify-pin", "--auth-id", auth_id, "--pin", pin];
            let pem = tool("pkcs15-tool", &read);
            assert!(pem.status.success(), "{key}: {}", text(&pem));
            let pem_text = text(&pem);
            let begin = pem_text.find("-----BEGIN").expect("a certificate");
            fs::write(file("cert"), &pem_text[begin..]).unwrap();
            let public = openssl(&["x509", "-in", path(&file("cert")), "-noout", "-pubkey"]);
            fs::write(file("public"), public).unwrap();
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
            let verified = openssl(&[
                "dgst",
                "-sha256",
                "-verify",
                path(&file("public")),
                "-signature",
                path(&signature),
                path(&file("text")),
            ]);
            assert!(verified.contains("Verified OK"), "{key}: {verified}");
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
