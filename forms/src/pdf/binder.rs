//! Binding sheets into a file.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::content::{self, Frame};
use super::file::{File, Number, text};
use super::{Bound, font_objects};
use crate::fonts::{Composer, Fonts};
use crate::layout::{Sheet, Size};
use crate::{FormError, PrintOptions};

/// Takes sheets one by one and writes each at once.
pub(crate) struct Binder<'o, W> {
    file: File<W>,
    frame: Frame,
    size: Size,
    options: &'o PrintOptions,
    tree: Number,
    fonts: Number,
    shared: Vec<Number>,
    pages: Vec<Number>,
}

/// What a viewer shows about a document.
pub(crate) struct Properties {
    pub(crate) title: String,
    /// The office.
    pub(crate) author: String,
}

impl<'o, W: Write> Binder<'o, W> {
    /// Begins a document on A4.
    pub(crate) fn begin(out: W, options: &'o PrintOptions) -> Result<Self, FormError> {
        Self::on(out, options, Size::A4)
    }

    /// Begins a document on paper of this size.
    pub(crate) fn on(out: W, options: &'o PrintOptions, size: Size) -> Result<Self, FormError> {
        let mut file = File::begin(out).map_err(broken)?;
        let (tree, fonts) = (file.reserve(), file.reserve());
        let frame = Frame::of(options, size);
        Ok(Self { file, frame, size, options, tree, fonts, shared: Vec::new(), pages: Vec::new() })
    }

    /// Adds what several pages will show. Returns its index for [`Binder::page`].
    pub(crate) fn share(&mut self, sheet: &Sheet) -> Result<usize, FormError> {
        let content = content::bytes(sheet, &[], &self.frame)?;
        let number = self.file.reserve();
        let entries = format!(
            "/Type/XObject/Subtype/Form{}/Resources<</Font {} 0 R>>",
            bounds("BBox", self.size),
            self.fonts
        );
        self.file.stream(number, &entries, &content).map_err(broken)?;
        self.shared.push(number);
        Ok(self.shared.len() - 1)
    }

    /// Adds a page: its own sheet over shared ones, undermost first.
    pub(crate) fn page(&mut self, shared: &[usize], own: &Sheet) -> Result<(), FormError> {
        let content = content::bytes(own, shared, &self.frame)?;
        let (page, stream) = (self.file.reserve(), self.file.reserve());
        self.file.stream(stream, "", &content).map_err(broken)?;
        let entries = format!("<</Type/Page/Parent {} 0 R/Contents {stream} 0 R>>", self.tree);
        self.file.object(page, &entries).map_err(broken)?;
        self.pages.push(page);
        Ok(())
    }

    /// Writes the fonts and all that comes last.
    pub(crate) fn end(
        mut self,
        fonts: &Fonts,
        composer: Composer<'_>,
        properties: &Properties,
    ) -> Result<Bound, FormError> {
        if self.pages.is_empty() {
            return Err(FormError::Nothing);
        }
        let dictionary = font_objects::write(&mut self.file, fonts, &composer)?;
        self.file.object(self.fonts, &dictionary).map_err(broken)?;
        let pages = self.pages.len();
        self.close(properties).map_err(broken)?;
        Ok(Bound { pages, fallbacks: composer.into_fallbacks() })
    }

    fn close(mut self, properties: &Properties) -> io::Result<()> {
        let mut forms = String::new();
        for (index, number) in self.shared.iter().enumerate() {
            let _ = write!(forms, "/{} {number} 0 R", content::shared_name(index));
        }
        let mut kids = String::new();
        for page in &self.pages {
            let _ = write!(kids, "{page} 0 R ");
        }
        // What every page has in common stands once, at the root of the tree.
        let tree = format!(
            "<</Type/Pages/Count {}{}/Resources<</Font {} 0 R/XObject<<{forms}>>>>/Kids[{kids}]>>",
            self.pages.len(),
            bounds("MediaBox", self.size),
            self.fonts,
        );
        self.file.object(self.tree, &tree)?;
        let catalog = self.file.reserve();
        let tree = self.tree;
        self.file.object(
            catalog,
            &format!(
                "<</Type/Catalog/Pages {tree} 0 R/Lang(ja-JP)/PageLayout/SinglePage\
                 /ViewerPreferences<</DisplayDocTitle true>>>>"
            ),
        )?;
        let made_at = self.options.made_at;
        let zone = made_at.format("%z").to_string();
        let date = format!("(D:{}{}'{}')", made_at.format("%Y%m%d%H%M%S"), &zone[..3], &zone[3..]);
        let information = self.file.reserve();
        self.file.object(
            information,
            &format!(
                "<</Title{}/Author{}/Creator(Madoguchi)/Producer(Madoguchi, printpdf)/CreationDate{date}/ModDate{date}>>",
                text(&properties.title),
                text(&properties.author)
            ),
        )?;
        self.file.end(catalog, information)
    }
}

/// The size of the paper under this name.
fn bounds(name: &str, size: Size) -> String {
    let points = |mm: f32| mm / crate::layout::MM_PER_PT;
    format!("/{name}[0 0 {:.2} {:.2}]", points(size.width), points(size.height))
}

fn broken(error: io::Error) -> FormError {
    FormError::Pdf(error.to_string())
}
