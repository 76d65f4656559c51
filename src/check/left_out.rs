//! Text that no unit holds, though it should perhaps: what the other side has, what reads like
//! a sentence, what nobody could read.

use std::collections::{BTreeMap, BTreeSet};

use super::crossed::{n_chars, support};
use super::fact::Fact;
use super::finding::{Finding, FindingKind, Passage, Severity};
use super::language::usual_ratio;
use super::material::Material;
use super::unit::Unit;
use crate::clean::ends_sentence;
use crate::text::script::is_han;
use crate::types::{
    Document, FilePlace, LeftOut, LeftOutKind, Notice, Pair, Side, Suspicion,
};

/// Shorter numbers stand everywhere, in digits.
const SHORTEST_NUMBER: usize = 3;

/// A sentence has at least so many words or Han characters.
const SHORTEST_SENTENCE: usize = 8;

/// A line that was left out so often, word for word, is no text.
const OFTEN: usize = 3;

/// Tells what was left out and deserves a look: a notice for each kind and reason of a side.
pub fn notices(documents: &Pair<Document>) -> Vec<Notice> {
    let mut notices = Vec::new();
    for side in Side::BOTH {
        let mut told: BTreeMap<(LeftOutKind, u8), usize> = BTreeMap::new();
        for (left_out, suspicion) in suspicious(documents, side) {
            let reason = match suspicion {
                Suspicion::Unreadable => 0,
                Suspicion::FilledIn => 1,
                Suspicion::NumberElsewhere(_) => 2,
                Suspicion::Sentence => 3,
            };
            let at = *told.entry((left_out.kind, reason)).or_insert(notices.len());
            if at == notices.len() {
                notices.push(Notice::Suspicious {
                    name: documents.get(side).name.clone(),
                    left_out: left_out.clone(),
                    suspicion,
                    count: 0,
                    n_chars: 0,
                });
            }
            if let Notice::Suspicious { count, n_chars, .. } = &mut notices[at] {
                *count += 1;
                *n_chars += left_out.n_chars;
            }
        }
    }
    notices
}

/// What was left out of a side and deserves a look, and why.
fn suspicious(
    documents: &Pair<Document>,
    side: Side,
) -> impl Iterator<Item = (&LeftOut, Suspicion)> {
    let left_out = &documents.get(side).left_out;
    let numbers = match left_out.is_empty() {
        true => Pair::default(),
        false => documents.as_ref().map(|document| document.texts().collect::<Numbers>()),
    };
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for left_out in left_out {
        *times.entry(&left_out.text).or_default() += 1;
    }
    // What recurs is a running head, whatever number it has.
    let is_head = move |left_out: &LeftOut| {
        left_out.kind == LeftOutKind::RunningHead && times[&*left_out.text] >= OFTEN
    };
    left_out.iter().filter(move |one| !is_head(one)).filter_map(move |left_out| {
        let suspicion =
            suspicion(left_out, numbers.get(side), numbers.get(side.other()))?;
        Some((left_out, suspicion))
    })
}

fn suspicion(left_out: &LeftOut, own: &Numbers, other: &Numbers) -> Option<Suspicion> {
    match left_out.kind {
        LeftOutKind::UnknownGlyph | LeftOutKind::Unread => Some(Suspicion::Unreadable),
        LeftOutKind::FormField => Some(Suspicion::FilledIn),
        LeftOutKind::RunningHead
        | LeftOutKind::Contents
        | LeftOutKind::Hidden
        | LeftOutKind::Other => {
            let text = left_out.text.as_str();
            let elsewhere = numbers(text)
                .find(|number| other.0.contains(*number) && !own.0.contains(*number));
            match elsewhere {
                Some(number) => Some(Suspicion::NumberElsewhere(number.to_owned())),
                None => is_sentence(text).then_some(Suspicion::Sentence),
            }
        }
        _ => None,
    }
}

fn is_sentence(text: &str) -> bool {
    let n_han = text.chars().filter(|&c| is_han(c)).count();
    let n_words = text.split_whitespace().count();
    ends_sentence(text) && n_han.max(n_words) >= SHORTEST_SENTENCE
}

/// The longer numbers of a side.
#[derive(Default)]
struct Numbers(BTreeSet<String>);

impl<'a> FromIterator<&'a str> for Numbers {
    fn from_iter<T: IntoIterator<Item = &'a str>>(texts: T) -> Self {
        Self(texts.into_iter().flat_map(numbers).map(str::to_owned).collect())
    }
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() >= SHORTEST_NUMBER)
}

/// Adds what was left out of one side while the other text has its number, or a unit alone that
/// says the same.
pub(super) fn find(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    by_words(material, units, findings);
    for side in Side::BOTH {
        for (left_out, suspicion) in suspicious(&material.bitext.documents, side) {
            let Suspicion::NumberElsewhere(number) = suspicion else { continue };
            let kind = match side == material.source {
                true => FindingKind::Addition,
                false => FindingKind::Omission,
            };
            let fact = Fact::LeftOut { number, kind: left_out.kind };
            let mut finding = Finding::new(kind, Severity::Warning, fact);
            *finding.passages.get_mut(side) = Some(passage(left_out));
            findings.push(finding);
        }
    }
}

/// Fewest Chinese characters of what is told by its words, and letters of what is English.
const FEWEST_CHARS: Pair<usize> = Pair { zh: 8, en: 24 };

/// As much as this share of what is usual must speak for the two, by length, and so much in
/// all, in nats.
const LEAST_DENSITY: f64 = 0.5;
const LEAST_SUPPORT: f64 = 3.0;

/// The lengths fit if they are no more than so much longer or shorter than usual, as a
/// logarithm: twice.
const FIT: f64 = 0.7;

/// The most pairs that are compared; beyond, so much was left out that the ledger tells it.
const MOST_COMPARED: usize = 200;

/// Adds lines that were left out and say what a unit of the other side says that is alone.
fn by_words(material: &Material<'_>, units: &[Unit<'_>], findings: &mut Vec<Finding>) {
    let Some((density, ratio)) = usual_density(units).zip(usual_ratio(units)) else {
        return;
    };
    let is_long = |side: Side, text: &str| n_chars(text) >= *FEWEST_CHARS.get(side);
    let mut n_compared = 0;
    for side in Side::BOTH {
        let other = side.other();
        let alone = || {
            let is_alone = |unit: &&Unit<'_>| {
                unit.is_single() && is_long(other, unit.text.get(other))
            };
            units.iter().filter(is_alone)
        };
        let lines = unique(&material.bitext.documents.get(side).left_out);
        for left_out in lines.filter(|line| is_long(side, &line.text)) {
            for unit in alone() {
                let texts = match side {
                    Side::Zh => (left_out.text.as_str(), unit.text.en.as_str()),
                    Side::En => (unit.text.zh.as_str(), left_out.text.as_str()),
                };
                let lengths = (n_chars(texts.0) as f64, n_chars(texts.1) as f64);
                if ((lengths.1 / lengths.0).ln() - ratio).abs() > FIT {
                    continue;
                }
                n_compared += 1;
                if n_compared > MOST_COMPARED {
                    return;
                }
                let support = support(material, texts.0, texts.1);
                let least = (LEAST_DENSITY * density * lengths.0).max(LEAST_SUPPORT);
                if support >= least {
                    findings.push(counterpart(material, side, left_out, unit));
                }
            }
        }
    }
}

/// What was left out as no text, and stands there but once.
fn unique(left_out: &[LeftOut]) -> impl Iterator<Item = &LeftOut> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for left_out in left_out {
        *times.entry(&left_out.text).or_default() += 1;
    }
    left_out.iter().filter(move |one| {
        let is_text = matches!(
            one.kind,
            LeftOutKind::RunningHead | LeftOutKind::Hidden | LeftOutKind::Other
        );
        is_text && times[&*one.text] == 1
    })
}

/// How much usually speaks for units that pair, in nats for each Chinese character; `None` of
/// few units.
fn usual_density(units: &[Unit<'_>]) -> Option<f64> {
    let is_text =
        |unit: &&Unit<'_>| !unit.is_single() && n_chars(&unit.text.zh) >= FEWEST_CHARS.zh;
    let density = |unit: &Unit<'_>| unit.support / n_chars(&unit.text.zh) as f64;
    let mut all: Vec<f64> = units.iter().filter(is_text).map(density).collect();
    all.sort_unstable_by(f64::total_cmp);
    (all.len() >= FEWEST_UNITS).then(|| all[all.len() / 2])
}

/// The fewest units that tell what is usual.
const FEWEST_UNITS: usize = 4;

fn counterpart(
    material: &Material<'_>,
    side: Side,
    left_out: &LeftOut,
    unit: &Unit<'_>,
) -> Finding {
    let kind = match side == material.source {
        true => FindingKind::Addition,
        false => FindingKind::Omission,
    };
    let fact = Fact::LeftOutText { kind: left_out.kind };
    let mut finding = Finding::new(kind, Severity::Warning, fact);
    *finding.passages.get_mut(side) = Some(passage(left_out));
    let other = side.other();
    *finding.passages.get_mut(other) = unit.passage(other, Vec::new());
    finding
}

fn passage(left_out: &LeftOut) -> Passage {
    let line = match left_out.place {
        FilePlace::Line(line) | FilePlace::Page { line, .. } => line,
        FilePlace::Part(_) => 0,
    };
    Passage {
        lines: (line, line),
        label: String::new(),
        text: left_out.text.clone(),
        marks: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment;
    use crate::types::Source;

    fn document(text: &str, left_out: &[(LeftOutKind, &str)]) -> Document {
        let left_out = left_out
            .iter()
            .map(|&(kind, text)| LeftOut::new(kind, FilePlace::Line(3), text));
        let source =
            Source { left_out: left_out.collect(), ..Source::plain("t", text, "UTF-8") };
        segment::lines(&source)
    }

    #[test]
    fn what_the_other_side_counts_reads_like_a_sentence_or_cannot_be_read_is_told() {
        let zh = document("共借出4512册。", &[]);
        let en = document(
            "The archive lends volumes.",
            &[
                (LeftOutKind::RunningHead, "4512 volumes were lent"),
                (LeftOutKind::RunningHead, "Archive Report"),
                (LeftOutKind::RunningHead, "Report 4512"),
                (LeftOutKind::RunningHead, "Report 4512"),
                (LeftOutKind::RunningHead, "Report 4512"),
                (LeftOutKind::PageNumber, "4512"),
                (LeftOutKind::Hidden, "This is a sentence that nobody ever sees here."),
                (LeftOutKind::UnknownGlyph, ""),
                (LeftOutKind::UnknownGlyph, ""),
            ],
        );
        let told: Vec<_> = notices(&Pair::new(zh, en))
            .into_iter()
            .map(|notice| match notice {
                Notice::Suspicious { suspicion, count, .. } => (suspicion, count),
                _ => unreachable!("only suspicions are told"),
            })
            .collect();
        assert_eq!(
            told,
            [
                (Suspicion::NumberElsewhere("4512".into()), 1),
                (Suspicion::Sentence, 1),
                (Suspicion::Unreadable, 2)
            ]
        );
    }
}
