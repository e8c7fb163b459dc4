//! How a sheet is printed, apart from what it says.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::Wordings;

/// Settings of one print run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrintOptions {
    /// Marks every page as 訓練.
    pub training: bool,
    /// When the file was made; stands in the PDF's properties only.
    pub made_at: DateTime<FixedOffset>,
    /// The envelope that letters go into.
    #[serde(default)]
    pub envelope: WindowEnvelope,
    /// Moves everything to the right by so many millimetres, for a printer that feeds askew.
    #[serde(default)]
    pub shift_right_mm: f32,
    /// Moves everything down by so many millimetres.
    #[serde(default)]
    pub shift_down_mm: f32,
    /// Prints the two marks that show where to fold.
    #[serde(default = "yes")]
    pub fold_marks: bool,
    /// The words of each paper; those that ship with the program unless the office has its own.
    #[serde(skip)]
    pub wordings: Wordings,
}

impl PrintOptions {
    /// The usual settings for a file made at this moment.
    pub fn new(made_at: DateTime<FixedOffset>, training: bool) -> Self {
        Self {
            training,
            made_at,
            envelope: WindowEnvelope::default(),
            shift_right_mm: 0.0,
            shift_down_mm: 0.0,
            fold_marks: true,
            wordings: Wordings::default(),
        }
    }
}

/// A window envelope and where its window is, seen from the front, in millimetres.
///
/// The default is 長形3号 (235 × 120 mm, flap on a short side) with the common 90 × 45 mm window. Where the window
/// sits differs by maker, so it is a setting.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WindowEnvelope {
    /// Inner width of the envelope, long side.
    pub width_mm: f32,
    /// Inner height of the envelope.
    pub height_mm: f32,
    /// From the envelope's left edge to the window.
    pub window_left_mm: f32,
    /// From the envelope's top edge to the window.
    pub window_top_mm: f32,
    /// Width of the window.
    pub window_width_mm: f32,
    /// Height of the window.
    pub window_height_mm: f32,
    /// Size of the customer barcode in points as Japan Post counts it, 8.0 to 11.5.
    pub barcode_points: f32,
}

impl Default for WindowEnvelope {
    fn default() -> Self {
        Self {
            width_mm: 235.0,
            height_mm: 120.0,
            window_left_mm: 20.0,
            window_top_mm: 17.0,
            window_width_mm: 90.0,
            window_height_mm: 45.0,
            barcode_points: 8.0,
        }
    }
}

fn yes() -> bool {
    true
}
