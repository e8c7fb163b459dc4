//! `madoguchi doctor`: what is missing or unsafe on this machine, each with its cure. It changes nothing.

mod certificate;
mod data;
mod listening;
mod machine;
mod rights;
mod running;

use crate::clock::Clock;
use crate::error::Result;
use std::fmt;
use std::path::Path;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about: 書体, 空き容量 …
    pub about: &'static str,
    /// What was found.
    pub sentence: String,
    /// What to do, when something is to be done.
    pub cure: Option<String>,
}

impl Finding {
    /// Nothing to do.
    pub fn fine(about: &'static str, sentence: impl Into<String>) -> Self {
        Self { about, sentence: sentence.into(), cure: None }
    }

    /// Something needs care.
    pub fn care(about: &'static str, sentence: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { about, sentence: sentence.into(), cure: Some(cure.into()) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cure {
            None => write!(f, "○ {}: {}", self.about, self.sentence),
            Some(cure) => write!(f, "▲ {}: {}\n   → {cure}", self.about, self.sentence),
        }
    }
}

/// Looks at the machine, at the office in `data` and at the rights of a copy of it, and says what it finds. Exit code 0 when all is well, 1 when
/// something needs care.
///
/// # Errors
/// When not even looking is possible.
pub async fn run(data: &Path, copy: Option<&Path>) -> Result<u8> {
    let mut findings = examine(data, Clock::real()).await?;
    findings.extend(copy.map(rights::of_backup));
    for finding in &findings {
        println!("{finding}");
    }
    let care = findings.iter().filter(|finding| finding.cure.is_some()).count();
    if care == 0 {
        println!("手当ての必要なものはありません。");
        return Ok(0);
    }
    println!("手当ての必要なものが{care}件あります。");
    Ok(1)
}

/// All findings, in the order they are shown.
///
/// # Errors
/// When not even looking is possible.
pub async fn examine(data: &Path, clock: Clock) -> Result<Vec<Finding>> {
    let office = data::look(data).await?;
    let mut findings = vec![
        machine::fonts().await?,
        machine::reader_service(office.as_ref()),
        machine::sqlite().await?,
        machine::clock(clock.now(), office.as_ref()),
        machine::space(data),
    ];
    findings.extend(listening::findings());
    findings.extend(data::findings(data, office.as_ref(), clock.now()));
    Ok(findings)
}
