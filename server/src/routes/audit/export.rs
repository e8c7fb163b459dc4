//! `/audit/export`: the rows that fit, as a table for a spreadsheet or one JSON object a line.
//!
//! Rows are read and sent in portions, so that millions of them need no memory. The row that says they were exported is
//! written first and isn't among them.

use super::asked::{self, Asked};
use super::words::{self, Names};
use crate::audit::Kind;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::rng::hex;
use crate::routes::respond;
use crate::routes::visitor::Visitor;
use crate::spreadsheet::guarded;
use crate::staff::permissions::Act;
use crate::store;
use crate::store::audit::AuditRow;
use crate::store::audit_search::{self, Filter, From, Span};
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::response::Response;
use futures_util::stream;
use serde::Serialize;
use std::collections::HashMap;

/// Rows read at once.
const PORTION: i64 = 1000;
/// Tells spreadsheets that it is UTF-8.
const BOM: &str = "\u{feff}";

const HEADS: [&str; 16] = [
    "番号",
    "日時",
    "種類の番号",
    "種類",
    "だれが",
    "職員番号",
    "窓口",
    "宛名番号",
    "相手",
    "受付番号",
    "対象",
    "結果",
    "したこと",
    "版",
    "前の記録のハッシュ",
    "ハッシュ",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Lines,
}

/// What is still to be sent.
struct Rest {
    office: Office,
    names: Names,
    filter: Filter,
    span: Option<Span>,
    format: Format,
    first: bool,
}

pub(super) async fn get(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    visitor.require(Act::ReadAudit)?;
    let (format, label, kind, name) = match asked.format.as_str() {
        "csv" => (Format::Csv, "CSV", "text/csv; charset=utf-8", "audit.csv"),
        "lines" => (Format::Lines, "検証用の形", "application/x-ndjson", "audit.jsonl"),
        _ => return Err(Refusal::not_found("その形では書き出せません。").into()),
    };
    let understood = asked::understand(&office, &asked).await?;
    if !understood.errors.0.is_empty() {
        let sentence = "書き出す条件に、読み取れないところがあります。";
        return Err(Refusal::input(sentence, "操作記録の画面で条件を直してください。").into());
    }
    let pool = office.store().read();
    let upto = store::audit::last(pool).await?.map_or(0, |row| row.number);
    let span = audit_search::span(pool, &understood.filter, Kind::ClockSetBack as i64).await?;
    let span = span.map(|span| Span { below: span.below.min(upto + 1), ..span });
    let sentence = format!("操作記録を{label}で書き出しました({}、{upto}番まで)。", understood.words);
    super::note(&office, &visitor, Kind::TrailExported, sentence, understood.subject.as_deref(), name)
        .await?;
    let names = Names::load(&office).await?;
    let rest = Rest { office, names, filter: understood.filter, span, format, first: true };
    let portions = stream::try_unfold(rest, portion);
    Ok(respond::attachment(kind, name, Body::from_stream(portions)))
}

/// The next portion; an error breaks the download off, so that nobody takes a part for the whole.
async fn portion(mut rest: Rest) -> Result<Option<(Bytes, Rest)>, String> {
    let broken = |error: crate::error::Error| {
        tracing::error!(error = %error.for_log(), "an export of the trail broke off");
        "broken off".to_owned()
    };
    let head = if rest.first && rest.format == Format::Csv { head() } else { Vec::new() };
    let Some(span) = rest.span else {
        return Ok((rest.first && !head.is_empty()).then(|| (head.into(), Rest { first: false, ..rest })));
    };
    let pool = rest.office.store().read();
    let rows = audit_search::rows(pool, &rest.filter, span, From::Oldest, PORTION).await.map_err(broken)?;
    let receptions = words::reception_numbers(&rest.office, &rows).await.map_err(broken)?;
    let mut bytes = head;
    for row in &rows {
        match rest.format {
            Format::Csv => bytes.extend(csv_line(&cells(&rest.names, &receptions, row))),
            Format::Lines => bytes.extend(json_line(&receptions, row)),
        }
    }
    rest.first = false;
    rest.span = match rows.last() {
        Some(last) if i64::try_from(rows.len()).unwrap_or(0) == PORTION => {
            Some(Span { above: last.number, ..span })
        }
        _ => None,
    };
    Ok((!bytes.is_empty()).then(|| (bytes.into(), rest)))
}

fn head() -> Vec<u8> {
    let mut bytes = BOM.as_bytes().to_vec();
    bytes.extend(csv_line(&HEADS.map(str::to_owned)));
    bytes
}

fn cells(names: &Names, receptions: &HashMap<i64, String>, row: &AuditRow) -> [String; 16] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        row.number.to_string(),
        row.at.clone(),
        row.kind.to_string(),
        Kind::from_number(row.kind).map(Kind::label).unwrap_or_default().to_owned(),
        names.actor_of(row),
        row.actor.clone(),
        names.station_of(row),
        text(&row.subject),
        words::counterparty(row),
        row.case_id.and_then(|id| receptions.get(&id).cloned()).unwrap_or_default(),
        text(&row.object),
        words::outcome_label(&row.outcome).unwrap_or_default().to_owned(),
        row.sentence.clone(),
        row.version.to_string(),
        hex(&row.previous),
        hex(&row.hash),
    ]
}

fn csv_line(cells: &[String]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let guarded = cells.iter().map(|cell| guarded(cell));
    writer.write_record(guarded).expect("a record is written to memory");
    writer.into_inner().expect("memory is flushed")
}

/// Every column as it is stored: enough to compute each hash again.
#[derive(Serialize)]
struct Line<'a> {
    number: i64,
    at: &'a str,
    kind: i64,
    actor_kind: Option<&'a str>,
    actor: &'a str,
    station: Option<i64>,
    subject: Option<&'a str>,
    counterparty_kind: Option<&'a str>,
    counterparty: Option<&'a str>,
    case_id: Option<i64>,
    reception_number: Option<&'a str>,
    object: Option<&'a str>,
    outcome: &'a str,
    sentence: &'a str,
    version: i64,
    previous: String,
    hash: String,
}

fn json_line(receptions: &HashMap<i64, String>, row: &AuditRow) -> Vec<u8> {
    let line = Line {
        number: row.number,
        at: &row.at,
        kind: row.kind,
        actor_kind: row.actor_kind.as_deref(),
        actor: &row.actor,
        station: row.station,
        subject: row.subject.as_deref(),
        counterparty_kind: row.counterparty_kind.as_deref(),
        counterparty: row.counterparty.as_deref(),
        case_id: row.case_id,
        reception_number: row.case_id.and_then(|id| receptions.get(&id)).map(String::as_str),
        object: row.object.as_deref(),
        outcome: &row.outcome,
        sentence: &row.sentence,
        version: row.version,
        previous: hex(&row.previous),
        hash: hex(&row.hash),
    };
    let mut bytes = serde_json::to_vec(&line).expect("text and numbers are always JSON");
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell with quotes, commas and line breaks stays one cell.
    #[test]
    fn quotes_cells() {
        let line = csv_line(&["a,b".to_owned(), "c\"d\ne".to_owned()]);
        assert_eq!(String::from_utf8(line).unwrap(), "\"a,b\",\"c\"\"d\ne\"\r\n");
    }
}
