//! A row of a file of cards as a card with its certificates.

use super::cell::{Cells, Fault};
use super::words::{self, CertificateWord};
use chrono::NaiveDate;
use rules::kinds::{CardKind, CertificateKind, CertificateStatus};

/// The columns, in the order of the office's specification.
pub const COLUMNS: &[&str] = &[
    "宛名番号",
    "カード番号",
    "カード種別",
    "顔認証",
    "カード発行日",
    "カード有効期限",
    "署名用シリアル",
    "署名用発行日",
    "署名用有効期限",
    "署名用状態",
    "利用者証明用シリアル",
    "利用者証明用発行日",
    "利用者証明用有効期限",
    "利用者証明用状態",
];

/// 宛名番号.
pub const RESIDENT: usize = 0;
/// カード番号.
pub const NUMBER: usize = 1;
const KIND: usize = 2;
const FACE_ONLY: usize = 3;
/// カード発行日.
pub const ISSUED: usize = 4;
const EXPIRES: usize = 5;
/// The first of the four columns of each certificate.
pub const fn serial_column(kind: CertificateKind) -> usize {
    match kind {
        CertificateKind::Signature => 6,
        CertificateKind::Authentication => 10,
    }
}

/// One row: what the file says about a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRecord {
    /// Whose it is.
    pub resident_number: String,
    /// カード番号.
    pub number: String,
    /// カード種別.
    pub kind: CardKind,
    /// 顔認証.
    pub face_only: bool,
    /// カード発行日.
    pub issued: NaiveDate,
    /// カード有効期限.
    pub expires: NaiveDate,
    /// The signature certificate, if there is one.
    pub signature: Option<CertificateRecord>,
    /// The authentication certificate, if there is one.
    pub authentication: Option<CertificateRecord>,
}

impl CardRecord {
    /// The certificate of one kind.
    pub fn certificate(&self, kind: CertificateKind) -> Option<&CertificateRecord> {
        match kind {
            CertificateKind::Signature => self.signature.as_ref(),
            CertificateKind::Authentication => self.authentication.as_ref(),
        }
    }
}

/// What the file says about a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRecord {
    /// Hexadecimal, upper case, no leading zeros.
    pub serial: String,
    /// The day of issue.
    pub issued: NaiveDate,
    /// The last day.
    pub expires: NaiveDate,
    /// Its state.
    pub status: CertificateStatus,
}

/// Reads one row.
///
/// # Errors
/// The first column that can't be, with one sentence.
pub fn read(cells: &Cells<'_>, today: NaiveDate) -> Result<CardRecord, Fault> {
    let resident_number = cells.identifier(RESIDENT)?;
    let number = cells.identifier(NUMBER)?.to_ascii_uppercase();
    let kind = cells.word(KIND, words::CARD_KIND)?;
    let face_only = cells.flag(FACE_ONLY)?;
    let (issued, expires) = (cells.date(ISSUED)?, cells.date(EXPIRES)?);
    if issued > today {
        return Err(cells.fault(ISSUED, "今日より後の日付です。"));
    }
    if expires < issued {
        return Err(cells.fault(EXPIRES, "カード発行日より前の日付です。"));
    }
    let record = CardRecord {
        resident_number,
        number,
        kind,
        face_only,
        issued,
        expires,
        signature: certificate(cells, CertificateKind::Signature, expires, today)?,
        authentication: certificate(cells, CertificateKind::Authentication, expires, today)?,
    };
    check_together(cells, &record)?;
    Ok(record)
}

fn certificate(
    cells: &Cells<'_>,
    kind: CertificateKind,
    card_expires: NaiveDate,
    today: NaiveDate,
) -> Result<Option<CertificateRecord>, Fault> {
    let first = serial_column(kind);
    let (serial, issued_column, expires_column, state) = (first, first + 1, first + 2, first + 3);
    let filled = (first..state).find(|&index| !cells.trimmed(index).is_empty());
    if filled.is_none() && cells.trimmed(state).is_empty() {
        return Ok(None);
    }
    let word = cells.word(state, words::CERTIFICATE)?;
    if word == CertificateWord::None {
        return match filled {
            None => Ok(None),
            Some(index) => {
                Err(cells.fault(index, format!("{}が「なし」なのに入っています。", cells.name(state))))
            }
        };
    }
    let serial = self::serial(cells, serial)?;
    let (issued, expires) = (cells.date(issued_column)?, cells.date(expires_column)?);
    if issued > today {
        return Err(cells.fault(issued_column, "今日より後の日付です。"));
    }
    if expires < issued {
        return Err(cells.fault(expires_column, format!("{}より前の日付です。", cells.name(issued_column))));
    }
    // The card's last day caps every certificate (公的個人認証法施行規則).
    if expires > card_expires {
        return Err(cells.fault(expires_column, "カード有効期限より後の日付です。"));
    }
    let status = match word {
        CertificateWord::Is(status) => status,
        CertificateWord::Expired if expires >= today => {
            return Err(cells
                .fault(state, format!("期間満了なのに、{}が過ぎていません。", cells.name(expires_column))));
        }
        CertificateWord::Expired | CertificateWord::None => CertificateStatus::Valid,
    };
    Ok(Some(CertificateRecord { serial, issued, expires, status }))
}

/// Serial numbers are kept as hexadecimal digits, upper case, without leading zeros, however the file writes them.
fn serial(cells: &Cells<'_>, index: usize) -> Result<String, Fault> {
    let text = cells.trimmed(index);
    let plain: String =
        text.chars().filter(|c| !matches!(c, ':' | ' ')).collect::<String>().to_ascii_uppercase();
    let plain = plain.strip_prefix("0X").unwrap_or(&plain).trim_start_matches('0');
    if text.is_empty() {
        return Err(cells.fault(index, "空です。必ず入れてください。"));
    }
    if plain.is_empty() || plain.len() > 40 || !plain.chars().all(|c| c.is_ascii_hexdigit()) {
        return Err(cells.fault(index, format!("「{text}」は読めません。40桁までの16進数にしてください。")));
    }
    Ok(plain.to_owned())
}

/// What one certificate says about the other, and both about the card.
fn check_together(cells: &Cells<'_>, record: &CardRecord) -> Result<(), Fault> {
    let living = |certificate: &&CertificateRecord| certificate.status != CertificateStatus::Revoked;
    let Some(signature) = record.signature.as_ref().filter(living) else { return Ok(()) };
    let column = serial_column(CertificateKind::Signature);
    if record.face_only {
        return Err(
            cells.fault(column, "顔認証マイナンバーカードに、失効していない署名用電子証明書があります。")
        );
    }
    if let Some(authentication) = record.authentication.as_ref().filter(living)
        && signature.expires > authentication.expires
    {
        return Err(
            cells.fault(column + 2, "利用者証明用有効期限より後の日付です。署名用はそれを超えられません。")
        );
    }
    Ok(())
}
