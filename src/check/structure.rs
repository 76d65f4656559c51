//! Units that are missing, added, repeated or out of order, and numbers of units that do not
//! follow one another.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::fact::{Fact, Part, Value};
use super::finding::{Finding, FindingKind, Fix, Passage, Severity};
use super::language::is_code;
use super::material::Material;
use super::unit::{DOUBTFUL, SURE, Unit, passage};
use crate::numbering::label_at;
use crate::text::Span;
use crate::types::{
    Bitext, Document, Kind, Label, LabelUnit, Notice, Pair, Segment, Side,
};

/// Fewest letters or Han characters of a unit that repeats another by no accident.
const LEAST_REPEATED: usize = 12;

/// Adds what is found in all units.
pub(super) fn find(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    let mut reported = Reported::default();
    moved(material, &mut reported, findings);
    repeated(material, units, &mut reported, findings);
    doubled(units, findings);
    alone(material, units, &mut reported, findings);
    labels_disagree(material, units, &mut reported, findings);
    numbering(material, &reported, findings);
}

/// Segments of each side of which a finding was reported already, and their labels.
#[derive(Default)]
struct Reported {
    segments: Pair<FxHashSet<usize>>,
    /// The last numbers of their labels.
    numbers: FxHashSet<u32>,
}

impl Reported {
    fn add(&mut self, side: Side, n: usize, segment: &Segment) {
        self.segments.get_mut(side).insert(n);
        let label = segment.label.as_ref();
        self.numbers.extend(label.and_then(|label| label.number.last()));
    }
}

/// Passages that the aligner found elsewhere.
fn moved(material: &Material<'_>, reported: &mut Reported, findings: &mut Vec<Finding>) {
    let documents = &material.bitext.documents;
    for notice in material.notices {
        let Notice::Moved { segments, score, .. } = notice else { continue };
        let severity = if *score < SURE { Severity::Note } else { Severity::Error };
        let mut finding = Finding::new(FindingKind::Order, severity, Fact::Elsewhere);
        for side in Side::BOTH {
            let document = documents.get(side);
            let places = segments.get(side).clone();
            *finding.passages.get_mut(side) = run(document, places.start, places.end);
            for n in places {
                reported.add(side, n, &document.segments[n]);
            }
        }
        findings.push(finding);
    }
}

/// Neighbouring segments of a document as one passage.
fn run(document: &Document, from: usize, to: usize) -> Option<Passage> {
    let texts: Vec<&str> = (from..to).map(|n| document.segment_text(n)).collect();
    passage(&document.segments[from..to], texts.join("\n"), vec![])
}

/// What tells whether two texts are the same: letters, Han and digits, without the label.
fn bare(document: &Document, n: usize, side: Side) -> String {
    let text = document.segment_text(n);
    let start = match &document.segments[n].label {
        Some(_) => label_at(side, text).map_or(0, |(_, len)| len),
        None => 0,
    };
    let kept = text[start..].chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// Units that stand twice in a row, or twice on one side and once on the other.
fn repeated(
    material: &Material<'_>,
    units: &[Unit<'_>],
    reported: &mut Reported,
    findings: &mut Vec<Finding>,
) {
    let bitext = material.bitext;
    let mut firsts: Pair<FxHashSet<String>> = Pair::default();
    let mut counts: Pair<FxHashMap<String, usize>> = Pair::default();
    let bares = bitext.documents.as_ref().map_sides(|side, document| {
        (0..document.segments.len()).map(|n| bare(document, n, side)).collect::<Vec<_>>()
    });
    for side in Side::BOTH {
        for text in bares.get(side) {
            *counts.get_mut(side).entry(text.clone()).or_default() += 1;
        }
    }
    let answered =
        Pair::new(Side::Zh, Side::En).map(|side| answered(bitext, &bares, side));
    for (unit, bead) in units.iter().zip(bitext.units().map(|unit| unit.bead)) {
        for side in Side::BOTH {
            let document = bitext.documents.get(side);
            for n in bead.range.get(side).clone() {
                let text = &bares.get(side)[n];
                let least = match side {
                    Side::Zh => LEAST_REPEATED,
                    Side::En => 3 * LEAST_REPEATED,
                };
                if text.chars().count() < least || is_code(document.segment_text(n)) {
                    continue;
                }
                if firsts.get_mut(side).insert(text.clone())
                    || !answered.get(side).contains(text.as_str())
                {
                    continue;
                }
                let other = bead.range.get(side.other()).clone();
                let others = bares.get(side.other());
                // Where the other side repeats itself as often, that is how the text is.
                let is_answered = other.clone().any(|m| {
                    counts.get(side.other()).get(&others[m]).copied().unwrap_or(0)
                        >= counts.get(side)[text]
                });
                let is_extra =
                    unit.is_single() || bead.range.get(side).len() > other.len();
                if is_answered || !is_extra || reported.segments.get(side).contains(&n) {
                    continue;
                }
                reported.add(side, n, &document.segments[n]);
                let fact = Fact::Twice { side };
                let mut finding =
                    Finding::new(FindingKind::Repetition, Severity::Error, fact);
                *finding.passages.get_mut(side) = run(document, n, n + 1);
                finding.fix = Some(Fix { side, text: String::new() });
                findings.push(finding);
            }
        }
    }
}

/// The texts of a side that are the whole of it in a bead with both sides. What is never so
/// may have no counterpart at all, and is then told as that.
fn answered<'a>(
    bitext: &Bitext,
    bares: &'a Pair<Vec<String>>,
    side: Side,
) -> FxHashSet<&'a str> {
    let beads = bitext.ladder.beads().iter().filter(|bead| !bead.is_single());
    let whole = beads.filter_map(|bead| {
        let (first, rest) =
            bares.get(side)[bead.range.get(side).clone()].split_first()?;
        rest.iter().all(|text| text == first).then_some(first.as_str())
    });
    whole.collect()
}

/// Units that hold the same words twice, which the other side has once.
fn doubled(units: &[Unit<'_>], findings: &mut Vec<Finding>) {
    for unit in units.iter().filter(|unit| !unit.is_single()) {
        let texts = &unit.text;
        if is_code(&texts.zh) || is_code(&texts.en) {
            continue;
        }
        let found = texts.as_ref().map_sides(|side, text| echo(side, text));
        for side in Side::BOTH {
            let (Some(mark), None) = (*found.get(side), *found.get(side.other())) else {
                continue;
            };
            let mut marks = Pair::default();
            *marks.get_mut(side) = vec![mark];
            let severity = Severity::Warning;
            findings.push(unit.finding(
                FindingKind::Repetition,
                severity,
                Fact::WordsTwice { side },
                marks,
            ));
        }
    }
}

/// Largest text that is searched for words that it has twice, in bytes.
const MOST_BYTES: usize = 20_000;

/// Where a text says again how it, or a sentence of it, began; `None` where it does not.
fn echo(side: Side, text: &str) -> Option<Span> {
    let len = match side {
        Side::Zh => 2 * LEAST_REPEATED,
        Side::En => 6 * LEAST_REPEATED,
    };
    if text.len() > MOST_BYTES {
        return None;
    }
    let letters: Vec<(usize, char)> =
        text.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
    let bare: String = letters.iter().map(|(_, c)| *c).collect();
    let starts: Vec<usize> = bare.char_indices().map(|(at, _)| at).collect();
    let ends = text.char_indices().filter(|(_, c)| "。；;".contains(*c) || *c == '.');
    let from = std::iter::once(0).chain(ends.map(|(at, _)| at));
    from.take(60).find_map(|from| {
        let first = letters.partition_point(|(at, _)| *at < from);
        let (start, end) = (*starts.get(first)?, *starts.get(first + len)?);
        let again = end + bare[end..].find(&bare[start..end])?;
        let nth = starts.partition_point(|at| *at < again);
        let (start, _) = letters[nth];
        let (last, c) = letters[nth + len - 1];
        Some(Span::new(start, last + c.len_utf8()))
    })
}

/// What stands alone, neighbours together.
fn alone(
    material: &Material<'_>,
    units: &[Unit<'_>],
    reported: &mut Reported,
    findings: &mut Vec<Finding>,
) {
    let bitext = material.bitext;
    let number = |segment: &Segment| segment.label.as_ref()?.number.last().copied();
    let notes = bitext.documents.as_ref().map(|document| {
        let notes = document.segments.iter().filter(|s| s.kind == Kind::Footnote);
        notes.filter_map(number).collect::<FxHashSet<u32>>()
    });
    let mut open: Option<(Side, usize, usize, f64)> = None;
    let mut runs = Vec::new();
    for (unit, bead) in units.iter().zip(bitext.units().map(|unit| unit.bead)) {
        let side = match (bead.range.zh.is_empty(), bead.range.en.is_empty()) {
            (false, true) => Side::Zh,
            (true, false) => Side::En,
            _ => {
                runs.extend(open.take());
                continue;
            }
        };
        for n in bead.range.get(side).clone() {
            let is_told = reported.segments.get(side).contains(&n);
            // Labelled units are told one by one: each can be put back by itself.
            let is_labelled = bitext.documents.get(side).segments[n].label.is_some();
            match &mut open {
                Some((of, _, to, score))
                    if *of == side && *to == n && !is_told && !is_labelled =>
                {
                    *to += 1;
                    *score = score.max(unit.score);
                }
                _ => {
                    runs.extend(open.take());
                    if !is_told {
                        open = Some((side, n, n + 1, unit.score));
                    }
                }
            }
        }
    }
    runs.extend(open);
    for (side, from, to, score) in runs {
        let document = bitext.documents.get(side);
        let kind = match side == material.source {
            true => FindingKind::Omission,
            false => FindingKind::Addition,
        };
        let segments = &document.segments[from..to];
        let part = match (segments, segments[0].kind) {
            ([_], Kind::Title) => Part::Title,
            ([_], Kind::Heading) => Part::Heading,
            ([_], Kind::Item) => Part::Item,
            ([_], Kind::Footnote) => Part::Footnote,
            ([_], Kind::DateLine) => Part::Line,
            ([_], Kind::Row) => Part::Row,
            ([_], _) => Part::Paragraph,
            (many, _) => Part::Units(many.len()),
        };
        let n_letters: usize = (from..to).map(|n| letters(document, n)).sum();
        if n_letters == 0 {
            continue;
        }
        // A number alone, or a line of code, may belong to what stands next to it.
        let is_slight =
            n_letters < 3 || (from..to).all(|n| is_code(document.segment_text(n)));
        // A footnote whose number the other side does not have is missing for sure.
        let is_missing = segments.iter().all(|segment| {
            segment.kind == Kind::Footnote
                && number(segment).is_some_and(|n| !notes.get(side.other()).contains(&n))
        });
        let severity = match (score < DOUBTFUL || is_slight) && !is_missing {
            true => Severity::Note,
            false => Severity::Error,
        };
        let fact = Fact::Lacks { side: side.other(), part };
        let mut finding = Finding::new(kind, severity, fact);
        *finding.passages.get_mut(side) = run(document, from, to);
        for n in from..to {
            reported.add(side, n, &document.segments[n]);
        }
        findings.push(finding);
    }
}

/// Letters and Han characters of a segment, its label not counted.
fn letters(document: &Document, n: usize) -> usize {
    let text = document.segment_text(n);
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Beads whose sides carry different numbers.
fn labels_disagree(
    material: &Material<'_>,
    units: &[Unit<'_>],
    reported: &mut Reported,
    findings: &mut Vec<Finding>,
) {
    for notice in material.notices {
        let Notice::LabelsDisagree { bead, labels, .. } = notice else { continue };
        let Some(unit) = units.get(*bead) else { continue };
        let marks = Pair::new(Side::Zh, Side::En).map(|side| {
            let text = unit.text.get(side);
            let len = label_at(side, text).map_or(0, |(_, len)| len);
            vec![Span::new(0, len)]
        });
        let fact = Fact::Differ(labels.clone().map(Value::Label));
        let severity = unit.at_most(Severity::Error);
        findings.push(unit.finding(FindingKind::Numbering, severity, fact, marks));
        reported
            .numbers
            .extend(Side::BOTH.iter().filter_map(|side| labels.get(*side).number.last()));
    }
}

/// A sequence of numbers on one level: the labels it stands in, how it is counted, and whether
/// in brackets.
type NumberedLevel = (Vec<String>, LabelUnit, bool);

/// A number that is skipped or stands twice.
struct Break {
    segment: usize,
    before: u32,
    number: u32,
}

/// Numbers that do not follow one another, on one side only.
fn numbering(material: &Material<'_>, reported: &Reported, findings: &mut Vec<Finding>) {
    let documents = &material.bitext.documents;
    let breaks = documents.as_ref().map(breaks);
    let known = breaks.as_ref().map(|breaks| {
        breaks.iter().map(|b| (b.before, b.number)).collect::<FxHashSet<_>>()
    });
    for side in Side::BOTH {
        let document = documents.get(side);
        for found in breaks.get(side) {
            let is_shared =
                known.get(side.other()).contains(&(found.before, found.number));
            let is_told = reported.segments.get(side).contains(&found.segment)
                || (found.before + 1..=found.number)
                    .any(|n| reported.numbers.contains(&n));
            let doubtful = stands_alone(material, side, found.segment);
            if is_shared || is_told || doubtful {
                continue;
            }
            let Break { before, number, .. } = *found;
            let fact = match number == before {
                true => Fact::NumberTwice { side, number },
                false => Fact::NumberSkipped { side, before, number },
            };
            let mut finding =
                Finding::new(FindingKind::Numbering, Severity::Warning, fact);
            let text = document.segment_text(found.segment);
            let len = label_at(side, text).map_or(0, |(_, len)| len);
            let segments = &document.segments[found.segment..=found.segment];
            *finding.passages.get_mut(side) =
                passage(segments, text.to_owned(), vec![Span::new(0, len)]);
            findings.push(finding);
        }
    }
}

/// Has a segment no counterpart, neither in its place nor elsewhere?
fn stands_alone(material: &Material<'_>, side: Side, segment: usize) -> bool {
    let bitext = material.bitext;
    let beads = bitext.ladder.beads();
    let at = beads.partition_point(|bead| bead.range.get(side).end <= segment);
    let is_linked = || bitext.links.iter().any(|link| *link.places.get(side) == at);
    beads.get(at).is_none_or(|bead| bead.is_single() && !is_linked())
}

fn breaks(document: &Document) -> Vec<Break> {
    let mut last: BTreeMap<NumberedLevel, u32> = BTreeMap::new();
    let mut found = Vec::new();
    for (n, segment) in document.segments.iter().enumerate() {
        let Some(own) = &segment.label else { continue };
        let [number] = own.number[..] else { continue };
        if segment.kind == Kind::Footnote {
            continue;
        }
        let parents: Vec<String> = segment.parents.iter().map(Label::to_string).collect();
        // `A.` and `(a)` are counts of their own.
        let is_bracketed = document.segment_text(n).starts_with(['(', '（']);
        let before = last.insert((parents, own.unit, is_bracketed), number);
        // A count that begins anew is a new list.
        if let Some(before) = before
            && number != before + 1
            && number != 1
            && number >= before
            && number - before <= 3
        {
            found.push(Break { segment: n, before, number });
        }
    }
    found
}
