//! Reading a wording, and saying what is wrong with it.

use std::collections::HashMap;

use super::{Paper, Passage, Section};

/// What is wrong with a wording, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// One sentence that says what to do.
    pub sentence: String,
}

impl Fault {
    pub(super) fn new(line: usize, sentence: impl Into<String>) -> Self {
        Self { line, sentence: sentence.into() }
    }
}

/// The longest wording, in characters: several times the longest that ships.
const LONGEST: usize = 20_000;

/// The sections of a wording.
pub(super) fn sections(paper: Paper, text: &str) -> Result<HashMap<&'static str, Passage>, Vec<Fault>> {
    let mut faults = Vec::new();
    if text.chars().count() > LONGEST {
        return Err(vec![Fault::new(1, format!("文が長すぎます。{LONGEST}文字までにしてください。"))]);
    }
    let found = cut(paper, text, &mut faults);
    for section in paper.sections() {
        match found.get(section.name).filter(|passage| !passage.text.is_empty()) {
            Some(passage) => said(section, passage, &mut faults),
            None if section.optional => {}
            None => {
                let line = found.get(section.name).map_or_else(|| text.lines().count().max(1), |p| p.line);
                let sentence =
                    format!("[{}] の文がありません。この見出しと文を入れてください。", section.name);
                faults.push(Fault::new(line, sentence));
            }
        }
    }
    if faults.is_empty() {
        return Ok(found);
    }
    faults.sort_by_key(|fault| fault.line);
    Err(faults)
}

/// Cuts the text at its headings.
fn cut(paper: Paper, text: &str, faults: &mut Vec<Fault>) -> HashMap<&'static str, Passage> {
    let mut found: HashMap<&'static str, Passage> = HashMap::new();
    let mut current: Option<&'static str> = None;
    // Under a heading that is not known, the lines are not complained about as well.
    let mut lost = false;
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.trim_end();
        if content.starts_with('#') {
            continue;
        }
        if let Some(name) = content.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let known = paper.sections().iter().find(|section| section.name == name.trim());
            lost = known.is_none();
            current = known.map(|section| section.name);
            match current {
                None => {
                    let sentence =
                        format!("[{name}] という見出しはありません。見出しの名前を確かめてください。");
                    faults.push(Fault::new(line, sentence));
                }
                Some(name) if found.contains_key(name) => {
                    let sentence = format!("[{name}] が二度あります。一つにまとめてください。");
                    faults.push(Fault::new(line, sentence));
                }
                Some(name) => {
                    found.insert(name, Passage { line: line + 1, text: String::new() });
                }
            }
            continue;
        }
        fields(paper, line, content, faults);
        match current.and_then(|name| found.get_mut(name)) {
            Some(passage) if passage.text.is_empty() => {
                if !content.is_empty() {
                    passage.line = line;
                    passage.text.push_str(content);
                }
            }
            Some(passage) => {
                passage.text.push('\n');
                passage.text.push_str(content);
            }
            None if content.trim().is_empty() || lost => {}
            None => {
                let sentence = "見出しの前に文があります。[題名] のような見出しの下に書いてください。";
                faults.push(Fault::new(line, sentence));
                lost = true;
            }
        }
    }
    for passage in found.values_mut() {
        passage.text.truncate(passage.text.trim_end().len());
    }
    found
}

/// Looks at the fields of one line.
fn fields(paper: Paper, line: usize, content: &str, faults: &mut Vec<Fault>) {
    if let Some(c) = content.chars().find(|c| c.is_control()) {
        let sentence = format!("使えない文字(U+{:04X})が入っています。消してください。", u32::from(c));
        faults.push(Fault::new(line, sentence));
    }
    let mut rest = content;
    while let Some(at) = rest.find(['{', '}']) {
        if rest[at..].starts_with('}') {
            faults
                .push(Fault::new(line, "「}」に対応する「{」がありません。{電話} のように囲んでください。"));
            return;
        }
        let Some((name, after)) = rest[at + 1..].split_once('}') else {
            faults
                .push(Fault::new(line, "「{」に対応する「}」がありません。{電話} のように囲んでください。"));
            return;
        };
        if !paper.fields().any(|field| field.name == name) {
            let sentence = format!("{{{name}}} という欄はありません。使える欄の一覧から選んでください。");
            faults.push(Fault::new(line, sentence));
        }
        rest = after;
    }
}

/// Holds a section against what it must say.
fn said(section: &Section, passage: &Passage, faults: &mut Vec<Fault>) {
    for must in section.must {
        if !must.any.iter().any(|words| passage.text.contains(words)) {
            let sentence = format!("[{}] には、{}を必ず書いてください。", section.name, must.what);
            faults.push(Fault::new(passage.line, sentence));
        }
    }
}
