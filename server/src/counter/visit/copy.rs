//! 電子証明書の写し: what was written to the card, as the card said it, for the resident to keep.

use crate::audit::{self, Entry, Kind};
use crate::counter::case;
use crate::counter::facts::full_address;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store;
use forms::PrintOptions;
use forms::certificate_copy::{self, CertificateCopy, CopiedCertificate};
use rules::case_states::CaseState;

/// Prints the copy of a case; that it was printed stands in the trail.
///
/// # Errors
/// A refusal while nothing is proven to be on the card, or when a font isn't installed.
pub async fn print(office: &Office, visitor: &Visitor, reception: &str) -> Result<Vec<u8>> {
    visitor.require(Act::HandleCases)?;
    let case = case::load(office, reception).await?;
    super::guard_suppressed(office, visitor, &case).await?;
    let finished = matches!(case.state, CaseState::Updated | CaseState::Differs | CaseState::Closed);
    if !finished || case.facts.written.is_empty() {
        let sentence = "カードの新しい電子証明書が、まだ確かめられていません。";
        return Err(Refusal::conflict(sentence, "カードの更新が終わってから印刷してください。").into());
    }
    let read = office.store().read();
    let resident = store::residents::find(read, &case.row.resident_number).await?;
    let resident = resident.ok_or_else(|| Error::internal("a case without its resident"))?;
    let card = store::cards::find(read, case.card_number()?).await?;
    let copied = |written: &case::Written| CopiedCertificate {
        kind: written.kind,
        serial: written.serial.clone(),
        issued: written.issued,
        expires: written.expires,
    };
    let copy = CertificateCopy {
        reception_number: reception.to_owned(),
        issued: office.clock().today(),
        name: resident.name.clone(),
        other_name: resident.old_surname.clone().or_else(|| resident.alias.clone()),
        address: full_address(&resident),
        birth: resident.birth,
        sex: resident.sex,
        card_expires: card.map(|card| card.expires),
        certificates: case.facts.written.iter().map(copied).collect(),
        office: (*office.text()).clone(),
    };
    let fonts = office.fonts().await?;
    let options = PrintOptions::new(office.clock().now(), office.mode().is_training());
    let printed =
        tokio::task::spawn_blocking(move || certificate_copy::print(&copy, &fonts, &options)).await?;
    let printed = printed.map_err(Error::internal)?;
    let mut tx = office.store().write().await?;
    let sentence = format!("{reception}: 電子証明書の写しを印刷しました。");
    let entry = Entry::done(Kind::Printed, visitor, sentence)
        .about(&resident.number)
        .with(case.counterparty())
        .in_case(case.row.id);
    audit::record(&mut tx, &office.clock().stamp(), entry.object("certificate_copy")).await?;
    tx.commit().await?;
    Ok(printed.pdf)
}
