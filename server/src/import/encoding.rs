//! Bytes to text: UTF-8 with or without a byte-order mark, or CP932 (Windows' Shift_JIS).

use encoding_rs::{Decoder, Encoding, SHIFT_JIS, UTF_8};
use std::io::{self, Read};

/// Bytes read at once, and the most that are looked at to tell the encoding.
const CHUNK: usize = 64 * 1024;

/// What the first bytes of a file say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// UTF-8.
    Utf8,
    /// CP932.
    Cp932,
    /// No text that we read, with the word for what it seems to be.
    Other(&'static str),
}

/// Tells the encoding from the beginning of a file. The header row decides: Japanese column names in CP932 are never
/// valid UTF-8, and a broken byte further down must not turn a whole UTF-8 file into nonsense.
pub fn guess(beginning: &[u8]) -> Guess {
    match beginning {
        [0xEF, 0xBB, 0xBF, ..] => return Guess::Utf8,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Guess::Other("UTF-16のテキスト"),
        [b'P', b'K', 3, 4, ..] => return Guess::Other("ExcelブックやZIP"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Guess::Other("古い形式のExcelブック"),
        [b'%', b'P', b'D', b'F', ..] => return Guess::Other("PDF"),
        _ => {}
    }
    if beginning.iter().take(CHUNK).any(|&byte| byte == 0) {
        return Guess::Other("文字ではないデータ");
    }
    let end = beginning.iter().position(|&byte| byte == b'\n').unwrap_or(beginning.len());
    match std::str::from_utf8(&beginning[..end]) {
        Ok(_) => Guess::Utf8,
        // A header that is cut off in the middle of a character is still UTF-8.
        Err(error) if error.error_len().is_none() => Guess::Utf8,
        Err(_) => Guess::Cp932,
    }
}

/// A file as text, chunk by chunk. A byte that is no character becomes U+FFFD, which the cells refuse.
pub struct Text<R> {
    source: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    /// Bytes read so far.
    read: u64,
    ended: bool,
}

impl<R: Read> Text<R> {
    /// Begins to read; the beginning of the source tells the encoding.
    ///
    /// # Errors
    /// When the source can't be read.
    pub fn open(mut source: R) -> io::Result<Result<Self, &'static str>> {
        let mut bytes = vec![0; CHUNK];
        let mut filled = 0;
        while filled < CHUNK {
            match source.read(&mut bytes[filled..])? {
                0 => break,
                count => filled += count,
            }
        }
        bytes.truncate(filled);
        let encoding: &'static Encoding = match guess(&bytes) {
            Guess::Utf8 => UTF_8,
            Guess::Cp932 => SHIFT_JIS,
            Guess::Other(what) => return Ok(Err(what)),
        };
        let decoder = encoding.new_decoder_with_bom_removal();
        Ok(Ok(Self { source, decoder, bytes, read: filled as u64, ended: false }))
    }

    /// How the text is read, in words.
    pub fn encoding(&self) -> &'static str {
        if self.decoder.encoding() == UTF_8 { "UTF-8" } else { "Shift_JIS(CP932)" }
    }

    /// Bytes read so far, for progress.
    pub fn bytes_read(&self) -> u64 {
        self.read
    }

    /// Puts more text at the end of `out`; false when there is no more.
    ///
    /// # Errors
    /// When the source can't be read.
    pub fn fill(&mut self, out: &mut String) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.bytes.is_empty() {
            self.bytes.resize(CHUNK, 0);
            let count = self.source.read(&mut self.bytes)?;
            self.bytes.truncate(count);
            self.read += count as u64;
            self.ended = count == 0;
        }
        let room = self.decoder.max_utf8_buffer_length(self.bytes.len()).unwrap_or(CHUNK * 3);
        out.reserve(room);
        let _ = self.decoder.decode_to_string(&self.bytes, out, self.ended);
        self.bytes.clear();
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut text = Text::open(bytes).unwrap().ok().unwrap();
        let mut out = String::new();
        while text.fill(&mut out).unwrap() {}
        out
    }

    /// The same words come out of all three encodings, without the byte-order mark.
    #[test]
    fn reads_utf8_with_and_without_mark_and_cp932() {
        let words = "宛名番号,氏名\r\n1,髙橋 﨑子\r\n";
        assert_eq!(read(words.as_bytes()), words);
        assert_eq!(read(&[b"\xEF\xBB\xBF", words.as_bytes()].concat()), words);
        let (cp932, _, lost) = SHIFT_JIS.encode(words);
        assert!(!lost, "髙 and 﨑 are characters of CP932");
        assert_eq!(read(&cp932), words);
    }

    /// Characters that lie across two chunks stay whole, variation selectors and characters beyond the BMP included.
    #[test]
    fn keeps_characters_across_chunks() {
        let words = format!("氏名\n{}", "渡邉\u{E0101}𠮷".repeat(20_000));
        assert_eq!(read(words.as_bytes()), words);
    }

    /// A broken byte below the header is shown as one, and doesn't change how the rest is read.
    #[test]
    fn a_broken_byte_stays_one_broken_character() {
        assert_eq!(read(b"\xE6\xB0\x8F\xE5\x90\x8D\na\xFFb\n"), "氏名\na\u{FFFD}b\n");
    }

    /// What people upload by mistake is named.
    #[test]
    fn names_files_that_are_no_text() {
        for (bytes, what) in [
            (&b"PK\x03\x04xl"[..], "ExcelブックやZIP"),
            (b"\xFF\xFE\x0d\x54", "UTF-16のテキスト"),
            (b"%PDF-1.7", "PDF"),
            (b"a\0b", "文字ではないデータ"),
        ] {
            assert_eq!(Text::open(bytes).unwrap().err(), Some(what));
        }
    }
}
