//! Radicals in the place of characters, as a browser prints them: `部⻔` is 部门.

use super::{Draft, is_closing, is_opening};
use crate::text::Traced;
use crate::text::radical::unified;

pub(super) fn undo(draft: &mut Draft) {
    let (places, first) = draft.edit_lines(without_radicals);
    draft.report("radicals", places, first);
}

/// The text with the characters that its radicals stand for, but those that are named as
/// such: alone in quotes or brackets, or alone on a line.
pub(super) fn without_radicals(text: &Traced) -> Option<Traced> {
    let is_radical = |c: char| unified(c) != c;
    if !text.as_str().chars().any(is_radical) {
        return None;
    }
    let mut out = Traced::default();
    let (mut from, mut before) = (0, None);
    for (at, c) in text.as_str().char_indices() {
        let end = at + c.len_utf8();
        let after = text.as_str()[end..].chars().next();
        let is_named = before.is_none_or(is_opening) && after.is_none_or(is_closing);
        if is_radical(c) && !is_named {
            out.push(&text.slice(from..at));
            out.push_inserted(unified(c).encode_utf8(&mut [0; 4]), text.origin(at));
            from = end;
        }
        before = Some(c);
    }
    out.push(&text.slice(from..text.len()));
    (from > 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_radical_in_a_word_is_its_character() {
        let text = Traced::verbatim("各部⻔秘书⻓，部首“⻓”", 10);
        let clean = without_radicals(&text).unwrap();
        assert_eq!(clean.as_str(), "各部门秘书长，部首“⻓”");
        assert_eq!(clean.origin("各部门秘".len()), 10 + "各部门秘".len());
        assert_eq!(without_radicals(&clean), None);
        let line = |text| without_radicals(&Traced::verbatim(text, 0));
        assert_eq!(line("⻓。").unwrap().as_str(), "长。");
        assert_eq!(line("⻅《公约》").unwrap().as_str(), "见《公约》");
        assert_eq!(line("⻓"), None);
    }
}
