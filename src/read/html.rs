//! Web pages: the main text as a browser shows it.
//!
//! Headings, paragraphs, list items with the numbers that a browser counts, rows of tables.
//! Menus, banners, scripts, forms and what is hidden are left out. Notes that are linked
//! (`<a href="#fn1">1</a>`) are tied to what cites them.
//!
//! The parser is that of Servo, which reads any bytes as the HTML standard demands, so a page
//! that is cut in a tag still gives the text before it.

use std::collections::BTreeMap;

use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use super::Problem;
use super::counting::Counting;
use super::flow::{BREAK, Flow, raise, tidy, unwrapped};
use crate::types::BlockKind;

/// The deepest that elements may stand in one another; what lies deeper is left out. The
/// parser itself stops at 512 as browsers do; the walk is recursive and has room for this.
const DEEPEST: usize = 300;

/// A line end of the markup, which means nothing, while a [`BREAK`] is one that is meant.
const WRAP: &str = "\r";

/// The most bytes of a page.
const LARGEST: usize = 48 << 20;

/// The share of the text of a page that its main part must hold to be taken for it.
const MAIN: f64 = 0.4;

/// The paragraphs of a page.
pub(super) fn read(text: &str) -> Result<Flow, Problem> {
    if text.len() > LARGEST {
        return Err(Problem::TooLarge { limit: LARGEST as u64 });
    }
    if deeper_than(text, PARSED_DEPTH) {
        return Err(Problem::TooDeep { limit: PARSED_DEPTH });
    }
    if ends_in_tag(text) {
        return Err(Problem::damaged("it ends inside a tag"));
    }
    let page = Html::parse_document(text);
    let root = page.root_element();
    let mut reader = Reader::new(root);
    let mut flow = Flow::default();
    let main = main_part(root);
    let mut line = Line::default();
    reader.children(main, &mut flow, &mut line, Context::default());
    reader.flush(&mut flow, &mut line, Context::default());
    flow.pieces.append(&mut reader.notes.pieces);
    Ok(flow)
}

/// Was the rest of the file cut off? A page may end anywhere but between the angles of a tag.
fn ends_in_tag(text: &str) -> bool {
    let Some(open) = text.rfind('<') else { return false };
    let tag = &text[open + 1..];
    let name = tag.strip_prefix('/').unwrap_or(tag);
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && !tag.contains('>')
}

/// Elements that are opened one in another before the parser is spared the work: its tree
/// building goes through the open elements at each new one.
const PARSED_DEPTH: usize = 5000;

/// Do more tags open than close, by so many, anywhere? A rough count of a hostile page.
fn deeper_than(text: &str, limit: usize) -> bool {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(next) = bytes[at..].iter().position(|&b| b == b'<') {
        at += next + 1;
        match bytes.get(at) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() => {
                let name = &bytes[at..bytes.len().min(at + 8)];
                let name: Vec<u8> = name
                    .iter()
                    .take_while(|b| b.is_ascii_alphanumeric())
                    .map(u8::to_ascii_lowercase)
                    .collect();
                // These never nest: they are empty, or close by themselves.
                let is_flat = matches!(
                    name.as_slice(),
                    b"br"
                        | b"hr"
                        | b"img"
                        | b"meta"
                        | b"link"
                        | b"input"
                        | b"p"
                        | b"li"
                        | b"td"
                        | b"tr"
                        | b"th"
                        | b"dt"
                        | b"dd"
                        | b"col"
                        | b"wbr"
                        | b"option"
                        | b"area"
                        | b"base"
                        | b"source"
                        | b"path"
                        | b"tbody"
                        | b"thead"
                );
                depth += usize::from(!is_flat);
                if depth > limit {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// The part of a page that holds what it is about.
fn main_part(root: ElementRef<'_>) -> ElementRef<'_> {
    let len = |element: ElementRef<'_>| text_len(element, 0);
    let all = len(root).max(1) as f64;
    let mut mains = root.descendent_elements().filter(|element| {
        element.value().name() == "main" || element.value().attr("role") == Some("main")
    });
    let main = mains.next().or_else(|| {
        let is_article = |element: &ElementRef<'_>| element.value().name() == "article";
        let mut articles = root.descendent_elements().filter(is_article);
        articles.next().filter(|_| articles.next().is_none())
    });
    main.filter(|&main| len(main) as f64 >= MAIN * all).unwrap_or(root)
}

/// Length of the text that is shown, in bytes.
fn text_len(element: ElementRef<'_>, depth: usize) -> usize {
    if depth > DEEPEST || is_left_out(element, false) {
        return 0;
    }
    let children = element.children().map(|child| match child.value() {
        Node::Text(text) => text.trim().len(),
        Node::Element(_) => {
            ElementRef::wrap(child).map_or(0, |child| text_len(child, depth + 1))
        }
        _ => 0,
    });
    children.sum()
}

/// Is the element no part of the text: hidden, a script, or a means to move about?
fn is_left_out(element: ElementRef<'_>, in_article: bool) -> bool {
    let value = element.value();
    match value.name() {
        "script" | "style" | "noscript" | "template" | "head" | "nav" | "form"
        | "button" | "select" | "svg" | "iframe" | "object" | "audio" | "video"
        | "canvas" | "dialog" | "input" | "textarea" | "rt" | "rp" | "datalist" => {
            return true;
        }
        "aside" => return !in_article,
        "footer" => return !in_article && !holds_note(element),
        "header" => return is_banner(element),
        _ => {}
    }
    if value.attr("hidden").is_some() || is_hidden_style(value) {
        return true;
    }
    if let Some(role) = value.attr("role") {
        return matches!(
            role,
            "navigation"
                | "banner"
                | "contentinfo"
                | "search"
                | "menu"
                | "menubar"
                | "dialog"
                | "alertdialog"
                | "toolbar"
                | "complementary"
        );
    }
    let is_box = matches!(
        value.name(),
        "div" | "ul" | "ol" | "section" | "table" | "p" | "a" | "span"
    );
    is_box && names(value).any(|name| is_furniture(&name))
}

fn is_hidden_style(value: &Element) -> bool {
    value.attr("style").is_some_and(|style| {
        let style: String = style
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// The classes and the id of an element, in lower case.
fn names(value: &Element) -> impl Iterator<Item = String> {
    value.classes().chain(value.id()).map(str::to_lowercase)
}

/// Does a class or id say that the element helps to move about?
fn is_furniture(name: &str) -> bool {
    const WORDS: [&str; 24] = [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "menubar",
        "breadcrumb",
        "breadcrumbs",
        "sidebar",
        "footer",
        "cookie",
        "cookies",
        "cookie-banner",
        "skip-link",
        "skiplink",
        "pagination",
        "pager",
        "share",
        "social",
        "toolbar",
        "mw-editsection",
        "toc",
        "site-header",
        "site-footer",
        "noprint",
    ];
    WORDS.contains(&name)
}

/// Is a header that of the site, with a menu, and not that of a text?
fn is_banner(element: ElementRef<'_>) -> bool {
    element.value().attr("role") == Some("banner")
        || element.descendent_elements().skip(1).any(|inner| {
            matches!(inner.value().name(), "nav" | "form" | "button")
                || inner.value().attr("role") == Some("navigation")
        })
}

/// Does the element hold something that a note may be?
fn holds_note(element: ElementRef<'_>) -> bool {
    element.descendent_elements().any(|inner| {
        inner.value().id().is_some_and(|id| {
            let id = id.to_lowercase();
            id.starts_with("fn") || id.contains("note")
        })
    })
}

/// What holds for all that stands in an element.
#[derive(Clone, Copy, Default)]
struct Context {
    depth: usize,
    kind: Option<BlockKind>,
    in_article: bool,
    is_pre: bool,
    in_note: bool,
}

/// The line that is being gathered.
#[derive(Default)]
struct Line {
    text: String,
    cites: Vec<u32>,
    /// The number of the list item that it opens.
    label: Option<String>,
}

struct Reader<'a> {
    /// The elements that a link may lead to, and their place in the page.
    targets: BTreeMap<String, (usize, ElementRef<'a>)>,
    /// The place of each element by its id in the tree.
    order: BTreeMap<ego_tree::NodeId, usize>,
    /// The number of each note that is cited, by the element of its body.
    numbers: BTreeMap<usize, u32>,
    notes: Flow,
}

impl<'a> Reader<'a> {
    fn new(root: ElementRef<'a>) -> Self {
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
        let mut reader =
            Reader { targets, order, numbers: BTreeMap::new(), notes: Flow::default() };
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
        if !is_note_mark(&text) || !is_set_as_mark(link, &text, id) {
            return None;
        }
        let &(place, target) = self.targets.get(id)?;
        let own = *self.order.get(&link.id())?;
        let body = enclosing_block(target)?;
        let body_place = *self.order.get(&body.id())?;
        // A note stands behind what cites it; links up are the way back.
        (place > own && body_place > own).then_some(body_place)
    }

    fn children(
        &mut self,
        parent: ElementRef<'a>,
        flow: &mut Flow,
        line: &mut Line,
        context: Context,
    ) {
        if context.depth > DEEPEST {
            return;
        }
        for child in parent.children() {
            match child.value() {
                Node::Text(text) if context.is_pre => line.text.push_str(text),
                Node::Text(text) => line.text.push_str(&text.replace('\n', WRAP)),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element, flow, line, context);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(
        &mut self,
        element: ElementRef<'a>,
        flow: &mut Flow,
        line: &mut Line,
        outer: Context,
    ) {
        let name = element.value().name();
        let mut context = Context { depth: outer.depth + 1, ..outer };
        context.in_article |= matches!(name, "article" | "main" | "blockquote");
        let place = self.order.get(&element.id()).copied();
        if let Some(&number) = place.and_then(|place| self.numbers.get(&place)) {
            self.flush(flow, line, outer);
            self.note(element, number, context);
            return;
        }
        if is_left_out(element, outer.in_article) {
            return;
        }
        match name {
            "a" => {
                if let Some(body) = self.cited_body(element) {
                    line.cites.extend(self.numbers.get(&body));
                } else if !(context.in_note && is_way_back(element)) {
                    self.children(element, flow, line, context);
                }
            }
            "sup" if self.is_citation(element) => {
                self.children(element, flow, &mut Line::default(), context);
                for link in element.descendent_elements() {
                    let body = self.cited_body(link);
                    line.cites.extend(body.and_then(|body| self.numbers.get(&body)));
                }
            }
            "sup" => {
                let from = line.text.len();
                self.children(element, flow, line, context);
                raise(&mut line.text, from);
            }
            "br" => line.text.push(if context.is_pre { '\n' } else { BREAK }),
            "wbr" => {}
            "hr" => self.flush(flow, line, outer),
            "img" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let kind = Some(BlockKind::Heading);
                self.block(element, flow, line, outer, Context { kind, ..context });
            }
            "ul" | "menu" | "ol" | "dir" => {
                self.list(element, flow, line, outer, context);
            }
            "table" => {
                self.flush(flow, line, outer);
                self.table(element, flow, context);
            }
            "pre" | "listing" | "xmp" => {
                self.flush(flow, line, outer);
                let mut code = Line::default();
                let is_pre = true;
                self.children(
                    element,
                    &mut Flow::default(),
                    &mut code,
                    Context { is_pre, ..context },
                );
                flow.push_code(&code.text);
            }
            name if is_block(name) => self.block(element, flow, line, outer, context),
            _ => self.children(element, flow, line, context),
        }
    }

    fn block(
        &mut self,
        element: ElementRef<'a>,
        flow: &mut Flow,
        line: &mut Line,
        outer: Context,
        context: Context,
    ) {
        // The number of an item stands before the first block in it.
        if !tidy(&line.text).is_empty() {
            self.flush(flow, line, outer);
        }
        self.children(element, flow, line, context);
        self.flush(flow, line, context);
    }

    /// Ends the line.
    fn flush(&mut self, flow: &mut Flow, line: &mut Line, context: Context) {
        let text = std::mem::take(&mut line.text);
        let cites = std::mem::take(&mut line.cites);
        if tidy(&text).is_empty() {
            flow.push("", BlockKind::Paragraph, cites);
            return;
        }
        let label = line.label.take().unwrap_or_default();
        let kind = context.kind.unwrap_or(BlockKind::Paragraph);
        // Two line breaks set an end to a paragraph, one may.
        let mut cites = Some(cites);
        let lines: Vec<String> = text.split(BREAK).map(unwrapped).collect();
        for (k, paragraph) in paragraphs(&lines).into_iter().enumerate() {
            let text = match k {
                0 => format!("{label}{}", paragraph.trim_start()),
                _ => paragraph,
            };
            flow.push(&text, kind, cites.take().unwrap_or_default());
        }
    }

    /// Is the whole of a raised text the mark of a note?
    fn is_citation(&self, element: ElementRef<'a>) -> bool {
        let text: String = element.text().collect();
        is_note_mark(&text)
            && element.descendent_elements().any(|link| self.cited_body(link).is_some())
    }

    fn note(&mut self, element: ElementRef<'a>, number: u32, context: Context) {
        let mut body = Flow::default();
        let mut line = Line::default();
        let context = Context { in_note: true, ..context };
        self.children(element, &mut body, &mut line, context);
        self.flush(&mut body, &mut line, context);
        let text = body.joined();
        let text = without_mark(&text);
        self.notes.push(text, BlockKind::Note(number), Vec::new());
    }

    fn list(
        &mut self,
        list: ElementRef<'a>,
        flow: &mut Flow,
        line: &mut Line,
        outer: Context,
        context: Context,
    ) {
        if !tidy(&line.text).is_empty() {
            self.flush(flow, line, outer);
        }
        let is_item = |element: &ElementRef<'_>| element.value().name() == "li";
        let items = list.child_elements().filter(is_item).count();
        let ordered = list.value().name() == "ol";
        let counting = counting_of(list.value()).unwrap_or(match ordered {
            true => Counting::Decimal,
            false => Counting::None,
        });
        let number = |name: &str| {
            list.value().attr(name).and_then(|v| v.trim().parse::<i64>().ok())
        };
        let reversed = list.value().attr("reversed").is_some();
        let step = if reversed { -1 } else { 1 };
        let first = if reversed { i64::try_from(items).unwrap_or(1) } else { 1 };
        let mut next = number("start").unwrap_or(first);
        let context = Context { kind: Some(BlockKind::Item), ..context };
        for element in list.child_elements() {
            if !is_item(&element) {
                self.element(element, flow, line, context);
                self.flush(flow, line, context);
                continue;
            }
            let value = element.value().attr("value").and_then(|v| v.trim().parse().ok());
            let value: i64 = value.unwrap_or(next);
            next = value.saturating_add(step);
            let own = counting_of(element.value()).unwrap_or(counting);
            let label = match u32::try_from(value) {
                _ if own == Counting::None => String::new(),
                Ok(value) => format!("{}. ", own.write(value)),
                Err(_) => format!("{value}. "),
            };
            let mut inner = Line { label: Some(label), ..Line::default() };
            self.element_body(element, flow, &mut inner, context);
        }
    }

    /// An item: what stands in it, unless it is a note or left out.
    fn element_body(
        &mut self,
        element: ElementRef<'a>,
        flow: &mut Flow,
        line: &mut Line,
        context: Context,
    ) {
        let place = self.order.get(&element.id()).copied();
        if let Some(&number) = place.and_then(|place| self.numbers.get(&place)) {
            self.note(element, number, context);
        } else if !is_left_out(element, context.in_article) {
            let context = Context { depth: context.depth + 1, ..context };
            self.children(element, flow, line, context);
            self.flush(flow, line, context);
        }
    }

    fn table(&mut self, table: ElementRef<'a>, flow: &mut Flow, context: Context) {
        if context.depth > DEEPEST {
            return;
        }
        let context = Context { depth: context.depth + 1, kind: None, ..context };
        for part in table.child_elements() {
            match part.value().name() {
                "caption" => {
                    let mut line = Line::default();
                    self.children(part, flow, &mut line, context);
                    self.flush(flow, &mut line, context);
                }
                "tr" => self.row(part, flow, context),
                "thead" | "tbody" | "tfoot" => self.table(part, flow, context),
                _ => {}
            }
        }
    }

    fn row(&mut self, row: ElementRef<'a>, flow: &mut Flow, context: Context) {
        if is_left_out(row, context.in_article) {
            return;
        }
        let mut cells = Vec::new();
        for cell in row.child_elements() {
            if matches!(cell.value().name(), "td" | "th") {
                let mut inner = Flow::default();
                let mut line = Line::default();
                self.element_body(cell, &mut inner, &mut line, context);
                cells.push(inner);
            }
        }
        flow.push_row(cells);
    }
}

/// The paragraphs of a text, parted by two line breaks or more.
fn paragraphs(lines: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in lines {
        if tidy(line).is_empty() {
            is_open = false;
        } else if let Some(last) = out.last_mut().filter(|_| is_open) {
            last.push(BREAK);
            last.push_str(line);
        } else {
            out.push(line.clone());
            is_open = true;
        }
    }
    out
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

/// `1`, `[1]`, `(12)`, `*`, `†`: what a note is cited by.
fn is_note_mark(text: &str) -> bool {
    let bare = tidy(text);
    let bare = bare.trim_matches(|c| {
        matches!(c, '[' | ']' | '(' | ')' | '［' | '］' | '〔' | '〕' | '注' | '註')
    });
    let is_mark = |c: char| matches!(c, '*' | '†' | '‡' | '§' | '＊');
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳');
    !bare.is_empty()
        && bare.chars().count() <= 3
        && (bare.chars().all(is_number) || bare.chars().all(is_mark))
}

/// Does a link lead from a note back to where it is cited?
fn is_way_back(link: ElementRef<'_>) -> bool {
    let text: String = link.text().collect();
    let leads_inside = link.value().attr("href").is_some_and(|to| to.starts_with('#'));
    leads_inside
        && (is_note_mark(&text)
            || text.trim_matches(['↩', '↑', '^', '\u{FE0E}', ' ']).is_empty())
}

/// Is a link with a number set as a citation is (raised, in brackets, called so), and not a
/// mere link to section 7?
fn is_set_as_mark(link: ElementRef<'_>, text: &str, id: &str) -> bool {
    let is_raised = |element: Option<ElementRef<'_>>| {
        element.is_some_and(|element| element.value().name() == "sup")
    };
    let id = id.trim_start_matches(['_', '#']).to_lowercase();
    let is_named = ["fn", "ftn", "edn", "note", "footnote", "endnote", "cite_note"];
    text.contains(|c: char| !c.is_ascii_digit() && !c.is_whitespace())
        || is_raised(link.parent().and_then(ElementRef::wrap))
        || is_raised(link.child_elements().next())
        || is_named.iter().any(|name| id.starts_with(name))
        || link.value().attr("role") == Some("doc-noteref")
        || names(link.value()).any(|name| name.contains("note"))
}

/// The block around the target of a link: the body of the note.
fn enclosing_block(target: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let is_body = |element: &ElementRef<'_>| {
        matches!(element.value().name(), "li" | "p" | "div" | "dd" | "td" | "aside")
    };
    let mut element = target;
    for _ in 0..6 {
        if is_body(&element) {
            return Some(element);
        }
        element = element.parent().and_then(ElementRef::wrap)?;
    }
    None
}

/// The body of a note without its number before it and the way back (`↩`) behind it.
fn without_mark(text: &str) -> &str {
    let text = text.trim_end_matches(['↩', '↑', '\u{FE0E}', ' ', '⏎']);
    let text = text.trim_start_matches(['^', '↑', ' ']);
    let inner = text.strip_prefix(['[', '(', '［']).unwrap_or(text);
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == inner.len() || inner.len() - rest.len() > 3 {
        return text;
    }
    let is_parted = rest.starts_with([']', ')', '］', '.', ' ', '、']);
    if is_parted {
        rest.trim_start_matches([']', ')', '］', '.', ' ', '、'])
    } else {
        text
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "p"
            | "section"
            | "summary"
            | "caption"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "search"
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
    fn a_page_that_was_cut_in_a_tag_is_damaged() {
        for text in ["<p>one</p><p cla", "<p>one</", "<p>one</p"] {
            assert_eq!(ends_in_tag(text), text != "<p>one</", "{text}");
        }
        for text in ["<p>one", "a < b", "one <3", "<p>one</p>\n", ""] {
            assert!(!ends_in_tag(text), "{text}");
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
        assert!(read(&deep).unwrap().pieces.len() < 2);
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
