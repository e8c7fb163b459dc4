//! Certificates on cards: the current one of each kind, and those it replaced.

use super::codes;
use crate::error::Result;
use chrono::NaiveDate;
use rules::kinds::{CertificateKind, CertificateStatus};
use serde::Serialize;
use sqlx::{SqliteConnection, SqlitePool};

/// One certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// Its row; 0 before it is stored.
    pub id: i64,
    /// The card it is on.
    pub card_number: String,
    /// Which of the two.
    pub kind: CertificateKind,
    /// Serial number: hexadecimal, upper case, no leading zeros.
    pub serial: String,
    /// The day of issue.
    pub issued: NaiveDate,
    /// The last day.
    pub expires: NaiveDate,
    /// Valid, suspended or revoked; that it has expired follows from the date.
    pub status: CertificateStatus,
    /// The day it was revoked, where known.
    pub revoked_on: Option<NaiveDate>,
    /// Why, in words.
    pub reason: Option<String>,
    /// True for the newest of its kind on its card.
    pub current: bool,
}

struct Row {
    id: i64,
    card_number: String,
    kind: String,
    serial: String,
    issued: NaiveDate,
    expires: NaiveDate,
    status: String,
    revoked_on: Option<NaiveDate>,
    reason: Option<String>,
    current: bool,
}

impl Row {
    fn read(self) -> Result<Certificate> {
        let key = self.id.to_string();
        Ok(Certificate {
            id: self.id,
            kind: codes::read("certificates", "kind", &key, &self.kind, CertificateKind::from_code)?,
            status: codes::read("certificates", "status", &key, &self.status, CertificateStatus::from_code)?,
            card_number: self.card_number,
            serial: self.serial,
            issued: self.issued,
            expires: self.expires,
            revoked_on: self.revoked_on,
            reason: self.reason,
            current: self.current,
        })
    }
}

fn read(rows: Vec<Row>) -> Result<Vec<Certificate>> {
    rows.into_iter().map(Row::read).collect()
}

/// Every certificate of these cards, current and former, in no particular order.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn of_cards(connection: &mut SqliteConnection, card_numbers: &[&str]) -> Result<Vec<Certificate>> {
    let wanted = serde_json::to_string(card_numbers)?;
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT certificates.id AS "id!", card_number, kind, serial, issued AS "issued: NaiveDate", expires AS "expires: NaiveDate",
                  status, revoked_on AS "revoked_on: NaiveDate", reason, current AS "current: bool"
           FROM json_each(?) AS wanted CROSS JOIN certificates ON card_number = wanted.value"#,
        wanted
    )
    .fetch_all(connection)
    .await?;
    read(rows)
}

/// The certificates of one card, current ones first, then by issue date from new to old.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn of_card(pool: &SqlitePool, card_number: &str) -> Result<Vec<Certificate>> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT certificates.id AS "id!", card_number, kind, serial, issued AS "issued: NaiveDate", expires AS "expires: NaiveDate",
                  status, revoked_on AS "revoked_on: NaiveDate", reason, current AS "current: bool"
           FROM certificates WHERE card_number = ? ORDER BY current DESC, issued DESC, kind DESC"#,
        card_number
    )
    .fetch_all(pool)
    .await?;
    read(rows)
}

/// The certificates with one of these serials, of either kind.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn with_serials(connection: &mut SqliteConnection, serials: &[&str]) -> Result<Vec<Certificate>> {
    let wanted = serde_json::to_string(serials)?;
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT certificates.id AS "id!", card_number, kind, serial, issued AS "issued: NaiveDate", expires AS "expires: NaiveDate",
                  status, revoked_on AS "revoked_on: NaiveDate", reason, current AS "current: bool"
           FROM json_each(?) AS wanted
           CROSS JOIN certificates ON kind IN ('signature', 'authentication') AND serial = wanted.value"#,
        wanted
    )
    .fetch_all(connection)
    .await?;
    read(rows)
}

/// The certificate with this serial: how a card on the reader finds its person without a PIN.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn with_serial(
    pool: &SqlitePool,
    kind: CertificateKind,
    serial: &str,
) -> Result<Option<Certificate>> {
    let mut connection = pool.acquire().await?;
    Ok(with_serials(&mut connection, &[serial]).await?.into_iter().find(|found| found.kind == kind))
}

/// Writes certificates over their rows (by id).
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &mut SqliteConnection, certificates: &[&Certificate]) -> Result<()> {
    let batch = serde_json::to_string(certificates)?;
    sqlx::query!(
        "UPDATE certificates SET issued = new.value ->> 'issued', expires = new.value ->> 'expires',
             status = new.value ->> 'status', revoked_on = new.value ->> 'revoked_on',
             reason = new.value ->> 'reason', current = new.value ->> 'current'
         FROM json_each(?) AS new WHERE certificates.id = new.value ->> 'id'",
        batch
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds certificates. The one of the same kind on the same card must have been retired before, by [`change`] or
/// [`retire`].
///
/// # Errors
/// When a serial is known already or the database refuses.
pub async fn add(tx: &mut SqliteConnection, certificates: &[&Certificate]) -> Result<()> {
    let batch = serde_json::to_string(certificates)?;
    sqlx::query!(
        "INSERT INTO certificates (card_number, kind, serial, issued, expires, status, revoked_on, reason, current)
         SELECT value ->> 'card_number', value ->> 'kind', value ->> 'serial', value ->> 'issued', value ->> 'expires',
             value ->> 'status', value ->> 'revoked_on', value ->> 'reason', value ->> 'current'
         FROM json_each(?)",
        batch
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes a card's current certificate of one kind out of use: it stays for the history.
///
/// # Errors
/// When the database refuses.
pub async fn retire(
    tx: &mut SqliteConnection,
    card_number: &str,
    kind: CertificateKind,
    on: NaiveDate,
    reason: &str,
) -> Result<()> {
    let kind = kind.code();
    sqlx::query!(
        "UPDATE certificates SET current = 0, revoked_on = CASE status WHEN 'revoked' THEN revoked_on ELSE ? END,
             reason = CASE status WHEN 'revoked' THEN reason ELSE ? END, status = 'revoked'
         WHERE card_number = ? AND kind = ? AND current = 1",
        on,
        reason,
        card_number,
        kind
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A renewal or issuance: the new certificate takes the place of the current one, which is revoked at once
/// (宇治市: 現在の電子証明書はただちに失効).
///
/// # Errors
/// When the serial is known already or the database refuses.
pub async fn replace(tx: &mut SqliteConnection, new: &Certificate) -> Result<()> {
    retire(tx, &new.card_number, new.kind, new.issued, "新しい電子証明書の発行").await?;
    add(tx, &[new]).await
}
