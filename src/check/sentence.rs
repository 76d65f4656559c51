//! Sentences inside units that have no counterpart.

use super::finding::{Finding, FindingKind, Severity};
use super::language::{is_code, usual_ratio};
use super::material::Material;
use super::unit::{SURE, Unit};
use crate::text::Span;
use crate::types::Side;

/// Fewest letters or Han characters of a sentence that is missed.
const LEAST: usize = 8;

/// Largest text of a unit that is looked into.
const MOST_BYTES: usize = 20_000;

/// From this score on, a sentence is told to be alone: its pairing is less sure than that of
/// units.
const ALONE: f64 = 0.8;

/// Adds what is found in all units.
pub(super) fn find(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    let Some(sentences) = material.sentences else { return };
    let Some(usual) = usual_ratio(units) else { return };
    let beads = sentences.bitext.ladder.beads();
    let places = material.bitext.units().map(|unit| unit.index);
    for (n, unit) in places.zip(units) {
        let is_huge = |side: Side| unit.text.get(side).len() > MOST_BYTES;
        if unit.is_single() || unit.score < SURE || is_huge(Side::Zh) || is_huge(Side::En)
        {
            continue;
        }
        let (Some(&from), Some(&to)) =
            (sentences.starts.get(n), sentences.starts.get(n + 1))
        else {
            continue;
        };
        let inner = &beads[from..to];
        // Some must pair, and none be in doubt, for those left to be missed by the other side.
        if !inner.iter().any(|bead| !bead.is_single()) {
            continue;
        }
        for bead in inner.iter().filter(|bead| bead.is_single() && bead.score >= ALONE) {
            let side = if bead.range.en.is_empty() { Side::Zh } else { Side::En };
            let document = sentences.bitext.documents.get(side);
            let range = bead.range.get(side).clone();
            let texts: Vec<&str> = range.map(|n| document.segment_text(n)).collect();
            let len: usize = texts
                .iter()
                .flat_map(|t| t.chars())
                .filter(|c| c.is_alphanumeric())
                .count();
            let least = if side == Side::Zh { LEAST } else { 3 * LEAST };
            let (Some(first), Some(last)) = (texts.first(), texts.last()) else {
                continue;
            };
            let text = unit.text.get(side);
            let (Some(start), Some(end)) =
                (text.find(first), text.rfind(last).map(|at| at + last.len()))
            else {
                continue;
            };
            let is_missed = || is_missed(unit, side, len, usual);
            if len < least || start >= end || is_code(text) || !is_missed() {
                continue;
            }
            let kind = match side == material.source {
                true => FindingKind::Omission,
                false => FindingKind::Addition,
            };
            let lacking = if side == Side::Zh { "English" } else { "Chinese" };
            let mut marks = crate::types::Pair::default();
            *marks.get_mut(side) = vec![Span::new(start, end)];
            let message = format!("the {lacking} lacks this sentence");
            findings.push(unit.finding(kind, Severity::Warning, message, marks));
        }
    }
}

/// Do the lengths say too that the other side lacks something of this length? The unit must
/// be too long by as much, and right without it.
pub(super) fn is_missed(unit: &Unit<'_>, side: Side, len: usize, usual: f64) -> bool {
    let count = |side: Side| {
        unit.text.get(side).chars().filter(|c| c.is_alphanumeric()).count() as f64
    };
    let (zh, en) = (count(Side::Zh), count(Side::En));
    let len = len as f64;
    let (with, without) = match side {
        Side::Zh => (usual - (en / zh).ln(), usual - (en / (zh - len).max(1.0)).ln()),
        Side::En => ((en / zh).ln() - usual, ((en - len).max(1.0) / zh).ln() - usual),
    };
    with > LEAST_EXCESS && without.abs() < with / 2.0
}

/// How much longer a side must be than usual, as a logarithm, to have a sentence more.
const LEAST_EXCESS: f64 = 0.3;
