//! Terms that depart from the user's glossary, and terms that are not rendered alike.
//!
//! The Chinese is searched for the Chinese terms of the glossary, the longest first, words
//! never cut; what a term found there should be in English is then looked for in the English
//! of the unit, in lemmas. So the English of a concept is touched only where its Chinese
//! stands, and a glossary of any size costs its reading.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::finding::{Finding, FindingKind, Fix, Passage, Severity, Usage};
use super::material::Material;
use super::unit::{DOUBTFUL, Unit};
use crate::lexicon::{Seed, Terms};
use crate::mine::{Inconsistency, Rendering};
use crate::text::Span;
use crate::text::fold::narrow;
use crate::tokenize::tokenize;
use crate::types::{Concept, Pair, Side, Status, Token, TokenKind};

/// Longest Chinese term that is looked for, in characters.
const LONGEST: usize = 63;

/// The Chinese terms of a glossary, to be found in texts.
#[derive(Debug, Default)]
struct Index<'a> {
    /// By the hash of the folded term, the concepts that have it.
    terms: FxHashMap<u64, Vec<&'a Concept>>,
    /// Which lengths there are, as bits, of terms that begin with these two characters.
    lengths: FxHashMap<(char, char), u64>,
}

impl<'a> Index<'a> {
    fn new(glossary: &'a [Concept], seed: &Seed) -> Self {
        let mut index = Index::default();
        for concept in glossary {
            let pair = &concept.pair;
            if pair.status == Status::Rejected || pair.term.en.trim().is_empty() {
                continue;
            }
            for zh in std::iter::once(&pair.term.zh).chain(&pair.variants.zh) {
                let chars: Vec<char> = zh
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .map(|c| folded(c, seed))
                    .collect();
                // One character is a part of too many words to be asked for.
                if !(2..=LONGEST).contains(&chars.len()) {
                    continue;
                }
                let same = index.terms.entry(hash(&chars)).or_default();
                if !same.last().is_some_and(|last| std::ptr::eq(*last, concept)) {
                    same.push(concept);
                }
                *index.lengths.entry((chars[0], chars[1])).or_default() |=
                    1 << chars.len();
            }
        }
        index
    }

    /// The terms in a text, longest first where several begin at a place, none inside
    /// another: where they stand and the concepts that have them.
    fn find(
        &self,
        text: &str,
        tokens: &[Token],
        seed: &Seed,
    ) -> Vec<(Span, &[&'a Concept])> {
        let places: Vec<(usize, char)> = text
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace())
            .map(|(at, c)| (at, folded(c, seed)))
            .collect();
        let chars: Vec<char> = places.iter().map(|(_, c)| *c).collect();
        let (mut n, mut found) = (0, Vec::new());
        while n + 1 < chars.len() {
            let lengths = self.lengths.get(&(chars[n], chars[n + 1])).copied();
            let hit = lengths.and_then(|lengths| {
                (2..=LONGEST.min(chars.len() - n))
                    .rev()
                    .filter(|len| lengths >> len & 1 == 1)
                    .find_map(|len| {
                        let concepts = self.terms.get(&hash(&chars[n..n + len]))?;
                        let last = places[n + len - 1].0;
                        let end =
                            last + text[last..].chars().next().map_or(0, char::len_utf8);
                        let span = Span::new(places[n].0, end);
                        (!cuts_word(tokens, span)).then_some((span, concepts, len))
                    })
            });
            match hit {
                Some((span, concepts, len)) => {
                    found.push((span, concepts.as_slice()));
                    n += len;
                }
                None => n += 1,
            }
        }
        found
    }
}

fn folded(c: char, seed: &Seed) -> char {
    let c = seed.simplify(narrow(c));
    if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c }
}

fn hash(chars: &[char]) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = rustc_hash::FxHasher::default();
    chars.hash(&mut hasher);
    hasher.finish()
}

/// Does the span begin or end inside a word?
fn cuts_word(tokens: &[Token], span: Span) -> bool {
    let at = tokens.partition_point(|token| token.span.end <= span.start);
    tokens[at..]
        .iter()
        .take_while(|token| token.span.start < span.end)
        .filter(|token| token.kind != TokenKind::Extra)
        .any(|token| !span.contains(token.span))
}

/// Adds where the units depart from the glossary.
pub(super) fn departures(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    if material.glossary.is_empty() {
        return;
    }
    let index = Index::new(material.glossary, material.seed);
    let mut forms = Forms { seed: material.seed, known: FxHashMap::default() };
    for unit in units.iter().filter(|u| !u.is_single() && u.score >= DOUBTFUL) {
        let mut by_term: Vec<(Vec<Span>, &[&Concept])> = Vec::new();
        let mut rows: FxHashMap<*const &Concept, usize> = FxHashMap::default();
        for (span, concepts) in index.find(&unit.text.zh, &unit.tokens.zh, material.seed)
        {
            let row = *rows.entry(concepts.as_ptr()).or_insert(by_term.len());
            match by_term.get_mut(row) {
                Some((spans, _)) => spans.push(span),
                None => by_term.push((vec![span], concepts)),
            }
        }
        let text = Text::new(&unit.tokens.en);
        for (spans, concepts) in by_term {
            depart(unit, &text, spans, concepts, &mut forms, findings);
        }
    }
}

/// English terms as the forms of their words, each cut once.
struct Forms<'a> {
    seed: &'a Seed,
    known: FxHashMap<String, Vec<Box<str>>>,
}

impl Forms<'_> {
    fn of(&mut self, term: &str) -> &[Box<str>] {
        if !self.known.contains_key(term) {
            let tokens = tokenize(Side::En, term, self.seed);
            let forms = words(&tokens).map(|token| token.form.clone()).collect();
            self.known.insert(term.to_owned(), forms);
        }
        self.known.get(term).map_or(&[], Vec::as_slice)
    }
}

fn words(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    tokens
        .iter()
        .filter(|token| !matches!(token.kind, TokenKind::Mark | TokenKind::Extra))
}

/// The words of an English text, and where each form stands among them.
struct Text<'a> {
    words: Vec<&'a Token>,
    places: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Text<'a> {
    fn new(tokens: &'a [Token]) -> Self {
        let words: Vec<&Token> = words(tokens).collect();
        let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, word) in words.iter().enumerate() {
            places.entry(&word.form).or_default().push(at);
        }
        Self { words, places }
    }

    fn has(&self, form: &str) -> bool {
        self.places.contains_key(form)
    }

    /// Where a term stands.
    fn find(&self, forms: &[Box<str>]) -> Vec<Span> {
        let Some(first) = forms.first() else { return Vec::new() };
        let starts = self.places.get(&**first).map_or(&[][..], Vec::as_slice);
        let is_here = |at: &usize| {
            let window = self.words.get(*at..*at + forms.len());
            window
                .is_some_and(|window| window.iter().zip(forms).all(|(w, f)| w.form == *f))
        };
        let span = |at: &usize| {
            let (first, last) = (self.words[*at], self.words[*at + forms.len() - 1]);
            Span::new(first.span.start, last.span.end)
        };
        starts.iter().filter(|at| is_here(at)).map(span).collect()
    }
}

fn depart(
    unit: &Unit<'_>,
    text: &Text<'_>,
    spans: Vec<Span>,
    concepts: &[&Concept],
    forms: &mut Forms<'_>,
    findings: &mut Vec<Finding>,
) {
    let mut found = |status: Status| -> Vec<Span> {
        let of_status = concepts.iter().filter(|concept| concept.pair.status == status);
        let mut found = Vec::new();
        for concept in of_status {
            let pair = &concept.pair;
            for term in std::iter::once(&pair.term.en).chain(&pair.variants.en) {
                found.extend(text.find(forms.of(term)));
            }
        }
        found.sort();
        found.dedup();
        found
    };
    let (preferred, accepted, candidate, mut forbidden) = (
        found(Status::Preferred),
        found(Status::Accepted),
        found(Status::Candidate),
        found(Status::Forbidden),
    );
    // "money laundering" inside "anti-money laundering" that is right is not forbidden.
    let right: Vec<Span> = preferred.iter().chain(&accepted).copied().collect();
    forbidden.retain(|span| !right.iter().any(|right| right.contains(*span)));
    let first = |status: Status| {
        let of_status = concepts.iter().find(|concept| concept.pair.status == status);
        of_status.map(|concept| concept.pair.term.en.clone())
    };
    let best = first(Status::Preferred).or_else(|| first(Status::Accepted));
    let term = spans[0].of(&unit.text.zh).to_owned();
    let (severity, message, marks) = if !forbidden.is_empty() {
        let used = forbidden[0].of(&unit.text.en);
        (Severity::Error, format!("{term} must not be “{used}”"), forbidden)
    } else if !preferred.is_empty() || best.is_none() || !candidate.is_empty() {
        return;
    } else if let Some(used) = accepted.first() {
        if first(Status::Preferred).is_none() {
            return;
        }
        let used = used.of(&unit.text.en);
        (
            Severity::Note,
            format!("{term} is “{used}”, accepted but not preferred"),
            accepted,
        )
    } else {
        let best = best.clone().unwrap_or_default();
        // A part of the rendering is the term said shorter, or built into another phrase.
        let head = forms.of(&best).last().cloned();
        let has_part = head.is_some_and(|head| text.has(&head));
        let severity = if has_part { Severity::Note } else { Severity::Warning };
        (severity, format!("{term} without “{best}”"), Vec::new())
    };
    let severity = unit.at_most(severity);
    let marks = Pair::new(spans, marks);
    let mut finding = unit.finding(FindingKind::Term, severity, message, marks);
    finding.fix = best.map(|text| Fix { side: Side::En, text });
    findings.push(finding);
}

/// Adds the terms that are rendered in several ways and those that are rendered alike.
pub(super) fn inconsistencies(
    material: &Material<'_>,
    units: &[Unit<'_>],
    findings: &mut Vec<Finding>,
) {
    let all = material.inconsistencies;
    let standing = Standing::new(all, units, material.seed);
    let mut forms = Forms { seed: material.seed, known: FxHashMap::default() };
    for one in all {
        let ways = variants(one, material.seed);
        if ways.len() < 2 {
            continue;
        }
        let message = match one.side {
            Side::Zh => format!("{} is rendered in {} ways", one.term, ways.len()),
            Side::En => format!("“{}” renders {} terms", one.term, ways.len()),
        };
        let severity = match one.side {
            Side::Zh => Severity::Warning,
            Side::En => Severity::Note,
        };
        let mut finding = Finding::new(FindingKind::Consistency, severity, message);
        let place = |bead: &usize| {
            units.get(*bead).map(|unit| {
                let name = unit.name();
                let line = unit.segments.zh.first().map_or(0, |segment| segment.lines.0);
                if name.is_empty() { format!("line {line}") } else { name }
            })
        };
        let usage = |(text, beads): &(&str, BTreeSet<usize>)| Usage {
            text: (*text).to_owned(),
            places: beads.iter().filter_map(place).collect(),
        };
        let (ways, otherwise) = standing.places(one, &ways, &mut forms);
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

/// Where the terms that are rendered in several ways stand, and their renderings: in Chinese as
/// characters, in English as lemmas, for a victim is no part of *victimization*.
struct Standing<'a> {
    zh: Terms,
    /// By written form, the beads whose Chinese has it.
    of_zh: FxHashMap<u32, BTreeSet<usize>>,
    /// The English of the beads that tell something.
    en: BTreeMap<usize, Text<'a>>,
    /// By lemma, the beads whose English has it.
    of_en: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Standing<'a> {
    fn new(all: &[Inconsistency], units: &'a [Unit<'_>], seed: &'static Seed) -> Self {
        let terms = all.iter().flat_map(|one| match one.side {
            Side::Zh => vec![&one.term],
            Side::En => one.renderings.iter().map(|way| &way.text).collect(),
        });
        let zh: Vec<Pair<String>> =
            terms.map(|zh| Pair::new(zh.clone(), String::new())).collect();
        let mut standing = Self {
            zh: Terms::new(&zh, seed),
            of_zh: FxHashMap::default(),
            en: BTreeMap::new(),
            of_en: FxHashMap::default(),
        };
        for (bead, unit) in units.iter().enumerate() {
            if unit.is_single() || unit.score < DOUBTFUL {
                continue;
            }
            for found in standing.zh.find(Side::Zh, &unit.text.zh) {
                standing.of_zh.entry(found.form).or_default().insert(bead);
            }
            let text = Text::new(&unit.tokens.en);
            for word in &text.words {
                let beads = standing.of_en.entry(&word.form).or_default();
                if beads.last() != Some(&bead) {
                    beads.push(bead);
                }
            }
            standing.en.insert(bead, text);
        }
        standing
    }

    /// The beads where a term stands on a side.
    fn of(&self, side: Side, term: &str, forms: &mut Forms<'_>) -> BTreeSet<usize> {
        if side == Side::Zh {
            let form = self.zh.form_of(Side::Zh, term);
            let beads = form.and_then(|form| self.of_zh.get(&form));
            return beads.cloned().unwrap_or_default();
        }
        let forms = forms.of(term);
        let beads =
            forms.iter().map(|form| self.of_en.get(&**form).map_or(&[][..], |b| b));
        let rarest = beads.min_by_key(|beads| beads.len());
        let has = |bead: &usize| !self.en[bead].find(forms).is_empty();
        rarest.unwrap_or_default().iter().copied().filter(has).collect()
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
        forms: &mut Forms<'_>,
    ) -> (Vec<(&'w str, BTreeSet<usize>)>, BTreeSet<usize>) {
        let other = one.side.other();
        let all = self.of(one.side, &one.term, forms);
        let mut otherwise = all.clone();
        let mut found: Vec<(&str, BTreeSet<usize>)> = Vec::new();
        for way in ways {
            let mut beads: BTreeSet<usize> = &self.of(other, &way.text, forms) & &all;
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
            otherwise = &otherwise - &self.of(other, &cut.text, forms);
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

/// English words that count.
const COUNTS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "hundred",
    "thousand", "million", "billion",
];

fn is_variant(a: &str, b: &str, side: Side, seed: &Seed) -> bool {
    let tokens = [a, b].map(|text| tokenize(side, text, seed));
    let items = |text: &str, tokens: &[Token]| -> Vec<String> {
        match side {
            Side::Zh => text.to_lowercase().chars().map(String::from).collect(),
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
        Side::Zh => a.contains(b) || b.contains(a) || n_shared == n_a && n_shared == n_b,
        Side::En => n_shared == n_a.min(n_b) && n_a != n_b || a_items == b_items,
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
