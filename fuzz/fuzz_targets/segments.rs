//! Any text is cleaned and cut, and the ledger balances: each character is in a segment or
//! left out.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| bitext_fuzz::segments(text));
