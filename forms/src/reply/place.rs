//! Where things stand on a reply form, millimetres.

use crate::layout::Area;
use crate::letterhead::{LEFT, WIDTH};

pub(super) const TO: Area = Area::new(LEFT, 12.0, 96.0, 5.0);
pub(super) const NAME: Area = Area::new(LEFT, 18.5, 96.0, 12.0);
pub(super) const BADGE: Area = Area::new(LEFT + 72.0, 11.0, 24.0, 7.0);
pub(super) const TITLE: Area = Area::new(LEFT, 33.5, WIDTH, 9.0);
pub(super) const HOW: Area = Area::new(LEFT, 46.5, WIDTH, 20.5);
pub(super) const SEAL: Area = Area::new(LEFT, 255.5, WIDTH, 13.5);
/// Inside the box of the seal, at its right end.
pub(super) const DEADLINE: Area = Area::new(LEFT + WIDTH - 61.0, 256.5, 59.0, 11.5);
pub(super) const STAFF: Area = Area::new(LEFT, 272.0, WIDTH, 13.2);
