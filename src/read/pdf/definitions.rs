//! Lists of terms, each with what explains it behind it on the same line.
//!
//! ```text
//! **archive**  The room in which the deeds are kept,
//!      and the deeds themselves.
//! **vault**  A room without windows.
//! ```
//!
//! A web page has the term and its text as two paragraphs; on paper they share a line. There
//! the term is set in a font that running text is not set in, more room than a blank parts the
//! two, and the text hangs from its term.

use std::ops::Range;

use super::font::Face;
use super::printed::{BLANK, GUTTER, Letter, PrintedLine};
use crate::numbering::label_at;
use crate::text::script::is_han;
use crate::types::Side;

/// Room between a term and its text, in the size of its letters: more than a blank takes, less
/// than stands between two columns of a table.
/// Source: LaTeX sets half an em (`\labelsep`) and, behind a term in bold, a blank beside it.
const ROOM: Range<f32> = 0.45..GUTTER;

/// The room is wider than a blank inside the term by this factor: justified lines have wide
/// blanks everywhere.
const WIDER: f32 = 1.25;

/// How far in the text of a term hangs from it, in the size of its letters.
const HANGS: Range<f32> = 0.9..8.0;

/// Where nothing hangs because each text fits its line, so many terms below one another tell
/// the list.
const FEWEST: usize = 3;

/// A term is no longer than this, in letters.
const LONGEST: usize = 120;

/// What opens a term beside letters and digits; no bullet is among it.
const OPENING: &str = "-/\\$~.+@%\"“”‘'《「『<[(（";

/// A line that opens with a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    /// The line.
    pub(super) line: usize,
    /// The letter that its text begins with; `None` where that stands on the next line.
    pub(super) text: Option<usize>,
}

/// The terms of a page whose running text is set in these fonts (all other letters, Han), in
/// their order. A listing has none.
pub(super) fn definitions(
    lines: &[PrintedLine<'_>],
    is_listing: &[bool],
    body: [Option<Face>; 2],
) -> Vec<Definition> {
    let found: Vec<(Definition, bool)> = (0..lines.len())
        .filter(|&k| !is_listing[k])
        .filter_map(|k| definition(lines, k, body))
        .collect();
    // Terms of one list begin at one place. One with its text behind it tells of the others.
    let is_run_in = |&&(term, is_set_apart): &&(Definition, bool)| {
        is_set_apart && term.text.is_some()
    };
    let mut run_in: Vec<&Definition> =
        found.iter().filter(is_run_in).map(|(term, _)| term).collect();
    run_in.sort_by(|one, other| lines[one.line].x.total_cmp(&lines[other.line].x));
    let is_listed = |&&(term, is_set_apart): &&(Definition, bool)| {
        let line = &lines[term.line];
        let from = run_in.partition_point(|other| {
            lines[other.line].x < line.x && !lines[other.line].is_level_with(line)
        });
        let mut level = run_in[from..]
            .iter()
            .take_while(|other| lines[other.line].is_level_with(line))
            .filter(|other| {
                is_set_apart && term.text.is_some()
                    || face(&lines[other.line]) == face(line)
            });
        level.clone().count() >= FEWEST || level.any(|other| hangs(lines, other.line))
    };
    found.iter().filter(is_listed).map(|&(term, _)| term).collect()
}

/// The font of the first letter.
fn face(line: &PrintedLine<'_>) -> Option<Face> {
    line.letters.first().map(|letter| letter.face)
}

/// Does the next line hang from this one?
fn hangs(lines: &[PrintedLine<'_>], k: usize) -> bool {
    let step = |next: &PrintedLine<'_>| (next.x - lines[k].x) / lines[k].size;
    lines.get(k + 1).is_some_and(|next| HANGS.contains(&step(next)))
}

/// What may be a term, and whether it is set in a font of its own.
fn definition(
    lines: &[PrintedLine<'_>],
    k: usize,
    body: [Option<Face>; 2],
) -> Option<(Definition, bool)> {
    let letters = &lines[k].letters;
    let mut widest = 0.0_f32;
    for (end, letter) in letters.iter().enumerate().take(LONGEST).skip(1) {
        if ROOM.contains(&letter.room) && letter.room >= WIDER * widest {
            let (term, text) = letters.split_at(end);
            let is_apart = letter.room >= WIDER * usual_blank(&text[1..]);
            let definition = Definition { line: k, text: Some(letter.at) };
            return (is_apart && is_term(term))
                .then(|| (definition, is_set_apart(term, letter, body)));
        }
        widest = widest.max(letter.room);
    }
    let next = lines.get(k + 1).and_then(|next| next.letters.first())?;
    let is_whole =
        hangs(lines, k) && is_term(letters) && is_set_apart(letters, next, body);
    is_whole.then_some((Definition { line: k, text: None }, true))
}

/// The room that half of the blanks of a text do not reach, 0 if it has none.
fn usual_blank(text: &[Letter<'_>]) -> f32 {
    let mut blanks: Vec<f32> =
        text.iter().map(|letter| letter.room).filter(|&room| room >= BLANK).collect();
    blanks.sort_unstable_by(f32::total_cmp);
    blanks.get(blanks.len() / 2).copied().unwrap_or(0.0)
}

/// Are these words, and no number, label or bullet, which belong to what stands behind them?
fn is_term(term: &[Letter<'_>]) -> bool {
    let words: String = term.iter().flat_map(Letter::with_blank).collect();
    let words = words.trim_start();
    let n_letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let opens = |c: char| c.is_alphanumeric() || OPENING.contains(c);
    let is_label =
        |side| label_at(side, words).is_some_and(|(_, len)| len == words.len());
    (n_letters >= 2 || n_letters == 1 && words.starts_with('-'))
        && words.starts_with(opens)
        && ![Side::Zh, Side::En].into_iter().any(is_label)
}

/// Is a term set in another font than the text that begins with that letter, or than running
/// text, of which this may be no example?
///
/// Han and other letters are in different fonts everywhere, so each is compared with its like,
/// and few books have a bold font of Han, so that Han beside other letters tells nothing.
fn is_set_apart(
    term: &[Letter<'_>],
    text: &Letter<'_>,
    [body, body_han]: [Option<Face>; 2],
) -> bool {
    let is_other = |letter: &Letter<'_>| letter.is(|c| c.is_alphabetic() && !is_han(c));
    let is_han = |letter: &Letter<'_>| letter.is(is_han);
    let is_in = |is_of: &dyn Fn(&Letter<'_>) -> bool, face: Option<Face>| {
        term.iter().any(|letter| is_of(letter) && Some(letter.face) == face)
    };
    match term.iter().any(is_other) {
        true if is_other(text) => {
            !is_in(&is_other, Some(text.face)) || !is_in(&is_other, body)
        }
        true => is_han(text) || !is_in(&is_other, body),
        false if is_han(text) => !is_in(&is_han, Some(text.face)),
        false => !is_in(&is_han, body_han),
    }
}

#[cfg(test)]
mod tests {
    use super::super::printed::body_faces;
    use super::super::printed::tests::line;
    use super::*;

    const BODY: u32 = 1;
    const BOLD: u32 = 2;
    const HAN: u32 = 3;

    /// For each line that opens with a term, the line and where its text begins.
    fn found(lines: &[PrintedLine<'_>]) -> Vec<(usize, bool)> {
        let is_listing = vec![false; lines.len()];
        let body = body_faces(lines, &is_listing);
        let terms = definitions(lines, &is_listing, body);
        terms.into_iter().map(|term| (term.line, term.text.is_some())).collect()
    }

    fn prose() -> PrintedLine<'static> {
        line(50.0, &[(BODY, 0.0, "These are the words that the archive uses every day.")])
    }

    #[test]
    fn a_term_in_bold_is_parted_from_the_text_that_hangs_from_it() {
        let lines = [
            prose(),
            line(50.0, &[(BOLD, 0.0, "deed"), (BODY, 0.7, "A sheet that is signed by")]),
            line(72.0, &[(BODY, 0.0, "those who gave it.")]),
            line(50.0, &[(BOLD, 0.0, "key"), (BODY, 0.7, "What opens the vault.")]),
            line(50.0, &[(BOLD, 0.0, "the lamp of the tower")]),
            line(72.0, &[(BODY, 0.0, "A light.")]),
        ];
        assert_eq!(found(&lines), [(1, true), (3, true), (4, false)]);
    }

    #[test]
    fn a_latin_term_before_a_chinese_text_is_told_by_its_room() {
        let item = |room| {
            [
                line(
                    50.0,
                    &[(BOLD, 0.0, "--quiet"), (HAN, room, "不显示进度，只写出结果")],
                ),
                line(72.0, &[(HAN, 0.0, "和错误。")]),
            ]
        };
        assert_eq!(found(&item(0.6)), [(0, true)]);
        assert_eq!(found(&item(0.25)), []);
    }

    #[test]
    fn a_bold_number_or_a_bold_word_in_a_sentence_is_no_term() {
        let lines = [
            line(
                50.0,
                &[(BOLD, 0.0, "Article 3"), (BODY, 0.8, "The vault is kept by the")],
            ),
            line(72.0, &[(BODY, 0.0, "registrar.")]),
            line(
                50.0,
                &[(BODY, 0.0, "•"), (BOLD, 0.5, "keys"), (BODY, 0.6, "are lent to")],
            ),
            line(72.0, &[(BODY, 0.0, "nobody.")]),
            line(
                50.0,
                &[(BOLD, 0.0, "The vault"), (BODY, 0.5, "is  closed  on  feasts")],
            ),
            line(50.0, &[(BODY, 0.0, "and on Sundays.")]),
        ];
        assert_eq!(found(&lines), []);
    }
}
