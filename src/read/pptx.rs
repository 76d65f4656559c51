//! Presentations: `.pptx`, the PresentationML of ECMA-376 part 1.
//!
//! Read are the slides in the order in which they are shown: the title first, as a heading,
//! then the shapes as they lie on one another, each paragraph a block, lists with the numbers
//! that they count, tables by rows. What the speaker notes below a slide is a note of that
//! number. Hidden slides and shapes, what repeats on each slide, comments, diagrams and charts
//! are left out and told.
//!
//! ```text
//! presentation.xml ─sldIdLst─▶ r:id ─its relations─▶ slides/slide7.xml ─relations─▶ notes
//! ```

use std::collections::BTreeSet;

use super::Problem;
use super::archive::Archive;
use super::counting::Counting;
use super::flow::{BREAK, Flow};
use super::office::{Relations, leave_metadata, main_part};
use super::xml::{self, Element};
use crate::types::{BlockKind, LeftOutKind};

/// The most cells of all tables.
const MOST_CELLS: usize = 500_000;

/// Levels of a list, 0 to 8.
///
/// Source: ECMA-376 part 1, 20.1.10.72, text indent level.
const LEVELS: usize = 9;

/// The paragraphs of a presentation.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Flow, Problem> {
    let main = main_part(archive, "ppt/presentation.xml")?;
    let presentation = xml::parse(&archive.needed(&main)?)?;
    let relations = Relations::of(archive, &main)?;
    let mut reader = PptxReader::default();
    let mut flow = Flow::default();
    let mut slides = Vec::new();
    presentation.all("sldId", &mut slides);
    let mut seen = BTreeSet::new();
    for slide in slides {
        // The id of the slide and that of the relation differ in their prefix alone.
        let part = slide.get_all("id").find_map(|id| relations.part(id));
        if let Some(part) = part.filter(|part| seen.insert((*part).to_owned())) {
            reader.slide(archive, part, seen.len(), &mut flow)?;
        }
    }
    for (start, kind) in [
        ("ppt/slides/", LeftOutKind::Hidden),
        ("ppt/slideMasters/", LeftOutKind::RunningHead),
        ("ppt/slideLayouts/", LeftOutKind::RunningHead),
        ("ppt/comments/", LeftOutKind::Comment),
        ("ppt/diagrams/data", LeftOutKind::Unread),
        ("ppt/charts/chart", LeftOutKind::Unread),
    ] {
        let is_part = |name: &String| name.ends_with(".xml") && !seen.contains(name);
        for name in archive.names(start).into_iter().filter(is_part) {
            leave_part(archive, &name, kind, &mut flow)?;
        }
    }
    leave_metadata(archive, &mut flow)?;
    Ok(flow)
}

/// Tells of the text of a part that is no slide.
fn leave_part(
    archive: &mut Archive<'_>,
    name: &str,
    kind: LeftOutKind,
    flow: &mut Flow,
) -> Result<(), Problem> {
    let Some(bytes) = archive.part(name)? else { return Ok(()) };
    let mut part = Flow::default();
    match xml::parse(&bytes) {
        Err(_) => part.leave_out(LeftOutKind::Unread, None, &format!("({name})")),
        Ok(root) => match kind {
            // What a master says in the place of a text to come shows on no slide.
            LeftOutKind::RunningHead => {
                let mut shapes = Vec::new();
                root.all("sp", &mut shapes);
                let drawn =
                    shapes.into_iter().filter(|shape| placeholder(shape).is_none());
                drawn.for_each(|shape| leave(shape, kind, &mut part));
            }
            LeftOutKind::Comment => {
                let mut comments = Vec::new();
                root.all("cm", &mut comments);
                for comment in comments {
                    part.leave_out(kind, None, &comment.text());
                }
            }
            _ => leave(&root, kind, &mut part),
        },
    }
    part.name_part(name);
    flow.append(part);
    Ok(())
}

/// Tells of each paragraph in an element, or of its words where it has none.
fn leave(element: &Element, kind: LeftOutKind, flow: &mut Flow) {
    let mut paragraphs = Vec::new();
    element.all("p", &mut paragraphs);
    if paragraphs.is_empty() {
        paragraphs.push(element);
    }
    for paragraph in paragraphs {
        flow.leave_out(kind, None, &paragraph.text());
    }
}

/// What a shape is the place of: `title`, `body`, `ftr`; empty where the file does not say,
/// `None` of a shape that somebody drew.
fn placeholder(shape: &Element) -> Option<&str> {
    let properties = shape.elements().find(|e| e.name.starts_with("nv"))?;
    let place = properties.at(&["nvPr", "ph"])?;
    Some(place.get("type").unwrap_or(""))
}

fn is_title(shape: &Element) -> bool {
    matches!(placeholder(shape), Some("title" | "ctrTitle"))
}

/// `0` and `false` are no.
fn is_off(value: Option<&str>) -> bool {
    matches!(value, Some("0" | "false"))
}

fn is_on(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true"))
}

/// How far the lists of a shape have counted, level by level: the way of counting and the
/// last number.
#[derive(Debug, Default)]
struct Counts([Option<(String, u32)>; LEVELS]);

impl Counts {
    /// The number of a paragraph with the blank behind it; empty of one without.
    fn next(&mut self, properties: Option<&Element>) -> String {
        let level: usize = properties.and_then(|p| p.number("lvl")).unwrap_or(0);
        let level = level.min(LEVELS - 1);
        self.0[level + 1..].fill(None);
        let Some(auto) = properties.and_then(|p| p.child("buAutoNum")) else {
            self.0[level] = None;
            return String::new();
        };
        let scheme = auto.get("type").unwrap_or("arabicPeriod");
        let start = auto.number("startAt").unwrap_or(1);
        let number = match &self.0[level] {
            Some((last, number)) if last == scheme => number.saturating_add(1),
            _ => start,
        };
        self.0[level] = Some((scheme.to_owned(), number));
        written(scheme, number) + " "
    }
}

/// A number as a scheme writes it: `(a)`, `2.`, `三、`.
///
/// Source: ECMA-376 part 1, 20.1.10.61, text auto-number schemes.
fn written(scheme: &str, number: u32) -> String {
    let counting = match scheme {
        _ if scheme.starts_with("alphaLc") => Counting::LowerLetter,
        _ if scheme.starts_with("alphaUc") => Counting::UpperLetter,
        _ if scheme.starts_with("romanLc") => Counting::LowerRoman,
        _ if scheme.starts_with("romanUc") => Counting::UpperRoman,
        _ if scheme.starts_with("circleNum") => Counting::Circled,
        _ if scheme.starts_with("ea1") => Counting::Chinese,
        "arabicDbPeriod" | "arabicDbPlain" => Counting::Wide,
        _ => Counting::Decimal,
    };
    let number = counting.write(number);
    match scheme {
        _ if scheme.ends_with("ParenBoth") => format!("({number})"),
        _ if scheme.ends_with("ParenR") => format!("{number})"),
        "arabicDbPeriod" | "ea1JpnChsDbPeriod" => format!("{number}．"),
        "ea1ChsPeriod" | "ea1ChtPeriod" => format!("{number}、"),
        _ if scheme.ends_with("Period") => format!("{number}."),
        _ => number,
    }
}

#[derive(Debug, Default)]
struct PptxReader {
    n_cells: usize,
}

impl PptxReader {
    /// The slide of that number, and what is noted below it.
    fn slide(
        &mut self,
        archive: &mut Archive<'_>,
        name: &str,
        number: usize,
        flow: &mut Flow,
    ) -> Result<(), Problem> {
        let Some(bytes) = archive.part(name)? else {
            flow.leave_out(LeftOutKind::Unread, None, &format!("({name})"));
            return Ok(());
        };
        let root = xml::parse(&bytes)?;
        let is_hidden = is_off(root.get("show"));
        let mut slide = Flow::default();
        if let Some(tree) = root.at(&["cSld", "spTree"]) {
            match is_hidden {
                true => leave(tree, LeftOutKind::Hidden, &mut slide),
                false => self.shapes(tree, &mut slide)?,
            }
        }
        slide.name_part(name);
        let relations = Relations::of(archive, name)?;
        let notes: Vec<String> =
            relations.of_kind("notesSlide").map(str::to_owned).collect();
        for part in notes {
            let Some(bytes) = archive.part(&part)? else { continue };
            let mut notes = Flow::default();
            self.notes(&xml::parse(&bytes)?, is_hidden, &mut notes)?;
            let body = notes.joined();
            notes.name_part(&part);
            if body.is_empty() {
                slide.append(notes);
                continue;
            }
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            if let Some(last) = slide.pieces.last_mut() {
                last.cites.push(number);
            }
            slide.push_note(number, notes, &body);
        }
        flow.append(slide);
        Ok(())
    }

    /// What the speaker notes: the text below the picture of the slide.
    fn notes(
        &mut self,
        root: &Element,
        is_hidden: bool,
        flow: &mut Flow,
    ) -> Result<(), Problem> {
        let Some(tree) = root.at(&["cSld", "spTree"]) else { return Ok(()) };
        match is_hidden {
            true => leave(tree, LeftOutKind::Hidden, flow),
            false => self.shapes(tree, flow)?,
        }
        Ok(())
    }

    /// The shapes of a slide or of a group, titles first.
    fn shapes(&mut self, tree: &Element, flow: &mut Flow) -> Result<(), Problem> {
        let (titles, others): (Vec<_>, Vec<_>) =
            tree.elements().partition(|e| is_title(e));
        for shape in titles.into_iter().chain(others) {
            self.shape(shape, flow)?;
        }
        Ok(())
    }

    fn shape(&mut self, shape: &Element, flow: &mut Flow) -> Result<(), Problem> {
        let properties = shape.elements().find(|e| e.name.starts_with("nv"));
        let drawing = properties.and_then(|properties| properties.child("cNvPr"));
        if is_on(drawing.and_then(|drawing| drawing.get("hidden"))) {
            leave(shape, LeftOutKind::Hidden, flow);
            return Ok(());
        }
        if let Some(text) = drawing.and_then(|drawing| drawing.get("descr")) {
            flow.leave_out(LeftOutKind::AltText, None, text);
        }
        match &*shape.name {
            "sp" => match placeholder(shape) {
                Some("sldNum") => leave(shape, LeftOutKind::PageNumber, flow),
                Some("ftr" | "hdr" | "dt") => {
                    leave(shape, LeftOutKind::RunningHead, flow);
                }
                place => {
                    let kind = match place {
                        Some("title" | "ctrTitle") => BlockKind::Heading,
                        _ => BlockKind::Paragraph,
                    };
                    if let Some(body) = shape.child("txBody") {
                        body_of(body, kind, flow);
                    }
                }
            },
            "grpSp" => self.shapes(shape, flow)?,
            "graphicFrame" => match shape.at(&["graphic", "graphicData", "tbl"]) {
                Some(table) => self.table(table, flow)?,
                None => leave(shape, LeftOutKind::Unread, flow),
            },
            "AlternateContent" => {
                let holds_text = |e: &&Element| !e.text().trim().is_empty();
                if let Some(chosen) = shape.elements().find(holds_text) {
                    self.shapes(chosen, flow)?;
                }
            }
            "nvGrpSpPr" | "grpSpPr" | "pic" => {}
            _ => leave(shape, LeftOutKind::Unread, flow),
        }
        Ok(())
    }

    fn table(&mut self, table: &Element, flow: &mut Flow) -> Result<(), Problem> {
        for row in table.elements().filter(|e| &*e.name == "tr") {
            let mut cells = Vec::new();
            for cell in row.elements().filter(|e| &*e.name == "tc") {
                self.n_cells += 1;
                if self.n_cells > MOST_CELLS {
                    return Err(Problem::TooMany { what: "cells", limit: MOST_CELLS });
                }
                let mut inner = Flow::default();
                if let Some(body) = cell.child("txBody") {
                    body_of(body, BlockKind::Paragraph, &mut inner);
                }
                cells.push(inner);
            }
            flow.push_row(cells);
        }
        Ok(())
    }
}

/// The paragraphs of a shape or a cell.
fn body_of(body: &Element, kind: BlockKind, flow: &mut Flow) {
    let mut counts = Counts::default();
    for paragraph in body.elements().filter(|e| &*e.name == "p") {
        let mut text = String::new();
        inline(paragraph, &mut text, flow);
        if text.trim().is_empty() {
            continue;
        }
        let properties = paragraph.child("pPr");
        let number = counts.next(properties);
        let is_item = properties.is_some_and(|properties| {
            ["buChar", "buAutoNum", "buBlip"]
                .iter()
                .any(|name| properties.child(name).is_some())
        });
        let kind = match kind {
            BlockKind::Paragraph if is_item => BlockKind::Item,
            kind => kind,
        };
        flow.push(&(number + &text), kind, Vec::new());
    }
}

/// The text of a paragraph; what a field counts for the page is told.
fn inline(paragraph: &Element, text: &mut String, flow: &mut Flow) {
    for element in paragraph.elements() {
        match &*element.name {
            "r" => text.push_str(&words_of(element)),
            "br" => text.push(BREAK),
            "fld" => match element.get("type").unwrap_or("") {
                "slidenum" => {
                    flow.leave_out(LeftOutKind::PageNumber, None, &words_of(element));
                }
                kind if kind.starts_with("datetime") => {
                    flow.leave_out(LeftOutKind::RunningHead, None, &words_of(element));
                }
                _ => text.push_str(&words_of(element)),
            },
            "pPr" | "endParaRPr" => {}
            // A formula, in one form or two.
            _ => {
                flow.leave_out(LeftOutKind::Unread, None, &element.text());
            }
        }
    }
}

/// The words of a run; its line ends mean nothing.
fn words_of(run: &Element) -> String {
    let words = run.elements().filter(|e| &*e.name == "t");
    words.map(|words| words.text().replace(['\n', '\r'], " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::archive::tests::zipped;

    fn shape(place: &str, paragraphs: &[&str]) -> String {
        let ph = match place {
            "" => String::new(),
            place => format!("<p:ph type='{place}'/>"),
        };
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id='2' name='x'/><p:nvPr>{ph}</p:nvPr></p:nvSpPr>\
             <p:txBody>{}</p:txBody></p:sp>",
            paragraphs.concat()
        )
    }

    fn p(properties: &str, text: &str) -> String {
        format!("<a:p><a:pPr>{properties}</a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>")
    }

    fn slide(show: &str, shapes: &[String]) -> String {
        format!(
            "<p:sld xmlns:p='p' xmlns:a='a' show='{show}'><p:cSld><p:spTree><p:nvGrpSpPr/>\
             {}</p:spTree></p:cSld></p:sld>",
            shapes.concat()
        )
    }

    /// A presentation that shows the second slide before the first.
    fn presentation(first: &str, second: &str, more: &[(&str, &str)]) -> Flow {
        let main = "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst>\
            <p:sldId id='256' r:id='rId2'/><p:sldId id='257' r:id='rId1'/></p:sldIdLst>\
            </p:presentation>";
        let relations = "<Relationships>\
            <Relationship Id='rId1' Type='t/slide' Target='slides/slide1.xml'/>\
            <Relationship Id='rId2' Type='t/slide' Target='/ppt/slides/slide2.xml'/>\
            </Relationships>";
        let mut parts = vec![
            ("ppt/presentation.xml", main),
            ("ppt/_rels/presentation.xml.rels", relations),
            ("ppt/slides/slide1.xml", first),
            ("ppt/slides/slide2.xml", second),
        ];
        parts.extend(more);
        let parts: Vec<(&str, &[u8])> =
            parts.into_iter().map(|(name, text)| (name, text.as_bytes())).collect();
        read(&mut Archive::open(&zipped(&parts)).unwrap()).unwrap()
    }

    fn texts(flow: &Flow) -> Vec<&str> {
        flow.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    fn told(flow: &Flow) -> Vec<(LeftOutKind, &str)> {
        flow.left_out.iter().map(|one| (one.kind, one.text.as_str())).collect()
    }

    #[test]
    fn slides_are_read_as_they_are_shown_titles_first() {
        let first = slide("1", &[shape("title", &[&p("", "结论")])]);
        let numbered = "<a:buAutoNum type='alphaLcParenBoth'/>";
        let second = slide(
            "1",
            &[
                shape(
                    "body",
                    &[
                        &p(numbered, "登记"),
                        &p(numbered, "公告"),
                        &p("<a:buChar char='•'/>", "其他"),
                    ],
                ),
                shape(
                    "ctrTitle",
                    &[
                        "<a:p><a:r><a:t>采砂</a:t></a:r><a:br/><a:r><a:t>协定</a:t></a:r></a:p>",
                    ],
                ),
                shape("ftr", &[&p("", "内部资料")]),
                shape(
                    "sldNum",
                    &["<a:p><a:fld type='slidenum'><a:t>1</a:t></a:fld></a:p>"],
                ),
            ],
        );
        let flow = presentation(&first, &second, &[]);
        assert_eq!(texts(&flow), ["采砂 协定", "(a) 登记", "(b) 公告", "其他", "结论"]);
        let kinds: Vec<BlockKind> = flow.pieces.iter().map(|piece| piece.kind).collect();
        assert_eq!(kinds[..3], [BlockKind::Heading, BlockKind::Item, BlockKind::Item]);
        assert_eq!(
            told(&flow),
            [(LeftOutKind::RunningHead, "内部资料"), (LeftOutKind::PageNumber, "1")]
        );
    }

    #[test]
    fn tables_are_rows_and_hidden_slides_are_told() {
        let cell =
            |text: &str| format!("<a:tc><a:txBody>{}</a:txBody></a:tc>", p("", text));
        let table = format!(
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr descr='价目表'/></p:nvGraphicFramePr>\
             <a:graphic><a:graphicData><a:tbl><a:tr>{}{}</a:tr></a:tbl></a:graphicData>\
             </a:graphic></p:graphicFrame>",
            cell("灯塔"),
            cell("900")
        );
        let hidden = slide("0", &[shape("title", &[&p("", "草稿")])]);
        let group =
            format!("<p:grpSp><p:nvGrpSpPr/>{}</p:grpSp>", shape("", &[&p("", "图注")]));
        let flow = presentation(&hidden, &slide("1", &[table, group]), &[]);
        assert_eq!(texts(&flow), ["灯塔\t900", "图注"]);
        assert_eq!(flow.pieces[0].kind, BlockKind::Row);
        assert_eq!(
            told(&flow),
            [(LeftOutKind::AltText, "价目表"), (LeftOutKind::Hidden, "草稿")]
        );
    }

    #[test]
    fn what_the_speaker_notes_is_a_note_of_the_slide() {
        let first = slide("1", &[shape("title", &[&p("", "一")])]);
        let second = slide("1", &[shape("title", &[&p("", "二")])]);
        let notes =
            slide("1", &[shape("body", &[&p("", "先讲背景。"), &p("", "再讲结论。")])]);
        let relations = "<Relationships>\
            <Relationship Id='rId1' Type='t/notesSlide' Target='../notesSlides/notesSlide1.xml'/>\
            </Relationships>";
        let flow = presentation(
            &first,
            &second,
            &[
                ("ppt/slides/_rels/slide1.xml.rels", relations),
                ("ppt/notesSlides/notesSlide1.xml", &notes),
            ],
        );
        assert_eq!(texts(&flow), ["二", "一", "先讲背景。再讲结论。"]);
        assert_eq!(flow.pieces[1].cites, [2]);
        assert_eq!(flow.pieces[2].kind, BlockKind::Note(2));
    }

    #[test]
    fn numbers_are_written_as_their_scheme_says() {
        for (scheme, written_out) in [
            ("arabicPeriod", "3."),
            ("arabicParenR", "3)"),
            ("romanUcPeriod", "III."),
            ("circleNumDbPlain", "③"),
            ("ea1ChsPeriod", "三、"),
            ("arabicPlain", "3"),
        ] {
            assert_eq!(written(scheme, 3), written_out, "{scheme}");
        }
    }
}
