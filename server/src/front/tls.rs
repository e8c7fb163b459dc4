//! TLS in the program itself: 1.2 and 1.3 only, with the suites that rustls holds safe, and a certificate that may change
//! while the office is open.

use crate::error::{Error, Refusal, Result};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{self, ServerConfig};

/// The two files of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The certificate and those above it, PEM.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
}

/// The certificate that is shown to browsers now.
#[derive(Debug)]
pub struct Shown {
    files: Files,
    now: RwLock<Arc<CertifiedKey>>,
}

impl Shown {
    /// Reads the files.
    ///
    /// # Errors
    /// A refusal when one of them can't be read, they don't belong together, or others may read the key.
    pub fn read(files: Files) -> Result<Arc<Self>> {
        let pair = pair(&files)?;
        Ok(Arc::new(Self { files, now: RwLock::new(Arc::new(pair)) }))
    }

    /// Reads the files again, for connections from now on. What can't be read changes nothing.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_again(&self) -> Result<()> {
        let pair = Arc::new(pair(&self.files)?);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = pair;
        Ok(())
    }

    /// What connections are accepted with.
    ///
    /// # Errors
    /// When the library refuses its own defaults.
    pub fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor> {
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(Error::internal)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        // One kind of connection, whose buffers end with it: a form's connection is closed after its answer.
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

/// The certificates of a PEM file, the office's own first.
///
/// # Errors
/// A refusal when the file can't be read or holds none.
pub fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let found: Option<Vec<_>> = CertificateDer::pem_file_iter(file)
        .ok()
        .and_then(|chain| chain.collect::<std::result::Result<_, _>>().ok());
    found.filter(|chain| !chain.is_empty()).ok_or_else(|| {
        let sentence = format!("{} をTLSの証明書として読めません。", file.display());
        Refusal::setup(sentence, "PEM形式の証明書(中間証明書を含む)を --tls-cert に指定してください。").into()
    })
}

fn pair(files: &Files) -> Result<CertifiedKey> {
    let chain = certificates(&files.certificate)?;
    let shown = files.key.display();
    if open_to_others(&files.key) {
        let sentence = format!("TLSの鍵 {shown} を、この端末のほかの利用者も読めます。");
        return Err(Refusal::setup(sentence, format!("chmod 600 {shown} で閉じてください。")).into());
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|_| {
        let sentence = format!("{shown} をTLSの鍵として読めません。");
        Refusal::setup(sentence, "パスフレーズのないPEM形式の鍵を --tls-key に指定してください。")
    })?;
    CertifiedKey::from_der(chain, key, &provider()).map_err(|error: rustls::Error| {
        tracing::debug!(%error, "certificate and key");
        let sentence =
            format!("証明書 {} と鍵 {shown} が、組になっていません。", files.certificate.display());
        Refusal::setup(sentence, "同時に作られた証明書と鍵を指定してください。").into()
    })
}

/// True when people other than the owner and the group may read a file. Debian keeps keys readable for a group of their
/// own.
pub fn open_to_others(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o007 != 0)
}
