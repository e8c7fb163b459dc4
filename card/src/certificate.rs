//! Certificates as bytes: what the counter needs to know of one.

use chrono::{DateTime, FixedOffset, NaiveDate};
use der::{Decode as _, Reader as _, SliceReader};
use rules::kinds::CertificateKind;
use x509_cert::Certificate;
use x509_cert::time::Time;

use crate::error::CardError;
use crate::hex;
use crate::read::CertificateReading;

/// Seconds that Japan is ahead of the certificate's clock.
const JAPAN: i32 = 9 * 3600;

/// A certificate, parsed, with the exact bytes that were signed.
pub(crate) struct Parsed {
    pub(crate) certificate: Certificate,
    /// As they stand in the original: encoding anew could repair what its signature doesn't cover.
    pub(crate) signed: Vec<u8>,
}

/// Parses a certificate that fills `der` exactly.
pub(crate) fn parse(der: &[u8]) -> Result<Parsed, CardError> {
    let malformed = |what: &str| CardError::Protocol(format!("電子証明書の形が正しくありません: {what}"));
    let certificate = Certificate::from_der(der).map_err(|error| malformed(&error.to_string()))?;
    let signed = signed_part(der).map_err(|error| malformed(&error.to_string()))?;
    Ok(Parsed { certificate, signed })
}

/// The part of a certificate, or of a list of revoked ones, that its signature covers.
pub(crate) fn signed_part(der: &[u8]) -> der::Result<Vec<u8>> {
    let mut outer = SliceReader::new(der)?;
    outer.sequence(|inner: &mut SliceReader<'_>| {
        let signed = inner.tlv_bytes()?.to_vec();
        inner.tlv_bytes()?;
        inner.tlv_bytes()?;
        Ok(signed)
    })
}

impl Parsed {
    /// First and last day of validity, in Japan: certificates end a second before midnight there.
    pub(crate) fn validity(&self) -> Result<(NaiveDate, NaiveDate), CardError> {
        let validity = self.certificate.tbs_certificate().validity();
        Ok((day(&validity.not_before)?, day(&validity.not_after)?))
    }

    /// The serial number as the office writes it.
    pub(crate) fn serial(&self) -> String {
        hex::serial(self.certificate.tbs_certificate().serial_number().as_bytes())
    }

    /// The subject's public key: the bytes of an `RSAPublicKey`.
    pub(crate) fn public_key(&self) -> Option<&[u8]> {
        self.certificate.tbs_certificate().subject_public_key_info().subject_public_key.as_bytes()
    }
}

fn day(time: &Time) -> Result<NaiveDate, CardError> {
    let out_of_range = || CardError::Protocol("電子証明書の日付が範囲外です".to_owned());
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).map_err(|_| out_of_range())?;
    let japan = FixedOffset::east_opt(JAPAN).ok_or_else(out_of_range)?;
    Ok(DateTime::from_timestamp(seconds, 0).ok_or_else(out_of_range)?.with_timezone(&japan).date_naive())
}

/// The day in Japan.
pub(crate) fn day_of(at: DateTime<FixedOffset>) -> NaiveDate {
    FixedOffset::east_opt(JAPAN).map_or(at.date_naive(), |japan| at.with_timezone(&japan).date_naive())
}

/// What the screens show of an end-entity certificate.
pub(crate) fn reading(kind: CertificateKind, der: &[u8]) -> Result<CertificateReading, CardError> {
    let parsed = parse(der)?;
    let (issued, expires) = parsed.validity()?;
    Ok(CertificateReading {
        kind,
        serial: parsed.serial(),
        issued,
        expires,
        issuer: parsed.certificate.tbs_certificate().issuer().to_string(),
        der: der.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use myna_card::certificate::roots;

    #[test]
    fn days_are_those_of_japan() {
        // The first authentication CA: until 2025-10-19 14:59:59 UTC, published as 2025-10-19 in Japan.
        let root = roots::KNOWN
            .iter()
            .find(|root| root.generation == Some(1) && root.purpose == roots::Purpose::UserAuthentication)
            .unwrap();
        let parsed = parse(root.der).unwrap();
        assert_eq!(parsed.serial(), "1");
        let (from, until) = parsed.validity().unwrap();
        assert_eq!(from, NaiveDate::from_ymd_opt(2015, 10, 20).unwrap());
        assert_eq!(until, NaiveDate::from_ymd_opt(2025, 10, 19).unwrap());
    }

    #[test]
    fn trailing_bytes_and_cuts_are_refused() {
        let der = roots::KNOWN[0].der;
        let mut longer = der.to_vec();
        longer.push(0);
        assert!(parse(&longer).is_err());
        for end in [0, 1, 4, 100, der.len() - 1] {
            assert!(parse(&der[..end]).is_err());
        }
    }
}
