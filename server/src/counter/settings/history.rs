//! What was changed in the settings, from what to what, by whom and when.

use super::{TEXT_PREFIX, split_unit};
use crate::audit::{self, Entry, Kind};
use crate::error::Result;
use crate::notices::office_text::FIELDS;
use crate::office::Office;
use crate::store::setting_changes::{self, HistoryRow};
use crate::store::{self, WriteTx};
use app::components::{Choice, Pages};
use app::pages::setting_history::{SettingChange, SettingHistoryPage};
use chrono::DateTime;
use rules::calendar::EntryKind;
use rules::settings::SettingRow;
use rules::wareki;

/// Lines on a page.
const PAGE: i64 = 50;

/// One change of one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The setting's key.
    pub key: String,
    /// As the trail tells it.
    pub sentence: String,
    /// What it was, as people read it; empty for a line that wasn't there.
    pub old: String,
    /// What it became; empty for a line that is gone.
    pub new: String,
}

/// Notes a change in the trail, with both values beside it.
///
/// # Errors
/// When the database refuses.
pub async fn note(tx: &mut WriteTx, login: &str, at: &str, change: &Change) -> Result<()> {
    let entry = Entry::done(Kind::SettingChanged, login, change.sentence.clone()).object(&change.key);
    audit::record(tx, at, entry).await?;
    if let Some((number, _)) = store::audit::head(tx).await? {
        setting_changes::note_values(tx, number, &change.old, &change.new).await?;
    }
    Ok(())
}

/// The page about everything, one setting or one family of settings.
///
/// # Errors
/// When the database refuses.
pub async fn page(office: &Office, about: &str, page: u32) -> Result<SettingHistoryPage> {
    let pool = office.store().read();
    let rows = office.rulebook().settings.describe();
    let pattern = pattern(about);
    let total = setting_changes::count(pool, &pattern).await?;
    let last = u32::try_from(total.unsigned_abs().div_ceil(PAGE.unsigned_abs()).max(1)).unwrap_or(u32::MAX);
    let current = page.clamp(1, last);
    let found = setting_changes::history(pool, &pattern, i64::from(current - 1) * PAGE, PAGE).await?;
    let words = serde_html_form::to_string([("about", about)]).unwrap_or_default();
    let now = rows.iter().find(|row| row.key == about);
    Ok(SettingHistoryPage {
        about: about.to_owned(),
        families: families(about, &rows),
        changes_what: now.map(|row| row.changes.to_owned()).unwrap_or_default(),
        changes: found.into_iter().map(|row| line(row, &rows)).collect(),
        pages: Pages {
            current,
            last,
            total: total.unsigned_abs(),
            address: format!("/settings/history?{words}&page="),
        },
    })
}

/// The keys that belong to what is asked for. Nothing asked for is everything.
fn pattern(about: &str) -> String {
    match about {
        "" => "*".to_owned(),
        "calendar" | "wording" | "office" => format!("{about}[_ ]*"),
        key => key.replace('[', "[[]").replace('*', "[*]").replace('?', "[?]"),
    }
}

/// What the list can be narrowed to.
fn families(about: &str, rows: &[SettingRow]) -> Vec<Choice> {
    let mut families = vec![
        Choice::new("", "すべて"),
        Choice::new("office", "役所の表示"),
        Choice::new("calendar", "開庁日と時間"),
        Choice::new("wording", "用紙の文"),
    ];
    families.extend(rows.iter().map(|row| Choice::new(row.key, split_unit(row.label).0)));
    if !families.iter().any(|choice| choice.value == about) {
        families.push(Choice::new(about, label(about, rows)));
    }
    families
}

fn line(row: HistoryRow, rows: &[SettingRow]) -> SettingChange {
    let at = DateTime::parse_from_rfc3339(&row.at);
    let values = row.old_value.zip(row.new_value);
    SettingChange {
        at: at.map_or(row.at, |at| format!("{} {}", wareki::short(at.date_naive()), at.format("%H:%M"))),
        by: row.by,
        what: label(&row.key, rows),
        sentence: if values.is_some() { String::new() } else { row.sentence },
        old: values.as_ref().map(|(old, _)| old.clone()).unwrap_or_default(),
        new: values.map(|(_, new)| new).unwrap_or_default(),
    }
}

/// What a setting is called.
fn label(key: &str, rows: &[SettingRow]) -> String {
    if let Some(row) = rows.iter().find(|row| row.key == key) {
        return split_unit(row.label).0.to_owned();
    }
    if let Some(name) = key.strip_prefix(TEXT_PREFIX)
        && let Some(field) = FIELDS.iter().find(|field| field.name == name)
    {
        return format!("役所の表示「{}」", field.label);
    }
    if let Some(paper) = key.strip_prefix("wording ").and_then(forms::Paper::from_code) {
        return format!("「{}」の文", paper.label());
    }
    let list = key.strip_prefix("calendar_").and_then(|rest| rest.split(':').next());
    match list.map(|list| (list, EntryKind::from_code(list))) {
        Some((_, Some(kind))) => kind.label().to_owned(),
        Some(("usual", None)) => "開庁の時間".to_owned(),
        _ if key.starts_with("station") => "窓口端末".to_owned(),
        _ => "用紙と印刷".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One setting is itself and no other that begins alike; a family is everything in it.
    #[test]
    fn asks_for_one_or_a_family() {
        assert_eq!(pattern("fee_lost_card"), "fee_lost_card");
        assert_eq!(pattern("calendar"), "calendar[_ ]*");
        assert_eq!(pattern("a*b"), "a[*]b");
        assert_eq!(pattern(""), "*");
    }

    /// Every key that is ever noted has a name for people.
    #[test]
    fn knows_what_each_key_is_called() {
        let rows = rules::settings::OfficeSettings::default().describe();
        for (key, name) in [
            ("fee_renewal", "更新の手数料"),
            ("office_ward", "役所の表示「区市町村」"),
            ("wording notice", "「有効期限通知書」の文"),
            ("calendar_usual", "開庁の時間"),
            ("paper", "用紙と印刷"),
            ("station 1", "窓口端末"),
        ] {
            assert_eq!(label(key, &rows), name, "{key}");
        }
        assert_eq!(
            label(&format!("calendar_{}:2026-12-01", EntryKind::Closure.code()), &rows),
            EntryKind::Closure.label()
        );
    }
}
