//! The gate: what holds for each request before a route sees it.

use super::limits::Limits;
use super::{Arrived, Front, Peer, cookies, hosts, proxy, slow};
use crate::error::Refusal;
use crate::office::Office;
use crate::routes::{failure, imports, visitor};
use crate::staff::session;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A year: browsers that have seen the office over TLS never try without again.
const TLS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The gate's keeper.
pub struct Gate {
    office: Office,
    front: Front,
    limits: Limits,
}

impl Gate {
    /// A gate for an office that is reached like this.
    pub fn new(office: Office, front: Front) -> Arc<Self> {
        Arc::new(Self { office, front, limits: Limits::default() })
    }

    /// Whose request it is, or why it is turned away.
    fn admit(&self, request: &mut Request) -> Result<Arrived, TurnedAway> {
        let Some(&Peer(peer)) = request.extensions().get::<Peer>() else {
            return Err(Refusal::setup("接続の相手が分かりません。", "窓口を開き直してください。").into());
        };
        let peer = peer.to_canonical();
        let address = self.client(request, peer)?;
        hosts::check(request.headers(), &self.front)?;
        let arrived = Arrived { address, secure: self.front.secure() };
        if arrived.secure {
            cookies::on_the_way_in(request.headers_mut());
        }
        let session = visitor::cookie(request.headers(), session::STAFF_COOKIE)
            .or_else(|| visitor::cookie(request.headers(), session::PAD_COOKIE))
            .map(|token| session::token_hash(&token));
        let posts = !reads(request.method());
        self.limits.take(arrived, session, posts, request.uri().path(), Instant::now()).map_err(too_often)?;
        Ok(arrived)
    }

    /// Headers that speak for a browser are read behind a proxy only, and never reach a route.
    fn client(&self, request: &mut Request, peer: IpAddr) -> Result<IpAddr, Refusal> {
        let address = match &self.front.proxies[..] {
            [] => peer,
            proxies => proxy::client(request.headers(), peer, proxies)?,
        };
        for name in ["forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"] {
            request.headers_mut().remove(name);
        }
        Ok(address)
    }
}

/// Why a request isn't let in.
struct TurnedAway {
    refusal: Refusal,
    /// Seconds after which it may come again.
    wait: Option<u64>,
}

impl From<Refusal> for TurnedAway {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, wait: None }
    }
}

fn too_often(wait: Duration) -> TurnedAway {
    let seconds = wait.as_secs() + 1;
    let refusal = Refusal::new(
        429,
        "M-1429",
        "短い間に、操作が多すぎました。",
        "この操作は行われていません。",
        format!("{seconds}秒ほど待って、もう一度お試しください。"),
    );
    TurnedAway { refusal, wait: Some(seconds) }
}

/// Lets a request in, or turns it away with a page.
pub async fn pass(State(gate): State<Arc<Gate>>, mut request: Request, next: Next) -> Response {
    let mut response = match gate.admit(&mut request) {
        Ok(arrived) => {
            let posts = !reads(request.method());
            request.extensions_mut().insert(arrived);
            let mut response = next.run(in_time(request)).await;
            if posts {
                // A form may have held a password or a PIN. What the connection still keeps of it is wiped with it.
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            response
        }
        Err(why) => turned_away(&gate.office, why),
    };
    if gate.front.secure() {
        cookies::on_the_way_out(response.headers_mut());
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, TLS_ONLY);
    }
    response
}

fn turned_away(office: &Office, TurnedAway { refusal, wait }: TurnedAway) -> Response {
    let mut response = failure::to_a_stranger(office, refusal);
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn in_time(request: Request) -> Request {
    if reads(request.method()) {
        return request;
    }
    let whole = if request.uri().path() == imports::BROUGHT_TO { slow::FILE } else { slow::FORM };
    request.map(|body| slow::in_time(body, whole))
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}
