//! A file of any kind is read as one text, cleaned and cut.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bitext_fuzz::readers(data));
