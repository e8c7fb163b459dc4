//! What can go wrong, and which of these to use when.
//!
//! * [`Error::Refused`]: the person can do something about it. It becomes a page with a sentence, what it means and
//!   what to do now, or a line on the terminal and exit code 2. Make one with [`Refusal`]'s constructors.
//! * [`Error::Internal`]: a fault of ours or of the machine. The person sees that nothing was changed and a code; the
//!   details go to the log only.

use std::fmt;

/// Something that the person at the screen or the terminal can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status that fits.
    pub status: u16,
    /// A short code for the help page, such as `M-1001`.
    pub code: &'static str,
    /// What happened.
    pub sentence: String,
    /// What it means for the card or the case.
    pub meaning: String,
    /// What to do now.
    pub what_now: String,
}

impl Refusal {
    /// The thing named in the address or the command isn't there.
    pub fn not_found(sentence: impl Into<String>) -> Self {
        Self::new(
            404,
            "M-1404",
            sentence,
            "何も変わっていません。",
            "番号を確かめて、検索からもう一度開いてください。",
        )
    }

    /// The person's role doesn't allow it.
    pub fn not_allowed(sentence: impl Into<String>) -> Self {
        Self::new(403, "M-1403", sentence, "何も変わっていません。", "責任者に操作を依頼してください。")
    }

    /// What was entered can't be taken as it is.
    pub fn input(sentence: impl Into<String>, what_now: impl Into<String>) -> Self {
        Self::new(422, "M-1422", sentence, "何も変わっていません。", what_now)
    }

    /// Somebody else was quicker, or the case has moved on since the page was shown.
    pub fn conflict(sentence: impl Into<String>, what_now: impl Into<String>) -> Self {
        Self::new(409, "M-1409", sentence, "この操作は行われていません。", what_now)
    }

    /// The machine or the way the program was started doesn't allow it.
    pub fn setup(sentence: impl Into<String>, what_now: impl Into<String>) -> Self {
        Self::new(500, "M-1500", sentence, "何も変わっていません。", what_now)
    }

    /// Any refusal.
    pub fn new(
        status: u16,
        code: &'static str,
        sentence: impl Into<String>,
        meaning: impl Into<String>,
        what_now: impl Into<String>,
    ) -> Self {
        Self { status, code, sentence: sentence.into(), meaning: meaning.into(), what_now: what_now.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.sentence, self.what_now)
    }
}

/// What a request or a command ends with when it doesn't succeed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The person can act on it.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// A fault of ours or of the machine; never shown in detail.
    #[error("{0}")]
    Internal(String),
}

/// The result of everything that can be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What the log may say above debug: a refusal's code, for its sentence is meant for the person at the screen and
    /// may name people; a fault's own words, which never do.
    pub fn for_log(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.code.to_owned(),
            Self::Internal(details) => details.clone(),
        }
    }

    /// A fault, with words for the log. They name columns, rows and files, never what a resident told us.
    pub fn internal(what: impl fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Internal(format!("database: {error}"))
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(format!("input or output: {error}"))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        // The library's own words may quote what is stored.
        tracing::debug!(%error, "stored JSON");
        Self::Internal(format!(
            "stored JSON: {:?} error at line {}, column {}",
            error.classify(),
            error.line(),
            error.column()
        ))
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        // A panic's words may quote what the program had in hand; the panic hook has logged its place.
        tracing::debug!(%error, "background work");
        let how = if error.is_panic() { "panicked" } else { "was cancelled" };
        Self::Internal(format!("background work {how}"))
    }
}

impl From<rules::error::RuleError> for Error {
    fn from(error: rules::error::RuleError) -> Self {
        Refusal::input(error.sentence(), "入力を確かめて、もう一度お試しください。").into()
    }
}
