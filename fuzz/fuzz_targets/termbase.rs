//! A file of terms of any kind is read; what was read is written as a termbase and read again.
#![no_main]

use std::collections::BTreeSet;

use bitext::glossary::{Stamp, Termbase, load};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((ending, bytes)) = bitext_fuzz::chosen(data, &bitext_fuzz::TERMS) else { return };
    let Ok(loaded) = load(&bitext_fuzz::file(ending, bytes), true) else { return };
    let termbase = Termbase::from_concepts(loaded.concepts, "a.txt", &Stamp::default());
    let written = termbase.to_text();
    let path = bitext_fuzz::file("csv", written.as_bytes());
    let again = load(&path, false).expect("what we write we read").concepts;
    let again = Termbase::from_concepts(again, "a.txt", &Stamp::default());
    // What stood twice is read as one.
    let terms = |termbase: &Termbase| -> BTreeSet<(String, String)> {
        let terms = termbase.rows().map(|(_, row)| &row.term);
        terms.map(|term| (term.zh.trim().to_owned(), term.en.trim().to_owned())).collect()
    };
    assert_eq!(terms(&again), terms(&termbase));
});
