//! The few DER types a certificate is made of.

use chrono::{DateTime, Datelike, FixedOffset, Utc};
use der::Encode;
use der::oid::ObjectIdentifier;

use crate::tlv::{group, object};

pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    group(0x30, parts)
}

pub fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    group(0x31, parts)
}

/// An object identifier written with dots.
pub fn oid(dotted: &str) -> Vec<u8> {
    ObjectIdentifier::new_unwrap(dotted).to_der().expect("an object identifier fits")
}

/// A positive integer from its bytes, most significant first.
pub fn integer(bytes: &[u8]) -> Vec<u8> {
    let mut value: Vec<u8> = bytes.iter().copied().skip_while(|&byte| byte == 0).collect();
    if value.first().is_none_or(|&first| first >= 0x80) {
        value.insert(0, 0);
    }
    object(0x02, &value)
}

pub fn boolean_true() -> Vec<u8> {
    object(0x01, &[0xFF])
}

pub fn null() -> Vec<u8> {
    object(0x05, &[])
}

pub fn octets(value: &[u8]) -> Vec<u8> {
    object(0x04, value)
}

/// A bit string of whole bytes.
pub fn bits(value: &[u8]) -> Vec<u8> {
    object(0x03, &[&[0][..], value].concat())
}

/// A bit string of flags, the first flag in the highest bit.
pub fn flags(byte: u8) -> Vec<u8> {
    object(0x03, &[u8::try_from(byte.trailing_zeros()).unwrap_or(0), byte])
}

pub fn utf8(text: &str) -> Vec<u8> {
    object(0x0C, text.as_bytes())
}

pub fn printable(text: &str) -> Vec<u8> {
    object(0x13, text.as_bytes())
}

pub fn ia5(tag: u32, text: &str) -> Vec<u8> {
    object(tag, text.as_bytes())
}

/// UTCTime to 2049, GeneralizedTime after it, as RFC 5280 has it.
pub fn time(at: DateTime<FixedOffset>) -> Vec<u8> {
    let at = at.with_timezone(&Utc);
    if (1950..2050).contains(&at.year()) {
        object(0x17, at.format("%y%m%d%H%M%SZ").to_string().as_bytes())
    } else {
        object(0x18, at.format("%Y%m%d%H%M%SZ").to_string().as_bytes())
    }
}

/// One part of a distinguished name.
pub fn name_part(attribute: &str, value: Vec<u8>) -> Vec<u8> {
    set(&[sequence(&[oid(attribute), value])])
}

/// One extension.
pub fn extension(dotted: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let mut parts = vec![oid(dotted)];
    if critical {
        parts.push(boolean_true());
    }
    parts.push(octets(value));
    sequence(&parts)
}
