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
mod cue;
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

pub use cue::cue_mentions;

use crate::text::number::{digit, is_numeral, numerals_len};
use crate::text::script::is_han;
use crate::types::{Label, Mention, Side};
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
    money::settle_currency(&page, &mut found);
    found
}

/// May something that a reader knows begin at this character?
fn begins_token(page: &Page, at: usize, c: char) -> bool {
    if c.is_ascii_alphanumeric() {
        let runs_on = at > 0 && page.text.as_bytes()[at - 1].is_ascii_alphanumeric();
        return !runs_on && (page.side == Side::Zh || !is_plain_word(page, at));
    }
    if is_han(c) {
        return page.side == Side::Zh && (is_numeral(c) || is_opener(c));
    }
    match c {
        '(' | '（' => page.side == Side::Zh,
        '$' | '＄' | '€' | '£' | '¥' | '￥' => true,
        _ => digit(c).is_some() || !c.is_ascii() && c.is_alphabetic(),
    }
}

/// May a mention begin with this Han character, which is no numeral?
fn is_opener(c: char) -> bool {
    matches!(
        c,
        '第' | '附' | '民' | '中' | '公' | '西' | '上' | '新' | '人' | '港' | '美'
    )
}

/// Is this an English word in small letters that no reader knows? A quick check that most
/// words pass: no number word, unit or the like begins so, or it is one of the commonest.
fn is_plain_word(page: &Page, at: usize) -> bool {
    const COMMON: [&str; 24] = [
        "the", "of", "and", "in", "to", "for", "or", "that", "its", "on", "is", "as",
        "an", "are", "shall", "such", "other", "any", "all", "on", "not", "this",
        "their", "from",
    ];
    let word = page.word(at);
    let next = page.text.as_bytes().get(at + word.len());
    // The name of an address may be any word.
    let goes_on = next.is_some_and(|b| b.is_ascii_digit() || b"@._%+-:/".contains(b));
    word.starts_with(|c| "bdjkmquwxy".contains(c)) && !goes_on && is_small(word)
        || COMMON.contains(&word) && !goes_on
}

fn is_small(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}

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
