//! Names and acronyms in Latin letters that are spelled in two ways.
//!
//! Between the sides: a name in the Chinese that the English of the unit does not have, but
//! has nearly (`UNODC`, `UNDOC`). Inside the English: a rare word, unknown to the lexicon,
//! that is all but one letter a frequent name (`Nairobbi`, `Nairobi`). A name on which both
//! sides of a unit agree is no misspelling (`Linus` beside `Linux`).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use strsim::osa_distance;

use super::fact::{Fact, Value};
use super::finding::{Finding, FindingKind, Fix, Severity};
use super::material::Material;
use super::unit::{DOUBTFUL, Unit};
use crate::lexicon::Seed;
use crate::text::Span;
use crate::types::{MentionKind, Pair, Side};

/// Shortest name that is compared with others.
const LEAST_LETTERS: usize = 5;

/// How often the right spelling must stand, at least, for each time of the rare one.
const LEAST_OFTEN: usize = 3;

/// Adds what is found in all units.
pub(super) fn find(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    let seed = material.seed;
    for unit in units.iter().filter(|u| !u.is_single() && u.score >= DOUBTFUL) {
        between(unit, findings);
    }
    inside(units, seed, findings);
}

/// Words in Latin letters of a text, with at least one capital.
fn capitals(text: &str) -> impl Iterator<Item = (&str, Span)> {
    words(text).filter(|(word, _)| word.contains(|c: char| c.is_ascii_uppercase()))
}

/// Words in Latin letters.
fn words(text: &str) -> impl Iterator<Item = (&str, Span)> {
    let is_letter = |c: char| c.is_alphabetic() && !crate::text::script::is_han(c);
    text.split(move |c| !is_letter(c)).filter(|word| !word.is_empty()).map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (word, Span::new(start, start + word.len()))
    })
}

fn between(unit: &Unit<'_>, findings: &mut Vec<Finding>) {
    let en = unit.text.en.to_lowercase();
    let mut told: Vec<&str> = Vec::new();
    for mention in &unit.mentions.zh {
        if !matches!(mention.kind, MentionKind::Acronym | MentionKind::LatinName) {
            continue;
        }
        let word = mention.span.of(&unit.text.zh);
        let folded = word.to_lowercase();
        if en.contains(&folded) || told.contains(&word) {
            continue;
        }
        let near = capitals(&unit.text.en).find(|(other, _)| {
            let other = other.to_lowercase();
            is_near(&folded, &other) && !unit.text.zh.to_lowercase().contains(&other)
        });
        let Some((other, span)) = near else { continue };
        told.push(word);
        let written = |name: &str| Value::Written(name.to_owned());
        let fact = Fact::Differ(Pair::new(written(word), written(other)));
        let marks = Pair::new(vec![mention.span], vec![span]);
        let severity = unit.at_most(Severity::Warning);
        let finding = unit.finding(FindingKind::Spelling, severity, fact, marks);
        findings.push(finding);
    }
}

/// One letter more, less, other, or two exchanged; not a plural.
fn is_near(a: &str, b: &str) -> bool {
    let is_form = |a: &str, b: &str| {
        b.strip_prefix(a).is_some_and(|rest| matches!(rest, "s" | "n" | "d" | "r" | "es"))
    };
    let least = a.chars().count().min(b.chars().count());
    least >= 4 && !is_form(a, b) && !is_form(b, a) && osa_distance(a, b) == 1
}

fn inside(units: &[Unit<'_>], seed: &Seed, findings: &mut Vec<Finding>) {
    for side in Side::BOTH {
        let mut places: BTreeMap<&str, Vec<(usize, Span)>> = BTreeMap::new();
        for (n, unit) in units.iter().enumerate() {
            for (word, span) in capitals(unit.text.get(side)) {
                if word.chars().count() >= LEAST_LETTERS {
                    places.entry(word).or_default().push((n, span));
                }
            }
        }
        let is_agreed = |word: &str, at: &[(usize, Span)]| {
            at.iter().any(|(n, _)| has_name(units[*n].text.get(side.other()), word))
        };
        let is_known = |word: &str| {
            let form = word.to_lowercase();
            let count = |lemma: &str| {
                seed.lemma(lemma).map_or(0, |lemma| seed.lemma_frequency(lemma))
            };
            seed.lemma(&form).is_some()
                || seed.lemma(&crate::tokenize::lemma(&form, &count)).is_some()
        };
        let mut by_key: FxHashMap<String, Vec<&str>> = FxHashMap::default();
        for word in places.keys() {
            for key in deletions(&word.to_lowercase()) {
                by_key.entry(key).or_default().push(word);
            }
        }
        for (word, at) in &places {
            if is_known(word) || is_agreed(word, at) {
                continue;
            }
            let folded = word.to_lowercase();
            let mut near: Vec<&str> = deletions(&folded)
                .iter()
                .filter_map(|key| by_key.get(key))
                .flatten()
                .copied()
                .filter(|other| is_near(&folded, &other.to_lowercase()))
                .filter(|other| is_acronym(other) == is_acronym(word))
                .filter(|other| places[other].len() >= LEAST_OFTEN * at.len())
                .collect();
            near.sort_by_key(|other| (usize::MAX - places[other].len(), *other));
            let Some(right) = near.first() else { continue };
            for &(n, span) in at {
                let fact = Fact::Misspelled {
                    word: (*word).to_owned(),
                    right: (*right).to_owned(),
                    n: places[right].len(),
                };
                let mut marks = Pair::default();
                *marks.get_mut(side) = vec![span];
                let mut finding = units[n].finding(
                    FindingKind::Spelling,
                    Severity::Warning,
                    fact,
                    marks,
                );
                finding.fix = Some(Fix { side, text: (*right).to_owned() });
                findings.push(finding);
            }
        }
    }
}

/// Has a text this name, in the singular or the plural?
fn has_name(text: &str, name: &str) -> bool {
    let singular = |name| str::strip_suffix(name, 's').unwrap_or(name).to_lowercase();
    words(text).any(|(word, _)| singular(word) == singular(name))
}

/// GUID, GUIDs: letters, not a word.
fn is_acronym(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    !singular.chars().any(char::is_lowercase)
}

/// The word, and the word without each of its letters: words one letter apart share one.
fn deletions(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().take(40).collect();
    let without = |n: usize| {
        let kept = chars.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, c)| *c);
        kept.collect::<String>()
    };
    (0..=chars.len()).map(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_in_the_plural_is_no_word() {
        assert!(is_acronym("GUIDs") && is_acronym("UNODC"));
        assert!(!is_acronym("Guide") && !is_acronym("Guides"));
        assert!(has_name("随机GUID由系统生成", "GUIDs") && !has_name("Guide", "GUIDs"));
    }
}
