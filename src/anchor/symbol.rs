//! Document symbols: `A/68/457`, `E/CN.15/2013/27`, `S/RES/1373 (2001)`.

use crate::numbering::Scan;
use crate::types::{Mention, MentionKind, Side};

/// Longest first part of a symbol: UNODC, ECOSOC, FCCC.
const MAX_HEAD: usize = 12;

pub(super) fn opens(_: Side, c: char) -> bool {
    c.is_ascii_uppercase()
}

/// Capitals, then parts behind strokes, one of them with a digit.
pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let bytes = &scan.text.as_bytes()[at..];
    let head = bytes
        .iter()
        .take(MAX_HEAD)
        .take_while(|b| b.is_ascii_uppercase() || **b == b'.' || **b == b'-')
        .count();
    if head == 0 || bytes.get(head) != Some(&b'/') {
        return None;
    }
    let len = bytes
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || b"/.-".contains(b))
        .count();
    let symbol = scan.text[at..][..len].trim_end_matches(['.', '-', '/']);
    // and/or of two acronyms has no digit: TCP/IP.
    let is_symbol = symbol.len() > head
        && symbol.bytes().any(|b| b.is_ascii_digit())
        && symbol[head + 1..]
            .starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    if !is_symbol {
        return None;
    }
    let end = at + symbol.len();
    let (value, end) = match year_behind(scan, end) {
        Some((year, end)) => (format!("{symbol} ({year})"), end),
        None => (symbol.to_owned(), end),
    };
    found.push(scan.mention(MentionKind::Symbol, value, at, end));
    Some(end)
}

/// ` (2001)` behind a symbol.
pub(super) fn year_behind(scan: &Scan, at: usize) -> Option<(u32, usize)> {
    let open = scan.skip_eat(at, "(（")?;
    let (year, end) = scan.digits(scan.skip(open))?;
    let end = scan.skip_eat(end, ")）")?;
    (1945..2200).contains(&year).then_some((year, end))
}
