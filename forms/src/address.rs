//! The address block that shows through the window.

use rules::barcode::customer_barcode;

use crate::barcode::{self, BarcodeSize, CLEAR_MM};
use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, EDGE, Sheet, TextBox, VAlign};
use crate::{Addressee, FormError, WindowEnvelope};

/// The post must not forward letters that say where somebody is registered (転送不要).
const NOT_FORWARDED: &str = "転送不要";
/// Height of the line with the postal code.
const FIRST_LINE: f32 = 4.4;
/// Height of a sheet folded in three.
pub(crate) const FOLDED: f32 = crate::layout::PAGE_HEIGHT / 3.0;
/// More than this is not needed; the rest of the window is room for the sheet to slide.
const LARGEST: (f32, f32) = (66.0, 36.0);
/// The part of the sheet where nothing but the address stands.
const KEPT_FREE: Area = Area::new(EDGE, EDGE, 102.0, 52.0);
/// Less than this does not hold postal code, address, name and barcode.
const LOWEST: f32 = 27.0;

impl WindowEnvelope {
    /// The window as it lies on the first third of a sheet in the middle of the envelope.
    pub(crate) fn window_on_sheet(&self) -> Area {
        let left = self.window_left_mm - (self.width_mm - crate::layout::PAGE_WIDTH) / 2.0;
        let top = self.window_top_mm - (self.height_mm - FOLDED) / 2.0;
        Area::new(left, top, self.window_width_mm, self.window_height_mm)
    }

    /// Whether an address and its barcode show through the window with the space the post asks for.
    ///
    /// # Errors
    /// [`FormError::Window`] when they don't.
    pub fn holds_an_address(&self) -> Result<(), FormError> {
        self.address_block().map(|_| ())
    }

    /// Where the address block goes: in the middle of the window, clear of its frame and of the paper's edge.
    ///
    /// # Errors
    /// [`FormError::Window`] when that leaves less room than a barcode and an address need.
    pub(crate) fn address_block(&self) -> Result<Area, FormError> {
        let window = self.window_on_sheet();
        let inside = window.inset(CLEAR_MM);
        let left = inside.x.max(KEPT_FREE.x);
        let top = inside.y.max(KEPT_FREE.y);
        let right = inside.right().min(KEPT_FREE.right());
        let bottom = inside.bottom().min(KEPT_FREE.bottom());
        let needed = BarcodeSize::new(self.barcode_points).width_mm();
        let (width, height) = ((right - left).min(LARGEST.0.max(needed)), (bottom - top).min(LARGEST.1));
        if width < needed || height < LOWEST {
            return Err(FormError::Window(format!(
                "{width:.1} × {height:.1} mm left, {needed:.1} × {LOWEST:.1} mm needed"
            )));
        }
        // As near to the middle of the window as the paper's edge allows.
        let x = (window.x + (window.width - width) / 2.0).clamp(left, right - width);
        let y = (window.y + (window.height - height) / 2.0).clamp(top, bottom - height);
        Ok(Area::new(x, y, width, height))
    }
}

/// Where the mark 転送不要 stands in a block.
fn label_area(block: Area) -> Area {
    Area::new(block.right() - 17.0, block.y, 17.0, FIRST_LINE)
}

/// Draws what is the same in every block of a run: that the letter must not be forwarded.
pub(crate) fn label(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    envelope: &WindowEnvelope,
) -> Result<(), FormError> {
    let label = label_area(envelope.address_block()?);
    sheet.frame(label.inset(0.15), 0.3);
    let style = TextBox::new(label, Family::Headings, 9.5).align(Align::Centre).valign(VAlign::Middle);
    style.put(sheet, composer, NOT_FORWARDED)?;
    Ok(())
}

/// Draws the block, without its [`label`].
pub(crate) fn draw(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    to: &Addressee,
    envelope: &WindowEnvelope,
) -> Result<(), FormError> {
    let block = envelope.address_block()?;
    let size = BarcodeSize::new(envelope.barcode_points);

    let first = Area::new(block.x, block.y, block.width, FIRST_LINE);
    if let Some(code) = postal_code(&to.postal_code) {
        let area = Area::new(block.x, first.y, block.width - 19.0, first.height);
        TextBox::new(area, Family::Numbers, 11.0).valign(VAlign::Middle).put(sheet, composer, &code)?;
    }

    // From the bottom: clear space, barcode, clear space, name; the address takes what is left.
    let bars_top = block.bottom() - CLEAR_MM - size.height_mm();
    let name = Area::new(block.x, bars_top - CLEAR_MM - 7.6, block.width, 7.6);
    let address_top = first.bottom() + 1.2;
    let address = Area::new(block.x, address_top, block.width, name.y - 0.6 - address_top);

    let building = to.building.as_deref().map(str::trim).filter(|b| !b.is_empty());
    let text = match building {
        Some(building) => format!("{}\n{building}", to.address),
        None => to.address.clone(),
    };
    TextBox::new(address, Family::Names, 11.0).smallest(7.0).leading(1.2).put(sheet, composer, &text)?;

    let sama = Area::new(name.right() - 7.0, name.y, 7.0, name.height);
    let own = Area::new(name.x, name.y, name.width - sama.width - 1.5, name.height);
    let set = TextBox::new(own, Family::Names, 15.0)
        .smallest(8.0)
        .leading(1.15)
        .valign(VAlign::Middle)
        .put(sheet, composer, &to.name)?;
    TextBox::new(Area { x: set.right + 1.5, ..sama }, Family::Names, set.size.clamp(11.0, 14.0))
        .valign(VAlign::Middle)
        .put(sheet, composer, "様")?;

    // No barcode where the postal code does not name a delivery area: the post would refuse it.
    let address = building.map_or_else(|| to.address.clone(), |b| format!("{} {b}", to.address));
    if let Ok(code) = customer_barcode(&to.postal_code, &address) {
        barcode::draw(sheet, &code, size, block.x, bars_top);
    }
    Ok(())
}

/// `〒115-0045`, or what is registered where it has not seven digits; nothing when it is empty.
pub(crate) fn postal_code(registered: &str) -> Option<String> {
    let digits: String = registered.chars().filter(char::is_ascii_digit).collect();
    match registered.trim() {
        "" => None,
        _ if digits.len() == 7 => Some(format!("〒{}-{}", &digits[..3], &digits[3..])),
        other => Some(format!("〒{other}")),
    }
}
