//! The real program, running on a data directory of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use tempfile::TempDir;

/// How long the program may take to open, the training ward included.
const OPENS_WITHIN: Duration = Duration::from_mins(2);

/// What a program says that nobody asked to say more.
const QUIET: &str = "info,sqlx=warn";

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
    log: Log,
}

/// What the program has written to its log.
type Log = Arc<Mutex<String>>;

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
        let log = Log::default();
        let (child, address) = spawn(data.path(), options, QUIET, &log);
        Self { child, data, address, log }
    }

    /// Opens a training office that writes everything it can say to its log.
    pub fn talkative() -> Self {
        Self::talkative_with(&["--training"])
    }

    /// The same with these options. What the program puts aside for a while is below its data directory too.
    pub fn talkative_with(options: &[&str]) -> Self {
        let (data, log) = (tempfile::tempdir().expect("a temporary directory"), Log::default());
        let (child, address) = spawn(data.path(), options, "trace", &log);
        Self { child, data, address, log }
    }

    /// The log so far.
    pub fn log(&self) -> String {
        self.log.lock().expect("nobody panics with the log").clone()
    }

    /// Stops the program; its data stay until the directory is dropped.
    pub fn close(mut self) -> TempDir {
        let empty = tempfile::tempdir().expect("a temporary directory");
        let _ = self.child.kill();
        let _ = self.child.wait();
        std::mem::replace(&mut self.data, empty)
    }

    /// Asks the program to close, as the service manager does, and waits for its end; its exit code.
    pub fn ask_to_close(mut self) -> Option<i32> {
        let asked = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        assert!(asked.expect("kill runs").success());
        let begun = std::time::Instant::now();
        while begun.elapsed() < OPENS_WITHIN {
            if let Ok(Some(ended)) = self.child.try_wait() {
                return ended.code();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the office did not close");
    }

    /// Opens an office on a directory that stays when the office closes.
    pub fn start_in_folder(data: &Path, options: &[&str]) -> Running {
        let (child, _) = spawn(data, options, QUIET, &Log::default());
        Running { child }
    }

    /// Where it answers: `http://127.0.0.1:12345`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Host and port of it, without the scheme.
    pub fn socket(&self) -> &str {
        self.address.split_once("://").map_or(&self.address, |(_, socket)| socket)
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Its data directory.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Kills the program as a power cut would and opens it again on the same data.
    pub fn kill_and_reopen(&mut self, options: &[&str]) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let (child, address) = spawn(self.data.path(), options, QUIET, &self.log);
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

fn spawn(data: &Path, options: &[&str], level: &str, log: &Log) -> (Child, String) {
    let mut child = Command::new(program())
        .arg("serve")
        .arg("--data")
        .arg(data)
        .args(["--listen", "127.0.0.1:0"])
        .args(options)
        .env("MADOGUCHI_LOG", level)
        .env("TMPDIR", data)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let lines = BufReader::new(child.stderr.take().expect("stderr is piped")).lines();
    let (tell, hear) = mpsc::channel();
    let (log, shown) = (Arc::clone(log), level == QUIET);
    // The pipe is read to its end, so that the program never waits for us.
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if let Some((_, address)) = line.split_once("開きました。 http") {
                let _ = tell.send(format!("http{}", address.trim().trim_end_matches('/')));
            } else if shown {
                eprintln!("office: {line}");
            }
            let mut log = log.lock().expect("nobody panics with the log");
            log.push_str(&line);
            log.push('\n');
        }
    });
    let address = hear.recv_timeout(OPENS_WITHIN);
    let Ok(address) = address else {
        let _ = child.kill();
        panic!("the office did not open");
    };
    (child, address)
}
