//! OpenDocument texts: `.odt` of LibreOffice, OpenDocument 1.3.
//!
//! As with Word: numbers written out, deleted and hidden text out, contents pages out, notes
//! last and tied to what cites them.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;
use super::archive::Archive;
use super::counting::Counting;
use super::flow::{BREAK, Flow, Piece, raise, tidy};
use super::xml::{self, Element, Node};
use crate::types::{BlockKind, LeftOutKind};

/// The paragraphs of an OpenDocument text.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Flow, Problem> {
    if let Some(manifest) = archive.part("META-INF/manifest.xml")?
        && manifest.windows(16).any(|window| window == b":encryption-data")
    {
        return Err(Problem::Locked);
    }
    let content = xml::parse(&archive.needed("content.xml")?)?;
    let styles =
        archive.part("styles.xml")?.map(|bytes| xml::parse(&bytes)).transpose()?;
    let mut lists = Lists::default();
    for root in styles.iter().chain([&content]) {
        lists.learn(root);
    }
    let Some(text) = content.at(&["body", "text"]) else {
        return Err(Problem::damaged("it is no text but another kind of document"));
    };
    let mut faces = Faces::default();
    styles.iter().chain([&content]).for_each(|root| faces.learn(root));
    let (notes, ledger) = Default::default();
    let mut reader = OdtReader { lists, faces, n_notes: 0, notes, n_cells: 0, ledger };
    let mut flow = Flow::default();
    reader.blocks(text, &mut flow, &mut None)?;
    flow.append(reader.notes);
    flow.append(reader.ledger);
    flow.name_part("content.xml");
    if let Some(styles) = &styles {
        let mut heads = Flow::default();
        let mut pages = Vec::new();
        styles.all("master-page", &mut pages);
        for page in pages {
            let mut paragraphs = Vec::new();
            page.all("p", &mut paragraphs);
            for p in paragraphs {
                heads.leave_out(LeftOutKind::RunningHead, None, &p.text());
            }
        }
        heads.name_part("styles.xml");
        flow.append(heads);
    }
    Ok(flow)
}

/// The most cells of all tables, repeated ones counted.
const MOST_CELLS: usize = 500_000;

/// Levels of a list, 1 to 10.
const LEVELS: usize = 10;

/// How the numbers of one level are written.
#[derive(Clone, Debug)]
struct NumberFormat {
    counting: Counting,
    before: String,
    after: String,
    start: u32,
    /// How many levels the number shows: 2 for `3.1`.
    shown: usize,
    /// The number with its marks, `第%1%条`, where a newer file says so.
    format: Option<String>,
}

type Levels = BTreeMap<usize, NumberFormat>;
type Counts = [Option<u32>; LEVELS + 1];

/// How the lists and headings of a document are numbered, and how far each has counted.
#[derive(Debug, Default)]
struct Lists {
    styles: BTreeMap<String, Levels>,
    outline: Levels,
    outline_counts: Counts,
    /// The list style and the parent of each paragraph style.
    of_paragraph: BTreeMap<String, (Option<String>, Option<String>)>,
    counts: Vec<Counts>,
    by_id: BTreeMap<String, usize>,
    last_of_style: BTreeMap<String, usize>,
}

/// The place of a paragraph in a list.
#[derive(Clone, Debug)]
struct ListPlace {
    style: String,
    /// Which of [`Lists::counts`] it counts on.
    counter: usize,
    level: usize,
    /// Is its number still to be written, and with which value if not the next?
    due: bool,
    start: Option<u32>,
}

impl Lists {
    fn learn(&mut self, element: &Element) {
        for child in element.elements() {
            let name = child.get("name").unwrap_or_default().to_owned();
            match &*child.name {
                "list-style" => {
                    self.styles.insert(name, levels(child));
                }
                "outline-style" => self.outline = levels(child),
                "style" => {
                    let list =
                        child.get("list-style-name").filter(|list| !list.is_empty());
                    let parent = child.get("parent-style-name").map(str::to_owned);
                    self.of_paragraph.insert(name, (list.map(str::to_owned), parent));
                }
                "styles" | "automatic-styles" => self.learn(child),
                _ => {}
            }
        }
    }

    /// The list style that a paragraph style brings along.
    fn style_of(&self, paragraph: Option<&str>) -> Option<String> {
        let mut name = paragraph?;
        for _ in 0..16 {
            let (list, parent) = self.of_paragraph.get(name)?;
            if list.is_some() {
                return list.clone();
            }
            name = parent.as_deref()?;
        }
        None
    }

    /// The counter of a list on the top level: its own, or that of the list it goes on with.
    fn counter(&mut self, list: &Element, style: &str) -> usize {
        let continued = match list.get("continue-list") {
            Some(id) => self.by_id.get(id).copied(),
            None if list.get("continue-numbering") == Some("true") => {
                self.last_of_style.get(style).copied()
            }
            None => None,
        };
        let counter = continued.unwrap_or_else(|| {
            self.counts.push(Counts::default());
            self.counts.len() - 1
        });
        if let Some(id) = list.get("id") {
            self.by_id.insert(id.to_owned(), counter);
        }
        self.last_of_style.insert(style.to_owned(), counter);
        counter
    }

    /// Counts an item; its number with a blank behind it, empty for a bullet.
    fn next(&mut self, place: &ListPlace) -> String {
        let Some(levels) = self.styles.get(&place.style) else { return String::new() };
        count(levels, &mut self.counts[place.counter], place.level, place.start)
    }

    fn next_heading(&mut self, level: usize) -> String {
        count(&self.outline, &mut self.outline_counts, level, None)
    }
}

fn count(levels: &Levels, counts: &mut Counts, at: usize, start: Option<u32>) -> String {
    let Some(level) = levels.get(&at) else { return String::new() };
    counts[at] = Some(match (start, counts[at]) {
        (Some(start), _) => start,
        (None, Some(count)) => count.saturating_add(1),
        (None, None) => level.start,
    });
    counts[at + 1..].fill(None);
    if level.counting == Counting::None {
        let number = format!("{}{}", level.before, level.after);
        return if number.trim().is_empty() { String::new() } else { number + " " };
    }
    let one = |of: usize| {
        let level = levels.get(&of)?;
        let number = level.counting.write(counts[of].unwrap_or(level.start));
        (!number.is_empty()).then_some(number)
    };
    if let Some(format) = &level.format {
        let mut out = format.clone();
        for of in 1..=LEVELS {
            let mark = format!("%{of}%");
            if out.contains(&mark) {
                out = out.replace(&mark, &one(of).unwrap_or_default());
            }
        }
        return out + " ";
    }
    let first = (at + 1).saturating_sub(level.shown.max(1)).max(1);
    let number = (first..=at).filter_map(one).collect::<Vec<_>>().join(".");
    format!("{}{number}{} ", level.before, level.after)
}

fn levels(style: &Element) -> Levels {
    let mut levels = Levels::new();
    for element in style.elements() {
        let Some(at) = element.number("level").filter(|at| (1..=LEVELS).contains(at))
        else {
            continue;
        };
        let is_number =
            element.name.ends_with("number") || &*element.name == "outline-level-style";
        let text = |name: &str| match is_number {
            true => element.get(name).unwrap_or_default().to_owned(),
            false => String::new(),
        };
        let sample = if is_number { element.get("num-format").unwrap_or("") } else { "" };
        let format =
            element.get("num-list-format").filter(|f| is_number && f.contains('%'));
        let level = NumberFormat {
            counting: Counting::of_open_document(sample),
            before: text("num-prefix"),
            after: text("num-suffix"),
            start: element.number("start-value").unwrap_or(1),
            shown: element.number("display-levels").unwrap_or(1),
            format: format.map(str::to_owned),
        };
        levels.insert(at, level);
    }
    levels
}

/// The styles of text that is not read as it stands.
#[derive(Debug, Default)]
struct Faces {
    /// Those of what is set small and high.
    raised: BTreeSet<String>,
    /// Those of what is not shown.
    hidden: BTreeSet<String>,
}

impl Faces {
    fn learn(&mut self, root: &Element) {
        let mut styles = Vec::new();
        root.all("style", &mut styles);
        for style in styles {
            let (Some(name), Some(text)) =
                (style.get("name"), style.child("text-properties"))
            else {
                continue;
            };
            if text.get("text-position").is_some_and(is_raised) {
                self.raised.insert(name.to_owned());
            }
            if text.get("display") == Some("none") {
                self.hidden.insert(name.to_owned());
            }
        }
    }
}

/// `super 58%`, `33% 80%`: does a text stand above its line?
fn is_raised(position: &str) -> bool {
    let first = position.split_whitespace().next().unwrap_or("");
    let share = first.trim_end_matches('%').parse::<f64>();
    first == "super" || share.is_ok_and(|share| share > 0.0)
}

struct OdtReader {
    lists: Lists,
    faces: Faces,
    n_notes: u32,
    notes: Flow,
    n_cells: usize,
    /// What is left out.
    ledger: Flow,
}

/// What is found in a paragraph.
#[derive(Default)]
struct Line {
    text: String,
    cites: Vec<u32>,
    boxes: Vec<Piece>,
}

impl OdtReader {
    fn blocks(
        &mut self,
        parent: &Element,
        flow: &mut Flow,
        place: &mut Option<ListPlace>,
    ) -> Result<(), Problem> {
        for element in parent.elements() {
            match &*element.name {
                "p" | "h" => self.paragraph(element, flow, place)?,
                "list" => self.list(element, flow, place.as_ref())?,
                "table" => self.table(element, flow)?,
                "section" if element.get("display") == Some("none") => {
                    self.leave(LeftOutKind::Hidden, element);
                }
                "section" | "numbered-paragraph" | "index-title" => {
                    self.blocks(element, flow, place)?;
                }
                "frame" | "text-box" | "g" | "custom-shape" | "rect" => {
                    self.blocks(element, flow, &mut None)?;
                }
                "table-of-content" | "alphabetical-index" | "table-index"
                | "illustration-index" | "bibliography" | "object-index"
                | "user-index" => {
                    self.leave(LeftOutKind::Contents, element);
                }
                "tracked-changes" => self.leave(LeftOutKind::Deleted, element),
                "title" | "desc" => self.leave(LeftOutKind::AltText, element),
                "list-item" | "list-header" => self.blocks(element, flow, place)?,
                _ => self.leave(LeftOutKind::Unread, element),
            }
        }
        Ok(())
    }

    /// Tells of each paragraph in an element that is no part of the text, or of its words.
    fn leave(&mut self, kind: LeftOutKind, element: &Element) {
        let mut paragraphs = Vec::new();
        element.all("p", &mut paragraphs);
        element.all("h", &mut paragraphs);
        if paragraphs.is_empty() {
            paragraphs.push(element);
        }
        for paragraph in paragraphs {
            self.ledger.leave_out(kind, None, &paragraph.text());
        }
    }

    fn list(
        &mut self,
        list: &Element,
        flow: &mut Flow,
        outer: Option<&ListPlace>,
    ) -> Result<(), Problem> {
        let own = list.get("style-name").map(str::to_owned);
        let place = match outer {
            Some(outer) => ListPlace {
                style: own.unwrap_or_else(|| outer.style.clone()),
                level: (outer.level + 1).min(LEVELS),
                ..outer.clone()
            },
            None => {
                // A list without a style of its own takes that of its first paragraph.
                let mut found = Vec::new();
                list.all("p", &mut found);
                list.all("h", &mut found);
                let first = found.first().and_then(|p| p.get("style-name"));
                let style =
                    own.or_else(|| self.lists.style_of(first)).unwrap_or_default();
                let counter = self.lists.counter(list, &style);
                ListPlace { style, counter, level: 1, due: true, start: None }
            }
        };
        for item in list.elements() {
            let due = &*item.name == "list-item";
            let start = item.number("start-value");
            let mut inner = Some(ListPlace { due, start, ..place.clone() });
            self.blocks(item, flow, &mut inner)?;
        }
        Ok(())
    }

    fn paragraph(
        &mut self,
        p: &Element,
        flow: &mut Flow,
        place: &mut Option<ListPlace>,
    ) -> Result<(), Problem> {
        let mut line = Line::default();
        self.inline(p, &mut line)?;
        let is_heading = &*p.name == "h";
        let is_empty = tidy(&line.text).is_empty();
        let number = match place {
            Some(place) if place.due => {
                place.due = false;
                self.lists.next(place)
            }
            None if is_heading && p.get("is-list-header") != Some("true") => {
                let level = p.number("outline-level").unwrap_or(1_usize).clamp(1, LEVELS);
                self.lists.next_heading(level)
            }
            _ => String::new(),
        };
        let kind = match () {
            () if is_heading => BlockKind::Heading,
            () if place.is_some() => BlockKind::Item,
            () => BlockKind::Paragraph,
        };
        let text = if is_empty { String::new() } else { number + &line.text };
        flow.push(&text, kind, line.cites);
        flow.pieces.append(&mut line.boxes);
        Ok(())
    }

    fn inline(&mut self, parent: &Element, line: &mut Line) -> Result<(), Problem> {
        for node in &parent.children {
            let element = match node {
                Node::Text(text) => {
                    line.text.push_str(&text.replace(['\n', '\r'], " "));
                    continue;
                }
                Node::Element(element) => element,
            };
            match &*element.name {
                "s" | "tab" => line.text.push(' '),
                "line-break" => line.text.push(BREAK),
                "note" => self.note(element, line)?,
                "ruby" => {
                    if let Some(base) = element.child("ruby-base") {
                        self.inline(base, line)?;
                    }
                    if let Some(reading) = element.child("ruby-text") {
                        self.leave(LeftOutKind::Ruby, reading);
                    }
                }
                "frame" | "text-box" | "g" | "custom-shape" | "rect" => {
                    let mut flow = Flow::default();
                    self.blocks(element, &mut flow, &mut None)?;
                    self.ledger.left_out.append(&mut flow.left_out);
                    line.boxes.append(&mut flow.pieces);
                }
                "annotation" | "annotation-end" => {
                    self.leave(LeftOutKind::Comment, element);
                }
                "tracked-changes" => self.leave(LeftOutKind::Deleted, element),
                "hidden-text" | "hidden-paragraph" => {
                    self.leave(LeftOutKind::Hidden, element);
                }
                "script" => self.leave(LeftOutKind::Code, element),
                "bookmark" | "soft-page-break" => {}
                _ => {
                    let style = element.get("style-name").unwrap_or_default();
                    if self.faces.hidden.contains(style) {
                        self.leave(LeftOutKind::Hidden, element);
                        continue;
                    }
                    let from = line.text.len();
                    self.inline(element, line)?;
                    if self.faces.raised.contains(style) {
                        raise(&mut line.text, from);
                    }
                }
            }
        }
        Ok(())
    }

    fn note(&mut self, note: &Element, line: &mut Line) -> Result<(), Problem> {
        self.n_notes += 1;
        let number = self.n_notes;
        line.cites.push(number);
        if let Some(body) = note.child("note-body") {
            let mut flow = Flow::default();
            self.blocks(body, &mut flow, &mut None)?;
            let text = flow.joined();
            self.notes.push_note(number, flow, &text);
        }
        Ok(())
    }

    fn table(&mut self, table: &Element, flow: &mut Flow) -> Result<(), Problem> {
        for element in table.elements() {
            match &*element.name {
                "table-row" => self.row(element, flow)?,
                "table-header-rows" | "table-rows" | "table-row-group" => {
                    self.table(element, flow)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &Element, flow: &mut Flow) -> Result<(), Problem> {
        let mut cells = Vec::new();
        for cell in row.elements() {
            let is_cell = matches!(&*cell.name, "table-cell" | "covered-table-cell");
            self.n_cells += usize::from(is_cell);
            if self.n_cells > MOST_CELLS {
                return Err(Problem::TooMany { what: "cells", limit: MOST_CELLS });
            }
            if is_cell {
                let mut inner = Flow::default();
                self.blocks(cell, &mut inner, &mut None)?;
                cells.push(inner);
            }
        }
        flow.push_row(cells);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_raised_by_its_position() {
        for (position, expected) in [
            ("super 58%", true),
            ("33% 80%", true),
            ("sub 58%", false),
            ("0% 100%", false),
        ] {
            assert_eq!(is_raised(position), expected, "{position}");
        }
    }
    use crate::read::archive::tests::zipped;

    fn read_text(automatic: &str, body: &str) -> Flow {
        let content = format!(
            "<office:document-content xmlns:office='o'><office:automatic-styles>{automatic}\
             </office:automatic-styles><office:body><office:text>{body}</office:text>\
             </office:body></office:document-content>"
        );
        let bytes = zipped(&[("content.xml", content.as_bytes())]);
        read(&mut Archive::open(&bytes).unwrap()).unwrap()
    }

    fn texts(flow: &Flow) -> Vec<&str> {
        flow.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn lists_are_numbered_and_go_on_where_they_say_so() {
        let style = "<text:list-style style:name='L1'>\
            <text:list-level-style-number text:level='1' style:num-format='一, 二, 三, ...' \
            style:num-prefix='第' style:num-suffix='条'/>\
            <text:list-level-style-number text:level='2' style:num-format='a' \
            style:num-list-format='(%2%)'/></text:list-style>";
        let body = "<text:list xml:id='l' text:style-name='L1'>\
            <text:list-item><text:p>登记</text:p><text:list><text:list-item><text:p>甲</text:p>\
            </text:list-item><text:list-item><text:p>乙</text:p></text:list-item></text:list>\
            </text:list-item></text:list><text:p>其间</text:p>\
            <text:list text:continue-list='l' text:style-name='L1'><text:list-item>\
            <text:p>公告</text:p><text:p>续段</text:p></text:list-item></text:list>";
        assert_eq!(
            texts(&read_text(style, body)),
            ["第一条 登记", "(a) 甲", "(b) 乙", "其间", "第二条 公告", "续段"]
        );
    }

    #[test]
    fn notes_are_taken_out_of_the_sentence() {
        let body = "<text:p>依法<text:note text:note-class='footnote'>\
            <text:note-citation>1</text:note-citation><text:note-body><text:p>见附件。</text:p>\
            </text:note-body></text:note>登记。<text:line-break/>公告。</text:p>";
        let flow = read_text("", body);
        assert_eq!(texts(&flow), ["依法登记。", "公告。", "见附件。"]);
        assert_eq!((&flow.pieces[0].cites[..], flow.pieces[1].soft), (&[1][..], true));
        assert_eq!(flow.pieces[2].kind, BlockKind::Note(1));
    }
}
