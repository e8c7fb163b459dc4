//! The office's decisions where municipalities differ, and what its paper says about it: shown with what each changes
//! and who changed it, changed together, in force at once.

pub mod history;

use self::history::Change;
use crate::audit::Kind;
use crate::error::{Refusal, Result};
use crate::notices::office_text::{self, FIELDS};
use crate::office::{Office, RULES_KEY, TEXT_KEY};
use crate::rng::hex;
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use crate::store;
use crate::store::setting_changes::ChangeRow;
use app::components::{Choice, FieldError, FormErrors, Source};
use app::pages::settings::{SettingGroup, SettingItem, SettingsPage};
use chrono::DateTime;
use forms::OfficeText;
use rules::settings::{OfficeSettings, SettingRow};
use rules::wareki;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use tokio::sync::Mutex;

pub(super) static SAVING: Mutex<()> = Mutex::const_new(());

/// What stands before the key of a line of the office's text.
const TEXT_PREFIX: &str = "office_";

/// The groups of the page with the keys in each; a key that isn't here comes under その他.
const GROUPS: [(&str, &[&str]); 7] = [
    (
        "更新期間と満了日",
        &["window_start", "expiry_wording", "signature_cap", "leap_birthday", "maintenance"],
    ),
    ("通知書", &["notices_to", "notices_elsewhere", "notice_timing", "notice_release"]),
    (
        "代理人",
        &[
            "representative_visit",
            "representative_identity",
            "first_proxy_contact",
            "delegation",
            "proxy_identity",
            "expired_with_proxy",
            "household_same_day",
            "household_reset",
            "reply_days",
            "late_reply",
            "proof_months",
        ],
    ),
    ("窓口での扱い", &["signature_for_restricted", "reset_identity", "card_face_expiry"]),
    ("案内", &["insurance_grace", "convenience_store", "online_renewal", "renewal_peak"]),
    ("手数料", &["fee_renewal", "fee_issuance", "fee_lost_card", "fee_lost_card_certificates"]),
    ("集計", &["clerk_statistics"]),
];

/// What was entered, by key.
pub type Entered = HashMap<String, String>;

/// The page as things stand; with what was entered instead where something was wrong with it.
///
/// # Errors
/// When the database can't be read.
pub async fn page(
    office: &Office,
    visitor: &Visitor,
    entered: &Entered,
    errors: FormErrors,
) -> Result<SettingsPage> {
    let (settings, text) = (office.rulebook().settings.clone(), office.text());
    let changes = store::setting_changes::last(office.store().read(), Kind::SettingChanged as i64).await?;
    let items: Vec<SettingItem> =
        settings.describe().into_iter().map(|row| rule_item(row, entered, &changes)).collect();
    let mut groups = vec![SettingGroup {
        title: "役所の表示".to_owned(),
        items: text_items(&text, entered, &changes),
    }];
    for (title, keys) in GROUPS {
        let chosen = keys.iter().filter_map(|key| items.iter().find(|item| item.key == *key)).cloned();
        groups.push(SettingGroup { title: title.to_owned(), items: chosen.collect() });
    }
    let grouped = |key: &str| GROUPS.iter().any(|(_, keys)| keys.contains(&key));
    let other: Vec<_> = items.into_iter().filter(|item| !grouped(&item.key)).collect();
    if !other.is_empty() {
        groups.push(SettingGroup { title: "その他".to_owned(), items: other });
    }
    let version = version(&settings, &text)?;
    Ok(SettingsPage {
        errors,
        groups,
        may_change: visitor.may(Act::ChangeSettings),
        office_too: visitor.may(Act::ChangeOffice),
        version,
    })
}

/// What the settings are, in a few digits: a form made from others is out of date.
pub(super) fn version(settings: &OfficeSettings, text: &OfficeText) -> Result<String> {
    let bytes = serde_json::to_vec(&(settings, text))?;
    Ok(hex(&Sha256::digest(&bytes)[..8]))
}

fn rule_item(row: SettingRow, entered: &Entered, changes: &[ChangeRow]) -> SettingItem {
    let (label, unit) = split_unit(row.label);
    let default = row.choices.iter().find(|choice| choice.code == row.default);
    let default = default.map_or_else(|| format!("{}{unit}", row.default), |choice| choice.label.clone());
    SettingItem {
        key: row.key.to_owned(),
        label: label.to_owned(),
        changes: row.changes.to_owned(),
        value: entered.get(row.key).cloned().unwrap_or(row.value),
        choices: row.choices.into_iter().map(|choice| Choice::new(choice.code, choice.label)).collect(),
        unit: unit.to_owned(),
        default: format!("はじめの値 {default}"),
        changed: changed(row.key, changes),
        source: Source::from(row.sources),
    }
}

/// 「更新の手数料(円)」 is 更新の手数料, in 円.
fn split_unit(label: &str) -> (&str, &str) {
    let unit = label.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    unit.filter(|(_, unit)| unit.chars().count() == 1).unwrap_or((label, ""))
}

fn text_items(text: &OfficeText, entered: &Entered, changes: &[ChangeRow]) -> Vec<SettingItem> {
    let item = |field: &office_text::Field| {
        let key = format!("{TEXT_PREFIX}{}", field.name);
        let value =
            entered.get(&key).cloned().unwrap_or_else(|| office_text::value(text, field.name).to_owned());
        let changed = changed(&key, changes);
        SettingItem {
            key,
            label: field.label.to_owned(),
            changes: field.hint.to_owned(),
            value,
            changed,
            ..SettingItem::default()
        }
    };
    FIELDS.iter().map(item).collect()
}

/// Who changed a setting last and when: 「R8.11.2 田中」; empty when nobody has.
pub(super) fn changed(key: &str, changes: &[ChangeRow]) -> String {
    let Some(change) = changes.iter().find(|change| change.key == key) else { return String::new() };
    let day =
        DateTime::parse_from_rfc3339(&change.at).map_or(String::new(), |at| wareki::short(at.date_naive()));
    format!("{day} {}", change.by)
}

/// What became of a form.
#[derive(Debug)]
pub enum Saved {
    /// Stored and in force; so many settings changed.
    Done(usize),
    /// Nothing was stored: this is wrong with it.
    Wrong(FormErrors),
}

/// Stores what was entered, notes each change in the trail and puts it in force.
///
/// # Errors
/// A refusal when somebody else changed the settings since the form was made.
pub async fn save(office: &Office, visitor: &Visitor, entered: &Entered) -> Result<Saved> {
    visitor.require(Act::ChangeSettings)?;
    // One at a time until what was saved is in force: the next one must see it.
    let _turn = SAVING.lock().await;
    let mut tx = office.store().write().await?;
    let (mut settings, mut text) = (office.rulebook().settings.clone(), OfficeText::clone(&office.text()));
    if entered.get("version").is_some_and(|seen| version(&settings, &text).is_ok_and(|now| now != *seen)) {
        return Err(Refusal::conflict(
            "このページを開いている間に、ほかの職員が設定を変えました。",
            "設定のページを開き直し、今の値を見てから変えてください。",
        )
        .into());
    }
    let mut errors = Vec::new();
    let mut changes = change_rules(&mut settings, entered, &mut errors);
    changes.extend(change_text(&mut text, entered, &mut errors));
    if !errors.is_empty() {
        return Ok(Saved::Wrong(FormErrors(errors)));
    }
    if changes.is_empty() {
        return Ok(Saved::Done(0));
    }
    let at = office.clock().stamp();
    let by = Some(visitor.staff_id);
    store::settings::set(&mut tx, RULES_KEY, &serde_json::to_string(&settings)?, by, &at).await?;
    store::settings::set(&mut tx, TEXT_KEY, &serde_json::to_string(&text)?, by, &at).await?;
    for change in &changes {
        history::note(&mut tx, visitor, &at, change).await?;
    }
    tx.commit().await?;
    office.put_in_force(settings);
    office.rename(text);
    Ok(Saved::Done(changes.len()))
}

fn change_rules(
    settings: &mut OfficeSettings,
    entered: &Entered,
    errors: &mut Vec<FieldError>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for before in settings.describe() {
        let Some(value) = entered.get(before.key).map(|value| value.trim()) else { continue };
        if value == before.value {
            continue;
        }
        match settings.set(before.key, value) {
            Ok(()) => {
                let (old, new) = (shown(&before, &before.value), shown(&before, value));
                let sentence = format!("設定「{}」を「{old}」から「{new}」に変えました。", before.label);
                changes.push(Change { key: before.key.to_owned(), sentence, old, new });
            }
            Err(error) => errors.push(FieldError {
                field: before.key.to_owned(),
                code: "M-7001".to_owned(),
                sentence: error.sentence(),
            }),
        }
    }
    changes
}

fn shown(row: &SettingRow, value: &str) -> String {
    let choice = row.choices.iter().find(|choice| choice.code == value);
    choice.map_or_else(|| value.to_owned(), |choice| choice.label.clone())
}

fn change_text(text: &mut OfficeText, entered: &Entered, errors: &mut Vec<FieldError>) -> Vec<Change> {
    let mut changes = Vec::new();
    for field in FIELDS {
        let key = format!("{TEXT_PREFIX}{}", field.name);
        let Some(value) = entered.get(&key).map(|value| value.trim()) else { continue };
        let old = office_text::value(text, field.name).to_owned();
        if value == old {
            continue;
        }
        if let Some(sentence) = office_text::fault(&field, value) {
            errors.push(FieldError { field: key, code: "M-7002".to_owned(), sentence });
            continue;
        }
        office_text::set(text, field.name, value);
        let sentence = format!("役所の表示「{}」を「{old}」から「{value}」に変えました。", field.label);
        changes.push(Change { key, sentence, old, new: value.to_owned() });
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered(pairs: &[(&str, &str)]) -> Entered {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    /// Only what differs is a change, and it is told in the words of the page.
    #[test]
    fn tells_what_changed() {
        let mut settings = OfficeSettings::default();
        let mut errors = Vec::new();
        let same = settings.describe().into_iter().map(|row| (row.key.to_owned(), row.value)).collect();
        assert!(change_rules(&mut settings, &same, &mut errors).is_empty());
        let pressed = entered(&[("notices_to", "left_out_by_jlis"), ("reply_days", "21")]);
        let changes = change_rules(&mut settings, &pressed, &mut errors);
        assert_eq!(changes.len(), 2);
        assert!(
            changes.iter().any(|change| change.key == "notices_to" && change.old == "対象者全員"),
            "{changes:?}"
        );
        assert_eq!(settings.deadlines.reply_days, 21);
        assert!(errors.is_empty());
    }

    /// A value that can't be is told at its field.
    #[test]
    fn refuses_what_cannot_be() {
        let (mut settings, mut errors) = (OfficeSettings::default(), Vec::new());
        let pressed = entered(&[("reply_days", "三十"), ("window_start", "tomorrow")]);
        assert!(change_rules(&mut settings, &pressed, &mut errors).is_empty());
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["window_start", "reply_days"]);
        assert_eq!(settings, OfficeSettings::default());
    }

    /// Each setting stands in one group of the page.
    #[test]
    fn every_setting_has_its_group() {
        for row in OfficeSettings::default().describe() {
            let groups = GROUPS.iter().filter(|(_, keys)| keys.contains(&row.key)).count();
            assert_eq!(groups, 1, "{}", row.key);
        }
    }

    /// The unit stands behind the field, not in its name.
    #[test]
    fn takes_the_unit_off() {
        assert_eq!(split_unit("更新の手数料(円)"), ("更新の手数料", "円"));
        assert_eq!(split_unit("暗証番号再設定の本人確認(本人)"), ("暗証番号再設定の本人確認(本人)", ""));
    }
}
