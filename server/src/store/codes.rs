//! Codes that the database holds, back as the values of `rules`.

use crate::error::{Error, Result};

/// Reads a code. One that isn't known can't come about through this program: the fault names table and column, and
/// debug the row.
///
/// # Errors
/// When the code isn't known.
pub fn read<T>(
    table: &str,
    column: &str,
    key: &str,
    code: &str,
    from: impl Fn(&str) -> Option<T>,
) -> Result<T> {
    from(code).ok_or_else(|| {
        // The key may be a person's number.
        tracing::debug!(table, column, key, code, "impossible value");
        Error::internal(format!("impossible value in {table}.{column}: {code}"))
    })
}
