//! The four attributes of the card-entry application (券面事項入力補助).

use chrono::NaiveDate;
use myna_card::ap::text::{Attributes, ef};
use myna_card::data;
use rules::kinds::{PinKind, Sex};

use super::object;
use crate::chip::Chip;
use crate::error::CardError;
use crate::issuer::Holder;
use crate::link::CardLink;
use crate::pins::{Consent, PinValue, present};

/// Name, address, birthday and sex as the card holds them. The individual number is never read.
///
/// # Errors
/// Those of [`crate::pins::verify`], and [`CardError::Protocol`] when the record isn't understood.
pub fn read_attributes(
    link: &mut dyn CardLink,
    pin: &PinValue,
    consent: Consent,
) -> Result<Holder, CardError> {
    let chip = &mut Chip::new(link);
    present(chip, PinKind::CardEntry, pin, consent)?;
    let record = object(chip, ef::ATTRIBUTES, "券面事項の読み取り")?;
    let attributes = Attributes::parse(&record).map_err(|error| CardError::Protocol(error.to_string()))?;
    let date = attributes.birth_date;
    let birth = NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        .ok_or_else(|| CardError::Protocol("生年月日が日付ではありません".to_owned()))?;
    let sex = match attributes.sex {
        data::Sex::Male => Sex::Male,
        data::Sex::Female => Sex::Female,
        _ => Sex::Other,
    };
    Ok(Holder { name: attributes.name, address: attributes.address, birth, sex })
}
