//! Marks outside the text: 訓練 and where to fold.

use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, EDGE, Line, Mark, PAGE_HEIGHT, PAGE_WIDTH, Sheet, TextBox, VAlign};
use crate::{FormError, PrintOptions};

/// Marks a sheet as made in training, where the office is in training: large and pale across the middle, so that
/// nothing under it becomes unreadable, and small and black in its `badge`, so that it shows on a bad copy too.
pub(crate) fn training(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    badge: Area,
    options: &PrintOptions,
) -> Result<(), FormError> {
    if !options.training {
        return Ok(());
    }
    let glyphs = composer.glyphs("訓練", Family::Headings)?;
    let line = Line { tracking: 300.0, ..Line::new(glyphs, 190.0) };
    let (sine, cosine) = 45_f32.to_radians().sin_cos();
    let half = line.width() / 2.0;
    // The middle of the characters, not their baseline, goes through the middle of the sheet.
    let drop = line.size * 0.38 * crate::layout::MM_PER_PT;
    let x = PAGE_WIDTH / 2.0 - half * cosine + drop * sine;
    let baseline = PAGE_HEIGHT / 2.0 + half * sine + drop * cosine;
    sheet.marks.insert(0, Mark::Text { x, baseline, line, grey: 0.92, turn: 45.0 });

    training_badge(sheet, composer, badge, options)
}

/// The small mark alone, for paper on which the large one would lie across an address.
pub(crate) fn training_badge(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    badge: Area,
    options: &PrintOptions,
) -> Result<(), FormError> {
    if !options.training {
        return Ok(());
    }
    sheet.frame(badge, 0.5);
    TextBox::new(badge, Family::Headings, 13.0).align(Align::Centre).valign(VAlign::Middle).put(
        sheet,
        composer,
        "訓練用",
    )?;
    Ok(())
}

/// Two short rules at the left edge of the paper where a letter is folded in three.
pub(crate) fn folds(sheet: &mut Sheet, options: &PrintOptions) {
    if options.fold_marks {
        for third in [1.0, 2.0] {
            let y = PAGE_HEIGHT / 3.0 * third;
            sheet.rule((EDGE, y), (EDGE + 3.0, y), 0.1, 0.5);
        }
    }
}
