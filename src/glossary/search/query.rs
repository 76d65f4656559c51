//! What is looked for, held against one term.

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;
use strsim::{generic_levenshtein, osa_distance};

use super::hit::Match;
use super::normalizer::TermNormalizer;
use crate::text::script::is_han;

/// Letters of a query for each that may differ. 4: one in `treaty`, two in `convention`.
const LETTERS_A_SLIP: usize = 4;

/// Chinese characters of a query for each that may differ.
const CHARS_A_SLIP: usize = 3;

/// A query in the form in which terms are compared, see [`TermNormalizer`].
pub(super) struct Query {
    pub(super) text: String,
    pub(super) is_chinese: bool,
    /// Has it nothing that a term of Chinese characters alone could have?
    pub(super) is_ascii: bool,
    finder: Finder<'static>,
    chars: Vec<char>,
    letters: Letters,
    bag: Bag,
    n_words: usize,
    /// How many of its characters or letters may differ.
    slips: usize,
    /// Of the words that were compared letter by letter: are they almost so? Terms are made
    /// of the same words again and again.
    spellings: FxHashMap<Box<str>, bool>,
}

impl Query {
    /// `None` where there is nothing to look for.
    pub(super) fn new(query: &str, normalizer: &mut TermNormalizer<'_>) -> Option<Self> {
        let mut text = String::new();
        normalizer.append(query, &mut text);
        let text = text.trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let chars: Vec<char> = text.chars().collect();
        let is_chinese = chars.iter().any(|&c| is_han(c));
        let a_slip = if is_chinese { CHARS_A_SLIP } else { LETTERS_A_SLIP };
        Some(Self {
            is_chinese,
            is_ascii: text.is_ascii(),
            finder: Finder::new(&text).into_owned(),
            letters: Letters::from_text(&text),
            bag: Bag::count(&text),
            n_words: text.split(' ').count(),
            slips: chars.len() / a_slip,
            spellings: FxHashMap::default(),
            text,
            chars,
        })
    }

    /// May what is almost so be found?
    pub(super) fn has_slips(&self) -> bool {
        self.slips > 0
    }

    /// Where it stands first in a text, in bytes.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        self.finder.find(text.as_bytes())
    }

    /// How a term answers in which it stands there first.
    pub(super) fn matched(&self, term: &str, at: usize) -> Match {
        let text = self.text.as_str();
        match at {
            0 if term.len() == text.len() => Match::Whole,
            0 => Match::Beginning,
            _ if term.contains(' ')
                && term
                    .match_indices(text)
                    .any(|(at, _)| term.as_bytes()[at.saturating_sub(1)] == b' ') =>
            {
                Match::Word
            }
            _ => Match::Inside,
        }
    }

    /// May a term with these letters be almost so? Each letter that it lacks is a slip.
    pub(super) fn may_be_almost(&self, letters: Letters) -> bool {
        self.letters.lacking_in(letters) <= self.slips
    }

    /// Do as many characters stand somewhere in the term, but for a few?
    pub(super) fn is_almost_zh(&self, term: &str) -> bool {
        let (n, slips) = (self.chars.len(), self.slips);
        let is_shared = |c: &char| self.chars.contains(c);
        let most = term.len(); // in bytes, so no fewer than characters
        if most + slips < n || term.chars().filter(is_shared).count() + slips < n {
            return false;
        }
        let term: Vec<char> = term.chars().collect();
        let differ =
            |part: &[char]| part.iter().zip(&self.chars).filter(|(a, b)| a != b).count();
        term.windows(n).any(|part| differ(part) <= slips)
            || term.len().abs_diff(n) <= slips
                && generic_levenshtein(&term, &self.chars) <= slips
    }

    /// Are as many words of the term spelled so, but for a few letters that are missing, too
    /// many, others, or in the place of a neighbour?
    pub(super) fn is_almost_en(&mut self, term: &str) -> bool {
        let term = term.trim();
        let blanks = || memchr::memchr_iter(b' ', term.as_bytes());
        let starts = std::iter::once(0).chain(blanks().map(|at| at + 1));
        let ends = blanks().skip(self.n_words - 1).chain(std::iter::repeat(term.len()));
        starts
            .zip(ends)
            .any(|(start, end)| self.is_spelled(term.get(start..end).unwrap_or_default()))
    }

    fn is_spelled(&mut self, words: &str) -> bool {
        let (n, slips) = (self.chars.len(), self.slips);
        // No fewer bytes than characters: the cheap question first.
        if words.len() + slips < n || words.chars().count().abs_diff(n) > slips {
            return false;
        }
        if self.bag.distance(words) > slips {
            return false;
        }
        if let Some(&is_almost) = self.spellings.get(words) {
            return is_almost;
        }
        let is_almost = osa_distance(words, &self.text) <= slips;
        self.spellings.insert(words.into(), is_almost);
        is_almost
    }
}

/// Which letters or characters a text has, as bits; some share one.
#[derive(Clone, Copy)]
pub(super) struct Letters(u64);

impl Letters {
    pub(super) fn from_text(text: &str) -> Self {
        Self(text.chars().fold(0, |bits, c| bits | 1 << (c as u32 & 63)))
    }

    /// How many of them the others surely lack.
    fn lacking_in(self, others: Self) -> usize {
        (self.0 & !others.0).count_ones() as usize
    }
}

/// How often a text has each letter; some share a place.
struct Bag([usize; 64]);

impl Bag {
    fn count(text: &str) -> Self {
        let mut counts = [0; 64];
        text.chars().for_each(|c| counts[c as usize & 63] += 1);
        Self(counts)
    }

    /// How many letters are too many or missing in a text, whichever are more: no more than
    /// must be changed to make one of the other.
    fn distance(&self, text: &str) -> usize {
        let (mut left, mut n_left) = (self.0, self.0.iter().sum::<usize>());
        let mut n_more = 0;
        for c in text.chars() {
            match &mut left[c as usize & 63] {
                0 => n_more += 1,
                count => {
                    *count -= 1;
                    n_left -= 1;
                }
            }
        }
        n_left.max(n_more)
    }
}
