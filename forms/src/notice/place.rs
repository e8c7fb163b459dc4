//! Where things stand on the notice, millimetres.

use crate::layout::Area;

pub(super) const LEFT: f32 = 16.0;
pub(super) const WIDTH: f32 = 178.0;
/// The column beside the address window, out of sight of a sheet that slides in its envelope.
pub(super) const RIGHT: f32 = 116.0;
pub(super) const RIGHT_WIDTH: f32 = LEFT + WIDTH - RIGHT;

pub(super) const NUMBER: Area = Area::new(RIGHT, 14.0, RIGHT_WIDTH - 24.0, 12.0);
pub(super) const QR: Area = Area::new(LEFT + WIDTH - 20.0, 12.0, 20.0, 20.0);
pub(super) const MAYOR: Area = Area::new(RIGHT, 36.0, RIGHT_WIDTH, 6.0);
pub(super) const SENDER: Area = Area::new(RIGHT, 43.5, RIGHT_WIDTH, 17.0);
pub(super) const TITLE: Area = Area::new(LEFT, 66.5, WIDTH, 9.0);
/// Beside the title, where the sheet is marked as made in training.
pub(super) const BADGE: Area = Area::new(LEFT + WIDTH - 24.0, 67.0, 24.0, 7.0);
pub(super) const LEAD: Area = Area::new(LEFT, 80.5, WIDTH, 13.0);
pub(super) const TABLE: Area = Area::new(LEFT, 101.5, WIDTH, 29.0);
pub(super) const DEADLINE: Area = Area::new(LEFT, 134.5, WIDTH, 16.0);
pub(super) const BRING: Area = Area::new(LEFT, 150.5, WIDTH, 51.5);
pub(super) const PINS: Area = Area::new(LEFT, 206.5, 88.0, 44.5);
pub(super) const WHERE: Area = Area::new(LEFT + 95.0, 206.5, WIDTH - 95.0, 44.5);
pub(super) const NOTES: Area = Area::new(LEFT, 253.5, WIDTH, 33.5);
