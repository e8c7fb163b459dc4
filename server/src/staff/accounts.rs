//! Opening and closing accounts, and changing one's own password.

use super::password;
use super::visitor::Visitor;
use crate::audit::{self, Actor, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::store;
use rules::case_states::Role;
use serde::Deserialize;

/// What the form for a new account says.
#[derive(Deserialize)]
pub struct NewAccount {
    /// What they type to log in.
    pub login: String,
    /// The name others see.
    pub name: String,
    /// The code of their role.
    pub role: String,
    /// Their first password.
    pub password: String,
}

/// A refusal with the field it belongs to.
type FieldResult = Result<(), (&'static str, Error)>;

/// Opens an account.
///
/// # Errors
/// With the field that can't be taken as it is.
pub async fn add(office: &Office, by: &Visitor, account: NewAccount) -> FieldResult {
    let (login, name) = (account.login.trim().to_owned(), account.name.trim().to_owned());
    if login.is_empty() || login.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err((
            "login",
            Refusal::input("職員番号が空か、空白を含んでいます。", "空白のない職員番号を入れてください。")
                .into(),
        ));
    }
    if !matches!(Actor::from(&login), Actor::Staff { .. }) {
        let sentence = format!("職員番号 {login} は、プログラムが使う名前です。");
        return Err(("login", Refusal::input(sentence, "別の職員番号を入れてください。").into()));
    }
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(("name", Refusal::input("氏名がありません。", "氏名を入れてください。").into()));
    }
    if Role::from_code(&account.role).is_none() {
        return Err(("role", Refusal::input("役割が選ばれていません。", "役割を選んでください。").into()));
    }
    long_enough(&account.password).map_err(|error| ("password", error))?;
    let added = async {
        let hash = password::hash(account.password, office.rng()).await?;
        let at = office.clock().stamp();
        let mut tx = office.store().write().await?;
        match store::staff::add(&mut tx, &login, &name, &account.role, &hash, &at).await {
            Err(error) if store::is_unique_violation(&error) => {
                let sentence = format!("職員番号 {login} は登録されています。");
                return Err(Refusal::input(sentence, "別の職員番号を入れてください。").into());
            }
            other => other?,
        };
        let entry = Entry::done(Kind::StaffChanged, by, format!("{name}さんを職員として登録しました。"));
        audit::record(&mut tx, &at, entry.object(&login)).await?;
        tx.commit().await
    };
    added.await.map_err(|error| ("login", error))
}

/// Closes an account and ends its sessions at once.
///
/// # Errors
/// A refusal when it is one's own.
pub async fn close(office: &Office, by: &Visitor, id: i64) -> Result<()> {
    if id == by.staff_id {
        return Err(Refusal::input("自分の使用は止められません。", "別の管理者に依頼してください。").into());
    }
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    let Some(login) = store::staff::close(&mut tx, id, &at).await? else {
        return Err(Refusal::not_found("その職員は登録されていないか、もう止められています。").into());
    };
    let entry = Entry::done(Kind::StaffChanged, by, format!("職員 {login} の使用を止めました。"));
    audit::record(&mut tx, &at, entry.object(&login)).await?;
    tx.commit().await
}

/// Changes one's own password. Other sessions of the account end.
///
/// # Errors
/// With the field that can't be taken as it is.
pub async fn change_password(office: &Office, own: &Visitor, current: String, new: String) -> FieldResult {
    let right = async {
        let row = store::staff::by_login(office.store().read(), &own.login).await?;
        password::verify(
            current,
            row.map_or_else(|| password::dummy_hash().to_owned(), |row| row.password_hash),
        )
        .await
    };
    if !right.await.map_err(|error| ("current", error))? {
        return Err((
            "current",
            Refusal::input("今のパスワードが違います。", "もう一度入れてください。").into(),
        ));
    }
    long_enough(&new).map_err(|error| ("new", error))?;
    let changed = async {
        let hash = password::hash(new, office.rng()).await?;
        let at = office.clock().stamp();
        let mut tx = office.store().write().await?;
        store::staff::set_password(&mut tx, own.staff_id, &hash).await?;
        store::sessions::end_others(&mut tx, own.staff_id, &super::session::token_hash(&own.token), &at)
            .await?;
        let entry = Entry::done(Kind::StaffChanged, own, "自分のパスワードを変えました。");
        audit::record(&mut tx, &at, entry.object(&own.login)).await?;
        tx.commit().await
    };
    changed.await.map_err(|error| ("new", error))
}

fn long_enough(password: &str) -> Result<()> {
    if password.chars().count() >= password::SHORTEST {
        return Ok(());
    }
    let what_now = format!("{}文字以上のパスワードを入れてください。", password::SHORTEST);
    Err(Refusal::input("パスワードが短すぎます。", what_now).into())
}
