//! `madoguchi audit verify`: is the trail whole?

use super::existing;
use crate::audit::{self, Verdict};
use crate::error::Result;
use crate::rng::hex;
use crate::store::Store;
use std::path::Path;

/// Checks the whole trail and says the result in one sentence. Exit code 0 when it is whole, 1 when it is broken; the
/// caller ends with 2 when it can't be read.
///
/// # Errors
/// A refusal when there is no office, or its database can't be read.
pub async fn verify(data: &Path) -> Result<u8> {
    let store = Store::open(&existing::data_dir(data)?.database()).await?;
    let verdict = audit::verify(&store).await;
    store.close().await;
    let verdict = verdict?;
    println!("{}", sentence(&verdict));
    Ok(u8::from(matches!(verdict, Verdict::Broken { .. })))
}

/// The verdict in words.
pub fn sentence(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Whole { count, head } => {
            format!("操作の記録{count}件は、すべてつながっています(最後の記録のハッシュ {})。", hex(head))
        }
        Verdict::Broken { number, sentence } => {
            format!("操作の記録が{number}番で途切れています。{sentence}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Entry, Kind, record};
    use sqlx::Connection;

    async fn office_with_rows(dir: &Path) {
        let store = Store::open(&dir.join("office.db")).await.unwrap();
        for day in 1..=5 {
            let mut tx = store.write().await.unwrap();
            let at = format!("2026-11-0{day}T09:00:00+09:00");
            record(&mut tx, &at, Entry::done(Kind::Login, "sato", "佐藤さんがログインしました。")).await.unwrap();
            tx.commit().await.unwrap();
        }
        store.close().await;
    }

    /// A trail nobody touched is whole; a rewritten row, behind the program's back, is found.
    #[tokio::test]
    async fn finds_a_rewritten_row() {
        let dir = tempfile::tempdir().unwrap();
        office_with_rows(dir.path()).await;
        assert_eq!(verify(dir.path()).await.unwrap(), 0);
        let file = dir.path().join("office.db");
        let mut intruder = sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
        sqlx::raw_sql("DROP TRIGGER audit_is_never_changed; UPDATE audit SET actor = 'suzuki' WHERE number = 3")
            .execute(&mut intruder)
            .await
            .unwrap();
        intruder.close().await.unwrap();
        assert_eq!(verify(dir.path()).await.unwrap(), 1);
        let store = Store::open(&file).await.unwrap();
        let Verdict::Broken { number, .. } = audit::verify(&store).await.unwrap() else { panic!("not found") };
        assert_eq!(number, 3);
    }

    /// Without an office there is nothing to say and nothing to make.
    #[tokio::test]
    async fn wants_an_office() {
        let dir = tempfile::tempdir().unwrap();
        assert!(verify(&dir.path().join("nowhere")).await.is_err());
        assert!(!dir.path().join("nowhere").exists());
    }
}
