//! Who may ask for what: one row for each address and method. An address without a row can't be reached, and a test
//! holds the rows against what is registered.

use super::registry::Verb;
use crate::staff::permissions::{Act, may};
use crate::staff::visitor::Standing;
use rules::case_states::Role;

/// Who may ask.
#[derive(Clone, Copy, Debug)]
pub enum Whom {
    /// Anybody whose browser reaches us.
    Everybody,
    /// A PIN pad; its handlers ask for the pad's own cookie.
    Pad,
    /// Every member of staff.
    Staff,
    /// Staff who may do one of these.
    Any(&'static [Act]),
}

/// One address and method.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// How it is asked.
    pub verb: Verb,
    /// Its pattern, as registered.
    pub pattern: &'static str,
    /// Who may ask.
    pub whom: Whom,
    /// Asks for a proof that is a few minutes old at most. Where only some forms of an address do, the procedure asks
    /// ([`crate::staff::visitor::Visitor::require_fresh`]).
    pub fresh: bool,
    /// Happens by itself: it isn't a sign that somebody is there.
    pub by_itself: bool,
    /// Carries a secret: what was sent is never kept.
    pub secret: bool,
    /// What may stand between the session and the work here.
    pub before_work: &'static [Standing],
}

const fn row(verb: Verb, pattern: &'static str, whom: Whom) -> Row {
    Row { verb, pattern, whom, fresh: false, by_itself: false, secret: false, before_work: &[] }
}

const fn get(pattern: &'static str, whom: Whom) -> Row {
    row(Verb::Get, pattern, whom)
}

const fn post(pattern: &'static str, whom: Whom) -> Row {
    row(Verb::Post, pattern, whom)
}

impl Row {
    const fn fresh(self) -> Self {
        Self { fresh: true, ..self }
    }

    const fn by_itself(self) -> Self {
        Self { by_itself: true, ..self }
    }

    const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    const fn before_work(self, standings: &'static [Standing]) -> Self {
        Self { before_work: standings, ..self }
    }

    /// True when this role may ask.
    pub fn allows(&self, role: Role) -> bool {
        match self.whom {
            Whom::Everybody | Whom::Staff => true,
            Whom::Pad => false,
            Whom::Any(acts) => acts.iter().any(|&act| may(role, act)),
        }
    }
}

const SEE: Whom = Whom::Any(&[Act::SeeResidents]);
const CASES: Whom = Whom::Any(&[Act::HandleCases]);
const CARDS: Whom = Whom::Any(&[Act::UpdateCards]);
const LETTERS: Whom = Whom::Any(&[Act::HandleLetters]);
const NOTICES: Whom = Whom::Any(&[Act::MakeNotices]);
const IMPORT: Whom = Whom::Any(&[Act::Import]);
const READ_SETTINGS: Whom = Whom::Any(&[Act::ChangeSettings, Act::ChangeOffice]);
const SETTINGS: Whom = Whom::Any(&[Act::ChangeSettings]);
const OFFICE: Whom = Whom::Any(&[Act::ChangeOffice]);
const AUDIT: Whom = Whom::Any(&[Act::ReadAudit]);
const CLOSING: Whom = Whom::Any(&[Act::CloseDay, Act::ReadAudit]);
const NUMBERS: Whom = Whom::Any(&[Act::SeeStatistics]);
const SEATS: Whom = Whom::Any(&[Act::ChangeOffice, Act::HandleCases]);

const ANY_STANDING: &[Standing] = &[Standing::Locked, Standing::FirstPassword, Standing::NoSecondFactor];
const SETTING_UP: &[Standing] = &[Standing::FirstPassword, Standing::NoSecondFactor];

/// Every address there is.
pub static TABLE: &[Row] = &[
    // Signing in
    get("/assets/{name}", Whom::Everybody),
    get("/login", Whom::Everybody),
    post("/login", Whom::Everybody).secret(),
    post("/logout", Whom::Staff).secret().before_work(ANY_STANDING),
    get("/session", Whom::Staff).by_itself(),
    post("/session", Whom::Staff),
    post("/lock", Whom::Staff).secret().before_work(ANY_STANDING),
    get("/lock", Whom::Staff).by_itself().before_work(ANY_STANDING),
    post("/unlock", Whom::Staff).secret().before_work(ANY_STANDING),
    get("/step-up", Whom::Staff).before_work(SETTING_UP),
    post("/step-up", Whom::Staff).secret().before_work(SETTING_UP),
    get("/second-person", Whom::Staff),
    get("/kept", Whom::Staff),
    get("/password", Whom::Staff).before_work(&[Standing::FirstPassword]),
    post("/password", Whom::Staff).secret().before_work(&[Standing::FirstPassword]),
    get("/second-factor", Whom::Staff).before_work(&[Standing::NoSecondFactor]),
    post("/second-factor", Whom::Staff).secret().before_work(&[Standing::NoSecondFactor]),
    get("/second-factor/codes", Whom::Staff),
    post("/second-factor/codes", Whom::Staff).fresh(),
    // Today, search, residents
    get("/", Whom::Staff),
    get("/search", SEE),
    get("/residents/{number}", SEE),
    post("/residents/{number}/open", SEE),
    get("/residents/{number}/reception", CASES),
    post("/residents/{number}/cases", CASES),
    // Cases
    get("/cases/{reception}", SEE),
    post("/cases/{reception}/identity", CASES),
    post("/cases/{reception}/application", CASES),
    post("/cases/{reception}/pins", CASES),
    post("/cases/{reception}/pins-cancel", CASES),
    post("/cases/{reception}/update", CARDS).fresh(),
    post("/cases/{reception}/resume", CARDS).fresh(),
    post("/cases/{reception}/look", SEE),
    post("/cases/{reception}/abort", CARDS),
    post("/cases/{reception}/work", CASES),
    post("/cases/{reception}/mismatch", CASES),
    post("/cases/{reception}/next-work", CASES),
    post("/cases/{reception}/skip-work", CASES),
    post("/cases/{reception}/interrupt", CASES),
    post("/cases/{reception}/go-on", CASES),
    post("/cases/{reception}/reopen", CASES),
    post("/cases/{reception}/notes", LETTERS),
    post("/cases/{reception}/conclude", CASES),
    post("/cases/{reception}/inquiry-letter", LETTERS),
    get("/cases/{reception}/inquiry.pdf", LETTERS),
    post("/cases/{reception}/posted", LETTERS),
    post("/cases/{reception}/reply", CASES),
    post("/cases/{reception}/returned", LETTERS),
    post("/cases/{reception}/inquiry-again", LETTERS),
    post("/cases/{reception}/confirm", CASES),
    post("/cases/{reception}/principal-comes", CASES),
    post("/cases/{reception}/hand-over", CASES),
    post("/cases/{reception}/withdraw", CASES),
    post("/cases/{reception}/refuse", CASES),
    post("/cases/{reception}/divert", CASES),
    get("/cases/{reception}/certificate-copy.pdf", CASES),
    get("/cases/{reception}/slip.pdf", CASES),
    get("/cases/{reception}/application.pdf", CASES),
    get("/cases/{reception}/pin-application.pdf", CASES),
    get("/cases/{reception}/receipt.pdf", CASES),
    get("/proxies", LETTERS),
    // The counter's reader and the resident's screen
    get("/station/events", Whom::Staff).by_itself(),
    get("/station/reader", CASES),
    post("/station/reader/lay", CASES),
    post("/station/reader/take-away", CASES),
    get("/pinpad", Whom::Pad),
    post("/pinpad/pair", Whom::Everybody).secret(),
    post("/pinpad/here", CASES),
    post("/pinpad/pins", Whom::Pad).secret(),
    post("/pinpad/stop", Whom::Pad).secret(),
    // Notices, imports, calculations, the trail
    get("/notices", NOTICES),
    get("/notices/{expiring}", NOTICES),
    get("/imports", IMPORT),
    post("/imports", IMPORT),
    get("/imports/{id}", IMPORT),
    post("/imports/{id}/take", IMPORT),
    post("/imports/{id}/leave", IMPORT),
    get("/calc", Whom::Staff),
    post("/calc/pin", Whom::Staff).secret(),
    // Campaigns of notices, what the post brings back
    post("/campaigns", NOTICES),
    get("/campaigns/new", NOTICES),
    get("/campaigns/{id}", NOTICES),
    post("/campaigns/{id}/list", NOTICES),
    post("/campaigns/{id}/release", Whom::Any(&[Act::ReleaseNotices])).fresh(),
    post("/campaigns/{id}/resume", NOTICES),
    post("/campaigns/{id}/post", NOTICES),
    post("/campaigns/{id}/end", NOTICES),
    post("/campaigns/{id}/cancel", NOTICES),
    post("/campaigns/{id}/letters", NOTICES),
    get("/campaigns/{id}/{file}", NOTICES).fresh(),
    get("/returns", LETTERS),
    post("/returns", LETTERS),
    get("/returns/report", LETTERS),
    get("/returns/report.csv", LETTERS).fresh(),
    // The end of a day, numbers about many, the trail
    get("/work", SEE),
    get("/telephone", SEE),
    get("/closing", CLOSING),
    get("/closing/{day}", CLOSING),
    post("/closing/{day}/close", Whom::Any(&[Act::CloseDay])),
    post("/closing/{day}/reopen", Whom::Any(&[Act::Override])).fresh(),
    get("/closing/reports/{id}", CLOSING),
    get("/statistics", NUMBERS),
    get("/statistics/forecast", NUMBERS),
    get("/statistics/export/{format}", Whom::Any(&[Act::Export])).fresh(),
    get("/audit", AUDIT),
    post("/audit/check", AUDIT),
    post("/audit/checkpoint", AUDIT),
    get("/audit/checkpoints/{number}", AUDIT),
    get("/audit/key", AUDIT),
    get("/audit/export", AUDIT).fresh(),
    // Settings
    get("/settings", READ_SETTINGS),
    post("/settings", SETTINGS).fresh(),
    get("/settings/history", READ_SETTINGS),
    get("/settings/paper", READ_SETTINGS),
    post("/settings/paper", SETTINGS).fresh(),
    get("/settings/paper/test-sheet.pdf", READ_SETTINGS),
    get("/settings/paper/wording/{code}", READ_SETTINGS),
    // Looking at a draft is no change: the procedure asks when words are put in force.
    post("/settings/paper/wording/{code}", SETTINGS),
    get("/settings/paper/preview/{file}", READ_SETTINGS),
    get("/settings/paper/preview/{id}/{file}", READ_SETTINGS),
    get("/settings/calendar", READ_SETTINGS),
    post("/settings/calendar/usual", SETTINGS).fresh(),
    post("/settings/calendar/{list}", SETTINGS).fresh(),
    post("/settings/calendar/{list}/remove", SETTINGS).fresh(),
    get("/settings/stations", SEATS),
    post("/settings/stations/{id}", OFFICE).fresh(),
    post("/settings/stations/{id}/here", SEATS),
    post("/settings/stations/{id}/pair", SEATS),
    post("/settings/stations/{id}/unpair", SEATS),
    get("/settings/staff", OFFICE),
    post("/settings/staff", OFFICE).fresh(),
    post("/settings/staff/close", OFFICE).fresh(),
    post("/settings/staff/password", OFFICE).fresh(),
    post("/settings/staff/second-factor", OFFICE).fresh(),
    get("/settings/sign-in", OFFICE),
    post("/settings/sign-in", OFFICE).fresh(),
];

/// The row of an address and method.
pub fn find(verb: Verb, pattern: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.verb == verb && row.pattern == pattern)
}

/// True when nothing stands between a session of this standing and the row.
pub fn passes(row: &Row, standing: Standing) -> bool {
    standing == Standing::Working || row.before_work.contains(&standing)
}

/// The page nearest to an address, to go back to: the address itself where it is a page, what is above it where it only
/// takes forms.
pub fn nearest_page(address: &str) -> String {
    let (path, query) = address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
    if is_page(path) {
        return query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    }
    let mut above = path;
    while let Some((shorter, _)) = above.rsplit_once('/') {
        above = shorter;
        if is_page(above) {
            return above.to_owned();
        }
    }
    "/".to_owned()
}

fn is_page(path: &str) -> bool {
    let fits = |pattern: &str| {
        let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some(wanted), Some(given)) if wanted == given => {}
                (Some(wanted), Some(given)) if wanted.starts_with('{') && !given.is_empty() => {}
                _ => return false,
            }
        }
    };
    TABLE.iter().any(|row| row.verb == Verb::Get && fits(row.pattern))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What takes forms only leads to the page above it.
    #[test]
    fn finds_the_page_to_go_back_to() {
        for (address, page) in [
            ("/settings?saved=1", "/settings?saved=1"),
            ("/cases/R8-000001", "/cases/R8-000001"),
            ("/cases/R8-000001/identity", "/cases/R8-000001"),
            ("/settings/calendar/closed/remove", "/settings/calendar"),
            ("/residents/1/cases", "/residents/1"),
            ("/nowhere/at/all", "/"),
            ("/", "/"),
        ] {
            assert_eq!(nearest_page(address), page, "{address}");
        }
    }

    /// What carries a secret or isn't the staff's is never kept, and no row stands twice.
    #[test]
    fn rows_make_sense() {
        for (at, row) in TABLE.iter().enumerate() {
            assert!(
                !TABLE[at + 1..].iter().any(|other| (other.verb, other.pattern) == (row.verb, row.pattern)),
                "{row:?}"
            );
            let theirs = matches!(row.whom, Whom::Everybody | Whom::Pad);
            assert!(!theirs || row.verb == Verb::Get || row.secret, "{row:?}");
            assert!(!theirs || (!row.fresh && row.before_work.is_empty()), "{row:?}");
        }
    }
}
