//! The renewal at a real PC/SC reader: pcscd is the service, vpcd the reader, the program the card.

use card::virtual_card::profiles;
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::namespace;
use office_tests::office::{Office, run};
use office_tests::reader_service::{READER, ReaderService, VirtualCard, wait_for};
use serde_json::Value;

/// The training account of a role.
pub(crate) fn account(role: &str) -> String {
    let label = rules::case_states::Role::from_code(role).unwrap().label();
    server::training::accounts().into_iter().find(|account| account.role == label).unwrap().login
}

/// Gives the first counter the real reader, as its administrator would.
pub(crate) async fn use_real_reader(office: &Office) {
    let administrator = Clerk::log_in(office.address(), &account("administrator")).await;
    let fields = [
        ("name_1", "1番窓口"),
        ("reader_kind_1", "pcsc"),
        ("reader_name_1", READER),
        ("update_path_1", "relay"),
    ];
    let page = administrator.submit("/settings/stations", "/settings/stations/1", &fields).await;
    assert_eq!(page.status.as_u16(), 303, "{}", page.text);
}

fn expiry_on_card() -> String {
    let output = run(&["card", "status", "--reader", READER, "--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    report["authentication"]["expires"].as_str().expect("a day").to_owned()
}

/// From the card on the reader to the card handed back; what the card says afterwards is what was predicted.
#[test]
fn renews_a_card_from_reception_to_hand_over() {
    namespace::run("renewal::renews_a_card_from_reception_to_hand_over", || {
        let _service = ReaderService::start();
        let today = office_tests::office::today();
        let person = profiles::find("renewable", today).expect("the profile");
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let office = Office::training();
            use_real_reader(&office).await;
            let clerk = Clerk::log_in(office.address(), &account("clerk")).await;
            Journey::open_pad(&clerk).await;
            let _card = VirtualCard::put_on("renewable", None);
            let resident = format!("/residents/{}", person.resident_number);
            Journey::until(&clerk, &resident, "リーダのカードと同じです").await;
            let before = {
                wait_for("the card", || run(&["card", "status", "--reader", READER]).status.success());
                expiry_on_card()
            };
            let case = Journey::open(&clerk, &person.resident_number, "renewal").await;
            case.identify_and_apply(false).await;
            case.enter_right_pins().await;
            let result = case.update().await;
            let after = expiry_on_card();
            assert!(after > before, "{before} → {after}");
            let new = rules::wareki::long(after.parse().unwrap());
            assert!(result.text.contains(&new), "the page says what the card says: {new}");
            let copy = clerk.bytes(&format!("{}/certificate-copy.pdf", case.case)).await;
            assert!(copy.starts_with(b"%PDF-"));
            case.hand_over().await;
            let page = clerk.get(&resident).await;
            assert!(page.text.contains(&new), "the register says what the card says");
        });
    });
}
