//! Forms that must not act twice: double clicks, the back button, a reload after a slow answer.

use crate::error::{Error, Refusal, Result};
use crate::store::{self, WriteTx};

/// The longest key a form may carry; ours have 32 characters.
const LONGEST: usize = 64;

/// Where the form with this key already led, if it has acted.
///
/// # Errors
/// A refusal when the form carries no key.
pub async fn answered(tx: &mut WriteTx, key: &str, staff_id: i64, route: &str) -> Result<Option<String>> {
    if key.is_empty() || key.len() > LONGEST {
        let sentence = "送られた内容を読み取れませんでした。";
        return Err(Refusal::input(sentence, "前のページに戻り、もう一度送ってください。").into());
    }
    store::idempotency::answer(&mut **tx, key, staff_id, route).await
}

/// Remembers where the form led, in the transaction of what it did.
///
/// # Errors
/// A refusal when the same key acted elsewhere.
pub async fn remember(
    tx: &mut WriteTx,
    key: &str,
    staff_id: i64,
    route: &str,
    location: &str,
    at: &str,
) -> Result<()> {
    match store::idempotency::remember(tx, key, staff_id, route, location, at).await {
        Err(error) if store::is_unique_violation(&error) => {
            let sentence = "このページの操作は、もう行われています。";
            Err(Refusal::conflict(sentence, "ページを開き直してから操作してください。").into())
        }
        other => other.map_err(Error::from),
    }
}
