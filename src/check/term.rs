//! Terms that depart from the user's glossary, and terms that are not rendered alike.
//!
//! What a unit owes to the glossary is judged by its [rules](crate::terms::Rules); here it is
//! said in words.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::fact::Fact;
use super::finding::{Finding, FindingKind, Fix, Passage, Severity, Usage};
use super::material::Material;
use super::unit::{DOUBTFUL, Unit};
use crate::lexicon::Seed;
use crate::mine::{Inconsistency, Rendering};
use crate::terms::{Finder, Judgement, Keys, Rules, Verdict};
use crate::text::Span;
use crate::tokenize::tokenize;
use crate::types::{Pair, Side, Token, TokenKind};

/// Adds where the units depart from the glossary.
pub(super) fn departures(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    if material.rules.is_empty() {
        return;
    }
    for unit in units.iter().filter(|u| !u.is_single() && u.score >= DOUBTFUL) {
        let judged = material.rules.judge(&unit.text, &unit.tokens.zh).into_iter();
        findings.extend(judged.filter_map(|one| departure(unit, material.rules, one)));
    }
}

fn departure(unit: &Unit<'_>, rules: &Rules, judgement: Judgement) -> Option<Finding> {
    let Judgement { term, places, verdict } = judgement;
    let best = rules.best(term).unwrap_or_default().to_owned();
    let term_text = places[0].of(&unit.text.zh).to_owned();
    let used =
        |marks: &[Span]| marks.first().map(|mark| mark.of(&unit.text.en).to_owned());
    let (severity, fact, marks) = match verdict {
        Verdict::Used => return None,
        Verdict::Forbidden(marks) => {
            let used = used(&marks).unwrap_or_default();
            (Severity::Error, Fact::Forbidden { term: term_text, used }, marks)
        }
        Verdict::NotPreferred(marks) => {
            let used = used(&marks).unwrap_or_default();
            (Severity::Note, Fact::NotPreferred { term: term_text, used }, marks)
        }
        Verdict::NotEverywhere(marks) => {
            let used = used(&marks);
            let severity = match used {
                Some(_) => Severity::Warning,
                None => Severity::Note,
            };
            (severity, Fact::NotEverywhere { term: term_text, best, used }, marks)
        }
        // The term said shorter, or built into another phrase.
        Verdict::HeadOnly => {
            (Severity::Note, Fact::Without { term: term_text, best }, Vec::new())
        }
        Verdict::Absent => {
            (Severity::Warning, Fact::Without { term: term_text, best }, Vec::new())
        }
    };
    let severity = unit.at_most(severity);
    let marks = Pair::new(places, marks);
    let mut finding = unit.finding(FindingKind::Term, severity, fact, marks);
    let fix = rules.best(term).map(|text| Fix { side: Side::En, text: text.to_owned() });
    finding.fix = fix;
    Some(finding)
}

/// Adds the terms that are rendered in several ways and those that are rendered alike.
pub(super) fn inconsistencies(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    let all = material.inconsistencies;
    let standing = Standing::new(all, units, material.seed);
    for one in all {
        let mut ways = variants(one, material.seed);
        ways.retain(|way| !is_beside(one, way, units));
        if ways.len() < 2 {
            continue;
        }
        let fact =
            Fact::Renderings { side: one.side, term: one.term.clone(), n: ways.len() };
        let severity = match one.side {
            Side::Zh => Severity::Warning,
            Side::En => Severity::Note,
        };
        let mut finding = Finding::new(FindingKind::Consistency, severity, fact);
        let place = |bead: &usize| units.get(*bead).map(Unit::place);
        let usage = |(text, beads): &(&str, BTreeSet<usize>)| Usage {
            text: (*text).to_owned(),
            places: beads.iter().filter_map(place).collect(),
        };
        let (ways, otherwise) = standing.places(one, &ways);
        finding.usages = ways.iter().map(usage).collect();
        if !otherwise.is_empty() {
            finding.usages.push(usage(&(OTHERWISE, otherwise)));
        }
        let rare = ways.last().and_then(|(_, beads)| beads.first());
        let unit = rare.and_then(|bead| units.get(*bead));
        if let (Some(unit), Some((rendering, _))) = (unit, ways.last()) {
            let mut marks = Pair::default();
            *marks.get_mut(one.side) = mark(unit, one.side, &one.term);
            let other = one.side.other();
            *marks.get_mut(other) = mark(unit, other, rendering);
            finding.passages = marks.map_sides(|side, marks| -> Option<Passage> {
                unit.passage(side, marks)
            });
        }
        findings.push(finding);
    }
}

/// Stands for what is none of the ways that are listed.
const OTHERWISE: &str = "(otherwise)";

/// Where the terms that are rendered in several ways stand, and their renderings.
struct Standing {
    keys: Keys<'static>,
    /// The number of each term, by its side and key.
    numbers: FxHashMap<(Side, String), usize>,
    /// By number, the beads where a term stands.
    beads: Vec<BTreeSet<usize>>,
}

impl Standing {
    fn new(all: &[Inconsistency], units: &[Unit<'_>], seed: &'static Seed) -> Self {
        let keys = Keys::new(seed);
        let mut numbers = FxHashMap::default();
        let mut terms: Vec<(Side, &str, u32)> = Vec::new();
        for one in all {
            let ways = one.renderings.iter().map(|way| (one.side.other(), &*way.text));
            for (side, text) in ways.chain([(one.side, &*one.term)]) {
                numbers.entry((side, keys.of(side, text))).or_insert_with(|| {
                    terms.push((side, text, terms.len() as u32));
                    terms.len() - 1
                });
            }
        }
        let mut beads = vec![BTreeSet::new(); terms.len()];
        let finder = Finder::new(terms, seed);
        let is_sure = |unit: &&Unit<'_>| !unit.is_single() && unit.score >= DOUBTFUL;
        for (bead, unit) in units.iter().enumerate().filter(|(_, unit)| is_sure(unit)) {
            for side in Side::BOTH {
                for found in finder.find(side, unit.text.get(side)) {
                    for number in finder.numbers(side, found.form) {
                        beads[*number as usize].insert(bead);
                    }
                }
            }
        }
        Self { keys, numbers, beads }
    }

    /// The beads where a term stands on a side.
    fn of(&self, side: Side, term: &str) -> BTreeSet<usize> {
        let number = self.numbers.get(&(side, self.keys.of(side, term)));
        number.map(|number| self.beads[*number].clone()).unwrap_or_default()
    }

    /// The beads where the term is rendered in each way, the commonest way first, and those
    /// where it stands and is rendered in none of them.
    ///
    /// What recurs and was mined is where a way was noticed; it counts wherever it stands
    /// beside the term.
    fn places<'w>(
        &self,
        one: &Inconsistency,
        ways: &[&'w Rendering],
    ) -> (Vec<(&'w str, BTreeSet<usize>)>, BTreeSet<usize>) {
        let other = one.side.other();
        let all = self.of(one.side, &one.term);
        let mut otherwise = all.clone();
        let mut found: Vec<(&str, BTreeSet<usize>)> = Vec::new();
        for way in ways {
            let mut beads: BTreeSet<usize> = &self.of(other, &way.text) & &all;
            beads.extend(way.units.iter().map(|(bead, _)| *bead));
            otherwise = &otherwise - &beads;
            found.push((&way.text, beads));
        }
        found.sort_by_key(|(_, beads)| Reverse(beads.len()));
        // The same terms cut otherwise, or said shorter.
        let is_cut = |text: &str| {
            ways.iter().any(|way| way.text.contains(text) || text.contains(&way.text))
        };
        for cut in one.renderings.iter().filter(|way| is_cut(&way.text)) {
            otherwise = &otherwise - &self.of(other, &cut.text);
        }
        (found, otherwise)
    }
}

/// The ways to write or render a term that are variants of one another; words of general use
/// have many renderings, all of them right.
///
/// Two are variants that have at least half of their characters (Chinese) or words (English)
/// in common, none a part of the other: 法律互助 and 司法互助, *criminal proceeds* and
/// *proceeds of crime*. A part is rather the same term cut otherwise.
fn variants<'a>(one: &'a Inconsistency, seed: &Seed) -> Vec<&'a Rendering> {
    let Some((first, rest)) = one.renderings.split_first() else { return Vec::new() };
    let side = one.side.other();
    let is_term = |text: &str| match side {
        Side::Zh => text.chars().count() >= 2,
        Side::En => text.contains([' ', '-']),
    };
    // A sum of money or a count of things is no term.
    let is_sum = |text: &str| text.split(' ').any(|word| COUNTS.contains(&word));
    // Of two characters both, they are words of general use.
    let is_long = |other: &Rendering| {
        side == Side::En
            || first.text.chars().count().max(other.text.chars().count()) >= 3
    };
    let mut found = vec![first];
    found.extend(rest.iter().filter(|other| {
        is_term(&first.text)
            && is_term(&other.text)
            && is_long(other)
            && !is_sum(&one.term)
            && !is_sum(&first.text)
            && !is_sum(&other.text)
            && is_variant(&first.text, &other.text, side, seed)
    }));
    found
}

/// Is a way found only where a commoner one stands as well, as often as the term itself? Then
/// that one renders the term, and this one something else.
fn is_beside(one: &Inconsistency, way: &Rendering, units: &[Unit<'_>]) -> bool {
    let other = one.side.other();
    let commoner = one.renderings.iter().take_while(|common| !std::ptr::eq(*common, way));
    let commoner: Vec<String> =
        commoner.map(|common| plain(other, &common.text)).collect();
    way.units.iter().all(|(bead, _)| {
        let Some(unit) = units.get(*bead) else { return false };
        let count = |side: Side, term: &str| {
            plain(side, unit.text.get(side)).matches(term).count()
        };
        let n = count(one.side, &plain(one.side, &one.term));
        n > 0 && commoner.iter().any(|common| count(other, common) >= n)
    })
}

/// A text without what may stand inside of a term or not: 之 and 的, and capitals.
fn plain(side: Side, text: &str) -> String {
    match side {
        Side::Zh => text.chars().filter(|c| !is_particle(*c)).collect(),
        Side::En => text.to_lowercase(),
    }
}

/// 请求引渡 and 引渡之请求 have the same words.
fn is_particle(c: char) -> bool {
    matches!(c, '之' | '的')
}

/// English words that count.
const COUNTS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "hundred",
    "thousand", "million", "billion",
];

/// The words among tokens.
fn words(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    tokens
        .iter()
        .filter(|token| !matches!(token.kind, TokenKind::Mark | TokenKind::Extra))
}

fn is_variant(a: &str, b: &str, side: Side, seed: &Seed) -> bool {
    let tokens = [a, b].map(|text| tokenize(side, text, seed));
    let items = |text: &str, tokens: &[Token]| -> Vec<String> {
        match side {
            Side::Zh => {
                plain(side, &text.to_lowercase()).chars().map(String::from).collect()
            }
            Side::En => words(tokens)
                .filter(|token| !token.is_stop)
                .map(|token| token.form.to_string())
                .collect(),
        }
    };
    let (a_items, b_items) = (items(a, &tokens[0]), items(b, &tokens[1]));
    let (n_a, n_b) = (a_items.len(), b_items.len());
    let mut rest = b_items.clone();
    let mut n_shared = 0;
    for item in &a_items {
        if let Some(at) = rest.iter().position(|other| other == item) {
            rest.swap_remove(at);
            n_shared += 1;
        }
    }
    let is_part = match side {
        // Nor are the same characters in another order a variant: 贩运人口 and 人口贩运.
        Side::Zh => {
            a.contains(b)
                || b.contains(a)
                || n_shared == n_a && n_shared == n_b
                || n_shared == n_a.min(n_b) && !is_within(&a_items, &b_items)
                || is_one_phrase(&a_items, &b_items)
        }
        // *Victims of trafficking* and *trafficking victims* are the same words too.
        Side::En => n_shared == n_a.min(n_b),
    };
    // Two paragraphs and four paragraphs are not one term.
    let is_counted =
        |token: &Token| matches!(token.kind, TokenKind::Number | TokenKind::Extra);
    if tokens.iter().flatten().any(is_counted) {
        return false;
    }
    let is_half = n_shared > 0 && 4 * n_shared >= n_a + n_b;
    let is_most = 5 * n_shared >= 2 * (n_a + n_b);
    is_half && !is_part && (is_most || side == Side::En || ends_alike(&tokens, seed))
}

/// Does the longer one have all of the shorter one, in order?
fn is_within(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    short.iter().all(|item| rest.any(|other| other == item))
}

/// Does the one end as the other begins, by half of it at least? 人人有权 and 有权自由 are
/// pieces of one sentence, not terms.
fn is_one_phrase(a: &[String], b: &[String]) -> bool {
    let most = a.len().min(b.len());
    (most.div_ceil(2)..=most)
        .any(|n| a[a.len() - n..] == b[..n] || b[b.len() - n..] == a[..n])
}

/// Do two Chinese phrases end in the same word, or both in a noun? 主管机关申请 and
/// 主管机关核准 are sentences cut off, not terms.
fn ends_alike(tokens: &[Vec<Token>; 2], seed: &Seed) -> bool {
    let last = |tokens: &[Token]| words(tokens).last().map(|token| token.form.clone());
    let (Some(a), Some(b)) = (last(&tokens[0]), last(&tokens[1])) else { return false };
    let is_verb =
        |form: &str| seed.word(form).is_some_and(|word| word.pos.starts_with('v'));
    a == b || !is_verb(&a) && !is_verb(&b)
}

/// Where words stand in a unit, in any case.
fn mark(unit: &Unit<'_>, side: Side, words: &str) -> Vec<Span> {
    let text = unit.text.get(side);
    let at = text.find(words).or_else(|| {
        let lower = text.to_ascii_lowercase();
        lower.find(&words.to_ascii_lowercase())
    });
    at.map(|at| Span::new(at, at + words.len())).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renderings_are_variants_only_where_a_word_of_them_differs() {
        let seed = Seed::shipped();
        let zh = |a, b| is_variant(a, b, Side::Zh, seed);
        let en = |a, b| is_variant(a, b, Side::En, seed);
        assert!(zh("法律互助", "司法互助") && zh("渔业许可证", "捕鱼许可证"));
        assert!(en("fishing permit", "fishing licence"));
        // The same words in another order, or with a particle more.
        assert!(!zh("请求移交", "移交之请求"));
        assert!(!en("victims of piracy", "piracy victims"));
        // Characters that they share by chance, and a sentence cut in two ways.
        assert!(!zh("港务工作人员", "员工"));
        assert!(!zh("船员享有", "享有休假"));
    }

    #[test]
    fn what_stands_beside_the_usual_rendering_is_none() {
        let text = Pair::new(
            "港口应请求方之请求办理，并要求请求方付费。",
            "At the port’s request.",
        );
        let unit = Unit {
            score: 1.0,
            support: 0.0,
            segments: Pair::new(&[][..], &[][..]),
            text: text.map(str::to_owned),
            starts: Pair::default(),
            tokens: Pair::default(),
            mentions: Pair::default(),
        };
        let way = |text: &str| Rendering {
            text: text.to_owned(),
            units: vec![(0, String::new())],
        };
        let renderings = vec![way("请求方请求"), way("要求请求方"), way("请求方的要求")];
        let one =
            Inconsistency { side: Side::En, term: "request".to_owned(), renderings };
        let beside: Vec<bool> = one
            .renderings
            .iter()
            .map(|way| is_beside(&one, way, std::slice::from_ref(&unit)))
            .collect();
        assert_eq!(beside, [false, true, true]);
    }
}
