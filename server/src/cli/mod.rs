//! The command line. Its words are stable: offices and scripts use it.
//!
//! Every command ends with 0 when it did what was asked, 1 when it did part of it or found something wrong, and 2,
//! after one clear sentence and with nothing changed, when it couldn't.

pub mod audit;
pub mod backup;
pub mod calc;
pub mod card;
pub mod doctor;
pub mod import;
mod logging;
pub mod notices;
pub mod serve;
pub mod virtual_card;

use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::{Error, Refusal, Result};
use crate::front::process;
use crate::office::{Mode, Office};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// 窓口: マイナンバーカードの電子証明書の窓口業務
#[derive(Debug, Parser)]
#[command(name = "madoguchi", version, about, long_about = None)]
struct Cli {
    #[command(flatten)]
    log: logging::Options,
    #[command(subcommand)]
    command: Command,
}

/// Where the office keeps its data.
#[derive(Clone, Debug, Args)]
struct Data {
    /// データの置き場所
    #[arg(long = "data", value_name = "DIR", env = "MADOGUCHI_DATA", default_value = "data/live")]
    dir: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 窓口を開く
    Serve(serve::Options),
    /// 住民またはカードのファイルを取り込む
    Import {
        /// residents(住民)または cards(カード)
        kind: String,
        /// CSVファイル
        file: PathBuf,
        /// 調べるだけで取り込まない
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        data: Data,
    },
    /// 有効期限通知書を作る
    Notices {
        /// 有効期間が満了する月
        #[arg(long, value_name = "YYYY-MM")]
        expiring: String,
        /// 作るPDF
        #[arg(long, value_name = "FILE.pdf")]
        out: PathBuf,
        /// それぞれの通知書の2枚目に、代理の方のための照会書兼回答書を付ける
        #[arg(long)]
        reply_forms: bool,
        #[command(flatten)]
        data: Data,
    },
    /// 期限や手続の計算(1行に1つのJSON)
    Calc,
    /// リーダとカードを見る
    Card {
        #[command(subcommand)]
        command: card::CardCommand,
    },
    /// 訓練用の仮想カードをpcscdのvpcdにつなぐ
    VirtualCard(virtual_card::Options),
    /// 操作の記録を確かめる
    Audit {
        #[command(subcommand)]
        command: audit::AuditCommand,
    },
    /// データの写しを作る
    Backup {
        /// 写しの置き場所
        to: PathBuf,
        #[command(flatten)]
        data: Data,
    },
    /// 写しから戻す
    Restore {
        /// 写しの置き場所
        from: PathBuf,
        #[command(flatten)]
        data: Data,
    },
    /// この端末で足りないものと危ないものを挙げる
    Doctor {
        /// 権限を確かめる写しの置き場所
        #[arg(long, value_name = "DIR")]
        backup: Option<PathBuf>,
        #[command(flatten)]
        data: Data,
    },
}

/// Reads the command line, does what it says, and says how it ended.
pub fn main() -> ExitCode {
    process::keep_files_private();
    let Cli { log, command } = Cli::parse();
    logging::begin(log);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return finish(Err(Error::internal(error))),
    };
    finish(runtime.block_on(run(command)))
}

async fn run(command: Command) -> Result<u8> {
    match command {
        Command::Serve(options) => serve::run(options).await,
        Command::Import { kind, file, dry_run, data } => {
            let source = import::source(&kind, &file)?;
            let office = open(&data).await?;
            closing(&office, import::run(&office, &source, dry_run)).await
        }
        Command::Notices { expiring, out, reply_forms, data } => {
            let month = expiring.parse()?;
            let office = open_existing(&data).await?;
            closing(&office, notices::run(&office, month, &out, reply_forms)).await
        }
        Command::Calc => calc_lines(),
        Command::Card { command } => card::run(&command),
        Command::VirtualCard(options) => virtual_card::run(&options),
        Command::Audit { command } => audit_command(command).await,
        Command::Backup { to, data } => {
            let office = open_existing(&data).await?;
            closing(&office, backup::backup(&office, &to)).await
        }
        Command::Restore { from, data } => backup::restore(&from, &data.dir).await,
        Command::Doctor { backup, data } => doctor::run(&data.dir, backup.as_deref()).await,
    }
}

async fn audit_command(command: audit::AuditCommand) -> Result<u8> {
    match command {
        audit::AuditCommand::Verify(asked) => {
            must_be_there(&asked.data)?;
            audit::verify(&asked).await
        }
        audit::AuditCommand::Checkpoint { out, data } => {
            let office = open_existing(&data).await?;
            closing(&office, audit::checkpoint(&office, &out)).await
        }
        audit::AuditCommand::Key { out, data } => {
            let office = open_existing(&data).await?;
            closing(&office, async { audit::key(&office, &out) }).await
        }
    }
}

fn calc_lines() -> Result<u8> {
    let settings = rules::settings::OfficeSettings::default();
    calc::run(std::io::stdin().lock(), std::io::stdout().lock(), &settings)?;
    Ok(0)
}

/// Does the work and folds the database's log into its file, which after a large import is as large as the file.
async fn closing(office: &Office, work: impl Future<Output = Result<u8>>) -> Result<u8> {
    let ended = work.await;
    office.store().close().await;
    ended
}

/// Opens the office, or makes a live one where there is none.
async fn open(data: &Data) -> Result<Office> {
    Office::open(DataDir::open(&data.dir)?, None, Clock::real()).await
}

/// Opens an office that must be there.
async fn open_existing(data: &Data) -> Result<Office> {
    must_be_there(data)?;
    Office::open(DataDir::open(&data.dir)?, None, Clock::real()).await
}

fn must_be_there(data: &Data) -> Result<()> {
    if data.dir.join("office.db").is_file() {
        return Ok(());
    }
    let sentence = format!("{} に窓口のデータがありません。", data.dir.display());
    Err(Refusal::setup(sentence, "--data でデータの置き場所を指定してください。").into())
}

/// The mode that `--training` asks for.
fn wanted_mode(training: bool) -> Mode {
    if training { Mode::Training } else { Mode::Live }
}

fn finish(result: Result<u8>) -> ExitCode {
    match result {
        Ok(code) => ExitCode::from(code),
        Err(Error::Refused(refusal)) => {
            eprintln!("{refusal}");
            ExitCode::from(2)
        }
        Err(Error::Internal(details)) => {
            tracing::error!(%details, "internal error");
            eprintln!(
                "プログラムの中で問題が起きました。何も変わっていません。続くときは、上の記録をシステム担当に伝えてください。"
            );
            ExitCode::from(2)
        }
    }
}
