//! The pad without a page: what is held, for whom, and for how long.

use super::*;
use card::issuer::CardIdentity;
use chrono::NaiveDate;

fn asked(kinds: &[PinKind]) -> (Pad, oneshot::Receiver<PinsEnd>) {
    let (waiting, end) = oneshot::channel();
    let card = CardIdentity {
        card_number: "1".repeat(15),
        municipality: "99901".to_owned(),
        expires: NaiveDate::from_ymd_opt(2031, 1, 1).unwrap(),
    };
    let request = PinRequest {
        reception_number: "R8-000001".to_owned(),
        purpose: "電子証明書の更新".to_owned(),
        card,
        kinds: kinds.to_vec(),
        new_kinds: Vec::new(),
        unclear_kinds: Vec::new(),
    };
    let mut pad = Pad::default();
    pad.ask(request, None, waiting);
    (pad, end)
}

fn typed(kind: PinKind, value: &str) -> EnteredPins {
    EnteredPins { values: vec![(kind, Zeroizing::new(value.to_owned()))], ..EnteredPins::default() }
}

fn right(pad: &mut Pad, kind: PinKind, value: &str) {
    for presented in pad.take(typed(kind, value)) {
        pad.answered(presented, &Ok(()), Some(1));
    }
    pad.settle(Instant::now(), Some(1));
}

/// Right PINs are held for five minutes and handed out once, to the case they were entered for.
#[test]
fn right_pins_are_held_for_their_case_and_not_for_ever() {
    let (mut pad, mut end) = asked(&[PinKind::Authentication]);
    right(&mut pad, PinKind::Authentication, "1111");
    assert_eq!(end.try_recv(), Ok(PinsEnd::Verified));
    let later = Instant::now() + KEPT_FOR;
    assert_eq!(pad.keeps_for(later), Some(Duration::ZERO));
    assert!(pad.hand_out("R8-000002").is_none(), "not to another case");
    assert_eq!(pad.hand_out("R8-000001").unwrap().current.entered(), [PinKind::Authentication]);
    assert!(pad.hand_out("R8-000001").is_none(), "not twice");
}

/// The card goes: held PINs go with it, and those entered half-way must be entered again.
#[test]
fn pins_go_with_their_card() {
    let (mut pad, _end) = asked(&[PinKind::Authentication]);
    right(&mut pad, PinKind::Authentication, "1111");
    pad.card_changed(Some(2));
    assert!(pad.held("R8-000001").is_none());
    let (mut pad, _end) = asked(&[PinKind::Authentication, PinKind::ResidentRegister]);
    right(&mut pad, PinKind::Authentication, "1111");
    pad.card_changed(None);
    assert_eq!(pad.view(false).phase, PadPhase::Asking);
    assert!(pad.view(false).pins.iter().all(|pin| pin.status == PinStatus::Waiting));
}

/// A second wish ends the first, and what was typed for it.
#[test]
fn a_new_wish_ends_the_old_one() {
    let (mut pad, mut first) = asked(&[PinKind::Authentication]);
    let request = pad.request().unwrap().clone();
    let (waiting, _second) = oneshot::channel();
    pad.ask(PinRequest { reception_number: "R8-000002".to_owned(), ..request }, None, waiting);
    assert_eq!(first.try_recv(), Ok(PinsEnd::Stopped));
    assert_eq!(pad.view(false).reception_number, "R8-000002");
}

/// Nothing that is shown or printed of entered PINs holds a value.
#[test]
fn values_are_never_shown() {
    let (mut pad, _end) = asked(&[PinKind::Signature]);
    let entered = typed(PinKind::Signature, "TRAIN123");
    assert!(!format!("{entered:?}").contains("TRAIN"));
    right(&mut pad, PinKind::Signature, "TRAIN123");
    assert!(!format!("{:?}", pad.view(false)).contains("TRAIN"));
}
