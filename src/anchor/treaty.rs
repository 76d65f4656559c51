//! Volumes and numbers of series: `第 2225 卷`, `vols. 2225 and 2237`, `第 39574 号`, `No. 39574`.

use super::scan::{MAX_LIST, Page};
use crate::types::{Mention, MentionKind, Side};

pub(super) fn read(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    match page.side {
        Side::Zh => zh(page, at, found),
        Side::En => en(page, at, found),
    }
}

/// 第 2225、2237 和 2241 卷: numbers, each perhaps with its own 第, and at the end what they count.
fn zh(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let mut next = page.eat(at, "第")?;
    let mut numbers = Vec::new();
    while numbers.len() < MAX_LIST {
        let start = page.skip(next);
        let (number, end) = page.number(start)?;
        numbers.push((number.to_integer()?, start, end));
        let unit = page.skip(end);
        if let Some(end) = page.eat(unit, "卷号號") {
            let name = if page.text[unit..].starts_with('卷') { "vol" } else { "no" };
            push_all(page, name, &numbers, at, end, found);
            return Some(end);
        }
        next = page.eat(unit, "、和及与與至或")?;
        next = page.eat(page.skip(next), "第").unwrap_or(next);
    }
    None
}

fn en(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let word = page.word(at);
    let point = page.eat(at + word.len(), ".");
    let name = match word {
        "vol" | "vols" | "Vol" | "Vols" if point.is_some() => "vol",
        "volume" | "volumes" | "Volume" | "Volumes" => "vol",
        "No" | "Nos" => "no",
        "no" | "nos" if point.is_some() => "no",
        _ => return None,
    };
    let mut next = page.skip(point.unwrap_or(at + word.len()));
    let mut numbers = Vec::new();
    while numbers.len() < MAX_LIST {
        let number = page
            .digits(next)
            .or_else(|| (name == "vol").then(|| page.roman(next)).flatten())
            .filter(|&(_, end)| !page.text[end..].starts_with('/'));
        let Some((number, end)) = number else { break };
        numbers.push((i128::from(number), next, end));
        let comma = page.skip(page.eat(end, ",").unwrap_or(end));
        let and = page.eat_words(comma, &["and", "to", "or"]).unwrap_or(comma);
        next = page.skip(and);
        if next == end {
            break;
        }
    }
    let &(_, _, end) = numbers.last()?;
    push_all(page, name, &numbers, at, end, found);
    Some(end)
}

/// A mention for each number; the first reaches back to `at`, the last on to `end`.
fn push_all(
    page: &Page,
    name: &str,
    numbers: &[(i128, usize, usize)],
    at: usize,
    end: usize,
    found: &mut Vec<Mention>,
) {
    for (k, &(number, from, to)) in numbers.iter().enumerate() {
        let from = if k == 0 { at } else { from };
        let to = if k + 1 == numbers.len() { end } else { to };
        let value = format!("{name} {number}");
        found.push(page.mention(MentionKind::Treaty, value, from, to));
    }
}
