//! The plain structure of a PDF file: numbered objects one after the other, then where each is.
//!
//! Streams stand on their own; everything else is gathered into object streams and compressed a hundred at a time,
//! for a run of letters is mostly small dictionaries that are all alike.

use std::fmt::Write as _;
use std::io::{self, Write};

use flate2::{Compress, Compression, FlushCompress, Status};

/// A file that is written from beginning to end.
pub(super) struct File<W> {
    out: W,
    at: u64,
    /// Where each object is; object 1 is first.
    places: Vec<Place>,
    gathered: Vec<(Number, String)>,
    fingerprint: u128,
    quick: Compress,
    thorough: Compress,
    packed: Vec<u8>,
}

/// Number of an object.
pub(super) type Number = usize;

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// Given out and not yet written.
    Nowhere,
    /// On its own, so many bytes from the beginning.
    At(u32),
    /// In the object stream of this number, at this place.
    In(u32, u16),
}

/// How much effort goes into a stream.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// For what every page has.
    Quick,
    /// For what a file has once.
    Thorough,
    /// Not at all: what other programs must be able to read without knowing PDF.
    Plain,
}

/// Objects in one object stream.
const GATHERED: usize = 100;

impl<W: Write> File<W> {
    pub(super) fn begin(out: W) -> io::Result<Self> {
        let mut file = Self {
            out,
            at: 0,
            places: Vec::new(),
            gathered: Vec::with_capacity(GATHERED),
            // FNV-1a, 128 bits.
            fingerprint: 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d,
            quick: Compress::new(Compression::new(6), true),
            thorough: Compress::new(Compression::best(), true),
            packed: Vec::new(),
        };
        // Four bytes above 127 tell transfer programs that this is no text.
        file.put(b"%PDF-1.7\n%\xE7\xAA\x93\xE5\n")?;
        Ok(file)
    }

    /// Gives out a number for an object to be written later.
    pub(super) fn reserve(&mut self) -> Number {
        self.places.push(Place::Nowhere);
        self.places.len()
    }

    /// Writes an object under a reserved number.
    pub(super) fn object(&mut self, number: Number, body: String) -> io::Result<()> {
        self.gathered.push((number, body));
        if self.gathered.len() == GATHERED { self.flush_objects() } else { Ok(()) }
    }

    /// Writes an object on its own, for programs that look at a document without unpacking it.
    pub(super) fn object_alone(&mut self, number: Number, body: &str) -> io::Result<()> {
        self.places[number - 1] = Place::At(self.here()?);
        self.put(format!("{number} 0 obj\n{body}\nendobj\n").as_bytes())
    }

    /// Writes the gathered objects as one object stream.
    fn flush_objects(&mut self) -> io::Result<()> {
        if self.gathered.is_empty() {
            return Ok(());
        }
        let stream = self.reserve();
        let gathered = std::mem::take(&mut self.gathered);
        let (mut head, mut bodies) = (String::new(), String::new());
        for (index, (number, body)) in gathered.iter().enumerate() {
            let _ = write!(head, "{number} {} ", bodies.len());
            bodies.push_str(body);
            bodies.push('\n');
            let index = u16::try_from(index).map_err(io::Error::other)?;
            self.places[number - 1] = Place::In(u32::try_from(stream).map_err(io::Error::other)?, index);
        }
        let entries = format!("/Type/ObjStm/N {}/First {}", gathered.len(), head.len());
        head.push_str(&bodies);
        self.stream(stream, &entries, head.as_bytes(), Effort::Quick)
    }

    /// Writes a stream; `entries` are those of its dictionary besides length and filter.
    pub(super) fn stream(
        &mut self,
        number: Number,
        entries: &str,
        content: &[u8],
        effort: Effort,
    ) -> io::Result<()> {
        self.places[number - 1] = Place::At(self.here()?);
        if effort == Effort::Plain {
            self.put(format!("{number} 0 obj\n<<{entries}/Length {}>>\nstream\n", content.len()).as_bytes())?;
            self.put(content)?;
        } else {
            let mut packed = std::mem::take(&mut self.packed);
            let compress = if effort == Effort::Quick { &mut self.quick } else { &mut self.thorough };
            pack(compress, content, &mut packed)?;
            let head =
                format!("{number} 0 obj\n<<{entries}/Filter/FlateDecode/Length {}>>\nstream\n", packed.len());
            self.put(head.as_bytes())?;
            self.put(&packed)?;
            self.packed = packed;
        }
        self.put(b"\nendstream\nendobj\n")
    }

    /// Writes where everything is. The same content gives the same identifier.
    pub(super) fn end(mut self, catalog: Number, information: Number) -> io::Result<()> {
        self.flush_objects()?;
        let table = self.here()?;
        let number = self.reserve();
        self.places[number - 1] = Place::At(table);
        let size = self.places.len() + 1;
        let id = format!("{:032X}", self.fingerprint);
        let rows = rows(&self.places)?;
        let entries = format!(
            "/Type/XRef/Size {size}/W[1 4 2]/Root {catalog} 0 R/Info {information} 0 R/ID[<{id}><{id}>]\
             /DecodeParms<</Predictor 12/Columns {ROW}>>"
        );
        self.stream(number, &entries, &rows, Effort::Quick)?;
        self.put(format!("startxref\n{table}\n%%EOF\n").as_bytes())?;
        self.out.flush()
    }

    fn here(&self) -> io::Result<u32> {
        u32::try_from(self.at).map_err(|_| io::Error::other("a document of more than four gigabytes"))
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.fingerprint = (self.fingerprint ^ u128::from(u64::from_le_bytes(word)))
                .wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
        self.at += u64::try_from(bytes.len()).map_err(io::Error::other)?;
        self.out.write_all(bytes)
    }
}

/// Bytes of a row of the table.
const ROW: usize = 7;

/// The table of places, each row as its difference to the one above (PNG's predictor), which packs well.
fn rows(places: &[Place]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity((places.len() + 1) * (ROW + 1));
    let mut above = [0_u8; ROW];
    let free = std::iter::once([0, 0, 0, 0, 0, 0xFF, 0xFF]).map(Ok);
    for row in free.chain(places.iter().copied().map(row)) {
        let row = row?;
        bytes.push(2);
        bytes.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    Ok(bytes)
}

fn row(place: Place) -> io::Result<[u8; ROW]> {
    let (kind, first, second) = match place {
        Place::Nowhere => return Err(io::Error::other("an object was promised and not written")),
        Place::At(at) => (1, at, 0),
        Place::In(stream, index) => (2, stream, index),
    };
    let mut row = [kind; ROW];
    row[1..5].copy_from_slice(&first.to_be_bytes());
    row[5..].copy_from_slice(&second.to_be_bytes());
    Ok(row)
}

/// Compresses into a buffer that is used again and again.
fn pack(compress: &mut Compress, content: &[u8], packed: &mut Vec<u8>) -> io::Result<()> {
    compress.reset();
    packed.clear();
    packed.reserve(content.len() / 2 + 128);
    loop {
        let taken = usize::try_from(compress.total_in()).map_err(io::Error::other)?;
        let status = compress.compress_vec(&content[taken..], packed, FlushCompress::Finish)?;
        if status == Status::StreamEnd {
            return Ok(());
        }
        packed.reserve(packed.capacity().max(1024));
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
