//! The trail in a database that is only looked at: a copy on a read-only medium as well as a running office's.
//!
//! Nothing is migrated, written or left beside the file. A running office may go on writing: one transaction sees one
//! moment.

use super::audit::{self, AuditRow};
use super::audit_checkpoints::{self, CheckpointRow};
use super::{MIGRATIONS, cannot_open};
use crate::error::{Refusal, Result};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::path::{Path, PathBuf};

/// The migration that brought version 2 of the trail.
const SECOND_VERSION: i64 = 8;

/// An open copy.
pub struct Copy {
    connection: SqliteConnection,
    schema: i64,
}

/// What a copy holds beside the rows.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The office's id, JSON, if it has one yet.
    pub office: Option<String>,
    /// Public keys.
    pub keys: Vec<Vec<u8>>,
    /// Checkpoints.
    pub checkpoints: Vec<CheckpointRow>,
}

impl Copy {
    /// Opens the database file for looking.
    ///
    /// # Errors
    /// A refusal when it isn't there, isn't an office's, or was made by a newer program.
    pub async fn open(file: &Path) -> Result<Self> {
        // Without a log beside it nobody has the file open, and it can be read where nothing may be written.
        let alone = !log_of(file).exists();
        let options = SqliteConnectOptions::new()
            .filename(file)
            .read_only(true)
            .immutable(alone)
            .pragma("trusted_schema", "OFF")
            .disable_statement_logging();
        let mut connection = options.connect().await.map_err(|error| cannot_open(file, &error))?;
        sqlx::query("BEGIN").execute(&mut connection).await.map_err(|error| cannot_open(file, &error))?;
        let schema: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
            .fetch_one(&mut connection)
            .await
            .map_err(|error| cannot_open(file, &error))?;
        let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
        let schema = schema.unwrap_or(0);
        if schema > known {
            let sentence = format!("データベース {} は、新しい版の窓口で作られています。", file.display());
            return Err(Refusal::setup(sentence, "その版以上の窓口で確かめてください。").into());
        }
        Ok(Self { connection, schema })
    }

    /// Up to `many` rows after `after`.
    ///
    /// # Errors
    /// When the file can't be read on.
    pub async fn page(&mut self, after: i64, many: i64) -> Result<Vec<AuditRow>> {
        if self.schema < SECOND_VERSION {
            return audit::first_version_page(&mut self.connection, after, many).await;
        }
        audit::page(&mut self.connection, after, many).await
    }

    /// What stands beside the rows.
    ///
    /// # Errors
    /// When the file can't be read on.
    pub async fn beside(&mut self) -> Result<Beside> {
        if self.schema < SECOND_VERSION {
            return Ok(Beside::default());
        }
        beside(&mut self.connection).await
    }

    /// Closes the file.
    pub async fn close(self) {
        let _ = self.connection.close().await;
    }
}

/// What stands beside the rows, from any connection.
///
/// # Errors
/// When the database refuses.
pub async fn beside(db: &mut SqliteConnection) -> Result<Beside> {
    let key = crate::office::ID_KEY;
    Ok(Beside {
        office: sqlx::query_scalar!("SELECT value FROM settings WHERE key = ?1", key)
            .fetch_optional(&mut *db)
            .await?,
        keys: audit_checkpoints::keys(&mut *db).await?,
        checkpoints: audit_checkpoints::all(&mut *db).await?,
    })
}

/// True when somebody opened the file for writing since [`Copy::open`] found it alone.
pub fn has_company(file: &Path) -> bool {
    log_of(file).exists()
}

fn log_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}
