//! Word documents: `.docx`, the WordprocessingML of ECMA-376 part 1.
//!
//! Read are the paragraphs as a reader sees them: the numbers that Word counts written out
//! (`第三条`, `(a)`), inserted text in, deleted and hidden text and field codes out, text boxes
//! behind the paragraph they hang on, notes last. Contents pages are left out, for Word makes
//! them of the headings; so are running heads and comments. All that is left out is told.

mod numbering;
mod styles;
mod symbols;

use std::collections::BTreeMap;

use super::Problem;
use super::archive::Archive;
use super::flow::{BREAK, Flow, raise};
use super::office::{leave_metadata, main_part};
use super::xml::{self, Element};
use crate::types::{BlockKind, LeftOutKind};
use numbering::Numbering;
use styles::{Styles, is_on, is_raised};

/// The paragraphs of a Word document.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Flow, Problem> {
    let main = main_part(archive, "word/document.xml")?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let document = xml::parse(&archive.needed(&main)?)?;
    let mut part = |name: &str| -> Result<Option<Element>, Problem> {
        let path =
            if folder.is_empty() { name.into() } else { format!("{folder}/{name}") };
        archive.part(&path)?.map(|bytes| xml::parse(&bytes)).transpose()
    };
    let styles = Styles::new(part("styles.xml")?.as_ref());
    let numbering = Numbering::new(part("numbering.xml")?.as_ref());
    let footnotes = part("footnotes.xml")?;
    let endnotes = part("endnotes.xml")?;
    let mut reader = DocxReader {
        styles: &styles,
        numbering,
        notes: BTreeMap::new(),
        cited: Vec::new(),
        fields: Vec::new(),
        carried: String::new(),
        n_cells: 0,
        ledger: Flow::default(),
    };
    let body = document.child("body").unwrap_or(&document);
    let mut flow = Flow::default();
    reader.blocks(body, &mut flow)?;
    reader.end_part(&mut flow, &main);
    for (kind, name, part) in [
        (NoteKind::Foot, "footnotes.xml", footnotes),
        (NoteKind::End, "endnotes.xml", endnotes),
    ] {
        if let Some(part) = part {
            reader.notes(kind, &part, &mut flow)?;
            reader.end_part(&mut flow, &format!("{folder}/{name}"));
        }
    }
    leave_parts(archive, &folder, &mut flow)?;
    Ok(flow)
}

/// Tells of the parts that stand beside the text: running heads, comments, diagrams.
fn leave_parts(
    archive: &mut Archive<'_>,
    folder: &str,
    flow: &mut Flow,
) -> Result<(), Problem> {
    for (start, kind) in [
        ("header", LeftOutKind::RunningHead),
        ("footer", LeftOutKind::RunningHead),
        ("comments.xml", LeftOutKind::Comment),
        // Text in pictures that Word draws itself.
        ("diagrams/data", LeftOutKind::Unread),
        ("charts/chart", LeftOutKind::Unread),
        ("afchunk", LeftOutKind::Unread),
    ] {
        for name in archive.names(&format!("{folder}/{start}")) {
            let Some(bytes) = archive.part(&name)? else { continue };
            let mut part = Flow::default();
            match xml::parse(&bytes) {
                Ok(root) => leave_paragraphs(&root, kind, &mut part),
                Err(_) => {
                    part.leave_out(LeftOutKind::Unread, None, &format!("({name})"));
                }
            }
            part.name_part(&name);
            flow.append(part);
        }
    }
    leave_metadata(archive, flow)?;
    Ok(())
}

/// Tells of each paragraph inside an element.
fn leave_paragraphs(root: &Element, kind: LeftOutKind, flow: &mut Flow) {
    let mut paragraphs = Vec::new();
    root.all("p", &mut paragraphs);
    for paragraph in paragraphs {
        flow.leave_out(kind, None, &words_of(paragraph));
    }
}

/// The words of an element: its text without the places of shapes.
fn words_of(element: &Element) -> String {
    let mut out = String::new();
    push_words(element, &mut out);
    out
}

fn push_words(element: &Element, out: &mut String) {
    for child in element.elements() {
        match &*child.name {
            "t" | "delText" | "instrText" | "delInstrText" => out.push_str(&child.text()),
            "tab" | "br" | "cr" | "p" => {
                out.push(' ');
                push_words(child, out);
            }
            "AlternateContent" => {
                if let Some(chosen) = chosen(child) {
                    push_words(chosen, out);
                }
            }
            _ => push_words(child, out),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NoteKind {
    Foot,
    End,
}

/// A field between its begin and its end.
#[derive(Clone, Copy, Debug, Default)]
struct Field {
    /// Are we behind the code, in the result that the reader sees?
    shows: bool,
    /// Is it a contents page or index, made of the rest of the text?
    is_made: bool,
}

/// The most cells that are read: a sheet of them is no text to align.
const MOST_CELLS: usize = 500_000;

struct DocxReader<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    /// The number of each cited note.
    notes: BTreeMap<(NoteKind, String), u32>,
    /// Notes cited in the paragraph at hand.
    cited: Vec<u32>,
    fields: Vec<Field>,
    /// The text of a paragraph whose end was deleted: the next one goes on with it.
    carried: String,
    n_cells: usize,
    /// What is left out of the part at hand.
    ledger: Flow,
}

impl DocxReader<'_> {
    fn blocks(&mut self, parent: &Element, flow: &mut Flow) -> Result<(), Problem> {
        for element in parent.elements() {
            match &*element.name {
                "p" => self.paragraph(element, flow)?,
                "tbl" => self.table(element, flow)?,
                "del" | "moveFrom" => {
                    self.leave(LeftOutKind::Deleted, &words_of(element));
                }
                "sdt" if is_contents(element) => {
                    leave_paragraphs(element, LeftOutKind::Contents, &mut self.ledger);
                }
                "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag"
                | "body" => self.blocks(element, flow)?,
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.blocks(chosen, flow)?;
                    }
                }
                "altChunk" | "subDoc" => {
                    self.leave(LeftOutKind::Unread, "(another document)");
                }
                _ => self.leave(LeftOutKind::Unread, &words_of(element)),
            }
        }
        Ok(())
    }

    fn leave(&mut self, kind: LeftOutKind, text: &str) {
        self.ledger.leave_out(kind, None, text);
    }

    /// Puts what was left out of a part behind that of the parts before.
    fn end_part(&mut self, flow: &mut Flow, name: &str) {
        flow.append(std::mem::take(&mut self.ledger));
        flow.name_part(name);
    }

    fn paragraph(&mut self, p: &Element, flow: &mut Flow) -> Result<(), Problem> {
        let properties = p.child("pPr");
        let style = properties.and_then(|p| p.child("pStyle")).and_then(|s| s.get("val"));
        let style = self.styles.get(style);
        let is_deleted = properties
            .and_then(|p| p.child("rPr"))
            .is_some_and(|mark| mark.child("del").is_some());
        let mut text = std::mem::take(&mut self.carried);
        let is_carried = !text.is_empty();
        let mut boxes = Vec::new();
        self.inline(p, &mut text, &mut boxes)?;
        // A large first letter is a paragraph of its own in the file.
        let frame = properties.and_then(|p| p.child("framePr"));
        let is_first_letter = frame
            .and_then(|frame| frame.get("dropCap"))
            .is_some_and(|drop| drop != "none");
        if is_deleted || is_first_letter {
            self.carried = text;
            flow.pieces.append(&mut boxes);
            return Ok(());
        }
        let level = properties.and_then(|p| p.child("outlineLvl"));
        let level = level.and_then(|l| l.number::<u8>("val")).or(style.outline);
        let direct = properties.and_then(|p| p.child("numPr"));
        let number = match is_carried {
            true => None,
            false => self.numbering.next(direct, &style),
        };
        let kind = match level {
            Some(0..=8) => BlockKind::Heading,
            _ if style.is_title => BlockKind::Heading,
            _ if number.is_some() => BlockKind::Item,
            _ => BlockKind::Paragraph,
        };
        let cited = std::mem::take(&mut self.cited);
        if style.is_contents || style.is_hidden {
            let is_contents = style.is_contents;
            let kind =
                if is_contents { LeftOutKind::Contents } else { LeftOutKind::Hidden };
            self.leave(kind, &text);
            flow.pieces.append(&mut boxes);
            return Ok(());
        }
        if super::flow::tidy(&text).is_empty() {
            number_alone(flow, cited);
        } else {
            flow.push(&format!("{}{text}", number.unwrap_or_default()), kind, cited);
        }
        flow.pieces.append(&mut boxes);
        Ok(())
    }

    /// The text of what stands in a paragraph; text boxes go to `boxes`.
    fn inline(
        &mut self,
        parent: &Element,
        text: &mut String,
        boxes: &mut Vec<super::flow::Piece>,
    ) -> Result<(), Problem> {
        for element in parent.elements() {
            match &*element.name {
                "r" => {
                    let properties = element.child("rPr");
                    let style = properties.and_then(|p| p.child("rStyle"));
                    let style = self.styles.get(style.and_then(|s| s.get("val")));
                    let is_hidden = is_on(properties, "vanish")
                        || is_on(properties, "webHidden")
                        || style.is_hidden && !has(properties, "vanish");
                    if is_hidden {
                        self.track_fields(element);
                        self.leave(LeftOutKind::Hidden, &words_of(element));
                    } else {
                        let from = text.len();
                        self.inline(element, text, boxes)?;
                        self.name_glyphs(properties, text, from);
                        if is_raised(properties) || style.is_raised {
                            raise(text, from);
                        }
                    }
                }
                "t" if self.shows() => text.push_str(&element.text()),
                "t" => {
                    let is_made = self.fields.iter().any(|field| field.is_made);
                    let kind =
                        if is_made { LeftOutKind::Contents } else { LeftOutKind::Code };
                    self.leave(kind, &element.text());
                }
                "sym" if self.shows() => self.symbol(element, text),
                "tab" | "ptab" if self.shows() => text.push(' '),
                "cr" if self.shows() => text.push(BREAK),
                "br" if self.shows() => match element.get("type") {
                    Some("page" | "column") => text.push(' '),
                    _ => text.push(BREAK),
                },
                "noBreakHyphen" if self.shows() => text.push('-'),
                "fldChar" => self.field(element),
                "instrText" => {
                    self.leave(LeftOutKind::Code, &element.text());
                    self.field(element);
                }
                "footnoteReference" if self.shows() => self.cite(NoteKind::Foot, element),
                "endnoteReference" if self.shows() => self.cite(NoteKind::End, element),
                "ruby" => {
                    if let Some(base) = element.child("rubyBase") {
                        self.inline(base, text, boxes)?;
                    }
                    if let Some(reading) = element.child("rt") {
                        self.leave(LeftOutKind::Ruby, &words_of(reading));
                    }
                }
                "drawing" | "pict" | "object" => {
                    self.leave_alt_text(element);
                    self.boxes(element, boxes)?;
                }
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.inline(chosen, text, boxes)?;
                    }
                }
                "del" | "moveFrom" | "delText" | "delInstrText" => {
                    let text = match &*element.name {
                        "delText" | "delInstrText" => element.text(),
                        _ => words_of(element),
                    };
                    self.leave(LeftOutKind::Deleted, &text);
                }
                "ffData" => self.form_field(element),
                "pPr" | "rPr" | "sdtPr" | "rt" => {}
                "p" => self.leave(LeftOutKind::Unread, &words_of(element)),
                _ => self.inline(element, text, boxes)?,
            }
        }
        Ok(())
    }

    /// A character that the file keeps by its place in a font.
    fn symbol(&mut self, symbol: &Element, text: &mut String) {
        let font = symbol.get("font").unwrap_or_default();
        let code = symbol.get("char").and_then(|c| u32::from_str_radix(c, 16).ok());
        match code.and_then(|code| symbols::character(font, code)) {
            Some(c) => text.push(c),
            None => {
                let code = code.unwrap_or_default();
                self.unknown_glyph(&format!("{font} U+{code:04X}"));
            }
        }
    }

    /// Puts characters in the place of glyphs, where a run is set in a font of symbols.
    fn name_glyphs(&mut self, run: Option<&Element>, text: &mut String, from: usize) {
        let is_glyph = |c: char| matches!(c, '\u{F000}'..='\u{F0FF}');
        let Some(appended) = text.get(from..).filter(|t| t.contains(is_glyph)) else {
            return;
        };
        let fonts = run.and_then(|run| run.child("rFonts"));
        let named = ["ascii", "hAnsi", "eastAsia", "cs"].into_iter();
        let mut named = named.filter_map(|name| fonts.and_then(|fonts| fonts.get(name)));
        let font = named.find(|font| symbols::is_symbol_font(font)).unwrap_or("");
        let mut out = String::with_capacity(appended.len());
        let mut unknown = Vec::new();
        for c in appended.chars() {
            match symbols::character(font, u32::from(c)).filter(|_| is_glyph(c)) {
                Some(named) => out.push(named),
                None if is_glyph(c) => unknown.push(c),
                None => out.push(c),
            }
        }
        text.truncate(from);
        text.push_str(&out);
        for c in unknown {
            self.unknown_glyph(&format!("{font} U+{:04X}", u32::from(c)));
        }
    }

    fn unknown_glyph(&mut self, name: &str) {
        self.leave(LeftOutKind::UnknownGlyph, name.trim());
        if let Some(last) = self.ledger.left_out.last_mut() {
            last.n_chars = 1;
        }
    }

    /// Tells of the words that stand for a picture, and of those drawn as one.
    fn leave_alt_text(&mut self, drawing: &Element) {
        for (name, attribute) in [("docPr", "descr"), ("textpath", "string")] {
            let mut found = Vec::new();
            drawing.all(name, &mut found);
            for element in found {
                let text = element.get(attribute).unwrap_or_default();
                self.leave(LeftOutKind::AltText, text);
            }
        }
    }

    /// Tells of what a field of a form offers, the entry that is chosen among them.
    fn form_field(&mut self, field: &Element) {
        let mut entries = Vec::new();
        field.all("listEntry", &mut entries);
        for entry in entries {
            self.leave(LeftOutKind::FormField, entry.get("val").unwrap_or_default());
        }
    }

    fn boxes(
        &mut self,
        drawing: &Element,
        boxes: &mut Vec<super::flow::Piece>,
    ) -> Result<(), Problem> {
        let mut contents = Vec::new();
        drawing.all("txbxContent", &mut contents);
        for content in contents {
            let mut flow = Flow::default();
            // Fields and notes of the paragraph outside go on behind the box.
            let fields = std::mem::take(&mut self.fields);
            let cited = std::mem::take(&mut self.cited);
            let carried = std::mem::take(&mut self.carried);
            self.blocks(content, &mut flow)?;
            (self.fields, self.cited, self.carried) = (fields, cited, carried);
            self.ledger.left_out.append(&mut flow.left_out);
            boxes.append(&mut flow.pieces);
        }
        Ok(())
    }

    fn shows(&self) -> bool {
        self.fields.iter().all(|field| field.shows && !field.is_made)
    }

    fn field(&mut self, element: &Element) {
        match (&*element.name, element.get("fldCharType")) {
            (_, Some("begin")) => self.fields.push(Field::default()),
            (_, Some("separate")) => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                }
            }
            (_, Some("end")) => {
                self.fields.pop();
            }
            ("instrText", _) => {
                let code = element.text();
                let name = code.split_whitespace().next().unwrap_or("");
                if let Some(field) = self.fields.last_mut() {
                    field.is_made |= matches!(name, "TOC" | "INDEX" | "TOA");
                }
            }
            _ => {}
        }
    }

    /// Keeps count of the fields in text that is not shown.
    fn track_fields(&mut self, run: &Element) {
        for element in run.elements() {
            if matches!(&*element.name, "fldChar" | "instrText") {
                self.field(element);
            }
        }
    }

    fn cite(&mut self, kind: NoteKind, element: &Element) {
        if let Some(id) = element.get("id") {
            let next = u32::try_from(self.notes.len() + 1).unwrap_or(u32::MAX);
            let number = *self.notes.entry((kind, id.to_owned())).or_insert(next);
            self.cited.push(number);
        }
    }

    fn table(&mut self, table: &Element, flow: &mut Flow) -> Result<(), Problem> {
        let mut rows = Vec::new();
        rows_of(table, "tr", &mut rows);
        for row in rows {
            let is_deleted = row
                .child("trPr")
                .is_some_and(|properties| properties.child("del").is_some());
            if is_deleted {
                leave_paragraphs(row, LeftOutKind::Deleted, &mut self.ledger);
                continue;
            }
            let mut cells = Vec::new();
            rows_of(row, "tc", &mut cells);
            let mut flows = Vec::with_capacity(cells.len());
            for cell in cells {
                self.n_cells += 1;
                if self.n_cells > MOST_CELLS {
                    return Err(Problem::TooMany { what: "cells", limit: MOST_CELLS });
                }
                let mut inner = Flow::default();
                self.blocks(cell, &mut inner)?;
                flows.push(inner);
            }
            flow.push_row(flows);
        }
        Ok(())
    }

    /// The bodies of the notes that were cited.
    fn notes(
        &mut self,
        kind: NoteKind,
        part: &Element,
        flow: &mut Flow,
    ) -> Result<(), Problem> {
        for note in part.elements() {
            let id = note.get("id").unwrap_or_default().to_owned();
            if let Some(&number) = self.notes.get(&(kind, id)) {
                let mut body = Flow::default();
                self.blocks(note, &mut body)?;
                let text = body.joined();
                flow.push_note(number, body, &text);
            } else {
                leave_paragraphs(note, LeftOutKind::Other, &mut self.ledger);
            }
        }
        Ok(())
    }
}

/// Gives the notes cited by a number without text to the paragraph before.
fn number_alone(flow: &mut Flow, cited: Vec<u32>) {
    flow.push("", BlockKind::Paragraph, cited);
}

fn has(properties: Option<&Element>, name: &str) -> bool {
    properties.is_some_and(|p| p.child(name).is_some())
}

/// Rows or cells, those in content controls and insertions among them.
fn rows_of<'a>(parent: &'a Element, name: &str, found: &mut Vec<&'a Element>) {
    for element in parent.elements() {
        match &*element.name {
            found_name if found_name == name => found.push(element),
            "sdt" | "sdtContent" | "ins" | "customXml" => rows_of(element, name, found),
            _ => {}
        }
    }
}

/// Is this content control a contents page?
fn is_contents(sdt: &Element) -> bool {
    let gallery = sdt.at(&["sdtPr", "docPartObj", "docPartGallery"]);
    gallery.and_then(|g| g.get("val")).is_some_and(|name| name == "Table of Contents")
}

/// Of the ways a shape is written, the first that holds text: they all say the same.
fn chosen(alternatives: &Element) -> Option<&Element> {
    let holds_text = |element: &&Element| !element.text().trim().is_empty();
    alternatives.elements().find(holds_text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::archive::tests::zipped;

    fn document(body: &str) -> Vec<u8> {
        format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>")
            .into_bytes()
    }

    fn flow(body: &str, parts: &[(&str, &str)]) -> Flow {
        let document = document(body);
        let mut all: Vec<(&str, &[u8])> = vec![("word/document.xml", &document)];
        all.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
        let bytes = zipped(&all);
        read(&mut Archive::open(&bytes).unwrap()).unwrap()
    }

    fn texts(flow: &Flow) -> Vec<&str> {
        flow.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn changes_are_read_as_if_accepted() {
        let body = "<w:p><w:r><w:t>买方</w:t></w:r>\
            <w:del><w:r><w:delText>可以</w:delText></w:r></w:del>\
            <w:ins><w:r><w:t>应当</w:t></w:r></w:ins>\
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密</w:t></w:r>\
            <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>付款。</w:t></w:r></w:p>\
            <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>卖方</w:t></w:r></w:p>\
            <w:p><w:r><w:t>交货。</w:t></w:r></w:p>";
        assert_eq!(texts(&flow(body, &[])), ["买方应当付款。", "卖方交货。"]);
    }

    #[test]
    fn symbols_are_characters_of_the_text() {
        let run =
            |face: &str, inner: &str| format!("<w:r><w:rPr>{face}</w:rPr>{inner}</w:r>");
        let symbol = |font: &str, code: &str| {
            run("", &format!("<w:sym w:font='{font}' w:char='{code}'/>"))
        };
        let body = format!(
            "<w:p>{}{}{}{}{}</w:p>",
            symbol("Wingdings", "F0FE"),
            run("", "<w:t> 水位</w:t>"),
            symbol("Symbol", "F0A3"),
            run("<w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/>", "<w:t>\u{F06D}m</w:t>"),
            symbol("Wingdings 3", "F041"),
        );
        let flow = flow(&body, &[]);
        assert_eq!(texts(&flow), ["☑ 水位≤μm"]);
        assert_eq!(flow.left_out[0].kind, LeftOutKind::UnknownGlyph);
        assert_eq!(flow.left_out[0].text, "Wingdings 3 U+F041");
    }

    #[test]
    fn a_large_first_letter_belongs_to_its_paragraph() {
        let body = "<w:p><w:pPr><w:framePr w:dropCap='drop' w:lines='3'/></w:pPr>\
            <w:r><w:t>T</w:t></w:r></w:p><w:p><w:r><w:t>he tide turns.</w:t></w:r></w:p>";
        assert_eq!(texts(&flow(body, &[])), ["The tide turns."]);
    }

    #[test]
    fn what_is_no_part_of_the_text_is_told() {
        let body = "<w:p><w:r><w:t>船</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>\
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>\
            <w:r><w:drawing><wp:docPr descr='一艘船'/></w:drawing></w:r></w:p>";
        let head = "<w:hdr><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>";
        let comment = "<w:comments><w:comment><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comment></w:comments>";
        let parts = [("word/header1.xml", head), ("word/comments.xml", comment)];
        let flow = flow(body, &parts);
        let told: Vec<String> = flow
            .left_out
            .iter()
            .map(|left| format!("{}: {} {}", left.place, left.kind.as_str(), left.text))
            .collect();
        assert_eq!(
            told,
            [
                "word/document.xml: deleted text 旧",
                "word/document.xml: hidden text 隐",
                "word/document.xml: alt text 一艘船",
                "word/header1.xml: running head 页眉",
                "word/comments.xml: comment 批注",
            ]
        );
    }

    #[test]
    fn small_high_numbers_are_no_part_of_the_word() {
        let run = |face: &str, text: &str| {
            format!("<w:r><w:rPr>{face}</w:rPr><w:t>{text}</w:t></w:r>")
        };
        let body = format!(
            "<w:p>{}{}{}{}</w:p>",
            run("", "公约"),
            run("<w:vertAlign w:val='superscript'/>", "1"),
            run("", "及议定书"),
            run("<w:position w:val='8'/>", "2")
        );
        assert_eq!(texts(&flow(&body, &[])), ["公约¹及议定书²"]);
    }

    #[test]
    fn codes_of_fields_are_not_seen() {
        let body = "<w:p><w:r><w:t>见第</w:t></w:r>\
            <w:r><w:fldChar w:fldCharType='begin'/></w:r>\
            <w:r><w:instrText> REF _1 \\h </w:instrText></w:r>\
            <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>三</w:t></w:r>\
            <w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>条。</w:t></w:r></w:p>\
            <w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>TOC \\o</w:instrText>\
            <w:fldChar w:fldCharType='separate'/><w:t>目录一</w:t></w:r></w:p>\
            <w:p><w:r><w:t>目录二</w:t><w:fldChar w:fldCharType='end'/></w:r></w:p>";
        assert_eq!(texts(&flow(body, &[])), ["见第三条。"]);
    }

    #[test]
    fn notes_stand_last_and_are_tied_to_their_paragraph() {
        let body = "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:endnoteReference w:id='2'/></w:r></w:p>\
            <w:p><w:r><w:t>乙</w:t><w:footnoteReference w:id='7'/></w:r></w:p>";
        let foot = "<f><w:footnote w:id='-1' w:type='separator'><w:p/></w:footnote>\
            <w:footnote w:id='7'><w:p><w:r><w:footnoteRef/><w:t> 脚注。</w:t></w:r></w:p></w:footnote></f>";
        let end = "<e><w:endnote w:id='2'><w:p><w:r><w:t>尾注。</w:t></w:r></w:p></w:endnote></e>";
        let parts = [("word/footnotes.xml", foot), ("word/endnotes.xml", end)];
        let source = flow(body, &parts).into_source("a".into(), "UTF-8");
        assert_eq!(source.text, "甲\n乙\n尾注。\n脚注。\n");
        let blocks = source.blocks.unwrap();
        assert_eq!((&blocks[0].cites[..], &blocks[1].cites[..]), (&[1][..], &[2][..]));
    }

    #[test]
    fn tables_are_rows_and_boxes_follow_their_paragraph() {
        let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        let row = |a: &str, b: &str| {
            format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(a), p(b))
        };
        let shape = format!(
            "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent>\
             <mc:Choice><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
             <mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback>\
             </mc:AlternateContent></w:r></w:p>",
            p("框"),
            p("框")
        );
        let body = format!("{shape}<w:tbl>{}{}</w:tbl>", row("货", "价"), row("茶", "9"));
        assert_eq!(texts(&flow(&body, &[])), ["正文", "框", "货\t价", "茶\t9"]);
    }
}
