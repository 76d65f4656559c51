//! What a terminal may be given: text, and our own colours.
//!
//! File names, texts and ids of termbases come from anywhere. What would steer the terminal
//! (escape sequences, overrides of the writing direction) is shown and does nothing.

use std::borrow::Cow;

use console::Term;

use crate::text::layout::width;
use crate::text::script::{self, is_han};

/// Of an error. Colours that can be read on black and on white: yellow and cyan fade on white,
/// blue on black.
///
/// Source: ECMA-48, 8.3.117, select graphic rendition.
pub(crate) const RED: &str = "1;31";
/// Of what should be looked at.
pub(crate) const MAGENTA: &str = "1;35";
/// Of what helps: no colour.
pub(crate) const BOLD: &str = "1";

/// How our colours begin and end. Others are nobody's business.
const COLOURS: [&str; 5] = ["\x1b[0m", "\x1b[1m", "\x1b[7m", "\x1b[1;31m", "\x1b[1;35m"];

/// A text that a terminal can be given. Colours stay only where they are wanted.
pub(crate) fn harmless(text: &str, is_coloured: bool) -> Cow<'_, str> {
    if !text.contains(is_steering) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_steering) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let colour =
            COLOURS.iter().find(|colour| is_coloured && from.starts_with(**colour));
        let len = match (colour, from.chars().next()) {
            (Some(colour), _) => {
                out.push_str(colour);
                colour.len()
            }
            (None, Some(c)) => {
                out.push(shown(c));
                c.len_utf8()
            }
            (None, None) => 0,
        };
        rest = &from[len..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// How wide a terminal is; `None` where it is none.
pub(crate) fn columns_of(terminal: &Term) -> Option<usize> {
    let size = terminal.is_term().then(|| terminal.size_checked()).flatten();
    size.map(|(_, columns)| columns.into())
}

/// Where the text of a row stands, behind its title.
const TEXT: usize = 12;

/// A narrower terminal breaks the lines as it likes.
const NARROWEST: usize = 30;

/// Rows of a summary for a terminal so wide: what does not fit goes on below, where the text
/// of the row stands. Words, such as the names of files, stay whole; so does every line that
/// is no such row.
pub(crate) fn fitted(text: &str, columns: usize) -> Cow<'_, str> {
    if columns < NARROWEST || text.lines().all(|line| width(line) <= columns) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match text_of_row(line).filter(|_| width(line.trim_end()) > columns) {
            Some(at) => {
                let (title, text) = line.split_at(at);
                let text = squeezed(text);
                out.push_str(title);
                match at + width(text.trim_end()) <= columns {
                    true => out.push_str(&text),
                    false => wrap(&text, at, columns, &mut out),
                }
            }
            None => out.push_str(line),
        }
    }
    Cow::Owned(out)
}

/// Where the text of a row begins; `None` of a line that is no row.
fn text_of_row(line: &str) -> Option<usize> {
    let title = line.get(..TEXT).filter(|title| title.ends_with(' '))?;
    if title.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Some(TEXT);
    }
    // Columns of a table, moved in by the one before, are not moved in twice.
    title.trim().is_empty().then_some(TEXT)
}

/// A row of a table whose columns stand close: two blanks between them.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut n_blanks = 0;
    for c in text.chars() {
        n_blanks = if c == ' ' { n_blanks + 1 } else { 0 };
        if n_blanks <= 2 {
            out.push(c);
        }
    }
    out
}

/// Appends words, from one column on, in lines that begin there.
fn wrap(text: &str, at: usize, columns: usize, out: &mut String) {
    let (mut used, mut has_words) = (at, false);
    for (n, word) in text.split(' ').enumerate() {
        let wide = width(word.trim_end());
        if n > 0 && used + 1 + wide > columns && has_words {
            // Blanks before the break go.
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', at));
            used = at;
        } else if n > 0 {
            out.push(' ');
            used += 1;
        }
        has_words |= wide > 0;
        // A line may end between any two Han; a path is to be copied as a whole.
        let may_break = used + wide > columns && word.contains(is_han);
        for c in word.chars() {
            let wide = script::columns(c);
            if may_break && used + wide > columns && used > at {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', at));
                used = at;
            }
            out.push(c);
            used += wide;
        }
    }
}

/// Would a terminal do something else than show it?
///
/// Source: Unicode Standard Annex 9, 2, explicit directional formatting characters.
fn is_steering(c: char) -> bool {
    let is_direction = matches!(
        c,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    is_direction || c.is_control() && !matches!(c, '\n' | '\t')
}

/// The picture of a control character.
///
/// Source: Unicode, block Control Pictures.
fn shown(c: char) -> char {
    let picture = match u32::from(c) {
        code @ ..=0x1F => char::from_u32(0x2400 + code),
        0x7F => Some('␡'),
        _ => None,
    };
    picture.unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown() {
        assert_eq!(harmless("条约\x1b]0;owned\x07", true), "条约␛]0;owned␇");
        assert_eq!(harmless("a\u{202E}txt.exe", true), "a\u{FFFD}txt.exe");
        assert_eq!(harmless("\x1b[2J\u{9B}2J\r\x7F", true), "␛[2J\u{FFFD}2J␍␡");
    }

    #[test]
    fn our_colours_stay_where_they_are_wanted() {
        let error = "\x1b[1;31merror:\x1b[0m a\tb\n";
        assert_eq!(harmless(error, true), error);
        assert_eq!(harmless(error, false), "␛[1;31merror:␛[0m a\tb\n");
        assert_eq!(harmless("\x1b[31m", true), "␛[31m");
    }

    #[test]
    fn rows_go_on_below_their_text() {
        let text = "Agreeing    78 unit numbers, 26 quantities, 18 names\n\
                    \x20           保密信息  Confidential Information   3×\n\
                    error: a line that is no row stays as it is, however long\n\
                    Written     /home/user/a/folder/of/outputs/law.tmx\n";
        let fitted_text = "Agreeing    78 unit numbers, 26\n\
                           \x20           quantities, 18 names\n\
                           \x20           保密信息  Confidential\n\
                           \x20           Information  3×\n\
                           error: a line that is no row stays as it is, however long\n\
                           Written     /home/user/a/folder/of/outputs/law.tmx\n";
        assert_eq!(fitted(text, 36), fitted_text);
        let row = "            买方      Buyer                    21×\n";
        assert_eq!(fitted(row, 40), "            买方  Buyer  21×\n");
        let passage = "            zh.txt:25  又欢迎设在内罗毕的区域培训中心\n";
        let in_lines = "            zh.txt:25\n            又欢迎设在内罗毕的区域\n            培训中心\n";
        assert_eq!(fitted(passage, 35), in_lines);
        assert!(matches!(fitted(text, 80), Cow::Borrowed(_)));
        assert!(matches!(fitted(text, 20), Cow::Borrowed(_)));
    }

    #[test]
    fn text_is_not_copied() {
        assert!(matches!(harmless("水文档案 = archive\n", false), Cow::Borrowed(_)));
    }
}
