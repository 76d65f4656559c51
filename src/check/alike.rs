//! Units that say the same on one side and not on the other.
//!
//! ```text
//! The committee meets yearly.   委员会每年开会。       one sentence, translated in two ways
//! The committee meets yearly.   该委员会年年举行会议。
//! Close the lid.                关上盖子。             one translation of two sentences:
//! Close the door.               关上盖子。             the second was pasted
//! ```
//!
//! Texts are the same if all their letters are; they differ if they differ in words with a
//! content of their own. Numbers have a check of their own.

use std::collections::BTreeMap;

use super::fact::Fact;
use super::finding::{Finding, FindingKind, Passage, Severity, Usage};
use super::language::is_code;
use super::material::Material;
use super::unit::{SURE, Unit};
use crate::numbering::label_at;
use crate::types::{Kind, Pair, Side, Token, TokenKind};

/// Fewest Han characters of a text that is compared.
const LEAST_HAN: usize = 4;

/// Fewest letters of an English text that is compared.
const LEAST_LETTERS: usize = 10;

/// Longest part of a text that a message names, in characters.
const LONGEST_NAMED: usize = 40;

/// Adds what is found in all units.
pub(super) fn find(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    let names = material.bitext.documents.as_ref().map(|document| &document.name);
    // Units of one file were paired by its author, whatever they say; others may be paired
    // wrongly.
    let is_one_file = names.zh == names.en;
    let held: Vec<&Unit<'_>> = (0..units.len())
        .filter(|&at| is_one_file || units[at].score >= SURE || is_held(units, at))
        .map(|at| &units[at])
        .collect();
    for side in Side::BOTH {
        for same in groups(side, &held).into_values() {
            if !is_one_file && same.iter().all(|unit| unit.score < SURE) {
                continue;
            }
            let ways = ways(side.other(), &same);
            if ways.len() > 1 {
                findings.push(told(side, material.source, &ways));
            }
        }
    }
}

/// Do its neighbours hold a unit in its place, one segment beside one? Nothing speaks for a
/// translation that was pasted, so its own score says little.
fn is_held(units: &[Unit<'_>], at: usize) -> bool {
    let is_one_to_one =
        |unit: &Unit<'_>| unit.segments.zh.len() == 1 && unit.segments.en.len() == 1;
    let is_firm = |unit: Option<&Unit<'_>>| {
        unit.is_none_or(|unit| is_one_to_one(unit) && unit.score >= SURE)
    };
    is_one_to_one(&units[at])
        && is_firm(at.checked_sub(1).map(|before| &units[before]))
        && is_firm(units.get(at + 1))
}

/// The units of each text of a side, in order.
fn groups<'u, 'a>(
    side: Side,
    units: &[&'u Unit<'a>],
) -> BTreeMap<String, Vec<&'u Unit<'a>>> {
    let mut groups: BTreeMap<String, Vec<&Unit<'_>>> = BTreeMap::new();
    let is_text = |unit: &&Unit<'_>| {
        !unit.is_single()
            && !is_odd_heading(unit)
            && !is_code(&unit.text.zh)
            && !is_code(&unit.text.en)
    };
    for unit in units.iter().copied().filter(is_text) {
        let letters: String = own_text(side, unit)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        let least = match side {
            Side::Zh => LEAST_HAN,
            Side::En => LEAST_LETTERS,
        };
        if letters.chars().count() >= least {
            groups.entry(letters).or_default().push(unit);
        }
    }
    groups.retain(|_, units| units.len() > 1);
    groups
}

/// Has a heading a number on one side only? An entry of a contents that lost its counterpart
/// stands beside a heading that is none.
fn is_odd_heading(unit: &Unit<'_>) -> bool {
    let has_number = |side: Side| label_at(side, unit.text.get(side)).is_some();
    is_heading(unit) && has_number(Side::Zh) != has_number(Side::En)
}

fn is_heading(unit: &Unit<'_>) -> bool {
    unit.segments.zh.iter().any(|s| matches!(s.kind, Kind::Heading | Kind::Title))
}

/// The text without the number that opens it.
fn own_text<'u>(side: Side, unit: &'u Unit<'_>) -> &'u str {
    let text = unit.text.get(side);
    &text[label_at(side, text).map_or(0, |(_, len)| len)..]
}

/// Units of one text, by what they say on the other side: the commonest first, then in order.
fn ways<'u, 'a>(side: Side, units: &[&'u Unit<'a>]) -> Vec<Vec<&'u Unit<'a>>> {
    let mut ways: Vec<(Vec<&str>, Vec<&Unit<'_>>)> = Vec::new();
    for &unit in units {
        let words = content(side, unit);
        match ways.iter_mut().find(|(other, _)| !differ(&words, other)) {
            Some((_, same)) => same.push(unit),
            None => ways.push((words, vec![unit])),
        }
    }
    ways.sort_by_key(|(_, units)| usize::MAX - units.len());
    ways.into_iter().map(|(_, units)| units).collect()
}

/// The words with a content of their own, sorted.
fn content<'u>(side: Side, unit: &'u Unit<'_>) -> Vec<&'u str> {
    let start = unit.text.get(side).len() - own_text(side, unit).len();
    let is_content = |token: &&Token| {
        matches!(token.kind, TokenKind::Word | TokenKind::Latin)
            && !token.is_stop
            && token.span.start >= start
    };
    let tokens = unit.tokens.get(side).iter().filter(is_content);
    let mut words: Vec<&str> = tokens.map(|token| &*token.form).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Has each a word that the other lacks? What only says more may say the same.
fn differ(a: &[&str], b: &[&str]) -> bool {
    let lacks =
        |a: &[&str], b: &[&str]| a.iter().any(|word| b.binary_search(word).is_err());
    lacks(a, b) && lacks(b, a)
}

fn told(side: Side, source: Side, ways: &[Vec<&Unit<'_>>]) -> Finding {
    let first = ways.first().and_then(|units| units.first());
    let rare = ways.last().and_then(|units| units.first());
    let text = first.map_or_else(String::new, |unit| named(own_text(side, unit)));
    let n = ways.len();
    let fact = match side == source {
        true => Fact::Translations { text, n },
        false => Fact::TranslatedAlike { text, n },
    };
    // Little speaks for a pasted translation; but a bead may also be wrong.
    let is_doubtful = |units: &Vec<&Unit<'_>>| units.iter().all(|unit| unit.score < SURE);
    let severity = match first.is_some_and(|unit| is_heading(unit))
        || ways.iter().any(is_doubtful)
    {
        true => Severity::Note,
        false => Severity::Warning,
    };
    let mut finding = Finding::new(FindingKind::Consistency, severity, fact);
    finding.usages = ways.iter().map(|units| usage(side.other(), units)).collect();
    if let Some(unit) = rare {
        finding.passages = Pair::new(Side::Zh, Side::En)
            .map(|side| -> Option<Passage> { unit.passage(side, vec![]) });
    }
    finding
}

fn usage(side: Side, units: &[&Unit<'_>]) -> Usage {
    let text = units.first().map_or("", |unit| own_text(side, unit));
    Usage { text: named(text), places: units.iter().map(|unit| unit.place()).collect() }
}

/// As much of a text as names it, on one line.
fn named(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST_NAMED) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
