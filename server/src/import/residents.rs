//! A row of a file of residents as a resident.

use super::cell::{Cells, Fault};
use super::words;
use crate::store::residents::Resident;
use chrono::NaiveDate;
use rules::kinds::{ResidentKind, ResidentStatus};

/// The columns, in the order of the office's specification.
pub const COLUMNS: &[&str] = &[
    "宛名番号",
    "世帯番号",
    "氏名",
    "氏名カナ",
    "旧氏",
    "通称",
    "生年月日",
    "性別",
    "郵便番号",
    "住所",
    "方書",
    "住民種別",
    "在留資格",
    "在留期間満了日",
    "成年被後見人",
    "支援措置",
    "居所登録",
    "異動事由",
    "異動日",
];

const NUMBER: usize = 0;
const HOUSEHOLD: usize = 1;
const NAME: usize = 2;
const KANA: usize = 3;
const OLD_SURNAME: usize = 4;
const ALIAS: usize = 5;
const BIRTH: usize = 6;
const SEX: usize = 7;
const POSTAL_CODE: usize = 8;
const ADDRESS: usize = 9;
const BUILDING: usize = 10;
const KIND: usize = 11;
const RESIDENCE_STATUS: usize = 12;
const STAY_UNTIL: usize = 13;
const ADULT_WARD: usize = 14;
const SUPPRESSED: usize = 15;
const ELSEWHERE: usize = 16;
const REASON: usize = 17;
const CHANGED_ON: usize = 18;

/// Nobody is older (years).
const OLDEST: u32 = 130;

/// Reads one row.
///
/// # Errors
/// The first column that can't be, with one sentence.
pub fn read(cells: &Cells<'_>, today: NaiveDate) -> Result<Resident, Fault> {
    let number = cells.identifier(NUMBER)?;
    let household_number =
        if cells.trimmed(HOUSEHOLD).is_empty() { String::new() } else { cells.identifier(HOUSEHOLD)? };
    let name = cells.text(NAME)?;
    let kind = cells.word(KIND, words::RESIDENT_KIND)?;
    let kana = kana(cells, kind)?;
    let birth = birth(cells, today)?;
    let sex = cells.word(SEX, words::SEX)?;
    let (change_reason, change_date, status) = change(cells, birth, today)?;
    let postal_code = postal_code(cells, status)?;
    let (residence_status, stay_until) = stay(cells, kind)?;
    Ok(Resident {
        number,
        household_number,
        name,
        kana,
        old_surname: cells.optional_text(OLD_SURNAME)?,
        alias: cells.optional_text(ALIAS)?,
        birth,
        sex,
        postal_code,
        address: cells.text(ADDRESS)?,
        building: cells.optional_text(BUILDING)?,
        kind,
        residence_status,
        stay_until,
        adult_ward: cells.flag(ADULT_WARD)?,
        suppressed: cells.flag(SUPPRESSED)?,
        registered_elsewhere: cells.flag(ELSEWHERE)?,
        change_reason,
        change_date,
        status,
        version: 0,
    })
}

/// Foreign residents may be registered without a reading.
fn kana(cells: &Cells<'_>, kind: ResidentKind) -> Result<String, Fault> {
    match kind {
        ResidentKind::Foreign => Ok(cells.optional_text(KANA)?.unwrap_or_default()),
        ResidentKind::Japanese => cells.text(KANA),
    }
}

fn birth(cells: &Cells<'_>, today: NaiveDate) -> Result<NaiveDate, Fault> {
    let birth = cells.date(BIRTH)?;
    if birth > today {
        return Err(cells.fault(BIRTH, "今日より後の日付です。"));
    }
    if today.years_since(birth).is_some_and(|age| age > OLDEST) {
        return Err(cells.fault(BIRTH, format!("{OLDEST}歳を超えています。年号を確かめてください。")));
    }
    Ok(birth)
}

fn postal_code(cells: &Cells<'_>, status: ResidentStatus) -> Result<String, Fault> {
    let text = cells.trimmed(POSTAL_CODE);
    let mut digits = String::with_capacity(7);
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '０'..='９' => {
                digits.push(char::from(b'0' + u8::try_from(u32::from(c) - u32::from('０')).unwrap_or(0)));
            }
            '-' | '－' | '‐' | '−' | 'ー' | '〒' | ' ' | '　' => {}
            _ => {
                return Err(cells.fault(
                    POSTAL_CODE,
                    format!("「{text}」は郵便番号として読めません。7桁の数字にしてください。"),
                ));
            }
        }
    }
    match digits.len() {
        7 => Ok(digits),
        // People who have left may have an address abroad.
        0 if status != ResidentStatus::Resident => Ok(digits),
        0 => Err(cells.fault(POSTAL_CODE, "空です。必ず入れてください。")),
        count => Err(cells.fault(POSTAL_CODE, format!("数字が{count}桁です。7桁にしてください。"))),
    }
}

fn stay(cells: &Cells<'_>, kind: ResidentKind) -> Result<(Option<String>, Option<NaiveDate>), Fault> {
    let (status, until) = (cells.optional_text(RESIDENCE_STATUS)?, cells.optional_date(STAY_UNTIL)?);
    if kind == ResidentKind::Japanese {
        for (index, there) in [(RESIDENCE_STATUS, status.is_some()), (STAY_UNTIL, until.is_some())] {
            if there {
                return Err(cells.fault(index, "住民種別が日本人の行に入っています。"));
            }
        }
    }
    Ok((status, until))
}

/// What last happened to the person. A move that is announced for a later day hasn't happened yet.
fn change(
    cells: &Cells<'_>,
    birth: NaiveDate,
    today: NaiveDate,
) -> Result<(Option<String>, Option<NaiveDate>, ResidentStatus), Fault> {
    let (reason, date) = (cells.optional_text(REASON)?, cells.optional_date(CHANGED_ON)?);
    let Some(status) = words::reason(cells.trimmed(REASON)) else {
        let sentence = format!(
            "「{}」は読めません。{} などのどれかにしてください。",
            cells.trimmed(REASON),
            words::known_reasons()
        );
        return Err(cells.fault(REASON, sentence));
    };
    if date.is_some_and(|date| date < birth) {
        return Err(cells.fault(CHANGED_ON, "生年月日より前の日付です。"));
    }
    let later = date.is_some_and(|date| date > today);
    let status = match status {
        ResidentStatus::Dead | ResidentStatus::Deleted if later => {
            return Err(cells.fault(CHANGED_ON, "今日より後の日付です。"));
        }
        ResidentStatus::MovedOut | ResidentStatus::MovedAbroad if later => ResidentStatus::Resident,
        status => status,
    };
    Ok((reason, date, status))
}
