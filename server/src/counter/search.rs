//! Finding people by whatever the clerk has at hand.
//!
//! Words narrow: a birth date filters, everything else is a beginning of a name, a reading, an address, or a number.
//! Neighbouring words may be one name typed with a space, so every way of joining them is tried.

#[cfg(test)]
mod on_disk;
pub mod question;

use crate::audit::{self, Entry, Kind};
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::letters;
use crate::store::residents::Resident;
use crate::store::search::{self, Prefix};
use crate::store::{self};
use app::components::Pages;
use app::pages::search::{Hit, PersonHit, SearchPage};
use chrono::NaiveDate;
use forms::code;
use question::{Question, half_width, understand, ways_of_joining};
pub use question::{document_number, reception_number};
use rules::dates::{LeapBirthday, age_on};
use rules::wareki;
use std::collections::{BTreeSet, HashMap};

/// Lines on a page.
const PAGE: usize = 50;
/// Most people that one word may find of each kind of key; the rest is asked to be narrowed.
const MOST: usize = 2000;
/// The longest question; nothing anybody types is longer.
const LONGEST: usize = 200;

/// What a search came to.
#[derive(Clone, Debug)]
pub enum Answer {
    /// It names this case.
    Case(String),
    /// It is a letter's code or number: the address of its case, or of its person.
    Letter(String),
    /// A list of people.
    People(Box<SearchPage>),
}

/// Looks for people. The search goes into the trail, its words don't.
///
/// # Errors
/// When the role may not search or the database refuses.
pub async fn search(office: &Office, visitor: &Visitor, query: &str, page: u32) -> Result<Answer> {
    visitor.require(Act::SeeResidents)?;
    let query: String = query.trim().chars().take(LONGEST).collect();
    let mut shown = SearchPage { query: query.clone(), ..SearchPage::default() };
    if query.is_empty() {
        return Ok(Answer::People(Box::new(shown)));
    }
    if let Some(number) = reception_number(&query)
        && search::has_case(office.store().read(), &number).await?
    {
        return Ok(Answer::Case(number));
    }
    if let Some(address) = letter(office, visitor, &query).await? {
        return Ok(Answer::Letter(address));
    }
    let question = understand(&query);
    let found = find(office, &question).await?;
    let many = found.numbers.len();
    let last = u32::try_from(many.div_ceil(PAGE)).unwrap_or(u32::MAX).max(1);
    let current = page.clamp(1, last);
    shown.hits = hits(office, visitor, &found.numbers, current).await?;
    shown.understood = understood(&question, found.cut);
    shown.pages =
        Pages { current, last, total: many as u64, address: format!("/search?q={}&page=", encoded(&query)) };
    let mut tx = office.store().write().await?;
    let sentence = format!("住民を検索しました({many}人)。");
    audit::record(&mut tx, &office.clock().stamp(), Entry::done(Kind::Searched, visitor, sentence)).await?;
    tx.commit().await?;
    Ok(Answer::People(Box::new(shown)))
}

/// Where the code that a scanner typed, or a 文書番号 such as 照会-000123, leads.
async fn letter(office: &Office, visitor: &Visitor, query: &str) -> Result<Option<String>> {
    let pool = office.store().read();
    let scanned = code::scanned(query);
    let number = document_number(query);
    if scanned.is_none() && number.is_none() {
        return Ok(None);
    }
    let token = scanned.as_ref().map(|scanned| scanned.token.as_str());
    let Some(found) = letters::find(pool, token, number).await? else { return Ok(None) };
    let sheet = match &scanned {
        Some(scanned) if scanned.reply => "?scanned=reply",
        Some(_) => "?scanned=letter",
        None => "",
    };
    let address = match &found.reception_number {
        Some(reception) => format!("/cases/{reception}{sheet}"),
        None => format!("/residents/{}{sheet}", found.resident_number),
    };
    let mut tx = office.store().write().await?;
    let sentence = "文書の番号から開きました。";
    let entry = Entry::done(Kind::Searched, visitor, sentence).about(&found.resident_number);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await?;
    Ok(Some(address))
}

fn understood(question: &Question, cut: bool) -> String {
    let mut parts = Vec::new();
    if let Some(birth) = question.birth {
        parts.push(format!("{}生まれの人", wareki::long(birth)));
    }
    if cut {
        parts.push("当てはまる人が多いため、はじめの一部。言葉を足すと絞り込めます".to_owned());
    }
    parts.join("、")
}

/// Numbers of the people found, in the order of the list.
struct Found {
    numbers: Vec<String>,
    cut: bool,
}

async fn find(office: &Office, question: &Question) -> Result<Found> {
    let pool = office.store().read();
    let everyone = i64::MAX;
    let (mut numbers, mut cut) = (BTreeSet::new(), false);
    if let Some(birth) = question.birth {
        let born = search::born_on(pool, birth).await?;
        if question.words.is_empty() {
            numbers.extend(born);
            // 20251010 may be somebody's number as well.
            let digits = birth.format("%Y%m%d").to_string();
            numbers.extend(search::with_number(pool, &digits).await?);
        } else {
            numbers.extend(fitting(office, &born, &question.words).await?);
        }
    } else {
        for groups in ways_of_joining(&question.words) {
            let mut sets = Vec::with_capacity(groups.len());
            for group in &groups {
                sets.push(with_word(office, group, MOST).await?);
            }
            let full = sets.iter().all(|set| set.len() >= MOST);
            if full && groups.len() > 1 {
                // Every word is common: only the whole lists can be compared.
                sets.clear();
                for group in &groups {
                    sets.push(
                        with_word(office, group, usize::try_from(everyone).unwrap_or(usize::MAX)).await?,
                    );
                }
            }
            cut |= full && groups.len() == 1;
            numbers.extend(in_all(office, sets, &groups).await?);
        }
    }
    let numbers: Vec<String> = numbers.into_iter().collect();
    let order = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    Ok(Found { numbers: search::page(pool, &numbers, 0, order).await?, cut })
}

/// The people one of whose keys begins with a word, or to whom it belongs as a number.
async fn with_word(office: &Office, word: &str, most: usize) -> Result<Vec<String>> {
    let pool = office.store().read();
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut numbers = search::beginning_with(pool, &Prefix::new(word), most).await?;
    let plain: String = word.chars().map(half_width).collect();
    if plain.len() >= 3 && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        numbers.extend(search::with_number(pool, &plain).await?);
    }
    Ok(numbers)
}

/// The people who are in every set. A set that was cut off says nothing about who isn't in it: there the records are
/// asked.
async fn in_all(office: &Office, sets: Vec<Vec<String>>, groups: &[String]) -> Result<Vec<String>> {
    let Some(smallest) = (0..sets.len()).min_by_key(|&index| sets[index].len()) else {
        return Ok(Vec::new());
    };
    let mut unsure = Vec::new();
    let mut kept: BTreeSet<&String> = sets[smallest].iter().collect();
    for (index, set) in sets.iter().enumerate().filter(|(index, _)| *index != smallest) {
        if set.len() == MOST || set.len() > 10 * MOST {
            unsure.push(groups[index].clone());
        } else {
            let set: BTreeSet<&String> = set.iter().collect();
            kept.retain(|number| set.contains(number));
        }
    }
    let kept: Vec<String> = kept.into_iter().cloned().collect();
    if unsure.is_empty() { Ok(kept) } else { fitting_each(office, &kept, &unsure).await }
}

/// Those of these people whom the words fit in some way of joining them.
async fn fitting(office: &Office, numbers: &[String], words: &[String]) -> Result<Vec<String>> {
    let mut found = BTreeSet::new();
    for groups in ways_of_joining(words) {
        found.extend(fitting_each(office, numbers, &groups).await?);
    }
    Ok(found.into_iter().collect())
}

/// Those of these people whom each of the words fits.
async fn fitting_each(office: &Office, numbers: &[String], words: &[String]) -> Result<Vec<String>> {
    let prefixes: Vec<Prefix> = words.iter().map(|word| Prefix::new(word)).collect();
    let residents = load(office, numbers).await?;
    let fits = |resident: &Resident| {
        let keys = search::keys(resident);
        prefixes.iter().zip(words).all(|(prefix, word)| prefix.fits(&keys) || resident.number == *word)
    };
    Ok(residents.into_iter().filter(fits).map(|resident| resident.number).collect())
}

async fn load(office: &Office, numbers: &[String]) -> Result<Vec<Resident>> {
    let mut connection = office.store().read().acquire().await?;
    let wanted: Vec<&str> = numbers.iter().map(String::as_str).collect();
    store::residents::many(&mut connection, &wanted).await
}

/// The lines of one page. Of people under support measures a clerk sees nothing, not even where in the order they would
/// stand.
async fn hits(office: &Office, visitor: &Visitor, numbers: &[String], page: u32) -> Result<Vec<Hit>> {
    let skip = (page as usize - 1) * PAGE;
    let here: Vec<String> = numbers.iter().skip(skip).take(PAGE).cloned().collect();
    let mut people: HashMap<String, Resident> =
        load(office, &here).await?.into_iter().map(|resident| (resident.number.clone(), resident)).collect();
    let today = office.clock().today();
    let expiries = search::next_expiries(office.store().read(), &here, today).await?;
    let expiries: HashMap<String, NaiveDate> =
        expiries.into_iter().map(|next| (next.number, next.expires)).collect();
    let sees_all = visitor.may(Act::SeeSuppressed);
    let (mut hits, mut masked) = (Vec::new(), 0);
    for resident in here.iter().filter_map(|number| people.remove(number)) {
        if resident.suppressed && !sees_all {
            masked += 1;
        } else {
            let expires = expiries.get(&resident.number).copied();
            hits.push(Hit::Person(Box::new(person(resident, expires, today))));
        }
    }
    hits.extend(std::iter::repeat_n(Hit::Masked, masked));
    Ok(hits)
}

fn person(resident: Resident, expires: Option<NaiveDate>, today: NaiveDate) -> PersonHit {
    let mut other = Vec::new();
    other.extend(resident.old_surname.as_ref().map(|old| format!("旧氏 {old}")));
    other.extend(resident.alias.as_ref().map(|alias| format!("通称 {alias}")));
    let mut flags = Vec::new();
    if resident.suppressed {
        flags.push("支援措置");
    }
    if resident.status != rules::kinds::ResidentStatus::Resident {
        flags.push(resident.status.label());
    }
    PersonHit {
        address: super::facts::full_address(&resident),
        age: u32::try_from(age_on(resident.birth, today, LeapBirthday::February28)).unwrap_or(0),
        other_name: other.join(" "),
        flag: flags.join(" "),
        number: resident.number,
        name: resident.name,
        kana: resident.kana,
        birth: resident.birth,
        sex: resident.sex,
        household: resident.household_number,
        expires,
    }
}

/// A question as part of an address.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
