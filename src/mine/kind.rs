//! What sort of expression a term is, and what kind of phrase.

use super::candidates::Candidate;
use super::candidates_en::{VERB, capital_share};
use super::corpus::Corpus;
use crate::types::{PartOfSpeech, TermType};

/// What kind of phrase the English side is: by its only or first word for verbs, by its last
/// for adjectives.
pub(super) fn part_of_speech(corpus: &Corpus, en: &Candidate) -> PartOfSpeech {
    let place = en.sample();
    let words = &corpus.en[place.unit as usize].words[place.run.range()];
    let (first, last) =
        (corpus.en_form(words[0]), corpus.en_form(words[words.len() - 1]));
    let is_base =
        !["ing", "ed", "ion", "ment"].iter().any(|end| first.text.ends_with(end));
    if first.verbness > VERB && is_base {
        PartOfSpeech::Verb
    } else if words.len() == 1 && is_adjective(&last.text) {
        PartOfSpeech::Adjective
    } else {
        PartOfSpeech::Noun
    }
}

/// Endings that hardly any English noun has.
pub(super) fn is_adjective(text: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        "able", "ible", "ful", "less", "ous", "ional", "ental", "ective", "ative",
        "ential", "antial", "ented",
    ];
    const NOUNS: [&str; 6] = [
        "representative",
        "initiative",
        "alternative",
        "objective",
        "table",
        "professional",
    ];
    text.len() > 5
        && !NOUNS.contains(&text)
        && ENDINGS.iter().any(|ending| text.ends_with(ending))
}

/// May the word be an adjective or participle? Many nouns end alike: official, capital. Ask
/// only where something else says so too.
pub(super) fn is_modifier(text: &str) -> bool {
    const ENDINGS: [&str; 6] = ["al", "ic", "ive", "ary", "ed", "ous"];
    text.len() > 4
        && (is_adjective(text) || ENDINGS.iter().any(|ending| text.ends_with(ending)))
}

/// What sort of expression the pair is, by how both sides are written.
pub(super) fn term_type(
    corpus: &Corpus,
    zh: &Candidate,
    en: &Candidate,
    written: &str,
) -> TermType {
    term_type_of(has_title(corpus, zh), capital_share(corpus, en), written)
}

/// The same, by whether title marks stand around the Chinese anywhere, and the share of
/// capitals.
pub(super) fn term_type_of(has_title: bool, capital: f64, written: &str) -> TermType {
    if is_acronym(written) {
        return TermType::Acronym;
    }
    if has_title {
        return TermType::Title;
    }
    if capital > 0.6 { TermType::Name } else { TermType::FullForm }
}

/// Do title marks stand around the Chinese at any place at hand?
pub(super) fn has_title(corpus: &Corpus, zh: &Candidate) -> bool {
    zh.places.iter().any(|place| is_title(corpus, place.unit, place.run.range()))
}

/// Two to six letters, more capitals than not: `TF`, `UNODC`, `CoE`.
pub(super) fn is_acronym(written: &str) -> bool {
    let n_upper = written.chars().filter(|c| c.is_uppercase()).count();
    let n = written.chars().count();
    (2..=6).contains(&n)
        && n_upper >= 2
        && 2 * n_upper > n
        && written.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '&' | '-'))
}

/// Do title marks stand around the run?
fn is_title(corpus: &Corpus, unit: u32, run: std::ops::Range<usize>) -> bool {
    let chars = &corpus.zh[unit as usize].chars;
    let before = run.start.checked_sub(1).map(|i| chars[i]);
    matches!(before, Some('《' | '〈')) && matches!(chars.get(run.end), Some('》' | '〉'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_mostly_capitals() {
        assert!(is_acronym("UNODC") && is_acronym("R&D") && is_acronym("CoE"));
        assert!(!is_acronym("Act") && !is_acronym("a") && !is_acronym("UNITED NATIONS"));
    }

    #[test]
    fn adjectives_are_told_by_their_ending() {
        assert!(is_adjective("effective") && is_adjective("regional"));
        assert!(!is_adjective("initiative") && !is_adjective("table"));
    }
}
