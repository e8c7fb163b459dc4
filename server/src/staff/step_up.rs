//! Proving to be there once more, within a session: before sensitive acts, and in front of a hidden screen.

use super::proof::{self, Given};
use super::session;
use super::visitor::Visitor;
use crate::audit::{self, Entry, Kind, Outcome};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::store;
use std::net::IpAddr;

/// Takes password and code; the session gets another token, which is returned.
///
/// # Errors
/// A refusal when they aren't right, noted in the trail.
pub async fn prove(office: &Office, own: &Visitor, given: Given, address: Option<IpAddr>) -> Result<String> {
    let proven = proof::check_own(office, own, given, address).await;
    renewed(office, own, proven, "本人の確認をしました。", true).await
}

/// Hides the screen: every page of the session asks for the password first.
///
/// # Errors
/// When the database refuses.
pub async fn lock(office: &Office, own: &Visitor) -> Result<()> {
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    store::sessions::lock(&mut tx, &session::token_hash(&own.token), &at).await?;
    audit::record(&mut tx, &at, Entry::done(Kind::Confirmed, &own.login, "画面を隠しました。")).await?;
    tx.commit().await
}

/// Takes the password and shows the screen again; the session gets another token, which is returned.
///
/// # Errors
/// A refusal when it isn't right, noted in the trail.
pub async fn unlock(
    office: &Office,
    own: &Visitor,
    password: String,
    address: Option<IpAddr>,
) -> Result<String> {
    let proven = proof::check_password(office, own, password, address).await;
    renewed(office, own, proven, "隠した画面を戻しました。", false).await
}

async fn renewed(
    office: &Office,
    own: &Visitor,
    proven: Result<proof::Proven>,
    sentence: &str,
    whole: bool,
) -> Result<String> {
    let at = office.clock().stamp();
    let entry = |sentence: &str| Entry::done(Kind::Confirmed, &own.login, sentence);
    match proven {
        Ok(proven) => {
            let (_, mut tx) = proven.into_parts();
            let token = session::renew(office, &mut tx, &own.token, whole).await?;
            audit::record(&mut tx, &at, entry(sentence)).await?;
            tx.commit().await?;
            Ok(token)
        }
        Err(Error::Refused(refusal)) => {
            if refusal.code != super::tries::CLOSED {
                let mut tx = office.store().write().await?;
                let failed = entry("本人の確認ができませんでした。").outcome(Outcome::Refused);
                audit::record(&mut tx, &at, failed).await?;
                tx.commit().await?;
            }
            Err(Error::Refused(refusal))
        }
        Err(error) => Err(error),
    }
}
