//! `madoguchi audit verify`: is the trail whole?

use crate::audit::{self, Verdict};
use crate::error::Result;
use crate::office::Office;
use crate::rng::hex;

/// Checks the whole trail and says the result in one sentence. Exit code 0 when it is whole, 1 when it is broken; the
/// caller ends with 2 when it can't be read.
///
/// # Errors
/// When the trail can't be read.
pub async fn verify(office: &Office) -> Result<u8> {
    let verdict = audit::verify(office.store()).await?;
    println!("{}", sentence(&verdict));
    Ok(u8::from(matches!(verdict, Verdict::Broken { .. })))
}

/// The verdict in words.
pub fn sentence(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Whole { count, head } => {
            format!("操作の記録{count}件は、すべてつながっています(最後の記録のハッシュ {})。", hex(head))
        }
        Verdict::Broken { number, sentence } => format!("操作の記録が{number}番で途切れています。{sentence}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Entry, Kind, record};
    use crate::clock::Clock;
    use crate::data_dir::DataDir;
    use crate::office::Mode;
    use sqlx::Connection;
    use std::path::Path;

    async fn open(dir: &Path) -> Office {
        Office::open(DataDir::open(dir).unwrap(), Some(Mode::Live), Clock::real()).await.unwrap()
    }

    /// A trail nobody touched is whole; a row rewritten behind the program's back is found.
    #[tokio::test]
    async fn finds_a_rewritten_row() {
        let dir = tempfile::tempdir().unwrap();
        let office = open(dir.path()).await;
        for day in 1..=5 {
            let mut tx = office.store().write().await.unwrap();
            let at = format!("2026-11-0{day}T09:00:00+09:00");
            record(&mut tx, &at, Entry::done(Kind::Login, "sato", "佐藤さんがログインしました。"))
                .await
                .unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(verify(&office).await.unwrap(), 0);
        office.store().close().await;

        let file = dir.path().join("office.db");
        let mut intruder =
            sqlx::SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
        sqlx::raw_sql(
            "DROP TRIGGER audit_is_never_changed; UPDATE audit SET actor = 'suzuki' WHERE number = 3",
        )
        .execute(&mut intruder)
        .await
        .unwrap();
        intruder.close().await.unwrap();

        let office = open(dir.path()).await;
        assert_eq!(verify(&office).await.unwrap(), 1);
        let Verdict::Broken { number, .. } = audit::verify(office.store()).await.unwrap() else {
            panic!("not found")
        };
        assert_eq!(number, 3);
    }
}
