//! What a check that ran again found otherwise.

use std::collections::BTreeSet;

use super::begin::PlacedFinding;
use super::event::RowKey;
use super::marked::Marks;
use crate::types::Side;

/// Which findings came and went with a check.
#[derive(Clone, Debug)]
pub(super) struct Recheck {
    /// Their fingerprints.
    pub(super) findings: BTreeSet<String>,
    /// The Chinese and English segments where they are shown.
    pub(super) segments: BTreeSet<(Side, usize)>,
    /// Rows for which something else speaks.
    pub(super) rows: BTreeSet<RowKey>,
}

impl Recheck {
    /// What is new in these findings against those.
    pub(super) fn new(before: &[PlacedFinding], after: &[PlacedFinding]) -> Self {
        let ids = |all: &[PlacedFinding]| -> BTreeSet<String> {
            all.iter().map(|one| one.finding.fingerprint.clone()).collect()
        };
        let (was, now) = (ids(before), ids(after));
        let findings: BTreeSet<String> =
            was.symmetric_difference(&now).cloned().collect();
        let changed = before.iter().chain(after);
        let changed = changed.filter(|one| findings.contains(&one.finding.fingerprint));
        let places = |one: &PlacedFinding| {
            let place = |side: Side| Some((side, (*one.segments.get(side))?));
            Side::BOTH.into_iter().filter_map(place).collect::<Vec<_>>()
        };
        let segments = changed.flat_map(places).collect();
        Self { findings, segments, rows: BTreeSet::new() }
    }

    /// Adds the rows for which something else speaks than before.
    pub(super) fn add_marks(&mut self, before: &Marks, after: &Marks) {
        let is_other = |key: &&RowKey| before.get(key) != after.get(key);
        self.rows = before.keys().chain(after.keys()).filter(is_other).copied().collect();
    }
}
