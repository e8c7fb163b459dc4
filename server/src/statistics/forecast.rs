//! Notices and what became of them; what expires in the next 36 months.

use super::{Cell, Range, Sheet, percent};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::store::statistics::{self, Expiring};
use chrono::{Datelike, Months, NaiveDate};
use rules::wareki;

/// How many months the forecast reaches.
pub(super) const MONTHS: u32 = 36;

/// Notices printed in a span, and how many of the people have had a certificate issued since.
pub(super) async fn notices(office: &Office, range: &Range) -> Result<Sheet> {
    let groups = statistics::notices(office.store().read(), range.from, range.before()).await?;
    let (mut rows, mut letters, mut renewed) = (Vec::new(), 0, 0);
    for group in &groups {
        let (sent, came) = (group.letters.unsigned_abs(), group.renewed.unsigned_abs());
        let month = wareki::long_month(first_of(&group.expiring)?);
        rows.push(vec![
            Cell::Text(month),
            Cell::Count(sent),
            Cell::Count(came),
            Cell::Count(sent - came.min(sent)),
            percent(came, sent),
        ]);
        (letters, renewed) = (letters + sent, renewed + came);
    }
    if !rows.is_empty() {
        rows.push(vec![
            Cell::Text("計".to_owned()),
            Cell::Count(letters),
            Cell::Count(renewed),
            Cell::Count(letters - renewed.min(letters)),
            percent(renewed, letters),
        ]);
    }
    Ok(Sheet {
        title: "通知と更新".to_owned(),
        about: "この期間に印刷した通知書のあて先の方のうち、印刷の日から後に電子証明書が発行された方です。ほかの場所での\
                発行は、カードのファイルを取り込むと入ります。無効にした通知書は入れていません。"
            .to_owned(),
        heads: &["満了月", "通知書", "更新・発行した方", "まだの方", "割合"],
        rows,
    })
}

/// What expires in the months from this one on, each month once, also where nothing does.
pub(super) async fn months(office: &Office) -> Result<Vec<(NaiveDate, Expiring)>> {
    let today = office.clock().today();
    let first = today.with_day(1).unwrap_or(today);
    let found = statistics::expiring(office.store().read(), first, first + Months::new(MONTHS)).await?;
    Ok((0..MONTHS)
        .map(|ahead| {
            let month = first + Months::new(ahead);
            let name = month.format("%Y-%m").to_string();
            let known = found.iter().find(|row| row.month == name).cloned();
            let none = Expiring { month: name, signature: 0, authentication: 0, people: 0 };
            (month, known.unwrap_or(none))
        })
        .collect())
}

/// The forecast as a table.
pub(super) fn sheet(months: &[(NaiveDate, Expiring)]) -> Sheet {
    let row = |(month, row): &(NaiveDate, Expiring)| {
        vec![
            Cell::Text(wareki::long_month(*month)),
            Cell::Count(row.people.unsigned_abs()),
            Cell::Count(row.signature.unsigned_abs()),
            Cell::Count(row.authentication.unsigned_abs()),
        ]
    };
    let mut rows: Vec<_> = months.iter().map(row).collect();
    let sum =
        |of: fn(&Expiring) -> i64| Cell::Count(months.iter().map(|(_, row)| of(row).unsigned_abs()).sum());
    rows.push(vec![
        Cell::Text("計".to_owned()),
        sum(|row| row.people),
        sum(|row| row.signature),
        sum(|row| row.authentication),
    ]);
    Sheet {
        title: "満了の見込み".to_owned(),
        about: "住民登録のある方の、今有効な電子証明書が満了する月です。これから更新すると、その分は先の月に移ります。"
            .to_owned(),
        heads: &["満了月", "人数", "署名用", "利用者証明用"],
        rows,
    }
}

fn first_of(month: &str) -> Result<NaiveDate> {
    format!("{month}-01").parse().map_err(|_| Error::internal(format!("letters.expiring holds {month}")))
}
