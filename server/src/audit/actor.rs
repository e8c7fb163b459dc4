//! Who did it, at which counter, and who else was there.

use super::SYSTEM;
use crate::staff::visitor::Visitor;

/// The actor of commands, as version 1 of the trail wrote it.
pub const COMMAND_LINE: &str = "command line";
/// The actor of what a resident's screen does.
const PAD: &str = "pad";

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor<'a> {
    /// A member of staff.
    Staff {
        /// Their login.
        login: &'a str,
        /// The number of the counter they sit at.
        station: Option<i64>,
    },
    /// What nobody's hand did: a file, a day, the program's start.
    System,
    /// Somebody at the machine's own terminal.
    CommandLine,
    /// A resident's screen.
    Pad {
        /// The number of its counter.
        station: i64,
    },
}

impl<'a> Actor<'a> {
    /// The kind as stored.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Staff { .. } => "staff",
            Self::System => "system",
            Self::CommandLine => "command_line",
            Self::Pad { .. } => "pad",
        }
    }

    /// The name as stored.
    pub fn name(self) -> &'a str {
        match self {
            Self::Staff { login, .. } => login,
            Self::System => SYSTEM,
            Self::CommandLine => COMMAND_LINE,
            Self::Pad { .. } => PAD,
        }
    }

    /// The counter it happens at.
    pub fn station(self) -> Option<i64> {
        match self {
            Self::Staff { station, .. } => station,
            Self::Pad { station } => Some(station),
            Self::System | Self::CommandLine => None,
        }
    }

    /// The same at a counter, where it is somebody who can sit at one.
    #[must_use]
    pub fn at(self, station: Option<i64>) -> Self {
        match self {
            Self::Staff { login, .. } => Self::Staff { login, station },
            other => other,
        }
    }
}

impl<'a> From<&'a str> for Actor<'a> {
    fn from(name: &'a str) -> Self {
        match name {
            SYSTEM => Self::System,
            COMMAND_LINE => Self::CommandLine,
            login => Self::Staff { login, station: None },
        }
    }
}

impl<'a> From<&'a String> for Actor<'a> {
    fn from(name: &'a String) -> Self {
        Self::from(name.as_str())
    }
}

impl<'a> From<&'a Visitor> for Actor<'a> {
    fn from(visitor: &'a Visitor) -> Self {
        Self::Staff { login: &visitor.login, station: visitor.station_id }
    }
}

/// Somebody else who took part: the one who came for the person, or the second pair of eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counterparty<'a> {
    /// What they were.
    pub role: CounterpartyRole,
    /// Their name, or a colleague's login; not known yet in some telephone calls.
    pub name: Option<&'a str>,
}

/// What a counterparty was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CounterpartyRole {
    /// 任意代理人
    Proxy,
    /// 法定代理人
    LegalRepresentative,
    /// 同一世帯員
    HouseholdMember,
    /// The colleague who looked too.
    SecondPerson,
}

impl CounterpartyRole {
    /// Every role.
    pub const ALL: [Self; 4] =
        [Self::Proxy, Self::LegalRepresentative, Self::HouseholdMember, Self::SecondPerson];

    /// The code as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proxy => "proxy",
            Self::LegalRepresentative => "legal_representative",
            Self::HouseholdMember => "household_member",
            Self::SecondPerson => "second_person",
        }
    }

    /// As people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Proxy => "任意代理人",
            Self::LegalRepresentative => "法定代理人",
            Self::HouseholdMember => "同一世帯員",
            Self::SecondPerson => "確かめた職員",
        }
    }

    /// The role behind a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two names that aren't logins are told apart from logins, and each keeps its name.
    #[test]
    fn tells_programs_from_people() {
        assert_eq!(Actor::from("system"), Actor::System);
        assert_eq!(Actor::from("command line"), Actor::CommandLine);
        assert_eq!(Actor::from("sato").at(Some(2)), Actor::Staff { login: "sato", station: Some(2) });
        for name in ["system", "command line", "sato"] {
            assert_eq!(Actor::from(name).name(), name);
        }
        assert_eq!(Actor::System.at(Some(2)).station(), None);
        assert_eq!(Actor::Pad { station: 3 }.station(), Some(3));
    }
}
