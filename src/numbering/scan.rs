//! The text under the readers, and the small moves they share.

use std::cell::{Cell, OnceCell};

use crate::text::Span;
use crate::text::number::{
    Form, Number, arabic_at, chinese_at, digits_at, english_at, roman_at,
};
use crate::types::{Mention, MentionKind, Side};

/// Most blanks that are passed over inside a mention.
const MAX_BLANKS: usize = 3;
/// Most members of a list (第 1、2、3 条) that are read at once.
pub(crate) const MAX_LIST: usize = 16;

/// A number and where it ends, or that there is none.
type NumberRead = Option<(Number, usize)>;

/// The text of a segment and what is known of it as a whole.
pub(crate) struct Scan<'a> {
    pub(crate) side: Side,
    pub(crate) text: &'a str,
    in_capitals: OnceCell<bool>,
    is_traditional: OnceCell<bool>,
    /// The number read last: several readers ask for the one at a place.
    last_number: Cell<Option<(usize, NumberRead)>>,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(side: Side, text: &'a str) -> Self {
        Self {
            side,
            text,
            in_capitals: OnceCell::new(),
            is_traditional: OnceCell::new(),
            last_number: Cell::new(None),
        }
    }

    /// Is the English set in capitals, so that they tell nothing?
    pub(crate) fn is_in_capitals(&self) -> bool {
        *self.in_capitals.get_or_init(|| {
            let n = |is: fn(&u8) -> bool| self.text.bytes().filter(is).count();
            let (upper, lower) = (n(u8::is_ascii_uppercase), n(u8::is_ascii_lowercase));
            self.side == Side::En && upper > 3 * lower
        })
    }

    /// Is the Chinese in traditional script?
    pub(crate) fn is_traditional(&self) -> bool {
        *self.is_traditional.get_or_init(|| {
            let is_mark = |c| "條國會為與個項應時東後臺幣業務發關於".contains(c);
            self.text.chars().any(is_mark)
        })
    }

    /// The character at a byte.
    pub(crate) fn char(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// The character before a byte.
    pub(crate) fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// Past the blanks at a byte.
    pub(crate) fn skip(&self, at: usize) -> usize {
        let len: usize = self.text[at..]
            .chars()
            .take(MAX_BLANKS)
            .take_while(|c| c.is_whitespace())
            .map(char::len_utf8)
            .sum();
        at + len
    }

    /// Past one of these characters, if one is here.
    pub(crate) fn eat(&self, at: usize, chars: &str) -> Option<usize> {
        self.char(at).filter(|&c| chars.contains(c)).map(|c| at + c.len_utf8())
    }

    /// Past blanks and then one of these characters.
    pub(crate) fn skip_eat(&self, at: usize, chars: &str) -> Option<usize> {
        self.eat(self.skip(at), chars)
    }

    /// Past the first of these strings that stands here.
    pub(crate) fn eat_any(&self, at: usize, strings: &[&str]) -> Option<usize> {
        let text = &self.text[at..];
        strings.iter().find(|s| text.starts_with(**s)).map(|s| at + s.len())
    }

    /// The run of ASCII letters here; empty if there is none, or it is a part of a word with
    /// other letters.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        let text = &self.text[at..];
        let len = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        &text[..len]
    }

    /// Past this word (in lower case) in any case, if it is all of the word here.
    pub(crate) fn eat_word(&self, at: usize, word: &str) -> Option<usize> {
        let len = self.word(at).len();
        (len == word.len() && self.word(at).eq_ignore_ascii_case(word))
            .then_some(at + len)
    }

    /// Past one of these words in any case.
    pub(crate) fn eat_words(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|word| self.eat_word(at, word))
    }

    /// A number of this language, whole or not, not an ordinal; and where it ends.
    ///
    /// The same number in brackets behind it, as contracts write it, is a part of it: thirty
    /// (30) days, five(5) million.
    pub(crate) fn number(&self, at: usize) -> Option<(Number, usize)> {
        if let Some((last, read)) = self.last_number.get()
            && last == at
        {
            return read;
        }
        let read = self
            .plain_number(at)
            .map(|(number, end)| self.repeated(number, end).unwrap_or((number, end)));
        self.last_number.set(Some((at, read)));
        read
    }

    /// ` (30)` behind thirty, and the scale behind the bracket.
    fn repeated(&self, number: Number, end: usize) -> Option<(Number, usize)> {
        let open = self.skip(self.skip_eat(end, "(（")?);
        let (again, end) =
            arabic_at(&self.text[open..]).map(|(n, len)| (n, open + len))?;
        let end = self.skip_eat(end, ")）").filter(|_| again == number)?;
        let word = self.skip(end);
        let scale = [
            ("hundred", 100),
            ("thousand", 1_000),
            ("million", 1_000_000),
            ("billion", 1_000_000_000),
        ]
        .into_iter()
        .find_map(|(name, scale)| Some((scale, self.eat_word(word, name)?)));
        match scale {
            Some((scale, end)) => Some((number.times(Number::integer(scale))?, end)),
            None => Some((number, end)),
        }
    }

    fn plain_number(&self, at: usize) -> Option<(Number, usize)> {
        match self.side {
            Side::Zh => {
                chinese_at(&self.text[at..]).map(|(number, len)| (number, at + len))
            }
            Side::En => {
                let read = english_at(&self.text[at..])?;
                let end = at + read.len;
                let runs_on = read.in_words && !self.word(end).is_empty();
                (read.form == Form::Cardinal && !runs_on).then_some((read.number, end))
            }
        }
    }

    /// An English ordinal and where it ends.
    pub(crate) fn ordinal(&self, at: usize) -> Option<(u32, usize)> {
        let read = english_at(&self.text[at..])?;
        let end = at + read.len;
        if read.form != Form::Ordinal || !self.word(end).is_empty() {
            return None;
        }
        Some((read.number.to_u32()?, end))
    }

    /// A plain run of digits and where it ends.
    pub(crate) fn digits(&self, at: usize) -> Option<(u32, usize)> {
        digits_at(&self.text[at..]).map(|(value, len)| (value, at + len))
    }

    /// A run of one to `max` digits, as a value below 10 to that power.
    pub(crate) fn digits_up_to(&self, at: usize, max: usize) -> Option<(u32, usize)> {
        let (value, end) = self.digits(at)?;
        (self.text[at..end].chars().count() <= max).then_some((value, end))
    }

    /// A Roman number and where it ends.
    pub(crate) fn roman(&self, at: usize) -> Option<(u32, usize)> {
        roman_at(&self.text[at..]).map(|(value, len)| (value, at + len))
    }

    /// A mention from `start` to `end`.
    pub(crate) fn mention(
        &self,
        kind: MentionKind,
        value: String,
        start: usize,
        end: usize,
    ) -> Mention {
        Mention { kind, value, span: Span::new(start, end) }
    }
}
