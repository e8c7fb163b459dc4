//! The plain structure of a PDF file: numbered objects one after the other, then where each begins.

use std::fmt::Write as _;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A file that is written from beginning to end.
pub(super) struct File<W> {
    out: W,
    at: u64,
    /// Where each object begins; object 1 is first. Nothing for numbers given out but not yet written.
    begins: Vec<Option<u64>>,
    fingerprint: u128,
}

/// Number of an object.
pub(super) type Number = usize;

impl<W: Write> File<W> {
    pub(super) fn begin(out: W) -> io::Result<Self> {
        // FNV-1a, 128 bits.
        let fingerprint = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        let mut file = Self { out, at: 0, begins: Vec::new(), fingerprint };
        // Four bytes above 127 tell transfer programs that this is no text.
        file.put(b"%PDF-1.7\n%\xE7\xAA\x93\xE5\n")?;
        Ok(file)
    }

    /// Gives out a number for an object to be written later.
    pub(super) fn reserve(&mut self) -> Number {
        self.begins.push(None);
        self.begins.len()
    }

    /// Writes an object under a reserved number.
    pub(super) fn object(&mut self, number: Number, body: &str) -> io::Result<()> {
        self.begins[number - 1] = Some(self.at);
        self.put(format!("{number} 0 obj\n{body}\nendobj\n").as_bytes())
    }

    /// Writes a compressed stream; `entries` are those of its dictionary besides length and filter.
    pub(super) fn stream(&mut self, number: Number, entries: &str, content: &[u8]) -> io::Result<()> {
        let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 2), Compression::default());
        encoder.write_all(content)?;
        let packed = encoder.finish()?;
        self.begins[number - 1] = Some(self.at);
        let head =
            format!("{number} 0 obj\n<<{entries}/Filter/FlateDecode/Length {}>>\nstream\n", packed.len());
        self.put(head.as_bytes())?;
        self.put(&packed)?;
        self.put(b"\nendstream\nendobj\n")
    }

    /// Writes where everything is. The same content gives the same identifier.
    pub(super) fn end(mut self, catalog: Number, information: Number) -> io::Result<()> {
        let table = self.at;
        let size = self.begins.len() + 1;
        let id = format!("{:032X}", self.fingerprint);
        let begins = std::mem::take(&mut self.begins);
        self.put(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes())?;
        for begin in begins {
            let begin = begin.ok_or_else(|| io::Error::other("an object was promised and not written"))?;
            self.put(format!("{begin:010} 00000 n \n").as_bytes())?;
        }
        let trailer = format!(
            "trailer\n<</Size {size}/Root {catalog} 0 R/Info {information} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{table}\n%%EOF\n"
        );
        self.put(trailer.as_bytes())?;
        self.out.flush()
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        for byte in bytes {
            self.fingerprint =
                (self.fingerprint ^ u128::from(*byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
        self.at += u64::try_from(bytes.len()).map_err(io::Error::other)?;
        self.out.write_all(bytes)
    }
}

/// A text for the document's properties: UTF-16 in hexadecimal digits.
pub(super) fn text(value: &str) -> String {
    let mut digits = String::from("<FEFF");
    for unit in value.encode_utf16() {
        let _ = write!(digits, "{unit:04X}");
    }
    digits.push('>');
    digits
}
