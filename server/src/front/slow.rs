//! Bodies that come too slowly: somebody who sends a byte a minute must not hold a connection for hours.

use axum::BoxError;
use axum::body::{Body, Bytes};
use futures_util::{StreamExt as _, stream};
use std::io;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The longest between two pieces of a body.
const BETWEEN: Duration = Duration::from_secs(10);
/// The longest for a whole form.
pub const FORM: Duration = Duration::from_secs(30);
/// The longest for a whole file: two gigabytes over an office's network.
pub const FILE: Duration = Duration::from_mins(30);

/// The same body, which ends in an error when it takes longer than `whole`, or stands still.
pub fn in_time(body: Body, whole: Duration) -> Body {
    within(body, whole, BETWEEN)
}

fn within(body: Body, whole: Duration, between: Duration) -> Body {
    let end = Instant::now() + whole;
    Body::from_stream(stream::unfold(Some(body.into_data_stream()), move |pieces| async move {
        let mut pieces = pieces?;
        match timeout_at(end.min(Instant::now() + between), pieces.next()).await {
            Ok(None) => None,
            Ok(Some(Ok(piece))) => Some((Ok::<Bytes, BoxError>(piece), Some(pieces))),
            Ok(Some(Err(error))) => Some((Err(error.into()), None)),
            Err(_) => Some((Err(io::Error::from(io::ErrorKind::TimedOut).into()), None)),
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    const TICK: Duration = Duration::from_millis(20);

    fn dripping(every: Duration, pieces: usize) -> Body {
        Body::from_stream(stream::unfold(0, move |sent| async move {
            tokio::time::sleep(every).await;
            (sent < pieces).then(|| (Ok::<_, io::Error>(Bytes::from_static(b"a")), sent + 1))
        }))
    }

    /// A body in time arrives whole; one that stands still, or drips for ever, ends in an error and never looks whole.
    #[tokio::test]
    async fn ends_what_never_ends() {
        let whole = to_bytes(within(dripping(TICK, 5), TICK * 1000, TICK * 500), 100).await.unwrap();
        assert_eq!(&whole[..], b"aaaaa");
        assert!(to_bytes(within(dripping(TICK * 500, 2), TICK * 1000, TICK), 100).await.is_err());
        assert!(to_bytes(within(dripping(TICK, 5000), TICK * 10, TICK * 500), 100_000).await.is_err());
    }
}
