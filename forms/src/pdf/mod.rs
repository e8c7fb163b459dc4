//! Finished sheets into one PDF.
//!
//! What is the same on many pages is drawn once and shown on each (a form XObject). Every face is embedded once,
//! cut down to what the whole document uses.

mod content;
mod finish;
mod font_objects;

use printpdf::{PdfDocument, PdfPage, PdfSaveOptions};

use crate::fonts::{Composer, Fallback, Fonts};
use crate::layout::{PAGE_HEIGHT, PAGE_WIDTH, Sheet};
use crate::{FormError, PrintOptions};

/// A document ready for the printer.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The file.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What did not come out as registered, in the order of the pages, for the clerk to look at before posting.
    pub fallbacks: Vec<Fallback>,
}

/// A document on its way to being a file.
pub(crate) struct Book {
    /// Title shown by the viewer.
    pub(crate) title: String,
    /// The office.
    pub(crate) author: String,
    /// What several pages share.
    pub(crate) shared: Vec<Sheet>,
    /// The pages in order.
    pub(crate) pages: Vec<Page>,
}

/// One page: what it alone shows, over what it shares.
pub(crate) struct Page {
    /// Indices into [`Book::shared`], undermost first.
    pub(crate) shared: Vec<usize>,
    pub(crate) own: Sheet,
}

/// Name of a shared sheet among a page's resources.
fn shared_name(index: usize) -> String {
    format!("S{index}")
}

impl Book {
    /// Writes the file.
    pub(crate) fn write(
        self,
        fonts: &Fonts,
        composer: Composer<'_>,
        options: &PrintOptions,
    ) -> Result<Printed, FormError> {
        if self.pages.is_empty() {
            return Err(FormError::Nothing);
        }
        let pages = self.pages.len();
        let frame = content::Frame::of(options);
        let page = |shared: &[usize], sheet: &Sheet| {
            let ops = content::ops(sheet, shared, &frame);
            PdfPage::new(printpdf::Mm(PAGE_WIDTH), printpdf::Mm(PAGE_HEIGHT), ops)
        };
        // Shared sheets go in as pages and are turned into form XObjects when the file is finished.
        let mut document = PdfDocument::new(&self.title);
        document.pages = self.shared.iter().map(|sheet| page(&[], sheet)).collect();
        document.pages.extend(self.pages.iter().map(|p| page(&p.shared, &p.own)));

        let save = PdfSaveOptions {
            optimize: true,
            subset_fonts: false,
            // Our own operators for codes made of many squares; nothing here comes from outside.
            secure: false,
            image_optimization: None,
        };
        let mut lopdf = document.to_lopdf_document(&save, &mut Vec::new());
        drop(document);
        let font_ids = font_objects::add(&mut lopdf, fonts, &composer)?;
        let pdf = finish::Finish { book: &self, options, font_ids }.write(lopdf)?;
        Ok(Printed { pdf, pages, fallbacks: composer.into_fallbacks() })
    }
}
