//! Mail and web addresses, which both languages write alike.

use super::scan::Page;
use crate::types::{Mention, MentionKind};

/// Longest name before the @.
const MAX_NAME: usize = 64;

/// `name@example.org`, `https://example.org/a`, `www.example.org`.
pub(super) fn read(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    if !page.char(at)?.is_ascii_alphanumeric() {
        return None;
    }
    let end = web_end(page, at).or_else(|| mail_end(page, at))?;
    let value = page.text[at..end].to_lowercase();
    let value = value.trim_end_matches('/').to_owned();
    found.push(page.mention(MentionKind::Address, value, at, end));
    Some(end)
}

fn web_end(page: &Page, at: usize) -> Option<usize> {
    let text = &page.text[at..];
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

fn mail_end(page: &Page, at: usize) -> Option<usize> {
    let bytes = &page.text.as_bytes()[at..];
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
    let host = page.text[at + name + 1..][..host].trim_end_matches(['.', '-']);
    host.contains('.').then_some(at + name + 1 + host.len())
}
