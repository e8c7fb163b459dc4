//! `/settings/paper` and everything under it: words of papers, envelope, printers, previews and the test sheet.

use super::form::Posted;
use super::respond::{self, frame, html, see_other, unprocessable};
use super::settings::may_read;
use super::visitor::Visitor;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::paper::settings::{self, Entered, MEASURES, PRINTERS, PrintSettings, slot};
use crate::paper::{self, preview, wordings};
use crate::routes::registry::{Routes, get};
use crate::staff::permissions::Act;
use crate::store;
use app::components::{FieldError, FormErrors, Notice, Tone};
use app::frame::{Flash, MenuItem};
use app::pages::paper_settings::{MeasureItem, PaperLine, PaperSettingsPage, PrinterItem, render};
use app::pages::wording::{self, WordingFault, WordingPage, WordingVersion};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::DateTime;
use forms::{Fault, Paper, Wording};
use rules::wareki;
use serde::Deserialize;

/// `/settings/paper`, `…/wording/{code}`, `…/preview/{id}.pdf`, `…/preview/{id}/{page}.png`, `…/test-sheet.pdf`
pub fn routes() -> Routes {
    Routes::new()
        .route("/settings/paper", get(show).post(save))
        .route("/settings/paper/test-sheet.pdf", get(test_sheet))
        .route("/settings/paper/wording/{code}", get(words).post(change_words))
        .route("/settings/paper/preview/{file}", get(preview_pdf))
        .route("/settings/paper/preview/{id}/{file}", get(preview_picture))
}

#[derive(Deserialize)]
struct Asked {
    saved: Option<String>,
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    may_read(&visitor)?;
    let settings = settings::load(&office).await?;
    let page = page(&office, &visitor, &shown(settings), FormErrors::default()).await?;
    let mut frame = frame(&office, &visitor, MenuItem::Settings).await?;
    frame.flash = asked.saved.map(|_| Flash {
        tone: Tone::Success,
        sentence: "用紙と印刷の設定を保存しました。次の印刷から有効です。".to_owned(),
    });
    Ok(html(render(&frame, &page)))
}

async fn save(State(office): State<Office>, Posted { visitor, form }: Posted<Entered>) -> Result<Response> {
    visitor.require(Act::ChangeSettings)?;
    match settings::read(&form) {
        Ok(changed) => {
            settings::save(&office, &visitor, &changed).await?;
            Ok(see_other("/settings/paper?saved=yes"))
        }
        Err(wrong) => {
            let error = |(field, sentence)| FieldError { field, code: "M-7004".to_owned(), sentence };
            let errors = FormErrors(wrong.into_iter().map(error).collect());
            let page = page(&office, &visitor, &form, errors).await?;
            Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Settings).await?, &page)))
        }
    }
}

/// The settings as the form's fields.
fn shown(mut settings: PrintSettings) -> Entered {
    let mut fields = Entered::new();
    for measure in &MEASURES {
        let value = slot(&mut settings.envelope, measure.key).map_or(0.0, |value| *value);
        fields.insert(measure.key.to_owned(), value.to_string());
    }
    for (at, printer) in settings.printers.iter().enumerate() {
        fields.insert(format!("printer_{at}"), printer.name.clone());
        fields.insert(format!("right_{at}"), printer.shift_right_mm.to_string());
        fields.insert(format!("down_{at}"), printer.shift_down_mm.to_string());
    }
    fields.insert("letters_printer".to_owned(), settings.letters_printer.to_string());
    fields.insert("counter_printer".to_owned(), settings.counter_printer.to_string());
    fields.insert("part_letters".to_owned(), settings.part_letters.to_string());
    for (key, on) in [("fold_marks", settings.fold_marks), ("reply_form", settings.reply_form)] {
        if on {
            fields.insert(key.to_owned(), "yes".to_owned());
        }
    }
    fields
}

async fn page(
    office: &Office,
    visitor: &Visitor,
    fields: &Entered,
    errors: FormErrors,
) -> Result<PaperSettingsPage> {
    let loaded = wordings::load(office).await?;
    // Those there are, and one line for another.
    let named = |at: &usize| fields.get(&format!("printer_{at}")).is_some_and(|name| !name.is_empty());
    let lines = (0..PRINTERS).filter(named).max().map_or(1, |last| (last + 2).min(PRINTERS));
    let of = |key: &str| fields.get(key).cloned().unwrap_or_default();
    let broken = |(paper, faults): &(Paper, Vec<Fault>)| {
        let fault = faults.first();
        let (line, sentence) = fault.map_or((1, ""), |fault| (fault.line, fault.sentence.as_str()));
        Notice {
            tone: Tone::Caution,
            title: format!("「{}」の文のファイルを使えません", paper.label()),
            sentence: format!("{line}行目: {sentence}直すまで、前の文で印刷します。"),
        }
    };
    let line = |paper: Paper| PaperLine {
        code: paper.code().to_owned(),
        label: paper.label().to_owned(),
        state: if loaded.faults.iter().any(|(faulty, _)| *faulty == paper) {
            "▲ 使えないファイルがあります"
        } else if loaded.own.contains(&paper) {
            "● 役所の文"
        } else {
            "○ はじめの文"
        }
        .to_owned(),
    };
    Ok(PaperSettingsPage {
        errors,
        notices: loaded.faults.iter().map(broken).collect(),
        papers: Paper::ALL.into_iter().map(line).collect(),
        measures: MEASURES
            .iter()
            .map(|measure| MeasureItem {
                key: measure.key.to_owned(),
                label: measure.label.to_owned(),
                hint: measure.hint.to_owned(),
                value: of(measure.key),
            })
            .collect(),
        printers: (0..lines)
            .map(|at| PrinterItem {
                name: of(&format!("printer_{at}")),
                right: fields.get(&format!("right_{at}")).cloned().unwrap_or_else(|| "0".to_owned()),
                down: fields.get(&format!("down_{at}")).cloned().unwrap_or_else(|| "0".to_owned()),
            })
            .collect(),
        letters_printer: of("letters_printer"),
        counter_printer: of("counter_printer"),
        part_letters: of("part_letters"),
        fold_marks: of("fold_marks") == "yes",
        reply_form: of("reply_form") == "yes",
        may_change: visitor.may(Act::ChangeSettings),
    })
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    printer: usize,
}

async fn test_sheet(
    State(office): State<Office>,
    visitor: Visitor,
    Query(which): Query<Which>,
) -> Result<Response> {
    may_read(&visitor)?;
    let settings = settings::load(&office).await?;
    let printer = settings.printers.get(which.printer).cloned();
    let printer = printer.ok_or_else(|| Refusal::not_found("このプリンタはありません。"))?;
    let options = paper::options_on(&office, &settings, &printer).await?;
    let (fonts, text) = (office.fonts().await?, office.text());
    let printed =
        tokio::task::spawn_blocking(move || forms::test_sheet::print(&printer.name, &text, &fonts, &options));
    let printed = printed.await?.map_err(|error| {
        Refusal::setup(error.sentence(), "窓と封筒の寸法を確かめてから、もう一度お試しください。")
    })?;
    Ok(respond::pdf(printed.pdf, "test-sheet.pdf"))
}

fn known(code: &str) -> Result<Paper> {
    Paper::from_code(code).ok_or_else(|| Refusal::not_found("この文書はありません。").into())
}

#[derive(Deserialize)]
struct Version {
    version: Option<String>,
    saved: Option<String>,
}

async fn words(
    State(office): State<Office>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Version>,
) -> Result<Response> {
    may_read(&visitor)?;
    let paper = known(&code)?;
    let text = match asked.version {
        Some(id) => {
            let all = store::wordings::all(office.store().read()).await?;
            let row = all.into_iter().find(|row| row.id == id && row.paper == paper.code());
            row.ok_or_else(|| Refusal::not_found("この版はありません。"))?.text
        }
        None => match wordings::read(&office, paper)? {
            Some(own) => own,
            None => paper.standard_text().to_owned(),
        },
    };
    let (page, _) = words_page(&office, &visitor, paper, text).await?;
    let mut frame = frame(&office, &visitor, MenuItem::Settings).await?;
    frame.flash = asked.saved.map(|_| Flash {
        tone: Tone::Success,
        sentence: "文を変えました。次に作る文書から使います。前に作った文書は、前の文で印刷できます。"
            .to_owned(),
    });
    Ok(html(wording::render(&frame, &page)))
}

#[derive(Deserialize)]
struct Words {
    #[serde(default)]
    text: String,
    #[serde(default)]
    act: String,
}

async fn change_words(
    State(office): State<Office>,
    Path(code): Path<String>,
    Posted { visitor, form }: Posted<Words>,
) -> Result<Response> {
    visitor.require(Act::ChangeSettings)?;
    let paper = known(&code)?;
    let address = format!("/settings/paper/wording/{}?saved=yes", paper.code());
    if form.act == "reset" {
        wordings::reset(&office, &visitor, paper).await?;
        return Ok(see_other(&address));
    }
    let text = form.text.replace("\r\n", "\n");
    let (page, good) = words_page(&office, &visitor, paper, text).await?;
    match good {
        Some(wording) if form.act == "save" => {
            wordings::save(&office, &visitor, &wording).await?;
            Ok(see_other(&address))
        }
        Some(_) => Ok(html(wording::render(&frame(&office, &visitor, MenuItem::Settings).await?, &page))),
        None => {
            Ok(unprocessable(wording::render(&frame(&office, &visitor, MenuItem::Settings).await?, &page)))
        }
    }
}

/// The page about a text, and the text as a wording when nothing is wrong with it.
async fn words_page(
    office: &Office,
    visitor: &Visitor,
    paper: Paper,
    text: String,
) -> Result<(WordingPage, Option<Wording>)> {
    let loaded = wordings::load(office).await?;
    let checked = wordings::check(office, paper, &text).await?;
    // Words that don't fit can be looked at all the same: that is how one sees why.
    let seen = checked.as_ref().ok().cloned().or_else(|| Wording::parse(paper, &text).ok());
    let (preview, pictures) = match seen {
        Some(wording) => {
            let id = wording.id().to_owned();
            office.drafts().remember(wording);
            (id, if preview::can_draw() { pages(paper) } else { 0 })
        }
        None => (String::new(), 0),
    };
    let current = loaded.wordings.current(paper).id().to_owned();
    let versions = store::wordings::all(office.store().read()).await?;
    let version = |row: store::wordings::WordingRow| WordingVersion {
        current: row.id == current,
        id: row.id,
        at: DateTime::parse_from_rfc3339(&row.made_at)
            .map_or(row.made_at, |at| format!("{} {}", wareki::short(at.date_naive()), at.format("%H:%M"))),
        by: row.made_by.unwrap_or_else(|| "はじめの文またはファイル".to_owned()),
    };
    let fault = |fault: &Fault| WordingFault { line: fault.line as u64, sentence: fault.sentence.clone() };
    let page = WordingPage {
        code: paper.code().to_owned(),
        label: paper.label().to_owned(),
        faults: checked.as_ref().err().map(|faults| faults.iter().map(fault).collect()).unwrap_or_default(),
        text,
        fields: paper.fields().map(|field| (field.name.to_owned(), field.meaning.to_owned())).collect(),
        preview,
        pictures,
        versions: versions.into_iter().rev().filter(|row| row.paper == paper.code()).map(version).collect(),
        own: loaded.own.contains(&paper),
        may_change: visitor.may(Act::ChangeSettings),
    };
    Ok((page, checked.ok()))
}

/// Pages of a paper's sample that are worth a picture.
fn pages(paper: Paper) -> u32 {
    match paper {
        Paper::Notice | Paper::Inquiry => 2,
        _ => 1,
    }
}

async fn preview_pdf(
    State(office): State<Office>,
    visitor: Visitor,
    Path(file): Path<String>,
) -> Result<Response> {
    may_read(&visitor)?;
    let id = file.strip_suffix(".pdf").unwrap_or_default();
    let (paper, pdf) = preview::pdf(&office, id).await?;
    Ok(respond::pdf(pdf, &format!("{}.pdf", paper.code())))
}

async fn preview_picture(
    State(office): State<Office>,
    visitor: Visitor,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response> {
    may_read(&visitor)?;
    let page = file.strip_suffix(".png").and_then(|page| page.parse().ok()).unwrap_or(1);
    let picture = preview::picture(&office, &id, page).await?;
    let kind = HeaderValue::from_static("image/png");
    Ok(([(header::CONTENT_TYPE, kind)], picture).into_response())
}
