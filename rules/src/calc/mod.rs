//! One question, one answer: the rules for scripts (`madoguchi calc`) and for the page 期限計算.
//!
//! Each kind of question is a struct of its own that refuses fields it does not know.

mod answers;
mod procedure;
mod questions;
mod read;

pub use answers::{
    Answer, BarcodeAnswer, CardValidityAnswer, OpenDayAnswer, PinAnswer, RenewalPeriodAnswer, ValidityAnswer,
    WarekiAnswer,
};
pub use questions::{
    BarcodeAsked, CardValidityAsked, OpenDayAsked, PinAsked, PinsKnown, PinsWord, ProcedureAsked, Question,
    RenewalPeriodAsked, ValidityAsked, WarekiAsked,
};

use crate::calendar::Calendar;
use crate::dates::within_range;
use crate::error::RuleError;
use crate::period::renewal_period_from;
use crate::settings::{OfficeSettings, SignatureCap};
use crate::validity::{CardValidityQuestion, ValidityQuestion, card_validity, certificate_validity};
use crate::{barcode, pins, wareki};

/// Answers one question by the office's settings.
///
/// # Errors
/// Dates that contradict each other or lie out of range, codes nobody knows, something lacking.
pub fn answer(
    question: &Question,
    settings: &OfficeSettings,
    calendar: &Calendar,
) -> Result<Answer, RuleError> {
    Ok(match question {
        Question::RenewalPeriod(asked) => {
            let expiry = within_range(asked.expiry)?;
            let period = renewal_period_from(expiry, asked.abroad, settings.window_start, calendar);
            Answer::RenewalPeriod(period.into())
        }
        Question::Validity(asked) => {
            let capped = settings.signature_cap == SignatureCap::ByAuthentication;
            let validity = certificate_validity(&ValidityQuestion {
                kind: asked.kind,
                birth: asked.birth,
                issued: asked.issued,
                card_expiry: asked.card_expiry,
                current_expiry: asked.current_expiry,
                authentication_expiry: asked.authentication_expiry.filter(|_| capped),
                abroad: asked.abroad,
                leap_birthday: settings.leap_birthday,
            })?;
            Answer::Validity(validity.into())
        }
        Question::CardValidity(asked) => {
            let expiry = card_validity(&CardValidityQuestion {
                birth: asked.birth,
                received: asked.received,
                issued: asked.issued,
                stay_until: asked.stay_until,
                leap_birthday: settings.leap_birthday,
            })?;
            Answer::CardValidity(CardValidityAnswer { expiry, wareki: wareki::long(expiry) })
        }
        Question::Procedure(asked) => {
            Answer::Procedure(Box::new(procedure::answer(asked, settings, calendar)?))
        }
        Question::Pin(asked) => {
            let verdict = pins::check(asked.kind, &asked.value);
            Answer::Pin(PinAnswer { ok: verdict.ok, reason: verdict.reason, warning: verdict.warning })
        }
        Question::OpenDay(asked) => {
            let date = within_range(asked.date)?;
            Answer::OpenDay(calendar.day(date).into())
        }
        Question::Wareki(asked) => {
            let date = match (asked.date, asked.text.as_deref()) {
                (Some(date), None) => within_range(date)?,
                (None, Some(text)) => wareki::parse(text)?,
                _ => {
                    return Err(RuleError::Lacking {
                        what: "日付(date)か文字(text)のどちらか一方"
                    });
                }
            };
            Answer::Wareki(WarekiAnswer { date, long: wareki::long(date), short: wareki::short(date) })
        }
        Question::CustomerBarcode(asked) => {
            Answer::CustomerBarcode(barcode::customer_barcode(&asked.postal_code, &asked.address)?)
        }
    })
}
