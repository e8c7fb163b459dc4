//! Where things stand on the notice, millimetres.

use crate::layout::Area;
pub(super) use crate::letterhead::{BADGE, LEFT, WIDTH};

pub(super) const TITLE: Area = Area::new(LEFT, 66.5, WIDTH, 9.0);
pub(super) const LEAD: Area = Area::new(LEFT, 80.5, WIDTH, 13.0);
pub(super) const TABLE: Area = Area::new(LEFT, 101.5, WIDTH, 29.0);
pub(super) const DEADLINE: Area = Area::new(LEFT, 134.5, WIDTH, 16.0);
pub(super) const BRING: Area = Area::new(LEFT, 150.5, WIDTH, 54.5);
pub(super) const PINS: Area = Area::new(LEFT, 208.5, 88.0, 43.5);
pub(super) const WHERE: Area = Area::new(LEFT + 95.0, 208.5, WIDTH - 95.0, 43.5);
pub(super) const NOTES: Area = Area::new(LEFT, 254.5, WIDTH, 32.5);
