//! 照会書兼回答書: made from the register as it is, numbered, kept as it was printed.

use super::{inquiry_of, void};
use crate::audit::{self, Entry, Kind};
use crate::counter::case::{self, Case};
use crate::counter::decision::{self, Decided};
use crate::counter::visit::{Done, StepForm, Taken, guard_suppressed, take_letters};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store;
use crate::store::inquiry_letters::{self, NewInquiry};
use forms::inquiry::{InquiredProcedure, InquiryKind, InquiryLetter, InquiryProxy};
use forms::{Addressee, Paper};
use rules::case_states::CaseEvent;
use rules::kinds::{CertificateKind, PinKind};
use rules::procedure::{Procedure, Route};
use rules::wareki;

/// Makes the letter of a case, and voids the one before it.
///
/// # Errors
/// A refusal when the step isn't possible, or the rules no longer ask for a letter.
pub async fn make(office: &Office, visitor: &Visitor, reception: &str, form: &StepForm) -> Result<Done> {
    let mut begun = match take_letters(office, visitor, reception, "inquiry-letter", form).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::PrintInquiry, begun.actor.role)?;
    let today = office.clock().today();
    let inquiry = inquiry_of(&begun.case)?.clone();
    let mut unasked = begun.case.clone();
    unasked.facts.inquiry = None;
    let decided = decision::of_case(office, &unasked, None).await?;
    if decided.route() != Route::TwoVisits {
        let sentence = format!("照会書を送る手続きではなくなりました。{}", decided.why(decided.route()));
        let what_now = "この受付を取りやめるか、ほかの手続きを案内してください。";
        return Err(Refusal::conflict(sentence, what_now).into());
    }
    begun.follow(&decided).await?;
    let why = "作り直したため";
    let voided = void(&mut begun.tx, begun.case.row.id, why, today).await?;
    let number = store::counters::next(&mut begun.tx, "letter").await?;
    let token = forms::code::token(office.rng().bytes::<16>());
    let mut letter = content(office, &begun.case, &decided, inquiry.again, number, token)?;
    let options = paper::options(office, Paper::Inquiry).await?;
    letter.wording = Some(paper::keep_wording(&mut begun.tx, &options, Paper::Inquiry, &begun.at).await?);
    let json = serde_json::to_string(&letter)?;
    let row = NewInquiry {
        number,
        again: inquiry.again,
        resident_number: &decided.resident.number,
        case_id: begun.case.row.id,
        content: &json,
        token: &letter.token,
    };
    inquiry_letters::add(&mut begun.tx, &row, &begun.at).await?;
    let mut facts = begun.case.facts.clone();
    if let Some(inquiry) = &mut facts.inquiry {
        inquiry.letter = Some(number);
        inquiry.deadline = Some(letter.deadline);
        inquiry.made_from =
            case::Snapshot::of(&decided.resident, decided.card.as_ref(), &decided.certificates);
    }
    let remark = format!("({}、回答期限{}){voided}", letter.document_number(), wareki::long(letter.deadline));
    begun.finish(CaseEvent::PrintInquiry, &facts, Some(remark)).await
}

fn content(
    office: &Office,
    case: &Case,
    decided: &Decided,
    again: bool,
    number: i64,
    token: String,
) -> Result<InquiryLetter> {
    let (rulebook, today) = (office.rulebook(), office.clock().today());
    let card = decided.card.as_ref().ok_or_else(|| Error::internal("an inquiry about no card"))?;
    let resident = &decided.resident;
    let first = case.facts.visits.first().map_or(today, |visit| visit.day);
    Ok(InquiryLetter {
        number: u32::try_from(number).map_err(Error::internal)?,
        token,
        kind: if again { InquiryKind::Again } else { InquiryKind::First },
        addressee: Addressee {
            name: resident.name.clone(),
            postal_code: resident.postal_code.clone(),
            address: resident.address.clone(),
            building: resident.building.clone(),
        },
        birth: resident.birth,
        reception_number: case.row.reception_number.clone(),
        applied: first,
        proxy: case
            .facts
            .third_party
            .as_ref()
            .map(|third| InquiryProxy { name: third.name.clone(), relation: third.relation.clone() }),
        procedures: procedures(case, decided),
        pins: pins(case, decided),
        deadline: rulebook.settings.reply_deadline(today, card.expires, &rulebook.calendar),
        issued: today,
        office: (*office.text()).clone(),
        wording: None,
    })
}

/// The boxes that are ticked on the letter.
fn procedures(case: &Case, decided: &Decided) -> Vec<InquiredProcedure> {
    let one = |kind: CertificateKind| match decided.main.procedure {
        Procedure::Renewal => InquiredProcedure::Renewal(kind),
        _ => InquiredProcedure::Issuance(kind),
    };
    let certificates = decided.main.certificates.iter().map(|planned| one(planned.kind));
    let resets = case.facts.work.reset.iter().map(|kind| InquiredProcedure::PinReset(*kind));
    certificates.chain(resets).collect()
}

/// The PINs that the principal writes down.
fn pins(case: &Case, decided: &Decided) -> Vec<PinKind> {
    let wanted =
        |kind: &PinKind| decided.main.pins_needed.contains(kind) || case.facts.work.reset.contains(kind);
    PinKind::ALL.iter().copied().filter(wanted).collect()
}

/// Prints the case's living letter; that it was printed stands in the trail.
///
/// # Errors
/// A refusal when there is no letter, or a font isn't installed.
pub async fn print(office: &Office, visitor: &Visitor, reception: &str) -> Result<Vec<u8>> {
    visitor.require(Act::HandleLetters)?;
    let case = case::load(office, reception).await?;
    guard_suppressed(office, visitor, &case).await?;
    let rows = inquiry_letters::of_case(office.store().read(), case.row.id).await?;
    let living = rows.into_iter().find(|row| matches!(row.state.as_str(), "printed" | "posted"));
    let Some(row) = living else {
        let sentence = "印刷できる照会書がありません。";
        return Err(Refusal::conflict(sentence, "受付の画面で照会書を作ってください。").into());
    };
    let letter: InquiryLetter = serde_json::from_str(&row.content)?;
    let fonts = office.fonts().await?;
    let options = paper::options(office, Paper::Inquiry).await?;
    let printed =
        tokio::task::spawn_blocking(move || forms::inquiry::print(&letter, &fonts, &options)).await?;
    let printed = printed.map_err(Error::internal)?;
    let mut tx = office.store().write().await?;
    let sentence = format!("{reception}: 照会書(文書番号{})を印刷しました。", row.number);
    let entry = Entry::done(Kind::Printed, visitor, sentence).about(&case.row.resident_number);
    let object = format!("inquiry {}", row.number);
    audit::record(
        &mut tx,
        &office.clock().stamp(),
        entry.with(case.counterparty()).in_case(case.row.id).object(&object),
    )
    .await?;
    tx.commit().await?;
    Ok(printed.pdf)
}
