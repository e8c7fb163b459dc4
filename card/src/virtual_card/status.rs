//! Status words of the card.

/// No error.
pub(super) const OK: u16 = 0x9000;
/// Fewer bytes than asked for.
pub(super) const END_OF_FILE: u16 = 0x6282;
/// Writing to memory failed.
pub(super) const MEMORY: u16 = 0x6581;
/// Lc or Le is wrong.
pub(super) const WRONG_LENGTH: u16 = 0x6700;
/// The security environment itself is faulty.
pub(super) const NO_ENVIRONMENT: u16 = 0x66F1;
/// No such logical channel.
pub(super) const NO_CHANNEL: u16 = 0x6881;
/// The command doesn't fit the file.
pub(super) const WRONG_FILE_TYPE: u16 = 0x6981;
/// No right.
pub(super) const NO_RIGHT: u16 = 0x6982;
/// The reference value is locked.
pub(super) const LOCKED: u16 = 0x6984;
/// Conditions of use aren't met.
pub(super) const CONDITIONS: u16 = 0x6985;
/// No current file.
pub(super) const NO_CURRENT_FILE: u16 = 0x6986;
/// No secure-messaging session.
pub(super) const NO_SESSION: u16 = 0x69FC;
/// The data field is wrong.
pub(super) const WRONG_DATA: u16 = 0x6A80;
/// Not provided.
pub(super) const NOT_PROVIDED: u16 = 0x6A81;
/// No such file or application.
pub(super) const NOT_FOUND: u16 = 0x6A82;
/// No such record.
pub(super) const NO_RECORD: u16 = 0x6A83;
/// More than the file holds.
pub(super) const NO_SPACE: u16 = 0x6A84;
/// P1 or P2 is wrong.
pub(super) const WRONG_P1P2: u16 = 0x6A86;
/// No such data or key.
pub(super) const NO_DATA: u16 = 0x6A88;
/// The offset lies outside the file.
pub(super) const WRONG_OFFSET: u16 = 0x6B00;
/// No such instruction.
pub(super) const NO_INSTRUCTION: u16 = 0x6D00;
/// No such class.
pub(super) const NO_CLASS: u16 = 0x6E00;
/// The chip can't go on.
pub(super) const INTERNAL: u16 = 0x6F00;

/// 63Cx: x tries left.
pub(super) fn tries_left(tries: u8) -> u16 {
    0x63C0 | u16::from(tries.min(15))
}
