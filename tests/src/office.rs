//! The real program, running on a data directory of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use tempfile::TempDir;

/// How long the program may take to open, the training ward included.
const OPENS_WITHIN: Duration = Duration::from_secs(120);

/// The program's file, built beside the tests.
///
/// # Panics
/// When it isn't there: `make test` builds it first.
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("the test knows its own file");
    let folder = test.ancestors().find(|folder| folder.join("madoguchi").is_file());
    folder.expect("madoguchi is built: cargo build --bin madoguchi").join("madoguchi")
}

/// The day that a training office opens on.
pub fn today() -> chrono::NaiveDate {
    server::training::opening_day(server::clock::Clock::real().today())
}

/// Runs a command of the program to its end.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(program()).args(arguments).output().expect("the program runs")
}

/// A running office. Dropping it stops the program and takes its data away.
pub struct Office {
    child: Child,
    data: TempDir,
    address: String,
}

impl Office {
    /// Opens a training office on a free port.
    pub fn training() -> Self {
        Self::start(&["--training"])
    }

    /// Opens a training office that believes it is another day.
    pub fn training_on(today: &str) -> Self {
        Self::start(&["--training", "--today", today])
    }

    /// Opens an office with these further options.
    pub fn start(options: &[&str]) -> Self {
        Self::start_in(tempfile::tempdir().expect("a temporary directory"), options)
    }

    /// Opens an office on a data directory that is already there.
    pub fn start_in(data: TempDir, options: &[&str]) -> Self {
        let (child, address) = spawn(data.path(), options);
        Self { child, data, address }
    }

    /// Opens an office on a directory that stays when the office closes.
    pub fn start_in_folder(data: &Path, options: &[&str]) -> Running {
        let (child, _) = spawn(data, options);
        Running { child }
    }

    /// Where it answers: `http://127.0.0.1:12345`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its data directory.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Kills the program as a power cut would and opens it again on the same data.
    pub fn kill_and_reopen(&mut self, options: &[&str]) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let (child, address) = spawn(self.data.path(), options);
        (self.child, self.address) = (child, address);
    }
}

/// A running office whose data belong to somebody else. Dropping it stops the program.
pub struct Running {
    child: Child,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(data: &Path, options: &[&str]) -> (Child, String) {
    let mut child = Command::new(program())
        .arg("serve")
        .arg("--data")
        .arg(data)
        .args(["--listen", "127.0.0.1:0"])
        .args(options)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let lines = BufReader::new(child.stderr.take().expect("stderr is piped")).lines();
    let (tell, hear) = mpsc::channel();
    // The pipe is read to its end, so that the program never waits for us.
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if let Some((_, address)) = line.split_once("http://") {
                let _ = tell.send(format!("http://{}", address.trim().trim_end_matches('/')));
            } else {
                eprintln!("office: {line}");
            }
        }
    });
    let address = hear.recv_timeout(OPENS_WITHIN);
    let Ok(address) = address else {
        let _ = child.kill();
        panic!("the office did not open");
    };
    (child, address)
}
