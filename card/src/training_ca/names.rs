//! Names of the training CAs and of the places on the certificates. Each says that it is a training name.

use rules::kinds::CertificateKind;

use super::asn1::{name_part, printable, sequence, utf8};

const COUNTRY: &str = "2.5.4.6";
const LOCALITY: &str = "2.5.4.7";
const ORGANISATION: &str = "2.5.4.10";
const UNIT: &str = "2.5.4.11";
const COMMON_NAME: &str = "2.5.4.3";

/// The organisation in every name of the training hierarchy. J-LIS' says `JPKI`, or `JPKI-TEST` on its test cards.
pub const ORGANISATION_NAME: &str = "MADOGUCHI-TRAINING";
const PREFECTURE: &str = "Kunren-ken";
const CITY: &str = "Mihon-ku";

fn purpose(kind: CertificateKind) -> &'static str {
    match kind {
        CertificateKind::Signature => "TRAINING ONLY for digital signature",
        CertificateKind::Authentication => "TRAINING ONLY for user authentication",
    }
}

fn country() -> Vec<u8> {
    name_part(COUNTRY, printable("JP"))
}

/// The CA's own name.
pub fn authority(kind: CertificateKind) -> Vec<u8> {
    sequence(&[
        country(),
        name_part(ORGANISATION, utf8(ORGANISATION_NAME)),
        name_part(UNIT, utf8(purpose(kind))),
        name_part(UNIT, utf8("Not J-LIS. Keys are public")),
    ])
}

/// The CA's name in Japanese, for the alternative name extensions.
pub fn authority_japanese(kind: CertificateKind) -> Vec<u8> {
    let unit = match kind {
        CertificateKind::Signature => "訓練用・署名用認証局",
        CertificateKind::Authentication => "訓練用・利用者証明用認証局",
    };
    sequence(&[
        country(),
        name_part(ORGANISATION, utf8("窓口訓練用認証局(効力なし)")),
        name_part(UNIT, utf8(unit)),
    ])
}

/// The directory name of the list of revoked certificates.
pub fn distribution_point(kind: CertificateKind) -> Vec<u8> {
    sequence(&[
        country(),
        name_part(ORGANISATION, utf8(ORGANISATION_NAME)),
        name_part(UNIT, utf8(purpose(kind))),
        name_part(UNIT, utf8("CRL Distribution Points")),
        name_part(UNIT, utf8(PREFECTURE)),
        name_part(COMMON_NAME, utf8(&format!("{CITY} CRLDP"))),
    ])
}

/// The holder's name on a certificate: no personal data in either kind.
pub fn subject(kind: CertificateKind, common_name: &str) -> Vec<u8> {
    match kind {
        CertificateKind::Signature => sequence(&[
            country(),
            name_part(LOCALITY, utf8(PREFECTURE)),
            name_part(LOCALITY, utf8(CITY)),
            name_part(COMMON_NAME, utf8(common_name)),
        ]),
        CertificateKind::Authentication => sequence(&[country(), name_part(COMMON_NAME, utf8(common_name))]),
    }
}
