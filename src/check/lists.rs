//! Names that a list inside a sentence has on one side only.
//!
//! ```text
//! 提案国：比利时、丹麦、德国、法国、芬兰和印度。        six names
//! Sponsors: Belgium, Denmark, Finland, France and India.   five: 德国 is missing
//! ```
//!
//! Each language sorts such a list in its own way, so the lexicon pairs the names. A
//! translator may know a name that the lexicon does not: told is only what is missing from a
//! list that is shorter than the other and has all the rest.

use rustc_hash::FxHashSet;

use super::Material;
use super::fact::Fact;
use super::finding::{Finding, FindingKind, Severity};
use super::unit::{SURE, Unit};
use crate::lexicon::{Seed, WordId};
use crate::types::{Pair, Side, Token, TokenKind};

/// Fewest names of a list that is looked at.
const LEAST_NAMES: usize = 3;

/// One name of so many may be missing; where more are, the lists are different ones.
const NAMES_PER_MISS: usize = 4;

/// Adds what is found in all units.
pub(super) fn find(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    let (seed, source) = (material.seed, material.source);
    for unit in units.iter().filter(|unit| !unit.is_single() && unit.score >= SURE) {
        let Some(zh) = chinese_list(unit, seed) else { continue };
        let en = english_list(unit);
        let (side, missing) = if en.len() < zh.len() {
            (Side::Zh, unrendered(&zh, unit, seed))
        } else if en.len() > zh.len() && unrendered(&zh, unit, seed).is_empty() {
            (Side::En, unsourced(&en, unit, seed))
        } else {
            continue;
        };
        if missing.len() * NAMES_PER_MISS <= zh.len().max(en.len()) {
            findings.extend(missing.iter().map(|name| lack(unit, side, source, name)));
        }
    }
}

/// A name of the lexicon.
struct Name<'a> {
    token: &'a Token,
    word: WordId,
}

fn name<'a>(token: &'a Token, seed: &Seed) -> Option<Name<'a>> {
    let word = seed.word(&token.form).filter(|word| is_name(word.pos))?;
    let is_known = token.kind == TokenKind::Word && seed.is_glossed(word.id);
    is_known.then_some(Name { token, word: word.id })
}

/// Places, persons, bodies and other names, in the tags of the word list.
fn is_name(pos: &str) -> bool {
    matches!(pos, "ns" | "nr" | "nt" | "nz" | "nrt")
}

/// The longest list of names with 、 between them.
fn chinese_list<'a>(unit: &'a Unit<'_>, seed: &Seed) -> Option<Vec<Name<'a>>> {
    let text = &unit.text.zh;
    let is_joint = |token: &Token| {
        matches!(token.span.of(text), "、" | "和" | "及" | "与" | "與" | "以及" | "暨")
    };
    let mut lists = vec![Vec::new()];
    let mut is_open = false;
    for token in &unit.tokens.zh {
        if is_joint(token) {
            is_open = true;
            continue;
        }
        if !is_open {
            lists.push(Vec::new());
        }
        match (name(token, seed), lists.last_mut()) {
            (Some(name), Some(list)) => list.push(name),
            _ => lists.push(Vec::new()),
        }
        is_open = false;
    }
    lists.into_iter().max_by_key(Vec::len).filter(|list| list.len() >= LEAST_NAMES)
}

/// The longest list of names with commas between them, each by its words with a capital.
fn english_list<'a>(unit: &'a Unit<'_>) -> Vec<Vec<&'a Token>> {
    let is_joint = |token: &Token| matches!(&*token.form, "P," | "and" | "or");
    let mut longest = Vec::new();
    let sentences = unit.tokens.en.split(|token| {
        token.kind == TokenKind::Mark && !is_joint(token) && &*token.form != "P("
    });
    for sentence in sentences {
        let items = sentence.split(is_joint).filter(|item| !item.is_empty());
        let names = items
            .map(|item| item.iter().filter(|token| token.is_capital).collect::<Vec<_>>());
        let names: Vec<Vec<&Token>> = names.filter(|name| !name.is_empty()).collect();
        if names.len() > longest.len() {
            longest = names;
        }
    }
    longest
}

/// The names of the Chinese of which the English has no gloss.
fn unrendered<'a>(list: &[Name<'a>], unit: &Unit<'_>, seed: &Seed) -> Vec<&'a Token> {
    let tokens = &unit.tokens.en;
    let mut forms: FxHashSet<String> =
        tokens.iter().map(|t| t.form.to_string()).collect();
    // Viet Nam is Vietnam in the lexicon.
    let pairs = tokens.windows(2).filter(|pair| pair[0].is_capital && pair[1].is_capital);
    forms.extend(pairs.map(|pair| format!("{}{}", pair[0].form, pair[1].form)));
    // A state has a short and a full name: 韩国 is South Korea and the Republic of Korea.
    let is_rendered = |name: &&Name<'_>| {
        let has = |gloss: &[_]| {
            let words = gloss.iter().map(|lemma| seed.lemma_text(*lemma));
            let chief = words.max_by_key(|word| word.len());
            chief.is_some_and(|chief| forms.contains(chief))
        };
        seed.glosses(name.word).any(has)
    };
    list.iter().filter(|name| !is_rendered(name)).map(|name| name.token).collect()
}

/// The names of the English that the lexicon knows and of which the Chinese has no source.
fn unsourced<'a>(
    list: &[Vec<&'a Token>],
    unit: &Unit<'_>,
    seed: &Seed,
) -> Vec<&'a Token> {
    let words: FxHashSet<WordId> = unit
        .tokens
        .zh
        .iter()
        .filter_map(|token| Some(seed.word(&token.form)?.id))
        .collect();
    let is_missing = |name: &&Vec<&Token>| {
        name.iter().all(|token| {
            let sources = seed.lemma(&token.form).map(|lemma| seed.words_of(lemma));
            sources.is_some_and(|sources| {
                !sources.is_empty() && sources.iter().all(|word| !words.contains(word))
            })
        })
    };
    list.iter().filter(is_missing).filter_map(|name| name.first().copied()).collect()
}

fn lack(unit: &Unit<'_>, side: Side, source: Side, name: &Token) -> Finding {
    let kind = match side == source {
        true => FindingKind::Omission,
        false => FindingKind::Addition,
    };
    let written = name.span.of(unit.text.get(side)).to_owned();
    let fact = Fact::InList { name: written, side };
    let mut marks = Pair::default();
    *marks.get_mut(side) = vec![name.span];
    unit.finding(kind, unit.at_most(Severity::Warning), fact, marks)
}
