//! What must lie in the database and still tell nothing to who reads only the database: sealed with a key file that
//! lies beside it, readable by its owner only.

use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::store::second_factors;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use zeroize::Zeroizing;

/// Bytes of the key.
const KEY_LENGTH: usize = 32;

/// Seals a secret of one member of staff: nobody else's row opens it.
///
/// # Errors
/// A refusal when the key file is missing although it has sealed something; when it can't be made or read.
pub async fn seal(office: &Office, staff_id: i64, secret: &[u8]) -> Result<Vec<u8>> {
    let first = !second_factors::any(office.store().read()).await?;
    let key = key(office, first)?;
    let nonce: [u8; NONCE_LEN] = office.rng().bytes();
    let mut sealed = secret.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), about(staff_id), &mut sealed)
        .map_err(Error::internal)?;
    Ok([&nonce[..], &sealed].concat())
}

/// Opens what [`seal`] made.
///
/// # Errors
/// A refusal when the key file isn't the one it was sealed with.
pub fn open(office: &Office, staff_id: i64, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let key = key(office, false)?;
    let (nonce, rest) = sealed.split_at_checked(NONCE_LEN).ok_or_else(wrong_key)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| wrong_key())?;
    let mut secret = Zeroizing::new(rest.to_vec());
    let length = key.open_in_place(nonce, about(staff_id), &mut secret).map_err(|_| wrong_key())?.len();
    secret.truncate(length);
    Ok(secret)
}

fn about(staff_id: i64) -> Aad<[u8; 8]> {
    Aad::from(staff_id.to_be_bytes())
}

/// The key; the first secret makes it. One that is missing later is never made anew: what it sealed would be lost and
/// nobody would know why.
fn key(office: &Office, may_make: bool) -> Result<LessSafeKey> {
    let file = office.data().sign_in_key();
    let bytes = match fs::read(&file) {
        Ok(bytes) => Zeroizing::new(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound && may_make => {
            let bytes: [u8; KEY_LENGTH] = office.rng().bytes();
            match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file) {
                Ok(mut out) => {
                    out.write_all(&bytes)?;
                    out.sync_all()?;
                    Zeroizing::new(bytes.to_vec())
                }
                // Two first secrets at once: the other's key is as good.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => Zeroizing::new(fs::read(&file)?),
                Err(error) => return Err(error.into()),
            }
        }
        Err(error) => {
            tracing::error!(%error, file = %file.display(), "the key of the second factors");
            return Err(wrong_key());
        }
    };
    let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| wrong_key())?;
    Ok(LessSafeKey::new(key))
}

fn wrong_key() -> Error {
    Refusal::new(
        500,
        "M-1501",
        "確認コードの鍵のファイルがないか、別のものです。",
        "確認コードではログインできません。回復コードは使えます。",
        "システム担当に、データの置き場所の sign-in.key をバックアップから戻すよう伝えてください。",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::data_dir::DataDir;
    use crate::office::Mode;
    use std::os::unix::fs::PermissionsExt;

    /// A sealed secret opens for its owner with the right key, and for nobody else; the key is its owner's alone.
    #[tokio::test]
    async fn opens_for_its_owner_only() {
        let directory = tempfile::tempdir().unwrap();
        let data = DataDir::open(directory.path()).unwrap();
        let office = Office::open(data, Some(Mode::Training), Clock::real()).await.unwrap();
        let sealed = seal(&office, 7, b"twenty bytes of key!").await.unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"twenty"));
        assert_eq!(open(&office, 7, &sealed).unwrap().as_slice(), b"twenty bytes of key!");
        assert!(open(&office, 8, &sealed).is_err());
        let file = office.data().sign_in_key();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&file, [7; KEY_LENGTH]).unwrap();
        assert!(open(&office, 7, &sealed).is_err());
        fs::remove_file(&file).unwrap();
        assert!(open(&office, 7, &sealed).is_err() && !file.exists());
    }

    /// A key that has sealed something and is missing isn't made anew: the others' secrets would be lost.
    #[tokio::test]
    async fn never_makes_a_second_key() {
        let directory = tempfile::tempdir().unwrap();
        let data = DataDir::open(directory.path()).unwrap();
        let office = Office::open(data, Some(Mode::Training), Clock::real()).await.unwrap();
        let mut tx = office.store().write().await.unwrap();
        let at = office.clock().stamp();
        let id =
            crate::store::staff::add(&mut tx, "mihon", "見本", "clerk", "no password", &at).await.unwrap();
        tx.commit().await.unwrap();
        let sealed = seal(&office, id, b"twenty bytes of key!").await.unwrap();
        let mut tx = office.store().write().await.unwrap();
        second_factors::set(&mut tx, id, &sealed, 1).await.unwrap();
        tx.commit().await.unwrap();
        fs::remove_file(office.data().sign_in_key()).unwrap();
        assert!(seal(&office, id, b"another key of bytes").await.is_err());
        assert!(!office.data().sign_in_key().exists());
    }
}
