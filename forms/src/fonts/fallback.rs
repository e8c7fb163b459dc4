//! What the clerk must look at before the paper goes out.

use serde::{Deserialize, Serialize};

/// A text that could not be printed exactly as registered, or only very small.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fallback {
    /// The person on whose sheet it happened, by name as registered.
    pub who: String,
    /// The whole text it happened in.
    pub text: String,
    /// The character (with its selector), or the whole text where the size is the trouble.
    pub character: String,
    /// The section of the paper's wording it happened in; nothing where it is a person's own text.
    #[serde(skip)]
    pub section: Option<&'static str>,
    /// What was done instead.
    pub reason: FallbackReason,
}

/// Why a text differs from what is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FallbackReason {
    /// No font knows this variation sequence: the character without its selector was printed.
    BaseGlyph,
    /// No font knows this character: 〓 was printed.
    NoGlyph,
    /// The text was too long for its place and stands there smaller than is easy to read.
    TooLong,
}

impl Fallback {
    /// One sentence for the list that the clerk sees before printing.
    pub fn sentence(&self) -> String {
        let codes: Vec<String> = self.character.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
        let codes = codes.join(" ");
        match self.reason {
            FallbackReason::BaseGlyph => {
                format!(
                    "「{}」({codes}) の字形がフォントにないため、標準の字形で印刷しました。",
                    self.character
                )
            }
            FallbackReason::NoGlyph => {
                format!("「{}」({codes}) がフォントにないため、〓で印刷しました。", self.character)
            }
            FallbackReason::TooLong => {
                format!("「{}」は長いため、小さな文字で印刷しました。読めるか確かめてください。", self.text)
            }
        }
    }
}
