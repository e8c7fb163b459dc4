//! Opening and closing accounts, and changing one's own password.

use super::permissions::Act;
use super::visitor::Visitor;
use super::{password, password_rules, proof, session};
use crate::audit::{self, Actor, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::store;
use rules::case_states::Role;
use serde::Deserialize;
use std::net::IpAddr;

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

/// Opens an account. Its owner changes the first password before anything else.
///
/// # Errors
/// With the field that can't be taken as it is.
pub async fn add(office: &Office, by: &Visitor, account: NewAccount) -> FieldResult {
    by.require(Act::ChangeOffice)
        .and_then(|()| by.require_fresh(office))
        .map_err(|error| ("login", error))?;
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
    let title = office.title();
    password_rules::check(&account.password, &login, &password_rules::words_of(&login, &name, &title))
        .map_err(|error| ("password", error))?;
    let added = async {
        let hash = password::hash(account.password, office.rng()).await?;
        let at = office.clock().stamp();
        let mut tx = office.store().write().await?;
        let id = match store::staff::add(&mut tx, &login, &name, &account.role, &hash, &at).await {
            Err(error) if store::is_unique_violation(&error) => {
                let sentence = format!("職員番号 {login} は登録されています。");
                return Err(Refusal::input(sentence, "別の職員番号を入れてください。").into());
            }
            other => other?,
        };
        store::staff::set_password(&mut tx, id, &hash, true).await?;
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
    by.require(Act::ChangeOffice)?;
    by.require_fresh(office)?;
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
    tx.commit().await?;
    office.kept().forget_all(id);
    Ok(())
}

/// Gives somebody who forgot theirs a new first password; their sessions end.
///
/// # Errors
/// With the field that can't be taken as it is.
pub async fn give_password(office: &Office, by: &Visitor, id: i64, new: String) -> FieldResult {
    let given = async {
        by.require(Act::ChangeOffice)?;
        by.require_fresh(office)?;
        let staff = store::staff::by_id(office.store().read(), id).await?;
        let staff = staff.filter(|staff| staff.disabled_at.is_none() && staff.id != by.staff_id);
        let staff = staff.ok_or_else(|| {
            Refusal::input(
                "その職員のパスワードは、ここでは渡せません。",
                "職員の一覧から選び直してください。",
            )
        })?;
        let title = office.title();
        let words = password_rules::words_of(&staff.login, &staff.name, &title);
        password_rules::check(&new, &staff.login, &words)?;
        let hash = password::hash(new, office.rng()).await?;
        let at = office.clock().stamp();
        let mut tx = office.store().write().await?;
        store::staff::set_password(&mut tx, id, &hash, true).await?;
        store::sessions::end_all(&mut tx, id, &at).await?;
        let sentence = format!("職員 {} に新しい最初のパスワードを渡しました。", staff.login);
        let entry = Entry::done(Kind::StaffChanged, &by.login, sentence);
        audit::record(&mut tx, &at, entry.object(&staff.login)).await?;
        tx.commit().await?;
        office.kept().forget_all(id);
        Ok(())
    };
    given.await.map_err(|error| ("new", error))
}

/// Changes one's own password. Other sessions of the account end, this one gets another token, which is returned.
///
/// # Errors
/// With the field that can't be taken as it is.
pub async fn change_password(
    office: &Office,
    own: &Visitor,
    current: String,
    new: String,
    address: Option<IpAddr>,
) -> Result<String, (&'static str, Error)> {
    let title = office.title();
    let same = current == new;
    let right = proof::check_password(office, own, current, address).await;
    let (_, right) = right.map_err(|error| ("current", error))?.into_parts();
    right.commit().await.map_err(|error| ("current", error))?;
    let good =
        password_rules::check(&new, &own.login, &password_rules::own_words(own, &title)).and_then(|()| {
            let sentence = "今と同じパスワードです。";
            if same {
                Err(Refusal::input(sentence, "別のパスワードを入れてください。").into())
            } else {
                Ok(())
            }
        });
    good.map_err(|error| ("new", error))?;
    let changed = async {
        let hash = password::hash(new, office.rng()).await?;
        let at = office.clock().stamp();
        let mut tx = office.store().write().await?;
        store::staff::set_password(&mut tx, own.staff_id, &hash, false).await?;
        store::sessions::end_others(&mut tx, own.staff_id, &session::token_hash(&own.token), &at).await?;
        let token = session::renew(office, &mut tx, &own.token, false).await?;
        let entry = Entry::done(Kind::StaffChanged, own, "自分のパスワードを変えました。");
        audit::record(&mut tx, &at, entry.object(&own.login)).await?;
        tx.commit().await?;
        Ok(token)
    };
    changed.await.map_err(|error| ("new", error))
}
