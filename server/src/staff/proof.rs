//! Proving to be somebody: a password, and a code where the account has a second factor.

use super::password;
use super::recovery;
use super::tries::Try;
use super::visitor::Visitor;
use super::{totp, vault};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::store::{self, WriteTx, staff::StaffRow};
use std::net::IpAddr;

/// What to do about a code, which may have been right a moment ago.
const ONCE: &str = "確かめて入れ直してください。確認コードは、一度使うと次のものが出るまで使えません。";

/// What somebody typed to prove who they are.
#[derive(Clone, Default)]
pub struct Given {
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
    /// The code of the device, or a recovery code; empty where there is no second factor.
    pub code: String,
}

/// A proof that was right, with the transaction in which it counts: what it opens is written there, too.
pub struct Proven {
    row: StaffRow,
    tx: WriteTx,
    recovery: bool,
}

impl Proven {
    /// The account and the transaction.
    pub fn into_parts(self) -> (StaffRow, WriteTx) {
        (self.row, self.tx)
    }

    /// True when a recovery code was used up.
    pub fn used_recovery_code(&self) -> bool {
        self.recovery
    }
}

/// Whose proof is asked for, and how much of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Anybody's: login, password and code.
    Anybody,
    /// That of somebody with a living session: password and code.
    Own,
    /// The same, of a session that has already seen the code: the password.
    OwnPassword,
}

/// Checks login, password and code.
///
/// # Errors
/// A refusal that doesn't tell which of them was wrong, or whether there is such an account.
pub async fn check(office: &Office, given: Given, address: Option<IpAddr>) -> Result<Proven> {
    judge(office, given, address, Asked::Anybody).await
}

/// Checks password and code of somebody with a living session.
///
/// # Errors
/// As [`check`].
pub async fn check_own(
    office: &Office,
    own: &Visitor,
    given: Given,
    address: Option<IpAddr>,
) -> Result<Proven> {
    judge(office, Given { login: own.login.clone(), ..given }, address, Asked::Own).await
}

/// Checks the password alone: of somebody whose session has already seen the code.
///
/// # Errors
/// As [`check`].
pub async fn check_password(
    office: &Office,
    own: &Visitor,
    password: String,
    address: Option<IpAddr>,
) -> Result<Proven> {
    let given = Given { login: own.login.clone(), password, code: String::new() };
    judge(office, given, address, Asked::OwnPassword).await
}

async fn judge(office: &Office, given: Given, address: Option<IpAddr>, asked: Asked) -> Result<Proven> {
    let login = given.login.trim();
    let counted = Try::begin(office, login, address).await?;
    let row = store::staff::by_login(office.store().read(), login).await?;
    let hash = row.as_ref().map_or(password::dummy_hash(), |row| row.password_hash.as_str()).to_owned();
    let right = password::verify(given.password, hash).await?;
    let Some(row) = row.filter(|row| right && row.disabled_at.is_none()) else { return Err(wrong(asked)) };
    let second = match &row.totp_secret {
        Some(sealed) if asked != Asked::OwnPassword => {
            Some(find(office, row.id, sealed, given.code.trim()).await?)
        }
        _ => None,
    };
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    let taken = match &second {
        None => true,
        Some(Second::Wrong) => false,
        Some(Second::Step(step)) => store::second_factors::take_step(&mut tx, row.id, *step).await?,
        Some(Second::Recovery(number, hash)) => {
            store::recovery_codes::take(&mut tx, row.id, *number, hash, &at).await?
        }
    };
    if !taken {
        return Err(wrong(asked));
    }
    counted.was_right(&mut tx, office.clock().now()).await?;
    Ok(Proven { row, tx, recovery: matches!(second, Some(Second::Recovery(..))) })
}

/// What a code turned out to be.
enum Second {
    Wrong,
    Step(i64),
    Recovery(i64, String),
}

async fn find(office: &Office, staff_id: i64, sealed: &[u8], code: &str) -> Result<Second> {
    if recovery::looks_like_one(code) {
        let found = recovery::check(office, staff_id, code).await?;
        return Ok(found.map_or(Second::Wrong, |(number, hash)| Second::Recovery(number, hash)));
    }
    let key = vault::open(office, staff_id, sealed)?;
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let step = totp::step_of(&key, &digits, office.clock().machine_seconds())?;
    Ok(step.map_or(Second::Wrong, Second::Step))
}

fn wrong(asked: Asked) -> Error {
    let (sentence, hint) = match asked {
        Asked::Anybody => ("職員番号、パスワード、確認コードのどれかが違います。", ONCE),
        Asked::Own => ("パスワードか確認コードが違います。", ONCE),
        Asked::OwnPassword => ("パスワードが違います。", "確かめて入れ直してください。"),
    };
    Refusal::new(422, "M-1001", sentence, "操作は行われていません。", hint).into()
}
