//! Markdown: CommonMark with tables and notes.
//!
//! Marks of emphasis and addresses of links go, words and numbers stay; a block of code is
//! one unit. Each block knows its lines in the file.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::flow::{Flow, Lines, spanning};
use super::html;
use super::line::{Layout, Line};
use crate::types::{BlockKind, LeftOutKind};

/// The paragraphs of a Markdown file.
pub(super) fn read(text: &str) -> Flow {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let ends = text.bytes().enumerate().filter(|&(_, b)| b == b'\n');
    let line_ends: Vec<usize> = ends.map(|(at, _)| at).collect();
    let line_of = |at: usize| line_ends.partition_point(|&end| end < at) + 1;
    let mut reader = MarkdownReader::default();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.at = line_of(range.start);
        reader.event(event);
    }
    reader.flush();
    reader.flow
}

/// Blocks inside which others stand.
#[derive(Debug, PartialEq, Eq)]
enum OpenBlock {
    List(Option<u64>),
    Note(u32, Flow),
    /// A row of cells.
    Row(Vec<Flow>),
}

/// Lines of the file that are taken as they stand.
#[derive(Debug, Default)]
struct Listing {
    text: String,
    lines: Lines,
}

impl Listing {
    fn push(&mut self, text: &str, line: usize) {
        let n_ends = text.trim_end_matches('\n').matches('\n').count();
        self.lines = spanning(self.lines, Some((line, line + n_ends)));
        self.text.push_str(text);
    }
}

#[derive(Debug, Default)]
struct MarkdownReader {
    flow: Flow,
    /// The line of the file that the reader has come to.
    at: usize,
    line: Line,
    /// The number of the item that the next paragraph opens.
    label: String,
    places: Vec<OpenBlock>,
    code: Option<Listing>,
    html: Option<Listing>,
    is_heading: bool,
    /// What the open elements are whose text is no text of the page.
    hidden: Vec<LeftOutKind>,
    numbers: BTreeMap<String, u32>,
}

impl MarkdownReader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(&text);
            }
            Event::SoftBreak => self.push("\n"),
            Event::HardBreak => self.line.push_break(),
            Event::Html(html) => {
                if let Some(block) = &mut self.html {
                    block.push(&html, self.at);
                }
            }
            Event::InlineHtml(tag) => {
                let name = tag.to_ascii_lowercase();
                if name.starts_with("<br") {
                    self.line.push_break();
                }
            }
            Event::FootnoteReference(name) => {
                let number = self.number(&name);
                self.line.cites.push(number);
            }
            Event::Rule => self.flush(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn push(&mut self, text: &str) {
        let at = self.at;
        match (self.hidden.last(), &mut self.code) {
            (Some(&kind), _) => self.flow.leave_out(kind, Some((at, at)), text),
            (None, Some(code)) => code.push(text, at),
            (None, None) => self.line.push(text, at, Layout::Running),
        }
    }

    fn number(&mut self, name: &CowStr<'_>) -> u32 {
        let next = u32::try_from(self.numbers.len() + 1).unwrap_or(u32::MAX);
        *self.numbers.entry(name.to_string()).or_insert(next)
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {}
            Tag::Heading { .. } => {
                self.flush();
                self.is_heading = true;
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(Listing::default());
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(Listing::default());
            }
            Tag::List(first) => {
                self.flush();
                self.places.push(OpenBlock::List(first));
            }
            Tag::Item => {
                self.flush();
                self.label.clear();
                if let Some(OpenBlock::List(Some(number))) = self.places.last_mut() {
                    self.label = format!("{number}. ");
                    *number = number.saturating_add(1);
                }
            }
            Tag::FootnoteDefinition(name) => {
                self.flush();
                let number = self.number(&name);
                let outer = std::mem::take(&mut self.flow);
                self.places.push(OpenBlock::Note(number, outer));
            }
            Tag::TableHead | Tag::TableRow => {
                self.places.push(OpenBlock::Row(Vec::new()));
            }
            Tag::TableCell | Tag::Table(_) => self.flush(),
            Tag::MetadataBlock(_) => self.hidden.push(LeftOutKind::Metadata),
            Tag::Image { .. } => self.hidden.push(LeftOutKind::AltText),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) => self.flush(),
            TagEnd::Heading(_) => {
                self.flush();
                self.is_heading = false;
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.flow.push_code(&code.text, code.lines);
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(block) = self.html.take() {
                    self.markup(&block);
                }
            }
            TagEnd::List(_) => {
                self.flush();
                self.places.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                if let Some(OpenBlock::Note(number, outer)) = self.places.pop() {
                    let body = std::mem::replace(&mut self.flow, outer);
                    let text = body.joined();
                    self.flow.push_note(number, body, &text);
                }
            }
            TagEnd::TableCell => {
                let mut cell = Flow::default();
                std::mem::swap(&mut cell, &mut self.flow);
                self.flush();
                std::mem::swap(&mut cell, &mut self.flow);
                if let Some(OpenBlock::Row(cells)) = self.places.last_mut() {
                    cells.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(OpenBlock::Row(cells)) = self.places.pop() {
                    self.flow.push_row(cells);
                }
            }
            TagEnd::MetadataBlock(_) | TagEnd::Image => {
                self.hidden.pop();
            }
            _ => {}
        }
    }

    /// Markup in the midst of the text, which no browser would show as a page of its own.
    fn markup(&mut self, block: &Listing) {
        match html::read(&block.text) {
            Ok(mut inner) => {
                inner.move_down(block.lines.map_or(0, |(first, _)| first - 1));
                self.flow.append(inner);
            }
            Err(_) => self.flow.leave_out(LeftOutKind::Unread, block.lines, &block.text),
        }
    }

    fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        let cites = std::mem::take(&mut line.cites);
        let is_item = self.places.iter().any(|place| matches!(place, OpenBlock::List(_)));
        let kind = match () {
            () if self.is_heading => BlockKind::Heading,
            () if is_item => BlockKind::Item,
            () => BlockKind::Paragraph,
        };
        let mut lines: Vec<_> = line.paragraphs().into_iter().flatten().collect();
        if let Some((text, _)) = lines.first_mut() {
            let label = std::mem::take(&mut self.label);
            *text = format!("{label}{}", text.trim_start());
        }
        self.flow.push_lines(lines, kind, cites, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        read(text).pieces.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn words_stay_and_marks_go() {
        let text = "---\ntitle: 甲\n---\n# 所有权 {#own}\n\n*值*与[变量](ch04.md)\n绑定，`let` 亦然。\n\n\
                    3. 三\n4. 四\n   - 五\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n";
        assert_eq!(
            texts(text),
            [
                "所有权",
                "值与变量绑定，let 亦然。",
                "3. 三",
                "4. 四",
                "五",
                "甲\t乙",
                "1\t2"
            ]
        );
    }

    #[test]
    fn blocks_know_their_lines_in_the_file() {
        let text = "# 潮汐\n\n\n涨潮\n与落潮\n\n- 甲\n\n\n```\nlet a;\n\nlet b;\n```\n\n<p>\n丙</p>\n\n| 一 | 二 |\n|---|---|\n| 三 | 四 |\n";
        let flow = read(text);
        let lines: Vec<_> = flow.pieces.iter().filter_map(|piece| piece.lines).collect();
        assert_eq!(
            lines,
            [(1, 1), (4, 5), (7, 7), (11, 13), (17, 17), (19, 19), (21, 21)]
        );
    }

    #[test]
    fn code_is_one_unit() {
        let flow = read("```rust\nlet a;\n\nlet b;\n```\n\n正文\n");
        assert_eq!(flow.pieces[0].text, "let a;\n\nlet b;");
        assert_eq!(flow.pieces[0].kind, BlockKind::Code);
    }

    #[test]
    fn notes_are_tied_to_what_cites_them() {
        let flow = read("正文[^n]。\n\n[^n]: 注文。\n");
        assert_eq!(
            (flow.pieces[0].text.as_str(), &flow.pieces[0].cites[..]),
            ("正文。", &[1][..])
        );
        assert_eq!(flow.pieces[1].kind, BlockKind::Note(1));
    }
}
