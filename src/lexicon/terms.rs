//! The user's own pairs of terms, found again in texts of both languages.
//!
//! ```text
//! 0: 缔约方 = State party   ─▶ Terms ─find─▶  各締約方應…        締約方
//! 1: 会议   = conference                      States Parties…   States Parties
//! ```
//!
//! Compared are folded, simplified characters and the stems of English words (Snowball), so
//! that 締約方 and *States Parties* are found by 缔约方 and *State party*. Words in capitals
//! are found in capitals only where they are terms themselves: WHO is not *who*. Every place
//! of every term is found, also inside another term; [`longest`] leaves the outer ones.
//!
//! The forms are kept sorted, and a text is walked along them as along a trie: building is a
//! sort, a look-up narrows a range for each character. The time for a text does not depend
//! on the number of terms, but for its logarithm.

use std::hash::Hash;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use crate::lexicon::Seed;
use crate::text::Span;
use crate::text::fold::fold_chars;
use crate::types::{Pair, Side};

/// Longest form that is looked for, in characters of Chinese or words of English. Longer ones
/// are sentences; each place of a text may cost time up to it.
const LONGEST: usize = 64;
/// Longest word in capitals that is taken for an acronym, in letters; longer ones shout.
const LONGEST_ACRONYM: usize = 6;

/// A term in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which written form of its side, for [`Terms::pairs_of`].
    pub form: u32,
    /// Where it stands.
    pub span: Span,
}

/// Pairs of terms, ready to be found in texts. Pairs are known by their place in the list
/// that was given.
#[derive(Debug)]
pub struct Terms {
    seed: &'static Seed,
    zh: Forms<char>,
    en: Forms<u32>,
    /// The words of the English terms, stemmed, by number.
    words: FxHashMap<Box<str>, u32>,
}

impl Default for Terms {
    /// No pairs: nothing is found.
    fn default() -> Self {
        Self::new(&[], Seed::shipped())
    }
}

impl Terms {
    /// Reads the pairs. A term without a letter or digit is never found.
    pub fn new(pairs: &[Pair<String>], seed: &'static Seed) -> Self {
        let mut words = FxHashMap::default();
        let stemmer = Stemmer::create(Algorithm::English);
        let zh = pairs.iter().map(|pair| zh_key(&pair.zh, seed)).collect();
        // Stemming is dear, and the words of a glossary are few.
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let mut number = |word: Word| {
            let next = words.len() as u32;
            let mut enter = |key: Box<str>| *words.entry(key).or_insert(next);
            match word.acronym {
                Some(acronym) => enter(acronym),
                None => *numbers
                    .entry(word.lower)
                    .or_insert_with_key(|lower| enter(stemmer.stem(lower).into())),
            }
        };
        let en = pairs
            .iter()
            .map(|pair| en_words(&pair.en).map(&mut number).collect())
            .collect();
        Self { seed, zh: Forms::new(zh), en: Forms::new(en), words }
    }

    /// Are there no pairs?
    pub fn is_empty(&self) -> bool {
        self.zh.forms.is_empty() && self.en.forms.is_empty()
    }

    /// The written form that a term is kept under, if one of the pairs has it.
    pub fn form_of(&self, side: Side, term: &str) -> Option<u32> {
        match side {
            Side::Zh => self.zh.get(&zh_key(term, self.seed)),
            Side::En => {
                let words = self.numbers(term);
                self.en.get(&words.iter().map(|word| word.0).collect::<Vec<_>>())
            }
        }
    }

    /// The pairs that have a written form, in order.
    ///
    /// # Panics
    ///
    /// If there is no such form on that side.
    pub fn pairs_of(&self, side: Side, form: u32) -> &[u32] {
        match side {
            Side::Zh => self.zh.pairs_of(form),
            Side::En => self.en.pairs_of(form),
        }
    }

    /// The terms of a text, from left to right, of those that begin in one place the longest
    /// first.
    pub fn find(&self, side: Side, text: &str) -> Vec<Found> {
        if self.is_empty() {
            return Vec::new();
        }
        match side {
            Side::Zh => self.find_zh(text),
            Side::En => self.find_en(text),
        }
    }

    fn find_zh(&self, text: &str) -> Vec<Found> {
        let (chars, spans): (Vec<char>, Vec<Span>) = zh_chars(text, self.seed).unzip();
        let mut found = Vec::new();
        for at in 0..chars.len() {
            // Neither an end of the form is inside a Latin word or a number.
            if at > 0 && is_joined(chars[at - 1], chars[at]) && touch(&spans, at - 1) {
                continue;
            }
            let first = found.len();
            self.zh.walk(&chars[at..], |len, form| {
                let end = at + len - 1;
                let is_cut = chars.get(end + 1).is_some_and(|&next| {
                    is_joined(chars[end], next) && touch(&spans, end)
                });
                if !is_cut {
                    let span = Span::new(spans[at].start, spans[end].end);
                    found.push(Found { form, span });
                }
            });
            found[first..].reverse();
        }
        found
    }

    fn find_en(&self, text: &str) -> Vec<Found> {
        let (words, spans): (Vec<u32>, Vec<Span>) =
            self.numbers(text).into_iter().unzip();
        let mut found = Vec::new();
        for at in 0..words.len() {
            let first = found.len();
            self.en.walk(&words[at..], |len, form| {
                let span = Span::new(spans[at].start, spans[at + len - 1].end);
                found.push(Found { form, span });
            });
            found[first..].reverse();
        }
        found
    }

    /// The words of an English text by number; one that no term has is `u32::MAX`.
    fn numbers(&self, text: &str) -> Vec<(u32, Span)> {
        let stemmer = Stemmer::create(Algorithm::English);
        let known = |key: &str| self.words.get(key).copied();
        en_words(text)
            .map(|word| {
                let span = word.span;
                let acronym = word.acronym.as_deref().and_then(known);
                let number = acronym.or_else(|| known(&stemmer.stem(&word.lower)));
                (number.unwrap_or(u32::MAX), span)
            })
            .collect()
    }
}

/// The terms that do not lie inside another one, and of those that overlap the first.
pub fn longest(found: &[Found]) -> impl Iterator<Item = Found> {
    let mut end = 0;
    found.iter().copied().filter(move |found| {
        let is_free = found.span.start >= end;
        if is_free {
            end = found.span.end;
        }
        is_free
    })
}

/// The folded, simplified characters of a Chinese text, blanks left out.
fn zh_chars(text: &str, seed: &Seed) -> impl Iterator<Item = (char, Span)> {
    fold_chars(text)
        .filter(|(c, _)| !c.is_whitespace())
        .map(|(c, span)| (seed.simplify(c), span))
}

fn zh_key(text: &str, seed: &Seed) -> Vec<char> {
    let key: Vec<char> = zh_chars(text, seed).map(|(c, _)| c).collect();
    if key.iter().any(|c| c.is_alphanumeric()) { key } else { Vec::new() }
}

/// Are the two characters parts of one Latin word or number?
fn is_joined(left: char, right: char) -> bool {
    left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric()
}

/// Does nothing stand between a character and the next?
fn touch(spans: &[Span], at: usize) -> bool {
    spans[at].end >= spans[at + 1].start
}

/// A word of an English text.
struct Word {
    /// Folded.
    lower: String,
    /// As written and without the s of a plural, if it may be an acronym.
    acronym: Option<Box<str>>,
    span: Span,
}

/// The words of an English text: runs of letters and digits, the `s` of a possessive left out.
fn en_words(text: &str) -> impl Iterator<Item = Word> {
    let mut chars = fold_chars(text).peekable();
    let mut before = ' ';
    std::iter::from_fn(move || {
        loop {
            let (c, first) = chars.next()?;
            let apostrophe = std::mem::replace(&mut before, c);
            if !c.is_alphanumeric() {
                continue;
            }
            let mut word = String::from(c);
            let mut span = first;
            while let Some((c, next)) = chars.next_if(|(c, _)| c.is_alphanumeric()) {
                word.push(c);
                span.end = next.end;
            }
            before = 'a';
            if word == "s" && matches!(apostrophe, '\'' | '’') {
                continue;
            }
            let acronym = acronym(span.of(text));
            return Some(Word { lower: word, acronym, span });
        }
    })
}

/// The word without the s of its plural, if all its letters are capitals.
fn acronym(word: &str) -> Option<Box<str>> {
    let stem = match word.strip_suffix('s') {
        Some(stem) if stem.len() > 1 => stem,
        _ => word,
    };
    let is_one = (2..=LONGEST_ACRONYM).contains(&stem.len())
        && stem.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && stem.starts_with(|c: char| c.is_ascii_uppercase());
    is_one.then(|| stem.into())
}

/// Sequences in order, each with the pairs that have it.
#[derive(Debug)]
struct Forms<K> {
    forms: Vec<Box<[K]>>,
    /// Where the pairs of each form begin in `pairs`; one more at the end.
    starts: Vec<u32>,
    pairs: Vec<u32>,
    /// The forms that begin with an element.
    by_first: FxHashMap<K, Range<u32>>,
}

impl<K: Copy + Eq + Ord + Hash> Forms<K> {
    fn new(keys: Vec<Vec<K>>) -> Self {
        let mut sorted: Vec<(Vec<K>, u32)> = keys.into_iter().zip(0..).collect();
        sorted.retain(|(key, _)| (1..=LONGEST).contains(&key.len()));
        sorted.sort_unstable();
        let mut forms: Vec<Box<[K]>> = Vec::new();
        let (mut starts, mut pairs) = (Vec::new(), Vec::with_capacity(sorted.len()));
        let mut by_first: FxHashMap<K, Range<u32>> = FxHashMap::default();
        for (key, pair) in sorted {
            if forms.last().is_none_or(|last| **last != *key) {
                let form = forms.len() as u32;
                by_first.entry(key[0]).or_insert(form..form).end = form + 1;
                forms.push(key.into());
                starts.push(pairs.len() as u32);
            }
            pairs.push(pair);
        }
        starts.push(pairs.len() as u32);
        Self { forms, starts, pairs, by_first }
    }

    fn get(&self, key: &[K]) -> Option<u32> {
        self.forms.binary_search_by(|form| (**form).cmp(key)).ok().map(|at| at as u32)
    }

    fn pairs_of(&self, form: u32) -> &[u32] {
        let form = form as usize;
        &self.pairs[self.starts[form] as usize..self.starts[form + 1] as usize]
    }

    /// Tells the forms that a sequence begins with, shortest first, with their length.
    fn walk(&self, sequence: &[K], mut tell: impl FnMut(usize, u32)) {
        let Some(range) = sequence.first().and_then(|first| self.by_first.get(first))
        else {
            return;
        };
        let (mut low, mut high) = (range.start as usize, range.end as usize);
        for depth in 1..=sequence.len() {
            // Of the forms that share these elements the one with no more comes first.
            if self.forms[low].len() == depth {
                tell(depth, low as u32);
                low += 1;
            }
            let Some(next) = sequence.get(depth) else { break };
            let range = &self.forms[low..high];
            let from = range.partition_point(|form| form[depth] < *next);
            let to = range.partition_point(|form| form[depth] <= *next);
            (low, high) = (low + from, low + to);
            if low == high {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(pairs: &[(&str, &str)]) -> Terms {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(zh, en)| Pair::new((*zh).to_owned(), (*en).to_owned()))
            .collect();
        Terms::new(&pairs, Seed::shipped())
    }

    fn texts<'a>(terms: &Terms, side: Side, text: &'a str) -> Vec<&'a str> {
        terms.find(side, text).iter().map(|found| found.span.of(text)).collect()
    }

    #[test]
    fn a_term_is_found_in_either_script_and_in_any_inflection() {
        let terms = terms(&[("缔约方", "State party")]);
        assert_eq!(texts(&terms, Side::Zh, "各締約方應當"), ["締約方"]);
        assert_eq!(
            texts(&terms, Side::En, "all States Parties’ rights"),
            ["States Parties"]
        );
        assert_eq!(texts(&terms, Side::En, "a state, parties"), ["state, parties"]);
        assert!(texts(&terms, Side::En, "stateparty").is_empty());
    }

    #[test]
    fn inner_terms_are_found_and_the_longest_can_be_had_alone() {
        let terms = terms(&[("犯罪", "crime"), ("有组织犯罪", "organized crime")]);
        let found = terms.find(Side::Zh, "有组织犯罪和犯罪");
        assert_eq!(found.len(), 3);
        let outer: Vec<_> = longest(&found).map(|f| (f.span.start, f.span.end)).collect();
        assert_eq!(outer, [(0, 15), (18, 24)]);
        let found = terms.find(Side::En, "organized crime and crimes");
        assert_eq!(longest(&found).count(), 2);
    }

    #[test]
    fn a_form_knows_all_its_pairs() {
        let terms =
            terms(&[("会议", "meeting"), ("会议", "conference"), ("大会", "meetings")]);
        let zh = terms.form_of(Side::Zh, "會議").unwrap();
        assert_eq!(terms.pairs_of(Side::Zh, zh), [0, 1]);
        let en = terms.form_of(Side::En, "Meetings").unwrap();
        assert_eq!(terms.pairs_of(Side::En, en), [0, 2]);
        assert_eq!(terms.form_of(Side::En, "assembly"), None);
    }

    #[test]
    fn an_acronym_is_no_common_word_and_no_part_of_a_word() {
        let terms = terms(&[("世卫组织", "WHO"), ("TF", "TF")]);
        assert_eq!(texts(&terms, Side::En, "those who ask the WHO’s staff"), ["WHO"]);
        assert_eq!(texts(&terms, Side::Zh, "该TF与PLATFORM"), ["TF"]);
    }

    #[test]
    fn blanks_and_width_do_not_matter() {
        let terms = terms(&[("G20峰会", "G20 summit")]);
        assert_eq!(texts(&terms, Side::Zh, "Ｇ２０ 峰会"), ["Ｇ２０ 峰会"]);
    }

    #[test]
    fn terms_without_letters_are_never_found() {
        let terms = terms(&[("", "empty"), ("，", ",")]);
        assert!(terms.find(Side::Zh, "，，").is_empty());
        assert!(terms.find(Side::En, ", ,").is_empty());
        assert!(Terms::default().is_empty());
    }

    proptest! {
        #[test]
        fn what_is_found_are_the_places_a_plain_search_finds(
            pairs in proptest::collection::vec("[甲乙丙]{1,3}", 1..6), text in "[甲乙丙丁]{0,20}"
        ) {
            let pairs: Vec<_> = pairs.into_iter().map(|zh| Pair::new(zh, String::new())).collect();
            let terms = Terms::new(&pairs, Seed::shipped());
            let mut plain: Vec<(usize, usize)> = Vec::new();
            for (start, _) in text.char_indices() {
                let mut ends: Vec<usize> = pairs
                    .iter()
                    .filter(|pair| text[start..].starts_with(&*pair.zh))
                    .map(|pair| start + pair.zh.len())
                    .collect();
                ends.sort_unstable();
                ends.dedup();
                plain.extend(ends.iter().rev().map(|&end| (start, end)));
            }
            let found: Vec<_> =
                terms.find(Side::Zh, &text).iter().map(|f| (f.span.start, f.span.end)).collect();
            prop_assert_eq!(found, plain);
        }

        #[test]
        fn any_text_is_searched(zh in "\\PC{0,20}", en in "\\PC{0,20}", text in "\\PC{0,60}") {
            let terms = Terms::new(&[Pair::new(zh, en)], Seed::shipped());
            for side in Side::BOTH {
                for found in terms.find(side, &text) {
                    prop_assert!(text.get(found.span.range()).is_some());
                    prop_assert_eq!(terms.pairs_of(side, found.form), [0]);
                }
            }
        }
    }
}
