//! Between the two visits of a proxy: the letter to the principal, the post, the reply, and what happens meanwhile.

pub mod again;
pub mod board;
pub mod confirm;
pub mod letter;
pub mod post;
pub mod principal;
pub mod reply;
pub mod returned;
pub mod watch;

use super::case::{Case, Inquiry};
use super::visit::Begun;
use crate::error::{Refusal, Result};
use crate::store::WriteTx;
use crate::store::inquiry_letters::{self, LetterEnd};
use chrono::NaiveDate;

impl Begun {
    /// Voids the case's letter, if one is out or about to go; returns what the history says of it.
    pub(super) async fn void_letter(&mut self, why: &str, today: NaiveDate) -> Result<String> {
        void(&mut self.tx, self.case.row.id, why, today).await
    }
}

/// Voids the letter of a case; returns what the history says of it.
///
/// # Errors
/// When the database refuses.
pub(super) async fn void(tx: &mut WriteTx, case_id: i64, why: &str, today: NaiveDate) -> Result<String> {
    let voided = inquiry_letters::end(tx, case_id, LetterEnd::Voided, today, Some(why)).await?;
    Ok(voided.map_or_else(String::new, |number| format!("照会書(文書番号{number})は無効にしました。")))
}

fn inquiry_of(case: &Case) -> Result<&Inquiry> {
    case.facts.inquiry.as_ref().ok_or_else(|| {
        Refusal::conflict("この受付には照会書がありません。", "受付の画面を開き直してください。").into()
    })
}
