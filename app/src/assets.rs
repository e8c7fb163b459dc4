//! The style sheet and the small scripts, carried inside the program.
//!
//! Addresses end in a fingerprint of the content, so that a browser may keep them for ever and still sees a new
//! version at once.

/// A file the pages link to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Path below the site, without the fingerprint: `/assets/app.css`.
    pub path: &'static str,
    /// The `Content-Type` to answer with.
    pub content_type: &'static str,
    /// The file itself.
    pub body: &'static str,
}

/// The style sheet's text.
pub const CSS: &str = include_str!("../assets/app.css");

/// The scripts that every clerk's page and the PIN pad may use; pages work without them.
pub const SCRIPTS: &[Asset] = &[
    Asset { path: "/assets/frame.js", content_type: JAVASCRIPT, body: include_str!("../assets/frame.js") },
    Asset { path: "/assets/live.js", content_type: JAVASCRIPT, body: include_str!("../assets/live.js") },
    Asset {
        path: "/assets/session.js",
        content_type: JAVASCRIPT,
        body: include_str!("../assets/session.js"),
    },
    Asset {
        path: "/assets/wording.js",
        content_type: JAVASCRIPT,
        body: include_str!("../assets/wording.js"),
    },
];

/// The style sheet as an asset.
pub const STYLE: Asset =
    Asset { path: "/assets/app.css", content_type: "text/css; charset=utf-8", body: CSS };

/// The sign on the browser's tab.
pub const ICON: Asset = Asset {
    path: "/assets/icon.svg",
    content_type: "image/svg+xml",
    body: include_str!("../assets/icon.svg"),
};

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// Every asset there is.
pub fn all() -> impl Iterator<Item = Asset> {
    [STYLE, ICON].into_iter().chain(SCRIPTS.iter().copied())
}

/// The asset at `path` (query string already taken off).
pub fn find(path: &str) -> Option<Asset> {
    all().find(|asset| asset.path == path)
}

impl Asset {
    /// The address for a page: the path and the content's fingerprint.
    pub fn address(&self) -> String {
        format!("{}?v={:016x}", self.path, fingerprint(self.body))
    }
}

/// FNV-1a: only to tell one build's file from another's, not for security.
const fn fingerprint(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{CSS, SCRIPTS, all, find};

    #[test]
    fn scripts_stay_small() {
        let bytes: usize = SCRIPTS.iter().map(|script| script.body.len()).sum();
        assert!(bytes < 10 * 1024, "{bytes} bytes of script");
    }

    #[test]
    fn scripts_never_write_markup_from_strings() {
        for script in SCRIPTS {
            for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
                assert!(!script.body.contains(forbidden), "{} uses {forbidden}", script.path);
            }
        }
    }

    #[test]
    fn style_loads_nothing_from_elsewhere() {
        assert!(!CSS.contains("url(") && !CSS.contains("@import") && !CSS.contains("//"));
    }

    #[test]
    fn every_asset_is_found_by_its_path() {
        for asset in all() {
            assert_eq!(find(asset.path), Some(asset));
        }
        assert_eq!(find("/assets/nothing.css"), None);
    }
}
