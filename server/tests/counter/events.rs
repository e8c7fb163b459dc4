//! The reader chip follows the reader, and lets go when the office closes.

use crate::support::Ward;
use futures_util::StreamExt as _;

/// A card that is laid is told with its person; when the office closes the stream ends.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_told_and_the_stream_ends() {
    let ward = Ward::open().await;
    let clerk = ward.log_in("sato", 1).await;
    let mut events = clerk.listen("/station/events").await;
    let first = events.next().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("\"state\":\"empty\""));
    ward.lay(1, "renewable").await;
    let person = format!("/residents/{}", ward.resident("renewable"));
    loop {
        let event = events.next().await.unwrap().unwrap();
        if String::from_utf8_lossy(&event).contains(&person) {
            break;
        }
    }
    ward.office.stations().stop();
    assert!(events.next().await.is_none());
}
