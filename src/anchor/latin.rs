//! Names and acronyms in Latin letters: in Chinese each word in Latin letters, in English the
//! words with a capital that do not merely open a sentence.
//!
//! An English capital is no promise that the Chinese keeps the word in Latin letters, so a
//! [`MentionKind::LatinName`] is evidence where both sides have it and nothing where one has.

use crate::numbering::Scan;
use crate::text::script::is_han;
use crate::types::{Mention, MentionKind, Side};

/// Longest word taken for an acronym.
const MAX_ACRONYM: usize = 8;

pub(super) fn opens(_: Side, c: char) -> bool {
    c.is_alphabetic() && !is_han(c)
}

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    if !opens(scan.side, scan.char(at)?) {
        return None;
    }
    let len: usize = scan.text[at..]
        .chars()
        .take_while(|&c| is_word_char(c))
        .map(char::len_utf8)
        .sum();
    let word = scan.text[at..at + len].trim_end_matches('-');
    let end = at + word.len().max(1);
    if word.chars().count() < 2 {
        return (len > 0).then_some(end);
    }
    if let Some(acronym) = acronym(scan, word) {
        found.push(scan.mention(MentionKind::Acronym, acronym, at, end));
    } else if is_name(scan, at, word) {
        found.push(scan.mention(MentionKind::LatinName, word.to_lowercase(), at, end));
    }
    Some(end)
}

fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || matches!(c, '\u{00C0}'..='\u{024F}') // Latin-1 Supplement, Latin Extended-A and -B
}

/// Two to eight capitals, perhaps with digits, perhaps in the plural: UNODC, G20, NGOs.
fn acronym(scan: &Scan, word: &str) -> Option<String> {
    let stem = match word.strip_suffix('s') {
        Some(stem) if scan.side == Side::En && stem.len() >= 2 => stem,
        _ => word,
    };
    let capitals = stem.bytes().filter(u8::is_ascii_uppercase).count();
    let is_acronym = (2..=MAX_ACRONYM).contains(&stem.len())
        && capitals >= 1
        && stem
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        && stem.bytes().any(|b| !b"IVX-".contains(&b));
    (is_acronym && !scan.is_in_capitals()).then(|| stem.to_owned())
}

fn is_name(scan: &Scan, at: usize, word: &str) -> bool {
    match scan.side {
        Side::Zh => !word.bytes().all(|b| b"IVX".contains(&b)),
        Side::En => {
            let is_capital = word.starts_with(char::is_uppercase);
            let inner = word.chars().skip(1).any(char::is_uppercase);
            !scan.is_in_capitals() && (inner || is_capital && !opens_sentence(scan, at))
        }
    }
}

/// Does the word stand first, behind the end of a sentence or behind a mark that opens one?
fn opens_sentence(scan: &Scan, at: usize) -> bool {
    let before = scan.text[..at].trim_end_matches([' ', '\u{a0}', '"', '“', '‘', '(']);
    before.is_empty()
        || before.ends_with(['.', '?', '!', ':', ';', '\n', '•', '–', '—', ')'])
}
