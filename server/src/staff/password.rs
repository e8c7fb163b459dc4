//! Passwords: argon2id, hashed beside the requests so that a queue of logins doesn't stop the counter.

use crate::error::{Error, Result};
use crate::rng::Rng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// How many hashes are computed at once; each takes 19 MiB.
static HASHING: Semaphore = Semaphore::const_new(2);

fn hasher() -> Argon2<'static> {
    // OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
    Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(19 * 1024, 2, 1, None).expect("valid parameters"),
    )
}

/// The hash of a password, as a PHC string.
///
/// # Errors
/// When hashing fails.
pub async fn hash(password: String, rng: Rng) -> Result<String> {
    let _permit = HASHING.acquire().await.map_err(Error::internal)?;
    let salt = SaltString::encode_b64(&rng.bytes::<16>()).map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        hasher()
            .hash_password(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(Error::internal)
    })
    .await?
}

/// True when the password belongs to the hash. An unknown login is checked against [`dummy_hash`], so that it takes as
/// long as a known one.
///
/// # Errors
/// When the hash isn't one.
pub async fn verify(password: String, hash: String) -> Result<bool> {
    let _permit = HASHING.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        let parsed = PasswordHash::new(&hash).map_err(Error::internal)?;
        Ok(hasher().verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await?
}

/// A hash that belongs to no password.
pub fn dummy_hash() -> &'static str {
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The right password opens, another doesn't, and nothing opens the hash for unknown logins.
    #[tokio::test]
    async fn only_the_right_password_opens() {
        let hash = hash("正しい合言葉です、長い".into(), Rng).await.unwrap();
        assert!(verify("正しい合言葉です、長い".into(), hash.clone()).await.unwrap());
        assert!(!verify("正しい合言葉です、短い".into(), hash).await.unwrap());
        assert!(!verify(String::new(), dummy_hash().into()).await.unwrap());
    }
}
