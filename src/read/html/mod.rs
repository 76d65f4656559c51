//! Web pages: the main text as a browser shows it.
//!
//! Headings, paragraphs, list items with the numbers that a browser counts, rows of tables, and
//! words wherever else they stand. Menus, banners, scripts, fields of forms and what is hidden
//! are left out, and told. Notes that are linked (`<a href="#fn1">1</a>`) are tied to what
//! cites them. Each block knows its lines in the file.
//!
//! The parser is that of Servo, which reads any bytes as the HTML standard demands, so a page
//! that is cut in a tag still gives the text before it.

mod elements;
mod furniture;
mod notes;
mod page;

use std::collections::BTreeMap;

use ego_tree::NodeId;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use self::notes::{
    enclosing_block, is_called_note, is_note_mark, is_set_as_mark, is_way_back,
    without_mark,
};
use self::page::{PARSED_DEPTH, WebPage};
use super::Problem;
use super::counting::Counting;
use super::flow::Flow;
use super::line::{Layout, Line};
use crate::types::{BlockKind, LeftOutKind};
use elements::is_block;

/// The deepest that elements may stand in one another; what lies deeper is left out, and told.
const DEEPEST: usize = 12_000;

/// Elements in one another that the walk has room for on any stack. For a page that is deeper
/// (its author closed no `<font>`) it gets a stack of its own.
const SHALLOW: usize = 200;

/// The stack for pages of [`DEEPEST`] elements, in bytes. Only what is used takes memory.
const STACK: usize = 256 << 20;

/// The most bytes of a page.
const LARGEST: usize = 48 << 20;

/// The share of the text of a page that its main part must hold to be taken for it.
const MAIN: f64 = 0.4;

/// The paragraphs of a page.
pub(super) fn read(text: &str) -> Result<Flow, Problem> {
    if text.len() > LARGEST {
        return Err(Problem::TooLarge { limit: LARGEST as u64 });
    }
    if page::is_too_deep(text) {
        return Err(Problem::TooDeep { limit: PARSED_DEPTH });
    }
    let page = WebPage::parse(text)?;
    if page.depth <= SHALLOW {
        return Ok(walked(&page));
    }
    // A tree stays in the thread that made it.
    drop(page);
    let with_room = || WebPage::parse(text).map(|page| walked(&page));
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        let thread = builder.spawn_scoped(scope, with_room);
        let read = thread.ok().and_then(|thread| thread.join().ok());
        read.unwrap_or(Err(Problem::TooDeep { limit: SHALLOW }))
    })
}

fn walked(page: &WebPage) -> Flow {
    let mut reader = PageReader::new(page);
    let mut flow = Flow::default();
    let mut line = Line::default();
    let main = main_part(page);
    reader.leave_around(main, &mut flow);
    reader.children(main, &mut flow, &mut line, Context::default());
    flush(&mut flow, &mut line, Context::default());
    flow.append(reader.notes);
    flow
}

/// The part of a page that holds what it is about.
fn main_part(page: &WebPage) -> ElementRef<'_> {
    let root = page.tree.root_element();
    let mut mains = root.descendent_elements().filter(|element| {
        element.value().name() == "main" || element.value().attr("role") == Some("main")
    });
    let main = mains.next().or_else(|| {
        let is_article = |element: &ElementRef<'_>| element.value().name() == "article";
        let mut articles = root.descendent_elements().filter(is_article);
        articles.next().filter(|_| articles.next().is_none())
    });
    let all = page.shown(root.id()).max(1) as f64;
    main.filter(|main| page.shown(main.id()) as f64 >= MAIN * all).unwrap_or(root)
}

/// What holds for all that stands in an element.
#[derive(Clone, Copy, Default)]
struct Context<'a> {
    depth: usize,
    kind: Option<BlockKind>,
    in_article: bool,
    layout: Layout,
    in_note: bool,
    /// The language that an element says its text is in. What a page says of itself as a whole
    /// is not among them: it cannot tell two languages apart, and is often wrong.
    language: Option<&'a str>,
}

impl<'a> Context<'a> {
    /// What holds inside an element.
    fn inside(self, element: ElementRef<'a>) -> Self {
        let value = element.value();
        let name = value.name();
        let is_whole = matches!(name, "html" | "body");
        let language = value.attr("lang").or_else(|| value.attr("xml:lang"));
        let is_prose = self.layout == Layout::Mixed && is_prose(name);
        Self {
            depth: self.depth + 1,
            in_article: self.in_article
                || matches!(name, "article" | "main" | "blockquote"),
            layout: if is_prose { Layout::Running } else { self.layout },
            language: language.filter(|_| !is_whole).or(self.language),
            ..self
        }
    }
}

struct PageReader<'a> {
    page: &'a WebPage,
    /// The elements that a link may lead to, and their place in the page.
    targets: BTreeMap<String, (usize, ElementRef<'a>)>,
    /// The place of each element by its id in the tree.
    order: BTreeMap<NodeId, usize>,
    /// The number of each note that is cited, by the element of its body.
    numbers: BTreeMap<usize, u32>,
    notes: Flow,
}

impl<'a> PageReader<'a> {
    fn new(page: &'a WebPage) -> Self {
        let root = page.tree.root_element();
        let mut targets = BTreeMap::new();
        let mut order = BTreeMap::new();
        for (place, element) in root.descendent_elements().enumerate() {
            order.insert(element.id(), place);
            let name =
                element.value().attr("name").filter(|_| element.value().name() == "a");
            for id in element.value().id().into_iter().chain(name) {
                targets.entry(id.to_owned()).or_insert((place, element));
            }
        }
        let (numbers, notes) = Default::default();
        let mut reader = PageReader { page, targets, order, numbers, notes };
        reader.find_notes(root);
        reader
    }

    /// Finds the links that cite notes, and numbers the notes in the order they are cited.
    fn find_notes(&mut self, root: ElementRef<'a>) {
        for link in root.descendent_elements() {
            if let Some(body) = self.cited_body(link) {
                let next = u32::try_from(self.numbers.len() + 1).unwrap_or(u32::MAX);
                self.numbers.entry(body).or_insert(next);
            }
        }
    }

    /// The place of the body that a link cites; `None` for a link that cites no note.
    fn cited_body(&self, link: ElementRef<'a>) -> Option<usize> {
        let value = link.value();
        if value.name() != "a" {
            return None;
        }
        let id = value.attr("href")?.strip_prefix('#').filter(|id| !id.is_empty())?;
        let text: String = link.text().collect();
        let is_picture = text.trim().is_empty() && is_called_note(link);
        if !(is_picture || is_note_mark(&text) && is_set_as_mark(link, &text, id)) {
            return None;
        }
        let &(place, target) = self.targets.get(id)?;
        let own = *self.order.get(&link.id())?;
        let body = enclosing_block(target)?;
        let body_place = *self.order.get(&body.id())?;
        // A note stands behind what cites it; links up are the way back.
        (place > own && body_place > own).then_some(body_place)
    }

    /// The number of the note whose body an element is.
    fn note_number(&self, element: ElementRef<'a>) -> Option<u32> {
        let place = self.order.get(&element.id())?;
        self.numbers.get(place).copied()
    }

    /// Tells of what stands in an element that is no part of the text.
    fn leave(&self, kind: LeftOutKind, element: ElementRef<'a>, flow: &mut Flow) {
        for left in furniture::texts(self.page, element) {
            flow.leave_out(
                left.kind.unwrap_or(kind),
                Some((left.line, left.line)),
                &left.text,
            );
        }
    }

    /// Tells of what stands around the main part of a page.
    fn leave_around(&self, main: ElementRef<'a>, flow: &mut Flow) {
        let mut inner = main;
        while let Some(outer) = inner.parent().and_then(ElementRef::wrap) {
            for child in outer.children().filter(|child| child.id() != inner.id()) {
                if let Some(element) = ElementRef::wrap(child) {
                    let kind = furniture::left_out_as(self.page, element, false);
                    self.leave(kind.unwrap_or(LeftOutKind::Menu), element, flow);
                } else if let Node::Text(text) = child.value() {
                    let line = self.page.line_of(child.id());
                    flow.leave_out(LeftOutKind::Menu, Some((line, line)), text);
                }
            }
            inner = outer;
        }
    }

    fn children(
        &mut self,
        parent: ElementRef<'a>,
        flow: &mut Flow,
        line: &mut Line,
        context: Context<'a>,
    ) {
        if context.depth > DEEPEST {
            self.leave(LeftOutKind::Unread, parent, flow);
            return;
        }
        for child in parent.children() {
            if let Node::Text(text) = child.value() {
                line.push(text, self.page.line_of(child.id()), context.layout);
            } else if let Some(element) = ElementRef::wrap(child) {
                self.element(element, flow, line, context);
            }
        }
    }

    fn element(
        &mut self,
        element: ElementRef<'a>,
        flow: &mut Flow,
        line: &mut Line,
        outer: Context<'a>,
    ) {
        if let Some(number) = self.note_number(element) {
            flush(flow, line, outer);
            self.note(element, number, outer);
            return;
        }
        if let Some(kind) = furniture::left_out_as(self.page, element, outer.in_article) {
            self.leave(kind, element, flow);
            return;
        }
        let context = outer.inside(element);
        match element.value().name() {
            "a" => self.link(element, flow, line, context),
            "sup" if self.is_citation(element) => self.citation(element, flow, line),
            "sup" => {
                let from = line.len();
                self.children(element, flow, line, context);
                line.raise(from);
            }
            "br" => line.push_break(),
            "hr" => flush(flow, line, outer),
            "img" | "area" => {
                let line = self.page.line_of(element.id());
                let text = furniture::alt_text(element.value()).unwrap_or_default();
                flow.leave_out(LeftOutKind::AltText, Some((line, line)), text);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let kind = Some(BlockKind::Heading);
                self.block(element, flow, line, outer, Context { kind, ..context });
            }
            "ul" | "menu" | "ol" | "dir" => {
                if !line.is_blank() {
                    flush(flow, line, outer);
                }
                self.list(element, flow, context);
            }
            "table" => {
                flush(flow, line, outer);
                self.table(element, flow, context);
            }
            "pre" | "listing" | "xmp" => {
                flush(flow, line, outer);
                self.listing(element, flow, context);
            }
            name if is_block(name) && context.layout == Layout::Listing => {
                line.end_line();
                self.children(element, flow, line, context);
                line.end_line();
            }
            name if is_block(name) => self.block(element, flow, line, outer, context),
            _ => self.children(element, flow, line, context),
        }
    }

    fn link(
        &mut self,
        link: ElementRef<'a>,
        flow: &mut Flow,
        line: &mut Line,
        context: Context<'a>,
    ) {
        if let Some(body) = self.cited_body(link) {
            line.cites.extend(self.numbers.get(&body));
            self.leave(LeftOutKind::FootnoteMark, link, flow);
        } else if context.in_note && is_way_back(link) {
            self.leave(LeftOutKind::FootnoteMark, link, flow);
        } else {
            self.children(link, flow, line, context);
        }
    }

    /// Is the whole of a raised text the mark of a note?
    fn is_citation(&self, element: ElementRef<'a>) -> bool {
        let text: String = element.text().collect();
        is_note_mark(&text)
            && element.descendent_elements().any(|link| self.cited_body(link).is_some())
    }

    fn citation(&mut self, mark: ElementRef<'a>, flow: &mut Flow, line: &mut Line) {
        for link in mark.descendent_elements() {
            let body = self.cited_body(link);
            line.cites.extend(body.and_then(|body| self.numbers.get(&body)));
        }
        self.leave(LeftOutKind::FootnoteMark, mark, flow);
    }

    fn block(
        &mut self,
        element: ElementRef<'a>,
        flow: &mut Flow,
        line: &mut Line,
        outer: Context<'a>,
        context: Context<'a>,
    ) {
        // The number of an item stands before the first block in it.
        if !line.is_blank() {
            flush(flow, line, outer);
        }
        self.children(element, flow, line, context);
        flush(flow, line, context);
    }

    /// A listing, whole; or, where paragraphs, lists or tables stand in it, these and the lines
    /// between them.
    fn listing(
        &mut self,
        listing: ElementRef<'a>,
        flow: &mut Flow,
        context: Context<'a>,
    ) {
        let mut inner = listing.descendent_elements().skip(1);
        let is_mixed = inner.any(|inner| is_prose(inner.value().name()));
        let layout = if is_mixed { Layout::Mixed } else { Layout::Listing };
        let context = Context { layout, ..context };
        let mut line = Line::default();
        self.children(listing, flow, &mut line, context);
        flush(flow, &mut line, context);
    }

    fn note(&mut self, element: ElementRef<'a>, number: u32, outer: Context<'a>) {
        let mut body = Flow::default();
        let mut line = Line::default();
        let context = Context { in_note: true, ..outer.inside(element) };
        self.children(element, &mut body, &mut line, context);
        flush(&mut body, &mut line, context);
        let whole = body.joined();
        let text = without_mark(&whole);
        let lines = body.pieces.first().and_then(|piece| piece.lines);
        if let Some((before, behind)) = whole.split_once(text) {
            body.leave_out(LeftOutKind::FootnoteMark, lines, before);
            body.leave_out(LeftOutKind::FootnoteMark, lines, behind);
        }
        self.notes.push_note(number, body, text);
    }

    fn list(&mut self, list: ElementRef<'a>, flow: &mut Flow, context: Context<'a>) {
        let items = list.child_elements().filter(|e| e.value().name() == "li").count();
        let mut numbers = Numbers::of(list.value(), items);
        let context = Context { kind: Some(BlockKind::Item), ..context };
        // Old pages indent a text by a list without items.
        let mut stray = Line::default();
        for child in list.children() {
            match (child.value(), ElementRef::wrap(child)) {
                (Node::Text(text), _) => {
                    stray.push(text, self.page.line_of(child.id()), context.layout);
                }
                (_, Some(item)) if item.value().name() == "li" => {
                    flush(flow, &mut stray, context);
                    let mut line = Line::of_item(numbers.next(item.value()));
                    self.body(item, flow, &mut line, context);
                }
                (_, Some(element)) => self.element(element, flow, &mut stray, context),
                _ => {}
            }
        }
        flush(flow, &mut stray, context);
    }

    /// What stands in an item or a cell, unless it is a note or left out.
    fn body(
        &mut self,
        element: ElementRef<'a>,
        flow: &mut Flow,
        line: &mut Line,
        outer: Context<'a>,
    ) {
        if let Some(number) = self.note_number(element) {
            self.note(element, number, outer);
        } else if let Some(kind) =
            furniture::left_out_as(self.page, element, outer.in_article)
        {
            self.leave(kind, element, flow);
        } else {
            let context = outer.inside(element);
            self.children(element, flow, line, context);
            flush(flow, line, context);
        }
    }

    fn table(&mut self, table: ElementRef<'a>, flow: &mut Flow, context: Context<'a>) {
        if context.depth > DEEPEST {
            self.leave(LeftOutKind::Unread, table, flow);
            return;
        }
        let context = Context { kind: None, ..context };
        for part in table.child_elements() {
            let kind = furniture::left_out_as(self.page, part, context.in_article);
            match (part.value().name(), kind) {
                (_, Some(kind)) => self.leave(kind, part, flow),
                ("tr", _) => self.row(part, flow, context.inside(part)),
                ("thead" | "tbody" | "tfoot", _) => {
                    self.table(part, flow, context.inside(part));
                }
                _ => self.apart(part, flow, context),
            }
        }
    }

    fn row(&mut self, row: ElementRef<'a>, flow: &mut Flow, context: Context<'a>) {
        let mut cells = Vec::new();
        for cell in row.child_elements() {
            if matches!(cell.value().name(), "td" | "th") {
                let mut inner = Flow::default();
                let mut line = Line::default();
                self.body(cell, &mut inner, &mut line, context);
                cells.push(inner);
            } else {
                self.apart(cell, flow, context);
            }
        }
        flow.push_row(cells);
    }

    /// An element that stands on its own, such as the caption of a table.
    fn apart(&mut self, element: ElementRef<'a>, flow: &mut Flow, context: Context<'a>) {
        let mut line = Line::default();
        self.element(element, flow, &mut line, context);
        flush(flow, &mut line, context);
    }
}

/// Ends a line. A number without words waits for them.
fn flush(flow: &mut Flow, line: &mut Line, context: Context<'_>) {
    let mut gathered = std::mem::take(line);
    let cites = std::mem::take(&mut gathered.cites);
    if gathered.is_blank() {
        line.label = gathered.label.take();
        flow.push_lines(vec![gathered.whole()], BlockKind::Paragraph, cites, None);
        return;
    }
    if context.layout != Layout::Running {
        if !gathered.reads_like_text() {
            let (text, lines) = gathered.whole();
            flow.push_code(&text, lines);
            flow.push("", BlockKind::Paragraph, cites);
            return;
        }
        gathered.unwrap_sentences();
    }
    let mut label = gathered.label.take();
    let kind = context.kind.unwrap_or(BlockKind::Paragraph);
    let mut cites = Some(cites);
    for mut paragraph in gathered.paragraphs() {
        if let (Some(label), Some((text, _))) = (label.take(), paragraph.first_mut()) {
            *text = format!("{label}{}", text.trim_start());
        }
        let cites = cites.take().unwrap_or_default();
        flow.push_lines(paragraph, kind, cites, context.language);
    }
}

/// The numbers of a list.
struct Numbers {
    counting: Counting,
    next: i64,
    step: i64,
}

impl Numbers {
    fn of(list: &Element, items: usize) -> Self {
        let counting = counting_of(list).unwrap_or(match list.name() {
            "ol" => Counting::Decimal,
            _ => Counting::None,
        });
        let is_reversed = list.attr("reversed").is_some();
        let step = if is_reversed { -1 } else { 1 };
        let first = if is_reversed { i64::try_from(items).unwrap_or(1) } else { 1 };
        let start = list.attr("start").and_then(|start| start.trim().parse().ok());
        Self { counting, next: start.unwrap_or(first), step }
    }

    /// The number of the next item, with what parts it from the text.
    fn next(&mut self, item: &Element) -> String {
        let value = item.attr("value").and_then(|value| value.trim().parse().ok());
        let value: i64 = value.unwrap_or(self.next);
        self.next = value.saturating_add(self.step);
        let own = counting_of(item).unwrap_or(self.counting);
        match u32::try_from(value) {
            _ if own == Counting::None => String::new(),
            Ok(value) => format!("{}. ", own.write(value)),
            Err(_) => format!("{value}. "),
        }
    }
}

fn counting_of(value: &Element) -> Option<Counting> {
    if let Some(style) = value.attr("style")
        && let Some((_, rest)) = style.split_once("list-style")
    {
        let rest =
            rest.strip_prefix("-type").unwrap_or(rest).trim_start_matches([' ', ':']);
        let rest = rest.split(';').next().unwrap_or("");
        if let Some(found) = rest.split_whitespace().find_map(Counting::of_web) {
            return Some(found);
        }
    }
    value.attr("type").and_then(Counting::of_web)
}

/// Does an element set running text, even in the midst of a listing?
fn is_prose(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "dl"
            | "table"
            | "blockquote"
    )
}

/// The encoding that a page declares in its first bytes.
///
/// Source: HTML standard, 13.2.3.2, the prescan of the first 1024 bytes.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head: String =
        bytes.iter().take(2048).map(|&b| char::from(b.to_ascii_lowercase())).collect();
    let at = head.match_indices("charset").find_map(|(at, _)| {
        let before = &head[..at];
        (before.rfind("<meta") > before.rfind('>')).then_some(at)
    })?;
    let value = head[at + 7..].trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end =
        value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    super::encoding::named(&value[..end.unwrap_or(value.len())]).ok()
}

/// Does the text look like a page?
pub(super) fn is_page(text: &str) -> bool {
    let start: String =
        text.trim_start().chars().take(200).collect::<String>().to_lowercase();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.starts_with("<?xml") && start.contains("<html")
        || start.starts_with("<head>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &str) -> Vec<String> {
        read(page).unwrap().pieces.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn a_page_whose_last_tag_nothing_closes_is_damaged() {
        for text in
            ["<p>one</p><p cla", "<p>one</p", "<p>one\n<a href='x>two</a>\n<b>three"]
        {
            let Err(Problem::Damaged(what)) = read(text) else {
                panic!("{text} was read")
            };
            assert!(what.contains("behind line"), "{what}");
        }
        assert!(read("<p>one<!-- <p>two").is_err(), "the comment swallows the rest");
        for text in ["<p>one", "a < b", "one <3", "a <", "one</", "<p>one</p>\n", ""] {
            assert!(read(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn lists_are_numbered_as_a_browser_numbers_them() {
        assert_eq!(
            texts(
                "<ol><li>登记<ol type=a><li>申请<li>公告</ol><li value=5>撤销</ol>\
                 <ol reversed><li>二<li>一</ol><ol start=3 style='list-style-type: lower-roman'>\
                 <li><p>c</p><p>d</p></ol><ul><li>点</ul>"
            ),
            [
                "1. 登记",
                "a. 申请",
                "b. 公告",
                "5. 撤销",
                "2. 二",
                "1. 一",
                "iii. c",
                "d",
                "点"
            ]
        );
    }

    #[test]
    fn menus_and_scripts_are_left_out() {
        let page = "<header><nav><a href=/>首页</a></nav></header><div class='menu top'>菜单</div>\
            <script>var a;</script><header><h1>公告</h1></header><p style='display: none'>隐藏</p>\
            <p>正文&amp;附件</p><footer>版权所有</footer>";
        assert_eq!(texts(page), ["公告", "正文&附件"]);
        let page =
            "<div>推荐阅读</div><main><h1>公告</h1><p>正文甚长，足以为主。</p></main>";
        assert_eq!(texts(page), ["公告", "正文甚长，足以为主。"]);
    }

    #[test]
    fn a_foot_that_says_something_is_text() {
        let page = "<p>船闸每日六时开放，直至日落；夜间过闸须先申请。</p><footer>\
            <p>本通告由航道处印发。</p></footer>";
        assert_eq!(texts(page).last().map(String::as_str), Some("本通告由航道处印发。"));
        let page = "<p>The lock opens at six and closes at sunset; ask before a passage by night.\
            </p><p>The keeper of the lock enters every passage in the register and tells the \
            office of the river of all that is heavier than the sluice can bear.</p><footer><p>© 2020 The Waterways Office. All rights reserved.</p></footer>";
        assert_eq!(texts(page).len(), 2);
    }

    fn told(page: &str) -> Vec<(LeftOutKind, String)> {
        let left_out = read(page).unwrap().left_out.into_iter();
        left_out.map(|left_out| (left_out.kind, left_out.text)).collect()
    }

    #[test]
    fn what_is_left_out_is_told() {
        let page = "<head><title>题</title></head><nav>首页<a href=b><img alt='下一页'></a></nav><div class=toc><p>目录</p></div>\
            <p hidden>藏</p><p>船<ruby>坞<rt>wu</rt></ruby></p><select><option>选</select>\
            <dialog>框</dialog><img alt='图'><style>p{}</style>";
        let expected = [
            (LeftOutKind::Metadata, "题"),
            (LeftOutKind::Menu, "首页"),
            (LeftOutKind::AltText, "下一页"),
            (LeftOutKind::Contents, "目录"),
            (LeftOutKind::Hidden, "藏"),
            (LeftOutKind::Ruby, "wu"),
            (LeftOutKind::FormField, "选"),
            (LeftOutKind::Hidden, "框"),
            (LeftOutKind::AltText, "图"),
            (LeftOutKind::Code, "p{}"),
        ];
        let told = told(page);
        let told: Vec<(LeftOutKind, &str)> =
            told.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
        assert_eq!(told, expected);
        assert_eq!(texts(page), ["船坞"]);
    }

    #[test]
    fn a_page_wrapped_in_a_form_is_read_and_a_search_field_is_not() {
        let page =
            "<form><input type=hidden><h1>灯塔法</h1><p>第一条 设灯塔。</p></form>";
        assert_eq!(texts(page), ["灯塔法", "第一条 设灯塔。"]);
        let page = "<form>搜索<input><button>去</button></form><p>港口每天开放，船只凭证进出。</p>";
        assert_eq!(texts(page), ["港口每天开放，船只凭证进出。"]);
    }

    #[test]
    fn lists_without_items_and_words_between_items_are_read() {
        let page = "<ul>付款<b>期</b>限</ul><ol>如下：<li>甲</li>又<li>乙</ol>";
        assert_eq!(texts(page), ["付款期限", "如下：", "1. 甲", "又", "2. 乙"]);
    }

    #[test]
    fn paragraphs_and_tables_in_a_listing_are_read() {
        let page = "<pre>\n前言\n<p>第一条\n船舶。</p>\n<table><tr><td>吨<td>位</table>\n后记\n</pre>";
        assert_eq!(texts(page), ["前言", "第一条船舶。", "吨\t位", "后记"]);
        let page = "<pre>第一条 船舶应当登记。\n\n第二条 船长应当在港务局的登记簿上\n签名。\n\n附则\n</pre>";
        assert_eq!(
            texts(page),
            ["第一条 船舶应当登记。", "第二条 船长应当在港务局的登记簿上签名。", "附则"]
        );
        let page = "<pre>The clerk opens it.\n\nlet a = 1;\n\nlet b = 2;\n</pre>";
        assert_eq!(texts(page).len(), 1);
        let page = "<pre>$ openlock --night\nOpening the gate\n\nPlease wait for the bell of the \
            keeper.\n\nThe gate is open for the boats.\n</pre>";
        assert_eq!(texts(page).len(), 1);
        let flow = read("<pre><div>let a;</div><div>let b;</div></pre>").unwrap();
        assert_eq!(flow.pieces[0].text, "let a;\nlet b;");
    }

    #[test]
    fn tags_that_are_never_closed_hide_no_article() {
        let article = |n| format!("<font size=2><p>第{n}条 船舶应当登记。</p>\n");
        let page: String = (1..=3000).map(article).collect();
        let found = texts(&page);
        assert_eq!(found.len(), 3000);
        assert_eq!(found[2999], "第3000条 船舶应当登记。");
    }

    #[test]
    fn blocks_know_their_lines() {
        let page = "<html>\n<body>\n<p>潮\n水</p>\n\n<ul>\n<li>涨<br>\n落\n</ul>\n<pre>\n\n码\n</pre>";
        let flow = read(page).unwrap();
        let lines: Vec<_> =
            flow.pieces.iter().map(|piece| (piece.text.as_str(), piece.lines)).collect();
        let expected = [
            ("潮水", Some((3, 4))),
            ("涨", Some((7, 7))),
            ("落", Some((8, 8))),
            ("码", Some((12, 12))),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn languages_are_those_of_the_elements_not_of_the_page() {
        let page =
            "<html lang=en><p>一</p><div lang=zh-Hant><p>二</p></div><p lang=fr>c</p>";
        let flow = read(page).unwrap();
        let languages: Vec<_> =
            flow.pieces.iter().map(|piece| piece.language.as_deref()).collect();
        assert_eq!(languages, [None, Some("zh-Hant"), Some("fr")]);
    }

    #[test]
    fn linked_notes_are_tied_to_their_place() {
        let page = "<p>依法登记<sup><a href='#fn1' id='r1'>[1]</a></sup>并公告。</p>\
            <p>另见<a href='#s2'>2</a>。</p><p id=s2>二</p>\
            <ol><li id='fn1'><p><a href='#r1'>1</a>见附件。 <a href='#r1'>↩</a></p></li></ol>";
        let flow = read(page).unwrap();
        let texts: Vec<_> = flow.pieces.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["依法登记并公告。", "另见2。", "二", "见附件。"]);
        assert_eq!(flow.pieces[0].cites, [1]);
        assert_eq!(flow.pieces[3].kind, BlockKind::Note(1));
    }

    #[test]
    fn small_high_numbers_stay_small_and_high() {
        assert_eq!(texts("<p>10<sup>5</sup>，第1<sup>st</sup>"), ["10⁵，第1st"]);
    }

    #[test]
    fn line_breaks_may_end_a_paragraph_and_two_do() {
        let flow = read("<p>第一条<br>第二\n条<br><br>第三条</p>").unwrap();
        let pieces: Vec<_> =
            flow.pieces.iter().map(|p| (p.text.as_str(), p.soft)).collect();
        assert_eq!(pieces, [("第一条", false), ("第二条", true), ("第三条", false)]);
    }

    #[test]
    fn tables_are_rows_unless_they_only_set_the_page() {
        let page = "<table><tr><th>货<th>价<tr><td>茶<td>9</table>\
            <table><tr><td>左<td><table><tr><td>a<td>b</table></table>";
        assert_eq!(texts(page), ["货\t价", "茶\t9", "左", "a\tb"]);
    }

    #[test]
    fn code_stays_whole() {
        let flow = read("<pre><code>let a;\n  let b;\n</code></pre>").unwrap();
        assert_eq!(
            (flow.pieces[0].text.as_str(), flow.pieces[0].kind),
            ("let a;\n  let b;", BlockKind::Code)
        );
    }

    #[test]
    fn broken_pages_give_the_text_they_hold() {
        assert_eq!(texts("<p>正文</b><div>"), ["正文"]);
        assert_eq!(texts(""), Vec::<String>::new());
        assert!(matches!(read(&"<div>".repeat(100_000)), Err(Problem::TooDeep { .. })));
        let deep = format!("{}<p>底</p>", "<div>".repeat(4000));
        assert_eq!(texts(&deep), ["底"]);
    }

    #[test]
    fn the_declared_encoding_is_found() {
        let name = |page: &str| declared_encoding(page.as_bytes()).map(|e| e.name());
        assert_eq!(name("<head><meta charset=\"gb2312\">"), Some("gb18030"));
        let old = "<meta http-equiv=Content-Type content='text/html; charset=big5'>";
        assert_eq!(name(old), Some("Big5"));
        assert_eq!(name("<p>charset=big5</p>"), None);
    }
}
