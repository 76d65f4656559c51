//! Characters that name a shape where text has others, as they come out of a PDF: letters that
//! a font joined (`ﬁnal` is final) and radicals that a browser printed (`部⻔` is 部门).

use super::draft::Draft;
use super::punctuation::{is_closing, is_opening};
use crate::text::radical::unified;
use crate::text::{Span, Traced};
use crate::types::LeftOutKind;

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

/// Is this a radical that looks like a character?
fn is_radical(c: char) -> bool {
    unified(c) != c
}

pub(super) fn undo(draft: &mut Draft) {
    // Where words are printed with radicals, those in quotes are words as well: “⽇”指⽇历⽇.
    let keeps_named = !draft.lines.iter().any(|line| {
        let text = line.text.as_str();
        text.char_indices().any(|(at, c)| is_radical(c) && !is_named(text, at, c))
    });
    let (places, first) =
        draft.edit_lines(LeftOutKind::Other, |text| without_shapes(text, keeps_named));
    draft.report("glyph forms", places, first);
}

/// Is a character named as such: alone in quotes or brackets, or alone on a line?
fn is_named(text: &str, at: usize, c: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + c.len_utf8()..].chars().next();
    before.is_none_or(is_opening) && after.is_none_or(is_closing)
}

/// The text with what its shapes stand for, if it has any; radicals stay that are named as
/// such.
pub(super) fn written_out(text: &Traced) -> Option<Traced> {
    without_shapes(text, true)
}

fn without_shapes(text: &Traced, keeps_named: bool) -> Option<Traced> {
    let mut out = Traced::default();
    let mut from = 0;
    for (at, c) in text.as_str().char_indices() {
        let end = at + c.len_utf8();
        let stays = || keeps_named && is_named(text.as_str(), at, c);
        let mut buffer = [0; 4];
        let plain = match letters(c) {
            None if is_radical(c) && !stays() => {
                Some(&*unified(c).encode_utf8(&mut buffer))
            }
            letters => letters,
        };
        if let Some(plain) = plain {
            out.push(&text.slice(from..at));
            out.push_written(
                plain,
                Span::new(text.origin(at), text.origin(at) + c.len_utf8()),
            );
            from = end;
        }
    }
    out.push(&text.slice(from..text.len()));
    (from > 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::tests::lines;
    use crate::types::Side;

    #[test]
    fn a_ligature_is_written_out_and_leads_back_to_its_place() {
        let text = Traced::verbatim("Reaﬃrming the ﬁnal text", 5);
        let clean = written_out(&text).unwrap();
        assert_eq!(clean.as_str(), "Reaffirming the final text");
        assert_eq!(clean.origin("Reaffi".len()), 5 + "Reaﬃ".len());
        assert_eq!(written_out(&clean), None);
    }

    #[test]
    fn a_radical_in_a_word_is_its_character() {
        let text = Traced::verbatim("各部⻔秘书⻓，部首“⻓”", 10);
        let clean = written_out(&text).unwrap();
        assert_eq!(clean.as_str(), "各部门秘书长，部首“⻓”");
        assert_eq!(clean.origin("各部门秘".len()), 10 + "各部门秘".len());
        assert_eq!(written_out(&clean), None);
        let line = |text| written_out(&Traced::verbatim(text, 0));
        assert_eq!(line("⻓。").unwrap().as_str(), "长。");
        assert_eq!(line("⻅《公约》").unwrap().as_str(), "见《公约》");
        assert_eq!(line("⻓"), None);
    }

    #[test]
    fn a_radical_in_quotes_is_a_word_where_words_are_printed_with_radicals() {
        let text = "本法所称“⽇”，是指⽇历⽇。\n所称“⽔”，包括地表⽔。\n";
        assert_eq!(
            lines(Side::Zh, text),
            ["本法所称“日”，是指日历日。", "所称“水”，包括地表水。"]
        );
        let of_radicals = "部首“⻓”有三画。\n";
        assert_eq!(lines(Side::Zh, of_radicals), ["部首“⻓”有三画。"]);
    }
}
