//! What a member of staff is told on the next page.

use crate::error::Result;
use sqlx::{SqliteConnection, SqliteExecutor};

/// A message that hasn't been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// `done` or `failed`.
    pub tone: String,
    /// What happened.
    pub sentence: String,
    /// Where it is seen; opening it is reading the message.
    pub href: String,
}

/// Leaves a message. An unread one about the same page goes.
///
/// # Errors
/// When the database refuses.
pub async fn leave(tx: &mut SqliteConnection, staff_id: i64, message: &MessageRow, at: &str) -> Result<()> {
    read(&mut *tx, staff_id, &message.href, at).await?;
    sqlx::query!(
        "INSERT INTO staff_messages (staff_id, tone, sentence, href, made_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        staff_id,
        message.tone,
        message.sentence,
        message.href,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The unread messages of one person, the oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn unread(db: impl SqliteExecutor<'_>, staff_id: i64) -> Result<Vec<MessageRow>> {
    Ok(sqlx::query_as!(
        MessageRow,
        "SELECT tone, sentence, href FROM staff_messages WHERE staff_id = ?1 AND read_at IS NULL ORDER BY id",
        staff_id
    )
    .fetch_all(db)
    .await?)
}

/// Notes that a person has opened a page that messages lead to.
///
/// # Errors
/// When the database refuses.
pub async fn read(tx: &mut SqliteConnection, staff_id: i64, href: &str, at: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE staff_messages SET read_at = ?3 WHERE staff_id = ?1 AND href = ?2 AND read_at IS NULL",
        staff_id,
        href,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}
