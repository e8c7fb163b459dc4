//! The first day of a live office: one administrator, whose password is shown once.

use super::password;
use crate::audit::{self, Entry, Kind};
use crate::error::Result;
use crate::office::Office;
use crate::store;

/// Makes the first administrator and a counter where there is nobody yet, and says so on the terminal.
///
/// # Errors
/// When the database refuses.
pub async fn welcome(office: &Office) -> Result<()> {
    if store::staff::count(office.store().read()).await? > 0 {
        return Ok(());
    }
    let secret = office.rng().token()[..24].to_owned();
    let hash = password::hash(secret.clone(), office.rng()).await?;
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    let id = store::staff::add(&mut tx, "admin", "管理者", "administrator", &hash, &at).await?;
    store::staff::set_password(&mut tx, id, &hash, true).await?;
    store::stations::add(&mut tx, "1番窓口", "none", None, "terminal").await?;
    audit::record(&mut tx, &at, Entry::done(Kind::StaffChanged, audit::SYSTEM, "最初の管理者を作りました。"))
        .await?;
    tx.commit().await?;
    eprintln!("最初の管理者を作りました。職員番号 admin、パスワード {secret}");
    eprintln!("このパスワードは二度と表示されません。ログインすると、自分のパスワードに変える画面が出ます。");
    Ok(())
}
