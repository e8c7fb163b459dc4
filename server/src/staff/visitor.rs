//! A member of staff with a living session: the one who asks.

use super::four_eyes::{Kind as FourEyes, Second};
use super::permissions::{self, Act};
use super::session;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::store::sessions::SessionRow;
use chrono::{DateTime, TimeDelta};
use rules::case_states::Role;

/// The code of the refusal that asks for a fresh proof.
pub const STALE: &str = "M-1005";
/// The code of the refusal that asks for a second person; the kind stands in [`Refusal::meaning`].
pub const SECOND_WANTED: &str = "M-1006";

/// What stands between a session and the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Working,
    /// The screen is hidden.
    Locked,
    /// The password is one that somebody else chose.
    FirstPassword,
    /// The office wants a second factor and there is none.
    NoSecondFactor,
}

/// A member of staff with a living session.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Their number.
    pub staff_id: i64,
    /// Their login, as the trail names them.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// The counter they sit at.
    pub station_id: Option<i64>,
    /// The token each form of this session carries.
    pub csrf: String,
    /// The session's token, for ending it.
    pub token: String,
    /// What stands between them and the work.
    pub standing: Standing,
    /// They have a second factor.
    pub second_factor: bool,
    /// When the session ends by itself.
    pub ends: session::End,
    /// When they last proved to be there.
    pub proven_at: String,
    /// Who confirmed what they are about to do.
    pub second: Option<Second>,
}

impl Visitor {
    /// Refuses when this person's role doesn't allow it.
    ///
    /// # Errors
    /// A refusal that names what isn't allowed.
    pub fn require(&self, act: Act) -> Result<()> {
        permissions::require(self.role, act)
    }

    /// True when this person's role allows it.
    pub fn may(&self, act: Act) -> bool {
        permissions::may(self.role, act)
    }

    /// True when they proved to be there a few minutes ago.
    pub fn is_fresh(&self, office: &Office) -> bool {
        let good_for = TimeDelta::minutes(office.policy().fresh_minutes);
        let proven = DateTime::parse_from_rfc3339(&self.proven_at);
        proven.is_ok_and(|proven| office.clock().now() - proven < good_for)
    }

    /// Refuses when the last proof is older than the office allows. The form is kept, the proof is asked for, and the
    /// form goes on from there (`routes/guard`).
    ///
    /// # Errors
    /// A refusal that asks for a proof.
    pub fn require_fresh(&self, office: &Office) -> Result<()> {
        if self.is_fresh(office) { Ok(()) } else { Err(stale().into()) }
    }

    /// Refuses when the office wants a second person to confirm this and nobody has. The form is kept, the second
    /// person is asked for, and the form goes on from there (`routes/guard`).
    ///
    /// # Errors
    /// A refusal that asks for a second person.
    pub fn require_second(&self, office: &Office, kind: FourEyes) -> Result<()> {
        if !office.policy().asks_second(kind)
            || self.second.as_ref().is_some_and(|second| second.kind == kind)
        {
            return Ok(());
        }
        let sentence = format!("「{}」には、二人目の確認がいります。", kind.label());
        let what_now = "同じ操作ができる別の職員に確認を依頼してください。";
        Err(Refusal::new(403, SECOND_WANTED, sentence, kind.code(), what_now).into())
    }

    /// 「(確認した職員: 鈴木)」 for what is written down; empty when nobody confirmed anything.
    pub fn confirmed_by(&self) -> String {
        self.second.as_ref().map_or_else(String::new, |second| format!("(確認した職員: {})", second.name))
    }

    /// Somebody of this role who has just logged in and sits nowhere.
    #[cfg(test)]
    pub fn of_role(role: Role) -> Self {
        let now = crate::clock::Clock::real().now();
        Self {
            staff_id: 1,
            login: "sato".to_owned(),
            name: "佐藤".to_owned(),
            role,
            station_id: None,
            csrf: String::new(),
            token: String::new(),
            standing: Standing::Working,
            second_factor: false,
            ends: session::End { at: now + TimeDelta::minutes(15), can_be_put_off: true },
            proven_at: crate::clock::stamp(now),
            second: None,
        }
    }

    /// The visitor behind a session's token, if the session lives.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn find(office: &Office, token: &str) -> Result<Option<Self>> {
        match session::find(office, token).await? {
            Some(row) => Self::of(office, token, row).map(Some),
            None => Ok(None),
        }
    }

    /// The visitor of a living session.
    ///
    /// # Errors
    /// When the database holds what it can't.
    pub fn of(office: &Office, token: &str, row: SessionRow) -> Result<Self> {
        let role =
            Role::from_code(&row.role).ok_or_else(|| Error::internal("staff.role holds an unknown role"))?;
        let ends = session::ends(&row).ok_or_else(|| Error::internal("a session's times can't be read"))?;
        Ok(Self {
            standing: standing(office, &row),
            second_factor: row.second_factor == 1,
            staff_id: row.staff_id,
            login: row.login,
            name: row.name,
            role,
            station_id: row.station_id,
            csrf: row.csrf_token,
            token: token.to_owned(),
            ends,
            proven_at: row.proven_at,
            second: None,
        })
    }
}

fn standing(office: &Office, row: &SessionRow) -> Standing {
    if row.locked_at.is_some() {
        Standing::Locked
    } else if row.first_password == 1 {
        Standing::FirstPassword
    } else if office.policy().second_factor && row.second_factor == 0 {
        Standing::NoSecondFactor
    } else {
        Standing::Working
    }
}

fn stale() -> Refusal {
    Refusal::new(
        403,
        STALE,
        "この操作には、本人の確認がいります。",
        "操作は行われていません。",
        "パスワードを入れて、もう一度操作してください。",
    )
}
