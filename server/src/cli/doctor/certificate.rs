//! The office's self-made certificate: its fingerprint, to compare with what a browser shows, and its end.

use super::Finding;
use crate::data_dir::DataDir;
use crate::front::certificate::{self, Known};
use chrono::{DateTime, FixedOffset, TimeDelta};
use rules::wareki;

const ABOUT: &str = "証明書";
/// An office that is open renews a month before the end; later than this it hasn't been.
const LATE: i64 = 14;

/// Nothing when the office has made none.
pub(super) fn finding(data: &DataDir, now: DateTime<FixedOffset>) -> Option<Finding> {
    let files = certificate::files(data);
    if !files.certificate.exists() {
        return None;
    }
    Some(match certificate::look(&files.certificate) {
        Ok(known) => judge(&known, now),
        Err(_) => Finding::care(
            ABOUT,
            format!("{} を証明書として読めません。", files.certificate.display()),
            "そのファイルを消して --tls-self-made で開き直すと、同じ鍵で作り直します。",
        ),
    })
}

fn judge(known: &Known, now: DateTime<FixedOffset>) -> Finding {
    let sentence = format!(
        "窓口が作った証明書は{}まで有効です。指紋(SHA-256) {}",
        wareki::long(known.until.date_naive()),
        known.fingerprint
    );
    if known.until - now < TimeDelta::days(LATE) {
        let cure = "--tls-self-made で窓口を開き直すと作り直します。新しい指紋を、窓口のパソコンに信頼させてください。";
        return Finding::care(ABOUT, sentence, cure);
    }
    Finding::fine(ABOUT, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fingerprint is shown; an end that nobody renewed needs care.
    #[test]
    fn shows_the_fingerprint_and_a_near_end() {
        let at = |text| DateTime::parse_from_rfc3339(text).unwrap();
        let known =
            Known { fingerprint: "AB:CD".into(), until: at("2028-11-01T00:00:00+09:00"), names: Vec::new() };
        let fine = judge(&known, at("2026-11-01T00:00:00+09:00"));
        assert!(
            fine.cure.is_none()
                && fine.sentence.contains("AB:CD")
                && fine.sentence.contains("令和10年11月1日")
        );
        assert!(judge(&known, at("2028-10-25T00:00:00+09:00")).cure.is_some());
    }
}
