//! Terms that are hard to write down. Part of the tests that ask no other program, and of those
//! that do.

use bitext::types::{Context, Pair, TermPair};

/// Terms that a spreadsheet would like to make something else of.
const TRICKY: [&str; 6] = ["=1+1", "+852 1234", "007", "2026-01-02", "@x", "_x0041_"];

pub(crate) fn tricky() -> Vec<TermPair> {
    let pair = |zh: &str| TermPair {
        term: Pair::new(zh.to_owned(), format!("the term {zh}")),
        variants: Pair::new(vec![], vec![zh.to_owned()]),
        count: 3,
        counts: Pair::new(4, 5),
        confidence: 0.25,
        contexts: vec![Context {
            text: Pair::new(format!("其中“{zh}”，"), format!("{zh}, \"that\" is\n{zh}")),
            place: "article 1".into(),
            ..Context::default()
        }],
        ..TermPair::default()
    };
    TRICKY.map(pair).to_vec()
}
