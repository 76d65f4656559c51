//! Where terms stand in texts.
//!
//! ```text
//! 0: 缔约方 = State party   ─▶ Finder ─find─▶  各締約方應…        締約方
//! 1: 会议   = conference                       States Parties…   States Parties
//! ```
//!
//! Compared is what the [keys](super::Keys) of terms are made of, so that 締約方 and *States
//! Parties* are found by 缔约方 and *State party*, *terminated* by *termination*. Words in
//! capitals may be found as acronyms in capitals only: WHO is not *who*. Every place of every
//! term is found, also inside another term; [`longest`] leaves the outer ones.
//!
//! The forms are kept sorted, and a text is walked along them as along a trie: building is a
//! sort, a look-up narrows a range for each character. The time for a text does not depend
//! on the number of terms, but for its logarithm.

use std::cmp::Reverse;
use std::hash::Hash;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::key::{Keys, en_words, modifier, zh_chars};
use super::word::Root;
use crate::lexicon::Seed;
use crate::text::Span;
use crate::types::Side;

/// Longest form that is looked for, in characters of Chinese or words of English. Longer ones
/// are sentences; each place of a text may cost time up to it.
const LONGEST: usize = 64;

/// A term in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which form of its side, for [`Finder::numbers`].
    pub form: u32,
    /// Where it stands.
    pub span: Span,
}

/// Terms of both sides, ready to be found in texts. Each is known by a number that whoever
/// gives it chooses: those of a pair or of a concept have the same.
#[derive(Debug)]
pub struct Finder {
    seed: &'static Seed,
    zh: Forms<char>,
    en: Forms<u32>,
    /// The words of the English terms by number.
    words: FxHashMap<Box<str>, u32>,
}

impl Finder {
    /// Reads the terms, each with its number. One without a letter or digit is never found.
    pub fn new<'a>(
        terms: impl IntoIterator<Item = (Side, &'a str, u32)>,
        seed: &'static Seed,
    ) -> Self {
        let keys = Keys::new(seed);
        let mut words: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for (side, term, number) in terms {
            if side == Side::Zh {
                zh.push((zh_key(term, seed), number));
                continue;
            }
            let acronyms = en_words(term).map(|word| word.acronym);
            let key = acronyms.zip(keys.en_words(term)).map(|(acronym, word)| {
                let next = words.len() as u32;
                *words.entry(acronym.unwrap_or_else(|| word.into())).or_insert(next)
            });
            en.push((key.collect(), number));
        }
        Self { seed, zh: Forms::new(zh), en: Forms::new(en), words }
    }

    /// Are there no terms?
    pub fn is_empty(&self) -> bool {
        self.zh.forms.is_empty() && self.en.forms.is_empty()
    }

    /// The numbers of the terms that have a form, in order.
    ///
    /// # Panics
    ///
    /// If there is no such form on that side.
    pub fn numbers(&self, side: Side, form: u32) -> &[u32] {
        match side {
            Side::Zh => self.zh.numbers(form),
            Side::En => self.en.numbers(form),
        }
    }

    /// The key of a Chinese form.
    ///
    /// # Panics
    ///
    /// If there is no such form.
    pub(super) fn zh_key(&self, form: u32) -> String {
        self.zh.forms[form as usize].iter().collect()
    }

    /// The terms of a text, from left to right, of those that begin in one place the longest
    /// first.
    pub fn find(&self, side: Side, text: &str) -> Vec<Found> {
        match side {
            Side::Zh if !self.zh.forms.is_empty() => self.find_zh(text),
            Side::En if !self.en.forms.is_empty() => self.find_en(text),
            _ => Vec::new(),
        }
    }

    fn find_zh(&self, text: &str) -> Vec<Found> {
        let (chars, spans): (Vec<char>, Vec<Span>) = zh_chars(text, self.seed).unzip();
        let readings: Vec<[Option<char>; 2]> =
            chars.iter().map(|&c| [Some(c), None]).collect();
        let mut found = Vec::new();
        for at in 0..chars.len() {
            // Neither an end of the form is inside a Latin word or a number.
            if at > 0 && is_joined(chars[at - 1], chars[at]) && touch(&spans, at - 1) {
                continue;
            }
            let first = found.len();
            self.zh.walk(&readings[at..], &mut |len, form| {
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
        let known = |word: &str| self.words.get(word).copied();
        // A word may stand in a term as an acronym or as a modifier, or simply as its root.
        let (readings, spans): (Vec<[Option<u32>; 2]>, Vec<Span>) = en_words(text)
            .map(|word| {
                let root = Root::find(&word.lower, self.seed);
                let modifier = root.participle.map(|kind| modifier(&root.text, kind));
                let special = word.acronym.as_deref().or(modifier.as_deref());
                ([special.and_then(known), known(&root.text)], word.span)
            })
            .unzip();
        let mut found = Vec::new();
        for at in 0..readings.len() {
            let first = found.len();
            self.en.walk(&readings[at..], &mut |len, form| {
                let span = Span::new(spans[at].start, spans[at + len - 1].end);
                found.push(Found { form, span });
            });
            found[first..].sort_by_key(|found| Reverse(found.span.end));
        }
        found
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

/// Sequences in order, each with the numbers of the terms that have it.
#[derive(Debug)]
struct Forms<K> {
    forms: Vec<Box<[K]>>,
    /// Where the numbers of each form begin in `numbers`; one more at the end.
    starts: Vec<u32>,
    numbers: Vec<u32>,
    /// The forms that begin with an element.
    by_first: FxHashMap<K, Range<u32>>,
}

impl<K: Copy + Eq + Ord + Hash> Forms<K> {
    fn new(mut keys: Vec<(Vec<K>, u32)>) -> Self {
        keys.retain(|(key, _)| (1..=LONGEST).contains(&key.len()));
        keys.sort_unstable();
        keys.dedup();
        let mut forms: Vec<Box<[K]>> = Vec::new();
        let (mut starts, mut numbers) = (Vec::new(), Vec::with_capacity(keys.len()));
        let mut by_first: FxHashMap<K, Range<u32>> = FxHashMap::default();
        for (key, number) in keys {
            if forms.last().is_none_or(|last| **last != *key) {
                let form = forms.len() as u32;
                by_first.entry(key[0]).or_insert(form..form).end = form + 1;
                forms.push(key.into());
                starts.push(numbers.len() as u32);
            }
            numbers.push(number);
        }
        starts.push(numbers.len() as u32);
        Self { forms, starts, numbers, by_first }
    }

    fn numbers(&self, form: u32) -> &[u32] {
        let form = form as usize;
        &self.numbers[self.starts[form] as usize..self.starts[form + 1] as usize]
    }

    /// Tells the forms that a text begins with, each with its length. An element of the text
    /// may be read in two ways.
    fn walk(&self, text: &[[Option<K>; 2]], tell: &mut impl FnMut(usize, u32)) {
        let ranges = text.first().into_iter().flatten().flatten();
        for range in ranges.filter_map(|first| self.by_first.get(first)) {
            self.go_on(text, 1, range.start as usize..range.end as usize, tell);
        }
    }

    /// Tells those among the forms of `range`, which share `depth` elements with the text.
    fn go_on(
        &self,
        text: &[[Option<K>; 2]],
        depth: usize,
        mut range: Range<usize>,
        tell: &mut impl FnMut(usize, u32),
    ) {
        // Of the forms that share these elements the one with no more comes first.
        if self.forms[range.start].len() == depth {
            tell(depth, range.start as u32);
            range.start += 1;
        }
        for next in text.get(depth).into_iter().flatten().flatten() {
            let forms = &self.forms[range.clone()];
            let from = range.start + forms.partition_point(|form| form[depth] < *next);
            let to = range.start + forms.partition_point(|form| form[depth] <= *next);
            if from < to {
                self.go_on(text, depth + 1, from..to, tell);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(pairs: &[(&str, &str)]) -> Finder {
        let pairs = (0..).zip(pairs);
        let terms =
            pairs.flat_map(|(n, (zh, en))| [(Side::Zh, *zh, n), (Side::En, en, n)]);
        Finder::new(terms, Seed::shipped())
    }

    fn texts<'a>(terms: &Finder, side: Side, text: &'a str) -> Vec<&'a str> {
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
    fn a_form_knows_the_numbers_of_all_its_terms() {
        let terms =
            terms(&[("会议", "meeting"), ("会议", "conference"), ("大会", "meetings")]);
        let numbers = |side, text| {
            let form = terms.find(side, text)[0].form;
            terms.numbers(side, form)
        };
        assert_eq!(numbers(Side::Zh, "會議"), [0, 1]);
        assert_eq!(numbers(Side::En, "Meetings"), [0, 2]);
        assert!(terms.find(Side::En, "assembly").is_empty());
    }

    #[test]
    fn any_word_of_the_family_is_found_and_no_other_participle() {
        let terms = terms(&[
            ("解除", "termination"),
            ("发达国家", "developed country"),
            ("被害人", "victim"),
            ("发展", "development"),
        ]);
        assert_eq!(texts(&terms, Side::En, "may terminate it"), ["terminate"]);
        assert_eq!(
            texts(&terms, Side::En, "developed and developed countries"),
            ["developed", "developed countries", "developed"]
        );
        assert_eq!(texts(&terms, Side::En, "developing countries"), ["developing"]);
        assert!(texts(&terms, Side::En, "victimization").is_empty());
    }

    #[test]
    fn articles_and_title_marks_may_stand_between() {
        let terms = terms(&[("《联合国宪章》", "breach of contract")]);
        assert_eq!(
            texts(&terms, Side::En, "a breach of the Contract"),
            ["breach of the Contract"]
        );
        assert_eq!(texts(&terms, Side::Zh, "联合国宪章"), ["联合国宪章"]);
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
        assert!(Finder::new([], Seed::shipped()).is_empty());
    }

    proptest! {
        #[test]
        fn what_is_found_are_the_places_a_plain_search_finds(
            pairs in proptest::collection::vec("[甲乙丙]{1,3}", 1..6), text in "[甲乙丙丁]{0,20}"
        ) {
            let all = pairs.iter().map(|zh| (Side::Zh, zh.as_str(), 0));
            let terms = Finder::new(all, Seed::shipped());
            let mut plain: Vec<(usize, usize)> = Vec::new();
            for (start, _) in text.char_indices() {
                let mut ends: Vec<usize> = pairs
                    .iter()
                    .filter(|pair| text[start..].starts_with(pair.as_str()))
                    .map(|pair| start + pair.len())
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
            let terms = [(Side::Zh, zh.as_str(), 0), (Side::En, en.as_str(), 0)];
            let terms = Finder::new(terms, Seed::shipped());
            for side in Side::BOTH {
                for found in terms.find(side, &text) {
                    prop_assert!(text.get(found.span.range()).is_some());
                    prop_assert_eq!(terms.numbers(side, found.form), [0]);
                }
            }
        }
    }
}
