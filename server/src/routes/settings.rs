//! `/settings`: what municipalities decide differently, and what the office's paper says about it.

use super::form::Posted;
use super::respond::{frame, html, see_other, unprocessable};
use super::visitor::Visitor;
use crate::counter::settings::{self, Entered, Saved};
use crate::error::Result;
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use crate::staff::permissions::{self, Act};
use app::components::{FormErrors, Tone};
use app::frame::{Flash, MenuItem};
use app::pages::settings::render;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

/// `/settings`
pub fn routes() -> Routes {
    Routes::new().route("/settings", get(show).post(save))
}

#[derive(Deserialize)]
struct Asked {
    /// How many settings were just changed.
    saved: Option<usize>,
}

/// Whoever may change counters and accounts may read this page, too: it leads there.
pub(super) fn may_read(visitor: &Visitor) -> Result<()> {
    if visitor.may(Act::ChangeOffice) {
        Ok(())
    } else {
        permissions::require(visitor.role, Act::ChangeSettings)
    }
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    may_read(&visitor)?;
    let page = settings::page(&office, &visitor, &Entered::new(), FormErrors::default()).await?;
    let mut frame = frame(&office, &visitor, MenuItem::Settings).await?;
    frame.flash = asked.saved.map(|many| match many {
        0 => {
            Flash { tone: Tone::Information, sentence: "変わった設定はありません。".to_owned() }
        }
        many => Flash {
            tone: Tone::Success,
            sentence: format!("設定を{many}件変えました。今から有効です。"),
        },
    });
    Ok(html(render(&frame, &page)))
}

async fn save(State(office): State<Office>, Posted { visitor, form }: Posted<Entered>) -> Result<Response> {
    match settings::save(&office, &visitor, &form).await? {
        Saved::Done(many) => Ok(see_other(&format!("/settings?saved={many}"))),
        Saved::Wrong(errors) => {
            let page = settings::page(&office, &visitor, &form, errors).await?;
            Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Settings).await?, &page)))
        }
    }
}
