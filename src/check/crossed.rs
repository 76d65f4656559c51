//! Units that were exchanged under headings or numbers that were not, and units that the
//! aligner had to put somewhere.
//!
//! Numbered headings hold the ladder in place, so that two articles whose texts were
//! exchanged pair up with each other's text. Little then speaks for either bead, and much for
//! the other way round. Likewise a unit that the other side lacks may end up in the bead of
//! its neighbour, of which it shares no words.

use rustc_hash::FxHashSet;

use super::fact::{Fact, Part};
use super::finding::{Finding, FindingKind, Severity};
use super::language::{is_code, is_missed, usual_ratio};
use super::material::Material;
use super::unit::{DOUBTFUL, Unit, passage};
use crate::align::{self, Passage};
use crate::anchor;
use crate::types::{Pair, Side};

/// Fewest Chinese characters of a unit that tells by its words what it is.
const LEAST_CHARS: usize = 12;

/// A bead for which less than this share of what is usual speaks, by length, is looked at.
const LITTLE: f64 = 0.5;

/// How much more must speak for the other way round, in nats: for each of the two units, and
/// for both together. Of two texts alone the aligner knows little of how rare their words are,
/// and gives them a quarter of the weight that they have in their documents.
///
/// Source: paragraphs exchanged at random in five texts, see tests/it/check.rs. At these
/// values no pair of corpora/ has a false one.
const LEAST_GAIN: f64 = 1.5;
const LEAST_GAIN_OF_BOTH: f64 = 5.0;

/// How many beads apart two exchanged units may be.
const REACH: usize = 24;

/// Most beads of a text that are looked at; beyond, it is no translation.
const MOST: usize = 120;

/// Adds what is found in all units.
pub(super) fn find(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    let density = |unit: &Unit<'_>| unit.support / n_chars(&unit.text.zh) as f64;
    let is_text = |unit: &&Unit<'_>| {
        !unit.is_single()
            && n_chars(&unit.text.zh) >= LEAST_CHARS
            && !is_code(&unit.text.zh)
    };
    let mut all: Vec<f64> = units.iter().filter(is_text).map(density).collect();
    if all.len() < 8 {
        return;
    }
    let middle = all.len() / 2;
    let usual = *all.select_nth_unstable_by(middle, f64::total_cmp).1;
    let weak: Vec<usize> = (0..units.len())
        .filter(|&n| {
            let unit = &units[n];
            is_text(&unit) && (density(unit) < LITTLE * usual || unit.score < DOUBTFUL)
        })
        .collect();
    if weak.len() <= MOST {
        exchanged(material, units, &weak, findings);
    }
    lodged(material, units, findings);
}

/// The letters and Han characters of a text; 1 for none.
pub(super) fn n_chars(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count().max(1)
}

/// Pairs of beads that would be better the other way round.
fn exchanged(
    material: &Material<'_>,
    units: &[Unit<'_>],
    weak: &[usize],
    findings: &mut Vec<Finding>,
) {
    let support =
        |zh: usize, en: usize| support(material, &units[zh].text.zh, &units[en].text.en);
    let own: Vec<f64> = weak.iter().map(|&n| support(n, n)).collect();
    let mut told: FxHashSet<usize> = FxHashSet::default();
    for (at, &a) in weak.iter().enumerate() {
        for (next, &b) in weak.iter().enumerate().skip(at + 1) {
            if b - a > REACH {
                break;
            }
            let is_told = told.contains(&a) || told.contains(&b);
            if is_told {
                continue;
            }
            let gain = support(a, b) - own[at];
            if gain < LEAST_GAIN {
                continue;
            }
            let other = support(b, a) - own[next];
            if other < LEAST_GAIN || gain + other < LEAST_GAIN_OF_BOTH {
                continue;
            }
            told.extend([a, b]);
            for (zh, en) in [(a, b), (b, a)] {
                let mut finding =
                    Finding::new(FindingKind::Order, Severity::Error, Fact::Exchanged);
                finding.passages = Pair::new(
                    units[zh].passage(Side::Zh, vec![]),
                    units[en].passage(Side::En, vec![]),
                );
                findings.push(finding);
            }
        }
    }
}

/// Segments in a bead with others, of which the other side has nothing.
fn lodged(material: &Material<'_>, units: &[Unit<'_>], findings: &mut Vec<Finding>) {
    let Some(usual) = usual_ratio(units) else { return };
    for (unit, bead) in units.iter().zip(material.bitext.units().map(|unit| unit.bead)) {
        for side in Side::BOTH {
            let range = bead.range.get(side).clone();
            let other = unit.text.get(side.other());
            if unit.is_single() || !(2..=4).contains(&range.len()) || is_code(other) {
                continue;
            }
            let document = material.bitext.documents.get(side);
            let texts: Vec<&str> =
                range.clone().map(|n| document.segment_text(n)).collect();
            let speaks = |text: &str| match side {
                Side::Zh => support(material, text, other),
                Side::En => support(material, other, text),
            };
            let support: Vec<f64> = texts.iter().map(|text| speaks(text)).collect();
            let best = support.iter().copied().fold(0.0, f64::max);
            for (n, (text, support)) in range.zip(texts.iter().zip(&support)) {
                let len = text.chars().filter(|c| c.is_alphanumeric()).count();
                if n_chars(text) < LEAST_CHARS
                    || *support > best / 5.0
                    || !is_missed(unit, side, len, usual)
                {
                    continue;
                }
                let kind = match side == material.source {
                    true => FindingKind::Omission,
                    false => FindingKind::Addition,
                };
                let fact = Fact::Lacks { side: side.other(), part: Part::Paragraph };
                // A translator may say more than the source; who says less leaves out.
                let severity = match kind {
                    FindingKind::Omission => Severity::Warning,
                    _ => Severity::Note,
                };
                let mut finding = Finding::new(kind, severity, fact);
                let segments = &document.segments[n..=n];
                *finding.passages.get_mut(side) =
                    passage(segments, (*text).to_owned(), vec![]);
                findings.push(finding);
            }
        }
    }
}

/// What speaks for two texts being translations of one another, in nats.
pub(super) fn support(material: &Material<'_>, zh: &str, en: &str) -> f64 {
    let alone = |side: Side, text| Passage {
        text,
        tokens: Vec::new(),
        mentions: anchor::mentions(side, text),
        label: None,
        parents: Vec::new(),
        kind: crate::types::Kind::Paragraph,
        soft: false,
    };
    let passages = Pair::new(vec![alone(Side::Zh, zh)], vec![alone(Side::En, en)]);
    let alone = align::align(&passages, material.seed, &align::Params::default());
    let is_pair = alone.ladder.beads().first().is_some_and(|bead| !bead.is_single());
    match (is_pair, alone.evidence.first()) {
        (true, Some(evidence)) => evidence.iter().map(|evidence| evidence.weight).sum(),
        _ => 0.0,
    }
}
