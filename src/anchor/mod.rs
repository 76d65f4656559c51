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
//! `READERS` that say they open with that character; the first that knows what begins there
//! takes it, so that a symbol takes the numbers inside it and a date its year. The label that opens the segment is no mention.
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
mod opener;
mod ordinal;
mod percentage;
mod provision;
mod quantity;
mod resolution;
mod symbol;
mod time;
mod treaty;
mod year;

pub use cue::cue_mentions;

use self::opener::begins_number;
use crate::numbering::{Scan, begins_citation, label_at};
use crate::text::number::{is_numeral, numerals_len};
use crate::types::{Mention, Side};

/// A reader of one kind of mention.
struct MentionReader {
    /// May what the reader knows begin with this character, at the beginning of a word?
    opens: fn(Side, char) -> bool,
    /// Reads what begins at a byte: adds the mentions and gives where they end. `None` where
    /// nothing of its kind begins. May take a passage without a mention: what has the shape
    /// but no value to compare.
    read: fn(&Scan, usize, &mut Vec<Mention>) -> Option<usize>,
}

/// All readers; the first that takes a passage has it.
const READERS: &[MentionReader] = &[
    MentionReader { opens: address::opens, read: address::read },
    MentionReader { opens: symbol::opens, read: symbol::read },
    MentionReader { opens: date::opens, read: date::read },
    MentionReader { opens: resolution::opens, read: resolution::read },
    MentionReader { opens: treaty::opens, read: treaty::read },
    MentionReader { opens: begins_citation, read: provision::read },
    MentionReader { opens: time::opens, read: time::read },
    MentionReader { opens: year::opens, read: year::read },
    MentionReader { opens: ordinal::opens, read: ordinal::read },
    MentionReader { opens: money::opens, read: money::read },
    MentionReader { opens: begins_number, read: percentage::read },
    MentionReader { opens: begins_number, read: quantity::read },
    MentionReader { opens: latin::opens, read: latin::read },
];

/// What the text mentions, in order of position; no two overlap.
pub fn mentions(side: Side, text: &str) -> Vec<Mention> {
    let scan = Scan::new(side, text);
    let mut found = Vec::new();
    let mut at = label_at(side, text).map_or(0, |(_, len)| len);
    while let Some(c) = text[at..].chars().next() {
        let end = match begins_word(text, at) {
            true => read(&scan, at, c, &mut found),
            false => None,
        };
        at = end.unwrap_or_else(|| at + unread_len(&text[at..], c));
    }
    money::settle_currency(&scan, &mut found);
    found
}

/// Past what the first reader takes that knows what begins here.
fn read(scan: &Scan, at: usize, c: char, found: &mut Vec<Mention>) -> Option<usize> {
    let readers = READERS.iter().filter(|reader| (reader.opens)(scan.side, c));
    readers
        .map(|reader| reader.read)
        .find_map(|read| read(scan, at, found))
        .filter(|end| *end > at)
}

/// Is the character here not inside a word of Latin letters and digits?
fn begins_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    at == 0
        || !(bytes[at].is_ascii_alphanumeric() && bytes[at - 1].is_ascii_alphanumeric())
}

/// What to pass over where no reader knew the token.
fn unread_len(text: &str, c: char) -> usize {
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
