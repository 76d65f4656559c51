//! Where the pages of a text end.

use std::collections::{BTreeMap, BTreeSet};

use super::looks::{is_fragment, is_label};
use crate::clean::layout::Layout;
use crate::clean::line::Line;
use crate::clean::punctuation::ends_sentence;

/// The furniture of a page stands within this many lines of its number or its end.
pub(super) const EDGE: usize = 4;

/// This many numbers in a row count the pages.
const MIN_PAGES: usize = 3;

/// The furniture of a page that is cut by form feeds stands within this many lines of them.
const FED_EDGE: usize = 2;

/// The longest page is at most this many times as long as the shortest, where nothing but numbers on
/// lines of their own tells pages.
const UNEVEN: usize = 4;

/// The pages of a text, as far as it shows them.
pub(super) struct Pages {
    /// The lines that number a page.
    numbers: BTreeSet<usize>,
    /// The lines before which a form feed stands.
    feeds: BTreeSet<usize>,
}

impl Pages {
    pub(super) fn find(lines: &[Line], layout: &Layout) -> Self {
        let mut numbers: BTreeSet<usize> = page_numbers(lines).into_keys().collect();
        numbers.extend(fed_numbers(lines));
        numbers.extend(fed_lines(lines));
        numbers.extend(fed_columns(lines));
        numbers.extend(counted_lines(lines, layout));
        if numbers.is_empty() {
            numbers.extend(bare_numbers(lines, layout));
        }
        let feeds = (1..lines.len()).filter(|&k| lines[k].page_break).collect();
        Self { numbers, feeds }
    }

    /// Does the text show where a page ends?
    pub(super) fn are_shown(&self) -> bool {
        !(self.numbers.is_empty() && self.feeds.is_empty())
    }

    /// How many pages there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len().max(self.feeds.len() + 1)
    }

    pub(super) fn is_number(&self, line: usize) -> bool {
        self.numbers.contains(&line)
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.numbers.iter().copied()
    }

    /// The lines that begin a page.
    pub(super) fn feeds(&self) -> impl Iterator<Item = usize> + '_ {
        self.feeds.iter().copied()
    }

    /// Does the line stand at the edge of a page?
    pub(super) fn is_edge(&self, line: usize) -> bool {
        let from = line.saturating_sub(EDGE);
        let is_fed = self.feeds.range(from + 1..=line + EDGE).next().is_some();
        is_fed || self.numbers.range(from..=line + EDGE).next().is_some()
    }
}

/// The lines that are page numbers, with the page: those that rise through the document.
fn page_numbers(lines: &[Line]) -> BTreeMap<usize, u32> {
    let mut found: Vec<(usize, u32, Option<u32>)> = lines
        .iter()
        .enumerate()
        .filter_map(|(k, line)| {
            page_number(line.text.as_str()).map(|(page, of)| (k, page, of))
        })
        .collect();
    let mut totals: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    for (_, _, of) in &found {
        *totals.entry(*of).or_default() += 1;
    }
    if let Some((&usual, _)) = totals.iter().max_by_key(|(_, n)| **n) {
        found.retain(|(_, _, of)| *of == usual);
    }
    let mut last = 0;
    found
        .into_iter()
        .filter(|&(_, page, _)| {
            let rises = page > last;
            last = last.max(page);
            rises
        })
        .map(|(k, page, _)| (k, page))
        .collect()
}

/// Bare numbers beside form feeds that count the pages: at least two, each one more than the
/// one before.
fn fed_numbers(lines: &[Line]) -> BTreeSet<usize> {
    let beside: Vec<(usize, u32)> = (0..lines.len())
        .filter(|&k| {
            lines[k].page_break || lines.get(k + 1).is_none_or(|next| next.page_break)
        })
        .filter(|&k| is_bare_number(lines[k].text.as_str()))
        .filter_map(|k| Some((k, lines[k].text.as_str().parse().ok()?)))
        .collect();
    let steps = beside.windows(2).filter(|pair| pair[1].1 == pair[0].1 + 1);
    steps.flat_map(|pair| [pair[0].0, pair[1].0]).collect()
}

/// Lines beside form feeds that are alike on most pages but for a number that counts them:
/// `file:///law.html 3/7`, `Charter of archives, page 3`.
fn fed_lines(lines: &[Line]) -> BTreeSet<usize> {
    let n_pages = 1 + lines.iter().skip(1).filter(|line| line.page_break).count();
    let is_edge = |k: usize| {
        let inside = k.saturating_sub(FED_EDGE - 1)..=(k + FED_EDGE).min(lines.len());
        inside.into_iter().any(|k| lines.get(k).is_none_or(|line| line.page_break))
    };
    let mut alike: BTreeMap<String, Vec<(usize, Vec<u32>)>> = BTreeMap::new();
    for (k, line) in lines.iter().enumerate() {
        let text = line.text.as_str();
        if text.bytes().any(|b| b.is_ascii_digit()) && is_edge(k) && !is_label(text) {
            let (masked, numbers) = masked(text);
            alike.entry(masked).or_default().push((k, numbers));
        }
    }
    let mut found = BTreeSet::new();
    for places in alike.into_values() {
        let counts = |pair: &[(usize, Vec<u32>)]| {
            let mut numbers = pair[0].1.iter().zip(&pair[1].1);
            numbers.any(|(one, next)| one.checked_add(1) == Some(*next))
        };
        let is_furniture = places.len() >= MIN_PAGES
            && 2 * places.len() >= n_pages
            && places.windows(2).all(counts);
        if is_furniture {
            found.extend(places.into_iter().map(|(k, _)| k));
        }
    }
    found
}

/// The first or last lines of pages that have a number in a column of its own which counts the
/// pages, whatever the other column says: `12    Chapter 3. Maps`.
fn fed_columns(lines: &[Line]) -> BTreeSet<usize> {
    let starts: Vec<usize> = (0..lines.len())
        .filter(|&k| k == 0 || lines[k].page_break)
        .chain(std::iter::once(lines.len()))
        .collect();
    let n_pages = starts.len() - 1;
    let mut found = BTreeSet::new();
    let firsts: Vec<usize> = starts[..n_pages].to_vec();
    let lasts: Vec<usize> = starts[1..].iter().map(|end| end.saturating_sub(1)).collect();
    for edges in [firsts, lasts] {
        let numbered: Vec<(usize, usize, u32)> = edges
            .into_iter()
            .enumerate()
            .filter_map(|(page, k)| {
                Some((page, k, outer_number(lines.get(k)?.text.as_str())?))
            })
            .collect();
        let counts = |pair: &[(usize, usize, u32)]| {
            let [(page, _, number), (next_page, _, next)] = pair else { return false };
            next.checked_sub(*number).is_some_and(|d| d as usize == next_page - page)
        };
        let is_furniture = numbered.len() >= MIN_PAGES
            && 2 * numbered.len() >= n_pages
            && numbered.windows(2).all(counts);
        if is_furniture {
            found.extend(numbered.into_iter().map(|(_, k, _)| k));
        }
    }
    found
}

/// The number in the first or last column of a line that has two or more.
fn outer_number(text: &str) -> Option<u32> {
    let columns: Vec<&str> =
        text.split("  ").flat_map(|part| part.split('\t')).map(str::trim).collect();
    let mut columns = columns.into_iter().filter(|column| !column.is_empty());
    let (first, last) = (columns.next()?, columns.next_back()?);
    let number = |column: &str| is_bare_number(column).then(|| column.parse().ok())?;
    number(last).or_else(|| number(first))
}

/// A text with each number in it made one sign, and the numbers.
fn masked(text: &str) -> (String, Vec<u32>) {
    let (mut out, mut numbers) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let len = rest[at..].bytes().take_while(u8::is_ascii_digit).count();
        numbers.push(rest[at..at + len].parse().unwrap_or(u32::MAX));
        out.push_str(&rest[..at]);
        out.push('#');
        rest = &rest[at + len..];
    }
    (out + rest, numbers)
}

/// A line that says which page it is: the page, and of how many.
pub(super) fn page_number(text: &str) -> Option<(u32, Option<u32>)> {
    let number = |s: &str| -> Option<u32> {
        let s = s.trim();
        (s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok())?
    };
    if text.len() > 40 {
        return None;
    }
    if let Some((page, of)) = text.split_once('/') {
        let (page, of) = (number(page)?, number(of)?);
        return (1 <= page && page <= of && of >= 2).then_some((page, Some(of)));
    }
    let dashed = text
        .strip_prefix(['-', '–', '—'])
        .and_then(|rest| rest.strip_suffix(['-', '–', '—']));
    if let Some(page) = dashed {
        return Some((number(page)?, None));
    }
    let lower = text.to_lowercase();
    if let Some(rest) = lower.strip_prefix("page ") {
        return match rest.split_once(" of ") {
            Some((page, of)) => Some((number(page)?, Some(number(of)?))),
            None => Some((number(rest)?, None)),
        };
    }
    let rest = text.strip_prefix('第')?;
    let (page, rest) = rest.split_once(['页', '頁'])?;
    let of = rest.trim_matches([' ', '，', ',', '/', '共', '页', '頁']);
    if of.is_empty() {
        Some((number(page)?, None))
    } else {
        Some((number(page)?, Some(number(of)?)))
    }
}

pub(super) fn is_bare_number(text: &str) -> bool {
    text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Numbers on lines of their own that count the pages of a text without form feeds: each one
/// more than the one before, at distances that pages may have, now and then in the middle of
/// a sentence or beside a line that recurs there.
fn bare_numbers(lines: &[Line], layout: &Layout) -> Vec<usize> {
    let bare: Vec<(usize, u32)> = (0..lines.len())
        .filter(|&k| is_bare_number(lines[k].text.as_str()))
        .filter_map(|k| Some((k, lines[k].text.as_str().parse().ok()?)))
        .collect();
    let chain = longest_count(&bare);
    let gaps: Vec<usize> = chain.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let is_even = gaps
        .iter()
        .max()
        .zip(gaps.iter().min())
        .is_some_and(|(most, fewest)| *fewest > EDGE && *most <= UNEVEN * fewest);
    let interrupts = chain.iter().any(|&k| interrupts(lines, k, k, layout));
    let is_counted = chain.len() >= MIN_PAGES;
    match is_counted && (is_even && interrupts || has_heads(lines, &chain)) {
        true => chain,
        false => Vec::new(),
    }
}

/// The longest run of numbers each of which is one more than the one before.
fn longest_count(numbers: &[(usize, u32)]) -> Vec<usize> {
    let mut ends: BTreeMap<u32, usize> = BTreeMap::new();
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    for (at, &(_, number)) in numbers.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|one| ends.get(&one).copied());
        let len = before.map_or(1, |before| runs[before].0 + 1);
        runs.push((len, before));
        if ends.get(&number).is_none_or(|&end| runs[end].0 < len) {
            ends.insert(number, at);
        }
    }
    let longest = (0..runs.len()).max_by_key(|&at| (runs[at].0, std::cmp::Reverse(at)));
    let mut chain = Vec::new();
    let mut end = longest;
    while let Some(at) = end {
        chain.push(numbers[at].0);
        end = runs[at].1;
    }
    chain.reverse();
    chain
}

/// Does one line stand before or behind most of these?
fn has_heads(lines: &[Line], numbers: &[usize]) -> bool {
    [1_isize, -1].into_iter().any(|step| {
        let mut beside: BTreeMap<&str, usize> = BTreeMap::new();
        let steps = numbers.iter().filter_map(|k| k.checked_add_signed(step));
        for line in steps.filter_map(|k| lines.get(k)) {
            *beside.entry(line.text.as_str()).or_default() += 1;
        }
        let recurring: usize = beside.values().filter(|&&n| n >= 2).sum();
        recurring >= 2 && 2 * recurring >= numbers.len()
    })
}

/// Do the lines from `first` to `last` stand in the middle of a sentence?
fn interrupts(lines: &[Line], first: usize, last: usize, layout: &Layout) -> bool {
    let Some(before) = first.checked_sub(1).map(|k| &lines[k]) else { return false };
    let Some(after) = lines.get(last + 1) else { return false };
    let (open, next) = (before.text.as_str(), after.text.as_str());
    !ends_sentence(open)
        && !is_label(next)
        && (next.starts_with(char::is_lowercase)
            || is_fragment(open)
            || before.text.as_str().chars().any(crate::text::script::is_han)
                && 2 * before.width >= layout.width)
}

/// Lines that are alike but for a number at their end or beginning, which counts the pages:
/// `Manual vi`, `Manual vii`; `Manual 3 / 6`. One word may count anything (`Step 1`), so it
/// needs two, and something that shows a page: a Roman number, the number of all pages, a
/// sentence that is broken there.
fn counted_lines(lines: &[Line], layout: &Layout) -> Vec<usize> {
    let mut alike: BTreeMap<(&str, bool), Vec<(usize, u32)>> = BTreeMap::new();
    for (k, line) in lines.iter().enumerate() {
        if let Some((name, number, tells)) = numbered_name(line.text.as_str()) {
            alike.entry((name, tells)).or_default().push((k, number));
        }
    }
    let mut found = Vec::new();
    for ((_, tells), places) in alike {
        let chain = longest_count(&places);
        let is_counted = chain.len() >= MIN_PAGES && 2 * chain.len() >= places.len();
        let breaks = || chain.iter().any(|&k| interrupts(lines, k, k, layout));
        if is_counted && (tells || breaks()) {
            found.extend(chain);
        }
    }
    found
}

/// A name with a number before or behind it, and whether the number is surely that of a page.
fn numbered_name(text: &str) -> Option<(&str, u32, bool)> {
    if text.len() > 120 || is_label(text) || ends_sentence(text) {
        return None;
    }
    let (name, number, tells) = match text.rsplit_once(' ') {
        Some((rest, last)) => match (roman(last), last.parse::<u32>()) {
            (Some(number), _) => (rest, number, true),
            (None, Ok(total)) => match rest.strip_suffix(" /").or(rest.strip_suffix('/'))
            {
                Some(rest) => {
                    let (name, page) = rest.trim_end().rsplit_once(' ')?;
                    let page: u32 = page.parse().ok()?;
                    (page <= total).then_some((name, page, true))?
                }
                None => (rest, total, false),
            },
            _ => {
                let (first, rest) = text.split_once(' ')?;
                match (roman(first), first.parse()) {
                    (Some(number), _) => (rest, number, true),
                    (None, Ok(number)) => (rest, number, false),
                    _ => return None,
                }
            }
        },
        None => return None,
    };
    let name = name.trim();
    let n_han = name.chars().filter(|&c| crate::text::script::is_han(c)).count();
    let is_name = n_han >= 3 || name.split_whitespace().count() >= 2;
    (is_name && !ends_sentence(name)).then_some((name, number, tells))
}

/// A small Roman number as front matter has them, up to 89.
fn roman(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 8 {
        return None;
    }
    let value = |c| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        _ => None,
    };
    let digits: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let signed = digits.iter().enumerate().map(|(k, &digit)| {
        let falls = digits.get(k + 1).is_some_and(|&next| next > digit);
        i64::from(digit) * if falls { -1 } else { 1 }
    });
    u32::try_from(signed.sum::<i64>()).ok().filter(|&number| number > 0)
}
