//! Addresses with their handlers, written down as they are registered: what is registered can be held against the table
//! of who may do what.

use crate::office::Office;
use axum::extract::{DefaultBodyLimit, Extension};
use axum::handler::Handler;
use axum::routing::{self, MethodRouter};

/// How an address is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verb {
    /// Reading, `HEAD` included.
    Get,
    /// Changing.
    Post,
}

/// Addresses of a family, or of the whole office.
#[derive(Default)]
pub struct Routes {
    router: axum::Router<Office>,
    registered: Vec<(Verb, String)>,
}

/// The handlers of one address.
pub struct Methods {
    handlers: MethodRouter<Office>,
    verbs: Vec<Verb>,
}

/// An address that is read.
pub fn get<H: Handler<T, Office>, T: 'static>(handler: H) -> Methods {
    Methods { handlers: routing::get(handler), verbs: vec![Verb::Get] }
}

/// An address that changes something.
pub fn post<H: Handler<T, Office>, T: 'static>(handler: H) -> Methods {
    Methods { handlers: routing::post(handler), verbs: vec![Verb::Post] }
}

impl Methods {
    /// The same address changes something, too.
    #[must_use]
    pub fn post<H: Handler<T, Office>, T: 'static>(mut self, handler: H) -> Self {
        self.verbs.push(Verb::Post);
        Self { handlers: self.handlers.post(handler), verbs: self.verbs }
    }

    /// Bytes that may be sent here.
    #[must_use]
    pub fn up_to(self, bytes: usize) -> Self {
        Self { handlers: self.handlers.layer(DefaultBodyLimit::max(bytes)), ..self }
    }
}

impl Routes {
    /// No address yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One address more.
    #[must_use]
    pub fn route(mut self, pattern: &str, methods: Methods) -> Self {
        self.registered.extend(methods.verbs.into_iter().map(|verb| (verb, pattern.to_owned())));
        Self { router: self.router.route(pattern, methods.handlers), registered: self.registered }
    }

    /// The addresses of another family.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.registered.extend(other.registered);
        Self { router: self.router.merge(other.router), registered: self.registered }
    }

    /// Something that the handlers of this family share.
    #[must_use]
    pub fn sharing<T: Clone + Send + Sync + 'static>(self, shared: T) -> Self {
        Self { router: self.router.layer(Extension(shared)), ..self }
    }

    /// All addresses, in the order in which they were registered.
    pub fn registered(&self) -> &[(Verb, String)] {
        &self.registered
    }

    /// The addresses as a service under construction.
    pub(super) fn into_router(self) -> axum::Router<Office> {
        self.router
    }
}
