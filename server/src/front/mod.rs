//! The front door: how the office meets the network, before any page is asked for.
//!
//! A connection passes [`listen`] (how many, how slow, TLS), a request passes [`gate`] (whose it is, whether it names this
//! office, how often it may come), and only then a route. `docs/security.md` states the rules for who stands in front.

pub mod certificate;
pub mod cookies;
pub mod gate;
pub mod hosts;
pub mod limits;
pub mod listen;
pub mod process;
pub mod proxy;
pub mod slow;
pub mod tls;

use std::net::IpAddr;

/// How this office is reached.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// The program itself speaks TLS.
    pub tls: bool,
    /// Proxies that end TLS in front of it; everybody else is turned away when there are any.
    pub proxies: Vec<IpAddr>,
    /// Names it is called by, besides addresses and the machine's own.
    pub names: Vec<String>,
}

impl Front {
    /// True when browsers reach the office over TLS, whoever ends it.
    pub fn secure(&self) -> bool {
        self.tls || !self.proxies.is_empty()
    }
}

/// The other end of a connection. The listener puts it into each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// Whose request it is, once the gate has let it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// The browser's address; behind a proxy the one that the proxy saw.
    pub address: IpAddr,
    /// The browser speaks TLS.
    pub secure: bool,
}
