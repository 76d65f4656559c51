//! Candidates as they were written.

use std::collections::BTreeMap;

use super::candidates::{Candidate, RunPlace};
use super::corpus::Corpus;
use super::unit::Unit;
use crate::text::Span;
use crate::text::script::is_han;

/// A candidate is read for its forms at this many places at most, at even steps.
const MAX_READ: usize = 256;

pub(super) fn read(candidate: &Candidate) -> impl Iterator<Item = &RunPlace> {
    let step = candidate.places.len().div_ceil(MAX_READ).max(1);
    candidate.places.iter().step_by(step)
}

/// The written forms of a Chinese candidate, most frequent first, each with how often.
pub(super) fn zh_forms(
    corpus: &Corpus,
    units: &[Unit],
    candidate: &Candidate,
) -> Vec<Form> {
    ranked(read(candidate).map(|place| zh_written(corpus, units, *place)))
}

/// A Chinese place as it is written.
pub(super) fn zh_written(corpus: &Corpus, units: &[Unit], place: RunPlace) -> String {
    let span = zh_span(corpus, place);
    without_blanks(span.of(&units[place.unit as usize].text.zh))
}

/// The written forms of an English candidate, most frequent first, each with how often; a
/// capital that only the start of a sentence gave is taken back, unless it is the name that
/// the Chinese is.
pub(super) fn en_forms(
    corpus: &Corpus,
    units: &[Unit],
    candidate: &Candidate,
    is_name: bool,
) -> Vec<Form> {
    let is_name =
        is_name || read(candidate).any(|place| is_capital_inside(corpus, *place));
    ranked(read(candidate).map(|place| en_written(corpus, units, *place).told(is_name)))
}

/// Has the first word of an English place a capital that its place in the sentence does not
/// account for?
pub(super) fn is_capital_inside(corpus: &Corpus, place: RunPlace) -> bool {
    let word = corpus.en[place.unit as usize].words[place.run.start as usize];
    word.is_capital && !word.is_initial
}

/// An English place as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Written {
    text: String,
    /// Any word would have a capital there.
    opens_sentence: bool,
}

impl Written {
    /// The form to show, given whether the first word has its capital everywhere.
    pub(super) fn told(&self, is_name: bool) -> String {
        match self.opens_sentence && !is_name {
            true => lower_first(&self.text),
            false => self.text.clone(),
        }
    }
}

/// An English place as it is written.
pub(super) fn en_written(corpus: &Corpus, units: &[Unit], place: RunPlace) -> Written {
    let words = &corpus.en[place.unit as usize].words[place.run.range()];
    let span = en_span(corpus, place);
    let text = one_line(span.of(&units[place.unit as usize].text.en));
    let is_title = words.len() > 1
        && words
            .iter()
            .filter(|word| !corpus.en_form(**word).is_stop)
            .all(|word| word.is_capital);
    let is_acronym = text.chars().nth(1).is_some_and(char::is_uppercase);
    Written { text, opens_sentence: words[0].is_initial && !is_title && !is_acronym }
}

/// Is the Chinese the name of a person, a place or an institution by the word list?
pub(super) fn is_name(corpus: &Corpus, zh: &Candidate) -> bool {
    let place = zh.sample();
    let words = &corpus.zh[place.unit as usize].words;
    let word = words.binary_search_by_key(&place.run, |word| word.run);
    word.is_ok_and(|at| corpus.zh_form(words[at]).is_name)
}

/// A written form and how often it stands in the text.
pub(super) type Form = (String, usize);

fn ranked(forms: impl Iterator<Item = String>) -> Vec<Form> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    forms.for_each(|form| *counts.entry(form).or_default() += 1);
    most_frequent_first(counts)
}

/// Written forms in the order of [`zh_forms`] and [`en_forms`].
pub(super) fn most_frequent_first(counts: BTreeMap<String, usize>) -> Vec<Form> {
    let mut forms: Vec<Form> = counts.into_iter().collect();
    // *status of the instance* says for everyone what *status of its instance* says of one.
    let is_of_one = |form: &str| form.split(' ').any(is_possessive);
    forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    forms.sort_by_key(|(form, _)| is_of_one(form));
    forms
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "its" | "their" | "your" | "our" | "his" | "her")
}

/// Where a Chinese place stands in the unit's text.
pub(super) fn zh_span(corpus: &Corpus, place: RunPlace) -> Span {
    let text = &corpus.zh[place.unit as usize];
    let last = place.run.end as usize - 1;
    let end = text.words
        [text.words.partition_point(|word| word.run.end as usize <= last)..]
        .first()
        .filter(|word| word.run.end as usize == last + 1)
        .map_or(text.bytes[last + 1], |_| text.bytes[last + 1]);
    Span::new(text.bytes[place.run.start as usize] as usize, end as usize)
}

/// Where an English place stands in the unit's text.
pub(super) fn en_span(corpus: &Corpus, place: RunPlace) -> Span {
    let words = &corpus.en[place.unit as usize].words[place.run.range()];
    let (first, last) = (words[0], words[words.len() - 1]);
    Span::new(first.start as usize, last.end as usize)
}

/// The text without the blanks that stand beside a Han character.
pub(super) fn without_blanks(text: &str) -> String {
    let chars: Vec<char> = text.trim().chars().collect();
    let mut out = String::new();
    for (i, &c) in chars.iter().enumerate() {
        let is_wide = |at: usize| chars.get(at).is_none_or(|c| !c.is_ascii());
        if !c.is_whitespace() {
            out.push(c);
        } else if !is_wide(i - 1) && !is_wide(i + 1) && !is_han(chars[i - 1]) {
            out.push(' ');
        }
    }
    out
}

/// The text with single blanks between its words.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_beside_han_go() {
        assert_eq!(without_blanks("1961 年 公约"), "1961年公约");
        assert_eq!(without_blanks("使用 Open Source 软件"), "使用Open Source软件");
    }

    #[test]
    fn the_most_frequent_form_comes_first() {
        let forms = ranked(["b", "a", "b"].into_iter().map(str::to_owned));
        assert_eq!(forms, [("b".to_owned(), 2), ("a".to_owned(), 1)]);
    }
}
