//! Two texts go the whole way: aligned, mined, checked.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| bitext_fuzz::pair(text));
