//! Labels, numbers and what else is cited, at every place of any text.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| bitext_fuzz::numbers(text));
