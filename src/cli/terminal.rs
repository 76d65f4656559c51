//! What a terminal may be given: text, and our own colours.
//!
//! File names, texts and ids of termbases come from anywhere. What would steer the terminal
//! (escape sequences, overrides of the writing direction) is shown and does nothing.

use std::borrow::Cow;

/// How our colours begin and end. Others are nobody's business.
///
/// Source: ECMA-48, 8.3.117, select graphic rendition.
const COLOURS: [&str; 6] =
    ["\x1b[0m", "\x1b[1m", "\x1b[7m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m"];

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
    fn text_is_not_copied() {
        assert!(matches!(harmless("水文档案 = archive\n", false), Cow::Borrowed(_)));
    }
}
