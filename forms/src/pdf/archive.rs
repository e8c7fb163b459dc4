//! What makes a document fit for the archive (PDF/A-2u): what its greys mean, and its properties once more in XML.
//!
//! printpdf's own PDF/A settings embed a printing profile of 650 KB under a key that no standard names, so both are made
//! here.

use chrono::{DateTime, FixedOffset};

use super::Properties;

/// An ICC profile (version 2) for grey with gamma 2.2 in the light of D50: all that black letters need.
pub(super) fn grey_profile() -> Vec<u8> {
    /// D50 as ICC writes it.
    const WHITE: [u32; 3] = [0x0000_F6D6, 0x0001_0000, 0x0000_D32D];
    let mut description = tagged(*b"desc");
    let name = b"Grey, gamma 2.2\0";
    description.extend(u32::try_from(name.len()).unwrap_or_default().to_be_bytes());
    description.extend(name);
    // No Unicode and no Macintosh name.
    description.extend([0; 4 + 4 + 2 + 1 + 67]);
    let mut copyright = tagged(*b"text");
    copyright.extend(b"No copyright\0");
    let mut white = tagged(*b"XYZ ");
    white.extend(WHITE.iter().flat_map(|value| value.to_be_bytes()));
    let mut curve = tagged(*b"curv");
    curve.extend(1_u32.to_be_bytes());
    curve.extend(0x0233_u16.to_be_bytes());

    let tags = [(b"desc", description), (b"cprt", copyright), (b"wtpt", white), (b"kTRC", curve)];
    let mut directory = u32::try_from(tags.len()).unwrap_or_default().to_be_bytes().to_vec();
    let mut contents: Vec<u8> = Vec::new();
    let base = 128 + 4 + 12 * tags.len();
    for (tag, bytes) in tags {
        directory.extend(tag);
        directory.extend(u32::try_from(base + contents.len()).unwrap_or_default().to_be_bytes());
        directory.extend(u32::try_from(bytes.len()).unwrap_or_default().to_be_bytes());
        contents.extend(bytes);
        contents.resize(contents.len().next_multiple_of(4), 0);
    }
    let mut header = vec![0; 128];
    let size = u32::try_from(base + contents.len()).unwrap_or_default();
    header[..4].copy_from_slice(&size.to_be_bytes());
    header[8..12].copy_from_slice(&[2, 0x10, 0, 0]);
    header[12..24].copy_from_slice(b"mntrGRAYXYZ ");
    // A day is asked for; it says nothing.
    for (at, value) in [2026_u16, 1, 1].into_iter().enumerate() {
        header[24 + 2 * at..26 + 2 * at].copy_from_slice(&value.to_be_bytes());
    }
    header[36..40].copy_from_slice(b"acsp");
    for (at, value) in WHITE.into_iter().enumerate() {
        header[68 + 4 * at..72 + 4 * at].copy_from_slice(&value.to_be_bytes());
    }
    header.extend(directory);
    header.extend(contents);
    header
}

fn tagged(kind: [u8; 4]) -> Vec<u8> {
    let mut bytes = kind.to_vec();
    bytes.extend([0; 4]);
    bytes
}

/// The document's properties as XMP; they must say the same as those in the file's own form.
pub(super) fn metadata(properties: &Properties, made_at: DateTime<FixedOffset>) -> String {
    let (title, author) = (escaped(&properties.title), escaped(&properties.author));
    let date = made_at.format("%Y-%m-%dT%H:%M:%S%:z");
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
         <pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>\
         <dc:format>application/pdf</dc:format>\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\
         <dc:language><rdf:Bag><rdf:li>ja-JP</rdf:li></rdf:Bag></dc:language>\
         <xmp:CreatorTool>{CREATOR}</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate>\
         <xmp:ModifyDate>{date}</xmp:ModifyDate><pdf:Producer>{PRODUCER}</pdf:Producer>\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>"
    )
}

/// The program that the document comes from.
pub(super) const CREATOR: &str = "Madoguchi";
/// What wrote the file.
pub(super) const PRODUCER: &str = "Madoguchi, printpdf";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The profile's size and its tags' places are what its head says.
    #[test]
    fn the_profile_is_whole() {
        let profile = grey_profile();
        let word = |at: usize| {
            let bytes: [u8; 4] = profile[at..at + 4].try_into().expect("four bytes");
            usize::try_from(u32::from_be_bytes(bytes)).expect("a size")
        };
        assert_eq!(word(0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        for tag in 0..word(128) {
            let (offset, size) = (word(136 + 12 * tag), word(140 + 12 * tag));
            assert!(offset % 4 == 0 && offset + size <= profile.len());
        }
    }
}
