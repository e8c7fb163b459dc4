//! The second factor of an account: set up by its owner, taken away by an administrator when the device is lost.

use super::permissions::Act;
use super::recovery::{self, Codes};
use super::visitor::Visitor;
use super::{session, totp, vault};
use crate::audit::{self, Entry, Kind};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::store;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// Keys that were shown and not confirmed yet, and recovery codes that were made and not shown yet, by account. In
/// memory only: after a restart one begins anew.
#[derive(Default)]
pub struct Enrolments {
    keys: Mutex<HashMap<i64, Zeroizing<Vec<u8>>>>,
    codes: Mutex<HashMap<i64, Codes>>,
}

/// A key as it is shown to its owner.
pub struct Shown {
    /// As an address, for the picture.
    pub address: Zeroizing<String>,
    /// In letters, for typing.
    pub letters: Zeroizing<String>,
}

/// The key that this person is about to set up; the same one until it is confirmed.
///
/// # Errors
/// A refusal when one would be replaced without a fresh proof.
pub fn begin(office: &Office, own: &Visitor) -> Result<Shown> {
    own.require_fresh(office)?;
    let key = {
        let mut keys = office.enrolments().keys.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Zeroizing::new(office.rng().bytes::<{ totp::KEY_LENGTH }>().to_vec());
        keys.entry(own.staff_id).or_insert_with(fresh).clone()
    };
    // Short: a picture of few modules is read at once, and every letter beyond ASCII costs nine.
    let issuer = if office.mode().is_training() { "訓練の窓口" } else { "窓口" };
    let (address, letters) = totp::addresses(&key, issuer, &own.login)?;
    Ok(Shown { address, letters })
}

/// Takes the first code of the device: from now on it is asked for. Other sessions of the account end, this one gets
/// another token, which is returned; recovery codes wait to be shown.
///
/// # Errors
/// A refusal when the code isn't the key's, or the proof isn't fresh.
pub async fn confirm(office: &Office, own: &Visitor, code: &str) -> Result<String> {
    own.require_fresh(office)?;
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let key =
        office.enrolments().keys.lock().unwrap_or_else(PoisonError::into_inner).get(&own.staff_id).cloned();
    let step = match &key {
        Some(key) => totp::step_of(key, &digits, office.clock().machine_seconds())?,
        None => None,
    };
    let (Some(key), Some(step)) = (key, step) else {
        let sentence = "確認コードが、この画面の鍵のものと違います。";
        let what_now = "アプリに今出ている6桁を入れてください。端末の時計が合っているかも確かめてください。";
        return Err(Refusal::input(sentence, what_now).into());
    };
    let sealed = vault::seal(office, own.staff_id, &key).await?;
    let (codes, hashes) = recovery::make(office.rng()).await?;
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    store::second_factors::set(&mut tx, own.staff_id, &sealed, step).await?;
    recovery::replace(&mut tx, own.staff_id, &hashes, &at).await?;
    store::sessions::end_others(&mut tx, own.staff_id, &session::token_hash(&own.token), &at).await?;
    let token = session::renew(office, &mut tx, &own.token, true).await?;
    let entry = Entry::done(Kind::StaffChanged, &own.login, "自分の確認コードを登録しました。");
    audit::record(&mut tx, &at, entry.object(&own.login)).await?;
    tx.commit().await?;
    office.enrolments().keys.lock().unwrap_or_else(PoisonError::into_inner).remove(&own.staff_id);
    office.enrolments().show(own.staff_id, codes);
    Ok(token)
}

/// Makes one's recovery codes anew; the former ones open nothing any more.
///
/// # Errors
/// A refusal when there is no second factor, or the proof isn't fresh.
pub async fn new_codes(office: &Office, own: &Visitor) -> Result<()> {
    own.require_fresh(office)?;
    if !own.second_factor {
        let sentence = "確認コードが登録されていません。";
        return Err(Refusal::conflict(sentence, "先に確認コードを登録してください。").into());
    }
    let (codes, hashes) = recovery::make(office.rng()).await?;
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    recovery::replace(&mut tx, own.staff_id, &hashes, &at).await?;
    let entry = Entry::done(Kind::StaffChanged, &own.login, "自分の回復コードを作り直しました。");
    audit::record(&mut tx, &at, entry.object(&own.login)).await?;
    tx.commit().await?;
    office.enrolments().show(own.staff_id, codes);
    Ok(())
}

/// Takes a lost second factor away; the account's sessions end.
///
/// # Errors
/// A refusal when the role may not, it is one's own, the proof isn't fresh, or there is none.
pub async fn remove(office: &Office, by: &Visitor, id: i64) -> Result<()> {
    by.require(Act::ChangeOffice)?;
    by.require_fresh(office)?;
    if id == by.staff_id {
        let sentence = "自分の確認コードは外せません。";
        return Err(
            Refusal::input(sentence, "端末を替えるときは、確認コードの画面で登録し直してください。").into()
        );
    }
    let at = office.clock().stamp();
    let staff = store::staff::by_id(office.store().read(), id).await?;
    let mut tx = office.store().write().await?;
    let removed = store::second_factors::remove(&mut tx, id).await?;
    let Some(staff) = staff.filter(|_| removed) else {
        return Err(Refusal::not_found("その職員に、外せる確認コードはありません。").into());
    };
    store::sessions::end_all(&mut tx, id, &at).await?;
    let sentence = format!("職員 {} の確認コードを外しました。", staff.login);
    audit::record(&mut tx, &at, Entry::done(Kind::StaffChanged, &by.login, sentence).object(&staff.login))
        .await?;
    tx.commit().await?;
    office.kept().forget_all(id);
    Ok(())
}

impl Enrolments {
    fn show(&self, staff_id: i64, codes: Codes) {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).insert(staff_id, codes);
    }

    /// The codes that were just made: they are shown once.
    pub fn take_codes(&self, staff_id: i64) -> Option<Codes> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).remove(&staff_id)
    }
}
