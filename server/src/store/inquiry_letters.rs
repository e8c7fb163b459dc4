//! 照会書兼回答書: the letters of a case, from made to replied.

use crate::error::Result;
use chrono::NaiveDate;
use sqlx::{SqliteConnection, SqliteExecutor};

/// A letter to be written down.
#[derive(Clone, Debug)]
pub struct NewInquiry<'a> {
    /// 文書番号.
    pub number: i64,
    /// A second inquiry after a wrong PIN.
    pub again: bool,
    /// To whom.
    pub resident_number: &'a str,
    /// The case it belongs to.
    pub case_id: i64,
    /// All that the sheet says, JSON.
    pub content: &'a str,
    /// What its QR code says.
    pub token: &'a str,
}

/// A letter of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InquiryRow {
    /// 文書番号.
    pub number: i64,
    /// `inquiry` or `re_inquiry`.
    pub kind: String,
    /// The code of its state.
    pub state: String,
    /// All that the sheet says, JSON.
    pub content: String,
    /// What its QR code says.
    pub token: String,
    /// When it was made.
    pub made_at: String,
    /// The day it was posted.
    pub posted_on: Option<String>,
    /// The last day for the reply.
    pub deadline: Option<String>,
    /// The day it was replied to, returned, lapsed or voided.
    pub ended_on: Option<String>,
    /// Why it ended, in words.
    pub ended_reason: Option<String>,
}

/// How a letter ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterEnd {
    /// 回答受領.
    Replied,
    /// 返戻.
    Returned,
    /// 期限切れ.
    Lapsed,
    /// 無効.
    Voided,
}

impl LetterEnd {
    fn code(self) -> &'static str {
        match self {
            Self::Replied => "replied",
            Self::Returned => "returned",
            Self::Lapsed => "lapsed",
            Self::Voided => "voided",
        }
    }
}

/// Writes a letter down as printed.
///
/// # Errors
/// When the case has a living letter, or the database refuses.
pub async fn add(tx: &mut SqliteConnection, letter: &NewInquiry<'_>, at: &str) -> Result<()> {
    let kind = if letter.again { "re_inquiry" } else { "inquiry" };
    sqlx::query!(
        "INSERT INTO letters (number, kind, resident_number, case_id, state, content, token, made_at, printed_at)
         VALUES (?1, ?2, ?3, ?4, 'printed', ?5, ?6, ?7, ?7)",
        letter.number,
        kind,
        letter.resident_number,
        letter.case_id,
        letter.content,
        letter.token,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The letters of a case, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_case(db: impl SqliteExecutor<'_>, case_id: i64) -> Result<Vec<InquiryRow>> {
    Ok(sqlx::query_as!(
        InquiryRow,
        "SELECT number, kind, state, content, token, made_at, posted_on, deadline, ended_on, ended_reason
         FROM letters WHERE case_id = ? AND kind IN ('inquiry', 're_inquiry') ORDER BY number DESC",
        case_id
    )
    .fetch_all(db)
    .await?)
}

/// Notes that a letter was handed to the post. `false` when it isn't one that waits for that.
///
/// # Errors
/// When the database refuses.
pub async fn post(
    tx: &mut SqliteConnection,
    number: i64,
    day: NaiveDate,
    deadline: NaiveDate,
) -> Result<bool> {
    let changed = sqlx::query!(
        "UPDATE letters SET state = 'posted', posted_on = ?, deadline = ?, version = version + 1
         WHERE number = ? AND state = 'printed'",
        day,
        deadline,
        number
    )
    .execute(tx)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Ends the living letter of a case; returns its number if there was one. A lapsed or returned letter can still be
/// replied to or voided.
///
/// # Errors
/// When the database refuses.
pub async fn end(
    tx: &mut SqliteConnection,
    case_id: i64,
    end: LetterEnd,
    day: NaiveDate,
    reason: Option<&str>,
) -> Result<Option<i64>> {
    let code = end.code();
    Ok(sqlx::query_scalar!(
        r#"UPDATE letters SET state = ?1, ended_on = ?2, ended_reason = ?3, version = version + 1
           WHERE number = (SELECT max(number) FROM letters WHERE case_id = ?4 AND kind IN ('inquiry', 're_inquiry'))
             AND state IN ('drafted', 'printed', 'posted', 'returned', 'lapsed', 'replied') AND state <> ?1
           RETURNING number AS "number!""#,
        code,
        day,
        reason,
        case_id
    )
    .fetch_optional(tx)
    .await?)
}
