//! The resident's page over the training ward.

use super::{Seen, open_suppressed, page};
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::Error;
use crate::office::{Mode, Office};
use crate::staff::visitor::Visitor;
use crate::store;
use crate::training;
use app::components::Mark;
use app::pages::resident::ResidentPage;
use rules::kinds::{ResidentStatus, Role};

async fn ward(directory: &std::path::Path) -> Office {
    let clock = Clock::starting("2026-11-24".parse().unwrap());
    let office = Office::open(DataDir::open(directory).unwrap(), Some(Mode::Training), clock).await.unwrap();
    training::open_ward(&office).await.unwrap();
    office
}

fn visitor(role: Role) -> Visitor {
    Visitor::of_role(role)
}

async fn seen(office: &Office, role: Role, number: &str) -> ResidentPage {
    match page(office, &visitor(role), number).await.unwrap() {
        Seen::Page(page) => *page,
        Seen::ReasonWanted => panic!("{number} wants a reason"),
    }
}

/// The page of everybody in the ward can be made, and agrees with itself: what is in its renewal period can be renewed
/// today or says why not, the dead are offered nothing, and every "cannot" has its reason.
#[tokio::test]
async fn everybodys_page_can_be_made() {
    let directory = tempfile::tempdir().unwrap();
    let office = ward(directory.path()).await;
    let all = training::Generator::new(20_160_104, office.clock().today()).take(600);
    let mut renewals = 0;
    for entry in all.filter(|entry| !entry.resident.suppressed) {
        let number = &entry.resident.number;
        let page = seen(&office, Role::Clerk, number).await;
        assert_eq!(page.head.name, entry.resident.name);
        assert_eq!((page.card.is_some(), page.certificates.len()), (!entry.cards.is_empty(), 2), "{number}");
        assert!(
            page.refusals.iter().all(|refusal| refusal.sentence.ends_with('。')),
            "{number}: {:?}",
            page.refusals
        );
        assert!(page.offers.iter().filter(|offer| offer.primary).count() <= 1);
        if entry.resident.status == ResidentStatus::Dead {
            assert!(page.offers.is_empty() && !page.notices.is_empty(), "{number}");
        }
        let renewal =
            page.offers.iter().any(|offer| offer.fields.iter().any(|(_, value)| value == "renewal"));
        let inside = page.certificates.iter().any(|panel| {
            panel.mark == Mark::InPeriod && panel.days.is_some_and(|days| days.renewal_from.is_some())
        });
        if renewal && inside {
            renewals += 1;
            assert!(page.offers[0].detail.contains("新しい満了日"), "{number}: {:?}", page.offers);
        }
    }
    assert!(renewals > 3, "people inside their renewal period are offered a renewal: {renewals}");
}

/// A person under support measures: a clerk is turned away without a name, a supervisor gives a reason first, and both
/// are in the trail.
#[tokio::test]
async fn support_measures_want_a_supervisor_and_a_reason() {
    let directory = tempfile::tempdir().unwrap();
    let office = ward(directory.path()).await;
    let mut all = training::Generator::new(20_160_104, office.clock().today()).take(training::RESIDENTS);
    let hidden = all.find(|entry| entry.resident.suppressed).unwrap().resident;
    let Err(Error::Refused(refusal)) = page(&office, &visitor(Role::Clerk), &hidden.number).await else {
        panic!()
    };
    assert_eq!(refusal.status, 403);
    assert!(
        !format!("{refusal:?}").contains(&hidden.name) && refusal.what_now.contains("責任者"),
        "{refusal:?}"
    );

    let supervisor = visitor(Role::Supervisor);
    assert!(matches!(page(&office, &supervisor, &hidden.number).await.unwrap(), Seen::ReasonWanted));
    assert!(
        open_suppressed(&office, &supervisor, &hidden.number, " 。").await.is_err(),
        "a reason says something"
    );
    assert!(open_suppressed(&office, &visitor(Role::Clerk), &hidden.number, "本人が来庁").await.is_err());
    open_suppressed(&office, &supervisor, &hidden.number, "本人が来庁したため").await.unwrap();
    let opened = seen(&office, Role::Supervisor, &hidden.number).await;
    assert_eq!(opened.head.name, hidden.name);
    assert!(opened.head.flags.iter().any(|flag| flag == "支援措置"));
    let trail = store::audit::newest(office.store().read(), Some(&hidden.number), 5).await.unwrap();
    assert!(
        trail.iter().any(|row| row.kind == 21 && row.sentence.contains("本人が来庁したため")),
        "{trail:?}"
    );
    assert_eq!(trail[0].kind, 20);
}

/// Looking at nobody is a clear answer.
#[tokio::test]
async fn nobody_has_no_page() {
    let directory = tempfile::tempdir().unwrap();
    let clock = Clock::starting("2026-11-24".parse().unwrap());
    let office =
        Office::open(DataDir::open(directory.path()).unwrap(), Some(Mode::Training), clock).await.unwrap();
    let Err(Error::Refused(refusal)) = page(&office, &visitor(Role::Clerk), "99").await else { panic!() };
    assert_eq!(refusal.status, 404);
}
