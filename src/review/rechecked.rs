//! What a check that ran again found otherwise.

use std::collections::BTreeSet;

use super::begin::PlacedFinding;
use crate::types::Side;

/// Which findings came and went at a revision of the texts.
#[derive(Clone, Debug)]
pub(super) struct Recheck {
    /// The revision of the texts.
    pub(super) revision: usize,
    /// Their fingerprints.
    pub(super) findings: BTreeSet<String>,
    /// The Chinese and English segments where they are shown.
    pub(super) segments: BTreeSet<(Side, usize)>,
}

impl Recheck {
    /// What is new in these findings against those.
    pub(super) fn new(
        revision: usize,
        before: &[PlacedFinding],
        after: &[PlacedFinding],
    ) -> Self {
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
        Self { revision, findings, segments }
    }
}
