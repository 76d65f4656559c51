//! The best passages to judge a term pair by.

use super::candidates::{Candidate, RunPlace, shared_units};
use super::corpus::Corpus;
use super::unit::Unit;
use super::word_alignment::WordAlignment;
use super::written::{en_span, zh_span};
use crate::text::Span;
use crate::types::{Context, Pair};

/// How many passages a term gets.
pub(super) const MAX_CONTEXTS: usize = 2;
/// Length of a passage that is still read at a glance, in bytes: about 70 Chinese characters,
/// 35 English words.
const LENGTHS: Pair<usize> = Pair { zh: 210, en: 210 };

/// The best one or two passages of a pair: whole units before windows, short ones before
/// long ones, earlier before later.
pub(super) fn contexts(
    corpus: &Corpus,
    units: &[Unit],
    alignment: &WordAlignment,
    zh: &Candidate,
    en: &Candidate,
) -> Vec<Context> {
    let mut found: Vec<(usize, u32)> = shared_units(zh, en)
        .into_iter()
        .map(|unit| (awkwardness(&units[unit as usize]), unit))
        .collect();
    found.sort_unstable();
    found
        .into_iter()
        .take(MAX_CONTEXTS)
        .filter_map(|(_, unit)| context_in(corpus, units, alignment, (zh, en), unit))
        .collect()
}

/// The passage of a pair in one unit, at the places that are linked most.
pub(super) fn context_in(
    corpus: &Corpus,
    units: &[Unit],
    alignment: &WordAlignment,
    (zh, en): (&Candidate, &Candidate),
    unit: u32,
) -> Option<Context> {
    let links = &alignment.units[unit as usize];
    let pairs = zh
        .places_in(unit)
        .iter()
        .flat_map(|z| en.places_in(unit).iter().map(move |e| (*z, *e)));
    let best = pairs.reduce(|a, b| {
        let mass = |(z, e): (RunPlace, RunPlace)| links.consistency(z.run, e.run);
        if mass(b) > mass(a) { b } else { a }
    })?;
    Some(context(corpus, &units[unit as usize], best))
}

/// How far a unit is from a good passage: in bytes over the length read at a glance, and
/// under a length that tells nothing.
pub(super) fn awkwardness(unit: &Unit) -> usize {
    let over = unit.text.zh.len().saturating_sub(LENGTHS.zh)
        + unit.text.en.len().saturating_sub(LENGTHS.en);
    over + 3 * 60_usize.saturating_sub(unit.text.zh.len())
}

fn context(corpus: &Corpus, unit: &Unit, (zh, en): (RunPlace, RunPlace)) -> Context {
    let (zh_text, zh_mark) = passage(&unit.text.zh, zh_span(corpus, zh), LENGTHS.zh);
    let (en_text, en_mark) = passage(&unit.text.en, en_span(corpus, en), LENGTHS.en);
    Context {
        text: Pair::new(zh_text, en_text),
        mark: Pair::new(zh_mark, en_mark),
        bead: unit.bead,
        place: unit.place.clone(),
    }
}

/// The sentence around a span, or what fits of it, with `…` where it was cut.
pub(super) fn passage(text: &str, span: Span, length: usize) -> (String, Span) {
    let start = text[..span.start]
        .char_indices()
        .rev()
        .find(|&(i, c)| ends_sentence(text, i, c))
        .map_or(0, |(i, c)| i + c.len_utf8());
    let end = text[span.end..]
        .char_indices()
        .map(|(i, c)| (i + span.end, c))
        .find(|&(i, c)| ends_sentence(text, i, c))
        .map_or(text.len(), |(i, c)| i + c.len_utf8());
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    let (from, to) = if end - start.min(span.start) <= length {
        (start.min(span.start), end)
    } else {
        window(text, (start.min(span.start), end), span, length)
    };
    let mut out = String::new();
    if from > start {
        out.push('…');
    }
    let mark = Span::new(out.len() + span.start - from, out.len() + span.end - from);
    out.push_str(&text[from..to]);
    if to < end {
        out.push('…');
    }
    (out, mark)
}

fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    match c {
        '。' | '！' | '？' | '；' | ';' => true,
        '.' | '!' | '?' => text[at + 1..].starts_with(char::is_whitespace),
        _ => false,
    }
}

/// The stretch of about `length` bytes around a span, cut at marks or blanks where it can be.
fn window(
    text: &str,
    (start, end): (usize, usize),
    span: Span,
    length: usize,
) -> (usize, usize) {
    let room = length.saturating_sub(span.len()) / 2;
    let is_break = |c: char| c.is_whitespace() || "，、,：:（(".contains(c);
    let mut from = span.start.saturating_sub(room).max(start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    if from > start {
        from = text[from..span.start]
            .char_indices()
            .find(|(_, c)| is_break(*c))
            .map_or(from, |(i, c)| from + i + c.len_utf8());
    }
    let mut to = (span.end + room).min(end);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    if to < end {
        to = text[span.end..to]
            .char_indices()
            .rev()
            .find(|(_, c)| is_break(*c))
            .map_or(to, |(i, _)| span.end + i);
    }
    (from, to.max(span.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_the_sentence_around_the_term() {
        let text = "First one. The treaty applies. Last one.";
        let at = text.find("treaty").unwrap();
        let (passage, mark) = passage(text, Span::new(at, at + 6), 200);
        assert_eq!(passage, "The treaty applies.");
        assert_eq!(mark.of(&passage), "treaty");
    }

    #[test]
    fn a_long_sentence_is_cut_on_both_sides() {
        let text = "甲方应当，".repeat(40) + "条约，" + &"乙方应当，".repeat(40);
        let at = text.find("条约").unwrap();
        let (passage, mark) = passage(&text, Span::new(at, at + 6), 90);
        assert!(passage.starts_with('…') && passage.ends_with('…'));
        assert_eq!(mark.of(&passage), "条约");
        assert!(passage.len() < 110);
    }
}
