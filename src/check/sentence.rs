//! Sentences inside units that have no counterpart.

use super::crossed::{n_chars, support};
use super::fact::{Fact, Part};
use super::finding::{Finding, FindingKind, Severity};
use super::language::{is_code, is_missed, usual_ratio};
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
            if is_said(material, unit, side, Span::new(start, end)) {
                continue;
            }
            let kind = match side == material.source {
                true => FindingKind::Omission,
                false => FindingKind::Addition,
            };
            let mut marks = crate::types::Pair::default();
            *marks.get_mut(side) = vec![Span::new(start, end)];
            let fact = Fact::Lacks { side: side.other(), part: Part::Sentence };
            findings.push(unit.finding(kind, Severity::Warning, fact, marks));
        }
    }
}

/// Of what is said, at least so much must speak, in proportion to the rest of the unit.
///
/// Smaller tells less.
const LEAST_SAID: f64 = 0.5;

/// Does the other side say a part of a unit nevertheless, as a clause of another sentence? Then
/// about as much speaks for it as for the rest, by length.
fn is_said(material: &Material<'_>, unit: &Unit<'_>, side: Side, part: Span) -> bool {
    let text = unit.text.get(side);
    let rest = [&text[..part.start], &text[part.end..]].concat();
    let other = unit.text.get(side.other());
    let density = |text: &str| {
        let support = match side {
            Side::Zh => support(material, text, other),
            Side::En => support(material, other, text),
        };
        support / n_chars(text) as f64
    };
    density(part.of(text)) >= LEAST_SAID * density(&rest)
}
