//! Stored rows in the words of a page.

use crate::audit::{Actor, CounterpartyRole};
use crate::error::Result;
use crate::office::Office;
use crate::store::audit::AuditRow as Stored;
use crate::store::{self, audit_search};
use app::components::Choice;
use app::pages::audit::{AuditOutcome, AuditRow};
use std::collections::{BTreeSet, HashMap};

/// The names of staff and counters, which hardly ever change.
pub(super) struct Names {
    staff: Vec<(String, String)>,
    stations: HashMap<i64, String>,
}

impl Names {
    /// Reads them.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn load(office: &Office) -> Result<Self> {
        let pool = office.store().read();
        let staff = store::staff::all(pool).await?.into_iter().map(|staff| (staff.login, staff.name));
        let stations = store::stations::all(pool).await?.into_iter().map(|row| (row.id, row.name));
        Ok(Self { staff: staff.collect(), stations: stations.collect() })
    }

    /// Who can be chosen in the filter.
    pub(super) fn choices(&self) -> Vec<Choice> {
        let others = [Actor::System, Actor::CommandLine, Actor::Pad { station: 0 }];
        let others = others.into_iter().map(|actor| Choice::new(actor.name(), self.actor(actor.kind(), "")));
        let staff = self.staff.iter().map(|(login, _)| Choice::new(login, self.actor("staff", login)));
        staff.chain(others).collect()
    }

    /// Who, by kind and name.
    pub(super) fn actor(&self, kind: &str, name: &str) -> String {
        match kind {
            "system" => "プログラム".to_owned(),
            "command_line" => "コマンド".to_owned(),
            "pad" => "住民側の画面".to_owned(),
            _ => match self.staff.iter().find(|(login, _)| login == name) {
                Some((login, known)) => format!("{known}({login})"),
                None => name.to_owned(),
            },
        }
    }

    /// Who did it. Version 1 knew names only.
    pub(super) fn actor_of(&self, row: &Stored) -> String {
        let kind = row.actor_kind.as_deref().unwrap_or_else(|| Actor::from(&row.actor).kind());
        self.actor(kind, &row.actor)
    }

    /// At which counter; empty when at none.
    pub(super) fn station_of(&self, row: &Stored) -> String {
        let Some(id) = row.station else { return String::new() };
        self.stations.get(&id).cloned().unwrap_or_else(|| format!("窓口端末{id}"))
    }
}

/// The reception numbers of the rows' cases.
///
/// # Errors
/// When the database refuses.
pub(super) async fn reception_numbers(office: &Office, rows: &[Stored]) -> Result<HashMap<i64, String>> {
    let ids: BTreeSet<i64> = rows.iter().filter_map(|row| row.case_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = serde_json::to_string(&ids)?;
    Ok(audit_search::reception_numbers(office.store().read(), &ids).await?.into_iter().collect())
}

/// 任意代理人 山田 太郎; empty when nobody else took part.
pub(super) fn counterparty(row: &Stored) -> String {
    let Some(code) = row.counterparty_kind.as_deref() else { return String::new() };
    let role = match CounterpartyRole::from_code(code) {
        Some(role) => role.label(),
        None => code,
    };
    format!("{role} {}", row.counterparty.as_deref().unwrap_or_default()).trim_end().to_owned()
}

/// A row as the page shows it.
pub(super) fn row(names: &Names, receptions: &HashMap<i64, String>, row: Stored) -> AuditRow {
    AuditRow {
        number: row.number,
        time: row.at.get(11..19).unwrap_or(&row.at).to_owned(),
        actor: names.actor_of(&row),
        station: names.station_of(&row),
        case: row.case_id.and_then(|id| receptions.get(&id).cloned()).unwrap_or_default(),
        counterparty: counterparty(&row),
        outcome: match row.outcome.as_str() {
            "refused" => AuditOutcome::Refused,
            "failed" => AuditOutcome::Failed,
            _ => AuditOutcome::Done,
        },
        subject: row.subject.unwrap_or_default(),
        sentence: row.sentence,
    }
}

/// How it ended, in a word; `None` for what isn't an outcome.
pub(super) fn outcome_label(code: &str) -> Option<&'static str> {
    match code {
        "done" => Some("行った"),
        "refused" => Some("断った"),
        "failed" => Some("失敗"),
        _ => None,
    }
}
