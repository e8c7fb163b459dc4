//! The pictures of the card face: blank. A made-up person has no photograph.

/// A white PNG of one bit a pixel.
pub(super) fn blank_png(width: u16, height: u16) -> Vec<u8> {
    let row_length = usize::from(width).div_ceil(8);
    let mut rows = Vec::new();
    for _ in 0..height {
        rows.push(0);
        rows.resize(rows.len() + row_length, 0xFF);
    }
    let mut header = Vec::new();
    header.extend_from_slice(&u32::from(width).to_be_bytes());
    header.extend_from_slice(&u32::from(height).to_be_bytes());
    header.extend_from_slice(&[1, 0, 0, 0, 0]);

    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, *b"IHDR", &header);
    chunk(&mut png, *b"IDAT", &zlib_stored(&rows));
    chunk(&mut png, *b"IEND", &[]);
    png
}

/// The signature and file-type boxes of a JP2 file, with no picture behind them.
pub(super) fn empty_jpeg_2000() -> Vec<u8> {
    let mut bytes = vec![0, 0, 0, 12];
    bytes.extend_from_slice(b"jP  \r\n\x87\n");
    bytes.extend_from_slice(&[0, 0, 0, 20]);
    bytes.extend_from_slice(b"ftypjp2 \0\0\0\0jp2 ");
    bytes
}

fn chunk(png: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    png.extend_from_slice(&u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    let body = [&name[..], data].concat();
    png.extend_from_slice(&body);
    png.extend_from_slice(&crc32(&body).to_be_bytes());
}

/// zlib with one stored block: the pictures are a few hundred bytes.
fn zlib_stored(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap_or(0);
    let mut bytes = vec![0x78, 0x01, 0x01];
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&(!length).to_le_bytes());
    bytes.extend_from_slice(data);
    let (mut a, mut b) = (1u32, 0u32);
    for &byte in data {
        a = (a + u32::from(byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    bytes.extend_from_slice(&(b << 16 | a).to_be_bytes());
    bytes
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |mut crc, &byte| {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
        crc
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_png() {
        // The check value of CRC-32/ISO-HDLC, and the fixed IEND chunk of every PNG file.
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert!(blank_png(72, 12).ends_with(&[0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82]));
    }
}
