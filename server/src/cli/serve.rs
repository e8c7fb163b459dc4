//! `madoguchi serve`: opens the office.

mod reach;

use super::wanted_mode;
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::{Refusal, Result};
use crate::front::listen::{self, Listener};
use crate::front::{Front, process};
use crate::office::Office;
use crate::{routes, staff, training};
use chrono::NaiveDate;
use clap::Args;
use rules::wareki;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use tokio::net::TcpListener;

/// What `serve` may be told.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// データの置き場所(本番 data/live、訓練 data/training)
    #[arg(long, value_name = "DIR", env = "MADOGUCHI_DATA")]
    data: Option<PathBuf>,
    /// 待ち受ける場所
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8080")]
    listen: String,
    /// TLSの証明書(PEM、中間証明書を含む)
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// TLSの鍵(PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// 窓口が自分で作る証明書でTLSを使う
    #[arg(long, conflicts_with = "tls_cert")]
    tls_self_made: bool,
    /// 前に立ってTLSを終える中継サーバのアドレス(何度でも)
    #[arg(long, value_name = "ADDRESS")]
    behind_proxy: Vec<IpAddr>,
    /// 窓口を開くときの名前(何度でも。アドレスとこの端末の名前は要りません)
    #[arg(long = "name", value_name = "NAME")]
    names: Vec<String>,
    /// 訓練用の窓口を開く
    #[arg(long)]
    training: bool,
    /// 訓練での今日の日付
    #[arg(long, value_name = "YYYY-MM-DD", requires = "training")]
    today: Option<String>,
}

/// Opens the office and serves until it is told to stop.
///
/// # Errors
/// A refusal when the port is in use, the data directory can't be used, or the database doesn't fit.
pub async fn run(options: Options) -> Result<u8> {
    process::forbid_core_dumps();
    let clock = clock(&options)?;
    let socket = bind(&options.listen).await?;
    let address = socket.local_addr()?;
    refuse_open_air(&options, address)?;
    let default = if options.training { "data/training" } else { "data/live" };
    let dir = options.data.clone().unwrap_or_else(|| default.into());
    let data = DataDir::open(&dir)?;
    let names = reach::names(&options.names, &options.listen, address);
    let tls = reach::tls(&options, &data, &names)?;
    let office = Office::open(data, Some(wanted_mode(options.training)), clock).await?;
    if office.mode().is_training() {
        training::open_ward(&office).await?;
    } else {
        staff::first::welcome(&office).await?;
    }
    crate::import::jobs::sweep(&office)?;
    let interrupted = crate::counter::visit::recovery::take_stock(&office).await?;
    if interrupted > 0 {
        eprintln!("途中で止まったカードの更新が{interrupted}件あります。受付の画面で続きを行ってください。");
    }
    crate::counter::inquiry::watch::sweep(&office).await?;
    let unfinished = crate::notices::campaign::job::resume(&office).await?;
    if unfinished > 0 {
        eprintln!("通知書の作業を続けています({unfinished}回分)。");
    }
    crate::notices::campaign::job::watch_the_day(&office);
    office.stations().start(&office).await?;
    if options.training && options.today.is_none() {
        say_the_day(&office);
    }
    let words = if office.mode().is_training() { "訓練用の窓口" } else { "窓口" };
    let scheme = if tls.is_some() { "https" } else { "http" };
    eprintln!("{words}を開きました。 {scheme}://{address}/");
    let front = Front { tls: tls.is_some(), proxies: options.behind_proxy.clone(), names };
    let listener = Listener { socket, tls, proxies: front.proxies.clone() };
    let router = routes::behind_gate(office.clone(), front);
    listen::serve(listener, router, closed_by(office.clone())).await?;
    office.store().close().await;
    eprintln!("窓口を閉じました。");
    Ok(0)
}

/// Passwords and names must not cross a network in the open. Made-up ones may.
fn refuse_open_air(options: &Options, address: SocketAddr) -> Result<()> {
    let closed = options.tls_self_made || options.tls_cert.is_some() || !options.behind_proxy.is_empty();
    if closed || options.training || address.ip().is_loopback() {
        return Ok(());
    }
    let sentence = format!("{address} では、暗号化なしに外から使えてしまうため、窓口を開きません。");
    let what_now = "--tls-self-made か --tls-cert と --tls-key でTLSを使うか、中継サーバの後ろなら --behind-proxy でそのアドレスを指定してください。";
    Err(Refusal::setup(sentence, what_now).into())
}

fn clock(options: &Options) -> Result<Clock> {
    match &options.today {
        Some(text) => Ok(Clock::starting(day(text)?)),
        None if options.training => Ok(training_clock()),
        None => Ok(Clock::real()),
    }
}

/// A clock that stands on an open day.
fn training_clock() -> Clock {
    Clock::starting(training::opening_day(Clock::real().today()))
}

/// Says that it is another day in here. Only once the office is open: what can't be opened ends in one sentence.
fn say_the_day(office: &Office) {
    let today = office.clock().today();
    if today != Clock::real().today() {
        eprintln!("今日は閉庁日か保守日のため、訓練では{}として開きます。", wareki::long_weekday(today));
    }
}

/// A day as the command line gives it.
///
/// # Errors
/// A refusal when it isn't one.
pub fn day(text: &str) -> Result<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
        let sentence = format!("--today の「{text}」は日付として読めません。");
        Refusal::input(sentence, "2026-11-22 の形で指定してください。").into()
    })
}

async fn bind(text: &str) -> Result<TcpListener> {
    let addresses =
        tokio::net::lookup_host(text).await.map(Iterator::collect::<Vec<SocketAddr>>).unwrap_or_default();
    if addresses.is_empty() {
        let sentence = format!("--listen の「{text}」は待ち受ける場所として読めません。");
        return Err(Refusal::input(sentence, "127.0.0.1:8080 の形で指定してください。").into());
    }
    TcpListener::bind(addresses.as_slice()).await.map_err(|error| {
        let (sentence, what_now) = match error.kind() {
            std::io::ErrorKind::AddrInUse => (
                format!("{text} は、ほかのプログラムが使っています。"),
                "そのプログラムを止めるか、--listen で別の番号を指定してください。",
            ),
            std::io::ErrorKind::PermissionDenied => (
                format!("{text} で待ち受ける権限がありません。"),
                "--listen で1024以上の番号を指定してください。",
            ),
            _ => (
                format!("{text} では待ち受けられません。"),
                "--listen にこの端末のアドレスを指定してください。",
            ),
        };
        Refusal::setup(sentence, what_now).into()
    })
}

/// Pages that listen to a counter would keep the office open for ever: its stations close first.
async fn closed_by(office: Office) {
    told_to_stop().await;
    office.stations().stop();
}

async fn told_to_stop() {
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
