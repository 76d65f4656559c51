//! A file of any kind that may hold both texts is read and goes the way of a pair.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bitext_fuzz::aligned(data));
