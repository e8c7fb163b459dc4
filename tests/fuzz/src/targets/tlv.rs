//! Objects of a card's files and of certificates: what is read never reaches outside its bytes, and what the office
//! writes is read back as it was meant.
#![no_main]

use libfuzzer_sys::fuzz_target;
use myna_card::tlv::{ber, simple};

fuzz_target!(|data: &[u8]| {
    if let Ok(object) = ber::parse(data) {
        assert!(object.value.len() <= data.len());
    }
    for object in ber::iter(data).take(4096) {
        let Ok(object) = object else { break };
        assert!(object.value.len() <= data.len());
    }
    for object in simple::iter(data).take(4096) {
        let Ok(object) = object else { break };
        assert!(object.value.len() <= data.len());
    }
    let written = card::tlv::object(0x7F21, data);
    let read = ber::parse(&written).expect("what the office writes can be read");
    assert_eq!(read.value, data);
});
