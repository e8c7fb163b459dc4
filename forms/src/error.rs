//! What can go wrong between a view struct and a PDF.

use std::path::PathBuf;

use thiserror::Error;

/// A sheet could not be made. Nothing is written when one of these comes back.
#[derive(Debug, Error)]
pub enum FormError {
    /// A font file is missing or cannot be read.
    #[error("font {path} cannot be read: {cause}", path = path.display())]
    FontUnreadable {
        /// The file that was looked for.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// A font file was read, but is not a font this program can embed.
    #[error("font {path} cannot be used: {cause}", path = path.display())]
    FontUnusable {
        /// The file that was read.
        path: PathBuf,
        /// What the parser said.
        cause: String,
    },
    /// A typeface could not be cut down to the characters of a document.
    #[error("font subset failed: {0}")]
    Subset(String),
    /// The code on a letter cannot hold the token.
    #[error("QR code: {0}")]
    Qr(String),
    /// The window of the envelope leaves no room for an address on the sheet.
    #[error("the envelope's window leaves no room for the address: {0}")]
    Window(String),
    /// A letter names a version of its words that nobody knows any more.
    #[error("unknown wording {0}")]
    Wording(String),
    /// There was nothing to print.
    #[error("no sheet to print")]
    Nothing,
    /// The document could not be put together.
    #[error("PDF could not be written: {0}")]
    Pdf(String),
}

impl FormError {
    /// One sentence for the clerk, which says what to do where there is something to do.
    pub fn sentence(&self) -> String {
        match self {
            Self::FontUnreadable { path, .. } => format!(
                "フォント {} を読めません。make setup で fonts-ipamj-mincho と fonts-morisawa-bizud を入れてください。",
                path.display()
            ),
            Self::FontUnusable { path, .. } => {
                format!("フォント {} は使えない形式です。パッケージを入れ直してください。", path.display())
            }
            Self::Subset(_) => "フォントの必要な文字を取り出せませんでした。印刷していません。".to_owned(),
            Self::Qr(_) => "文書のQRコードを作れませんでした。印刷していません。".to_owned(),
            Self::Window(_) => {
                "窓あき封筒の窓の位置では宛名が入りません。印刷の設定で窓の位置と大きさを確かめてください。"
                    .to_owned()
            }
            Self::Wording(_) => {
                "この文書を作ったときの文の版が見つかりません。データの置き場所を写しから戻してください。"
                    .to_owned()
            }
            Self::Nothing => "印刷する文書がありません。".to_owned(),
            Self::Pdf(_) => "PDFを作れませんでした。印刷していません。".to_owned(),
        }
    }
}
