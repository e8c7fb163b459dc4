//! A network and a reader service of a test's own.
//!
//! pcscd knows one socket and vpcd listens on every address, so each test that needs them runs itself again inside a
//! private network and mount namespace.

use std::process::Command;

/// Set inside the namespace.
const INSIDE: &str = "MADOGUCHI_TEST_INSIDE";

/// Runs `body` in a namespace with a fresh `/run/pcscd` and only a loopback network.
///
/// `test` is the full name of the test that calls this, so that it can be found again.
///
/// # Panics
/// When the namespace can't be made, or the test fails inside it.
pub fn run(test: &str, body: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        return body();
    }
    let exe = std::env::current_exe().expect("the test knows its own file");
    let script = "mkdir -p /run/pcscd && mount -t tmpfs tmpfs /run/pcscd && ip link set lo up && exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--mount", "--net", "--pid", "--fork", "--kill-child"]);
    if !is_root() {
        command.arg("--map-root-user");
    }
    let status = command
        .args(["sh", "-c", script, "sh"])
        .arg(exe)
        .args([test, "--exact", "--nocapture", "--include-ignored"])
        .env(INSIDE, "1")
        .status()
        .expect("unshare runs (util-linux)");
    assert!(status.success(), "{test} failed inside its namespace");
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout.starts_with(b"0")
}
