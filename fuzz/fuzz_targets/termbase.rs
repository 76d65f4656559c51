//! A file of terms of any kind is read; what was read is written as a termbase and read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bitext_fuzz::termbase(data));
