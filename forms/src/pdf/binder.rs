//! Binding sheets into a file.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::archive::{self, CREATOR, PRODUCER};
use super::content::{self, Frame};
use super::file::{Effort, File, Number, text};
use super::{Bound, font_objects, stamp};
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
    /// The tree of pages: each branch, and the pages of the last one.
    branches: Vec<(Number, Vec<Number>)>,
    pages: usize,
}

/// Pages on one branch of the tree, so that a viewer finds any page of a hundred thousand at once.
const LEAVES: usize = 64;

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
        Ok(Self {
            file,
            frame,
            size,
            options,
            tree,
            fonts,
            shared: Vec::new(),
            branches: Vec::new(),
            pages: 0,
        })
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
        self.file.stream(number, &entries, &content, Effort::Thorough).map_err(broken)?;
        self.shared.push(number);
        Ok(self.shared.len() - 1)
    }

    /// Adds a page: its own sheet over shared ones, undermost first.
    pub(crate) fn page(&mut self, shared: &[usize], own: &Sheet) -> Result<(), FormError> {
        let content = match stamp::bytes(own, shared, &self.frame) {
            Some(content) => content,
            None => content::bytes(own, shared, &self.frame)?,
        };
        self.add_page(&content).map_err(broken)
    }

    fn add_page(&mut self, content: &[u8]) -> io::Result<()> {
        let branch = match self.branches.last() {
            Some((branch, kids)) if kids.len() < LEAVES => *branch,
            _ => {
                self.close_branch()?;
                let branch = self.file.reserve();
                self.branches.push((branch, Vec::with_capacity(LEAVES)));
                branch
            }
        };
        let (page, stream) = (self.file.reserve(), self.file.reserve());
        self.file.stream(stream, "", content, Effort::Quick)?;
        self.file.object(page, format!("<</Type/Page/Parent {branch} 0 R/Contents {stream} 0 R>>"))?;
        if let Some((_, kids)) = self.branches.last_mut() {
            kids.push(page);
        }
        self.pages += 1;
        Ok(())
    }

    /// Writes the last branch of the tree of pages; only its number and size are kept.
    fn close_branch(&mut self) -> io::Result<()> {
        let Some((branch, kids)) = self.branches.last_mut() else { return Ok(()) };
        let kids = std::mem::take(kids);
        let count = kids.len();
        let mut list = String::new();
        for page in kids {
            let _ = write!(list, "{page} 0 R ");
        }
        let body = format!("<</Type/Pages/Parent {} 0 R/Count {count}/Kids[{list}]>>", self.tree);
        self.file.object(*branch, body)
    }

    /// Writes the fonts and all that comes last.
    pub(crate) fn end(
        mut self,
        fonts: &Fonts,
        composer: Composer<'_>,
        properties: &Properties,
    ) -> Result<Bound, FormError> {
        if self.pages == 0 {
            return Err(FormError::Nothing);
        }
        let dictionary = font_objects::write(&mut self.file, fonts, &composer)?;
        self.file.object(self.fonts, dictionary).map_err(broken)?;
        let pages = self.pages;
        self.close(properties).map_err(broken)?;
        Ok(Bound { pages, fallbacks: composer.into_fallbacks() })
    }

    fn close(mut self, properties: &Properties) -> io::Result<()> {
        self.close_branch()?;
        let mut forms = String::new();
        for (index, number) in self.shared.iter().enumerate() {
            let _ = write!(forms, "/{} {number} 0 R", content::shared_name(index));
        }
        let mut kids = String::new();
        for (branch, _) in &self.branches {
            let _ = write!(kids, "{branch} 0 R ");
        }
        // What every page has in common stands once, at the root of the tree.
        let tree = format!(
            "<</Type/Pages/Count {}{}/Resources<</Font {} 0 R/XObject<<{forms}>>>>/Kids[{kids}]>>",
            self.pages,
            bounds("MediaBox", self.size),
            self.fonts,
        );
        self.file.object(self.tree, tree)?;
        let profile = self.file.reserve();
        self.file.stream(profile, "/N 1", &archive::grey_profile(), Effort::Thorough)?;
        let made_at = self.options.made_at;
        let metadata = self.file.reserve();
        let xmp = archive::metadata(properties, made_at);
        self.file.stream(metadata, "/Type/Metadata/Subtype/XML", xmp.as_bytes(), Effort::Plain)?;
        let (catalog, tree) = (self.file.reserve(), self.tree);
        self.file.object_alone(
            catalog,
            &format!(
                "<</Type/Catalog/Pages {tree} 0 R/Lang(ja-JP)/PageLayout/SinglePage\
                 /ViewerPreferences<</DisplayDocTitle true>>/Metadata {metadata} 0 R\
                 /OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(Grey gamma 2.2)\
                 /Info(Grey gamma 2.2)/DestOutputProfile {profile} 0 R>>]>>"
            ),
        )?;
        let zone = made_at.format("%z").to_string();
        let date = format!("(D:{}{}'{}')", made_at.format("%Y%m%d%H%M%S"), &zone[..3], &zone[3..]);
        let information = self.file.reserve();
        self.file.object(
            information,
            format!(
                "<</Title{}/Author{}/Creator({CREATOR})/Producer({PRODUCER})/CreationDate{date}/ModDate{date}>>",
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
