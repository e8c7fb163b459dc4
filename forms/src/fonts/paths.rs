//! Where the font files are.

use std::path::PathBuf;

/// The four files. The default is where Debian's packages put them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontPaths {
    /// IPAmj Mincho (`fonts-ipamj-mincho`).
    pub names: PathBuf,
    /// BIZ UD Mincho (`fonts-morisawa-bizud-mincho`).
    pub text: PathBuf,
    /// BIZ UD Gothic (`fonts-morisawa-bizud-gothic`).
    pub numbers: PathBuf,
    /// BIZ UD Gothic Bold.
    pub headings: PathBuf,
}

impl Default for FontPaths {
    fn default() -> Self {
        let debian = |file: &str| PathBuf::from("/usr/share/fonts/truetype").join(file);
        Self {
            names: debian("ipamj/ipamjm.ttf"),
            text: debian("bizud-mincho/BIZUDMincho-Regular.ttf"),
            numbers: debian("bizud-gothic/BIZUDGothic-Regular.ttf"),
            headings: debian("bizud-gothic/BIZUDGothic-Bold.ttf"),
        }
    }
}
