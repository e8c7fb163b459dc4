//! How the office can be reached: the names it is called by, and the certificate it shows.

use super::Options;
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::Result;
use crate::front::certificate;
use crate::front::tls::{Files, Shown};
use crate::rng::Rng;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::TlsAcceptor;

/// How often a certificate is looked at while the office is open.
const LOOKED_AT: Duration = Duration::from_hours(1);

/// The names and addresses this office answers to, those that were asked for first.
pub(super) fn names(asked: &[String], listen: &str, address: SocketAddr) -> Vec<String> {
    let host = listen.rsplit_once(':').map_or(listen, |(host, _)| host).trim_matches(['[', ']']);
    let machine = rustix::system::uname().nodename().to_string_lossy().to_lowercase();
    let mut names: Vec<String> = asked.iter().map(|name| name.to_lowercase()).collect();
    names.extend([machine, "localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()]);
    match address.ip() {
        ip if ip.is_unspecified() => names.extend(own_address().map(|ip| ip.to_string())),
        ip => names.extend([ip.to_string(), host.to_lowercase()]),
    }
    let mut known = Vec::new();
    names.retain(|name| {
        let new = !name.is_empty() && !known.contains(name);
        known.push(name.clone());
        new
    });
    names
}

/// The address this machine has towards the network. Nothing is sent for it.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|ip| !ip.is_unspecified())
}

/// What TLS connections are accepted with, when the office speaks TLS; its certificate is kept good from now on.
///
/// # Errors
/// A refusal when a file can't be used or the office's own certificate can't be made.
pub(super) fn tls(options: &Options, data: &DataDir, names: &[String]) -> Result<Option<TlsAcceptor>> {
    let shown = match (&options.tls_cert, &options.tls_key) {
        (Some(certificate), Some(key)) => {
            Shown::read(Files { certificate: certificate.clone(), key: key.clone() })?
        }
        _ if options.tls_self_made => {
            let known = certificate::keep_good(data, names, &Clock::real(), Rng)?;
            eprintln!("証明書の指紋(SHA-256) {}", known.fingerprint);
            eprintln!(
                "{}まで有効です。終わる前に、同じ鍵で作り直します。",
                known.until.format("%Y年%m月%d日")
            );
            Shown::read(certificate::files(data))?
        }
        _ => return Ok(None),
    };
    let acceptor = shown.acceptor()?;
    let own = options.tls_self_made.then(|| (data.clone(), names.to_vec()));
    tokio::spawn(keep_good(shown, own));
    Ok(Some(acceptor))
}

/// Renews the office's own certificate in time, and takes up files that somebody has renewed.
async fn keep_good(shown: Arc<Shown>, own: Option<(DataDir, Vec<String>)>) {
    loop {
        tokio::time::sleep(LOOKED_AT).await;
        let renewed = match &own {
            Some((data, names)) => certificate::keep_good(data, names, &Clock::real(), Rng).map(drop),
            None => Ok(()),
        };
        if let Err(error) = renewed.and_then(|()| shown.read_again()) {
            tracing::error!(%error, "the certificate could not be renewed; the one before stays");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was asked for stands first; each name stands once; an office on all addresses knows no address of nowhere.
    #[test]
    fn lists_each_name_once() {
        let names_of =
            |listen, address: &str| names(&["Window.example".into()], listen, address.parse().unwrap());
        let local = names_of("127.0.0.1:0", "127.0.0.1:4711");
        assert_eq!(local[0], "window.example");
        assert_eq!(local.iter().filter(|name| *name == "127.0.0.1").count(), 1);
        assert!(!names_of("0.0.0.0:443", "0.0.0.0:443").iter().any(|name| name == "0.0.0.0"));
        assert!(names_of("[::1]:443", "[::1]:443").contains(&"::1".to_owned()));
    }
}
