//! Acronyms with the long form they stand after: *World Trade Organization (WTO)*.

use std::collections::BTreeMap;

use super::candidates::RunPlace;
use super::candidates_en::hash_of;
use super::corpus::{Corpus, EnWord, Run};
use super::kind::is_acronym;
use super::unit::Unit;
use super::written::{en_span, one_line};

/// For each long form, by the hash of its folded words, the acronym given to it.
pub(super) fn acronyms(corpus: &Corpus, units: &[Unit]) -> BTreeMap<u64, String> {
    let mut out = BTreeMap::new();
    for (unit, text) in corpus.en.iter().enumerate() {
        for at in 1..text.words.len().saturating_sub(1) {
            let place = RunPlace { unit: unit as u32, run: Run::new(at, at + 1) };
            let mark = |i: usize| &*corpus.en_form(text.words[i]).text;
            if mark(at - 1) != "(" || !matches!(mark(at + 1), ")" | "," | ";") {
                continue;
            }
            let written = one_line(en_span(corpus, place).of(&units[unit].text.en));
            if !is_acronym(&written) {
                continue;
            }
            if let Some(start) = long_form(corpus, &text.words[..at - 1], &written) {
                out.entry(hash_of(corpus, &text.words[start..at - 1])).or_insert(written);
            }
        }
    }
    out
}

/// Where the long form begins that ends with these words: its words of content begin with
/// the letters in order; function words may be passed over.
fn long_form(corpus: &Corpus, words: &[EnWord], acronym: &str) -> Option<usize> {
    let mut letters: Vec<char> = acronym
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    for (i, word) in words.iter().enumerate().rev().take(2 * letters.len() + 2) {
        let form = corpus.en_form(*word);
        if form.is_mark {
            return None;
        }
        let initial = form.text.chars().next();
        if initial == letters.last().copied() {
            letters.pop();
        } else if !form.is_stop {
            return None;
        }
        if letters.is_empty() {
            return Some(i);
        }
    }
    None
}
