//! What the machine must bring along: typefaces, the reader service, SQLite, a clock, room on the disk.

use super::Finding;
use super::data::Seen;
use crate::error::Result;
use crate::store::inspection;
use chrono::{DateTime, Datelike, FixedOffset, TimeDelta};
use forms::{FontPaths, Fonts};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The year this program was made in: an earlier clock is wrong.
const FIRST_YEAR: i32 = 2026;
/// Below this a month of work may not fit any more: 2 GiB.
const LEAST_SPACE: u64 = 2 << 30;

pub(super) async fn fonts() -> Result<Finding> {
    let loaded = tokio::task::spawn_blocking(|| Fonts::load(&FontPaths::default())).await?;
    Ok(match loaded {
        Ok(_) => Finding::fine("書体", "通知書の書体(IPAmj明朝、BIZ UD明朝、BIZ UDゴシック)があります。"),
        Err(error) => Finding::care(
            "書体",
            error.sentence(),
            "apt-get install fonts-ipamj-mincho fonts-morisawa-bizud-mincho fonts-morisawa-bizud-gothic",
        ),
    })
}

pub(super) fn reader_service(office: Option<&Seen>) -> Finding {
    let socket =
        std::env::var_os("PCSCLITE_CSOCK_NAME").map_or_else(|| "/run/pcscd/pcscd.comm".into(), PathBuf::from);
    reader_service_at(
        &socket,
        office.and_then(|seen| seen.inspection.as_ref().ok()).map(|seen| &*seen.pcsc_counters),
    )
}

/// A counter with a real reader needs the service; an office without one doesn't.
fn reader_service_at(socket: &Path, counters: Option<&[String]>) -> Finding {
    const ABOUT: &str = "カードリーダ";
    if UnixStream::connect(socket).is_ok() {
        return Finding::fine(ABOUT, "カードリーダのサービス(pcscd)が動いています。");
    }
    match counters {
        Some([]) => Finding::fine(
            ABOUT,
            "pcscdは動いていません。PC/SCのリーダを使う窓口端末がないため、今は必要ありません。",
        ),
        Some(names) => Finding::care(
            ABOUT,
            format!("pcscdが動いていないため、{}でカードを読めません。", names.join("、")),
            "systemctl enable --now pcscd.socket で動かしてください(なければ apt-get install pcscd)。",
        ),
        None => Finding::fine(ABOUT, "pcscdは動いていません。PC/SCのリーダを使うときに必要です。"),
    }
}

pub(super) async fn sqlite() -> Result<Finding> {
    let (version, safe) = inspection::sqlite().await?;
    Ok(if safe {
        Finding::fine("SQLite", format!("組み込まれているSQLiteは {version} です。"))
    } else {
        Finding::care(
            "SQLite",
            format!("組み込まれているSQLite {version} は、データベースを壊すおそれがあります。"),
            "SQLite 3.51.3以上で作り直したプログラムを使ってください。",
        )
    })
}

pub(super) fn clock(now: DateTime<FixedOffset>, office: Option<&Seen>) -> Finding {
    let last =
        office.and_then(|seen| seen.inspection.as_ref().ok()).and_then(|seen| seen.last_record.as_deref());
    clock_against(now, last.and_then(|at| DateTime::parse_from_rfc3339(at).ok()), synchronised())
}

/// Expiry days and the trail are only as right as the clock: it must not be behind what is already recorded.
fn clock_against(
    now: DateTime<FixedOffset>,
    last_record: Option<DateTime<FixedOffset>>,
    synchronised: Option<bool>,
) -> Finding {
    const ABOUT: &str = "時計";
    const CURE: &str = "端末の時刻合わせ(systemd-timesyncd または chrony)を動かしてください。";
    let shown = now.format("%Y年%m月%d日 %H:%M");
    if now.year() < FIRST_YEAR {
        return Finding::care(ABOUT, format!("端末の時計が{shown}を指しています。"), CURE);
    }
    if let Some(last) = last_record.filter(|last| *last - now > TimeDelta::minutes(5)) {
        let last = last.format("%Y年%m月%d日 %H:%M");
        let sentence = format!("端末の時計({shown})が、最後の操作の記録({last})より前です。");
        return Finding::care(ABOUT, sentence, CURE);
    }
    if synchronised == Some(false) {
        return Finding::care(
            ABOUT,
            format!("今は日本時間{shown}ですが、時刻合わせがされていません。"),
            CURE,
        );
    }
    Finding::fine(ABOUT, format!("今は日本時間{shown}です。"))
}

/// What systemd says about the clock, where there is systemd.
fn synchronised() -> Option<bool> {
    let output =
        Command::new("timedatectl").args(["show", "--property=NTPSynchronized", "--value"]).output().ok()?;
    match String::from_utf8_lossy(&output.stdout).trim() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

pub(super) fn space(data: &Path) -> Finding {
    let existing = data.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
    space_of(free_bytes(existing))
}

fn space_of(free: Option<u64>) -> Finding {
    const ABOUT: &str = "空き容量";
    match free {
        None => Finding::care(
            ABOUT,
            "空き容量を調べられません。",
            "df でデータの置き場所の空きを確かめてください。",
        ),
        Some(free) => {
            let sentence = format!(
                "データの置き場所の空きは {}.{} GiB です。",
                free >> 30,
                (free >> 20) % 1024 * 10 / 1024
            );
            if free < LEAST_SPACE {
                Finding::care(
                    ABOUT,
                    sentence,
                    "2 GiB以上の空きを作ってください。古いバックアップを別の場所に移せます。",
                )
            } else {
                Finding::fine(ABOUT, sentence)
            }
        }
    }
}

/// Bytes that the file system of `path` has left for ordinary users.
fn free_bytes(path: &Path) -> Option<u64> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let output = Command::new("df").args(["-P", "-k", "--"]).arg(path).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kibibytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kibibytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    /// A clock from before the program, or behind its own trail, is found; a few seconds are nothing.
    #[test]
    fn finds_a_wrong_clock() {
        let now = at("2026-11-22T12:00:00+09:00");
        let care = |now, last, synchronised| clock_against(now, last, synchronised).cure.is_some();
        assert!(!care(now, None, None) && !care(now, Some(at("2026-11-22T12:00:10+09:00")), Some(true)));
        assert!(care(at("2020-01-01T00:00:00+09:00"), None, Some(true)));
        assert!(care(now, Some(at("2026-11-23T12:00:00+09:00")), Some(true)));
        assert!(care(now, None, Some(false)));
    }

    /// A missing service matters where a counter needs it.
    #[test]
    fn wants_the_reader_service_only_where_it_is_used() {
        let dir = tempfile::tempdir().unwrap();
        let socket = dir.path().join("pcscd.comm");
        let counters = ["3番窓口".to_owned()];
        assert!(reader_service_at(&socket, Some(&counters)).cure.is_some());
        assert!(reader_service_at(&socket, Some(&[])).cure.is_none());
        let _service = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(reader_service_at(&socket, Some(&counters)).cure.is_none());
    }

    /// Room is told in GiB, and too little of it needs care.
    #[test]
    fn finds_a_full_disk() {
        assert_eq!(space_of(Some(5 << 29)).sentence, "データの置き場所の空きは 2.5 GiB です。");
        assert!(space_of(Some(5 << 29)).cure.is_none());
        assert!(space_of(Some(1 << 30)).cure.is_some());
        assert!(space_of(free_bytes(Path::new("/"))).sentence.ends_with("です。"));
    }
}
