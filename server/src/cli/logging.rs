//! What the program says about itself, on standard error: how much of it and in which form.
//!
//! Above debug nothing personal is logged (`docs/logging.md`). That includes what a fault of ours would say: a panic's
//! words may quote what the program had in hand, so the log gets the place and only debug the words.

use crate::clock::Clock;
use clap::{Args, ValueEnum};
use std::fmt;
use std::io::IsTerminal as _;
use std::panic;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;

/// What is logged when nobody asks for more or less.
const USUAL: &str = "info,sqlx=warn";

/// How the log is written.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Options {
    /// ログの形
    #[arg(
        long = "log-format",
        value_name = "FORMAT",
        env = "MADOGUCHI_LOG_FORMAT",
        default_value = "text",
        value_enum,
        global = true
    )]
    format: Format,
}

/// The form of a line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// 人が読む1行(時刻はjournaldが付けます)
    Text,
    /// 1行に1つのJSON(日本時間の時刻つき)
    Json,
}

/// Begins to log.
pub(super) fn begin(options: Options) {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_writer(std::io::stderr)
        // Colours are for a terminal; in a journal they are noise.
        .with_ansi(std::io::stderr().is_terminal());
    match options.format {
        Format::Text => lines.without_time().init(),
        Format::Json => lines.json().flatten_event(true).with_timer(JapanTime).init(),
    }
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(%place, "panic");
        let words = panic.payload_as_str().unwrap_or_default();
        tracing::debug!(%place, words, "panic");
    }));
}

/// `MADOGUCHI_LOG` says how much, `RUST_LOG` where that doesn't.
fn filter() -> EnvFilter {
    ["MADOGUCHI_LOG", "RUST_LOG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|text| !text.is_empty()))
        .and_then(|text| EnvFilter::try_new(text).ok())
        .unwrap_or_else(|| USUAL.into())
}

/// Japan's time, from the one place that knows it.
struct JapanTime;

impl FormatTime for JapanTime {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        writer.write_str(&Clock::real().stamp())
    }
}
