//! What the counter does after an interruption, and what must be true at its end.

use card::error::CardError;
use card::issuer::Issuer as _;
use card::issuer::training::TrainingIssuer;
use card::pins::{Consent, verify};
use card::read::read_brief;
use card::readers::Reader;
use card::trust::Trust;
use card::update::{
    Examination, JournalStep, Next, PinStanding, TrueState, Truth, UpdateError, UpdateOutcome, UpdatePins,
    UpdatePlan, examine,
};
use rules::kinds::{CertificateKind, PinKind};

use crate::desk::{OLD_AUTHENTICATION, OLD_SIGNATURE, now, pin, right_pin};
use crate::scenario::{Scenario, chosen};

/// What the screen says of the card now.
pub fn look(
    reader: &dyn Reader,
    plan: &UpdatePlan,
    steps: &[JournalStep],
    pins: Option<&UpdatePins>,
) -> TrueState {
    let case = Examination { plan, steps, pins, trust: Trust::Training, at: now(), entropy: [9; 32] };
    let state = examine(&mut *reader.connect().unwrap(), &case).unwrap();
    assert!(state.sentences().iter().all(|sentence| sentence.ends_with('。')));
    state
}

/// Nothing false is said before the PINs are there: what may have been touched is never called old or new.
pub fn says_nothing_false(first: &TrueState, error: &UpdateError, at: &str) {
    for certificate in &first.certificates {
        let touched = error
            .old_keys
            .iter()
            .any(|(kind, key)| *kind == certificate.kind && *key != card::update::OldKey::Intact);
        match certificate.truth {
            Truth::Old => assert!(!touched, "{at}: {:?} is called old", certificate.kind),
            // A card without PINs gives no proof; a trusted new certificate is written last.
            Truth::New => {
                assert!(touched && first.rest.face_only, "{at}: {:?} is called new", certificate.kind);
            }
            Truth::NeedsPin | Truth::Lost => {
                assert!(touched, "{at}: {:?} was never touched", certificate.kind);
            }
        }
    }
    for pin in &first.pins {
        let touched = error.pins.contains(&pin.kind);
        match pin.standing {
            PinStanding::Old => {
                let locked = first.reading.pins.of(pin.kind).unwrap().locked();
                assert!(!touched || locked, "{at}: {pin:?}");
            }
            PinStanding::New => panic!("{at}: {pin:?} without the resident"),
            PinStanding::NeedsPin | PinStanding::Unclear => assert!(touched, "{at}: {pin:?}"),
        }
    }
    assert!(first.revocations.iter().all(|r| r.begun == error.revoked.contains(&r.kind)), "{at}");
    if !error.touched() {
        assert_eq!(first.next, Next::StartAgain, "{at}");
    }
}

/// The clerk's one action after an interruption: go on. Returns what is done by then, in all.
pub fn go_on(
    scenario: &Scenario,
    reader: &dyn Reader,
    issuer: &TrainingIssuer,
    steps: &mut Vec<JournalStep>,
    at: &str,
) -> Vec<UpdateOutcome> {
    let mut state = look(reader, &scenario.plan, steps, None);
    if let Next::AskPins { kinds } = &state.next {
        let pins = scenario.asked(kinds);
        state = look(reader, &scenario.plan, steps, Some(&pins));
    }
    assert!(!matches!(state.next, Next::AskPins { .. }), "{at}: {:?}", state.next);
    let mut done = vec![state.done.clone()];
    if state.next == Next::Finish {
        assert!(state.rest.is_empty(), "{at}: {:?}", state.rest);
    } else {
        let rest = scenario.act(reader, issuer, &state.rest, steps);
        done.push(rest.unwrap_or_else(|error| panic!("{at}: {error} ({error:?})\n{:?}", state.rest)));
    }
    done
}

/// Everything planned is true of the card, the card says so itself, and nobody lost a try.
pub fn is_done(
    scenario: &Scenario,
    reader: &dyn Reader,
    issuer: &TrainingIssuer,
    done: &[UpdateOutcome],
    at: &str,
) {
    let plan = &scenario.plan;
    let mut link = reader.connect().unwrap();
    let reading = read_brief(&mut *link).unwrap();
    for planned in &plan.certificates {
        let made: Vec<_> = done.iter().filter_map(|outcome| outcome.certificate(planned.kind)).collect();
        let [new] = made.as_slice() else {
            panic!("{at}: {} is reported {} times", planned.kind.code(), made.len())
        };
        assert_eq!(new.proven, !plan.face_only, "{at}");
        assert!(![OLD_SIGNATURE, OLD_AUTHENTICATION].contains(&new.reading.serial.as_str()), "{at}");
        if planned.kind == CertificateKind::Authentication {
            assert_eq!(reading.authentication.as_ref(), Some(&new.reading), "{at}: the card says so too");
        }
        if let Some(old) = &planned.old_serial {
            assert!(listed(issuer, planned.kind, old), "{at}: the replaced certificate is good no longer");
        }
        assert!(!listed(issuer, planned.kind, &new.reading.serial), "{at}: the new one is good");
    }
    for planned in &plan.revocations {
        assert!(listed(issuer, planned.kind, &planned.serial), "{at}");
        let revoked = done.iter().flat_map(|outcome| &outcome.revoked).find(|r| r.kind == planned.kind);
        let revoked = revoked.unwrap_or_else(|| panic!("{at}: the revocation isn't reported"));
        assert!(revoked.listed && !revoked.on_card && revoked.since.is_some(), "{at}: {revoked:?}");
        match planned.kind {
            CertificateKind::Authentication => assert_eq!(reading.authentication, None, "{at}"),
            CertificateKind::Signature => assert_eq!(reading.signature_present, Some(false), "{at}"),
        }
    }
    for kind in PinKind::ALL.iter().copied() {
        let state = reading.pins.of(kind).unwrap();
        let set = plan.new_pins().contains(&kind);
        if plan.face_only {
            continue;
        }
        if set {
            assert!(
                done.iter().any(|outcome| outcome.new_pins.contains(&kind)),
                "{at}: {kind:?} isn't reported"
            );
        }
        assert!(state.full(), "{at}: {kind:?} lost a try");
        let value = if set { pin(chosen(kind)) } else { right_pin(kind) };
        assert_eq!(verify(&mut *link, kind, &value, Consent::NotAsked), Ok(()), "{at}: {kind:?}");
        if set {
            let old = verify(&mut *link, kind, &right_pin(kind), Consent::NotAsked);
            assert!(matches!(old, Err(CardError::PinWrong { .. })), "{at}: the old {kind:?} still works");
        }
    }
}

fn listed(issuer: &TrainingIssuer, kind: CertificateKind, serial: &str) -> bool {
    let list = issuer.revocation_list(kind, now()).unwrap().unwrap();
    Trust::Training.revoked(kind, &list, serial).unwrap()
}
