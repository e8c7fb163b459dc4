//! Applications, files and access rules of the card, as tables.

use serde::{Deserialize, Serialize};

/// What can be selected by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Application {
    /// GlobalPlatform's issuer security domain: current after power-on.
    CardManager,
    /// 公的個人認証AP.
    Jpki,
    /// 券面事項確認AP.
    Surface,
    /// 券面事項入力補助AP.
    Text,
    /// 住基AP.
    Juki,
    /// 共通カードAP.
    Common,
}

impl Application {
    pub const ALL: [Self; 6] =
        [Self::CardManager, Self::Jpki, Self::Surface, Self::Text, Self::Juki, Self::Common];

    /// The application's identifier.
    pub fn aid(self) -> &'static [u8] {
        match self {
            Self::CardManager => &[0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00],
            Self::Jpki => &[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01],
            Self::Surface => &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02],
            Self::Text => &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08],
            Self::Juki => &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01],
            Self::Common => &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00],
        }
    }

    /// The application of that identifier, or the first one whose identifier begins so.
    ///
    /// The card manager answers to its full identifier only: a shorter one would catch other programs' probes.
    pub fn named(aid: &[u8]) -> Option<Self> {
        if aid.is_empty() {
            return None;
        }
        let exact = Self::ALL.into_iter().find(|application| application.aid() == aid);
        exact
            .or_else(|| Self::ALL[1..].iter().copied().find(|application| application.aid().starts_with(aid)))
    }
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Bytes, read by offset.
    Transparent,
    /// Records, read by number.
    Records,
    /// A reference value for VERIFY.
    Pin,
    /// A private key.
    Key,
}

/// Who may read a file or use a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Everyone.
    Free,
    /// Whoever verified one of these references of the same application.
    AnyOf(&'static [u16]),
    /// Nobody.
    Never,
}

/// One file of an application.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub application: Application,
    pub file: u16,
    pub kind: Kind,
    pub access: Access,
}

/// File identifiers that are spoken of by name.
pub(super) mod id {
    pub const SIGNATURE_CERTIFICATE: u16 = 0x0001;
    pub const SIGNATURE_CA: u16 = 0x0002;
    pub const TOKEN_INFO: u16 = 0x0006;
    pub const AVAILABILITY: u16 = 0x0008;
    pub const AUTHENTICATION_CERTIFICATE: u16 = 0x000A;
    pub const AUTHENTICATION_CA: u16 = 0x000B;
    pub const TERMINAL_CA: u16 = 0x0016;
    pub const AUTHENTICATION_KEY: u16 = 0x0017;
    pub const AUTHENTICATION_PIN: u16 = 0x0018;
    pub const SIGNATURE_KEY: u16 = 0x001A;
    pub const SIGNATURE_PIN: u16 = 0x001B;

    pub const TEXT_PIN: u16 = 0x0011;
    pub const TEXT_BLOCKED: u16 = 0x0012;
    pub const TEXT_KEY: u16 = 0x0013;
    pub const TEXT_CODE_A: u16 = 0x0014;
    pub const TEXT_CODE_B: u16 = 0x0015;

    pub const SURFACE_BIRTH: u16 = 0x0011;
    pub const SURFACE_CODE_B: u16 = 0x0012;
    pub const SURFACE_CODE_A: u16 = 0x0013;

    pub const CARD_INFO: u16 = 0x0001;
    pub const KEY_REFERENCE: u16 = 0x0002;
    pub const COMMON_KEY: u16 = 0x0019;
    pub const RESIDENT_REGISTER_PIN: u16 = 0x001C;
}

const fn entry(application: Application, file: u16, kind: Kind, access: Access) -> Entry {
    Entry { application, file, kind, access }
}

use Access::{AnyOf, Free, Never};
use Application::{Common, Jpki, Juki, Surface, Text};
use Kind::{Key, Pin, Records, Transparent};

const TEXT_ANY: Access = AnyOf(&[id::TEXT_PIN, id::TEXT_CODE_A, id::TEXT_CODE_B]);
const SURFACE_ANY: Access = AnyOf(&[id::SURFACE_CODE_A, id::SURFACE_CODE_B]);

/// Every file of the card.
pub(super) const FILES: &[Entry] = &[
    entry(Jpki, id::SIGNATURE_CERTIFICATE, Transparent, AnyOf(&[id::SIGNATURE_PIN])),
    entry(Jpki, id::SIGNATURE_CA, Transparent, Free),
    entry(Jpki, 0x0005, Transparent, Never),
    entry(Jpki, id::TOKEN_INFO, Transparent, Free),
    entry(Jpki, id::AVAILABILITY, Transparent, Free),
    entry(Jpki, 0x0009, Transparent, Never),
    entry(Jpki, id::AUTHENTICATION_CERTIFICATE, Transparent, Free),
    entry(Jpki, id::AUTHENTICATION_CA, Transparent, Free),
    entry(Jpki, id::TERMINAL_CA, Key, Never),
    entry(Jpki, id::AUTHENTICATION_KEY, Key, AnyOf(&[id::AUTHENTICATION_PIN])),
    entry(Jpki, id::AUTHENTICATION_PIN, Pin, Never),
    entry(Jpki, id::SIGNATURE_KEY, Key, AnyOf(&[id::SIGNATURE_PIN])),
    entry(Jpki, id::SIGNATURE_PIN, Pin, Never),
    entry(Text, 0x0001, Transparent, AnyOf(&[id::TEXT_PIN, id::TEXT_CODE_A])),
    entry(Text, 0x0002, Transparent, AnyOf(&[id::TEXT_PIN, id::TEXT_CODE_B])),
    entry(Text, 0x0003, Transparent, TEXT_ANY),
    entry(Text, 0x0004, Transparent, Free),
    entry(Text, 0x0005, Transparent, Free),
    entry(Text, 0x0006, Transparent, TEXT_ANY),
    entry(Text, 0x0007, Transparent, TEXT_ANY),
    entry(Text, 0x0008, Transparent, Free),
    entry(Text, id::TEXT_PIN, Pin, Never),
    entry(Text, id::TEXT_BLOCKED, Pin, Never),
    entry(Text, id::TEXT_KEY, Key, Free),
    entry(Text, id::TEXT_CODE_A, Pin, Never),
    entry(Text, id::TEXT_CODE_B, Pin, Never),
    entry(Surface, 0x0001, Transparent, AnyOf(&[id::SURFACE_BIRTH])),
    entry(Surface, 0x0002, Transparent, SURFACE_ANY),
    entry(Surface, 0x0003, Transparent, Free),
    entry(Surface, 0x0004, Transparent, Free),
    entry(Surface, 0x0005, Transparent, AnyOf(&[id::SURFACE_CODE_A])),
    entry(Surface, 0x0006, Transparent, SURFACE_ANY),
    entry(Surface, id::SURFACE_BIRTH, Pin, Never),
    entry(Surface, id::SURFACE_CODE_B, Pin, Never),
    entry(Surface, id::SURFACE_CODE_A, Pin, Never),
    entry(Common, id::CARD_INFO, Records, Free),
    entry(Common, id::KEY_REFERENCE, Records, Free),
    entry(Common, id::COMMON_KEY, Key, Free),
    entry(Common, id::RESIDENT_REGISTER_PIN, Pin, Never),
    entry(Juki, id::KEY_REFERENCE, Records, Free),
    entry(Juki, id::RESIDENT_REGISTER_PIN, Pin, Never),
];

/// The entry of one file.
pub(super) fn find(application: Application, file: u16) -> Option<&'static Entry> {
    FILES.iter().find(|entry| entry.application == application && entry.file == file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_names_find_nothing_and_prefixes_the_first_application() {
        for aid in [
            &[][..],
            &[0x62, 0x76, 0x01, 0xFF, 0x00, 0x00, 0x00],
            &[0xA0, 0x00, 0x00, 0x00, 0x01, 0x01],
            &[0xA0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00],
            &[0xA0, 0x00, 0x00],
            &[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01, 0x00],
        ] {
            assert_eq!(Application::named(aid), None, "{aid:02X?}");
        }
        assert_eq!(Application::named(&[0xD3, 0x92, 0xF0]), Some(Jpki));
        for application in Application::ALL {
            assert_eq!(Application::named(application.aid()), Some(application));
        }
    }

    #[test]
    fn every_file_has_a_short_identifier_and_is_there_once() {
        for (at, one) in FILES.iter().enumerate() {
            assert!((1..=0x1E).contains(&one.file));
            let same = |other: &&Entry| other.application == one.application && other.file == one.file;
            assert_eq!(FILES.iter().position(|other| same(&other)), Some(at));
        }
    }
}
