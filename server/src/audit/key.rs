//! The key that signs checkpoints: Ed25519, a file beside the database that only its owner may read.
//!
//! The private half never leaves the machine, not even in a backup: a restored office gets a key of its own, and its
//! trail says so. The public half is what auditors keep. Both files are plain PEM (PKCS#8 and SubjectPublicKeyInfo), so
//! that other programs can check a signature too.

use super::checkpoint::OfficeId;
use super::{Actor, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::rng::{Rng, hex};
use crate::store::{self, Store};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use der::pem::{self, LineEnding};
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use zeroize::Zeroizing;

/// Bytes of a public key.
const PUBLIC: usize = 32;
/// What stands before the key in a SubjectPublicKeyInfo of Ed25519 (RFC 8410).
const SPKI_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const PRIVATE_LABEL: &str = "PRIVATE KEY";
const PUBLIC_LABEL: &str = "PUBLIC KEY";

/// Signs checkpoints.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    public: PublicKey,
}

/// Checks signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicKey([u8; PUBLIC]);

impl SigningKey {
    /// A new key.
    ///
    /// # Errors
    /// When the library refuses its seed, which it doesn't.
    pub fn generate(rng: Rng) -> Result<Self> {
        let seed = Zeroizing::new(rng.bytes::<32>());
        Self::of(Ed25519KeyPair::from_seed_unchecked(&*seed).map_err(Error::internal)?)
    }

    fn of(pair: Ed25519KeyPair) -> Result<Self> {
        let public = PublicKey::from_bytes(pair.public_key().as_ref())
            .ok_or_else(|| Error::internal("an Ed25519 key has 32 bytes"))?;
        Ok(Self { pair, public })
    }

    /// Reads the file.
    ///
    /// # Errors
    /// A refusal when it can't be read or isn't such a key.
    pub fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).map(Zeroizing::new).map_err(|_| unreadable(file))?;
        let (label, bytes) = pem::decode_vec(text.as_bytes()).map_err(|_| unreadable(file))?;
        let bytes = Zeroizing::new(bytes);
        if label != PRIVATE_LABEL {
            return Err(unreadable(file));
        }
        Self::of(Ed25519KeyPair::from_pkcs8_maybe_unchecked(&bytes).map_err(|_| unreadable(file))?)
    }

    /// Writes the file, which isn't there yet, for its owner only and through to the disk. It is there whole or not at
    /// all.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn write(&self, file: &Path) -> Result<()> {
        let der: Pkcs8V1Der<'_> = self.pair.as_der().map_err(Error::internal)?;
        let text =
            pem::encode_string(PRIVATE_LABEL, LineEnding::LF, der.as_ref()).map_err(Error::internal)?;
        let text = Zeroizing::new(text);
        let unfinished = file.with_extension(format!("unfinished-{}", std::process::id()));
        let written = || -> std::io::Result<()> {
            let mut target =
                fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
            target.write_all(text.as_bytes())?;
            target.sync_all()?;
            // A second name, unlike a new name, is never given over another file.
            fs::hard_link(&unfinished, file)
        };
        let ended = written();
        let _ = fs::remove_file(&unfinished);
        Ok(ended?)
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// The signature of a message.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(message).as_ref().to_vec()
    }
}

impl PublicKey {
    /// The key in 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The key in PEM, as [`PublicKey::to_pem`] writes it.
    pub fn from_pem(text: &str) -> Option<Self> {
        let (label, bytes) = pem::decode_vec(text.as_bytes()).ok()?;
        let key = bytes.strip_prefix(&SPKI_PREFIX)?;
        Self::from_bytes(key).filter(|_| label == PUBLIC_LABEL)
    }

    /// The key as a SubjectPublicKeyInfo in PEM.
    pub fn to_pem(self) -> String {
        let bytes = [&SPKI_PREFIX[..], &self.0].concat();
        pem::encode_string(PUBLIC_LABEL, LineEnding::LF, &bytes).expect("44 bytes are encoded")
    }

    /// The key's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The key in 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        hex(&self.0)
    }

    /// True when the signature of the message is this key's.
    pub fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(message, signature).is_ok()
    }
}

/// The office's key: read, or made where there is none, with a row that names it.
///
/// # Errors
/// A refusal when the file can't be read, or is read by nobody.
pub async fn settle(store: &Store, file: &Path, office: &OfficeId, rng: Rng, at: &str) -> Result<SigningKey> {
    if file.exists() {
        let key = SigningKey::read(file)?;
        if is_known(store, &key).await? {
            return Ok(key);
        }
    }
    // From here on one program at a time: two may open a new office at once.
    let mut tx = store.write().await?;
    let key = if file.exists() {
        SigningKey::read(file)?
    } else {
        let key = SigningKey::generate(rng)?;
        key.write(file)?;
        key
    };
    if !is_known(store, &key).await? {
        let known = store::audit_checkpoints::keys(&mut *tx).await?;
        store::audit_checkpoints::add_key(&mut tx, key.public().bytes(), at).await?;
        let sentence = if known.is_empty() {
            "操作記録の控えに署名する鍵を作りました。"
        } else {
            "操作記録の控えに署名する鍵を、新しく作りました。前の鍵はこの置き場所にありません。"
        };
        let object = object(office, key.public());
        super::record(
            &mut tx,
            at,
            Entry::done(Kind::CheckpointKeyMade, Actor::System, sentence).object(&object),
        )
        .await?;
        tx.commit().await?;
    }
    Ok(key)
}

async fn is_known(store: &Store, key: &SigningKey) -> Result<bool> {
    let known = store::audit_checkpoints::keys(store.read()).await?;
    Ok(known.iter().any(|known| known == key.public().bytes()))
}

/// How the row of a new key names office and key.
pub(super) fn object(office: &OfficeId, key: PublicKey) -> String {
    format!("office {office} key {}", key.hex())
}

fn unreadable(file: &Path) -> Error {
    let sentence = format!("操作記録の控えに署名する鍵 {} を読めません。", file.display());
    let what_now = "ファイルの権限を確かめてください。壊れているときは、別の場所に移して開き直すと、新しい鍵が作られ、そのことが操作記録に残ります。";
    Refusal::setup(sentence, what_now).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::encoding::PublicKeyX509Der;
    use std::os::unix::fs::PermissionsExt;

    /// A key comes back from its file, which nobody else may read, and is never written over another.
    #[test]
    fn comes_back_from_its_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("key.pem");
        let key = SigningKey::generate(Rng).unwrap();
        key.write(&file).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let back = SigningKey::read(&file).unwrap();
        assert_eq!(back.public(), key.public());
        assert!(key.public().has_signed(b"bytes", &back.sign(b"bytes")));
        assert!(!key.public().has_signed(b"other", &back.sign(b"bytes")));
        assert!(SigningKey::generate(Rng).unwrap().write(&file).is_err());
        fs::write(&file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").unwrap();
        assert!(matches!(SigningKey::read(&file), Err(Error::Refused(_))));
    }

    /// The public half comes back from its PEM; a private key isn't taken for one.
    #[test]
    fn the_public_half_comes_back() {
        let key = SigningKey::generate(Rng).unwrap().public();
        assert_eq!(PublicKey::from_pem(&key.to_pem()), Some(key));
        assert_eq!(PublicKey::from_pem(&key.to_pem().replace("PUBLIC", "PRIVATE")), None);
        assert_eq!(PublicKey::from_pem("nothing"), None);
        let der: PublicKeyX509Der<'_> = {
            let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
            pair.public_key().as_der().unwrap()
        };
        assert!(der.as_ref().starts_with(&SPKI_PREFIX), "as the library itself writes it");
    }
}
