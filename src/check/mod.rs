//! What a reviser should look at in a finished translation.
//!
//! In comes an aligned pair with what the aligner and the miner noticed, and a glossary if
//! there is one; out go [`Finding`]s, in the order of the text, each with the words it is
//! about. One file a subject:
//!
//! ```text
//! structure   omission, addition, repetition, order, numbering
//! crossed     order, omission              where headings hide it
//! sentence    omission, addition           inside units
//! number      number                       of the mentions of anchor
//! lists       omission, addition           names of a list in a sentence
//! term        term, consistency            of the glossary, and of what was mined
//! alike       consistency                  of whole units
//! names       spelling
//! marks       punctuation
//! language    untranslated, length
//! ```
//!
//! A reviser stops reading after a few false alarms. So a check tells only what the other
//! side really lacks; where a bead may be wrong (a low score), what follows from it is told
//! as a note, and in beads that are more likely wrong than right nothing of the kind.
//!
//! [`Exceptions`] hold what a reviser has seen and accepted.

mod alike;
mod crossed;
mod exceptions;
mod fact;
mod finding;
mod language;
mod left_out;
mod lists;
mod marks;
mod material;
mod names;
mod number;
mod report;
mod sentence;
mod structure;
mod term;
mod unit;
mod wording;

pub use exceptions::{Exceptions, ExceptionsError};
pub use fact::{Fact, Part, Value};
pub use finding::{Finding, FindingKind, Fix, Passage, Severity, Usage};
pub use left_out::notices as left_out_notices;
pub use material::Material;
pub use report::{Report, ReportKind};

use std::collections::BTreeMap;

use self::unit::Unit;
use crate::export::hash;
use crate::types::Side;

/// Looks through the units for findings of one subject.
type Check = fn(&Material<'_>, &[Unit<'_>], &mut Vec<Finding>);

/// Every check. A new one is a file and its line here; a new kind of finding, a line in
/// [`FindingKind`].
const CHECKS: [Check; 13] = [
    structure::find,
    crossed::find,
    sentence::find,
    number::find,
    lists::find,
    term::departures,
    term::inconsistencies,
    alike::find,
    names::find,
    marks::find,
    language::find,
    language::lengths,
    left_out::find,
];

/// The findings of these kinds, in the order of the text. Total: any bitext has findings or
/// none.
pub fn check(material: &Material<'_>, kinds: &[FindingKind]) -> Vec<Finding> {
    let units = Unit::all(material.bitext, material.analysis);
    let mut findings = Vec::new();
    for check in CHECKS {
        check(material, &units, &mut findings);
    }
    findings.retain(|finding| kinds.contains(&finding.kind));
    findings.sort_by_key(place);
    name(&mut findings);
    findings
}

/// Where a finding stands: that of the Chinese, or else of the English.
fn place(finding: &Finding) -> (FindingKind, Severity, usize, usize) {
    let line = |side: Side| finding.passages.get(side).as_ref().map(|p| p.lines.0);
    let zh = line(Side::Zh).or(line(Side::En)).unwrap_or_default();
    (finding.kind, finding.severity, zh, line(Side::En).unwrap_or_default())
}

/// Gives the findings their fingerprints.
///
/// One depends on the kind, the words marked and a few letters on both sides of them, so that
/// it is the same when lines move and when other units change. Where two would be the same,
/// the second has a number behind it.
fn name(findings: &mut [Finding]) {
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    for finding in findings {
        let mut key = format!("{}\0{}", finding.kind, finding.message());
        for side in Side::BOTH {
            let Some(passage) = finding.passages.get(side) else { continue };
            if !finding.usages.is_empty() {
                continue;
            }
            key.push('\0');
            match (passage.marks.first(), passage.marks.last()) {
                (Some(first), Some(last)) => {
                    key += &around(&passage.text, first.start, last.end);
                }
                _ if finding.marked(side.other()).is_empty() => {
                    key += &around(&passage.text, 0, 0);
                }
                _ => {}
            }
        }
        let hash = hash(key.as_bytes());
        let n = seen.entry(hash).or_default();
        *n += 1;
        finding.fingerprint = match *n {
            1 => format!("{hash:016x}"),
            n => format!("{hash:016x}-{n}"),
        };
    }
}

/// How many letters next to the marked words a fingerprint depends on.
const AROUND: usize = 10;

/// The letters from `start` to `end`, and a few on both sides.
fn around(text: &str, start: usize, end: usize) -> String {
    let is_letter = |c: &char| c.is_alphanumeric();
    let mut before: Vec<char> =
        text[..start].chars().rev().filter(is_letter).take(AROUND).collect();
    before.reverse();
    let after = text[end..].chars().filter(is_letter).take(AROUND);
    before
        .into_iter()
        .chain(text[start..end].chars().filter(is_letter))
        .chain(after)
        .collect()
}
