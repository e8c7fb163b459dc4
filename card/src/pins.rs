//! PINs on their way from the PIN pad to the chip: checked, counted, never kept.

use std::fmt;

use myna_card::Pin;
use myna_card::ap::{common, jpki, juki, text};
use myna_card::card::Retries;
use rules::kinds::PinKind;
use zeroize::Zeroizing;

use crate::chip::Chip;
use crate::error::CardError;
use crate::link::CardLink;

/// A PIN as the resident entered it. Wiped when dropped, never printed, never written anywhere.
#[derive(Clone)]
pub struct PinValue(Zeroizing<String>);

impl PinValue {
    /// Takes the entered text; the caller's copy is gone with it.
    pub fn new(entered: String) -> Self {
        Self(Zeroizing::new(entered))
    }

    /// Whether both are the same PIN to the card.
    pub fn same(&self, kind: PinKind, other: &Self) -> bool {
        self.for_card(kind) == other.for_card(kind)
    }

    /// The value as the card wants it: the signature PIN is registered in capitals.
    pub(crate) fn for_card(&self, kind: PinKind) -> Zeroizing<String> {
        match kind {
            PinKind::Signature => Zeroizing::new(rules::pins::normalise_signature(&self.0)),
            PinKind::Authentication | PinKind::ResidentRegister | PinKind::CardEntry => self.0.clone(),
        }
    }
}

impl fmt::Debug for PinValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinValue(…)")
    }
}

/// Whether the resident agreed to spend the last try.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// Nobody asked yet: with one try left nothing is sent.
    #[default]
    NotAsked,
    /// The resident was told that a mistake locks the PIN, and wants to go on.
    LastTryAgreed,
}

/// Presents a PIN. The tries are read first, and the last one is spent only with consent.
///
/// # Errors
/// [`CardError::PinMalformed`] and [`CardError::LastTry`] before anything is sent; [`CardError::PinLocked`],
/// [`CardError::PinWrong`] and the errors of the link.
pub fn verify(
    link: &mut dyn CardLink,
    kind: PinKind,
    pin: &PinValue,
    consent: Consent,
) -> Result<(), CardError> {
    present(&mut Chip::new(link), kind, pin, consent)
}

/// Changes a PIN whose old value is known, with the card's public commands.
///
/// The resident knows one resident-register PIN; the chip holds it in two applications, and both are changed.
///
/// # Errors
/// As [`verify`] for the old value; [`CardError::PinMalformed`] when the new one may not be used.
pub fn change(
    link: &mut dyn CardLink,
    kind: PinKind,
    old: &PinValue,
    new: &PinValue,
    consent: Consent,
) -> Result<(), CardError> {
    check_form(kind, new)?;
    let chip = &mut Chip::new(link);
    for place in places(kind) {
        if present_at(chip, place, kind, old, consent)? {
            set_at(chip, place, kind, new)?;
        }
    }
    Ok(())
}

/// Looks whether a value can be this PIN at all. Nothing is sent.
///
/// # Errors
/// [`CardError::PinMalformed`].
pub(crate) fn check_form(kind: PinKind, pin: &PinValue) -> Result<(), CardError> {
    well_formed(kind, pin).map(drop)
}

/// The tries left of one PIN, without spending any.
///
/// # Errors
/// When the application or the PIN doesn't exist on this card, and the errors of the link.
pub(crate) fn tries(chip: &mut Chip<'_>, kind: PinKind) -> Result<Option<u8>, CardError> {
    select(chip, kind)?;
    ask_tries(chip)
}

/// Presents a PIN and leaves its application selected, so that what it opens can be used at once.
///
/// Nothing is selected between this and the use: whether a selection keeps the PIN's effect differs between chips.
pub(crate) fn present(
    chip: &mut Chip<'_>,
    kind: PinKind,
    pin: &PinValue,
    consent: Consent,
) -> Result<(), CardError> {
    let value = well_formed(kind, pin)?;
    select(chip, kind)?;
    present_selected(chip, kind, &value, consent)
}

/// Presents a PIN at one of its places; `false` when the card doesn't have that place.
///
/// A second place that has lost tries of its own isn't spent any more on: it may hold another value than people think.
pub(crate) fn present_at(
    chip: &mut Chip<'_>,
    place: &Place,
    kind: PinKind,
    pin: &PinValue,
    consent: Consent,
) -> Result<bool, CardError> {
    let value = well_formed(kind, pin)?;
    if place.second {
        match place.select(chip) {
            // A card without it has nothing to keep in step.
            Err(CardError::Refused { .. }) => return Ok(false),
            other => other?,
        }
        if ask_tries(chip)?.is_some_and(|left| left <= 1) {
            return Err(CardError::Protocol(
                "住民基本台帳用暗証番号のうち、共通領域の側が変更されていません".to_owned(),
            ));
        }
    } else {
        place.select(chip)?;
    }
    present_selected(chip, kind, &value, consent)?;
    Ok(true)
}

/// Gives the PIN that was just presented at a place a new value.
pub(crate) fn set_at(
    chip: &mut Chip<'_>,
    place: &Place,
    kind: PinKind,
    new: &PinValue,
) -> Result<(), CardError> {
    let value = well_formed(kind, new)?;
    chip.run("暗証番号の変更", |card| {
        if place.change_key { card.change_key(&value) } else { card.change_reference_data(&value) }
    })
}

/// Where the chip holds a PIN.
pub(crate) struct Place {
    application: &'static [u8],
    file: u16,
    /// These applications know CHANGE KEY in the place of CHANGE REFERENCE DATA.
    change_key: bool,
    /// Another holds the same PIN and comes first.
    second: bool,
}

impl Place {
    fn select(&self, chip: &mut Chip<'_>) -> Result<(), CardError> {
        chip.application(self.application)?;
        chip.run("暗証番号の選択", |card| card.select_ef(self.file))
    }
}

/// The places of one PIN. One PIN for people can be two references in the chip.
pub(crate) fn places(kind: PinKind) -> &'static [Place] {
    const fn place(application: &'static [u8], file: u16, change_key: bool, second: bool) -> Place {
        Place { application, file, change_key, second }
    }
    match kind {
        PinKind::Signature => const { &[place(&jpki::DF, jpki::ef::SIGN_PIN, false, false)] },
        PinKind::Authentication => const { &[place(&jpki::DF, jpki::ef::AUTH_PIN, false, false)] },
        PinKind::CardEntry => const { &[place(&text::DF, text::ef::PIN, false, false)] },
        PinKind::ResidentRegister => {
            const {
                &[
                    place(&juki::DF, juki::ef::PIN, true, false),
                    place(&common::DF, common::ef::PIN, true, true),
                ]
            }
        }
    }
}

fn present_selected(
    chip: &mut Chip<'_>,
    kind: PinKind,
    value: &Pin,
    consent: Consent,
) -> Result<(), CardError> {
    match ask_tries(chip)? {
        Some(0) => return Err(CardError::PinLocked { kind }),
        Some(1) if consent == Consent::NotAsked => return Err(CardError::LastTry { kind }),
        _ => {}
    }
    send(chip, kind, value)
}

fn send(chip: &mut Chip<'_>, kind: PinKind, value: &Pin) -> Result<(), CardError> {
    let answer = chip.attempt(|card| card.verify(value))?;
    match answer {
        Ok(()) => Ok(()),
        Err(myna_card::Error::PinBlocked) => Err(CardError::PinLocked { kind }),
        Err(myna_card::Error::PinIncorrect { retries: Some(left) }) => {
            Err(CardError::PinWrong { kind, left })
        }
        Err(myna_card::Error::PinIncorrect { retries: None }) => {
            Err(CardError::Protocol("暗証番号の残り回数がありません".to_owned()))
        }
        Err(other) => Err(chip.in_words(other, "暗証番号の照合")),
    }
}

fn ask_tries(chip: &mut Chip<'_>) -> Result<Option<u8>, CardError> {
    let retries = chip.run("暗証番号の残り回数の確認", myna_card::Card::pin_retries)?;
    Ok(match retries {
        Retries::Remaining(left) => Some(left),
        Retries::Blocked => Some(0),
        Retries::Unlimited | Retries::NotReported => None,
    })
}

fn select(chip: &mut Chip<'_>, kind: PinKind) -> Result<(), CardError> {
    places(kind).first().map_or(Ok(()), |place| place.select(chip))
}

fn well_formed(kind: PinKind, pin: &PinValue) -> Result<Pin, CardError> {
    let malformed = |reason: &str| CardError::PinMalformed { kind, reason: reason.to_owned() };
    let value = pin.for_card(kind);
    let verdict = rules::pins::check(kind, &value);
    if !verdict.ok {
        return Err(malformed(verdict.reason.unwrap_or_default()));
    }
    Pin::new(value.as_bytes()).map_err(|_| malformed("使えない文字があります。"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_never_printed() {
        let pin = PinValue::new("TRAIN123".to_owned());
        assert!(!format!("{pin:?}").contains("TRAIN"));
    }
}
