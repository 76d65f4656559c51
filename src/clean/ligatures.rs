//! Letters that a font joins, as they come out of a PDF: `ﬁnal` is final.

use super::Draft;
use crate::text::Traced;

/// The letters of each ligature.
///
/// Source: Unicode block Alphabetic Presentation Forms, U+FB00 to U+FB06.
fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{FB05}' | '\u{FB06}' => "st",
        _ => return None,
    })
}

pub(super) fn undo(draft: &mut Draft) {
    let (places, first) = draft.edit_lines(without_ligatures);
    draft.report("ligatures", places, first);
}

/// The text with its ligatures written out, if it has any.
fn without_ligatures(text: &Traced) -> Option<Traced> {
    let mut out = Traced::default();
    let mut from = 0;
    for (at, c) in text.as_str().char_indices() {
        if let Some(letters) = letters(c) {
            out.push(&text.slice(from..at));
            out.push_inserted(letters, text.origin(at));
            from = at + c.len_utf8();
        }
    }
    out.push(&text.slice(from..text.len()));
    (from > 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ligature_is_written_out_and_leads_back_to_its_place() {
        let text = Traced::verbatim("Reaﬃrming the ﬁnal text", 5);
        let clean = without_ligatures(&text).unwrap();
        assert_eq!(clean.as_str(), "Reaffirming the final text");
        assert_eq!(clean.origin("Reaffi".len()), 5 + "Reaﬃ".len());
        assert_eq!(without_ligatures(&clean), None);
    }
}
