//! Visits by the thousand: whatever comes, the decision holds together.

use rules::NaiveDate;
use rules::calendar::Calendar;
use rules::kinds::{
    Applicant, CardKind, CardStatus, CertificateKind, CertificateStatus, PinKind, ResidentKind,
    ResidentStatus,
};
use rules::procedure::{
    CardFacts, CertificateFacts, CounterFacts, InquiryFacts, NoticeForm, Procedure, ReplyForm,
    Representation, RepresentationRole, Route, decide, options,
};
use rules::settings::OfficeSettings;

use super::d;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.roll(all.len() as u64)).unwrap()]
    }

    fn rarely(&mut self) -> bool {
        self.roll(8) == 0
    }

    fn day(&mut self, from: NaiveDate, span: u64) -> NaiveDate {
        from + chrono::Days::new(self.roll(span))
    }

    fn settings(&mut self) -> OfficeSettings {
        let mut settings = OfficeSettings::default();
        for row in settings.clone().describe() {
            if !row.choices.is_empty() && self.roll(3) == 0 {
                let at = usize::try_from(self.roll(row.choices.len() as u64)).unwrap();
                settings.set(row.key, &row.choices[at].code).unwrap();
            }
        }
        settings
    }

    fn visit(&mut self) -> CounterFacts {
        let today = self.day(d("2020-01-01"), 5000);
        let birth = self.day(d("1940-01-01"), 28_000);
        let mut facts = CounterFacts::new(today, birth);
        facts.resident_kind = self.of(ResidentKind::ALL);
        if self.rarely() {
            facts.resident_status = self.of(ResidentStatus::ALL);
        }
        facts.stay_until = self.rarely().then(|| self.day(today, 1000));
        facts.adult_ward = self.rarely();
        facts.abroad = self.rarely();
        facts.card = (!self.rarely()).then(|| CardFacts {
            kind: self.of(CardKind::ALL),
            face_only: self.rarely(),
            expires: self.day(today - chrono::Days::new(30), 3650),
            status: if self.rarely() { self.of(CardStatus::ALL) } else { CardStatus::Active },
        });
        for kind in CertificateKind::ALL {
            if !self.rarely() {
                let expires = self.day(today - chrono::Days::new(200), 900);
                let status =
                    if self.rarely() { self.of(CertificateStatus::ALL) } else { CertificateStatus::Valid };
                facts.certificates.push(CertificateFacts {
                    kind: *kind,
                    issued: expires - chrono::Days::new(1800),
                    expires,
                    status,
                });
            }
        }
        facts.applicant = self.of(Applicant::ALL);
        facts.wanted = (self.roll(2) == 0).then(|| self.of(Procedure::ALL));
        facts.notice_form = self.of(NoticeForm::ALL);
        facts.pins_known.retain(|_| self.roll(6) != 0);
        facts.pins_locked = PinKind::ALL.iter().copied().filter(|_| self.rarely()).collect();
        facts.representation = (self.roll(2) == 0).then(|| Representation {
            role: self.of(RepresentationRole::ALL),
            known_to_office: self.roll(2) == 0,
            proof_issued: (self.roll(2) == 0).then(|| self.day(today - chrono::Days::new(200), 210)),
            powers_listed: self.roll(2) == 0,
        });
        facts.inquiry = (self.roll(3) == 0).then(|| InquiryFacts {
            posted: (!self.rarely()).then(|| self.day(today - chrono::Days::new(60), 60)),
            deadline: self.day(today - chrono::Days::new(20), 40),
            reply: self.of(ReplyForm::ALL),
            outdated: self.rarely(),
            asks_pin_reset: self.rarely(),
        });
        facts.consent_to_shorter = self.roll(2) == 0;
        facts.signature_allowed = self.rarely();
        facts.residence_change_today = self.rarely();
        facts.card_unusable = self.rarely();
        facts
    }
}

#[test]
fn decisions_hold_together() {
    let mut dice = Dice(2026);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..60_000 / super::step() {
        let facts = dice.visit();
        let settings = dice.settings();
        let calendar = Calendar::new(settings.calendar.clone());
        let decision = decide(&facts, &settings, &calendar);
        seen.insert((decision.procedure, decision.route));
        let expected_visits = match decision.route {
            Route::OneVisit => 1,
            Route::TwoVisits => 2,
            Route::Refused | Route::Diverted => 0,
        };
        assert_eq!(decision.visits, expected_visits, "{facts:?}");
        assert!(!decision.reasons.is_empty() || decision.route == Route::OneVisit, "{facts:?} {decision:?}");
        let sentences = decision
            .reasons
            .iter()
            .chain(&decision.warnings)
            .map(|reason| (&reason.sentence, &reason.source));
        for (sentence, source) in sentences.chain(decision.missing.iter().map(|m| (&m.sentence, &m.source))) {
            assert!(sentence.ends_with('。') && !source.is_empty(), "{sentence} {source}");
            assert!(!sentence.contains(['!', '\u{FF01}']), "{sentence}");
        }
        for certificate in &decision.certificates {
            let card = facts.card.unwrap();
            assert!(
                certificate.new_expiry >= facts.today && certificate.new_expiry <= card.expires,
                "{facts:?}"
            );
            assert!(!(card.face_only && certificate.kind == CertificateKind::Signature), "{facts:?}");
        }
        if decision.procedure == Procedure::Renewal && decision.ready() {
            let gain =
                decision.certificates.iter().any(|c| c.old_expiry.is_none_or(|old| c.new_expiry > old));
            assert!(gain, "{facts:?}");
            assert!(decision.shorter.is_empty() || facts.consent_to_shorter, "{facts:?}");
        }
        // A second renewal of the same person takes the newest certificate: nothing loses by what lies there.
        if facts.resident_status == ResidentStatus::Dead {
            assert_eq!(decision.route, Route::Refused);
        }
        for option in options(&facts, &settings, &calendar) {
            assert!(option.sentence.ends_with('。'), "{option:?}");
        }
    }
    assert!(seen.len() >= 15, "{seen:?}");
}
