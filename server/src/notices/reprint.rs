//! Printing the letters of a campaign again, as they were.

use super::campaign;
use super::make::cannot_print;
use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper;
use crate::store::letters::{self, CampaignLetter};
use forms::Paper;
use forms::notice::NoticeLetter;
use std::fmt::Write as _;

/// The letters of a campaign on paper again.
#[derive(Debug)]
pub struct Reprint {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Its pages.
    pub pages: usize,
}

/// Prints the letters of campaign `id` with numbers between two, both included, again from what is stored, except those
/// that were voided and those to people who may no longer be written to (support measures, death, departure). The
/// printing is audited.
///
/// # Errors
/// A refusal when there is no such campaign, or nothing of it may be printed any more.
pub async fn reprint(office: &Office, id: i64, numbers: (i64, i64), actor: &str) -> Result<Reprint> {
    let pool = office.store().read();
    let campaign = campaign::load(pool, id).await?;
    let all = letters::between(pool, id, numbers).await?;
    let (print, left_out): (Vec<_>, Vec<_>) = all.iter().partition(|letter| may_go_out(letter));
    if print.is_empty() {
        return Err(Refusal::new(
            410,
            "M-2003",
            "この回の通知書は、すべて無効か、送れない方あてです。",
            "印刷する通知書がありません。",
            "対象者の一覧で、今の状態を確かめてください。",
        )
        .into());
    }
    let sheets = print.iter().map(|letter| content(letter)).collect::<Result<Vec<_>>>()?;
    let fonts = office.fonts().await?;
    let options = paper::options(office, Paper::Notice).await?;
    let printed = tokio::task::spawn_blocking(move || forms::notice::print(&sheets, &fonts, &options))
        .await?
        .map_err(cannot_print)?;
    let months = campaign.span.wareki();
    let mut sentence = format!("{months}に満了する方の有効期限通知書{}通を印刷しました。", print.len());
    if !left_out.is_empty() {
        let _ = write!(sentence, "無効または送れない{}通は除きました。", left_out.len());
    }
    let object = campaign::object(id);
    let mut tx = office.store().write().await?;
    let entry = Entry::done(Kind::Printed, actor, sentence).object(&object);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await?;
    Ok(Reprint { pdf: printed.pdf, pages: printed.pages })
}

pub(super) fn may_go_out(letter: &CampaignLetter) -> bool {
    letter.state != "voided" && !letter.not_to_be_sent
}

pub(super) fn content(letter: &CampaignLetter) -> Result<NoticeLetter> {
    serde_json::from_str(&letter.content).map_err(|error| {
        tracing::debug!(%error, letter = letter.number, "stored letter");
        Error::internal(format!("letter {} can't be read back", letter.number))
    })
}
