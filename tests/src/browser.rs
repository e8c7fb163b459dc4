//! A real browser: Debian's Chromium, driven by its own driver.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;
use thirtyfour::prelude::*;

/// A browser window. Call [`Browser::close`] at the end; dropping it stops the driver.
pub struct Browser {
    /// What drives it.
    pub driver: WebDriver,
    child: Child,
    _profile: TempDir,
    pictures: PathBuf,
}

impl Browser {
    /// Opens a window of an office PC: 1366 × 768.
    ///
    /// # Panics
    /// When Chromium or its driver isn't installed.
    pub async fn open(pictures: &Path) -> Self {
        Self::open_sized(pictures, 1366, 768, 1.0).await
    }

    /// The same on a PC that runs no page's script.
    ///
    /// # Panics
    /// When Chromium or its driver isn't installed.
    pub async fn open_without_script(pictures: &Path) -> Self {
        Self::open_as(pictures, (1366, 768, 1.0), false).await
    }

    /// Opens a window of this many CSS pixels and this zoom.
    ///
    /// # Panics
    /// When Chromium or its driver isn't installed.
    pub async fn open_sized(pictures: &Path, width: u32, height: u32, zoom: f32) -> Self {
        Self::open_as(pictures, (width, height, zoom), true).await
    }

    async fn open_as(pictures: &Path, (width, height, zoom): (u32, u32, f32), script: bool) -> Self {
        let port = free_port();
        let child = Command::new("/usr/bin/chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed");
        let profile = tempfile::tempdir().expect("a temporary directory");
        let mut wishes = DesiredCapabilities::chrome();
        wishes.set_binary("/usr/bin/chromium").expect("a path");
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--lang=ja",
            &format!("--window-size={width},{height}"),
            &format!("--force-device-scale-factor={zoom}"),
            &format!("--user-data-dir={}", profile.path().display()),
        ] {
            wishes.add_arg(argument).expect("an argument");
        }
        if !script {
            let blocked = serde_json::json!({ "profile.managed_default_content_settings.javascript": 2 });
            wishes.set_browser_option("prefs", blocked).expect("a preference");
        }
        let address = format!("http://127.0.0.1:{port}");
        let mut tries = 0;
        let driver = loop {
            match WebDriver::new(&address, wishes.clone()).await {
                Ok(driver) => break driver,
                Err(error) if tries > 100 => panic!("the browser did not open: {error}"),
                Err(_) => {
                    tries += 1;
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
            }
        };
        // The window's size includes the browser's own bars; the page is to have what was asked for.
        let bars = driver.execute("return window.outerHeight - window.innerHeight;", Vec::new()).await;
        let bars: u32 = bars.ok().and_then(|bars| bars.convert().ok()).unwrap_or(0);
        driver.set_window_rect(0, 0, width, height + bars).await.expect("a window of this size");
        std::fs::create_dir_all(pictures).expect("a folder for pictures");
        Self { driver, child, _profile: profile, pictures: pictures.to_owned() }
    }

    /// Takes a picture of what is on the screen.
    pub async fn picture(&self, name: &str) {
        let file = self.pictures.join(format!("{name}.png"));
        self.driver.screenshot(&file).await.expect("a picture");
    }

    /// Closes the window.
    pub async fn close(mut self) {
        let driver = self.driver.clone();
        let _ = driver.quit().await;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the pictures of a test go: below `target`, so that they can be looked at and never be committed by accident.
pub fn pictures(test: &str) -> PathBuf {
    let program = crate::office::program();
    program
        .parent()
        .and_then(Path::parent)
        .expect("the program is in target/debug")
        .join("pictures")
        .join(test)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
