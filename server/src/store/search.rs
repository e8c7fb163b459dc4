//! Folded keys for finding people, and the lookups by number. The records themselves are never normalised.

use super::residents::Resident;
use crate::error::Result;
use chrono::NaiveDate;
use rules::fold;
use sqlx::{SqliteConnection, SqlitePool};

/// The words under which a resident is found: kind and folded key.
pub fn keys(resident: &Resident) -> Vec<(&'static str, String)> {
    let mut keys = vec![("name", fold::name(&resident.name)), ("kana", fold::kana(&resident.kana))];
    if let Some(old) = &resident.old_surname {
        keys.push(("old_surname", fold::name(&format!("{old}{}", given_name(&resident.name)))));
    }
    if let Some(alias) = &resident.alias {
        keys.push(("alias", fold::name(alias)));
    }
    let building = resident.building.as_deref().unwrap_or_default();
    let address = without_prefecture(&fold::address(&format!("{}{building}", resident.address))).to_owned();
    let town = from_town(&address);
    if town.len() < address.len() {
        keys.push(("address", town.to_owned()));
    }
    keys.push(("address", address));
    keys.retain(|(_, key)| !key.is_empty());
    keys
}

/// What follows the surname, where the register separates them.
fn given_name(name: &str) -> &str {
    name.trim().split_once(char::is_whitespace).map_or("", |(_, given)| given)
}

/// A folded address without its prefecture: clerks rarely type it, and never need it.
pub fn without_prefecture(address: &str) -> &str {
    for prefecture in ["北海道", "東京都", "大阪府", "京都府"] {
        if let Some(rest) = address.strip_prefix(prefecture) {
            return rest;
        }
    }
    // Two or three characters before 県: 千葉県, 神奈川県.
    match address.char_indices().take(4).find(|(_, c)| *c == '県') {
        Some((at, c)) if at > 0 => &address[at + c.len_utf8()..],
        _ => address,
    }
}

/// The part of a folded address from the town's name on; the whole where no municipality is seen.
fn from_town(address: &str) -> &str {
    let after = |text: &str, marks: &[char]| {
        let mut found = text.char_indices().skip(1).take(7).filter(|(_, c)| marks.contains(c));
        found.next().map(|(at, c)| at + c.len_utf8())
    };
    if let Some(mut at) = after(address, &['市', '区', '郡']) {
        // 四日市市, 廿日市市
        if address[at..].starts_with('市') {
            at += '市'.len_utf8();
        }
        // 千葉市中央区, 〇〇郡〇〇町
        let marks: &[char] = if address[..at].ends_with('郡') { &['町', '村'] } else { &['区'] };
        if !address[..at].ends_with('区')
            && let Some(more) = after(&address[at..], marks)
        {
            at += more;
        }
        return &address[at..];
    }
    address
}

/// Writes the keys of these residents anew.
///
/// # Errors
/// When the database refuses.
pub async fn index(tx: &mut SqliteConnection, residents: &[&Resident]) -> Result<()> {
    if residents.is_empty() {
        return Ok(());
    }
    let numbers: Vec<&str> = residents.iter().map(|resident| resident.number.as_str()).collect();
    let numbers = serde_json::to_string(&numbers)?;
    sqlx::query!(
        "DELETE FROM search_keys WHERE resident_number IN (SELECT value FROM json_each(?))",
        numbers
    )
    .execute(&mut *tx)
    .await?;
    let mut rows: Vec<(&str, String, &str)> = Vec::with_capacity(residents.len() * 5);
    for resident in residents {
        rows.extend(keys(resident).into_iter().map(|(kind, key)| (kind, key, resident.number.as_str())));
    }
    // In the order of the index, so that neighbours are written together.
    rows.sort_unstable();
    let rows = serde_json::to_string(&rows)?;
    sqlx::query!(
        "INSERT OR IGNORE INTO search_keys (kind, key, resident_number)
         SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)",
        rows
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A word as it is looked for: by name, by kana and by address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// Folded as a name.
    pub name: String,
    /// Folded as kana.
    pub kana: String,
    /// Folded as an address without its prefecture.
    pub address: String,
}

impl Prefix {
    /// A word as typed.
    pub fn new(word: &str) -> Self {
        Self {
            name: fold::name(word),
            kana: fold::kana(word),
            address: without_prefecture(&fold::address(word)).to_owned(),
        }
    }

    /// True when one of a resident's keys begins with it.
    pub fn fits(&self, keys: &[(&'static str, String)]) -> bool {
        keys.iter().any(|(kind, key)| {
            let wanted = match *kind {
                "kana" => &self.kana,
                "address" => &self.address,
                _ => &self.name,
            };
            !wanted.is_empty() && key.starts_with(wanted.as_str())
        })
    }
}

/// The numbers of people one of whose keys begins with the word; at most `most` of each kind of key.
///
/// # Errors
/// When the database refuses.
pub async fn beginning_with(pool: &SqlitePool, word: &Prefix, most: i64) -> Result<Vec<String>> {
    let (name_end, kana_end, address_end) = (end(&word.name), end(&word.kana), end(&word.address));
    Ok(sqlx::query_scalar!(
        r#"SELECT * FROM (SELECT resident_number AS "number!: String" FROM search_keys
                          WHERE kind = 'kana' AND key >= ?3 AND key < ?4 ORDER BY key LIMIT ?7)
           UNION SELECT * FROM (SELECT resident_number FROM search_keys
                                WHERE kind = 'name' AND key >= ?1 AND key < ?2 ORDER BY key LIMIT ?7)
           UNION SELECT * FROM (SELECT resident_number FROM search_keys
                                WHERE kind = 'old_surname' AND key >= ?1 AND key < ?2 ORDER BY key LIMIT ?7)
           UNION SELECT * FROM (SELECT resident_number FROM search_keys
                                WHERE kind = 'alias' AND key >= ?1 AND key < ?2 ORDER BY key LIMIT ?7)
           UNION SELECT * FROM (SELECT resident_number FROM search_keys
                                WHERE kind = 'address' AND key >= ?5 AND key < ?6 ORDER BY key LIMIT ?7)"#,
        word.name,
        name_end,
        word.kana,
        kana_end,
        word.address,
        address_end,
        most
    )
    .fetch_all(pool)
    .await?)
}

/// The first text that no longer begins with `prefix`; nothing begins with an empty one.
fn end(prefix: &str) -> String {
    if prefix.is_empty() { String::new() } else { format!("{prefix}\u{10FFFF}") }
}

/// The numbers of people born on a day.
///
/// # Errors
/// When the database refuses.
pub async fn born_on(pool: &SqlitePool, day: NaiveDate) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!("SELECT resident_number FROM residents WHERE birth = ?", day)
        .fetch_all(pool)
        .await?)
}

/// The numbers of people to whom a number belongs: 宛名番号, カード番号, 文書番号 or a certificate's serial.
///
/// # Errors
/// When the database refuses.
pub async fn with_number(pool: &SqlitePool, number: &str) -> Result<Vec<String>> {
    let upper = number.to_ascii_uppercase();
    let serial = upper.trim_start_matches('0');
    let document: i64 = number.parse().unwrap_or(-1);
    Ok(sqlx::query_scalar!(
        r#"SELECT resident_number AS "number!: String" FROM residents WHERE resident_number IN (?1, ?2)
           UNION SELECT resident_number FROM cards WHERE card_number = ?2
           UNION SELECT resident_number FROM letters WHERE number = ?3
           UNION SELECT resident_number FROM cards WHERE card_number IN
               (SELECT card_number FROM certificates WHERE kind IN ('signature', 'authentication') AND serial = ?4)"#,
        number,
        upper,
        document,
        serial
    )
    .fetch_all(pool)
    .await?)
}

/// True when a case has this reception number.
///
/// # Errors
/// When the database refuses.
pub async fn has_case(pool: &SqlitePool, reception_number: &str) -> Result<bool> {
    let found = sqlx::query_scalar!("SELECT id FROM cases WHERE reception_number = ?", reception_number);
    Ok(found.fetch_optional(pool).await?.is_some())
}

/// Puts people into the order of a list, kana then birth, and cuts out a page of it.
///
/// # Errors
/// When the database refuses.
pub async fn page(pool: &SqlitePool, numbers: &[String], skip: i64, many: i64) -> Result<Vec<String>> {
    let wanted = serde_json::to_string(numbers)?;
    Ok(sqlx::query_scalar!(
        r#"SELECT resident_number AS "number!: String"
           FROM json_each(?) AS wanted CROSS JOIN residents ON resident_number = wanted.value
           ORDER BY kana, birth, resident_number LIMIT ? OFFSET ?"#,
        wanted,
        many,
        skip
    )
    .fetch_all(pool)
    .await?)
}

/// When the next of a person's certificates in force ends.
#[derive(Clone, Debug)]
pub struct NextExpiry {
    /// 宛名番号.
    pub number: String,
    /// The day.
    pub expires: NaiveDate,
}

/// When the next certificate in force ends, for each of these people who has one.
///
/// # Errors
/// When the database refuses.
pub async fn next_expiries(
    pool: &SqlitePool,
    numbers: &[String],
    today: NaiveDate,
) -> Result<Vec<NextExpiry>> {
    let wanted = serde_json::to_string(numbers)?;
    Ok(sqlx::query_as!(
        NextExpiry,
        r#"SELECT cards.resident_number AS "number!", min(certificates.expires) AS "expires!: NaiveDate"
           FROM json_each(?) AS wanted CROSS JOIN cards ON cards.resident_number = wanted.value
           CROSS JOIN certificates ON certificates.card_number = cards.card_number
           WHERE certificates.current = 1 AND certificates.status <> 'revoked' AND certificates.expires >= ?
             AND cards.status <> 'abolished'
           GROUP BY cards.resident_number"#,
        wanted,
        today
    )
    .fetch_all(pool)
    .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The town is found whatever stands before it.
    #[test]
    fn addresses_are_found_from_the_municipality_and_from_the_town() {
        for (address, municipality, town) in [
            ("東京都北区赤羽1-2-3", "北区赤羽1-2-3", "赤羽1-2-3"),
            ("千葉県千葉市中央区市場町1-1", "千葉市中央区市場町1-1", "市場町1-1"),
            ("三重県四日市市諏訪町1-5", "四日市市諏訪町1-5", "諏訪町1-5"),
            ("千葉県市川市八幡1-1", "市川市八幡1-1", "八幡1-1"),
            ("長野県東筑摩郡筑北村坂北1", "東筑摩郡筑北村坂北1", "坂北1"),
            ("北海道札幌市北区北8", "札幌市北区北8", "北8"),
        ] {
            assert_eq!(without_prefecture(address), municipality);
            assert_eq!(from_town(municipality), town, "{address}");
        }
    }

    /// Finding people walks the keys' index and reads only what begins with the word.
    #[tokio::test]
    async fn prefixes_are_ranges_of_an_index() {
        let directory = tempfile::tempdir().unwrap();
        let store = crate::store::Store::open(&directory.path().join("office.db")).await.unwrap();
        for (query, wanted) in [
            (
                "SELECT resident_number FROM search_keys WHERE kind = 'kana' AND key >= 'ア' AND key < 'イ' ORDER BY key LIMIT 9",
                "SEARCH search_keys USING PRIMARY KEY (kind=? AND key>? AND key<?)",
            ),
            (
                "SELECT resident_number FROM residents WHERE birth = '1980-10-10'",
                "residents_by_birth (birth=?)",
            ),
            (
                "SELECT card_number FROM certificates WHERE kind IN ('signature', 'authentication') AND serial = 'A'",
                "(kind=? AND serial=?)",
            ),
            (
                "SELECT card_number FROM cards WHERE resident_number = '1'",
                "cards_by_resident (resident_number=?)",
            ),
            ("SELECT id FROM certificates WHERE card_number = '1'", "certificates_by_card (card_number=?)"),
        ] {
            let plan: Vec<(i64, i64, i64, String)> =
                sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}")))
                    .fetch_all(store.read())
                    .await
                    .unwrap();
            let lines: Vec<&str> = plan.iter().map(|(_, _, _, line)| line.as_str()).collect();
            assert!(lines.len() == 1 && lines[0].contains(wanted), "{query}: {lines:?}");
        }
    }
}
