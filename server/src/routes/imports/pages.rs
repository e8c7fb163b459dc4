//! What the import pages show.

use crate::error::{Refusal, Result};
use crate::import::jobs::Job;
use crate::import::report::{ChangedRow, Progress, Report};
use crate::office::Office;
use crate::routes::respond::frame;
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use crate::store;
use app::components::{FieldError, FormErrors, Notice, Tone};
use app::frame::MenuItem;
use app::pages::imports::{
    CheckPage, ImportsPage, PastImport, ProgressPage, RefusedRow, RowChange, render, render_check,
    render_progress,
};
use app::pages::message::{MessagePage, render as render_message};
use chrono::{DateTime, Datelike, Timelike};

/// Refused rows that a page shows; the rest are counted, and the command line lists them all.
const REFUSED_SHOWN: usize = 500;
/// Imports that the page lists.
const PAST_SHOWN: i64 = 30;

/// Choosing a file, with what was wrong with the last one.
pub(super) async fn choose(
    office: &Office,
    visitor: &Visitor,
    fault: Option<Refusal>,
    kind: &str,
) -> Result<String> {
    let past = store::imports::newest(office.store().read(), PAST_SHOWN).await?;
    let errors = fault.map(|refusal| FieldError {
        field: "file".to_owned(),
        code: refusal.code.to_owned(),
        sentence: format!("{}{}{}", refusal.sentence, refusal.meaning, refusal.what_now),
    });
    let page = ImportsPage {
        errors: FormErrors(errors.into_iter().collect()),
        kind: kind.to_owned(),
        past: past.into_iter().map(past_import).collect(),
        may_import: visitor.may(Act::Import),
    };
    Ok(render(&frame(office, visitor, MenuItem::Imports).await?, &page))
}

fn past_import(row: store::imports::ImportRow) -> PastImport {
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    let at = DateTime::parse_from_rfc3339(&row.taken_at).map_or(row.taken_at.clone(), |at| {
        let day = rules::wareki::short(at.date_naive());
        format!("{day} {}:{:02}", at.hour(), at.minute())
    });
    PastImport {
        at,
        kind: kind_label(&row.kind),
        file: row.file_name,
        by: row.taken_by.unwrap_or_else(|| "コマンド".to_owned()),
        added: count(row.added),
        changed: count(row.changed),
        unchanged: count(row.unchanged),
        refused: count(row.refused),
    }
}

fn kind_label(code: &str) -> String {
    crate::import::FileKind::from_code(code).map_or_else(|| code.to_owned(), |kind| kind.label().to_owned())
}

/// A check or a take that is running.
pub(super) async fn progress(
    office: &Office,
    visitor: &Visitor,
    job: &Job,
    doing: &str,
    progress: Progress,
) -> Result<String> {
    // The file's length is known, its number of rows isn't: the rows so far say how many there will be.
    let all = match (progress.rows, progress.bytes) {
        (0, _) | (_, 0) => 0,
        (rows, bytes) => rows.saturating_mul(progress.total) / bytes,
    };
    let page = ProgressPage {
        kind: job.source.kind.label().to_owned(),
        file: job.source.name.clone(),
        doing: doing.to_owned(),
        done: progress.rows,
        all,
    };
    Ok(render_progress(&frame(office, visitor, MenuItem::Imports).await?, &page))
}

/// What a file would do.
pub(super) async fn check(office: &Office, visitor: &Visitor, job: &Job, report: &Report) -> Result<String> {
    let page = CheckPage {
        id: job.id.clone(),
        kind: job.source.kind.label().to_owned(),
        file: job.source.name.clone(),
        read_as: read_as(report),
        added: report.added,
        changed: report.changed,
        unchanged: report.unchanged,
        refused: report.refused.len() as u64,
        refused_rows: report.refused.iter().take(REFUSED_SHOWN).map(refused).collect(),
        changes: report.changes.iter().map(change).collect(),
        once: job.id.clone(),
    };
    Ok(render_check(&frame(office, visitor, MenuItem::Imports).await?, &page))
}

fn read_as(report: &Report) -> String {
    let mut words = format!("{}行、{}", report.rows, report.encoding);
    if !report.unused_columns.is_empty() {
        words.push_str("、使わない列: ");
        words.push_str(&report.unused_columns.join("、"));
    }
    words
}

fn refused(row: &crate::import::report::RefusedRow) -> RefusedRow {
    RefusedRow {
        row: row.row,
        column: row.column.to_owned(),
        value: row.value.clone(),
        sentence: row.sentence.clone(),
    }
}

fn change(row: &ChangedRow) -> RowChange {
    let shown = |text: &str| if text.is_empty() { "(空)".to_owned() } else { text.to_owned() };
    let fields = row.fields.iter().map(|field| {
        format!("{}が「{}」から「{}」に変わります。", field.column, shown(&field.from), shown(&field.to))
    });
    RowChange { row: row.row, who: row.key.clone(), sentence: fields.collect() }
}

/// What a file did.
pub(super) async fn taken(office: &Office, visitor: &Visitor, job: &Job, report: &Report) -> Result<String> {
    let done = report.good() > 0;
    let sentence = format!("{}。", report.summary());
    let today = office.clock().today();
    let page = MessagePage {
        title: if done {
            "取り込みました".to_owned()
        } else {
            "何も取り込んでいません".to_owned()
        },
        notice: Notice {
            tone: if done { Tone::Success } else { Tone::Error },
            title: format!("{} {}", job.source.kind.label(), job.source.name),
            sentence,
        },
        paragraphs: report
            .refused
            .iter()
            .take(REFUSED_SHOWN)
            .map(|row| format!("{}行目 {}: {}", row.row, row.column, row.sentence))
            .collect(),
        ways_on: vec![
            ("取込に戻る".to_owned(), "/imports".to_owned()),
            (
                format!("{}年{}月の通知書を見る", today.year(), today.month()),
                format!("/notices/{}", today.format("%Y-%m")),
            ),
        ],
    };
    Ok(render_message(&frame(office, visitor, MenuItem::Imports).await?, &page))
}
