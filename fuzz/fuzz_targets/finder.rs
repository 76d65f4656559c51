//! Terms are found in any text where they stand: the first lines are the terms.
#![no_main]

use bitext::lexicon::Seed;
use bitext::terms::Rules;
use bitext::tokenize::tokenize;
use bitext::types::{Concept, Pair, Side, Status, TermPair};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (terms, text) = bitext_fuzz::two(text);
    let concepts: Vec<Concept> = terms
        .lines()
        .take(20)
        .filter_map(|line| line.split_once('='))
        .map(|(zh, en)| {
            Concept::of_pair(TermPair {
                term: Pair::new(zh.to_owned(), en.to_owned()),
                status: Status::Accepted,
                ..TermPair::default()
            })
        })
        .collect();
    let seed = Seed::shipped();
    let rules = Rules::new(&concepts, seed);
    for side in Side::BOTH {
        for (_, span) in rules.accepted(side, text) {
            assert!(text.get(span.start..span.end).is_some());
        }
    }
    let both = Pair::new(text.to_owned(), text.to_owned());
    rules.judge(&both, &tokenize(Side::En, text, seed));
});
