//! The training issuer.
