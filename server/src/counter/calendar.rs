//! The office's days and hours: read from its forms, changed one line at a time, noted in the trail, in force at once.

use super::settings::history::{self, Change};
use super::settings::{SAVING, changed, version};
use crate::audit::Kind;
use crate::error::{Refusal, Result};
use crate::office::{Office, RULES_KEY, Rulebook};
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use crate::store;
use crate::store::setting_changes::ChangeRow;
use app::components::FormErrors;
use app::pages::calendar_settings::{
    CalendarSettingsPage, DayAhead, EntryLine, EntryList, Typed, UsualDaysForm,
};
use rules::NaiveDate;
use rules::calendar::{
    CalendarEntry, EntryKind, OfficeCalendar, UsualDays, show_day_of_year, show_time, span,
};
use rules::settings::OfficeSettings;
use rules::wareki;

mod forms;

/// The order of the page: what an office decides most often comes first.
const LISTS: [EntryKind; 5] =
    [EntryKind::Closure, EntryKind::Extra, EntryKind::Weekend, EntryKind::Late, EntryKind::Stop];
const USUAL_KEY: &str = "calendar_usual";
/// How many of the next days the page shows: two weeks and both weekends around them.
const DAYS_AHEAD: usize = 21;

/// The key in the trail of one line of a list.
fn line_key(kind: EntryKind, key: &str) -> String {
    format!("calendar_{}:{key}", kind.code())
}

/// The page as things stand; with what was typed instead where something was wrong with it.
///
/// # Errors
/// When the database can't be read.
pub async fn page(
    office: &Office,
    visitor: &Visitor,
    typed: Typed,
    errors: FormErrors,
) -> Result<CalendarSettingsPage> {
    let (rulebook, today) = (office.rulebook(), office.clock().today());
    let changes = store::setting_changes::last(office.store().read(), Kind::SettingChanged as i64).await?;
    let calendar = &rulebook.settings.calendar;
    let lists = LISTS.iter().map(|kind| list(calendar, *kind, today, &changes)).collect();
    let mut usual = usual_form(&calendar.usual(), changed(USUAL_KEY, &changes));
    forms::show_typed(&mut usual, &typed);
    Ok(CalendarSettingsPage {
        errors,
        usual,
        version: version(&rulebook.settings, &office.text())?,
        lists,
        typed,
        days: today.iter_days().take(DAYS_AHEAD).map(|day| ahead(&rulebook, day)).collect(),
        may_change: visitor.may(Act::ChangeSettings),
    })
}

fn list(calendar: &OfficeCalendar, kind: EntryKind, today: NaiveDate, changes: &[ChangeRow]) -> EntryList {
    let line = |entry: &CalendarEntry| EntryLine {
        key: entry.key(),
        when: entry.when(),
        reason: entry.reason().to_owned(),
        changed: changed(&line_key(kind, &entry.key()), changes),
    };
    let is_over = |entry: &CalendarEntry| entry.last_day().is_some_and(|last| last < today);
    let (past, coming): (Vec<_>, Vec<_>) = calendar.entries(kind).into_iter().partition(is_over);
    EntryList { kind, lines: coming.iter().map(line).collect(), past: past.iter().map(line).collect() }
}

fn usual_form(usual: &UsualDays, changed: String) -> UsualDaysForm {
    let lunch = |time: fn(rules::calendar::Hours) -> chrono::NaiveTime| {
        usual.lunch.map(|lunch| show_time(time(lunch))).unwrap_or_default()
    };
    UsualDaysForm {
        time_from: show_time(usual.hours.from),
        time_until: show_time(usual.hours.until),
        lunch_from: lunch(|lunch| lunch.from),
        lunch_until: lunch(|lunch| lunch.until),
        year_end_from: show_day_of_year(usual.year_end.0),
        year_end_until: show_day_of_year(usual.year_end.1),
        link_until: show_time(usual.national_link_until),
        changed,
    }
}

/// One day as the pages with the next days show it.
pub(super) fn ahead(rulebook: &Rulebook, date: NaiveDate) -> DayAhead {
    let calendar = &rulebook.calendar;
    let day = calendar.day(date);
    let spans =
        |hours: &[rules::calendar::Hours]| hours.iter().copied().map(span).collect::<Vec<_>>().join("、");
    let reason = day.reason.as_deref().unwrap_or_default().trim_end_matches('。');
    let noted = if reason.is_empty() { String::new() } else { format!("({reason})") };
    let hours = if day.open { spans(&day.hours) } else { "閉庁".to_owned() };
    let card_work = match calendar.stop_reason(date) {
        _ if !day.open => "なし".to_owned(),
        Some(stop) => stop,
        None => {
            let possible = calendar.card_work_hours(date);
            if possible == day.hours { "窓口と同じ".to_owned() } else { spans(&possible) }
        }
    };
    DayAhead {
        day: wareki::long_weekday(date),
        hours: format!("{hours}{noted}"),
        card_work,
        stands_out: !day.card_work,
    }
}

/// What became of a form.
#[derive(Debug)]
pub enum Saved {
    /// Stored and in force.
    Done,
    /// Nothing was stored: this is wrong with it.
    Wrong(FormErrors),
}

/// Changes ordinary days.
///
/// # Errors
/// A refusal when somebody else changed the settings since the form was made.
pub async fn save_usual(office: &Office, visitor: &Visitor, typed: &Typed) -> Result<Saved> {
    visitor.require(Act::ChangeSettings)?;
    let _turn = SAVING.lock().await;
    let mut settings = office.rulebook().settings.clone();
    let seen = typed.get("version").and_then(|values| values.first());
    if seen != Some(&version(&settings, &office.text())?) {
        return Err(Refusal::conflict(
            "このページを開いている間に、ほかの職員が設定を変えました。",
            "開庁日と時間のページを開き直し、今の時刻を見てから変えてください。",
        )
        .into());
    }
    let before = settings.calendar.usual();
    let wanted = match forms::usual(typed) {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(Saved::Wrong(FormErrors(errors))),
    };
    if let Err(fault) = settings.calendar.set_usual(wanted) {
        return Ok(Saved::Wrong(FormErrors(vec![forms::wrong(fault.field(), fault.to_string())])));
    }
    if before == wanted {
        return Ok(Saved::Done);
    }
    let sentence = format!("開庁の時間を変えました(前: {}、今: {})。", told(&before), told(&wanted));
    let change = Change { key: USUAL_KEY.to_owned(), sentence, old: told(&before), new: told(&wanted) };
    keep(office, visitor, settings, &change).await?;
    Ok(Saved::Done)
}

fn told(usual: &UsualDays) -> String {
    let form = usual_form(usual, String::new());
    let lunch = usual.lunch.map_or("昼休みなし".to_owned(), |lunch| format!("昼休み{}", span(lunch)));
    format!(
        "{}、{lunch}、年末年始{}から{}まで、全国システム{}まで",
        span(usual.hours),
        form.year_end_from,
        form.year_end_until,
        form.link_until
    )
}

/// Enters a line in a list.
///
/// # Errors
/// When the person may not, or the database refuses.
pub async fn enter(office: &Office, visitor: &Visitor, kind: EntryKind, typed: &Typed) -> Result<Saved> {
    visitor.require(Act::ChangeSettings)?;
    let _turn = SAVING.lock().await;
    let mut settings = office.rulebook().settings.clone();
    let wanted = match forms::entry(kind, typed) {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(Saved::Wrong(FormErrors(errors))),
    };
    let key = wanted.key();
    if let Err(fault) = settings.calendar.enter(wanted, office.clock().today()) {
        let field = forms::field_of(kind, fault.field());
        return Ok(Saved::Wrong(FormErrors(vec![forms::wrong(&field, fault.to_string())])));
    }
    let kept = settings.calendar.entries(kind).into_iter().find(|entry| entry.key() == key);
    let told = kept.map(|entry| entry.sentence()).unwrap_or_default();
    let sentence = format!("「{}」に「{told}」を登録しました。", kind.label());
    let change = Change { key: line_key(kind, &key), sentence, old: String::new(), new: told };
    keep(office, visitor, settings, &change).await?;
    Ok(Saved::Done)
}

/// Takes a line out of a list.
///
/// # Errors
/// A refusal when it is no longer there.
pub async fn take_out(office: &Office, visitor: &Visitor, kind: EntryKind, key: &str) -> Result<()> {
    visitor.require(Act::ChangeSettings)?;
    let _turn = SAVING.lock().await;
    let mut settings = office.rulebook().settings.clone();
    let Some(gone) = settings.calendar.take_out(kind, key) else {
        return Err(Refusal::conflict(
            "その登録はもうありません。ほかの職員が先に取り消しました。",
            "開庁日と時間のページを開き直してください。",
        )
        .into());
    };
    let sentence = format!("「{}」の「{}」を取り消しました。", kind.label(), gone.sentence());
    let change = Change { key: line_key(kind, key), sentence, old: gone.sentence(), new: String::new() };
    keep(office, visitor, settings, &change).await
}

/// Stores changed settings with their line in the trail, and puts them in force.
async fn keep(office: &Office, visitor: &Visitor, settings: OfficeSettings, change: &Change) -> Result<()> {
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    let json = serde_json::to_string(&settings)?;
    store::settings::set(&mut tx, RULES_KEY, &json, Some(visitor.staff_id), &at).await?;
    history::note(&mut tx, visitor, &at, change).await?;
    tx.commit().await?;
    office.put_in_force(settings);
    Ok(())
}
