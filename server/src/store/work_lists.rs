//! Lists of work: open cases by what they wait for, letters by what is to be done with them.

use crate::error::Result;
use sqlx::SqlitePool;

/// How many cases wait for what. A case is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseCounts {
    /// Somebody stands at the counter.
    pub at_counter: i64,
    /// A letter must be made.
    pub to_print: i64,
    /// A letter is made and not posted.
    pub to_post: i64,
    /// A letter is out.
    pub due: i64,
    /// Nobody replied in time.
    pub overdue: i64,
    /// A letter came back, or the register changed under it.
    pub returned: i64,
    /// An update of a card stopped halfway.
    pub interrupted: i64,
    /// It stopped before the card was touched: the person comes again.
    pub told: i64,
}

/// Counts all open cases by what they wait for.
///
/// # Errors
/// When the database refuses.
pub async fn case_counts(pool: &SqlitePool) -> Result<CaseCounts> {
    // M-1399 is the code of an interruption by hand: the card was not touched.
    Ok(sqlx::query_as!(
        CaseCounts,
        r#"SELECT
             count(*) FILTER (WHERE state IN ('received', 'identity_checked', 'applied', 'pins_verified', 'updating',
                                              'differs', 'updated', 'reply_received')) AS "at_counter!",
             count(*) FILTER (WHERE state = 'inquiry_to_post' AND facts ->> '$.inquiry.letter' IS NULL) AS "to_print!",
             count(*) FILTER (WHERE state = 'inquiry_to_post' AND facts ->> '$.inquiry.letter' IS NOT NULL) AS "to_post!",
             count(*) FILTER (WHERE state = 'awaiting_reply') AS "due!",
             count(*) FILTER (WHERE state = 'reply_lapsed') AS "overdue!",
             count(*) FILTER (WHERE state IN ('inquiry_returned', 'needs_recheck')) AS "returned!",
             count(*) FILTER (WHERE state = 'interrupted'
                              AND coalesce(facts ->> '$.interruption.code', '') <> 'M-1399') AS "interrupted!",
             count(*) FILTER (WHERE state = 'interrupted'
                              AND coalesce(facts ->> '$.interruption.code', '') = 'M-1399') AS "told!"
           FROM cases WHERE closed_at IS NULL"#
    )
    .fetch_one(pool)
    .await?)
}

/// Narrows cases of one state further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrow {
    /// All of them.
    All,
    /// Those without a living letter.
    Unmade,
    /// Those with a living letter.
    Made,
    /// Those interrupted by hand.
    ByHand,
    /// Those whose card may have been written on.
    Torn,
}

impl Narrow {
    fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Unmade => "unmade",
            Self::Made => "made",
            Self::ByHand => "by_hand",
            Self::Torn => "torn",
        }
    }
}

/// One case of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// 受付番号.
    pub reception_number: String,
    /// The code of its procedure.
    pub procedure: String,
    /// The code of who came.
    pub applicant: String,
    /// The code of its state.
    pub state: String,
    /// Why it is in this state, where the state needs words.
    pub state_reason: Option<String>,
    /// When it was opened.
    pub opened_at: String,
    /// When it came into this state.
    pub since: Option<String>,
    /// The person's name as registered.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// True when the person is under support measures.
    pub suppressed: bool,
    /// The counter.
    pub station: Option<String>,
    /// Who opened it.
    pub clerk: String,
    /// 文書番号 of its living letter.
    pub letter: Option<i64>,
    /// The last day for the reply.
    pub deadline: Option<String>,
    /// True when it was interrupted by hand: planned, with the card untouched.
    pub by_hand: bool,
}

/// The open cases in these states (a JSON array of codes), what is due first coming first.
///
/// # Errors
/// When the database refuses.
pub async fn cases(
    pool: &SqlitePool,
    states: &str,
    narrow: Narrow,
    skip: i64,
    many: i64,
) -> Result<Vec<CaseRow>> {
    let narrow = narrow.code();
    Ok(sqlx::query_as!(
        CaseRow,
        r#"SELECT reception_number, procedure, applicant, cases.state, state_reason, opened_at,
                  (SELECT max(at) FROM case_events WHERE case_id = cases.id) AS "since?: String",
                  residents.name, residents.kana, residents.suppressed AS "suppressed: bool",
                  stations.name AS "station?", staff.name AS clerk,
                  letters.number AS "letter?", letters.deadline,
                  (cases.state = 'interrupted' AND coalesce(facts ->> '$.interruption.code', '') = 'M-1399')
                    AS "by_hand!: bool"
           FROM json_each(?1) AS wanted
           CROSS JOIN cases ON cases.state = wanted.value AND cases.closed_at IS NULL
           JOIN residents ON residents.resident_number = cases.resident_number
           JOIN staff ON staff.id = cases.opened_by
           LEFT JOIN stations ON stations.id = cases.station_id
           LEFT JOIN letters ON letters.number = facts ->> '$.inquiry.letter'
           WHERE CASE ?2
                   WHEN 'made' THEN facts ->> '$.inquiry.letter' IS NOT NULL
                   WHEN 'unmade' THEN facts ->> '$.inquiry.letter' IS NULL
                   WHEN 'by_hand' THEN coalesce(facts ->> '$.interruption.code', '') = 'M-1399'
                   WHEN 'torn' THEN coalesce(facts ->> '$.interruption.code', '') <> 'M-1399'
                   ELSE 1 END
           ORDER BY coalesce(letters.deadline, '9999'), opened_at, cases.id LIMIT ?3 OFFSET ?4"#,
        states,
        narrow,
        many,
        skip
    )
    .fetch_all(pool)
    .await?)
}

/// Notices of one month that stand in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeGroup {
    /// The campaign they belong to.
    pub campaign: i64,
    /// The first month they are about, `YYYY-MM`.
    pub first: String,
    /// The last one.
    pub last: String,
    /// How many.
    pub letters: i64,
    /// When the oldest of them was made.
    pub since: String,
}

/// The notices in one state by campaign.
///
/// # Errors
/// When the database refuses.
pub async fn notice_groups(pool: &SqlitePool, state: &str) -> Result<Vec<NoticeGroup>> {
    Ok(sqlx::query_as!(
        NoticeGroup,
        r#"SELECT campaigns.id AS "campaign!: i64", first_month AS "first!: String", last_month AS "last!: String",
                  count(*) AS "letters!: i64", min(letters.made_at) AS "since!: String"
           FROM letters JOIN campaigns ON campaigns.id = campaign_id
           WHERE kind = 'notice' AND letters.state = ?1
           GROUP BY campaigns.id ORDER BY first_month, campaigns.id"#,
        state
    )
    .fetch_all(pool)
    .await?)
}

/// In how many campaigns notices stand in one state: a campaign is printed and posted as one piece of work.
///
/// # Errors
/// When the database refuses.
pub async fn notice_campaigns(pool: &SqlitePool, state: &str) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "SELECT count(DISTINCT campaign_id) FROM letters WHERE kind = 'notice' AND state = ?1",
        state
    )
    .fetch_one(pool)
    .await?)
}

/// A notice that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedNotice {
    /// 文書番号.
    pub number: i64,
    /// The month it is about.
    pub expiring: Option<String>,
    /// 宛名番号.
    pub resident_number: String,
    /// The person's name as registered.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// True when the person is under support measures.
    pub suppressed: bool,
    /// When it came back.
    pub ended_on: Option<String>,
    /// Why.
    pub ended_reason: Option<String>,
}

/// How many notices have come back and wait for somebody to see to it.
///
/// # Errors
/// When the database refuses.
pub async fn returned_notice_count(pool: &SqlitePool) -> Result<i64> {
    Ok(sqlx::query_scalar!("SELECT count(*) FROM letters WHERE kind = 'notice' AND state = 'returned'")
        .fetch_one(pool)
        .await?)
}

/// The notices that came back, the oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn returned_notices(pool: &SqlitePool, skip: i64, many: i64) -> Result<Vec<ReturnedNotice>> {
    Ok(sqlx::query_as!(
        ReturnedNotice,
        r#"SELECT number, expiring, letters.resident_number, name, kana, suppressed AS "suppressed: bool",
                  ended_on, ended_reason
           FROM letters JOIN residents ON residents.resident_number = letters.resident_number
           WHERE kind = 'notice' AND state = 'returned' ORDER BY ended_on, number LIMIT ?1 OFFSET ?2"#,
        many,
        skip
    )
    .fetch_all(pool)
    .await?)
}
