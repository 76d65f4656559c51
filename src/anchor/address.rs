//! Mail and web addresses, which both languages write alike.

use crate::numbering::Scan;
use crate::types::{Mention, MentionKind, Side};

/// Longest name before the @.
const MAX_NAME: usize = 64;

pub(super) fn opens(_: Side, c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// `name@example.org`, `https://example.org/a`, `www.example.org`.
pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let word_len = scan.text[at..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let next = scan.text.as_bytes().get(at + word_len);
    if word_len == 0 || !next.is_some_and(|b| b"@._%+-:".contains(b)) {
        return None;
    }
    let end = web_end(scan, at).or_else(|| mail_end(scan, at))?;
    let value = scan.text[at..end].to_lowercase();
    let value = value.trim_end_matches('/').to_owned();
    found.push(scan.mention(MentionKind::Address, value, at, end));
    Some(end)
}

fn web_end(scan: &Scan, at: usize) -> Option<usize> {
    let text = &scan.text[at..];
    let is_web = ["http://", "https://", "ftp://", "www."].iter().any(|head| {
        text.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head))
    });
    if !is_web {
        return None;
    }
    let len = text
        .bytes()
        .take_while(|b| {
            b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(b)
        })
        .count();
    let len = text[..len]
        .trim_end_matches(['.', ',', ';', ':', ')', ']', '!', '?', '\''])
        .len();
    (len > 8).then_some(at + len)
}

fn mail_end(scan: &Scan, at: usize) -> Option<usize> {
    let bytes = &scan.text.as_bytes()[at..];
    let name = bytes
        .iter()
        .take(MAX_NAME)
        .take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b))
        .count();
    if bytes.get(name) != Some(&b'@') {
        return None;
    }
    let host = bytes[name + 1..]
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b))
        .count();
    let host = scan.text[at + name + 1..][..host].trim_end_matches(['.', '-']);
    host.contains('.').then_some(at + name + 1 + host.len())
}
