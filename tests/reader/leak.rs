//! Where PINs and passwords are after a whole journey: nowhere.
//!
//! The card is a program of its own here, behind the reader service, so that the office is the only place to look at.

use crate::renewal::{account, use_real_reader};
use card::virtual_card::{CardPins, VirtualCard as Chip, profiles};
use office_tests::clerk::{Clerk, Page};
use office_tests::journey::Journey;
use office_tests::marked::{Marked, files, in_files, in_memory, proc_of};
use office_tests::namespace;
use office_tests::office::{Office, run, today};
use office_tests::reader_service::{ReaderService, VirtualCard};
use server::clock::Clock;
use server::rng::Rng;
use std::path::Path;
use std::process::Command;

/// What is typed, made anew for each run.
struct Secrets {
    signature: String,
    wrong: String,
    new_signature: String,
    authentication: String,
    resident_register: String,
    new_card_entry: String,
    first_password: String,
    password: String,
    wrong_password: String,
}

impl Secrets {
    fn fresh() -> Self {
        let token = || Rng.token().to_uppercase();
        let signature = || format!("ZQ{}", &token()[..14]);
        // Not easily guessed: neither a date nor one digit four times.
        let digits = || format!("{}", 7050 + u32::from(Rng.bytes::<1>()[0]) * 11 + 3);
        let (authentication, mut resident_register, mut new_card_entry) = (digits(), digits(), digits());
        while resident_register == authentication {
            resident_register = digits();
        }
        while [&authentication, &resident_register].contains(&&new_card_entry) {
            new_card_entry = digits();
        }
        Self {
            signature: signature(),
            wrong: signature(),
            new_signature: signature(),
            authentication,
            resident_register,
            new_card_entry,
            first_password: format!("first-{}", Rng.token()),
            password: format!("marked-{}", Rng.token()),
            wrong_password: format!("wrong-{}", Rng.token()),
        }
    }

    fn marked(&self) -> Vec<Marked> {
        vec![
            Marked::long("the signature PIN", &self.signature),
            Marked::long("a wrong signature PIN", &self.wrong),
            Marked::long("the new signature PIN", &self.new_signature),
            Marked::digits("the authentication PIN", "authentication", &self.authentication),
            Marked::digits("the resident-register PIN", "resident_register", &self.resident_register),
            Marked::digits("the new card-entry PIN", "new_card_entry", &self.new_card_entry),
            Marked::long("the first password", &self.first_password),
            Marked::long("the password", &self.password),
            Marked::long("a wrong password", &self.wrong_password),
        ]
    }
}

/// A clerk who changes the first password for one of their own; the first try is wrong.
async fn clerk_with_password(office: &Office, secrets: &Secrets) -> Clerk {
    let administrator = Clerk::log_in(office.address(), &account("administrator")).await;
    let fields = [
        ("login", "mihon"),
        ("name", "見本 職員"),
        ("role", "clerk"),
        ("password", secrets.first_password.as_str()),
    ];
    let added = administrator.submit("/settings/staff", "/settings/staff", &fields).await;
    assert_eq!(added.status.as_u16(), 303, "{}", added.text);
    let clerk = Clerk::nobody(office.address());
    let log_in = async |password: &str| {
        clerk.send("/login", &[("login", "mihon"), ("password", password), ("station", "1")]).await
    };
    assert_eq!(log_in(&secrets.wrong_password).await.status.as_u16(), 422);
    moved(&log_in(&secrets.first_password).await);
    let own = [("current", secrets.first_password.as_str()), ("new", secrets.password.as_str())];
    moved(&clerk.submit("/password", "/password", &own).await);
    moved(&log_in(&secrets.password).await);
    clerk
}

fn moved(page: &Page) {
    assert_eq!(page.status.as_u16(), 303, "{}", page.text);
}

/// A renewal with a PIN set anew, and then a PIN changed, with a mistake on the way; returns the case.
async fn journey<'a>(
    office: &Office,
    clerk: &'a Clerk,
    secrets: &Secrets,
    pages: &mut Vec<Page>,
) -> Journey<'a> {
    let person = profiles::find("renewable", today()).expect("the profile");
    let resident = format!("/residents/{}", person.resident_number);
    Journey::until(clerk, &resident, "リーダのカードと同じです").await;
    let wish = [
        ("procedure", "renewal"),
        ("procedure", "pin_reset"),
        ("procedure", "pin_change"),
        ("applicant", "principal"),
        ("reset", "card_entry"),
        ("change", "signature"),
    ];
    let opened = clerk.submit(&format!("{resident}/reception"), &format!("{resident}/cases"), &wish).await;
    moved(&opened);
    let case = Journey::at(clerk, &opened.location.expect("a case"));
    let papers = [("documents", "individual_number_card"), ("documents", "driving_licence")];
    moved(&case.step("identity", &papers).await);
    moved(&case.step("application", &[]).await);
    moved(&case.step("pins", &[]).await);
    Journey::until(clerk, "/pinpad", "action=\"/pinpad/pins\"").await;
    let mut typed = vec![
        ("signature", secrets.wrong.as_str()),
        ("authentication", &secrets.authentication),
        ("resident_register", &secrets.resident_register),
        ("new_card_entry", &secrets.new_card_entry),
        ("again_card_entry", &secrets.new_card_entry),
    ];
    let wrong = clerk.submit("/pinpad", "/pinpad/pins", &typed).await;
    assert_eq!(wrong.status.as_u16(), 422, "{}", wrong.text);
    pages.extend([wrong, clerk.get("/pinpad").await, case.page().await]);
    typed[0].1 = &secrets.signature;
    moved(&clerk.submit("/pinpad", "/pinpad/pins", &typed).await);
    Journey::until(clerk, &case.case, &format!("action=\"{}/update\"", case.case)).await;
    // While the office holds them for the card, they are where they have to be. A search that saw nothing here would
    // see nothing anywhere.
    let held = in_memory(office.process(), &[Marked::long("held", &secrets.signature)]);
    assert!(!held.is_empty(), "the search finds a PIN that is there");
    moved(&case.step("update", &[]).await);
    pages.push(Journey::until(clerk, &case.case, &format!("action=\"{}/next-work\"", case.case)).await);
    moved(&case.step("next-work", &[]).await);
    moved(&case.step("pins", &[]).await);
    Journey::until(clerk, "/pinpad", "name=\"new_signature\"").await;
    let typed = [
        ("signature", secrets.signature.as_str()),
        ("new_signature", &secrets.new_signature),
        ("again_signature", &secrets.new_signature),
    ];
    moved(&clerk.submit("/pinpad", "/pinpad/pins", &typed).await);
    Journey::until(clerk, &case.case, &format!("action=\"{}/update\"", case.case)).await;
    pages.push(case.update().await);
    case
}

/// The words of a PDF.
fn words_of(pdf: &[u8], folder: &Path) -> Vec<u8> {
    let file = folder.join("paper.pdf");
    std::fs::write(&file, pdf).expect("written");
    Command::new("pdftotext").arg(&file).arg("-").output().expect("pdftotext is installed").stdout
}

fn search_everywhere(options: &[&str], test: &str) {
    namespace::run(test, || {
        let (secrets, folder) = (Secrets::fresh(), tempfile::tempdir().unwrap());
        let _service = ReaderService::start();
        let mut person = profiles::find("renewable", today()).expect("the profile").person;
        person.pins = CardPins {
            signature: secrets.signature.clone(),
            authentication: secrets.authentication.clone(),
            resident_register: secrets.resident_register.clone(),
            card_entry: person.pins.card_entry.clone(),
        };
        let state = folder.path().join("card.json");
        drop(Chip::create(&state, &person, Clock::starting(today()).now()).expect("a card"));
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let office = Office::talkative_with(options);
            use_real_reader(&office).await;
            let clerk = clerk_with_password(&office, &secrets).await;
            Journey::open_pad(&clerk).await;
            let card = VirtualCard::put_on("renewable", Some(&state));
            let mut pages = Vec::new();
            let case = journey(&office, &clerk, &secrets, &mut pages).await;
            let mut seen: Vec<Vec<u8>> = Vec::new();
            for paper in ["application", "pin-application", "receipt", "slip", "certificate-copy"] {
                let pdf = clerk.bytes(&format!("{}/{paper}.pdf", case.case)).await;
                seen.extend([words_of(&pdf, folder.path()), pdf]);
            }
            pages.push(case.hand_over().await);
            for path in ["/", "/pinpad", "/search?q=%E8%A6%8B%E6%9C%AC", &case.case] {
                pages.push(clerk.get(path).await);
            }
            pages.push(Clerk::log_in(office.address(), &account("auditor")).await.get("/audit").await);
            drop(card);
            let changed = std::fs::read_to_string(&state).unwrap();
            assert!(changed.contains(&secrets.new_signature), "the card knows what was typed");
            seen.extend(pages.into_iter().map(|page| page.text.into_bytes()));
            let log = office.log();
            assert!(log.contains("TRACE"), "the program said all it can: {log}");
            seen.push(log.into_bytes());
            let secrets = secrets.marked();
            let mut hits: Vec<String> =
                seen.iter().flat_map(|bytes| secrets.iter().flat_map(|secret| secret.hits(bytes))).collect();
            // Database, its log of writes and its shared memory, files for the print room, whatever was put aside.
            let names: Vec<_> = files(office.data()).iter().map(|file| file.display().to_string()).collect();
            for wanted in ["office.db", "office.db-wal", "office.db-shm"] {
                assert!(names.iter().any(|name| name.ends_with(wanted)), "{names:?}");
            }
            hits.extend(in_files(office.data(), &secrets));
            let copy = folder.path().join("copy");
            let made = run(&["backup", copy.to_str().unwrap(), "--data", office.data().to_str().unwrap()]);
            assert!(made.status.success());
            hits.extend(in_files(&copy, &secrets));
            hits.extend(in_memory(office.process(), &secrets));
            assert!(hits.is_empty(), "{} hits:\n{}", hits.len(), hits.join("\n"));
            let limits = std::fs::read_to_string(proc_of(office.process()).join("limits")).unwrap();
            let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
            assert_eq!(
                core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(),
                ["1", "1"],
                "no core is ever written"
            );
        });
    });
}

/// After a journey in which everything was typed that can be typed, no secret is left: not in the database and its log,
/// the program's log, papers, pages, copies, files put aside, nor in the memory of the program that still runs.
#[test]
fn no_secret_is_left_anywhere() {
    search_everywhere(&["--training"], "leak::no_secret_is_left_anywhere");
}
