//! What stands on every page and belongs to none: running heads, page numbers, document
//! symbols, job numbers, bar codes.
//!
//! Found by repetition and position, not by their words. Where a page number, a form feed or
//! lines that recur from page to page meet, there is the edge of a page; whatever recurs at
//! such edges is furniture, and so are lines mostly of digits that stand alone beside it.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::contents::is_entry;
use super::footnotes::is_rule;
use super::{Draft, Layout, Line, ends_sentence};
use crate::numbering::label_at;
use crate::types::LeftOutKind;

/// Lines that recur at a smaller distance are no running heads, in lines: the page they stand
/// on would be shorter than any.
const SHORTEST_PAGE: usize = 8;

/// Without a page number or form feed beside it, a line must recur this often.
const MIN_PAGES: usize = 3;

/// A running head may repeat the beginning of a line from the document's first lines.
const TITLE_LINES: usize = 12;

/// The furniture of a page stands within so many lines of its number.
const EDGE: usize = 4;

/// The furniture of a page that is cut by form feeds stands within so many lines of them.
const FED_EDGE: usize = 2;

/// Shortest beginning of a title that counts as one, in characters.
const MIN_TITLE: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Running text.
    Text,
    /// `3/12`, `- 3 -`, `Page 3`, `第 3 页`.
    PageNumber,
    /// `3`: a page number only where something else says so.
    BareNumber,
    /// A line that recurs from page to page; how often.
    Recurs(usize),
    /// A line that is furniture only beside a page number.
    Head,
}

pub(super) fn remove(draft: &mut Draft, layout: &Layout) {
    let roles = roles(&draft.lines, layout);
    let mut is_furniture = vec![false; draft.lines.len()];
    let mut at = 0;
    while at < roles.len() {
        if roles[at] == Role::Text {
            at += 1;
            continue;
        }
        let end = at + roles[at..].iter().take_while(|&&role| role != Role::Text).count();
        if let Some((start, end)) = edge(&draft.lines, &roles, at..end, layout) {
            is_furniture[start..end].fill(true);
            let start = beside(&draft.lines, start, layout);
            is_furniture[start..end].fill(true);
        }
        at = end;
    }
    drop_lines(draft, &is_furniture);
}

fn drop_lines(draft: &mut Draft, is_furniture: &[bool]) {
    let places = is_furniture.iter().filter(|&&gone| gone).count();
    let first = draft.lines.iter().zip(is_furniture).find(|(_, gone)| **gone);
    let first = first.map(|(line, _)| line.number);
    let mut kept = Vec::with_capacity(draft.lines.len() - places);
    let mut page_break = false;
    for (mut line, gone) in std::mem::take(&mut draft.lines).into_iter().zip(is_furniture)
    {
        if *gone {
            draft.remove_all(kind(line.text.as_str()), &line.text);
            page_break = true;
        } else {
            line.page_break |= std::mem::take(&mut page_break);
            kept.push(line);
        }
    }
    draft.lines = kept;
    draft.report("page furniture", places, first);
}

/// What a line of furniture is.
fn kind(text: &str) -> LeftOutKind {
    if is_bare_number(text) || page_number(text).is_some() {
        LeftOutKind::PageNumber
    } else if is_rule(text) {
        LeftOutKind::Ornament
    } else {
        LeftOutKind::RunningHead
    }
}

fn roles(lines: &[Line], layout: &Layout) -> Vec<Role> {
    let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (k, line) in lines.iter().enumerate() {
        places.entry(line.text.as_str()).or_default().push(k);
    }
    let page_numbers = page_numbers(lines);
    let mut fed = fed_numbers(lines);
    fed.extend(fed_lines(lines));
    let heads: Vec<&str> = lines
        .iter()
        .take(TITLE_LINES)
        .map(|line| line.text.as_str())
        .filter(|text| !is_entry(text))
        .collect();
    let is_beside_number = |k: usize| {
        let from = page_numbers.range(k.saturating_sub(EDGE)..);
        from.take(1).any(|(&at, _)| at <= k + EDGE)
    };
    lines
        .iter()
        .enumerate()
        .map(|(k, line)| {
            let text = line.text.as_str();
            if page_numbers.contains_key(&k) || fed.contains(&k) {
                return Role::PageNumber;
            }
            if is_bare_number(text) {
                return Role::BareNumber;
            }
            if line.width > layout.width || is_rule(text) {
                return Role::Text;
            }
            let places = &places[text];
            let spread = places.windows(2).all(|p| p[1] - p[0] >= SHORTEST_PAGE);
            let at_edges = places.iter().filter(|&&k| is_beside_number(k)).count();
            let is_textlike = is_label(text) || ends_sentence(text);
            let may_head = is_symbol(text) || begins_title(text, &heads);
            if places.len() >= 2 && spread && !is_textlike {
                Role::Recurs(places.len())
            } else if k >= TITLE_LINES && may_head
                || at_edges >= 2 && 2 * at_edges >= places.len()
            {
                Role::Head
            } else {
                Role::Text
            }
        })
        .collect()
}

/// The part of a run of recurring lines that is the edge of a page, if it is one.
fn edge(
    lines: &[Line],
    roles: &[Role],
    run: std::ops::Range<usize>,
    layout: &Layout,
) -> Option<(usize, usize)> {
    let (mut start, mut end) = (run.start, run.end);
    // A bare number may be the mark of a note: it goes only from between lines that recur.
    while start < end && roles[start] == Role::BareNumber {
        start += 1;
    }
    while start < end && roles[end - 1] == Role::BareNumber {
        end -= 1;
    }
    let has_feed = lines[start..end].iter().any(|line| line.page_break)
        || lines.get(end).is_some_and(|line| line.page_break);
    let is_numbered = roles.iter().filter(|&&role| role == Role::PageNumber).count() >= 2;
    let run = &roles[start..end];
    let has_number = run.contains(&Role::PageNumber);
    let recurring = run.iter().filter(|role| matches!(role, Role::Recurs(_))).count();
    let often = run.iter().any(|role| matches!(role, Role::Recurs(n) if *n >= MIN_PAGES));
    let stands_apart =
        lines[start..end].iter().any(|line| line.blanks > layout.inner_blanks);
    // Where pages are numbered, a single line that recurs elsewhere may be the masthead.
    let is_edge = has_number
        || has_feed && recurring > 0
        || layout.is_wrapped && often && (recurring >= 2 || stands_apart && !is_numbered);
    (is_edge && start < end).then_some((start, end))
}

/// Where the furniture begins that stands alone in front of the edge `at`: from the first of
/// the short separate lines there that is mostly digits.
fn beside(lines: &[Line], at: usize, layout: &Layout) -> usize {
    let mut start = at;
    let mut k = at;
    while k > 0 && at - k < 6 {
        k -= 1;
        let line = &lines[k];
        let text = line.text.as_str();
        let alone = line.blanks > layout.inner_blanks
            && lines.get(k + 1).is_none_or(|next| next.blanks > layout.inner_blanks);
        let short = 2 * line.width < layout.width;
        if !alone
            || !short
            || ends_sentence(text)
            || is_bare_number(text)
            || is_label(text)
        {
            break;
        }
        if is_mostly_digits(text) {
            start = k;
        }
    }
    start
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
fn page_number(text: &str) -> Option<(u32, Option<u32>)> {
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

fn is_bare_number(text: &str) -> bool {
    text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_label(text: &str) -> bool {
    crate::types::Side::BOTH.into_iter().any(|side| label_at(side, text).is_some())
}

/// One word of capitals, digits and strokes: A/C.3/68/L.5.
fn is_symbol(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.matches('/').count() >= 2
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')')
        && text
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "/.-()".contains(c))
}

fn begins_title(text: &str, heads: &[&str]) -> bool {
    text.chars().count() >= MIN_TITLE && heads.iter().any(|head| head.starts_with(text))
}

fn is_mostly_digits(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 4 && digits > letters
}

#[cfg(test)]
mod tests {
    use crate::clean::tests::{cleaned, lines};
    use crate::types::Side;

    /// Pages of a wrapped text, each followed by what `foot(page)` gives.
    fn pages(n: usize, foot: impl Fn(usize) -> String) -> String {
        (1..=n)
            .map(|page| {
                let body: String = (0..9)
                    .map(|k| {
                        format!(
                            "the registrar of archives keeps volume {page}{k} of the \
                                 inventory under\n"
                        )
                    })
                    .collect();
                body + &foot(page)
            })
            .collect()
    }

    #[test]
    fn running_heads_swapped_from_page_to_page_go_with_the_page_numbers() {
        let text = pages(4, |page| match page % 2 {
            0 => format!(
                "\n{page}/4\n\nKeeping of the archives\nof small islands\n\nA/99/77\n\n"
            ),
            _ => format!(
                "{page}/4\n\nA/99/77\n\nKeeping of the archives\nof small islands\n\n"
            ),
        });
        let clean = cleaned(Side::En, &text);
        assert!(clean.lines.iter().all(|l| l.text.as_str().starts_with("the registrar")));
        assert_eq!(clean.lines.iter().filter(|l| l.page_break).count(), 3);
    }

    #[test]
    fn job_number_and_bar_code_beside_the_running_head_go() {
        let text = pages(3, |page| {
            match page {
            1 => "\n99-12345 (E)\n\n*9912345*\n\nPlease recycle\n\nKeeping of archives\n\nA/99/77\n\n".into(),
            _ => format!("\n{page}/3\n\nKeeping of archives\n\nA/99/77\n\n"),
        }
        });
        assert!(lines(Side::En, &text).iter().all(|l| l.starts_with("the registrar")));
    }

    #[test]
    fn a_numbered_line_beside_the_running_head_stays() {
        let text = pages(3, |page| {
            format!("\n{page}. A/70/619 and 23\n\n{page}/3\n\nKeeping of archives\n\n")
        });
        let kept = lines(Side::En, &text);
        assert!(kept.contains(&"2. A/70/619 and 23".to_owned()), "{kept:#?}");
    }

    #[test]
    fn what_recurs_inside_the_text_stays() {
        let law: String = (1..30)
            .map(|n| format!("第 {n} 條\n（刪除）\n本條例施行前，已依規定辦理登記者，仍依原規定辦理。\n"))
            .collect();
        assert_eq!(lines(Side::Zh, &law).len(), 87);
    }

    #[test]
    fn a_heading_that_the_contents_name_is_no_running_head() {
        let contents = "Charter of archives\nContents\nPart 1: Keeping the archives ........ 2\n\
                        Part 2: Opening the archives ........ 3\n1/3\n";
        let heads = ["Part 1: Keeping the archives\n", "Part 2: Opening the archives\n"];
        let foot = |page: usize| match page {
            1 => format!("2/3\n{}", heads[1]),
            _ => "3/3\n".to_owned(),
        };
        let text = pages(2, foot);
        let kept = lines(Side::En, &format!("{contents}{}{text}", heads[0]));
        assert!(
            heads.iter().all(|head| kept.contains(&head.trim().to_owned())),
            "{kept:#?}"
        );
    }

    #[test]
    fn a_line_that_counts_the_pages_goes() {
        let text =
            pages(4, |page| format!("5/6/26, 5:10 PM archives.html {page}/4\n\u{c}"));
        assert!(lines(Side::En, &text).iter().all(|l| l.starts_with("the registrar")));
        let articles = pages(4, |page| format!("\u{c}Article {page}\n"));
        assert_eq!(lines(Side::En, &articles).len(), 40);
    }

    #[test]
    fn a_number_alone_is_no_page() {
        let text = "The parties met.\n12\nThey signed.\n";
        assert_eq!(lines(Side::En, text).len(), 3);
    }
}
