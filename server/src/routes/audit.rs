//! `/audit…`: who did what to whom, when, and how it ended; how the trail itself stands.
//!
//! Each read of the trail is itself a row: what leaves the trail is written down before it leaves.

mod asked;
mod export;
mod list;
mod state;
mod words;

use super::form::Posted;
use super::respond::{self, frame, html, see_other, unprocessable};
use super::visitor::Visitor;
use crate::audit::checkpoint::{self, Checkpoint, Occasion};
use crate::audit::{self, Actor, Entry, Kind};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get, post};
use crate::staff::permissions::Act;
use crate::store;
use app::frame::MenuItem;
use app::pages::audit::render;
use asked::Asked;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

/// The trail's addresses.
pub fn routes() -> Routes {
    Routes::new()
        .route("/audit", get(show))
        .route("/audit/check", post(check))
        .route("/audit/checkpoint", post(make_checkpoint))
        .route("/audit/checkpoints/{number}", get(save_checkpoint))
        .route("/audit/key", get(save_key))
        .route("/audit/export", get(export::get))
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    visitor.require(Act::ReadAudit)?;
    let understood = asked::understand(&office, &asked).await?;
    let wrong = !understood.errors.0.is_empty();
    let page = list::page(&office, &asked, &understood).await?;
    if !wrong {
        let sentence = format!("操作記録を見ました({})。", understood.words);
        note(&office, &visitor, Kind::TrailRead, sentence, understood.subject.as_deref(), "list").await?;
    }
    let text = render(&frame(&office, &visitor, MenuItem::Audit).await?, &page);
    Ok(if wrong { unprocessable(text) } else { html(text) })
}

#[derive(Deserialize)]
struct Nothing {}

/// Checks the whole trail. A small one is checked before the page comes back, a large one goes on behind it.
async fn check(State(office): State<Office>, Posted { visitor, .. }: Posted<Nothing>) -> Result<Response> {
    visitor.require(Act::ReadAudit)?;
    state::check(&office, &visitor).await?;
    Ok(see_other("/audit"))
}

async fn make_checkpoint(
    State(office): State<Office>,
    Posted { visitor, .. }: Posted<Nothing>,
) -> Result<Response> {
    visitor.require(Act::ReadAudit)?;
    let mut tx = office.store().write().await?;
    checkpoint::make(&office, &mut tx, Occasion::ByHand, Actor::from(&visitor)).await?;
    tx.commit().await?;
    Ok(see_other("/audit"))
}

async fn save_checkpoint(
    State(office): State<Office>,
    visitor: Visitor,
    Path(number): Path<i64>,
) -> Result<Response> {
    visitor.require(Act::ReadAudit)?;
    let Some(row) = store::audit_checkpoints::find(office.store().read(), number).await? else {
        return Err(Refusal::not_found(format!("操作記録の控え第{number}号はありません。")).into());
    };
    let checkpoint = Checkpoint::from_row(office.id(), row)?;
    let sentence = format!("操作記録の控え第{number}号を保存しました。");
    note(&office, &visitor, Kind::TrailExported, sentence, None, "checkpoint").await?;
    Ok(respond::attachment("application/json", &checkpoint.file_name(), checkpoint.to_json().into()))
}

async fn save_key(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    visitor.require(Act::ReadAudit)?;
    let sentence = "控えの署名を確かめる公開鍵を保存しました。".to_owned();
    note(&office, &visitor, Kind::TrailExported, sentence, None, "key").await?;
    let text = office.signing_key().public().to_pem();
    Ok(respond::attachment("application/x-pem-file", "audit-key.pub.pem", text.into()))
}

/// Writes down that something of the trail was read.
async fn note(
    office: &Office,
    visitor: &Visitor,
    kind: Kind,
    sentence: String,
    subject: Option<&str>,
    object: &str,
) -> Result<()> {
    let mut tx = office.store().write().await?;
    let mut entry = Entry::done(kind, visitor, sentence).object(object);
    entry.subject = subject;
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}
