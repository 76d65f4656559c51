//! The marks of notes as a browser in a terminal writes them: `归档^[12]` and, before the note
//! itself, `^[12] 见附件。` are `归档¹²` and `¹² 见附件。`, which the rules for notes know.

use super::draft::Draft;
use crate::text::{Span, Traced, superscript};
use crate::types::LeftOutKind;

/// What opens such a mark.
const OPENING: &str = "^[";

pub(super) fn write_high(draft: &mut Draft) {
    draft.edit_lines(LeftOutKind::FootnoteMark, written_high);
}

/// The text with its marks as small high numbers, if it has any.
fn written_high(text: &Traced) -> Option<Traced> {
    let mut out = Traced::default();
    let mut from = 0;
    for (at, _) in text.as_str().match_indices(OPENING) {
        let inner = &text.as_str()[at + OPENING.len()..];
        let Some(len) = inner.find(']') else { break };
        if let Some(number) = superscript::raised(&inner[..len]) {
            let end = at + OPENING.len() + len + 1;
            out.push(&text.slice(from..at));
            out.push_written(
                &number,
                Span::new(text.origin(at), text.origin(end - 1) + 1),
            );
            from = end;
        }
    }
    out.push(&text.slice(from..text.len()));
    (from > 0).then_some(out)
}

/// Puts back what no rule took for the mark of a note, as the file has it.
pub(super) fn put_back(draft: &mut Draft, source: &str) {
    let notes = draft.notes.iter_mut().flat_map(|note| &mut note.lines);
    for line in draft.lines.iter_mut().chain(notes) {
        if let Some(text) = as_written(&line.text, source) {
            line.text = text;
        }
    }
}

fn as_written(text: &Traced, source: &str) -> Option<Traced> {
    let mut out = Traced::default();
    let (mut from, mut at) = (0, 0);
    while let Some(c) = text.as_str()[at..].chars().next() {
        let mark = superscript::number_at(&text.as_str()[at..]);
        let Some((_, len)) = mark else {
            at += c.len_utf8();
            continue;
        };
        let origin = text.origin(at);
        let written = source.get(origin..).filter(|rest| rest.starts_with(OPENING));
        if let Some(end) = written.and_then(|rest| rest.find(']')) {
            out.push(&text.slice(from..at));
            out.push(&Traced::verbatim(&source[origin..=origin + end], origin));
            from = at + len;
        }
        at += len;
    }
    out.push(&text.slice(from..text.len()));
    (from > 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::tests::cleaned;
    use crate::types::Side;

    #[test]
    fn a_mark_in_brackets_under_a_caret_is_a_small_high_number() {
        let text = Traced::verbatim("档案^[12]应当归还 ^[x] ^-1^[", 3);
        let high = written_high(&text).unwrap();
        assert_eq!(high.as_str(), "档案¹²应当归还 ^[x] ^-1^[");
        assert_eq!(high.origin("档案¹²".len()), 3 + "档案^[12]".len());
        assert_eq!(written_high(&high), None);
    }

    #[test]
    fn what_marks_no_note_stays_as_it_is() {
        let text = "The pattern^[3] of the lock.\n^[7] opens nothing.\n";
        let clean = cleaned(Side::En, text);
        let mut all: Vec<_> = clean.lines.iter().collect();
        all.extend(clean.notes.iter().flat_map(|note| &note.lines));
        assert!(all.iter().all(|line| !line.text.as_str().contains(['³', '⁷'])));
    }

    #[test]
    fn notes_under_a_caret_are_taken_out_with_their_marks() {
        let text = "The registrar keeps the deeds^[1] in the archive, and opens it each\n\
                    day of the week.^[2]\n\n\
                    --------------------------------------------------------------\n\n\
                    ^[1] A deed is a sheet that is signed by those who gave it to the\n\
                    archive.\n\n^[2] But for feasts.\n\nChapter 2. Loans\n\n\
                    A deed is lent for a week to those who have signed for it and who\n\
                    live in the town.\n";
        let clean = cleaned(Side::En, text);
        let notes: Vec<_> = clean.notes.iter().map(|note| note.number).collect();
        assert_eq!(notes, [1, 2]);
        assert_eq!(clean.notes[0].lines.len(), 2);
        let lines: Vec<_> = clean.lines.iter().map(|line| line.text.as_str()).collect();
        assert!(lines[0].starts_with("The registrar keeps the deeds in"), "{lines:?}");
        assert!(lines[1].ends_with("week."), "{lines:?}");
        assert_eq!(lines[2], "Chapter 2. Loans");
    }
}
