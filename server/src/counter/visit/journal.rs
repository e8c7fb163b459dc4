//! The journal in the store: each step of an update is committed before its first command goes to the card.

use crate::error::Result;
use crate::office::Office;
use crate::store;
use card::update::{Journal, JournalError, JournalStep};
use tokio::runtime::Handle;

/// Writes the steps of one update, from the station's own thread.
pub struct StoreJournal {
    office: Office,
    update_id: i64,
    runtime: Handle,
}

impl StoreJournal {
    /// The journal of an update that has begun.
    pub fn new(office: &Office, update_id: i64) -> Self {
        Self { office: office.clone(), update_id, runtime: Handle::current() }
    }

    async fn write(&self, step: &JournalStep) -> Result<()> {
        let detail = serde_json::to_string(step)?;
        let mut tx = self.office.store().write().await?;
        store::card_updates::step(
            &mut tx,
            self.update_id,
            step.code(),
            &detail,
            &self.office.clock().stamp(),
        )
        .await?;
        tx.commit().await
    }
}

impl Journal for StoreJournal {
    fn step(&mut self, step: &JournalStep) -> Result<(), JournalError> {
        self.runtime.block_on(self.write(step)).map_err(|error| {
            tracing::error!(error = %error.for_log(), update = self.update_id, "journal");
            JournalError("データベースに書き込めません".to_owned())
        })
    }
}

/// The steps that a store holds, back as the card room's own.
pub fn read_steps(rows: Vec<store::card_updates::StepRow>) -> Result<Vec<JournalStep>> {
    rows.into_iter().map(|row| Ok(serde_json::from_str(&row.detail)?)).collect()
}
