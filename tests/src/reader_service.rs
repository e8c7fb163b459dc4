//! Debian's pcscd with the vpcd driver, and virtual cards behind it.

use crate::office::program;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The name that pcscd gives the first slot of vpcd's reader.
pub const READER: &str = "Virtual PCD 00 00";

/// A running pcscd. Dropping it stops it.
pub struct ReaderService {
    child: Child,
    _config: TempDir,
}

impl ReaderService {
    /// Starts pcscd in the foreground with one vpcd reader and waits until it answers.
    ///
    /// # Panics
    /// When pcscd or the driver isn't installed, or it doesn't come up.
    pub fn start() -> Self {
        let config = tempfile::tempdir().expect("a temporary directory");
        let driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
        assert!(Path::new(driver).exists(), "vsmartcard-vpcd is installed");
        let reader = format!(
            "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x8C7B\nLIBPATH {driver}\nCHANNELID 0x8C7B\n"
        );
        std::fs::write(config.path().join("vpcd"), reader).expect("the reader's file is written");
        let child = Command::new("/usr/sbin/pcscd")
            .args(["--foreground", "--config"])
            .arg(config.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pcscd starts");
        let service = Self { child, _config: config };
        wait_for("pcscd", || card::readers::list_pcsc().is_ok_and(|readers| !readers.is_empty()));
        service
    }
}

impl Drop for ReaderService {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A virtual card that the program plays behind vpcd. Dropping it takes the card away.
pub struct VirtualCard {
    child: Child,
}

impl VirtualCard {
    /// Puts a card of this profile on the reader.
    pub fn put_on(profile: &str, state: Option<&Path>) -> Self {
        let mut command = Command::new(program());
        command.args(["virtual-card", "--profile", profile]);
        if let Some(state) = state {
            command.arg("--state").arg(state);
        }
        Self { child: command.stderr(Stdio::null()).spawn().expect("the program starts") }
    }
}

impl Drop for VirtualCard {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits up to half a minute until `ready`.
///
/// # Panics
/// When it isn't by then.
pub fn wait_for(what: &str, ready: impl Fn() -> bool) {
    let begun = Instant::now();
    while !ready() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what} did not come within half a minute");
        std::thread::sleep(Duration::from_millis(50));
    }
}
