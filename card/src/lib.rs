//! The card at the reader: everything between the clerk's button and the chip.
//!
//! The only room of the house that knows APDUs. It knows `rules` and nobody else.
//!
//! * [`link`] is the door to whatever carries bytes to the chip, [`readers`] what is behind that door.
//! * [`read`], [`pins`], [`prove`] and [`trust`] are what a counter may do to any card with the card's public commands.
//! * [`update`] is the journalled update and the way out of every interruption; [`relay`] passes an issuer's commands on.
//! * [`issuer`] is the other side of an update: who makes keys and certificates. [`issuer::training`] ships with us.
//! * [`scp03`] is the secure channel between an issuer and a card, [`training_ca`] the CA of the training issuer.
//! * [`virtual_card`] is a card in software that speaks the same bytes as a real one.

pub mod apdu;
mod certificate;
mod chip;
pub mod error;
pub mod hex;
pub mod issuer;
pub mod link;
pub mod pins;
pub mod prove;
pub mod read;
pub mod readers;
pub mod relay;
mod safe_file;
pub mod scp03;
pub mod status;
pub mod tlv;
pub mod training_ca;
pub mod trust;
pub mod update;
pub mod virtual_card;
