//! Markdown: CommonMark with tables and notes.
//!
//! Marks of emphasis and addresses of links go, words and numbers stay; a block of code is
//! one unit.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::flow::{BREAK, Flow, unwrapped};
use super::html;
use crate::types::BlockKind;

/// The paragraphs of a Markdown file.
pub(super) fn read(text: &str) -> Flow {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, options) {
        reader.event(event);
    }
    reader.flush();
    reader.flow
}

/// Blocks inside which others stand.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    List(Option<u64>),
    Note(u32, Flow),
    /// A row of cells.
    Row(Vec<Flow>),
}

#[derive(Debug, Default)]
struct Reader {
    flow: Flow,
    text: String,
    cites: Vec<u32>,
    /// The number of the item that the next paragraph opens.
    label: String,
    places: Vec<Place>,
    code: Option<String>,
    html: Option<String>,
    is_heading: bool,
    /// How many elements are open whose text is no text of the page.
    n_hidden: usize,
    numbers: BTreeMap<String, u32>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            _ if self.n_hidden > 0 => {}
            Event::Text(text) => self.push(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(&text);
            }
            Event::SoftBreak => self.text.push('\r'),
            Event::HardBreak => self.text.push(BREAK),
            Event::Html(html) => {
                if let Some(block) = &mut self.html {
                    block.push_str(&html);
                }
            }
            Event::InlineHtml(tag) => {
                let name = tag.to_ascii_lowercase();
                if name.starts_with("<br") {
                    self.text.push(BREAK);
                }
            }
            Event::FootnoteReference(name) => {
                let number = self.number(&name);
                self.cites.push(number);
            }
            Event::Rule => self.flush(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn push(&mut self, text: &str) {
        match &mut self.code {
            Some(code) => code.push_str(text),
            None => self.text.push_str(&text.replace('\n', " ")),
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
                self.code = Some(String::new());
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(String::new());
            }
            Tag::List(first) => {
                self.flush();
                self.places.push(Place::List(first));
            }
            Tag::Item => {
                self.flush();
                self.label.clear();
                if let Some(Place::List(Some(number))) = self.places.last_mut() {
                    self.label = format!("{number}. ");
                    *number = number.saturating_add(1);
                }
            }
            Tag::FootnoteDefinition(name) => {
                self.flush();
                let number = self.number(&name);
                let outer = std::mem::take(&mut self.flow);
                self.places.push(Place::Note(number, outer));
            }
            Tag::TableHead | Tag::TableRow => self.places.push(Place::Row(Vec::new())),
            Tag::TableCell | Tag::Table(_) => self.flush(),
            Tag::MetadataBlock(_) | Tag::Image { .. } => self.n_hidden += 1,
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
                    self.flow.push_code(&code);
                }
            }
            TagEnd::HtmlBlock => {
                // Markup in a text that no browser would show as a page of its own.
                if let Some(block) = self.html.take()
                    && let Ok(mut inner) = html::read(&block)
                {
                    self.flow.pieces.append(&mut inner.pieces);
                }
            }
            TagEnd::List(_) => {
                self.flush();
                self.places.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                if let Some(Place::Note(number, outer)) = self.places.pop() {
                    let body = std::mem::replace(&mut self.flow, outer);
                    self.flow.push(&body.joined(), BlockKind::Note(number), Vec::new());
                }
            }
            TagEnd::TableCell => {
                let mut cell = Flow::default();
                std::mem::swap(&mut cell, &mut self.flow);
                self.flush();
                std::mem::swap(&mut cell, &mut self.flow);
                if let Some(Place::Row(cells)) = self.places.last_mut() {
                    cells.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(Place::Row(cells)) = self.places.pop() {
                    self.flow.push_row(cells);
                }
            }
            TagEnd::MetadataBlock(_) | TagEnd::Image => {
                self.n_hidden = self.n_hidden.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let cites = std::mem::take(&mut self.cites);
        let is_item = self.places.iter().any(|place| matches!(place, Place::List(_)));
        let kind = match () {
            () if self.is_heading => BlockKind::Heading,
            () if is_item => BlockKind::Item,
            () => BlockKind::Paragraph,
        };
        let lines: Vec<String> = text.split(BREAK).map(unwrapped).collect();
        let text = lines.join("\n");
        if text.trim().is_empty() {
            self.flow.push("", kind, cites);
        } else {
            let label = std::mem::take(&mut self.label);
            self.flow.push(&format!("{label}{}", text.trim_start()), kind, cites);
        }
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
