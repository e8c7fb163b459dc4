//! How long a certificate or a card is valid (公的個人認証法施行規則, as quoted by 東村山市; 宇治市, 新見市).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::dates::{age_on, birthday_after, within_range};
use crate::kinds::CertificateKind;
use crate::{RuleError, period, wareki};

pub use crate::dates::LeapBirthday;

code_enum! {
    /// Which of the legal limits came first.
    ExpiryBasis {
        /// 発行の日後の5回目の誕生日.
        FifthBirthday = "fifth_birthday" "発行日後の5回目の誕生日",
        /// 6回目, when renewed inside the renewal period.
        SixthBirthday = "sixth_birthday" "発行日後の6回目の誕生日",
        /// The card ends.
        CardExpiry = "card_expiry" "カードの有効期限",
        /// The authentication certificate ends (signature certificate only: 阿見町, 鶴ヶ島市).
        AuthenticationExpiry = "authentication_expiry" "利用者証明用電子証明書の有効期限",
    }
}

/// What decides a certificate's last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidityQuestion {
    /// Which certificate.
    pub kind: CertificateKind,
    /// The holder's date of birth.
    pub birth: NaiveDate,
    /// The day of issue.
    pub issued: NaiveDate,
    /// The last day of the card.
    pub card_expiry: NaiveDate,
    /// The last day of the certificate that is being replaced, if it is valid; `None` for a first issue.
    pub current_expiry: Option<NaiveDate>,
    /// For a signature certificate: the last day of the authentication certificate it stands beside
    /// (the *new* one where both are written). Ignored for an authentication certificate.
    pub authentication_expiry: Option<NaiveDate>,
    /// Lives abroad and keeps using the card: the renewal period is a year long.
    pub abroad: bool,
    /// Birthday of those born on 29 February.
    pub leap_birthday: LeapBirthday,
}

/// A certificate's last day and why it is that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The last day on which the certificate can be used and renewed.
    pub expiry: NaiveDate,
    /// The limit that came first; a birthday where a cap falls on the same day.
    pub basis: ExpiryBasis,
    /// Issued before the renewal period of the certificate it replaces: a year is lost (江戸川区).
    pub shortened: bool,
}

/// The last day of a certificate issued on `question.issued`.
///
/// The sixth birthday counts where the replaced certificate has less than three months left (a year
/// for people abroad), the fifth otherwise, also after its expiry; the card caps it, and for the
/// signature certificate the authentication certificate too.
///
/// # Errors
/// Dates that contradict each other: birth after issue, card or authentication certificate ended
/// before issue; dates beyond [`crate::dates::YEARS`].
pub fn certificate_validity(question: &ValidityQuestion) -> Result<Validity, RuleError> {
    let issued = within_range(question.issued)?;
    within_range(question.birth)?;
    within_range(question.card_expiry)?;
    if question.birth > issued {
        return Err(RuleError::BirthAfterIssue { birth: question.birth, issued });
    }
    not_before("カードの有効期限", issued, question.card_expiry)?;

    let (inside, shortened) = match question.current_expiry {
        None => (false, false),
        Some(expiry) => {
            let from = period::first_day(within_range(expiry)?, question.abroad);
            (issued >= from && issued <= expiry, issued < from)
        }
    };
    let (count, mut basis) =
        if inside { (6, ExpiryBasis::SixthBirthday) } else { (5, ExpiryBasis::FifthBirthday) };
    let mut expiry = birthday_after(question.birth, issued, count, question.leap_birthday);
    if question.card_expiry < expiry {
        (expiry, basis) = (question.card_expiry, ExpiryBasis::CardExpiry);
    }
    if question.kind == CertificateKind::Signature
        && let Some(authentication) = question.authentication_expiry
    {
        not_before("利用者証明用電子証明書の有効期限", issued, within_range(authentication)?)?;
        if authentication < expiry {
            (expiry, basis) = (authentication, ExpiryBasis::AuthenticationExpiry);
        }
    }
    Ok(Validity { expiry, basis, shortened })
}

/// The card says another last day than was predicted: the card is right, and somebody must look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Which certificate.
    pub kind: CertificateKind,
    /// What the rules said before writing.
    pub predicted: NaiveDate,
    /// What the card says after writing.
    pub on_card: NaiveDate,
    /// The alarm, as the clerk reads it.
    pub sentence: String,
}

/// Compares the last day read back from the card with the predicted one. The card's always wins
/// (金沢市 tells people the predicted one beforehand, so a difference concerns them).
///
/// # Errors
/// [`Difference`] when they are not the same day.
pub fn check_read_back(
    kind: CertificateKind,
    predicted: NaiveDate,
    on_card: NaiveDate,
) -> Result<(), Box<Difference>> {
    if predicted == on_card {
        return Ok(());
    }
    let sentence = format!(
        "{}の有効期限が予定と違います。カードには{}、予定は{}でした。カードの日付を正とし、責任者に知らせてください。",
        kind.label(),
        wareki::long(on_card),
        wareki::long(predicted)
    );
    Err(Box::new(Difference { kind, predicted, on_card, sentence }))
}

/// What decides a card's last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardValidityQuestion {
    /// The holder's date of birth.
    pub birth: NaiveDate,
    /// The day J-LIS received the application: age is counted on this day (米子市, 宇城市).
    pub received: NaiveDate,
    /// The day J-LIS made the card (松戸市, 佐倉市).
    pub issued: NaiveDate,
    /// Last day of a limited stay; `None` for Japanese, permanent and special permanent residents and
    /// 高度専門職2号 (川崎市).
    pub stay_until: Option<NaiveDate>,
    /// Birthday of those born on 29 February.
    pub leap_birthday: LeapBirthday,
}

/// From this day of receipt on, 18 instead of 20 is the age of the ten-year card (民法改正; 松戸市).
pub const ADULT_AT_18_SINCE: NaiveDate = NaiveDate::from_ymd_opt(2022, 4, 1).unwrap();

/// The age from which a card lasts ten birthdays, for an application received on `day`.
pub fn adult_age_on(day: NaiveDate) -> i32 {
    if day < ADULT_AT_18_SINCE { 20 } else { 18 }
}

/// The last day of a card: the tenth birthday after issue for adults, the fifth for minors, never
/// longer than a limited stay.
///
/// # Errors
/// Dates that contradict each other or lie beyond [`crate::dates::YEARS`].
pub fn card_validity(question: &CardValidityQuestion) -> Result<NaiveDate, RuleError> {
    let CardValidityQuestion { birth, received, issued, stay_until, leap_birthday } = *question;
    for date in [birth, received, issued] {
        within_range(date)?;
    }
    if birth > received {
        return Err(RuleError::BirthAfterIssue { birth, issued: received });
    }
    if issued < received {
        return Err(RuleError::IssueBeforeReceipt { received, issued });
    }
    let adult = age_on(birth, received, leap_birthday) >= adult_age_on(received);
    let birthday = birthday_after(birth, issued, if adult { 10 } else { 5 }, leap_birthday);
    let Some(stay_until) = stay_until else { return Ok(birthday) };
    not_before("在留期間の満了日", issued, within_range(stay_until)?)?;
    Ok(birthday.min(stay_until))
}

fn not_before(what: &'static str, issued: NaiveDate, expiry: NaiveDate) -> Result<(), RuleError> {
    if expiry < issued { Err(RuleError::ExpiryBeforeIssue { what, issued, expiry }) } else { Ok(()) }
}
