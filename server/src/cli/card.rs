//! `madoguchi card list|status`: the readers and the card, without an office.

use crate::error::{Error, Refusal, Result};
use card::error::CardError;
use clap::Subcommand;

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
                    println!("{reader}");
                }
            }
        }
        CardCommand::Status { reader, json } => {
            let report = card::status::status(reader.as_deref()).map_err(refusal)?;
            if *json {
                println!("{}", serde_json::to_string(&report)?);
            } else {
                print!("{report}");
            }
        }
    }
    Ok(0)
}

fn refusal(error: CardError) -> Error {
    Refusal::new(500, error.code(), error.to_string(), "カードには何もしていません。", error.what_now()).into()
}
