//! RFC 4493's vectors for the MAC, recorded exchanges for the channel, and both sides against each other.
//!
//! GlobalPlatform itself publishes no byte vectors for SCP03 that we could read. The exchanges here are facts: a card
//! with GlobalPlatform's sample keys (40…4F is the old set; here 00…0F, 10…1F, 20…2F) and another implementation
//! talked to each other, and the public test suite of osmocom's pySim prints what they said.

use super::host::{CardHello, external_authenticate};
use super::kdf::{cmac, constant, derive_8};
use super::*;
use crate::apdu::Command;

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex")).collect()
}

fn array<const N: usize>(text: &str) -> [u8; N] {
    hex(text).try_into().expect("length")
}

fn sample_keys() -> StaticKeys {
    StaticKeys {
        enc: array("000102030405060708090a0b0c0d0e0f"),
        mac: array("101112131415161718191a1b1c1d1e1f"),
        dek: array("202122232425262728292a2b2c2d2e2f"),
    }
}

/// RFC 4493, section 4: the four examples with AES-128.
#[test]
fn cmac_gives_the_values_of_rfc_4493() {
    let key = array("2b7e151628aed2a6abf7158809cf4f3c");
    let message = hex(concat!(
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51",
        "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"
    ));
    for (length, expected) in [
        (0, "bb1d6929e95937287fa37d129b756746"),
        (16, "070a16b46b4d4144f79bdd9dd04a287c"),
        (40, "dfa66747de9ae63030ca32611497c827"),
        (64, "51f0bebf7e3b9d92fc49741779363cfe"),
    ] {
        assert_eq!(cmac(&key, &[&message[..length]]).to_vec(), hex(expected), "length {length}");
    }
}

struct Recorded {
    level: Level,
    host_challenge: &'static str,
    hello: &'static str,
    external: &'static str,
    /// GET EID with its answer, then cases 1 to 4, sealed, in the order they were sent.
    sealed: [&'static str; 5],
    eid_answer: &'static str,
}

const RECORDED: [Recorded; 3] = [
    Recorded {
        level: Level::MAC,
        host_challenge: "b13e5f938fc108c4",
        hello: "000000000000000000003003703eb51047495b249f66c484c1d2ef1948000002",
        external: "84821100107d5f5826a993ebc89eea24957fa0b3ce",
        sealed: [
            "84e291000ebf3e035c015a558d036518a2829700",
            "84f220020863a63f8959827fb2",
            "84ca006608a0c6a4a74166f7ce00",
            "84f22002124f0212345c054f9f70c52249b50272656536",
            "84f280020a4f00e91443f6dce6b8ed00",
        ],
        eid_answer: "bf3e125a1089882119900000000000000000000005971be68992dbbdfa",
    },
    Recorded {
        level: Level::C_MAC_ENC,
        host_challenge: "8e1552d0513c60f3",
        hello: "0000000000000000000030037030760cd2c47c1dd395065fe5ead8a9d7000001",
        external: "8482030010fd4721a14d9b07003c451d2f8ae6bb21",
        sealed: [
            "84e2910018ca9c00f6713d79bc8baa642bdff51c3f6a4082d3bd9ad26c00",
            "84f2200208c9811b11f1264cf1",
            "84ca006608e10ab60b3054798800",
            "84f22002184e2908bdb48b2315a55482e9e936ca122d6ecfae7d17416e",
            "84f28002180dd10a6b6193e5340b9e77d32d5a179cd710ac2773aefb2800",
        ],
        eid_answer: "bf3e125a1089882119900000000000000000000005",
    },
    Recorded {
        level: Level::FULL,
        host_challenge: "fdf38259a1e0de44",
        hello: "000000000000000000003003703b1aca81e821f219081cdc01c26b372d000003",
        external: "84823300108c36f96bcc00724a4e13ad591d7da3f0",
        sealed: [
            "84e2910018267a85dfe4a98fca6fb0527e0dfecce4914e40401433c87f00",
            "84f2200208ac6a59024bed84cc",
            "84ca006608409912ad8fb7aed000",
            "84f22002185f3dafc3ac14c381536a488bf44e06d056df9d74dbd21e5a",
            "84f280021865165105be3373347d0424d4400af2ac393f569ec779389e00",
        ],
        eid_answer: "f3ba2b1013aa6224f5e1c138d71805c569e5439b47576260b75fc021b25097cb2e68f8a0144975b9",
    },
];

const PLAIN: [&str; 5] = [
    "80e2910006bf3e035c015a00",
    "80f22002",
    "80ca006600",
    "80f220020a4f0212345c054f9f70c5",
    "80f28002024f0000",
];
const EID: &str = "bf3e125a1089882119900000000000000000000005";

/// The host's side gives the recorded bytes, command by command, at three levels.
#[test]
fn the_host_says_what_was_recorded() {
    for recorded in &RECORDED {
        let challenge = array(recorded.host_challenge);
        let hello = CardHello::parse(&hex(recorded.hello)).expect("hello");
        let (external, mut channel) =
            external_authenticate(&sample_keys(), challenge, &hello, recorded.level)
                .expect("the card's cryptogram");
        assert_eq!(external.encode(), hex(recorded.external));
        for (at, (plain, sealed)) in PLAIN.iter().zip(recorded.sealed).enumerate() {
            let plain = Command::parse(&hex(plain)).expect("command");
            assert_eq!(channel.seal(&plain).encode(), hex(sealed), "{:?} command {at}", recorded.level);
            if at == 0 {
                let answer = channel.open_answer(&hex(recorded.eid_answer), 0x9000).expect("answer");
                assert_eq!(answer, hex(EID));
            }
        }
    }
}

/// The card's side understands the recorded commands and seals the recorded answer.
#[test]
fn the_card_understands_what_was_recorded() {
    for recorded in &RECORDED {
        let hello = CardHello::parse(&hex(recorded.hello)).expect("hello");
        let mut channel =
            Channel::derive(&sample_keys(), array(recorded.host_challenge), hello.card_challenge);
        let external =
            channel.open(&Command::parse(&hex(recorded.external)).expect("command")).expect("C-MAC");
        let cryptogram = derive_8(
            channel.s_mac(),
            constant::HOST_CRYPTOGRAM,
            &[&array::<8>(recorded.host_challenge), &hello.card_challenge],
        );
        assert_eq!(external.data, cryptogram);
        channel.restart_counter();
        channel.raise(recorded.level);
        for (at, (plain, sealed)) in PLAIN.iter().zip(recorded.sealed).enumerate() {
            let opened = channel.open(&Command::parse(&hex(sealed)).expect("command")).expect("opened");
            assert_eq!(opened.encode(), hex(plain), "{:?} command {at}", recorded.level);
            if at == 0 {
                let mut expected = hex(recorded.eid_answer);
                expected.extend_from_slice(&[0x90, 0x00]);
                assert_eq!(channel.seal_answer(&hex(EID), 0x9000), expected);
            }
        }
    }
}

fn stand(level: Level, card: &StaticKeys, host: &StaticKeys) -> Result<(Channel, Channel), ChannelError> {
    let challenge = [7; 8];
    let (answer, pending) = chip::initialize_update(card, 1, &[9; 10], 5, &[0xA0], challenge);
    let hello = CardHello::parse(&answer)?;
    assert_eq!((hello.key_version, hello.sequence, hello.diversification), (1, Some(5), [9; 10]));
    let (command, host) = external_authenticate(host, challenge, &hello, level)?;
    let chip = pending.external_authenticate(&command)?;
    Ok((host, chip))
}

/// Both sides carry short and extended commands and their answers at every level.
#[test]
fn both_sides_understand_each_other() {
    let keys = card_keys(&[3; 16], b"a card");
    for level in [Level::C_MAC, Level::C_MAC_ENC, Level::MAC, Level::C_ENC_MAC, Level::FULL] {
        let (mut host, mut chip) = stand(level, &keys, &keys).expect("a channel");
        for length in [0usize, 1, 15, 16, 230, 255, 300] {
            let plain = Command::new(0x80, 0xD6, 0, 0).data(&vec![0x80; length]).expecting(65_536);
            let bytes = host.seal(&plain).encode();
            let opened = chip.open(&Command::parse(&bytes).expect("command")).expect("opened");
            assert_eq!((opened.cla, &opened.data), (0x80, &plain.data));
            let answer = chip.seal_answer(&opened.data, 0x9000);
            let (data, status) = crate::apdu::split_answer(&answer).expect("answer");
            assert_eq!(host.open_answer(data, status).expect("answer"), plain.data);
        }
    }
}

/// Another card's keys, a changed byte, a command sent twice and a stripped answer are all noticed.
#[test]
fn what_does_not_belong_is_refused() {
    let keys = card_keys(&[3; 16], b"a card");
    let other = card_keys(&[3; 16], b"another card");
    assert_eq!(stand(Level::FULL, &keys, &other).err(), Some(ChannelError::Cryptogram));

    let (mut host, mut chip) = stand(Level::FULL, &keys, &keys).expect("a channel");
    let sealed = host.seal(&Command::new(0x80, 0x47, 0, 0x17).expecting(256));
    let mut changed = sealed.clone();
    changed.p2 = 0x1A;
    assert_eq!(chip.open(&changed), Err(ChannelError::Mac));
    chip.open(&sealed).expect("the true one");
    assert_eq!(chip.open(&sealed), Err(ChannelError::Mac));
    let answer = chip.seal_answer(b"public key", 0x9000);
    let mut stripped = answer.clone();
    stripped[0] ^= 1;
    assert_eq!(host.open_answer(&stripped[..stripped.len() - 2], 0x9000), Err(ChannelError::Mac));
    assert_eq!(host.open_answer(b"", 0x9000), Err(ChannelError::Mac));
    // An error says nothing worth protecting and passes bare.
    assert_eq!(host.open_answer(b"", 0x6985), Ok(Vec::new()));
}
