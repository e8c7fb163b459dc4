//! Made-up people of an office on disk, with one for every reason there is.

use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::notices::Month;
use crate::office::{Mode, Office};
use crate::staff::session::End;
use crate::staff::visitor::{Standing, Visitor};
use crate::store;
use chrono::NaiveDate;
use rules::kinds::Role;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A day on which the certificates of February 2027 can be renewed.
const TODAY: &str = "2026-12-01";

/// Somebody made up. Both certificates end on the same day unless said otherwise.
#[derive(Clone)]
pub struct Somebody {
    pub number: &'static str,
    pub name: &'static str,
    pub postal: &'static str,
    pub address: &'static str,
    pub status: &'static str,
    pub suppressed: bool,
    pub elsewhere: bool,
    pub card: (&'static str, &'static str),
    pub signature: Option<(&'static str, &'static str)>,
    pub authentication: Option<(&'static str, &'static str)>,
}

pub const ANYBODY: Somebody = Somebody {
    number: "0000000001",
    name: "見本 花子",
    postal: "1150045",
    address: "東京都見本区赤羽一丁目1番1号",
    status: "resident",
    suppressed: false,
    elsewhere: false,
    card: ("active", "2032-02-10"),
    signature: Some(("valid", "2027-02-10")),
    authentication: Some(("valid", "2027-02-10")),
};

pub async fn office(dir: &Path, mode: Mode) -> Office {
    let today = NaiveDate::parse_from_str(TODAY, "%Y-%m-%d").unwrap();
    Office::open(DataDir::open(dir).unwrap(), Some(mode), Clock::starting(today)).await.unwrap()
}

pub async fn move_in(office: &Office, people: &[Somebody]) {
    let mut tx = office.store().write().await.unwrap();
    for one in people {
        sqlx::query(
            "INSERT INTO residents (resident_number, household_number, name, kana, birth, sex, postal_code, address,
                                    resident_kind, suppressed, registered_elsewhere, status, updated_at)
             VALUES (?, 'H', ?, 'ミホン', '1980-02-10', 'female', ?, ?, 'japanese', ?, ?, ?, ?)",
        )
        .bind(one.number)
        .bind(one.name)
        .bind(one.postal)
        .bind(one.address)
        .bind(one.suppressed)
        .bind(one.elsewhere)
        .bind(one.status)
        .bind(TODAY)
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO cards (card_number, resident_number, kind, issued, expires, status, updated_at)
             VALUES (?1, ?2, 'individual', '2022-02-20', ?3, ?4, ?5)",
        )
        .bind(format!("C{}", one.number))
        .bind(one.number)
        .bind(one.card.1)
        .bind(one.card.0)
        .bind(TODAY)
        .execute(&mut *tx)
        .await
        .unwrap();
        for (kind, certificate) in [("signature", one.signature), ("authentication", one.authentication)] {
            let Some((status, expires)) = certificate else { continue };
            sqlx::query(
                "INSERT INTO certificates (card_number, kind, serial, issued, expires, status)
                 VALUES (?, ?, ?, '2022-02-20', ?, ?)",
            )
            .bind(format!("C{}", one.number))
            .bind(kind)
            .bind(format!("{kind}{}", one.number))
            .bind(expires)
            .bind(status)
            .execute(&mut *tx)
            .await
            .unwrap();
        }
    }
    tx.commit().await.unwrap();
}

pub fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// Everybody of [`ward`] with what becomes of them in February 2027.
pub fn ward() -> Vec<(Somebody, Option<&'static str>)> {
    let number = |number| Somebody { number, ..ANYBODY };
    vec![
        (number("01"), Some("included")),
        (Somebody { status: "dead", ..number("02") }, Some("dead")),
        (Somebody { status: "moved_out", ..number("03") }, Some("moved_out")),
        (Somebody { status: "deleted", ..number("04") }, Some("moved_out")),
        (Somebody { status: "moved_abroad", ..number("05") }, Some("moved_abroad")),
        (Somebody { suppressed: true, ..number("06") }, Some("suppressed")),
        (Somebody { card: ("active", "2027-02-10"), ..number("07") }, Some("card_renewal")),
        (
            Somebody {
                signature: Some(("revoked", "2027-02-10")),
                authentication: Some(("suspended", "2027-02-10")),
                ..number("08")
            },
            Some("no_valid_certificate"),
        ),
        (Somebody { card: ("abolished", "2032-02-10"), ..number("09") }, Some("no_valid_certificate")),
        // Only one of the two is valid: a letter about that one.
        (Somebody { signature: Some(("revoked", "2027-02-10")), ..number("10") }, Some("included")),
        // The month's first and last day are inside, the days beside them aren't.
        (
            Somebody { signature: None, authentication: Some(("valid", "2027-02-01")), ..number("11") },
            Some("included"),
        ),
        (
            Somebody { signature: None, authentication: Some(("valid", "2027-02-28")), ..number("12") },
            Some("included"),
        ),
        (Somebody { signature: None, authentication: Some(("valid", "2027-01-31")), ..number("13") }, None),
        (Somebody { signature: None, authentication: Some(("valid", "2027-03-01")), ..number("14") }, None),
        // The two end in different months.
        (
            Somebody {
                signature: Some(("valid", "2027-02-10")),
                authentication: Some(("valid", "2027-03-10")),
                ..number("15")
            },
            Some("included"),
        ),
        (Somebody { elsewhere: true, ..number("16") }, Some("included")),
    ]
}

pub async fn full_office() -> (TempDir, Office) {
    let dir = tempfile::tempdir().unwrap();
    let office = office(&dir.path().join("data"), Mode::Training).await;
    let people: Vec<Somebody> = ward().into_iter().map(|(one, _)| one).collect();
    move_in(&office, &people).await;
    (dir, office)
}

pub fn text_of(pdf: &[u8]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("letters.pdf");
    std::fs::write(&file, pdf).unwrap();
    let output =
        Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&file).arg("-").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
}

/// Somebody who may make, release and post notices.
pub async fn colleague(office: &Office, login: &str) -> Visitor {
    let mut tx = office.store().write().await.unwrap();
    let at = office.clock().stamp();
    store::staff::add(&mut tx, login, login, Role::BackOffice.code(), "no password", &at).await.unwrap();
    tx.commit().await.unwrap();
    let row = store::staff::by_login(office.store().read(), login).await.unwrap().unwrap();
    Visitor {
        staff_id: row.id,
        login: login.to_owned(),
        name: login.to_owned(),
        role: Role::BackOffice,
        station_id: None,
        csrf: String::new(),
        token: String::new(),
        standing: Standing::Working,
        second_factor: false,
        ends: End { at: office.clock().now(), can_be_put_off: true },
        proven_at: office.clock().stamp(),
        second: None,
    }
}

/// Changes the register by a statement about one person, as a file does.
pub async fn register(office: &Office, statement: &'static str, number: &str) {
    let mut tx = office.store().write().await.unwrap();
    sqlx::query(statement).bind(number).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}
