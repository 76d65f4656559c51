//! Terms are found in any text where they stand: the first lines are the terms.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| bitext_fuzz::finder(text));
