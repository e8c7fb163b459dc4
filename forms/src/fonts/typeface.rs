//! One font file in memory.

use std::path::Path;

use crate::FormError;

/// A font file with TrueType outlines, read whole.
pub(crate) struct Typeface {
    bytes: Vec<u8>,
    postscript_name: String,
}

impl Typeface {
    pub(crate) fn read(path: &Path) -> Result<Self, FormError> {
        let bytes = std::fs::read(path)
            .map_err(|cause| FormError::FontUnreadable { path: path.to_owned(), cause })?;
        let unusable =
            |cause: &str| FormError::FontUnusable { path: path.to_owned(), cause: cause.to_owned() };
        let face = ttf_parser::Face::parse(&bytes, 0).map_err(|e| unusable(&e.to_string()))?;
        // The subset is embedded as FontFile2, which holds TrueType outlines only.
        if face.tables().glyf.is_none() {
            return Err(unusable("no TrueType outlines"));
        }
        let name = face
            .names()
            .into_iter()
            .filter(|n| n.name_id == ttf_parser::name_id::POST_SCRIPT_NAME)
            .find_map(|n| n.to_string())
            .ok_or_else(|| unusable("no PostScript name"))?;
        let postscript_name = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        Ok(Self { bytes, postscript_name })
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn postscript_name(&self) -> &str {
        &self.postscript_name
    }

    /// The parsed tables. Cheap: only the table directory is read.
    pub(crate) fn parsed(&self) -> Result<ttf_parser::Face<'_>, FormError> {
        ttf_parser::Face::parse(&self.bytes, 0).map_err(|e| FormError::Subset(e.to_string()))
    }
}
