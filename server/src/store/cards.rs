//! Cards: whose they are, how long they last, what state they are in.

use super::codes;
use crate::error::Result;
use chrono::NaiveDate;
use rules::kinds::{CardKind, CardStatus};
use serde::Serialize;
use sqlx::{SqliteConnection, SqlitePool};

/// One card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// カード番号, as the chip says it.
    pub number: String,
    /// Whose it is.
    pub resident_number: String,
    /// カード種別.
    pub kind: CardKind,
    /// 顔認証マイナンバーカード.
    pub face_only: bool,
    /// カード発行日.
    pub issued: NaiveDate,
    /// カード有効期限.
    pub expires: NaiveDate,
    /// 運用状況.
    pub status: CardStatus,
    /// Goes up with every change; 0 before it is stored.
    pub version: i64,
}

struct Row {
    number: String,
    resident_number: String,
    kind: String,
    face_only: bool,
    issued: NaiveDate,
    expires: NaiveDate,
    status: String,
    version: i64,
}

impl Row {
    fn read(self) -> Result<Card> {
        Ok(Card {
            kind: codes::read("cards", "kind", &self.number, &self.kind, CardKind::from_code)?,
            status: codes::read("cards", "status", &self.number, &self.status, CardStatus::from_code)?,
            number: self.number,
            resident_number: self.resident_number,
            face_only: self.face_only,
            issued: self.issued,
            expires: self.expires,
            version: self.version,
        })
    }
}

/// The card with this number.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn find(pool: &SqlitePool, number: &str) -> Result<Option<Card>> {
    let mut connection = pool.acquire().await?;
    Ok(many(&mut connection, &[number]).await?.pop())
}

/// The cards with these numbers, in no particular order.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn many(connection: &mut SqliteConnection, numbers: &[&str]) -> Result<Vec<Card>> {
    let wanted = serde_json::to_string(numbers)?;
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT card_number AS number, resident_number, kind, face_only AS "face_only: bool",
                  issued AS "issued: NaiveDate", expires AS "expires: NaiveDate", status, version
           FROM json_each(?) AS wanted CROSS JOIN cards ON card_number = wanted.value"#,
        wanted
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// All cards a person ever had here, the newest first.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn of_resident(pool: &SqlitePool, resident_number: &str) -> Result<Vec<Card>> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT card_number AS number, resident_number, kind, face_only AS "face_only: bool",
                  issued AS "issued: NaiveDate", expires AS "expires: NaiveDate", status, version
           FROM cards WHERE resident_number = ? ORDER BY issued DESC, card_number DESC"#,
        resident_number
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The card that counts: the newest one that isn't abolished, or the newest one.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn current_of_resident(pool: &SqlitePool, resident_number: &str) -> Result<Option<Card>> {
    let mut cards = of_resident(pool, resident_number).await?;
    let place = cards.iter().position(|card| card.status != CardStatus::Abolished).unwrap_or(0);
    Ok((!cards.is_empty()).then(|| cards.swap_remove(place)))
}

/// Adds cards, or writes over those whose number is known; their version goes up.
///
/// # Errors
/// When a resident is unknown or the database refuses.
pub async fn save(tx: &mut SqliteConnection, cards: &[&Card], at: &str) -> Result<()> {
    let batch = serde_json::to_string(cards)?;
    sqlx::query!(
        "INSERT INTO cards (card_number, resident_number, kind, face_only, issued, expires, status, updated_at)
         SELECT value ->> 'number', value ->> 'resident_number', value ->> 'kind', value ->> 'face_only',
             value ->> 'issued', value ->> 'expires', value ->> 'status', ?2
         FROM json_each(?1) WHERE true
         ON CONFLICT (card_number) DO UPDATE SET
             kind = excluded.kind, face_only = excluded.face_only, issued = excluded.issued,
             expires = excluded.expires, status = excluded.status, version = version + 1,
             updated_at = excluded.updated_at",
        batch,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A person has one card at a time: abolishes the older ones of each of these people.
///
/// # Errors
/// When the database refuses.
pub async fn abolish_older(tx: &mut SqliteConnection, resident_numbers: &[&str], at: &str) -> Result<()> {
    let people = serde_json::to_string(resident_numbers)?;
    sqlx::query!(
        "UPDATE cards SET status = 'abolished', version = version + 1, updated_at = ?2
         WHERE resident_number IN (SELECT value FROM json_each(?1)) AND status <> 'abolished'
           AND EXISTS (SELECT 1 FROM cards AS newer
                       WHERE newer.resident_number = cards.resident_number AND newer.status <> 'abolished'
                         AND newer.issued > cards.issued)",
        people,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that a stopped card is in use again.
///
/// # Errors
/// When the database refuses.
pub async fn lift_suspension(tx: &mut SqliteConnection, card_number: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE cards SET status = 'active', version = version + 1 WHERE card_number = ? AND status = 'suspended'",
        card_number
    )
    .execute(tx)
    .await?;
    Ok(())
}
