//! The numbers that Word counts: `numbering.xml`, ECMA-376 part 1, 17.9.

use std::collections::{BTreeMap, BTreeSet};

use super::styles::Style;
use crate::read::counting::Counting;
use crate::read::xml::Element;

/// Levels of a list, 0 to 8 (17.9.3).
const LEVELS: usize = 9;

/// The most characters of a number with its marks: each paragraph of the list repeats them.
/// Word takes no more than 255, and no list has a tenth of them.
const MOST_TEXT: usize = 64;

#[derive(Clone, Debug)]
struct LevelFormat {
    start: u32,
    counting: Counting,
    /// The number with its marks, `第%1条`.
    text: String,
    /// What stands between number and text.
    gap: &'static str,
    /// The level whose next number begins this one anew, from 1; 0 for none.
    restart: Option<usize>,
    /// Are the numbers of the levels above decimal whatever they are there?
    is_legal: bool,
    /// The style whose paragraphs belong to the level.
    style: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct List {
    /// The list it shares its count with.
    counter: String,
    levels: BTreeMap<usize, LevelFormat>,
    /// Levels that begin anew where the list is first used.
    overrides: BTreeMap<usize, u32>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: BTreeMap<String, List>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: BTreeSet<(String, usize)>,
}

impl Numbering {
    pub(super) fn new(root: Option<&Element>) -> Self {
        let Some(root) = root else { return Self::default() };
        let named =
            |name: &'static str| root.elements().filter(move |e| &*e.name == name);
        let mut abstracts: BTreeMap<&str, &Element> = BTreeMap::new();
        let mut by_style: BTreeMap<&str, &str> = BTreeMap::new();
        for list in named("abstractNum") {
            let Some(id) = list.get("abstractNumId") else { continue };
            abstracts.insert(id, list);
            if let Some(style) = list.child("styleLink").and_then(|s| s.get("val")) {
                by_style.insert(style, id);
            }
        }
        let mut lists = BTreeMap::new();
        for num in named("num") {
            let Some(id) = num.get("numId") else { continue };
            let counter = num.child("abstractNumId").and_then(|a| a.get("val"));
            let mut counter = counter.unwrap_or_default();
            let link = abstracts.get(counter).and_then(|list| list.child("numStyleLink"));
            if let Some(style) = link.and_then(|link| link.get("val"))
                && let Some(linked) = by_style.get(style)
            {
                counter = linked;
            }
            lists.insert(
                id.to_owned(),
                list(num, counter, abstracts.get(counter).copied()),
            );
        }
        Self { lists, ..Self::default() }
    }

    /// Counts a paragraph; its number with the gap behind it, empty for a bullet. `None` for a
    /// paragraph of no list.
    pub(super) fn next(
        &mut self,
        direct: Option<&Element>,
        style: &Style,
    ) -> Option<String> {
        let value =
            |name: &str| direct.and_then(|d| d.child(name)).and_then(|e| e.get("val"));
        let id = value("numId").or(style.list.as_deref())?;
        let level = value("ilvl").and_then(|level| level.parse().ok());
        let level = level.or(style.level);
        let list = self.lists.get(id)?;
        let level: usize = level.or_else(|| list.level_of(style)).unwrap_or(0);
        let format = list.levels.get(&level)?;
        let counts = self.counts.entry(list.counter.clone()).or_default();
        if let Some(&start) = list.overrides.get(&level)
            && self.begun.insert((id.to_owned(), level))
        {
            counts[level] = start.checked_sub(1);
        }
        counts[level] = Some(match counts[level] {
            Some(count) => count.saturating_add(1),
            None if list.overrides.get(&level) == Some(&0) => 0,
            None => format.start,
        });
        for (below, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restart = list.levels.get(&below).and_then(|level| level.restart);
            if restart.is_none_or(|above| above > level) {
                *count = None;
            }
        }
        Some(list.written(level, counts))
    }
}

impl List {
    /// The level that a style is tied to.
    fn level_of(&self, style: &Style) -> Option<usize> {
        let id = style.id.as_deref()?;
        let is_of = |level: &LevelFormat| level.style.as_deref() == Some(id);
        self.levels.iter().find(|(_, level)| is_of(level)).map(|(&at, _)| at)
    }

    fn written(&self, at: usize, counts: &[Option<u32>; LEVELS]) -> String {
        let level = &self.levels[&at];
        if level.counting == Counting::None && !level.text.contains('%') {
            return String::new();
        }
        let mut out = String::new();
        let mut chars = level.text.chars().peekable();
        while let Some(c) = chars.next() {
            let digit = chars.peek().and_then(|c| c.to_digit(10)).filter(|_| c == '%');
            let Some(of) = digit.and_then(|digit| (digit as usize).checked_sub(1)) else {
                out.push(c);
                continue;
            };
            chars.next();
            let Some(other) = self.levels.get(&of) else { continue };
            let count = counts[of.min(LEVELS - 1)].unwrap_or(other.start);
            let counting = if level.is_legal && of != at {
                Counting::Decimal
            } else {
                other.counting
            };
            out.push_str(&counting.write(count));
        }
        if out.trim().is_empty() { String::new() } else { out + level.gap }
    }
}

fn list(num: &Element, counter: &str, shared: Option<&Element>) -> List {
    let mut list = List { counter: counter.to_owned(), ..List::default() };
    let of = |parent: &Element, list: &mut List| {
        for level in parent.elements().filter(|e| &*e.name == "lvl") {
            if let Some(at) = level.number("ilvl").filter(|&at| at < LEVELS) {
                list.levels.insert(at, read_level(level));
            }
        }
    };
    if let Some(shared) = shared {
        of(shared, &mut list);
    }
    for change in num.elements().filter(|e| &*e.name == "lvlOverride") {
        of(change, &mut list);
        let start = change.child("startOverride").and_then(|s| s.number("val"));
        let at = change.number("ilvl").filter(|&at| at < LEVELS);
        if let (Some(at), Some(start)) = (at, start) {
            list.overrides.insert(at, start);
        }
    }
    list
}

fn read_level(level: &Element) -> LevelFormat {
    let value = |name: &str| level.child(name).and_then(|e| e.get("val"));
    let counting = Counting::of_word(value("numFmt").unwrap_or("decimal"));
    LevelFormat {
        start: value("start").and_then(|start| start.parse().ok()).unwrap_or(0),
        counting,
        text: value("lvlText").unwrap_or_default().chars().take(MOST_TEXT).collect(),
        gap: if value("suff") == Some("nothing") { "" } else { " " },
        restart: value("lvlRestart").and_then(|level| level.parse().ok()),
        is_legal: level.child("isLgl").is_some(),
        style: value("pStyle").map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::xml::parse;

    const LISTS: &str = "<numbering><abstractNum abstractNumId='0'>\
        <lvl ilvl='0'><start val='1'/><numFmt val='chineseCountingThousand'/><lvlText val='第%1条'/></lvl>\
        <lvl ilvl='1'><start val='1'/><numFmt val='chineseCounting'/><lvlText val='（%2）'/><suff val='nothing'/></lvl>\
        <lvl ilvl='2'><start val='1'/><numFmt val='decimal'/><isLgl/><lvlText val='%1.%3'/></lvl></abstractNum>\
        <abstractNum abstractNumId='1'><lvl ilvl='0'><start val='1'/><numFmt val='bullet'/><lvlText val='•'/></lvl></abstractNum>\
        <num numId='1'><abstractNumId val='0'/></num>\
        <num numId='2'><abstractNumId val='0'/><lvlOverride ilvl='0'><startOverride val='1'/></lvlOverride></num>\
        <num numId='3'><abstractNumId val='1'/></num></numbering>";

    fn numbers(paragraphs: &[(&str, usize)]) -> Vec<Option<String>> {
        let mut numbering = Numbering::new(Some(&parse(LISTS.as_bytes()).unwrap()));
        let next = |&(id, level): &(&str, usize)| {
            let direct =
                format!("<numPr><numId val='{id}'/><ilvl val='{level}'/></numPr>");
            let direct = parse(direct.as_bytes()).unwrap();
            numbering.next(Some(&direct), &Style::default())
        };
        paragraphs.iter().map(next).collect()
    }

    fn some(number: &str) -> Option<String> {
        Some(number.to_owned())
    }

    #[test]
    fn articles_count_on_and_their_items_begin_anew() {
        assert_eq!(
            numbers(&[("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1), ("1", 2)]),
            ["第一条 ", "（一）", "（二）", "第二条 ", "（一）", "2.1 "].map(some)
        );
    }

    #[test]
    fn a_list_begins_anew_where_it_says_so() {
        let found = numbers(&[("1", 0), ("1", 0), ("2", 0), ("2", 0)]);
        assert_eq!(found, ["第一条 ", "第二条 ", "第一条 ", "第二条 "].map(some));
    }

    #[test]
    fn bullets_are_not_numbers() {
        assert_eq!(numbers(&[("3", 0), ("0", 0)]), [some(""), None]);
    }
}
