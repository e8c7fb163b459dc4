//! Writing BER-TLV: what files of the card and certificates are made of. Reading is `myna-card`'s and `der`'s work.

/// One object: tag, definite length in the shortest form, value. The tag is one to four bytes, as it is written.
///
/// # Panics
/// Above 65,535 bytes, which nothing on a card reaches.
pub fn object(tag: u32, value: &[u8]) -> Vec<u8> {
    let mut bytes: Vec<u8> = tag.to_be_bytes().into_iter().skip_while(|&byte| byte == 0).collect();
    let length = u16::try_from(value.len()).expect("an object of a card fits in 65,535 bytes");
    match length.to_be_bytes() {
        [0, low @ 0..=0x7F] => bytes.push(low),
        [0, low] => bytes.extend_from_slice(&[0x81, low]),
        [high, low] => bytes.extend_from_slice(&[0x82, high, low]),
    }
    bytes.extend_from_slice(value);
    bytes
}

/// The objects one after the other, inside one object.
pub fn group(tag: u32, parts: &[Vec<u8>]) -> Vec<u8> {
    object(tag, &parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A length that no memory holds is refused like any other that is longer than what came, and ends nothing.
    #[test]
    fn a_length_beyond_all_measure_is_refused() {
        use myna_card::tlv::ber;
        let object = [&[0x30, 0x88][..], &[0xFF; 8], &[1, 2, 3]].concat();
        assert!(ber::parse(&object).is_err());
        assert!(ber::iter(&object).all(|object| object.is_err()));
    }

    #[test]
    fn the_length_takes_its_shortest_form() {
        assert_eq!(object(0x30, &[]), [0x30, 0x00]);
        assert_eq!(object(0xDF21, &[7; 127])[..3], [0xDF, 0x21, 0x7F]);
        assert_eq!(object(0x7F21, &[7; 128])[..4], [0x7F, 0x21, 0x81, 0x80]);
        assert_eq!(object(0x5F37, &[7; 256])[..5], [0x5F, 0x37, 0x82, 0x01, 0x00]);
        assert_eq!(group(0x30, &[object(2, &[1]), object(2, &[2])]), [0x30, 6, 2, 1, 1, 2, 1, 2]);
    }
}
