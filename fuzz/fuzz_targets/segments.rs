//! Any text is cleaned and cut, and the ledger balances: each character is in a segment or
//! left out.
#![no_main]

use bitext::clean::clean;
use bitext::segment::{lines, segment};
use bitext::types::{Side, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = Source::plain("text.txt", text, "UTF-8");
    for side in Side::BOTH {
        let cleaned = clean(&source, side, &|_| true).value;
        for document in [segment(&source, &cleaned, side), lines(&source)] {
            let mut end = 0;
            for one in &document.segments {
                assert!(end <= one.span.start && one.span.start <= one.span.end);
                end = one.span.end;
            }
            assert!(end <= document.text.len());
        }
    }
});
