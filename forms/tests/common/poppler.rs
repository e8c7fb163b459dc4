//! Reading a PDF back with poppler's tools, as somebody else's program sees it. `make setup` installs them.

use std::path::PathBuf;
use std::process::Command;

use forms::Printed;
use tempfile::TempDir;

/// A printed document on disk.
pub struct Paper {
    directory: TempDir,
    pub pages: usize,
}

/// A word and where it stands, millimetres from the top left of its page.
#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Paper {
    pub fn of(printed: &Printed) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        std::fs::write(directory.path().join("paper.pdf"), &printed.pdf).expect("written");
        Self { directory, pages: printed.pages }
    }

    fn file(&self) -> PathBuf {
        self.directory.path().join("paper.pdf")
    }

    fn tool(&self, name: &str, arguments: &[&str]) -> String {
        let output = Command::new(name)
            .args(arguments)
            .current_dir(self.directory.path())
            .output()
            .unwrap_or_else(|e| panic!("{name} (poppler-utils, installed by make setup): {e}"));
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty(), "{name} complains: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// The text of one page, counted from 1, as copied.
    pub fn text(&self, page: usize) -> String {
        let page = page.to_string();
        self.tool("pdftotext", &["-f", &page, "-l", &page, "paper.pdf", "-"])
    }

    /// The text of all pages.
    pub fn all_text(&self) -> Vec<String> {
        let text = self.tool("pdftotext", &["paper.pdf", "-"]);
        text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
    }

    /// The words of each page and where they stand.
    pub fn all_words(&self) -> Vec<Vec<Word>> {
        let xml = self.tool("pdftotext", &["-bbox", "paper.pdf", "-"]);
        let pages = xml.split("<page ").skip(1);
        let words = |page: &str| {
            page.lines().filter_map(|line| line.trim().strip_prefix("<word ")).map(word).collect()
        };
        pages.map(words).collect()
    }

    /// The words of one page and where they stand.
    pub fn words(&self, page: usize) -> Vec<Word> {
        let page = page.to_string();
        let xml = self.tool("pdftotext", &["-bbox", "-f", &page, "-l", &page, "paper.pdf", "-"]);
        xml.lines().filter_map(|line| line.trim().strip_prefix("<word ")).map(word).collect()
    }

    pub fn fonts(&self) -> Vec<Vec<String>> {
        let list = self.tool("pdffonts", &["paper.pdf"]);
        list.lines().skip(2).map(|l| l.split_whitespace().map(ToOwned::to_owned).collect()).collect()
    }

    pub fn info(&self) -> String {
        self.tool("pdfinfo", &["-isodates", "paper.pdf"])
    }

    /// One page as grey pixels: width, height, values.
    pub fn picture(&self, page: usize, dpi: u32) -> (usize, usize, Vec<u8>) {
        let (page, dpi) = (page.to_string(), dpi.to_string());
        self.tool(
            "pdftoppm",
            &["-gray", "-r", &dpi, "-f", &page, "-l", &page, "-singlefile", "paper.pdf", "p"],
        );
        let file = std::fs::read(self.file().with_file_name("p.pgm")).expect("a picture");
        let mut fields = file.splitn(4, u8::is_ascii_whitespace);
        assert_eq!(fields.next(), Some(&b"P5"[..]));
        let mut number = || {
            let field = fields.next().expect("a number");
            std::str::from_utf8(field).expect("digits").parse::<usize>().expect("a number")
        };
        let (width, height) = (number(), number());
        let pixels = file[file.len() - width * height..].to_vec();
        (width, height, pixels)
    }
}

fn word(line: &str) -> Word {
    let value = |name: &str| -> f64 {
        let start = line.find(&format!("{name}=\"")).expect("an edge") + name.len() + 2;
        let end = start + line[start..].find('"').expect("a quote");
        line[start..end].parse::<f64>().expect("a number") * 25.4 / 72.0
    };
    let start = line.find('>').expect("a tag") + 1;
    let end = line.find("</word>").expect("a tag");
    let text = line[start..end]
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
    Word { text, left: value("xMin"), top: value("yMin"), right: value("xMax"), bottom: value("yMax") }
}

/// What the QR codes of one page say, by a decoder that has nothing to do with how they were made.
pub fn codes(paper: &Paper, page: usize) -> Vec<String> {
    let (width, height, pixels) = paper.picture(page, 300);
    let mut picture =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    picture.detect_grids().into_iter().map(|grid| grid.decode().expect("readable").1).collect()
}
