//! Connections: how many, how slow, with TLS or without, and how they end.

use super::Peer;
use crate::error::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower::Service as _;

/// Open connections at once. A desk has six at most, so this is a hundred desks; the usual limit of open files is 1,024.
const CONNECTIONS: usize = 800;
/// Of them from one address that is no proxy: half, so that one machine alone can't shut the others out.
const FROM_ONE_ADDRESS: usize = 400;
/// The longest that somebody may take to shake hands, and then to say what they want.
const GREETING: Duration = Duration::from_secs(10);
/// Bytes of a request's head, cookies included.
const HEAD: usize = 64 * 1024;
/// How long answers under way may take once the office closes.
const FAREWELL: Duration = Duration::from_secs(10);

/// The listener of an office.
pub struct Listener {
    /// Where connections come in.
    pub socket: TcpListener,
    /// TLS, when the program speaks it itself.
    pub tls: Option<TlsAcceptor>,
    /// Addresses that stand for many people.
    pub proxies: Vec<IpAddr>,
}

/// Serves until `closing` ends; answers under way are finished then.
///
/// # Errors
/// Never; the listener outlives failed connections.
pub async fn serve(listener: Listener, router: Router, closing: impl Future<Output = ()>) -> Result<()> {
    let (places, guests) = (Arc::new(Semaphore::new(CONNECTIONS)), Guests::default());
    let open = GracefulShutdown::new();
    let mut closing = std::pin::pin!(closing);
    loop {
        let (stream, peer, place) = tokio::select! {
            () = &mut closing => break,
            Ok((place, stream, peer)) = next(&places, &listener.socket) => (stream, peer, place),
        };
        let Some(guest) = guests.welcome(peer, &listener.proxies) else {
            tracing::warn!(%peer, "too many connections");
            continue;
        };
        tracing::trace!(%peer, "a connection");
        let (tls, router, watcher) = (listener.tls.clone(), router.clone(), open.watcher());
        tokio::spawn(async move {
            let _held_while_it_lasts = (place, guest);
            let _ = stream.set_nodelay(true);
            match tls {
                None => converse(stream, peer, router, watcher).await,
                Some(tls) => {
                    if let Ok(Ok(stream)) = timeout(GREETING, tls.accept(stream)).await {
                        converse(stream, peer, router, watcher).await;
                    }
                }
            }
        });
    }
    drop(listener.socket);
    let _ = timeout(FAREWELL, open.shutdown()).await;
    Ok(())
}

/// The next connection, once there is a place for it. A failed one is a moment's pause: there may be no file left.
async fn next(
    places: &Arc<Semaphore>,
    socket: &TcpListener,
) -> std::io::Result<(tokio::sync::OwnedSemaphorePermit, TcpStream, IpAddr)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(std::io::Error::other)?;
    loop {
        match socket.accept().await {
            Ok((stream, peer)) => return Ok((place, stream, peer.ip().to_canonical())),
            Err(error) => {
                tracing::debug!(%error, "a connection that wasn't one");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: IpAddr,
    router: Router,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let answer = service_fn(move |request: Request<Incoming>| {
        let mut router = router.clone();
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            router.call(request).await
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(GREETING)
        .max_header_size(HEAD)
        .serve_connection(TokioIo::new(stream), answer);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// How many connections each address has.
#[derive(Clone, Debug, Default)]
struct Guests {
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection of an address; dropping it takes it off the count.
struct Guest {
    guests: Guests,
    address: IpAddr,
}

impl Guests {
    fn welcome(&self, address: IpAddr, proxies: &[IpAddr]) -> Option<Guest> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= FROM_ONE_ADDRESS && !proxies.contains(&address) {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Guest { guests: self.clone(), address })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut counts = self.guests.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One address has its half and not more; a proxy has as many as there are; who leaves makes room.
    #[test]
    fn one_address_has_half_the_places() {
        let (guests, one, proxy) =
            (Guests::default(), IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let mut here: Vec<Guest> =
            (0..FROM_ONE_ADDRESS).map(|_| guests.welcome(one, &[proxy]).unwrap()).collect();
        assert!(guests.welcome(one, &[proxy]).is_none());
        assert!(guests.welcome([192, 0, 2, 3].into(), &[proxy]).is_some());
        let many: Vec<_> = (0..CONNECTIONS).filter_map(|_| guests.welcome(proxy, &[proxy])).collect();
        assert_eq!(many.len(), CONNECTIONS);
        here.pop();
        assert!(guests.welcome(one, &[proxy]).is_some());
        drop((here, many));
        assert!(guests.counts.lock().unwrap().is_empty());
    }
}
