//! Document symbols: `A/68/457`, `E/CN.15/2013/27`, `S/RES/1373 (2001)`.

use super::scan::Page;
use crate::types::{Mention, MentionKind};

/// Longest first part of a symbol: UNODC, ECOSOC, FCCC.
const MAX_HEAD: usize = 12;

/// Capitals, then parts behind strokes, one of them with a digit.
pub(super) fn read(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let bytes = &page.text.as_bytes()[at..];
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
    let symbol = page.text[at..][..len].trim_end_matches(['.', '-', '/']);
    // and/or of two acronyms has no digit: TCP/IP.
    let is_symbol = symbol.len() > head
        && symbol.bytes().any(|b| b.is_ascii_digit())
        && symbol[head + 1..]
            .starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    if !is_symbol {
        return None;
    }
    let end = at + symbol.len();
    let (value, end) = match year_behind(page, end) {
        Some((year, end)) => (format!("{symbol} ({year})"), end),
        None => (symbol.to_owned(), end),
    };
    found.push(page.mention(MentionKind::Symbol, value, at, end));
    Some(end)
}

/// ` (2001)` behind a symbol.
pub(super) fn year_behind(page: &Page, at: usize) -> Option<(u32, usize)> {
    let open = page.skip_eat(at, "(（")?;
    let (year, end) = page.digits(page.skip(open))?;
    let end = page.skip_eat(end, ")）")?;
    (1945..2200).contains(&year).then_some((year, end))
}
