//! After a start: updates that the last run of the program left in the middle.

use super::settle::{End, left_behind};
use crate::audit;
use crate::counter::case::{self, Actor};
use crate::error::Result;
use crate::office::Office;
use crate::store;
use rules::case_states::{CaseState, Role};

/// Marks every update that was under way as interrupted; returns how many there were. A card that is at the 統合端末
/// isn't under way: its case waits for it as before.
///
/// # Errors
/// When the database refuses.
pub async fn take_stock(office: &Office) -> Result<usize> {
    let mut found = 0;
    for update in store::card_updates::running(office.store().read()).await? {
        let Some(row) = store::cases::by_id(office.store().read(), update.case_id).await? else { continue };
        let steps = store::card_updates::steps(office.store().read(), update.id).await?;
        if steps.last().is_some_and(|step| step.step == "terminal") {
            continue;
        }
        let case = case::load(office, &row.reception_number).await?;
        if case.state != CaseState::Updating {
            continue;
        }
        let actor = Actor {
            staff_id: row.opened_by,
            login: audit::SYSTEM.to_owned(),
            name: "窓口".to_owned(),
            role: Role::Clerk,
            station_id: row.station_id,
        };
        let end = End { office, actor: &actor, reception: &row.reception_number, update_id: update.id };
        left_behind(&end).await?;
        found += 1;
    }
    Ok(found)
}
