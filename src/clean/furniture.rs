//! What stands on every page and belongs to none: running heads, page numbers, document
//! symbols, job numbers, bar codes.
//!
//! Found by position and regularity, not by their words. A page ends at a form feed or at a
//! number that [counts the pages](pages); what recurs there from page to page is furniture,
//! and so are lines mostly of digits that stand alone beside it. What recurs elsewhere is text:
//! a listing, a clause. So is a sentence that begins a page twice, and a heading that the
//! contents name stays where it stands first. A text that shows no pages has no furniture.

mod looks;
mod pages;

use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxHashMap;

use super::contents::{is_entry, named};
use super::draft::Draft;
use super::footnotes::is_rule;
use super::layout::Layout;
use super::line::Line;
use super::punctuation::ends_sentence;
use crate::text::script::is_han;
use crate::types::LeftOutKind;
use looks::{is_fragment, is_label, is_symbol};
use pages::{EDGE, Pages, is_bare_number, page_number};

/// A line that recurs at this many edges of pages is a head, however long the text.
const MIN_PAGES: usize = 3;

/// Share of the places where a line stands that must be edges of pages.
const AT_EDGES: f64 = 0.6;

/// A running head may repeat the beginning of a line from the document's first lines.
const TITLE_LINES: usize = 12;

/// Shortest beginning of a title that counts as one, in characters.
const MIN_TITLE: usize = 8;

/// Share of the pages on which the line next to the page number must recur for a line there
/// that stands only once to be a head too.
const REGULAR: f64 = 0.6;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Running text.
    Text,
    /// `3/12`, `- 3 -`, `Page 3`, `第 3 页`, `Manual vi`.
    PageNumber,
    /// `3`: a page number only where something else says so.
    BareNumber,
    /// A line that is furniture beside a page number or a form feed.
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
        if let Some((start, end)) = edge(&draft.lines, &roles, at..end) {
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
    let pages = Pages::find(lines, layout);
    let heads = Heads::find(lines, &pages);
    (0..lines.len())
        .map(|k| {
            let line = &lines[k];
            let text = line.text.as_str();
            if pages.is_number(k) {
                Role::PageNumber
            } else if is_bare_number(text) {
                Role::BareNumber
            } else if line.width <= layout.width && !is_rule(text) && heads.contains(k) {
                Role::Head
            } else {
                Role::Text
            }
        })
        .collect()
}

/// The lines that are heads, if they stand at the edge of a page.
struct Heads<'a> {
    lines: &'a [Line],
    pages: &'a Pages,
    /// Where each text stands.
    places: FxHashMap<&'a str, Vec<usize>>,
    /// The first lines, whose beginnings heads repeat.
    titles: Vec<&'a str>,
    /// What the contents name.
    named: BTreeSet<&'a str>,
    /// Lines at the edges of pages that name part and section, where such lines stand on most
    /// pages: in columns of their own, or the part in the same words from page to page.
    columns: BTreeSet<usize>,
}

impl<'a> Heads<'a> {
    fn find(lines: &'a [Line], pages: &'a Pages) -> Self {
        let mut places: FxHashMap<&str, Vec<usize>> = HashMap::default();
        let texts = || lines.iter().map(|line| line.text.as_str());
        if pages.are_shown() {
            for (k, text) in texts().enumerate() {
                places.entry(text).or_default().push(k);
            }
        }
        let titles = texts().take(TITLE_LINES).filter(|text| !is_entry(text)).collect();
        let named = texts().filter_map(named).collect();
        let columns = BTreeSet::new();
        let mut heads = Self { lines, pages, places, titles, named, columns };
        heads.columns = heads.columns();
        let begun_alike = heads.begun_alike();
        heads.columns.extend(begun_alike);
        heads
    }

    fn text(&self, k: usize) -> &'a str {
        self.lines[k].text.as_str()
    }

    /// Is the line a head, wherever it stands?
    fn contains(&self, k: usize) -> bool {
        let Some(places) = self.places.get(self.text(k)) else { return false };
        if self.recurs(places) {
            return !self.is_heading(k, places);
        }
        let text = self.text(k);
        let may_head = is_symbol(text) || self.begins_title(text);
        k >= TITLE_LINES && may_head && self.pages.is_edge(k) || self.columns.contains(&k)
    }

    /// Does a line recur at the edges of pages, and hardly elsewhere?
    fn recurs(&self, places: &[usize]) -> bool {
        let text = self.text(places[0]);
        let at_edges = places.iter().filter(|&&k| self.pages.is_edge(k)).count();
        // The title may stand where it belongs.
        let elsewhere = places.len() - at_edges;
        let elsewhere = elsewhere - usize::from(places[0] < TITLE_LINES).min(elsewhere);
        let is_often = at_edges >= MIN_PAGES;
        let is_regular = at_edges >= 2 && 2 * at_edges >= self.pages.len();
        let is_position = at_edges as f64 >= AT_EDGES * (at_edges + elsewhere) as f64;
        let may_recur = match () {
            () if is_fragment(text) || ends_sentence(text) => is_often && is_regular,
            () if is_label(text) && !is_symbol(text) => is_often,
            () => is_often || is_regular,
        };
        is_position && may_recur
    }

    /// Is this place of a head the heading or the title that the others repeat?
    fn is_heading(&self, k: usize, places: &[usize]) -> bool {
        let is_named = self.named.contains(self.text(k));
        let is_first = match is_named {
            // The contents may name it in the same words.
            true => places.iter().take(2).any(|&place| place == k),
            false => places[0] == k,
        };
        let is_title = k < TITLE_LINES && !self.pages.is_edge(k);
        is_first && (is_named || is_title) && !self.is_inside_sentence(k)
    }

    /// Does the page break the sentence that this line stands in?
    fn is_inside_sentence(&self, k: usize) -> bool {
        let is_text = |&k: &usize| !self.is_number(k);
        let before = (0..k).rev().take(EDGE).find(is_text);
        let after = (k + 1..self.lines.len()).take(EDGE).find(is_text);
        let is_open = before.is_some_and(|k| !ends_sentence(self.text(k)));
        let goes_on = after.is_some_and(|k| self.text(k).starts_with(char::is_lowercase));
        is_open && (goes_on || before.is_some_and(|k| is_fragment(self.text(k))))
    }

    fn begins_title(&self, text: &str) -> bool {
        let repeats = |title: &&str| {
            title.strip_prefix(text).is_some_and(|rest| {
                // An entry of the contents is no title.
                !rest.trim().chars().all(|c| c.is_ascii_digit() || c == '.')
            })
        };
        text.chars().count() >= MIN_TITLE
            && !is_label(text)
            && self.titles.iter().any(repeats)
    }

    /// The first lines of pages that begin as that of the page before or behind, where most
    /// pages have one: `CHAPTER 2. PUMPS 2.1. METERS`, `CHAPTER 2. PUMPS 2.2. VALVES`.
    fn begun_alike(&self) -> Vec<usize> {
        let firsts: Vec<usize> = self
            .pages
            .feeds()
            .filter_map(|k| (k..self.lines.len()).take(2).find(|&k| !self.is_number(k)))
            .collect();
        let alike: Vec<bool> = firsts
            .windows(2)
            .map(|pair| begin_alike(self.text(pair[0]), self.text(pair[1])))
            .collect();
        let is_alike = |at: usize| {
            let before = at.checked_sub(1).is_some_and(|at| alike[at]);
            let is_title = |at: usize| {
                // The title itself may open the first of the pages that repeat it.
                let (text, next) = (self.text(firsts[at]), self.text(firsts[at + 1]));
                self.named.contains(text)
                    || next.len() > text.len() && next.starts_with(text)
            };
            before || alike.get(at) == Some(&true) && !is_title(at)
        };
        let found: Vec<usize> =
            (0..firsts.len()).filter(|&at| is_alike(at)).map(|at| firsts[at]).collect();
        let is_regular = found.len() > MIN_PAGES
            && found.len() as f64 >= REGULAR * self.pages.feeds().count() as f64;
        if is_regular { found } else { Vec::new() }
    }

    fn is_number(&self, k: usize) -> bool {
        self.pages.is_number(k) || is_bare_number(self.text(k))
    }

    /// See [`Heads::columns`] the field.
    fn columns(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for step in [1_isize, -1] {
            let beside: Vec<usize> = self
                .pages
                .numbers()
                .filter_map(|k| k.checked_add_signed(step))
                .filter(|&k| k < self.lines.len() && !self.pages.is_number(k))
                .collect();
            let n_recurring = beside
                .iter()
                .filter(|&&k| {
                    self.places.get(self.text(k)).is_some_and(|p| self.recurs(p))
                })
                .count();
            if n_recurring >= 2 && n_recurring as f64 >= REGULAR * beside.len() as f64 {
                found.extend(beside.into_iter().filter(|&k| has_columns(self.text(k))));
            }
        }
        found
    }
}

/// Do both lines begin with the same words, and go on in different ones or end alike?
fn begin_alike(one: &str, other: &str) -> bool {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other);
    let len: usize = same.map(|(c, _)| c.len_utf8()).sum();
    // What only the number of a unit parts is its label: `Schedule 1`, `Schedule 2`.
    let name = one[..len].trim_end_matches(|c: char| !c.is_alphabetic());
    let n_han = name.chars().filter(|&c| is_han(c)).count();
    name.chars().count() >= MIN_TITLE && (name.contains(' ') || 2 * n_han >= MIN_TITLE)
}

/// Do wide blanks part the text, as in `CHAPTER 2. PUMPS    2.1. METERS`?
fn has_columns(text: &str) -> bool {
    !ends_sentence(text) && (text.contains("   ") || text.contains('\t'))
}

/// The part of a run of recurring lines that is the edge of a page, if it is one.
fn edge(
    lines: &[Line],
    roles: &[Role],
    run: std::ops::Range<usize>,
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
    let run = &roles[start..end];
    let n_heads = run.iter().filter(|&&role| role == Role::Head).count();
    // The first page may have no number; one head alone may be the masthead.
    let is_edge =
        run.contains(&Role::PageNumber) || has_feed && n_heads > 0 || n_heads >= 2;
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
        let kept = lines(Side::En, &text);
        assert!(kept.iter().all(|l| l.starts_with("the registrar")), "{kept:#?}");
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
    fn heads_that_name_part_and_section_go() {
        let heads = ["PART 1. VAULTS 1.1. WHICH DOOR?", "PART 1. VAULTS 1.2. KEYS"];
        let page = |head: &str, k: usize| {
            let body = pages(1, |_| String::new());
            format!("{head}\n{body}{k}\n\u{c}")
        };
        let text: String = (0..6).map(|k| page(heads[k / 3], k + 1)).collect();
        let text = format!("Vaults\n{}1\n\u{c}{text}", pages(1, |_| String::new()));
        let kept = lines(Side::En, &text);
        assert!(kept.iter().all(|line| !line.starts_with("PART")), "{kept:#?}");
        let rules: String =
            (1..7).map(|k| page(&format!("Schedule {}", k * k), k)).collect();
        let kept = lines(Side::En, &format!("Vaults\n\u{c}{rules}"));
        assert_eq!(kept.iter().filter(|line| line.starts_with("Schedule")).count(), 6);
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
        let kept = lines(Side::En, &text);
        assert!(kept.iter().all(|l| l.starts_with("the registrar")), "{kept:#?}");
        let articles = pages(4, |page| format!("\u{c}Article {page}\n"));
        assert_eq!(lines(Side::En, &articles).len(), 40);
    }

    #[test]
    fn heads_with_the_page_in_a_column_go_whatever_their_words() {
        let vaults = ["North vault", "South vault", "Old vault", "Reading room"];
        let text: String = (0..8)
            .map(|page| {
                let (number, vault) = (page + 7, vaults[page / 2]);
                let head = match page % 2 {
                    0 => format!("{number}    Part {}. {vault}", page / 2 + 1),
                    _ => format!("{vault}    {number}"),
                };
                let deed = ["oak", "elm", "ash", "fir", "yew", "bay", "fig", "box"][page];
                format!("{head}\nThe {deed} deed is kept.\nIts box is of {deed}.\n\u{c}")
            })
            .collect();
        let kept = lines(Side::En, &text);
        assert_eq!(kept.len(), 16, "{kept:#?}");
        // Tables that open a page each are text.
        let text: String = (0..7)
            .map(|n| {
                let deed = ["Oak", "Elm", "Ash", "Fir", "Yew", "Bay", "Fig"][n];
                format!("{deed}    {}\n\u{c}", n * n + 1)
            })
            .collect();
        assert_eq!(lines(Side::En, &text).len(), 7);
    }

    #[test]
    fn a_number_alone_is_no_page() {
        let text = "The parties met.\n12\nThey signed.\n";
        assert_eq!(lines(Side::En, text).len(), 3);
    }

    #[test]
    fn numbers_on_lines_of_their_own_count_pages_that_have_heads() {
        let body = |page: usize| {
            format!(
                "The registrar keeps deed {page}.\nHe signs.\nReaders come.\nThe vault\n"
            )
        };
        let text: String = (1..=4)
            .map(|page| {
                format!("{}\n{page}\nArchive Report\n\nis closed at five.\n", body(page))
            })
            .collect();
        let kept = lines(Side::En, &format!("Archive Report\n{text}"));
        assert!(!kept.iter().any(|l| l.parse::<u32>().is_ok()), "{kept:#?}");
        assert_eq!(kept.iter().filter(|l| *l == "Archive Report").count(), 1);
        assert_eq!(kept[0], "Archive Report");
    }

    #[test]
    fn heads_with_roman_numbers_go_the_first_too() {
        let text: String = ["iii", "iv", "v", "vi"]
            .map(|page| {
                format!(
                    "Archive Manual {page}\nDeed {page} is kept.\nIt is {page} old.\n"
                )
            })
            .concat();
        assert_eq!(lines(Side::En, &text).len(), 8);
        let steps = "Work Step 1\nOpen.\nWork Step 2\nRead.\nWork Step 3\nClose.\n";
        assert_eq!(lines(Side::En, steps).len(), 6);
    }

    #[test]
    fn a_clause_that_begins_two_pages_is_text() {
        let clause = "or by any other person who acts on behalf of the archive\n";
        let text = pages(9, |page| match page {
            2 | 6 => format!("{page}/9\n{clause}"),
            _ => format!("{page}/9\n"),
        });
        let kept = lines(Side::En, &text);
        assert_eq!(kept.iter().filter(|l| *l == clause.trim()).count(), 2);
    }

    #[test]
    fn lines_of_listings_recur_and_stay() {
        let text = pages(6, |page| {
            format!("    status:   open\n    lamp:     on\n    shelf:    {page}\n\n")
        });
        assert_eq!(lines(Side::En, &text).len(), 6 * 12);
        let paged = pages(6, |page| {
            format!("    lamp:     on\nThe end.\nSo be it.\nIt is.\nYes.\n{page}/6\n")
        });
        let n_lamps =
            lines(Side::En, &paged).iter().filter(|l| l.starts_with("lamp")).count();
        assert_eq!(n_lamps, 6);
    }

    #[test]
    fn heads_that_name_the_section_go() {
        let text = pages(6, |page| {
            let section = if page < 4 { "1.1. DEEDS" } else { "1.2. MAPS" };
            format!("{page}\nCHAPTER 1. KEEPING    {section}\n\nin the vault;\n")
        });
        let kept = lines(Side::En, &text);
        assert!(!kept.iter().any(|l| l.starts_with("CHAPTER")), "{kept:#?}");
    }

    #[test]
    fn a_heading_at_a_page_top_that_the_contents_name_stays_where_it_stands_first() {
        let foot = |page: usize| match page {
            1 => "\nArchive Book 2 / 5\n\n2 Maps\n".to_owned(),
            _ => format!("\nArchive Book {} / 5\n\nof all.\n", page + 1),
        };
        let text = format!("Contents\n1 Deeds 1\n2 Maps 2\n{}", pages(4, foot));
        let kept = lines(Side::En, &text);
        assert!(kept.contains(&"2 Maps".to_owned()), "{kept:#?}");
        assert!(!kept.iter().any(|l| l.starts_with("Archive Book")));
    }
}
