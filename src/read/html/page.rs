//! A page as a tree that knows the line of the file each node begins on.
//!
//! The parser is that of Servo; [`Sink`] hands all it builds on to the tree of scraper and
//! notes the lines. A page is fed to it in small pieces, so that one whose tags grow a tree
//! out of all proportion (each `<p>` opens all `<font>`s again that were never closed) is
//! stopped in time.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::collections::BTreeMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName, driver};
use scraper::{Html, HtmlTreeSink, Node};

use super::elements;
use crate::read::Problem;

/// The most nodes of a page.
const MOST_NODES: usize = 4_000_000;

/// Bytes that are fed to the parser between two looks at the size of the tree.
const FED_AT_ONCE: usize = 4096;

/// The tree of a page.
pub(super) struct WebPage {
    pub(super) tree: Html,
    lines: BTreeMap<NodeId, usize>,
    /// Bytes of text inside each element that a browser may show.
    shown: BTreeMap<NodeId, usize>,
    /// How deep elements stand in one another.
    pub(super) depth: usize,
}

impl WebPage {
    /// The tree of any text.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let sink = Sink {
            tree: HtmlTreeSink::new(Html::new_document()),
            line: Cell::new(1),
            lines: RefCell::default(),
            last: Cell::new(1),
            is_cut: Cell::new(false),
        };
        let mut parser = driver::parse_document(sink, driver::ParseOpts::default());
        let mut rest = text;
        while !rest.is_empty() {
            let mut at = rest.len().min(FED_AT_ONCE);
            while !rest.is_char_boundary(at) {
                at -= 1;
            }
            let (piece, behind) = rest.split_at(at);
            parser.process(StrTendril::from(piece));
            rest = behind;
            if parser.tokenizer.sink.sink.lines.borrow().len() > MOST_NODES {
                return Err(Problem::TooMany { what: "elements", limit: MOST_NODES });
            }
        }
        let (tree, lines, swallowed) = parser.finish();
        // An angle that ends the text is a sign and swallows nothing.
        if let Some(line) = swallowed.filter(|_| !text.ends_with(['<', '/'])) {
            return Err(Problem::damaged(format!(
                "a tag or comment behind line {line} is never closed and hides the rest"
            )));
        }
        let (shown, depth) = measured(&tree);
        Ok(Self { tree, lines, shown, depth })
    }

    /// The line that a node begins on, from 1.
    pub(super) fn line_of(&self, node: NodeId) -> usize {
        self.lines.get(&node).copied().unwrap_or(1)
    }

    /// Bytes of text inside an element that a browser may show.
    pub(super) fn shown(&self, element: NodeId) -> usize {
        self.shown.get(&element).copied().unwrap_or(0)
    }
}

/// The length of the text in each element, and how deep elements stand in one another.
fn measured(tree: &Html) -> (BTreeMap<NodeId, usize>, usize) {
    let mut shown = BTreeMap::new();
    let mut open: Vec<usize> = Vec::new();
    let mut depth = 0;
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => {
                    if let Some(sum) = open.last_mut() {
                        *sum += text.trim().len();
                    }
                }
                _ => {
                    open.push(0);
                    depth = depth.max(open.len());
                }
            },
            Edge::Close(node) if node.value().is_text() => {}
            Edge::Close(node) => {
                let len = open.pop().unwrap_or(0);
                let is_code = node
                    .value()
                    .as_element()
                    .is_some_and(|element| elements::is_never_shown(element.name()));
                if let Some(outer) = open.last_mut().filter(|_| !is_code) {
                    *outer += len;
                }
                shown.insert(node.id(), len);
            }
        }
    }
    (shown, depth)
}

/// Builds the tree and notes the lines.
struct Sink {
    tree: HtmlTreeSink,
    /// The line that the parser has come to.
    line: Cell<usize>,
    lines: RefCell<BTreeMap<NodeId, usize>>,
    /// The line of what was last put into the tree.
    last: Cell<usize>,
    /// Did the text end within a tag, a comment or the like?
    is_cut: Cell<bool>,
}

impl Sink {
    /// The line that what was just read begins on.
    fn first_line(&self, read: &NodeOrText<NodeId>) -> usize {
        let n_ends = match read {
            NodeOrText::AppendText(text) => text.matches('\n').count(),
            NodeOrText::AppendNode(_) => 0,
        };
        self.line.get().saturating_sub(n_ends).max(1)
    }

    fn note(&self, node: Option<NodeId>, line: usize) {
        if !self.is_cut.get() {
            self.last.set(line);
        }
        if let Some(node) = node {
            // A text that goes on began before.
            self.lines.borrow_mut().entry(node).or_insert(line);
        }
    }
}

impl TreeSink for Sink {
    type Output = (Html, BTreeMap<NodeId, usize>, Option<usize>);
    type Handle = NodeId;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self::Output {
        let last = self.is_cut.get().then(|| self.last.get());
        (self.tree.finish(), self.lines.into_inner(), last)
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        // What the tokenizer says of the end of the file, with the state that it is in or
        // without, and of nothing else.
        if message.starts_with("Saw EOF") || message == "Unexpected EOF" {
            self.is_cut.set(true);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(usize::try_from(line).unwrap_or(usize::MAX));
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn get_document(&self) -> NodeId {
        self.tree.get_document()
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.tree.elem_name(target)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeId {
        let id = self.tree.create_element(name, attributes, flags);
        self.note(Some(id), self.line.get());
        id
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.tree.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.tree.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let line = self.first_line(&child);
        self.tree.append(parent, child);
        let tree = self.tree.0.borrow();
        let last = tree.tree.get(*parent).and_then(|parent| parent.last_child());
        self.note(last.map(|last| last.id()), line);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let line = self.first_line(&child);
        self.tree.append_before_sibling(sibling, child);
        let tree = self.tree.0.borrow();
        let before = tree.tree.get(*sibling).and_then(|sibling| sibling.prev_sibling());
        self.note(before.map(|before| before.id()), line);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        before: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let tree = self.tree.0.borrow();
        let has_parent = tree.tree.get(*element).is_some_and(|e| e.parent().is_some());
        drop(tree);
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(
        &self,
        name: StrTendril,
        public_id: StrTendril,
        system_id: StrTendril,
    ) {
        self.tree.append_doctype_to_document(name, public_id, system_id);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.tree.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.tree.reparent_children(node, parent);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.tree.get_template_contents(target)
    }

    fn mark_script_already_started(&self, node: &NodeId) {
        self.tree.mark_script_already_started(node);
    }
}

/// Elements that may be open in one another before the parser is spared the work: its tree
/// building goes through the open elements at each new one.
pub(super) const PARSED_DEPTH: usize = 5000;

/// The most open elements that all tags together may meet: a page of a million tags has about
/// ten open at each.
const MOST_STEPS: usize = 400_000_000;

/// Are more elements open than that somewhere, so that parsing would take long? A rough count:
/// what is closed by its own tag only, and by nothing else.
pub(super) fn is_too_deep(text: &str) -> bool {
    let mut open: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let (mut depth, mut steps) = (0_usize, 0_usize);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|&b| b == b'<') {
        at += next + 1;
        let closes = bytes.get(at) == Some(&b'/');
        let name: Vec<u8> = bytes[at + usize::from(closes)..]
            .iter()
            .take(16)
            .take_while(|b| b.is_ascii_alphanumeric())
            .map(u8::to_ascii_lowercase)
            .collect();
        steps += depth;
        if name.is_empty() || closes_itself(&name) {
            continue;
        }
        let count = open.entry(name).or_default();
        if !closes {
            *count += 1;
            depth += 1;
        } else if *count > 0 {
            *count -= 1;
            depth -= 1;
        }
        if depth > PARSED_DEPTH || steps > MOST_STEPS {
            return true;
        }
    }
    false
}

/// Elements that never nest: they are empty, or the next of the kind closes them.
fn closes_itself(name: &[u8]) -> bool {
    matches!(
        name,
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
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(String, usize)> {
        let page = WebPage::parse(text).unwrap();
        let texts = page.tree.tree.root().descendants().filter_map(|node| {
            let text = node.value().as_text()?.trim_start_matches([' ', '\n']);
            let start = node.value().as_text()?.len() - text.len();
            let ends = node.value().as_text()?[..start].matches('\n').count();
            (!text.is_empty()).then(|| (text.to_owned(), page.line_of(node.id()) + ends))
        });
        texts.collect()
    }

    #[test]
    fn each_text_knows_its_line() {
        let page = "<html>\n<body\n class=a><p>一</p>\n\n<pre>\n二\n</pre><!-- \n\n -->三&amp;\n\
                    <p>\n\n四<b>\n五</b></p></body></html>\n";
        let found = lines(page);
        let found: Vec<(&str, usize)> =
            found.iter().map(|(text, line)| (text.trim(), *line)).collect();
        assert_eq!(found, [("一", 3), ("二", 6), ("三&", 9), ("四", 12), ("五", 13)]);
    }

    #[test]
    fn the_line_is_that_of_the_file_in_long_pages_too() {
        let page: String = (1..=3000).map(|n| format!("<p>第{n}条</p>\n")).collect();
        for (text, line) in lines(&page) {
            assert_eq!(text, format!("第{line}条"));
        }
    }

    #[test]
    fn trees_that_outgrow_their_page_are_stopped() {
        let page: String = (0..4500).map(|n| format!("<p><font color={n}>x")).collect();
        let stopped = WebPage::parse(&page).map(|page| page.depth);
        assert!(matches!(stopped, Err(Problem::TooMany { .. })));
    }

    #[test]
    fn tags_that_are_never_closed_are_counted() {
        assert!(!is_too_deep(&"<font size=2><p>x</p>\n".repeat(400)));
        assert!(is_too_deep(&"<font></p>".repeat(6000)));
        assert!(!is_too_deep(&"<div><p>x</div>".repeat(6000)));
    }
}
