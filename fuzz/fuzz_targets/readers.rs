//! A file of any kind is read as one text, cleaned and cut.
#![no_main]

use bitext::clean::clean;
use bitext::read::read;
use bitext::segment::{blocks, segment};
use bitext::types::Side;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((ending, bytes)) = bitext_fuzz::chosen(data, &bitext_fuzz::TEXTS) else { return };
    let Ok(noted) = read(&bitext_fuzz::file(ending, bytes), None) else { return };
    let source = noted.value;
    for side in Side::BOTH {
        let document = match &source.blocks {
            Some(found) => blocks(&source, found, side),
            None => segment(&source, &clean(&source, side, &|_| true).value, side),
        };
        let len = document.text.len();
        assert!(document.segments.iter().all(|one| one.span.end <= len));
    }
});
