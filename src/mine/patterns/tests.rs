//! A unit to try a pattern on.

use super::searched_unit::{SearchedUnit, brackets};
use crate::lexicon::Seed;
use crate::mine::corpus::Corpus;
use crate::mine::dictionary::Dictionary;
use crate::mine::features::Scorer;
use crate::mine::word_alignment::WordAlignment;
use crate::mine::{Params, Unit};
use crate::tokenize::tokenize;
use crate::types::Pair;

/// The pairs that a pattern proposes in one unit, as written.
pub(super) fn found(
    look: impl Fn(&mut SearchedUnit<'_, '_, '_, '_>),
    zh: &str,
    en: &str,
) -> Vec<(String, String)> {
    let seed = Seed::shipped();
    let text = Pair::new(zh.to_owned(), en.to_owned());
    let tokens = text.as_ref().map_sides(|side, text| tokenize(side, text, seed));
    let (corpus, units) =
        Corpus::new([Unit { text, tokens, bead: 0, place: "".into() }], seed);
    let mut dictionary = Dictionary::new(&corpus, seed);
    let alignment = WordAlignment::train(&corpus, &mut dictionary);
    let params = Params::default();
    let mut scorer = Scorer {
        corpus: &corpus,
        seed,
        dictionary: &mut dictionary,
        alignment: &alignment,
        params: &params,
    };
    let mut found = Vec::new();
    look(&mut SearchedUnit {
        corpus: &corpus,
        scorer: &mut scorer,
        unit: 0,
        found: &mut found,
    });
    let text = &units[0].text;
    found
        .iter()
        .map(|pair| {
            let zh = super::super::written::zh_span(&corpus, pair.zh);
            let en = super::super::written::en_span(&corpus, pair.en);
            (zh.of(&text.zh).to_owned(), en.of(&text.en).to_owned())
        })
        .collect()
}

#[test]
fn the_innermost_brackets_are_found() {
    let chars: Vec<char> = "甲《乙》丙《丁《戊》".chars().collect();
    assert_eq!(brackets(&chars, &[('《', '》')]), [(1, 3), (7, 9)]);
}
