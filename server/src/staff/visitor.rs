//! A member of staff with a living session: the one who asks.

use super::permissions::{self, Act};
use super::session;
use crate::error::{Error, Result};
use crate::office::Office;
use rules::case_states::Role;

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

    /// The visitor behind a session's token, if the session lives.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn find(office: &Office, token: &str) -> Result<Option<Self>> {
        let Some(row) = session::find(office, token).await? else { return Ok(None) };
        let role =
            Role::from_code(&row.role).ok_or_else(|| Error::internal("staff.role holds an unknown role"))?;
        Ok(Some(Self {
            staff_id: row.staff_id,
            login: row.login,
            name: row.name,
            role,
            station_id: row.station_id,
            csrf: row.csrf_token,
            token: token.to_owned(),
        }))
    }
}
