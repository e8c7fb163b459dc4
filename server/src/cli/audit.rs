//! `madoguchi audit`: is the trail whole, and what proves it elsewhere?
//!
//! `verify` only looks: at a running office's trail as well as at a copy on a medium that nothing can be written to.

use crate::audit::checkpoint::{self, Checkpoint, Occasion, in_groups, unhex};
use crate::audit::key::PublicKey;
use crate::audit::verify::{MOST_FAULTS, Outside, Report};
use crate::audit::{Actor, Verdict, check};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::rng::hex;
use clap::Subcommand;
use serde::Serialize;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// What can be done with the trail.
#[derive(Debug, Subcommand)]
pub(super) enum AuditCommand {
    /// 記録が書き換えられていないかを確かめる(何も変えません)
    Verify(Verify),
    /// 控え(件数とハッシュに署名したもの)を作る
    Checkpoint {
        /// 控えを書くファイル
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        data: super::Data,
    },
    /// 控えの署名を確かめるための公開鍵を書き出す
    Key {
        /// 公開鍵を書くファイル
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        data: super::Data,
    },
}

/// What `verify` may be told.
#[derive(Debug, clap::Args)]
pub(super) struct Verify {
    #[command(flatten)]
    pub(super) data: super::Data,
    /// 外に保管しておいた控え(いくつでも)
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// 外に保管しておいた公開鍵(いくつでも)
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
    /// 日報などの紙にある件数とハッシュ(例 1234:3f2a…、空白は入れても入れなくてもよい)
    #[arg(long, value_name = "件数:ハッシュ")]
    paper: Vec<String>,
    /// 結果を1行に1つのJSONで書く
    #[arg(long)]
    json: bool,
}

/// Checks the whole trail and says what it finds, a sentence for each fault. Exit code 0 when it is whole, 1 when it is
/// not; the caller ends with 2 when it can't be read.
///
/// # Errors
/// A refusal when the trail, or what was kept elsewhere, can't be read.
pub(super) async fn verify(asked: &Verify) -> Result<u8> {
    let outside = outside(asked)?;
    let given = Given { checkpoints: outside.checkpoints.len(), papers: outside.papers.len() };
    let with_key = !outside.keys.is_empty();
    let report = check::of_file(&asked.data.dir.join("office.db"), outside).await?;
    let mut out = io::stdout().lock();
    if asked.json {
        write_json(&mut out, &report, &given, with_key)?;
    } else {
        for line in lines(&report, &given, with_key) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(u8::from(!report.faults.is_empty()))
}

/// How much was kept elsewhere.
struct Given {
    checkpoints: usize,
    papers: usize,
}

fn outside(asked: &Verify) -> Result<Outside> {
    let mut outside = Outside::default();
    for file in &asked.key {
        let Some(key) = PublicKey::from_pem(&read(file)?) else {
            let sentence = format!("{} は公開鍵として読めません。", file.display());
            let what_now = "madoguchi audit key で書き出したファイルを指定してください。";
            return Err(Refusal::input(sentence, what_now).into());
        };
        outside.keys.push(key);
    }
    for file in &asked.checkpoint {
        outside.checkpoints.push((file.display().to_string(), Checkpoint::from_json(&read(file)?)));
    }
    for text in &asked.paper {
        let Some(paper) = paper(text) else {
            let sentence = format!("--paper の「{text}」を読めません。");
            let what_now = "紙にある件数と64桁のハッシュを 1234:3f2a… の形で指定してください。";
            return Err(Refusal::input(sentence, what_now).into());
        };
        outside.papers.push(paper);
    }
    Ok(outside)
}

fn read(file: &Path) -> Result<String> {
    // What isn't text is still a file somebody kept: it is told as a fault and not as a missing file.
    fs::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).map_err(|_| {
        let sentence = format!("{} を読めません。", file.display());
        Refusal::setup(sentence, "ファイルの名前と権限を確かめてください。").into()
    })
}

/// `1,234:3f2a 91bc …` as a number of rows and a hash.
fn paper(text: &str) -> Option<(i64, Vec<u8>)> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let (count, head) = bare.split_once(':')?;
    let head = unhex(&head.to_ascii_lowercase()).filter(|head| head.len() == 32)?;
    Some((count.trim_end_matches('件').parse().ok().filter(|count| *count > 0)?, head))
}

/// The verdict in words.
pub fn sentence(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Whole { count, head } => {
            format!("操作の記録{count}件は、すべてつながっています(最後の記録のハッシュ {})。", hex(head))
        }
        Verdict::Broken { number: 0, sentence } => format!("操作の記録を信用できません。{sentence}"),
        Verdict::Broken { number, sentence } => format!("操作の記録が{number}番で途切れています。{sentence}"),
    }
}

/// What the terminal shows: the verdict, each further fault, and how far what was kept elsewhere reaches.
fn lines(report: &Report, given: &Given, with_key: bool) -> Vec<String> {
    let mut lines = vec![sentence(&Verdict::from(report.clone()))];
    lines.extend(report.faults.iter().skip(1).map(|fault| fault.sentence.clone()));
    if !report.faults.is_empty() {
        let or_more = if report.faults.len() < MOST_FAULTS { "" } else { "以上" };
        lines.push(format!("合わないところは{}件{or_more}です。", report.faults.len()));
    }
    lines.extend(reach(report, given));
    if given.checkpoints > 0 && !with_key {
        lines.push(
            "公開鍵が渡されていないため、控えの署名は、この置き場所にある鍵で確かめました。--key で、外に保管した公開鍵を指定してください。"
                .to_owned(),
        );
    }
    lines
}

/// What can be said, and what can't.
fn reach(report: &Report, given: &Given) -> Vec<String> {
    if given.checkpoints + given.papers == 0 {
        let stored = report.last_checkpoint.map_or_else(
            || "この置き場所には、控えがまだありません。".to_owned(),
            |(number, count)| {
                format!("この置き場所の控えは第{number}号({count}件まで)が最後ですが、置き場所ごと書き換えられたときは役に立ちません。")
            },
        );
        return vec![
            "外に保管した控えが渡されていません。末尾の記録が切り取られたり、途中から後がすべて作り直されたりしていても、この確かめだけではわかりません。"
                .to_owned(),
            stored,
            "--checkpoint で控えを、--paper で日報の件数とハッシュを指定してください。".to_owned(),
        ];
    }
    let mut lines = Vec::new();
    if report.proven > 0 {
        lines
            .push(format!("{}番までは、外に保管した控えと一致しています。その時のままです。", report.proven));
    }
    let rest = report.count - report.proven;
    if rest > 0 {
        lines.push(format!(
            "その後の{rest}件は、つながりだけを確かめました。末尾が切り取られていないことまでは言えません。"
        ));
    }
    lines
}

#[derive(Serialize)]
struct FaultLine<'a> {
    fault: &'static str,
    number: Option<i64>,
    sentence: &'a str,
}

#[derive(Serialize)]
struct ReportLine {
    whole: bool,
    faults: usize,
    count: i64,
    head: String,
    proven: i64,
    checkpoints: usize,
    papers: usize,
    key: &'static str,
}

fn write_json(out: &mut impl Write, report: &Report, given: &Given, with_key: bool) -> Result<()> {
    for fault in &report.faults {
        let line = FaultLine { fault: fault.kind.code(), number: fault.number, sentence: &fault.sentence };
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
    }
    let line = ReportLine {
        whole: report.faults.is_empty(),
        faults: report.faults.len(),
        count: report.count,
        head: hex(&report.head),
        proven: report.proven,
        checkpoints: given.checkpoints,
        papers: given.papers,
        key: if with_key { "given" } else { "stored" },
    };
    Ok(writeln!(out, "{}", serde_json::to_string(&line)?)?)
}

/// Signs a checkpoint into a new file. The file is whole before the checkpoint counts.
///
/// # Errors
/// A refusal when the file is there already or can't be written; no checkpoint is made then.
pub async fn checkpoint(office: &Office, out: &Path) -> Result<u8> {
    let mut tx = office.store().write().await?;
    let made = checkpoint::make(office, &mut tx, Occasion::ByHand, Actor::CommandLine).await?;
    write_new(out, &made.to_json())?;
    if let Err(error) = tx.commit().await {
        let _ = fs::remove_file(out);
        return Err(error);
    }
    let printed = made.printable();
    println!("操作の記録の控え{}({})を {} に書きました。", printed.number, printed.count, out.display());
    println!("ハッシュ {}", printed.head);
    Ok(0)
}

/// Writes the public key into a new file.
///
/// # Errors
/// A refusal when the file is there already or can't be written.
pub fn key(office: &Office, out: &Path) -> Result<u8> {
    let key = office.signing_key().public();
    write_new(out, &key.to_pem())?;
    println!(
        "控えの署名を確かめる公開鍵({} …)を {} に書きました。",
        in_groups(&key.hex()[..16]),
        out.display()
    );
    Ok(0)
}

/// Writes a file that isn't there yet, through to the disk.
pub(super) fn write_new(file: &Path, text: &str) -> Result<()> {
    let written =
        fs::OpenOptions::new().write(true).create_new(true).mode(0o644).open(file).and_then(|mut target| {
            target.write_all(text.as_bytes())?;
            target.sync_all()
        });
    written.map_err(|error| cannot_write(file, &error))
}

fn cannot_write(file: &Path, error: &io::Error) -> Error {
    if error.kind() == io::ErrorKind::AlreadyExists {
        let sentence = format!("{} はすでにあります。上書きはしません。", file.display());
        return Refusal::setup(sentence, "新しいファイルの名前を指定してください。").into();
    }
    let sentence = format!("{} に書き込めません。", file.display());
    Refusal::setup(sentence, "ディレクトリがあるか、権限と空き容量があるかを確かめてください。").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands on paper can be typed as it stands there.
    #[test]
    fn reads_a_paper() {
        let groups = in_groups(&"3f2a".repeat(16));
        assert_eq!(paper(&format!("1,234件: {groups}")), Some((1234, unhex(&"3f2a".repeat(16)).unwrap())));
        assert_eq!(paper(&format!("1234:{}", "3F2A".repeat(16))).map(|(count, _)| count), Some(1234));
        for wrong in ["", "1234", "1234:3f2a", ":3f2a", "x:y"] {
            assert_eq!(paper(wrong), None, "{wrong}");
        }
        assert_eq!(paper(&format!("0:{groups}")), None);
    }

    /// Without anything from elsewhere the answer says plainly what it doesn't prove.
    #[test]
    fn says_what_is_not_proven() {
        let report = Report { count: 12, last_checkpoint: Some((1, 9)), ..Report::default() };
        let said = lines(&report, &Given { checkpoints: 0, papers: 0 }, false).join("\n");
        assert!(said.contains("末尾の記録が切り取られたり") && said.contains("第1号(9件まで)"), "{said}");
        let report = Report { proven: 9, ..report };
        let said = lines(&report, &Given { checkpoints: 1, papers: 0 }, false).join("\n");
        assert!(
            said.contains("9番までは") && said.contains("その後の3件") && said.contains("--key"),
            "{said}"
        );
    }
}
