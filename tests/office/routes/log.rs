//! The log: every request is in it, and nobody's name, address or number.

use card::virtual_card::{Profile, profiles};
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::{Office, today};

/// What tells who somebody is; `words` in the forms they are written in.
fn traits_of(person: &Profile) -> Vec<String> {
    let holder = &person.person.holder;
    let mut words = vec![
        holder.name.clone(),
        holder.address.clone(),
        holder.birth.to_string(),
        rules::wareki::long(holder.birth),
        person.resident_number.clone(),
        person.person.card_number.clone(),
    ];
    words.extend(person.person.certificates.iter().map(|certificate| certificate.serial.clone()));
    words.extend(holder.name.split([' ', '\u{3000}']).map(str::to_owned));
    words.retain(|word| word.chars().count() > 1);
    words
}

/// A renewal, a proxy's request, a search, an import, refusals, wrong addresses and a page that isn't there leave nothing
/// of the people they were about in the log; every request does leave its line, with pattern, status and who.
#[tokio::test]
async fn names_nobody() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    Journey::open_pad(&clerk).await;
    let case = Journey::up_to_update(&clerk, "renewable").await;
    case.update().await;
    case.hand_over().await;
    let person = profiles::find("renewable", today()).expect("a sample person");
    let hidden = profiles::find("suppressed", today()).expect("a sample person");
    for profile in [&person, &hidden] {
        clerk.get(&format!("/residents/{}", profile.resident_number)).await;
        clerk.get(&format!("/search?q={}", profile.person.holder.name)).await;
        clerk.get(&format!("/search?q={}", profile.person.holder.birth)).await;
        clerk.get(&format!("/{}/nothing", profile.resident_number)).await;
        let form = [("csrf", "wrong"), ("reason", profile.person.holder.name.as_str())];
        clerk.send(&format!("/residents/{}/open", profile.resident_number), &form).await;
    }
    let back_office = Clerk::log_in(office.address(), "tanaka").await;
    let file = super::imports::resident("70018822", "記録 花子", "旧姓", "S60.2.3");
    super::imports::take(&back_office, "residents", &file).await;
    clerk.get("/residents/70018822").await;
    let auditor = Clerk::log_in(office.address(), "ito").await;
    auditor.get(&format!("/audit?subject={}", person.resident_number)).await;

    let log = office.log();
    for (line, why) in [
        ("path=\"/residents/{number}\" status=200", "a page"),
        ("method=POST path=\"/cases/{reception}/update\" status=303", "a form"),
        ("path=\"/residents/{number}/open\" status=403", "a refusal"),
        ("path=\"(no such page)\" status=404", "an address of no page"),
    ] {
        assert!(log.contains(line), "{why}: {line}: {log}");
    }
    let requests: Vec<&str> = log.lines().filter(|line| line.contains(" request ")).collect();
    assert!(requests.len() > 30, "{log}");
    assert!(requests.iter().filter(|line| line.contains(" staff=")).count() > 20, "{log}");
    let mut words: Vec<String> = [&person, &hidden].into_iter().flat_map(traits_of).collect();
    words.extend(["記録", "花子", "トリコミ", "旧姓", "70018822", "訓練市本町"].map(str::to_owned));
    for word in words {
        let found: Vec<&str> = log.lines().filter(|line| line.contains(&word)).collect();
        assert!(found.is_empty(), "{word} is in the log: {found:?}");
    }
}
