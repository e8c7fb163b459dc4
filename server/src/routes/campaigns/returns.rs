//! `/returns`: letters that came back are scanned, one after the other.

use crate::error::Result;
use crate::notices::returned::{ReturnForm, Scan, scan as note};
use crate::notices::returned_lists::{self, MOST};
use crate::office::Office;
use crate::routes::form::Posted;
use crate::routes::respond::{frame, html, see_other, unprocessable};
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use app::components::{Choice, FieldError, FormErrors, Notice, Tone};
use app::frame::MenuItem;
use app::pages::returns::{ReturnsPage, render};
use axum::extract::{Query, State};
use axum::response::Response;
use rules::campaign::ReturnReason;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct After {
    /// The letter that was just noted.
    noted: Option<i64>,
    /// The letter that had been noted before.
    known: Option<i64>,
    /// The reason, which stays for the next one.
    reason: String,
}

pub(super) async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(after): Query<After>,
) -> Result<Response> {
    visitor.require(Act::HandleLetters)?;
    let notice = |tone, sentence: String| Notice { tone, title: String::new(), sentence };
    let done = match (after.noted, after.known) {
        (Some(number), _) => {
            let sentence = format!("通知-{number:06}の返戻を記録しました。続けて次の通知書を読めます。");
            Some(notice(Tone::Success, sentence))
        }
        (None, Some(number)) => {
            let sentence =
                format!("通知-{number:06}の返戻は、同じ理由で記録済みです。何も変わっていません。");
            Some(notice(Tone::Information, sentence))
        }
        (None, None) => None,
    };
    let page = ReturnsPage { done, reason: after.reason, ..page(&office).await? };
    Ok(html(render(&frame(&office, &visitor, MenuItem::Returns).await?, &page)))
}

pub(super) async fn scan(
    State(office): State<Office>,
    Posted { visitor, form }: Posted<ReturnForm>,
) -> Result<Response> {
    let (field, code, sentence) = match note(&office, &visitor, &form).await? {
        Scan::Noted(number) => {
            return Ok(see_other(&format!("/returns?noted={number}&reason={}", form.reason)));
        }
        Scan::Known(number) => {
            return Ok(see_other(&format!("/returns?known={number}&reason={}", form.reason)));
        }
        Scan::Refused(field, code, sentence) => (field, code, sentence),
    };
    let done =
        Notice {
            tone: Tone::Error, title: format!("記録していません({code})"), sentence: sentence.clone()
        };
    let error = FieldError { field: field.to_owned(), code: code.to_owned(), sentence };
    let page = ReturnsPage {
        done: Some(done),
        errors: FormErrors(vec![error]),
        // The next scan begins in an empty field; only where the reason was missing, the same letter is meant again.
        scanned: if field == "reason" { form.scanned } else { String::new() },
        reason: form.reason,
        ..page(&office).await?
    };
    Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Returns).await?, &page)))
}

async fn page(office: &Office) -> Result<ReturnsPage> {
    let today = office.clock().today();
    Ok(ReturnsPage {
        reasons: ReturnReason::ALL.iter().map(|one| Choice::new(one.code(), one.label())).collect(),
        today: returned_lists::between(office, today, today, MOST).await?,
        ..ReturnsPage::default()
    })
}
