//! `madoguchi card list|status`: the readers and the card, without an office.

use crate::error::{Error, Refusal, Result};
use card::error::CardError;
use card::status::CardStatusReport;
use card::trust::Trust;
use clap::Subcommand;
use rules::wareki;
use std::fmt::Write as _;

/// What to look at.
#[derive(Clone, Debug, Subcommand)]
pub enum CardCommand {
    /// リーダの一覧
    List {
        /// JSONで出す
        #[arg(long)]
        json: bool,
    },
    /// リーダに置かれたカード
    Status {
        /// リーダの名前(なければ、カードのある最初のリーダ)
        #[arg(long, value_name = "NAME")]
        reader: Option<String>,
        /// JSONで出す
        #[arg(long)]
        json: bool,
    },
}

/// Looks and prints what it sees.
///
/// # Errors
/// A refusal in words when the reader service, the reader or the card isn't there or can't be read.
pub fn run(command: &CardCommand) -> Result<u8> {
    match command {
        CardCommand::List { json } => {
            let readers = card::status::list().map_err(refusal)?;
            if *json {
                println!("{}", serde_json::to_string(&readers)?);
            } else {
                for reader in &readers {
                    println!("{}\t{}", reader.name, reader.sight.sentence());
                }
            }
        }
        CardCommand::Status { reader, json } => {
            let report = card::status::status(reader.as_deref()).map_err(refusal)?;
            if *json {
                println!("{}", serde_json::to_string(&report)?);
            } else {
                print!("{}", words(&report));
            }
        }
    }
    Ok(0)
}

/// The report for people.
fn words(report: &CardStatusReport) -> String {
    let reading = &report.reading;
    let origin = match report.issued_by {
        Some(Trust::Live) => "J-LISの発行",
        Some(Trust::Training) => "訓練用の発行",
        None => "発行元を確かめられません",
    };
    let mut text = format!(
        "リーダ\t{}\nカード番号\t{}\nカードの有効期限\t{}\n",
        report.reader,
        reading.card.card_number,
        wareki::long(reading.card.expires)
    );
    match &reading.authentication {
        Some(found) => {
            let (issued, expires) = (wareki::long(found.issued), wareki::long(found.expires));
            let _ = writeln!(
                text,
                "{}\t{issued}から{expires}まで、シリアル番号 {}、{origin}",
                found.kind.label(),
                found.serial
            );
        }
        None => text.push_str("利用者証明用電子証明書\tありません\n"),
    }
    for pin in &reading.pins.0 {
        let left = match pin.left {
            Some(0) => "ロックしています".to_owned(),
            Some(left) => format!("残り{left}回"),
            None => "残りの回数を読めません".to_owned(),
        };
        let _ = writeln!(text, "{}\t{left}", pin.kind.label());
    }
    text
}

fn refusal(error: CardError) -> Error {
    Refusal::new(500, error.code(), error.to_string(), "カードには何もしていません。", error.what_now())
        .into()
}
