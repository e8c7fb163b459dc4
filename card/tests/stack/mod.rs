//! A reader service of the test's own: Debian's pcscd with the vpcd driver, in a private network and mount namespace.
#![allow(dead_code, reason = "each test file uses its part of it")]

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use card::virtual_card::VirtualCard;
use card::virtual_card::vpcd::serve;
use tempfile::TempDir;

/// Set inside the namespace.
const INSIDE: &str = "CARD_TEST_INSIDE";
/// The name that pcscd gives the first slot of vpcd's reader.
pub const READER: &str = "Virtual PCD 00 00";
const PORT: u16 = 35963;
const ATR: [u8; 9] = [0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];

/// Whether this process is one that [`in_namespace`] started.
pub fn inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

/// Runs `body` with a fresh `/run/pcscd` and only a loopback network. `test` is the full name of the caller.
pub fn in_namespace(test: &str, body: impl FnOnce()) {
    if inside() {
        return body();
    }
    let script = "mkdir -p /run/pcscd && mount -t tmpfs tmpfs /run/pcscd && ip link set lo up && exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--mount", "--net", "--pid", "--fork", "--kill-child"]);
    if !Command::new("id").arg("-u").output().expect("id runs").stdout.starts_with(b"0") {
        command.arg("--map-root-user");
    }
    let status = command
        .args(["sh", "-c", script, "sh"])
        .arg(std::env::current_exe().expect("the test knows its own file"))
        .args([test, "--exact", "--nocapture"])
        .env(INSIDE, "1")
        .status()
        .expect("unshare runs (util-linux)");
    assert!(status.success(), "{test} failed inside its namespace");
}

/// A running pcscd; dropping it kills it, as a crash would.
pub struct Service {
    child: Child,
    _config: TempDir,
}

impl Service {
    pub fn start() -> Self {
        Self::start_with(true)
    }

    /// As [`Self::start`]; without its reader, as when the plug was pulled.
    pub fn start_with(plugged_in: bool) -> Self {
        // Process numbers repeat between namespaces, so they make no name.
        let config = tempfile::tempdir().unwrap();
        let driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
        assert!(std::path::Path::new(driver).exists(), "vsmartcard-vpcd is installed");
        let entry = format!(
            "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x8C7B\nLIBPATH {driver}\nCHANNELID 0x8C7B\n"
        );
        if plugged_in {
            std::fs::write(config.path().join("vpcd"), entry).unwrap();
        }
        let child = Command::new("/usr/sbin/pcscd")
            .args(["--foreground", "--config"])
            .arg(config.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pcscd starts");
        Self { child, _config: config }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a card says to a command; an empty answer breaks the connection inside the command, as a pulled card does.
pub type Behaviour = Box<dyn FnMut(&[u8]) -> Vec<u8> + Send>;

/// A card behind vpcd. Dropping it takes it away.
pub struct Laid {
    stream: TcpStream,
    thread: Option<JoinHandle<()>>,
    log: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Laid {
    pub fn down(mut behaviour: Behaviour) -> Self {
        let until = Instant::now() + Duration::from_secs(20);
        let stream = loop {
            match TcpStream::connect(("127.0.0.1", PORT)) {
                Ok(stream) => break stream,
                Err(error) => assert!(Instant::now() < until, "vpcd doesn't listen: {error}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        stream.set_nodelay(true).unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (mut own, own_log) = (stream.try_clone().unwrap(), Arc::clone(&log));
        let thread = std::thread::spawn(move || {
            while let Some(message) = receive(&mut own) {
                own_log.lock().unwrap().push(message.clone());
                let answer = match message.as_slice() {
                    [4] => ATR.to_vec(),
                    [_] => continue,
                    command => behaviour(command),
                };
                if answer.is_empty() {
                    break;
                }
                let length = u16::try_from(answer.len()).unwrap().to_be_bytes();
                if own.write_all(&[&length[..], &answer].concat()).is_err() {
                    break;
                }
            }
            let _ = own.shutdown(Shutdown::Both);
        });
        Self { stream, thread: Some(thread), log }
    }

    /// The messages that the card received since the last call, without the polls for presence.
    pub fn heard(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut *self.log.lock().unwrap()).into_iter().filter(|message| message != &[4]).collect()
    }
}

impl Drop for Laid {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Both);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn receive(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut length = [0; 2];
    stream.read_exact(&mut length).ok()?;
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut message).ok()?;
    Some(message)
}

/// A virtual card behind vpcd. Dropping it takes it away.
pub struct Virtual {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Virtual {
    pub fn down(card: VirtualCard) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let own = Arc::clone(&stop);
        let thread = std::thread::spawn(move || serve(card, &format!("127.0.0.1:{PORT}"), &own).unwrap());
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for Virtual {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Waits until `ready`, at most `patience`, and says how long it took.
pub fn within(what: &str, patience: Duration, mut ready: impl FnMut() -> bool) -> Duration {
    let begun = Instant::now();
    while !ready() {
        assert!(begun.elapsed() < patience, "{what}: not within {patience:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
    begun.elapsed()
}
