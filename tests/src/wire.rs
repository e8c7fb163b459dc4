//! Requests byte by byte, in the open or over TLS: what a browser never sends, and what a client library hides.

use crate::office::Office;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// An answer, taken apart.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status; 0 when the connection ended without one.
    pub status: u16,
    /// Its headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// What came after them.
    pub text: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let headers = lines.filter_map(|line| line.split_once(':'));
        Self {
            status,
            headers: headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect(),
            text: body.to_owned(),
        }
    }

    /// The first header of this name, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// A request's bytes. The connection ends after its answer.
pub fn request(method: &str, path: &str, host: &str, headers: &[(&str, &str)], body: &str) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    if method == "POST" {
        let kind = "application/x-www-form-urlencoded";
        let _ = write!(text, "Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
    }
    text + "\r\n" + body
}

/// Sends bytes in the open and reads to the end.
pub async fn send(socket: &str, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(socket).await.expect("the office listens");
    let mut answer = Vec::new();
    stream.write_all(bytes).await.expect("the office reads");
    // An office that has heard enough may close with bytes unread, which the other side sees as a reset.
    let _ = stream.read_to_end(&mut answer).await;
    Answer::read(&answer)
}

/// Sends a request over TLS. Only the office's own certificate is believed.
///
/// # Errors
/// When the handshake fails.
pub async fn send_tls(office: &Office, bytes: &[u8]) -> std::io::Result<Answer> {
    let certificate = office.data().join("tls/certificate.pem");
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from_pem_file(certificate).expect("the office's certificate");
    roots.add(root).expect("a certificate that can be trusted");
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the library's own defaults")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(office.socket()).await?;
    let host = office.socket().rsplit_once(':').map_or("", |(host, _)| host).to_owned();
    let name = ServerName::try_from(host).expect("an address");
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    stream.write_all(bytes).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(Answer::read(&answer))
}
