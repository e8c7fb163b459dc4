//! The office's database: the only room with SQL.
//!
//! One connection writes (`BEGIN IMMEDIATE`, so that a writer never finds out at the end that it can't), a pool reads.
//! Each file beside this one is a family of tables.

pub mod audit;
pub mod audit_checkpoints;
pub mod audit_copy;
pub mod audit_search;
pub mod campaign_parts;
pub mod campaign_targets;
pub mod campaigns;
pub mod card_updates;
pub mod cards;
pub mod case_events;
pub mod cases;
pub mod certificates;
pub mod codes;
pub mod counters;
pub mod day_closings;
pub mod day_counts;
pub mod idempotency;
pub mod imports;
pub mod inquiry_letters;
pub mod inspection;
pub mod letters;
pub mod notice_targets;
pub mod pads;
pub mod recovery_codes;
pub mod requests;
pub mod residents;
pub mod returned_notices;
pub mod search;
pub mod second_factors;
pub mod sessions;
pub mod setting_changes;
pub mod settings;
pub mod sign_in_tries;
pub mod staff;
pub mod staff_messages;
pub mod stations;
pub mod statistics;
pub mod wordings;
pub mod work;
pub mod work_lists;

use crate::error::{Error, Refusal, Result};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Sqlite, SqliteConnection, Transaction};
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::time::Duration;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

/// Older SQLite can damage a database when its log is reset at the wrong moment.
const OLDEST_SAFE_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// The open database.
#[derive(Clone, Debug)]
pub struct Store {
    write: SqlitePool,
    read: SqlitePool,
}

/// The one writing transaction. Dropped without [`WriteTx::commit`], it leaves no trace.
pub struct WriteTx {
    inner: Transaction<'static, Sqlite>,
}

impl Store {
    /// Opens the database file, makes it when it isn't there, and brings its schema up to date.
    ///
    /// # Errors
    /// A refusal when the file can't be opened, isn't a database, or was made by a newer version.
    pub async fn open(file: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("trusted_schema", "OFF")
            // A long query is no fault, and a warning would stand between the sentences on a terminal.
            .disable_statement_logging();
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(options.clone())
            .await
            .map_err(|error| cannot_open(file, &error))?;
        refuse_unsafe_sqlite(&write).await?;
        refuse_newer_schema(&write, file).await?;
        MIGRATIONS.run(&write).await.map_err(|error| cannot_migrate(file, &error))?;
        let read = SqlitePoolOptions::new()
            .max_connections(8)
            .connect_with(options.read_only(true).pragma("cache_size", "-65536"))
            .await
            .map_err(|error| cannot_open(file, &error))?;
        Ok(Self { write, read })
    }

    /// Connections for reading only.
    pub fn read(&self) -> &SqlitePool {
        &self.read
    }

    /// Begins the one writing transaction; waits for its turn.
    ///
    /// # Errors
    /// When the writer doesn't come free in time.
    pub async fn write(&self) -> Result<WriteTx> {
        Ok(WriteTx { inner: self.write.begin_with("BEGIN IMMEDIATE").await? })
    }

    /// Writes a whole copy of the database, taken in one moment, to `file`.
    ///
    /// # Errors
    /// When the copy can't be written.
    pub async fn copy_to(&self, file: &Path) -> Result<()> {
        let target = file.to_string_lossy().into_owned();
        sqlx::query("VACUUM INTO ?").bind(target).execute(&self.write).await?;
        Ok(())
    }

    /// Closes all connections, so that the log is folded into the file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

impl WriteTx {
    /// Makes what was written permanent.
    ///
    /// # Errors
    /// When the disk refuses; nothing is changed then.
    pub async fn commit(self) -> Result<()> {
        Ok(self.inner.commit().await?)
    }
}

impl Deref for WriteTx {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.inner
    }
}

impl DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.inner
    }
}

async fn refuse_unsafe_sqlite(pool: &SqlitePool) -> Result<()> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST_SAFE_SQLITE {
        let sentence = format!("組み込まれているSQLite {version} は、データベースを壊すおそれがあります。");
        return Err(
            Refusal::setup(sentence, "SQLite 3.51.3以上で作り直したプログラムを使ってください。").into()
        );
    }
    Ok(())
}

/// A database from a newer program must not be touched, not even by a migration that would fail half-way.
async fn refuse_newer_schema(pool: &SqlitePool, file: &Path) -> Result<()> {
    let has_table: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
    )
    .fetch_one(pool)
    .await
    .map_err(|error| cannot_open(file, &error))?;
    if has_table == 0 {
        return Ok(());
    }
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(pool).await?;
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
    if newest.unwrap_or(0) > known {
        let sentence = format!("データベース {} は、新しい版の窓口で作られています。", file.display());
        return Err(
            Refusal::setup(sentence, "その版以上の窓口で開いてください。データは変わっていません。").into()
        );
    }
    Ok(())
}

fn cannot_open(file: &Path, error: &sqlx::Error) -> Error {
    tracing::debug!(%error, "database did not open");
    let sentence = format!("データベース {} を開けません。", file.display());
    Refusal::setup(sentence, "ファイルが窓口のデータベースか、読み書きの権限があるかを確かめてください。")
        .into()
}

fn cannot_migrate(file: &Path, error: &sqlx::migrate::MigrateError) -> Error {
    tracing::error!(%error, "migration failed");
    let sentence = format!("データベース {} を今の版に直せません。", file.display());
    Refusal::setup(sentence, "バックアップから戻すか、作った版の窓口で開いてください。").into()
}

/// True when the error says that a UNIQUE rule of the schema was hit.
pub fn is_unique_violation(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(inner) if inner.is_unique_violation())
}
