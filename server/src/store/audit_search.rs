//! Looking something up in the trail, of which there may be many million rows.
//!
//! A list is read from where the last page ended, never counted and never skipped over. What narrows the list most
//! leads the query by its index; days become numbers first, because times hardly ever go back.

use super::audit::AuditRow;
use crate::error::Result;
use sqlx::SqlitePool;

/// What the list is narrowed by; nothing narrows nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Who: a login, `system`, `command line` or `pad`.
    pub actor: Option<String>,
    /// Whom: 宛名番号.
    pub subject: Option<String>,
    /// The case.
    pub case_id: Option<i64>,
    /// The number of the kind of event.
    pub kind: Option<i64>,
    /// `done`, `refused` or `failed`.
    pub outcome: Option<String>,
    /// The first day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The day after the last day, `YYYY-MM-DD`.
    pub before: Option<String>,
}

/// Between which numbers, both left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Above this.
    pub above: i64,
    /// Below this.
    pub below: i64,
}

impl Span {
    /// Every row.
    pub const ALL: Self = Self { above: 0, below: i64::MAX };
}

/// From which end of the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
}

/// Kinds that are rarer than this lead before a member of staff does.
const RARE: i64 = 5000;

/// What leads a query.
enum Lead {
    Subject,
    Case,
    Outcome,
    Kind,
    Actor,
    Number,
}

/// Rows of version 1 may stand this far from where their moment belongs: each waited for its turn to write.
const WAITERS: i64 = 1000;

/// The numbers that the filter's days lie between; `None` when nothing happened on them. `set_back` is the kind of the
/// rows that say the clock was set back: without any, a moment leads to its row at once.
///
/// # Errors
/// When the database refuses.
pub async fn span(pool: &SqlitePool, filter: &Filter, set_back: i64) -> Result<Option<Span>> {
    if filter.from.is_none() && filter.before.is_none() {
        return Ok(Some(Span::ALL));
    }
    if super::audit::last_of_kind(pool, set_back).await?.is_some() {
        return scanned(pool, filter).await;
    }
    let first = sqlx::query_scalar!(
        r#"SELECT number AS "number!: i64" FROM audit INDEXED BY audit_by_at
           WHERE at >= coalesce(?1, '') ORDER BY at, number LIMIT 1"#,
        filter.from
    )
    .fetch_optional(pool)
    .await?;
    let last = sqlx::query_scalar!(
        r#"SELECT number AS "number!: i64" FROM audit INDEXED BY audit_by_at
           WHERE at < coalesce(?1, 'A') ORDER BY at DESC, number DESC LIMIT 1"#,
        filter.before
    )
    .fetch_optional(pool)
    .await?;
    let ends = first.zip(last);
    Ok(ends.map(|(first, last)| Span { above: first - 1 - WAITERS, below: last + 1 + WAITERS }))
}

/// The same by looking at every row of those days.
async fn scanned(pool: &SqlitePool, filter: &Filter) -> Result<Option<Span>> {
    let ends = sqlx::query!(
        r#"SELECT min(number) AS "first?: i64", max(number) AS "last?: i64"
           FROM audit INDEXED BY audit_by_at WHERE at >= coalesce(?1, '') AND at < coalesce(?2, 'A')"#,
        filter.from,
        filter.before
    )
    .fetch_one(pool)
    .await?;
    Ok(ends.first.zip(ends.last).map(|(first, last)| Span { above: first - 1, below: last + 1 }))
}

/// A query with what leads it and from which end; the rest of the filter follows.
macro_rules! rows {
    ($pool:expr, $filter:expr, $span:expr, $many:expr, $lead:tt, $order:tt) => {
        sqlx::query_as!(
            AuditRow,
            "SELECT * FROM audit "
                + $lead
                + " AND number > ?1 AND number < ?2 AND (?3 IS NULL OR actor = ?3) AND (?4 IS NULL OR subject = ?4)
                    AND (?5 IS NULL OR case_id = ?5) AND (?6 IS NULL OR kind = ?6) AND (?7 IS NULL OR outcome = ?7)
                    AND (?8 IS NULL OR at >= ?8) AND (?9 IS NULL OR at < ?9) ORDER BY number "
                + $order
                + " LIMIT ?10",
            $span.above,
            $span.below,
            $filter.actor,
            $filter.subject,
            $filter.case_id,
            $filter.kind,
            $filter.outcome,
            $filter.from,
            $filter.before,
            $many
        )
        .fetch_all($pool)
        .await?
    };
}

/// Both ends of a query.
macro_rules! either_end {
    ($from:expr, $pool:expr, $filter:expr, $span:expr, $many:expr, $lead:tt) => {
        match $from {
            From::Newest => rows!($pool, $filter, $span, $many, $lead, "DESC"),
            From::Oldest => rows!($pool, $filter, $span, $many, $lead, "ASC"),
        }
    };
}

/// Up to `many` rows of the span that fit, from one end.
///
/// # Errors
/// When the database refuses.
pub async fn rows(
    pool: &SqlitePool,
    filter: &Filter,
    span: Span,
    from: From,
    many: i64,
) -> Result<Vec<AuditRow>> {
    Ok(match lead(pool, filter).await? {
        Lead::Subject => {
            either_end!(from, pool, filter, span, many, "INDEXED BY audit_by_subject WHERE subject = ?4")
        }
        Lead::Case => {
            either_end!(from, pool, filter, span, many, "INDEXED BY audit_by_case WHERE case_id = ?5")
        }
        Lead::Outcome => either_end!(
            from,
            pool,
            filter,
            span,
            many,
            "INDEXED BY audit_by_outcome WHERE outcome <> 'done' AND outcome = ?7"
        ),
        Lead::Kind => either_end!(from, pool, filter, span, many, "INDEXED BY audit_by_kind WHERE kind = ?6"),
        Lead::Actor => {
            either_end!(from, pool, filter, span, many, "INDEXED BY audit_by_actor WHERE actor = ?3")
        }
        Lead::Number => either_end!(from, pool, filter, span, many, "NOT INDEXED WHERE true"),
    })
}

async fn lead(pool: &SqlitePool, filter: &Filter) -> Result<Lead> {
    let kind = match (filter.kind, &filter.actor) {
        (Some(kind), Some(_)) => rare(pool, kind).await?,
        (kind, _) => kind.is_some(),
    };
    Ok(match filter {
        Filter { subject: Some(_), .. } => Lead::Subject,
        Filter { case_id: Some(_), .. } => Lead::Case,
        Filter { outcome: Some(outcome), .. } if outcome != "done" => Lead::Outcome,
        _ if kind => Lead::Kind,
        Filter { actor: Some(_), .. } => Lead::Actor,
        _ => Lead::Number,
    })
}

async fn rare(pool: &SqlitePool, kind: i64) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT count(*) AS "found!: i64"
           FROM (SELECT 1 FROM audit INDEXED BY audit_by_kind WHERE kind = ?1 LIMIT ?2)"#,
        kind,
        RARE
    );
    Ok(found.fetch_one(pool).await? < RARE)
}

/// The reception numbers of cases, by the cases' ids; `ids` is a JSON list.
///
/// # Errors
/// When the database refuses.
pub async fn reception_numbers(pool: &SqlitePool, ids: &str) -> Result<Vec<(i64, String)>> {
    let rows = sqlx::query!(
        "SELECT id, reception_number FROM cases WHERE id IN (SELECT value FROM json_each(?1))",
        ids
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.reception_number)).collect())
}
