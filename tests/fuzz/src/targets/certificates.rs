//! Certificates and lists of revoked ones, as a card or an issuer may hand them over. Nobody forges them by chance:
//! what is believed is one of ours.
#![no_main]

use card::trust::Trust;
use libfuzzer_sys::fuzz_target;
use rules::kinds::CertificateKind;

fuzz_target!(|data: &[u8]| {
    let Some((what, der)) = data.split_first() else { return };
    let kind = CertificateKind::ALL[usize::from(what & 1)];
    let trust = if what & 2 == 0 { Trust::Training } else { Trust::Live };
    if what & 4 == 0 {
        drop(trust.check(kind, der, fuzz::today()));
    } else {
        drop(trust.revoked(kind, der, "52A0"));
    }
});
