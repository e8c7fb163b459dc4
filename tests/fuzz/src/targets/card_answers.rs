//! A card that answers anything: each thing we do with a card ends with a result, whatever it says.
#![no_main]

use card::issuer::training::TrainingIssuer;
use card::pins::{Consent, PinValue};
use card::trust::Trust;
use card::update::{Examination, JournalStep, UpdateOrder, carry_out, change_pins, examine};
use card::{pins, prove, read};
use fuzz::{Desk, Pieces, now, person, plan};
use libfuzzer_sys::fuzz_target;
use rules::kinds::{CertificateKind, PinKind};

fuzz_target!(|data: &[u8]| {
    let Some((what, rest)) = data.split_first() else { return };
    let mut link = Pieces::new(rest);
    let pin = PinValue::new("1111".to_owned());
    match what % 10 {
        0 => drop(read::read_public(&mut link)),
        1 => drop((read::read_brief(&mut link), read::all_tries(&mut link))),
        2 => {
            let pin = PinValue::new("TRAIN123".to_owned());
            drop(read::read_signature_certificate(&mut link, &pin, Consent::NotAsked));
        }
        3 => drop(read::read_attributes(&mut link, &pin, Consent::NotAsked)),
        4 => drop(pins::verify(&mut link, PinKind::Authentication, &pin, Consent::NotAsked)),
        5 => drop(pins::change(&mut link, PinKind::Authentication, &pin, &pin, Consent::NotAsked)),
        6 => {
            let certificate = link.next_piece().unwrap_or_default();
            let kind = CertificateKind::Authentication;
            drop(prove::prove(&mut link, kind, &pin, Consent::NotAsked, &certificate, &[7; 32]));
        }
        7 => {
            let plan = plan(person().identity(), true);
            let touched = JournalStep::Write {
                kind: None,
                about: String::new(),
                irreversible: true,
                commands: 0,
                pin: None,
                revokes: false,
            };
            let entered = fuzz::pins();
            let case = Examination {
                plan: &plan,
                steps: &[touched],
                pins: Some(&entered),
                trust: Trust::Training,
                at: now(),
                entropy: [9; 32],
            };
            drop(examine(&mut link, &case));
        }
        other => {
            let mut plan = plan(person().identity(), true);
            if other == 8 {
                plan.certificates.clear();
                plan.pin_resets.clear();
                plan.pin_changes = PinKind::ALL.to_vec();
            }
            let (entered, holder) = (fuzz::pins(), person().holder);
            let order = UpdateOrder {
                plan: &plan,
                pins: &entered,
                new_pins: &entered,
                holder: &holder,
                trust: Trust::Training,
                at: now(),
                entropy: [7; 32],
            };
            let desk = Desk(link);
            if other == 8 {
                drop(change_pins(&desk, &order, &mut Vec::new(), &mut |_| {}));
            } else {
                let issuer = TrainingIssuer::default();
                drop(carry_out(&desk, &issuer, &order, &mut Vec::new(), &mut |_| {}));
            }
        }
    }
});
