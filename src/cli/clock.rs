//! The time that goes into files.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::export::Timestamp;

/// Now, or the moment named by `SOURCE_DATE_EPOCH`, so that a run can be repeated to the byte.
///
/// Source: reproducible-builds.org, SOURCE_DATE_EPOCH specification 1.1.
pub(crate) fn now() -> Timestamp {
    named().unwrap_or_else(|| since_1970(SystemTime::now()))
}

/// What files are dated by that are made of others: the moment named by `SOURCE_DATE_EPOCH`,
/// or else when the newest of those was written. The same inputs give the same bytes.
pub(crate) fn of_files<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Timestamp {
    let written = |path: &Path| path.metadata().and_then(|found| found.modified()).ok();
    let newest = || paths.into_iter().filter_map(written).max().map(since_1970);
    named().or_else(newest).unwrap_or_else(now)
}

fn named() -> Option<Timestamp> {
    std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse().ok()).map(Timestamp)
}

fn since_1970(moment: SystemTime) -> Timestamp {
    Timestamp(moment.duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs()))
}

/// The day, by the same clock: `2026-03-01`.
pub(crate) fn today() -> String {
    let now = now().extended();
    now.split('T').next().unwrap_or_default().to_owned()
}
