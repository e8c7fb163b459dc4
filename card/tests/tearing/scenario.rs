//! Everything that is done to cards, as data for the tests that tear: who comes with which card, what is planned, which
//! PINs the resident knows and chooses.

use card::issuer::RevocationReason;
use card::issuer::training::TrainingIssuer;
use card::readers::Reader;
use card::update::{
    Journal, PlannedRevocation, UpdateError, UpdateOrder, UpdateOutcome, UpdatePins, UpdatePlan, carry_out,
    change_pins,
};
use card::virtual_card::{CardPerson, PastTheEnd};
use rules::kinds::{CertificateKind, PinKind};

use crate::desk::{OLD_AUTHENTICATION, OLD_SIGNATURE, empty_plan, order, person, pin, plan, right_pin};

/// One kind of work at the counter.
#[derive(Clone)]
pub struct Scenario {
    pub name: &'static str,
    pub person: CardPerson,
    /// What is being done.
    pub plan: UpdatePlan,
    /// What it is a part of: the same, unless something of it is done already.
    pub whole: UpdatePlan,
}

/// The value that the resident chooses for each PIN.
pub fn chosen(kind: PinKind) -> &'static str {
    match kind {
        PinKind::Signature => "KAETA2026",
        PinKind::Authentication => "8642",
        PinKind::ResidentRegister => "7531",
        PinKind::CardEntry => "9517",
    }
}

impl Scenario {
    fn new(name: &'static str, person: CardPerson, plan: UpdatePlan) -> Self {
        Self { name, person, whole: plan.clone(), plan }
    }

    /// What the resident enters for a plan: the PINs as they are known to be on the card now.
    pub fn known(&self, plan: &UpdatePlan) -> UpdatePins {
        let mut pins = UpdatePins::default();
        for kind in plan.current_pins() {
            pins.set(kind, self.now(plan, kind));
        }
        if !plan.face_only
            && !plan.certificates.is_empty()
            && !plan.pin_resets.contains(&PinKind::ResidentRegister)
        {
            // As an office asks for it at every renewal.
            pins.set(PinKind::ResidentRegister, self.now(plan, PinKind::ResidentRegister));
        }
        pins
    }

    /// A PIN whose reset is no longer in the plan has been reset.
    fn now(&self, plan: &UpdatePlan, kind: PinKind) -> card::pins::PinValue {
        let was_set = self.whole.new_pins().contains(&kind) && !plan.new_pins().contains(&kind);
        if was_set { pin(chosen(kind)) } else { right_pin(kind) }
    }

    /// What the resident enters when only the card can tell how these PINs stand.
    pub fn asked(&self, kinds: &[PinKind]) -> UpdatePins {
        let mut pins = UpdatePins::default();
        for kind in kinds {
            let new = self.whole.new_pins().contains(kind);
            pins.set(*kind, if new { pin(chosen(*kind)) } else { right_pin(*kind) });
        }
        pins
    }

    /// Does what a plan of this scenario says.
    pub fn act(
        &self,
        reader: &dyn Reader,
        issuer: &TrainingIssuer,
        plan: &UpdatePlan,
        journal: &mut dyn Journal,
    ) -> Result<UpdateOutcome, UpdateError> {
        let (pins, mut new_pins) = (self.known(plan), UpdatePins::default());
        for kind in plan.new_pins() {
            new_pins.set(kind, pin(chosen(kind)));
        }
        let order = UpdateOrder { new_pins: &new_pins, ..order(plan, &pins, &self.person.holder) };
        if plan.pin_changes.is_empty() {
            carry_out(reader, issuer, &order, journal, &mut |_| {})
        } else {
            change_pins(reader, &order, journal, &mut |_| {})
        }
    }
}

fn revocation(kind: CertificateKind) -> PlannedRevocation {
    let serial = match kind {
        CertificateKind::Signature => OLD_SIGNATURE,
        CertificateKind::Authentication => OLD_AUTHENTICATION,
    };
    PlannedRevocation { kind, serial: serial.to_owned(), reason: RevocationReason::Requested }
}

/// A person who has forgotten or locked these PINs.
fn locked(kinds: &[PinKind]) -> CardPerson {
    CardPerson { tries_left: kinds.iter().map(|kind| (*kind, 0)).collect(), ..person() }
}

/// A card without the signature certificate, as a child has it until fifteen.
fn without_signature() -> CardPerson {
    let mut person = person();
    person.certificates.retain(|certificate| certificate.kind == CertificateKind::Authentication);
    person
}

fn face_only() -> CardPerson {
    CardPerson { face_only: true, ..without_signature() }
}

fn only(kind: CertificateKind, person: &CardPerson) -> UpdatePlan {
    let mut plan = plan(person);
    plan.certificates.retain(|planned| planned.kind == kind);
    plan
}

/// Those that make new keys, which takes the chip a while.
pub fn with_new_keys() -> Vec<Scenario> {
    use CertificateKind::{Authentication, Signature};
    let (whole, child, face) = (person(), without_signature(), face_only());
    let forgotten = locked(&[PinKind::Signature]);
    // A chip whose reads past the end are answered otherwise: what is read is never longer than the object.
    let mut other_chip = person();
    other_chip.switches.past_the_end = PastTheEnd::CorrectLength;
    other_chip.switches.verified_survives_reselection = false;
    let reset_and_renew = UpdatePlan { pin_resets: vec![PinKind::Signature], ..only(Signature, &forgotten) };
    // A child's signature PIN was never set.
    let first_issue = UpdatePlan { pin_resets: vec![PinKind::Signature], ..only(Signature, &child) };
    let renew_and_revoke =
        UpdatePlan { revocations: vec![revocation(Signature)], ..only(Authentication, &whole) };
    vec![
        Scenario::new("renewal of both certificates", whole.clone(), plan(&whole)),
        Scenario::new("renewal of the signature certificate", whole.clone(), only(Signature, &whole)),
        Scenario::new(
            "renewal of the authentication certificate",
            other_chip.clone(),
            only(Authentication, &other_chip),
        ),
        Scenario::new("first issue of a signature certificate", child, first_issue),
        Scenario::new("renewal on a card without PINs", face.clone(), only(Authentication, &face)),
        Scenario::new("a locked signature PIN reset, and the renewal", forgotten, reset_and_renew),
        Scenario::new("one certificate renewed, the other revoked", whole, renew_and_revoke),
    ]
}

/// Those that make none.
pub fn without_new_keys() -> Vec<Scenario> {
    use CertificateKind::{Authentication, Signature};
    use PinKind as P;
    let whole = person();
    let reset = |kinds: &[P]| UpdatePlan { pin_resets: kinds.to_vec(), ..empty_plan(&whole) };
    let change = |kinds: &[P]| UpdatePlan { pin_changes: kinds.to_vec(), ..empty_plan(&whole) };
    let revoke = |kinds: &[CertificateKind]| UpdatePlan {
        revocations: kinds.iter().map(|kind| revocation(*kind)).collect(),
        ..empty_plan(&whole)
    };
    let mut mixed = reset(&[P::Authentication]);
    mixed.revocations = vec![revocation(Signature)];
    let mut all = vec![
        Scenario::new(
            "all four PINs reset, two of them locked",
            locked(&[P::Signature, P::CardEntry]),
            reset(P::ALL),
        ),
        Scenario::new("all four PINs changed", whole.clone(), change(P::ALL)),
        Scenario::new("both certificates revoked", whole.clone(), revoke(&[Signature, Authentication])),
        Scenario::new("the authentication certificate revoked", whole.clone(), revoke(&[Authentication])),
        Scenario::new("a PIN reset and a certificate revoked", locked(&[P::Authentication]), mixed),
        Scenario::new(
            "three PINs reset",
            whole.clone(),
            reset(&[P::Signature, P::Authentication, P::CardEntry]),
        ),
    ];
    for (kind, reset_name, change_name) in [
        (P::Signature, "the signature PIN reset", "the signature PIN changed"),
        (P::Authentication, "the authentication PIN reset", "the authentication PIN changed"),
        (P::ResidentRegister, "the resident-register PIN reset", "the resident-register PIN changed"),
        (P::CardEntry, "the card-entry PIN reset", "the card-entry PIN changed"),
    ] {
        all.push(Scenario::new(reset_name, locked(&[kind]), reset(&[kind])));
        all.push(Scenario::new(reset_name, whole.clone(), reset(&[kind])));
        all.push(Scenario::new(change_name, whole.clone(), change(&[kind])));
    }
    all
}
