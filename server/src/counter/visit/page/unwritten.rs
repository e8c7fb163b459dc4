//! Cases that write nothing to the chip.

use super::{Seen, aside};
use app::pages::case::{CardBrief, CaseStep, UnwrittenStep};
use app::pages::parts::OnReader;
use rules::procedure::Procedure;

pub(super) fn step(seen: &Seen<'_>, card: Option<&CardBrief>, lift: bool) -> CaseStep {
    let face = seen.case.facts.work.card_face || seen.case.procedure == Procedure::CardFaceEntry;
    let tell = if face {
        Vec::new()
    } else {
        vec!["有効性と有効期間は、電話ではお答えできません。".to_owned()]
    };
    CaseStep::Unwritten(UnwrittenStep {
        on_reader: card.map_or(OnReader::NoReader, |card| card.on_reader.clone()),
        certificates: card.map(|card| card.certificates.clone()).unwrap_or_default(),
        tell: [tell, aside::doubt(seen)].concat(),
        face,
        lift,
    })
}
