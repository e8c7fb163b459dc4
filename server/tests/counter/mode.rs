//! A live office never meets the training office's cards, reader or issuer.

use server::clock::Clock;
use server::data_dir::DataDir;
use server::office::{Mode, Office};
use server::stations;
use server::store;

/// A simulated reader in a live office's database is no reader, and no virtual card can be laid.
#[tokio::test(flavor = "multi_thread")]
async fn a_live_office_has_no_simulated_reader() {
    let directory = tempfile::tempdir().unwrap();
    let data = DataDir::open(directory.path()).unwrap();
    let office = Office::open(data, Some(Mode::Live), Clock::real()).await.unwrap();
    let mut tx = office.store().write().await.unwrap();
    let id = store::stations::add(&mut tx, "1番窓口", "simulated", None, "relay").await.unwrap();
    tx.commit().await.unwrap();
    let station = stations::at(&office, id).await.unwrap();
    assert!(station.table().is_none());
    let refused = stations::training::lay_sample(&office, id, "renewable").await.unwrap_err();
    assert!(refused.to_string().contains("本番"), "{refused}");
    assert!(!directory.path().join("virtual-cards").exists());
}
