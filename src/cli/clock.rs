//! The time that goes into files.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::export::Timestamp;

/// Now, or the moment named by `SOURCE_DATE_EPOCH`, so that a run can be repeated to the byte.
///
/// Source: reproducible-builds.org, SOURCE_DATE_EPOCH specification 1.1.
pub(crate) fn now() -> Timestamp {
    let named = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse().ok());
    Timestamp(named.unwrap_or_else(|| {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs())
    }))
}

/// The day, by the same clock: `2026-03-01`.
pub(crate) fn today() -> String {
    let now = now().extended();
    now.split('T').next().unwrap_or_default().to_owned()
}
