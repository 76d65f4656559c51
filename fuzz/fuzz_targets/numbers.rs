//! Labels, numbers and what else is cited, at every place of any text.
#![no_main]

use bitext::anchor::mentions;
use bitext::numbering::label_at;
use bitext::text::number::{arabic_at, digits_at};
use bitext::types::Side;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for side in Side::BOTH {
        for mention in mentions(side, text) {
            assert!(text.get(mention.span.start..mention.span.end).is_some());
        }
        // A place of a long text is like any other.
        for (at, _) in text.char_indices().take(200) {
            let rest = &text[at..];
            if let Some((_, len)) = label_at(side, rest) {
                assert!(rest.is_char_boundary(len));
            }
            arabic_at(rest);
            digits_at(rest);
        }
    }
});
