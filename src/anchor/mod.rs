//! What a text names that the other language names by the same value.
//!
//! Comes in: the text of one segment, its language known. Goes out: the dates, resolutions,
//! articles, sums … it mentions, each with a value that is written alike for both languages:
//!
//! ```text
//! 重申其 1991 年 12 月 18 日第 46/152 号决议 … 经费不低于 30%
//!        └─ date 1991-12-18 ┘└ resolution 46/152  └ percentage 30%
//! Reaffirming its resolution 46/152 of 18 December 1991 … not less than thirty per cent
//! ```
//!
//! One pass from left to right: where a token may begin, the readers are asked in the order of
//! `READERS`; the first that knows what begins there takes it, so that a symbol takes the
//! numbers inside it and a date its year. The label that opens the segment is no mention.
//!
//! A mention on one side only is reported as a difference to a reviser. So words that a
//! translator writes freely are left out: numbers to ten (unless years, days and the like are
//! counted), first to third (unless a session, a committee and the like), titles in 《》 or
//! quotes (they have no value the other language shares; the numbers, names and acronyms in
//! them are mentions of their own), footnote marks (the cleaning takes them out).

mod address;
mod date;
mod latin;
mod money;
mod ordinal;
mod percentage;
mod provision;
mod quantity;
mod resolution;
mod scan;
mod symbol;
mod treaty;
mod year;

use crate::text::number::{digit, is_numeral, numerals_len};
use crate::text::script::is_han;
use crate::types::{Label, Mention, MentionKind, Side};
use scan::Page;

/// Reads what begins at a byte: adds the mentions and gives where they end. `None` where
/// nothing of its kind begins. May take a passage without a mention: what has the shape but
/// no value to compare.
type Reader = fn(&Page, usize, &mut Vec<Mention>) -> Option<usize>;

/// All readers; the first that takes a passage has it.
const READERS: &[Reader] = &[
    address::read,
    symbol::read,
    date::read,
    resolution::read,
    treaty::read,
    provision::read,
    year::read,
    ordinal::read,
    money::read,
    percentage::read,
    quantity::read,
    latin::read,
];

/// What the text mentions, in order of position; no two overlap.
pub fn mentions(side: Side, text: &str) -> Vec<Mention> {
    let page = Page::new(side, text);
    let mut found = Vec::new();
    let mut at = Label::at_start(side, text).map_or(0, |(_, len)| len);
    while let Some(c) = text[at..].chars().next() {
        let skip = match begins_token(&page, at, c) {
            false => c.len_utf8(),
            true => match READERS.iter().find_map(|read| read(&page, at, &mut found)) {
                Some(end) if end > at => end - at,
                _ => token_len(&text[at..], c),
            },
        };
        at += skip;
    }
    found.sort_by_key(|mention| mention.span);
    found
}

/// May something that a reader knows begin at this character?
fn begins_token(page: &Page, at: usize, c: char) -> bool {
    if c.is_ascii_alphanumeric() {
        return !page.before(at).is_some_and(|before| before.is_ascii_alphanumeric());
    }
    if is_han(c) {
        return page.side == Side::Zh && (is_numeral(c) || OPENERS.contains(c));
    }
    match c {
        '(' | '（' => page.side == Side::Zh,
        '$' | '＄' | '€' | '£' | '¥' | '￥' => true,
        _ => digit(c).is_some() || !c.is_ascii() && c.is_alphabetic(),
    }
}

/// The Han characters that a mention may begin with, numerals apart.
const OPENERS: &str = "第附民中公西上新台臺人港美欧歐英日澳加韩韓瑞";

/// What to pass over where no reader knew the token.
fn token_len(text: &str, c: char) -> usize {
    if is_numeral(c) {
        return numerals_len(text);
    }
    if c.is_ascii_alphanumeric() {
        return text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    }
    c.len_utf8()
}

#[cfg(test)]
mod tests;
