//! Resolutions and decisions by number: `第 46/152 号`, `67/186`, `1373 (2001)`, `1514 (XV)`.
//!
//! Of a list (`resolutions 67/186, 67/189 and 67/192`) each is a mention of its own.

use super::symbol::year_behind;
use crate::numbering::Scan;
use crate::text::number::digit;
use crate::types::{Mention, MentionKind, Side};

pub(super) fn opens(side: Side, c: char) -> bool {
    digit(c).is_some() || side == Side::Zh && c == '第'
}

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let start = scan.eat(at, "第").map_or(at, |end| scan.skip(end));
    let (first, end) = scan.digits_up_to(start, 4)?;
    let is_named = start > at;
    let (value, end) =
        stroke(scan, first, end, is_named).or_else(|| bracketed(scan, first, end))?;
    let end = scan.skip_eat(end, "号號").unwrap_or(end);
    if let Some(value) = value {
        found.push(scan.mention(MentionKind::Resolution, value, at, end));
    }
    Some(end)
}

/// `46/152`, `2004/38/EC`. No value for what is rather a fraction or a date in strokes.
fn stroke(
    scan: &Scan,
    first: u32,
    end: usize,
    is_named: bool,
) -> Option<(Option<String>, usize)> {
    let (second, mut end) = scan.digits_up_to(scan.eat(end, "/／")?, 4)?;
    let mut is_other = scan.before(end).is_none();
    if let Some(more) = scan.eat(end, "/") {
        let word = scan.word(more);
        if word.is_empty() {
            is_other = true;
            end = scan.digits(more).map_or(end, |(_, end)| end);
        } else if word.len() <= 4 && word.bytes().all(|b| b.is_ascii_uppercase()) {
            end = more + word.len();
        }
    }
    let is_fraction = !is_named && first < second && second <= 10;
    let value = (!is_fraction && !is_other).then(|| format!("{first}/{second}"));
    Some((value, end))
}

/// `1373 (2001)`, `1514 (XV)`.
fn bracketed(scan: &Scan, first: u32, end: usize) -> Option<(Option<String>, usize)> {
    if first < 10 {
        return None;
    }
    if let Some((year, end)) = year_behind(scan, end) {
        return Some((Some(format!("{first}({year})")), end));
    }
    let open = scan.skip(scan.skip_eat(end, "(（")?);
    let letters = scan.word(open);
    let (session, end) = scan.roman(open)?;
    let end = scan.skip_eat(end, ")）")?;
    let is_session = letters.bytes().all(|b| b.is_ascii_uppercase()) && first >= 100;
    is_session.then(|| (Some(format!("{first}({session})")), end))
}
