//! Residents of a file beside those the office knows.

use super::engine::Desk;
use super::report::FieldChange;
use super::words;
use crate::error::Result;
use crate::store::residents::{self as stored, Resident};
use crate::store::search;
use chrono::NaiveDate;
use rules::kinds::{ResidentKind, Sex};
use rules::wareki;
use std::collections::HashMap;

/// Stands for what isn't shown of a person under support measures.
const HIDDEN: &str = "(支援措置のため表示しません)";

/// Compares a batch, and writes what is new or different where something is taken.
pub(super) async fn take(desk: &mut Desk<'_>, rows: Vec<(u64, Resident)>) -> Result<()> {
    let numbers: Vec<&str> = rows.iter().map(|(_, resident)| resident.number.as_str()).collect();
    let known: HashMap<String, Resident> = stored::many(desk.connection, &numbers)
        .await?
        .into_iter()
        .map(|resident| (resident.number.clone(), resident))
        .collect();
    let (mut write, mut find_anew) = (Vec::new(), Vec::new());
    for (row, resident) in &rows {
        match known.get(&resident.number) {
            None => {
                desk.report.added += 1;
                write.push(resident);
                find_anew.push(resident);
            }
            Some(old) => {
                let fields = differences(old, resident);
                if fields.is_empty() {
                    desk.report.unchanged += 1;
                    continue;
                }
                desk.report.note_change(*row, &resident.number, fields);
                write.push(resident);
                if search::keys(old) != search::keys(resident) {
                    find_anew.push(resident);
                }
            }
        }
    }
    let Some(at) = desk.taken_at else { return Ok(()) };
    stored::save(desk.connection, &write, at).await?;
    search::index(desk.connection, &find_anew).await
}

/// What a file changes in a resident, column by column.
fn differences(old: &Resident, new: &Resident) -> Vec<FieldChange> {
    let mut fields = Vec::new();
    let hidden = old.suppressed || new.suppressed;
    let mut note = |column, from: &str, to: &str, open: bool| {
        if from != to {
            let shown = |text: &str| if hidden && !open { HIDDEN.to_owned() } else { text.to_owned() };
            fields.push(FieldChange { column, from: shown(from), to: shown(to) });
        }
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    note("世帯番号", &old.household_number, &new.household_number, false);
    note("氏名", &old.name, &new.name, false);
    note("氏名カナ", &old.kana, &new.kana, false);
    note("旧氏", &text(&old.old_surname), &text(&new.old_surname), false);
    note("通称", &text(&old.alias), &text(&new.alias), false);
    note("生年月日", &wareki::short(old.birth), &wareki::short(new.birth), false);
    note("性別", sex(old.sex), sex(new.sex), false);
    note("郵便番号", &old.postal_code, &new.postal_code, false);
    note("住所", &old.address, &new.address, false);
    note("方書", &text(&old.building), &text(&new.building), false);
    note("住民種別", kind(old.kind), kind(new.kind), true);
    note("在留資格", &text(&old.residence_status), &text(&new.residence_status), true);
    note("在留期間満了日", &day(old.stay_until), &day(new.stay_until), true);
    note("成年被後見人", flag(old.adult_ward), flag(new.adult_ward), true);
    note("支援措置", flag(old.suppressed), flag(new.suppressed), true);
    note("居所登録", flag(old.registered_elsewhere), flag(new.registered_elsewhere), true);
    note("異動事由", &text(&old.change_reason), &text(&new.change_reason), true);
    note("異動日", &day(old.change_date), &day(new.change_date), true);
    // A move that was announced has happened since: the file says the same, and it means something else now.
    note("住民の状態", old.status.label(), new.status.label(), true);
    fields
}

fn sex(sex: Sex) -> &'static str {
    words::SEX.iter().find(|(_, value)| *value == sex).map_or("", |(word, _)| word)
}

fn kind(kind: ResidentKind) -> &'static str {
    words::RESIDENT_KIND.iter().find(|(_, value)| *value == kind).map_or("", |(word, _)| word)
}

pub(super) fn flag(flag: bool) -> &'static str {
    if flag { "有" } else { "無" }
}

fn day(date: Option<NaiveDate>) -> String {
    date.map(wareki::short).unwrap_or_default()
}
