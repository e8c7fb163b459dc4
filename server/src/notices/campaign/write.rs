//! Writing one letter down, and voiding one: the same for a campaign, a letter made anew, and the command line.

use crate::audit::{self, Entry, Kind};
use crate::error::Result;
use crate::notices::plan::Target;
use crate::store::letters::{self, NewNotice};
use crate::store::{WriteTx, campaign_targets};
use chrono::NaiveDate;
use forms::notice::NoticeLetter;
use rules::campaign::VoidReason;

/// A letter to be written down.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// The campaign it belongs to.
    pub campaign_id: i64,
    /// Whom it goes to, and about what.
    pub target: &'a Target,
    /// What it says.
    pub letter: &'a NoticeLetter,
    /// It is on paper already.
    pub printed: bool,
    /// Numbers of the letters that it takes the place of; the caller has voided them.
    pub replaces: &'a [i64],
}

/// Writes a letter down, with the trail.
///
/// # Errors
/// When the person has a living notice for the month, or the database refuses.
pub async fn letter(tx: &mut WriteTx, new: &New<'_>, actor: &str, at: &str) -> Result<()> {
    let person = &new.target.person.resident_number;
    let (first, last) = new.target.months();
    let (expiring, last) = (first.to_string(), (last != first).then(|| last.to_string()));
    let notice = NewNotice {
        number: i64::from(new.letter.number),
        campaign_id: new.campaign_id,
        resident_number: person,
        expiring: &expiring,
        expiring_last: last.as_deref(),
        content: &serde_json::to_string(new.letter)?,
        token: &new.letter.token,
        printed: new.printed,
    };
    letters::add_notice(tx, &notice, at).await?;
    let document = new.letter.document_number();
    let sentence = if new.replaces.is_empty() {
        format!("有効期限通知書({document})を作りました。")
    } else {
        let old: Vec<String> = new.replaces.iter().map(|number| format!("文書番号{number}")).collect();
        format!("有効期限通知書({document})を作り直しました。前の通知書({})は無効です。", old.join("、"))
    };
    let entry = Entry::done(Kind::NoticesMade, actor, sentence).about(person).object(&document);
    audit::record(tx, at, entry).await
}

/// A letter to be voided.
#[derive(Clone, Copy, Debug)]
pub struct Void<'a> {
    /// 文書番号.
    pub number: i64,
    /// To whom it went.
    pub resident_number: &'a str,
    /// Code of why its person is excluded from now on.
    pub reason: &'a str,
    /// The same in words.
    pub words: &'a str,
    /// Today.
    pub on: NaiveDate,
}

impl<'a> Void<'a> {
    /// For one of the reasons in a letter's life.
    pub fn because(number: i64, resident_number: &'a str, reason: VoidReason, on: NaiveDate) -> Self {
        Self { number, resident_number, reason: reason.code(), words: reason.label(), on }
    }
}

/// Voids a letter: it isn't printed and doesn't count any more, and its person is excluded. Does nothing when it is void.
///
/// # Errors
/// When the database refuses.
pub async fn void(tx: &mut WriteTx, void: &Void<'_>, actor: &str, at: &str) -> Result<()> {
    if !letters::void_notice(tx, void.number, void.on, void.words).await? {
        return Ok(());
    }
    campaign_targets::exclude_letter(tx, void.number, void.reason, at).await?;
    let document = format!("通知-{:06}", void.number);
    let sentence = format!("有効期限通知書({document})を無効にしました。{}", void.words);
    let entry =
        Entry::done(Kind::NoticeVoided, actor, sentence).about(void.resident_number).object(&document);
    audit::record(tx, at, entry).await
}
