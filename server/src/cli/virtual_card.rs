//! `madoguchi virtual-card`: one of the training people's cards, behind pcscd's vpcd driver.

use crate::clock::Clock;
use crate::error::{Error, Refusal, Result};
use crate::rng::Rng;
use crate::training;
use card::virtual_card::{VirtualCard, profiles, vpcd};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// What `virtual-card` may be told.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// カードの種類(list で一覧)
    #[arg(long, value_name = "NAME")]
    profile: String,
    /// pcscdのvpcdが待つ場所
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:35963")]
    vpcd: String,
    /// 訓練での今日の日付(なければ、訓練用の窓口と同じ日)
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
    /// カードの中身を残すファイル(なければ、終わると消えるカード)
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

/// Plays the card until the program is stopped.
///
/// # Errors
/// A refusal when there is no such profile or the state file can't be used.
pub fn run(options: &Options) -> Result<u8> {
    let today = match &options.today {
        Some(text) => super::serve::day(text)?,
        None => training::opening_day(Clock::real().today()),
    };
    let clock = Clock::starting(today);
    if options.profile == "list" {
        for profile in profiles::all(today) {
            println!("{}\t{}", profile.name, profile.title);
        }
        return Ok(0);
    }
    let profile = profiles::find(&options.profile, today).ok_or_else(|| {
        let names: Vec<_> = profiles::all(today).into_iter().map(|profile| profile.name).collect();
        let sentence = format!("仮想カード「{}」はありません。", options.profile);
        Error::from(Refusal::input(sentence, format!("次から選んでください: {}", names.join(" "))))
    })?;
    let (folder, file) = if let Some(file) = &options.state {
        (None, file.clone())
    } else {
        let folder = std::env::temp_dir().join(format!("madoguchi-card-{}", Rng.six_digits()));
        fs::create_dir(&folder)?;
        let file = folder.join("card.json");
        (Some(folder), file)
    };
    let card = if file.is_file() {
        VirtualCard::open(&file)
    } else {
        VirtualCard::create(&file, &profile.person, clock.now())
    };
    let card = card.map_err(|error| {
        let sentence = format!("カードのファイル {} を使えません({error})。", file.display());
        Error::from(Refusal::setup(sentence, "--state で別のファイルを指定してください。"))
    })?;
    eprintln!(
        "訓練用の仮想カード「{}」を {} につなぎます。止めるには Ctrl+C を押してください。",
        profile.title, options.vpcd
    );
    let served = vpcd::serve(card, &options.vpcd, &AtomicBool::new(false));
    if let Some(folder) = folder {
        let _ = fs::remove_dir_all(folder);
    }
    served
        .map_err(|error| Refusal::setup(error.to_string(), "pcscdとvpcdが動いているか確かめてください。"))?;
    Ok(0)
}
