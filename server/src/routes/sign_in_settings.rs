//! `/settings/sign-in`: what the office decides about signing in.

use super::form::Posted;
use super::respond::{frame, html, see_other, unprocessable};
use super::visitor::Visitor;
use crate::error::Result;
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use crate::staff::four_eyes::Kind;
use crate::staff::permissions::Act;
use crate::staff::policy::{self, FRESH_MINUTES, Policy};
use app::components::{Choice, FieldError, FormErrors, Tone};
use app::frame::{Flash, MenuItem};
use app::pages::sign_in_settings::{SignInSettingsPage, render};
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

/// `/settings/sign-in`
pub fn routes() -> Routes {
    Routes::new().route("/settings/sign-in", get(show).post(save))
}

#[derive(Deserialize)]
struct Asked {
    saved: Option<usize>,
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    visitor.require(Act::ChangeOffice)?;
    let policy = office.policy();
    let page = SignInSettingsPage {
        second_factor: if policy.second_factor { "yes" } else { "no" }.to_owned(),
        fresh_minutes: policy.fresh_minutes.to_string(),
        chosen: policy.four_eyes.iter().map(|kind| kind.code().to_owned()).collect(),
        version: policy.version()?,
        ..choices()
    };
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

fn choices() -> SignInSettingsPage {
    let four_eyes = Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.label())).collect();
    SignInSettingsPage { four_eyes, ..SignInSettingsPage::default() }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Decided {
    second_factor: String,
    fresh_minutes: String,
    four_eyes: Vec<String>,
    version: String,
}

async fn save(State(office): State<Office>, Posted { visitor, form }: Posted<Decided>) -> Result<Response> {
    visitor.require(Act::ChangeOffice)?;
    let (least, most) = FRESH_MINUTES;
    let minutes = form.fresh_minutes.trim().parse().ok().filter(|minutes| (least..=most).contains(minutes));
    let Some(fresh_minutes) = minutes else {
        let sentence = format!("本人の確認が続く時間は、{least}から{most}までの半角の数字で入れてください。");
        let error = FieldError { field: "fresh_minutes".to_owned(), code: "M-7005".to_owned(), sentence };
        let page = SignInSettingsPage {
            second_factor: form.second_factor,
            fresh_minutes: form.fresh_minutes,
            chosen: form.four_eyes,
            version: form.version,
            errors: FormErrors(vec![error]),
            ..choices()
        };
        return Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Settings).await?, &page)));
    };
    let wanted = Policy {
        second_factor: form.second_factor == "yes",
        fresh_minutes,
        four_eyes: Kind::ALL
            .into_iter()
            .filter(|kind| form.four_eyes.iter().any(|code| code == kind.code()))
            .collect(),
    };
    let changed = policy::save(&office, &visitor, &form.version, wanted).await?;
    Ok(see_other(&format!("/settings/sign-in?saved={changed}")))
}
