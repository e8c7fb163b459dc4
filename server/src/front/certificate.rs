//! The office's self-made certificate, for an office network without a certificate authority of its own.
//!
//! It is made once in the data directory. Its key stays the same when it is renewed; browsers are told to trust its
//! fingerprint, which `serve` and `doctor` show.

use super::tls::{self, Files};
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::{Error, Refusal, Result};
use crate::rng::Rng;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, SanType, SerialNumber, date_time_ymd,
};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write as _;
use std::net::IpAddr;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

/// Days that a certificate is good for.
const GOOD_FOR: i64 = 730;
/// Days before its end at which a new one is made.
const RENEWED_BEFORE: i64 = 30;

/// What there is to know of a certificate that is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// SHA-256 of the certificate, in pairs of hexadecimal digits as browsers show it.
    pub fingerprint: String,
    /// The end of its validity.
    pub until: DateTime<FixedOffset>,
    /// The names and addresses it is for.
    pub names: Vec<String>,
}

/// Where the office's own certificate and key are.
pub fn files(data: &DataDir) -> Files {
    Files { certificate: data.tls().join("certificate.pem"), key: data.tls().join("key.pem") }
}

/// Makes the certificate when there is none, when it ends within a month, or when it lacks one of `names`.
///
/// # Errors
/// A refusal when it can't be written.
pub fn keep_good(data: &DataDir, names: &[String], clock: &Clock, rng: Rng) -> Result<Known> {
    let files = files(data);
    if let Ok(known) = look(&files.certificate)
        && files.key.is_file()
        && known.until - clock.now() > TimeDelta::days(RENEWED_BEFORE)
        && names.iter().all(|name| known.names.contains(name))
    {
        return Ok(known);
    }
    make(data, &files, names, clock.now(), rng)?;
    look(&files.certificate)
}

/// Reads what a certificate in a file says of itself.
///
/// # Errors
/// A refusal when it can't be read.
pub fn look(file: &Path) -> Result<Known> {
    let chain = tls::certificates(file)?;
    let own = chain.first().ok_or_else(|| Error::internal("an empty chain"))?;
    let parsed = Certificate::from_der(own).map_err(Error::internal)?;
    let tbs = parsed.tbs_certificate();
    let seconds = tbs.validity().not_after.to_unix_duration().as_secs();
    let until = i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let names = tbs.get_extension::<SubjectAltName>().ok().flatten().map(|(_, names)| names.0);
    let hash: Vec<String> = Sha256::digest(own).iter().map(|byte| format!("{byte:02X}")).collect();
    Ok(Known {
        fingerprint: hash.join(":"),
        until: until
            .map(|until| until.with_timezone(Clock::real().now().offset()))
            .ok_or_else(|| Error::internal("a certificate without end"))?,
        names: names.unwrap_or_default().iter().filter_map(name).collect(),
    })
}

fn name(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(name) => Some(name.to_string()),
        GeneralName::IpAddress(bytes) => match bytes.as_bytes().len() {
            4 => <[u8; 4]>::try_from(bytes.as_bytes()).ok().map(|bytes| IpAddr::from(bytes).to_string()),
            16 => <[u8; 16]>::try_from(bytes.as_bytes()).ok().map(|bytes| IpAddr::from(bytes).to_string()),
            _ => None,
        },
        _ => None,
    }
}

fn make(data: &DataDir, files: &Files, names: &[String], now: DateTime<FixedOffset>, rng: Rng) -> Result<()> {
    let mut params = CertificateParams::new(Vec::new()).map_err(Error::internal)?;
    for name in names {
        params.subject_alt_names.push(match name.parse::<IpAddr>() {
            Ok(address) => SanType::IpAddress(address),
            Err(_) => SanType::DnsName(name.clone().try_into().map_err(|_| not_a_name(name))?),
        });
    }
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CommonName, "Madoguchi");
    params.distinguished_name = subject;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // A number of its own: a browser that knows the one before it refuses two with the same.
    params.serial_number = Some(SerialNumber::from([&[1_u8], &rng.bytes::<15>()[..]].concat()));
    let today = now.date_naive();
    let part = |part: u32| u8::try_from(part).unwrap_or(1);
    let moment = |day: NaiveDate| date_time_ymd(day.year(), part(day.month()), part(day.day()));
    params.not_before = moment(today - TimeDelta::days(1));
    params.not_after = moment(today + TimeDelta::days(GOOD_FOR));
    let old = fs::read_to_string(&files.key).ok().and_then(|pem| KeyPair::from_pem(&pem).ok());
    let key = match old {
        Some(key) => key,
        None => KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(Error::internal)?,
    };
    let certificate = params.self_signed(&key).map_err(Error::internal)?;
    let written = || -> std::io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(data.tls())?;
        write(&files.key, &zeroize::Zeroizing::new(key.serialize_pem()))?;
        write(&files.certificate, &certificate.pem())
    };
    written().map_err(|error| {
        tracing::debug!(%error, "the office's certificate");
        let sentence = format!("{} に証明書を書き込めません。", data.tls().display());
        Refusal::setup(sentence, "置き場所の権限と空き容量を確かめてください。").into()
    })
}

fn not_a_name(name: &str) -> Refusal {
    let sentence = format!("「{name}」は、証明書に載せられる名前ではありません。");
    Refusal::input(sentence, "--name には madoguchi.example のような名前か、アドレスを指定してください。")
}

/// Writes a file beside its name, readable by its owner only, and then gives it the name.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    let beside = file.with_extension("new");
    let _ = fs::remove_file(&beside);
    let mut target = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    target.write_all(text.as_bytes())?;
    target.sync_all()?;
    fs::rename(beside, file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|&name| name.to_owned()).collect()
    }

    /// Made once with tight rights; made anew for a new name or near its end, with the same key and another number.
    #[test]
    fn is_made_once_and_renewed_in_time() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::open(folder.path()).unwrap();
        let (clock, wanted) = (Clock::real(), names(&["madoguchi.example", "192.0.2.8", "::1"]));
        let first = keep_good(&data, &wanted, &clock, Rng).unwrap();
        assert_eq!(first.names, wanted);
        assert_eq!(first.fingerprint.len(), 32 * 3 - 1);
        let key = fs::read(files(&data).key).unwrap();
        for path in [files(&data).key, files(&data).certificate, data.tls()] {
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "{}", path.display());
        }
        assert_eq!(keep_good(&data, &wanted, &clock, Rng).unwrap(), first);
        let late = Clock::starting(clock.today() + TimeDelta::days(GOOD_FOR - RENEWED_BEFORE));
        let renewed = keep_good(&data, &wanted, &late, Rng).unwrap();
        assert!(renewed.until > first.until && renewed.fingerprint != first.fingerprint);
        let more = keep_good(&data, &names(&["other.example"]), &late, Rng).unwrap();
        assert_eq!(more.names, ["other.example"]);
        assert_eq!(fs::read(files(&data).key).unwrap(), key, "the key stays");
        Shown::read(files(&data)).unwrap();
    }

    use crate::front::tls::Shown;
}
