//! Volumes and numbers of series: `第 2225 卷`, `vols. 2225 and 2237`, `第 39574 号`, `No. 39574`.

use crate::numbering::{MAX_LIST, Scan};
use crate::types::{Mention, MentionKind, Side};

pub(super) fn opens(side: Side, c: char) -> bool {
    match side {
        Side::Zh => c == '第',
        Side::En => matches!(c, 'v' | 'V' | 'n' | 'N'),
    }
}

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    match scan.side {
        Side::Zh => zh(scan, at, found),
        Side::En => en(scan, at, found),
    }
}

/// 第 2225、2237 和 2241 卷: numbers, each perhaps with its own 第, and at the end what they count.
fn zh(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let mut next = scan.eat(at, "第")?;
    let mut numbers = Vec::new();
    while numbers.len() < MAX_LIST {
        let start = scan.skip(next);
        let (number, end) = scan.number(start)?;
        numbers.push((number.to_integer()?, start, end));
        let unit = scan.skip(end);
        if let Some(end) = scan.eat(unit, "卷号號") {
            let name = if scan.text[unit..].starts_with('卷') { "vol" } else { "no" };
            push_all(scan, name, &numbers, at, end, found);
            return Some(end);
        }
        next = scan.eat(unit, "、和及与與至或")?;
        next = scan.eat(scan.skip(next), "第").unwrap_or(next);
    }
    None
}

fn en(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let word = scan.word(at);
    let point = scan.eat(at + word.len(), ".");
    let name = match word {
        "vol" | "vols" | "Vol" | "Vols" if point.is_some() => "vol",
        "volume" | "volumes" | "Volume" | "Volumes" => "vol",
        "No" | "Nos" => "no",
        "no" | "nos" if point.is_some() => "no",
        _ => return None,
    };
    let mut next = scan.skip(point.unwrap_or(at + word.len()));
    let mut numbers = Vec::new();
    while numbers.len() < MAX_LIST {
        let number = scan
            .digits(next)
            .or_else(|| (name == "vol").then(|| scan.roman(next)).flatten())
            .filter(|&(_, end)| !scan.text[end..].starts_with('/'));
        let Some((number, end)) = number else { break };
        numbers.push((i128::from(number), next, end));
        let comma = scan.skip(scan.eat(end, ",").unwrap_or(end));
        let and = scan.eat_words(comma, &["and", "to", "or"]).unwrap_or(comma);
        next = scan.skip(and);
        if next == end {
            break;
        }
    }
    let &(_, _, end) = numbers.last()?;
    push_all(scan, name, &numbers, at, end, found);
    Some(end)
}

/// A mention for each number; the first reaches back to `at`, the last on to `end`.
fn push_all(
    scan: &Scan,
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
        found.push(scan.mention(MentionKind::Treaty, value, from, to));
    }
}
