//! New PINs: entered twice, looked at by the rules, kept until the update.

use super::{PinKind, PinValue, Wish};
use crate::stations::message::NewPinStatus;
use rules::pins;
use zeroize::Zeroizing;

impl Wish {
    /// Takes a new value, typed twice. What is easily guessed is kept and waits for the resident's word; a second form
    /// with nothing typed and that word agreed is enough.
    pub(super) fn choose(
        &mut self,
        kind: PinKind,
        first: Zeroizing<String>,
        second: &Zeroizing<String>,
        weak_agreed: bool,
    ) {
        let Some(before) = self.new_status(kind).cloned() else { return };
        if before == NewPinStatus::Chosen {
            return;
        }
        if first.is_empty() && second.is_empty() {
            let agreed = weak_agreed && matches!(before, NewPinStatus::Weak(_)) && self.has_chosen(kind);
            let kept = matches!(before, NewPinStatus::Weak(_)) && self.has_chosen(kind);
            self.now(
                kind,
                if agreed {
                    NewPinStatus::Chosen
                } else if kept {
                    before
                } else {
                    NewPinStatus::Waiting
                },
            );
            return;
        }
        self.chosen.retain(|(chosen, _)| *chosen != kind);
        let form = |typed: &str| match kind {
            PinKind::Signature => Zeroizing::new(pins::normalise_signature(typed)),
            _ => Zeroizing::new(typed.to_owned()),
        };
        let (first, second) = (form(&first), form(second));
        let verdict = pins::check(kind, &first);
        let status = match verdict.warning {
            _ if !verdict.ok => NewPinStatus::Malformed(verdict.reason.unwrap_or_default().to_owned()),
            _ if *first != *second => NewPinStatus::Differs,
            Some(warning) if !weak_agreed => NewPinStatus::Weak(warning.to_owned()),
            _ => NewPinStatus::Chosen,
        };
        if matches!(status, NewPinStatus::Chosen | NewPinStatus::Weak(_)) {
            self.chosen.push((kind, PinValue::new((*first).clone())));
        }
        self.now(kind, status);
        self.refuse_unchanged(kind);
    }

    /// A change to the same value is none. Of an unclear one nobody can say which value is the present one.
    pub(super) fn refuse_unchanged(&mut self, kind: PinKind) {
        let value = |values: &[(PinKind, PinValue)]| {
            values.iter().find(|(of, _)| *of == kind).map(|(_, value)| value.clone())
        };
        let (right, chosen) = (value(&self.right), value(&self.chosen));
        if let (Some(right), Some(chosen)) = (right, chosen)
            && right.same(kind, &chosen)
            && !self.request.unclear_kinds.contains(&kind)
        {
            self.chosen.retain(|(chosen, _)| *chosen != kind);
            self.now(kind, NewPinStatus::Unchanged);
        }
    }

    fn has_chosen(&self, kind: PinKind) -> bool {
        self.chosen.iter().any(|(chosen, _)| *chosen == kind)
    }

    fn new_status(&self, kind: PinKind) -> Option<&NewPinStatus> {
        self.pins.iter().find(|pin| pin.kind == kind)?.new.as_ref()
    }

    fn now(&mut self, kind: PinKind, status: NewPinStatus) {
        if let Some(pin) = self.pins.iter_mut().find(|pin| pin.kind == kind) {
            pin.new = Some(status);
        }
    }
}
