//! `madoguchi notices`: the letters of a month, for scripts.
//!
//! On stdout stands one JSON line a person, by 宛名番号; on stderr what a person at the terminal wants to know. The PDF
//! is complete before anything is written down: it is written beside `--out` under another name, and takes its name
//! once the letters are in the database. A file of that name from before is replaced, as by a compiler: every letter
//! ever made can be printed again from the office's 通知 page.

use crate::error::{Error, Refusal, Result};
use crate::notices::make::{self, Made, Order};
use crate::notices::{Month, office_text};
use crate::office::Office;
use forms::Fallback;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Makes the letters of those whose certificates end in `month` and writes them to `out`. Exit code 0 also when nobody
/// is to be written to; no file is made then.
///
/// # Errors
/// A refusal when the file can't be written; nothing is changed then.
pub async fn run(office: &Office, month: Month, out: &Path, reply_form: bool) -> Result<u8> {
    let paper = Paper::beside(out)?;
    if let Some(warning) = office_text::warning(&office.text()) {
        eprintln!("{warning}");
    }
    let order = Order { month, actor: "command line", reply_form };
    let made = make::make(office, &order, |pdf| paper.write(pdf)).await?;
    let finished = if made.run.is_some() { paper.finish() } else { Ok(()) };
    // A reader that went away has its letters all the same.
    let _ = say(&made, &mut io::stdout().lock());
    tell(&made, month, out);
    finished.map(|()| 0)
}

/// People named in one line on stderr; the 通知 page lists them all.
const NAMED: usize = 5;

/// One line of stdout.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Included { resident: &'a str, included: bool, letter: i64 },
    Excluded { resident: &'a str, included: bool, reason: &'a str, sentence: &'a str },
}

fn say(made: &Made, out: &mut impl Write) -> io::Result<()> {
    let included = made.included.iter().map(|(target, letter)| {
        let resident = target.person.resident_number.as_str();
        (resident, Line::Included { resident, included: true, letter: *letter })
    });
    let excluded = made.excluded.iter().map(|left_out| {
        let resident = left_out.person.resident_number.as_str();
        let (reason, sentence) = (left_out.why.code, left_out.why.sentence);
        (resident, Line::Excluded { resident, included: false, reason, sentence })
    });
    let mut lines: Vec<_> = included.chain(excluded).collect();
    lines.sort_by_key(|(resident, _)| *resident);
    let mut out = io::BufWriter::new(out);
    for (_, line) in lines {
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

fn tell(made: &Made, month: Month, out: &Path) {
    let (month, excluded) = (month.wareki(), made.excluded.len());
    let Some(run) = &made.run else {
        eprintln!(
            "{month}に満了する方で、通知書を送る方はいません({excluded}人は対象外)。ファイルは作っていません。"
        );
        return;
    };
    let many = made.included.len();
    eprintln!("{month}に満了する方の通知書{many}通を {} に書きました({excluded}人は対象外)。", out.display());
    for line in glyph_lines(&run.fallbacks) {
        eprintln!("{line}");
    }
}

/// What couldn't be printed as registered, one line a character and reason, with the people it concerns.
fn glyph_lines(fallbacks: &[Fallback]) -> Vec<String> {
    let mut people: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for fallback in fallbacks {
        people.entry(fallback.sentence()).or_default().push(&fallback.who);
    }
    let line = |(sentence, who): (String, Vec<&str>)| {
        let names = who.iter().take(NAMED).map(|name| format!("{name} さん")).collect::<Vec<_>>().join("、");
        let more = who.len().saturating_sub(NAMED);
        if more == 0 {
            format!("{sentence}({names})")
        } else {
            format!("{sentence}({names}、ほか{more}人)")
        }
    };
    people.into_iter().map(line).collect()
}

/// The PDF on its way: beside its place until it is finished.
struct Paper {
    unfinished: PathBuf,
    out: PathBuf,
}

impl Paper {
    /// Makes sure that the file can be written, before anything else is done.
    fn beside(out: &Path) -> Result<Self> {
        let refuse = |what_now: &str| -> Error {
            Refusal::setup(format!("{} に書き込めません。", out.display()), what_now).into()
        };
        let name = out.file_name().filter(|_| !out.is_dir());
        let name = name.ok_or_else(|| refuse("--out にPDFのファイル名を指定してください。"))?;
        let unfinished = out.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
        fs::File::create(&unfinished)
            .map_err(|_| refuse("ディレクトリがあるか、書き込む権限があるかを確かめてください。"))?;
        Ok(Self { unfinished, out: out.to_owned() })
    }

    fn write(&self, pdf: &[u8]) -> Result<()> {
        let written = || -> io::Result<()> {
            let mut file = fs::File::create(&self.unfinished)?;
            file.write_all(pdf)?;
            file.sync_all()
        };
        written().map_err(|error| {
            tracing::debug!(%error, "PDF");
            let sentence = format!("{} に書き込めません。", self.out.display());
            Refusal::setup(sentence, "空き容量と権限を確かめてください。通知書は作られていません。").into()
        })
    }

    /// The letters are written down; the PDF takes its name.
    fn finish(&self) -> Result<()> {
        fs::rename(&self.unfinished, &self.out).map_err(|error| {
            tracing::error!(%error, "PDF");
            let sentence =
                format!("通知書は作成しましたが、{} に名前を付けられませんでした。", self.out.display());
            Refusal::new(
                500,
                "M-2004",
                sentence,
                "通知書は作成済みとして記録されています。",
                "通知の画面で、この回を開いて印刷してください。",
            )
            .into()
        })
    }
}

impl Drop for Paper {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.unfinished);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::data_dir::DataDir;
    use crate::notices::plan::{LeftOut, Person, Target};
    use crate::office::Mode;
    use rules::notice::NotNoticedReason;

    async fn office(dir: &Path) -> Office {
        Office::open(DataDir::open(dir).unwrap(), Some(Mode::Training), Clock::real()).await.unwrap()
    }

    fn february() -> Month {
        "2027-02".parse().unwrap()
    }

    fn person(number: &str) -> Person {
        Person {
            resident_number: number.to_owned(),
            name: "見本 花子".to_owned(),
            kana: "ミホン ハナコ".to_owned(),
            birth: chrono::NaiveDate::MIN,
            postal_code: String::new(),
            address: String::new(),
            building: None,
            suppressed: false,
            ends: Vec::new(),
        }
    }

    /// The lines are the stable ones: these fields, in this order, by 宛名番号.
    #[test]
    fn speaks_as_scripts_expect() {
        let target = |number| Target { person: person(number), certificates: vec![], face_only: false };
        let why = NotNoticedReason::CardRenewal.into();
        let made = Made {
            included: vec![(target("0003"), 7), (target("0001"), 8)],
            excluded: vec![LeftOut { person: person("0002"), why, letter: None }],
            run: None,
        };
        let mut out = Vec::new();
        say(&made, &mut out).unwrap();
        let lines: Vec<_> = std::str::from_utf8(&out).unwrap().lines().collect();
        assert_eq!(lines[0], r#"{"resident":"0001","included":true,"letter":8}"#);
        assert!(
            lines[1]
                .starts_with(r#"{"resident":"0002","included":false,"reason":"card_renewal","sentence":"#)
        );
        assert_eq!(lines[2], r#"{"resident":"0003","included":true,"letter":7}"#);
    }

    /// A character that many have stands in one line.
    #[test]
    fn names_a_few_for_each_glyph() {
        let fallback = |who: usize, character: &str| Fallback {
            who: format!("{who}子"),
            text: String::new(),
            character: character.to_owned(),
            section: None,
            reason: forms::FallbackReason::NoGlyph,
        };
        let many: Vec<_> = (0..7).map(|who| fallback(who, "甲")).chain([fallback(9, "乙")]).collect();
        let lines = glyph_lines(&many);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().any(|line| line.ends_with("4子 さん、ほか2人)")), "{lines:?}");
        assert!(lines.iter().any(|line| line.ends_with("(9子 さん)")), "{lines:?}");
    }

    /// With nobody to write to there is no file, not even an unfinished one, and a file from before stays.
    #[tokio::test]
    async fn makes_no_file_for_nobody() {
        let dir = tempfile::tempdir().unwrap();
        let office = office(&dir.path().join("data")).await;
        let out = dir.path().join("letters.pdf");
        assert_eq!(run(&office, february(), &out, false).await.unwrap(), 0);
        assert!(!out.exists());
        std::fs::write(&out, b"before").unwrap();
        assert_eq!(run(&office, february(), &out, false).await.unwrap(), 0);
        assert_eq!(std::fs::read(&out).unwrap(), b"before");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    /// A place that can't be written ends in a refusal before anything is done.
    #[tokio::test]
    async fn refuses_what_cannot_be() {
        let dir = tempfile::tempdir().unwrap();
        let office = office(&dir.path().join("data")).await;
        let nowhere = dir.path().join("nowhere").join("letters.pdf");
        for out in [nowhere.as_path(), dir.path()] {
            assert!(
                matches!(run(&office, february(), out, false).await, Err(Error::Refused(_))),
                "{}",
                out.display()
            );
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
