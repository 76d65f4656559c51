//! What of a page is no part of its text, and what it is instead.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::elements::is_block;
use super::page::WebPage;
use crate::text::script::is_han;
use crate::types::LeftOutKind;

/// A box that holds more of the text of its page than this is the text, whatever it is called.
const MOST: f64 = 0.4;

/// A box beside the text helps to move about if at least this share of it is links.
const LINKED: f64 = 0.5;

/// The fewest words, or Han characters, of a sentence in the foot of a page.
const LEAST_PROSE: usize = 4;

/// A form that shows more bytes than this is a text, and not a field with its name.
const LARGEST_FORM: usize = 300;

/// What an element is, if it is no part of the text.
pub(super) fn left_out_as(
    page: &WebPage,
    element: ElementRef<'_>,
    in_article: bool,
) -> Option<LeftOutKind> {
    by_name(page, element, in_article).or_else(|| by_attributes(page, element))
}

fn by_name(
    page: &WebPage,
    element: ElementRef<'_>,
    in_article: bool,
) -> Option<LeftOutKind> {
    let value = element.value();
    let menu = |is_menu: bool| is_menu.then_some(LeftOutKind::Menu);
    match value.name() {
        "script" | "style" | "template" => Some(LeftOutKind::Code),
        "head" | "title" => Some(LeftOutKind::Metadata),
        "noscript" | "iframe" | "object" | "audio" | "video" | "canvas" => {
            Some(LeftOutKind::Hidden)
        }
        "svg" => Some(LeftOutKind::AltText),
        "select" | "input" | "textarea" | "datalist" => Some(LeftOutKind::FormField),
        "rt" | "rp" => Some(LeftOutKind::Ruby),
        "nav" if is_contents(value) => Some(LeftOutKind::Contents),
        "nav" | "button" => Some(LeftOutKind::Menu),
        "dialog" if value.attr("open").is_none() => Some(LeftOutKind::Hidden),
        "form" => menu(is_mere_field(page, element)),
        "aside" => menu(!in_article && is_links(page, element)),
        "footer" => menu(
            !in_article
                && !holds_note(element)
                && !holds_prose(page, element)
                && !holds_most(page, element),
        ),
        "header" => menu(is_banner(element) && !holds_most(page, element)),
        _ => None,
    }
}

fn by_attributes(page: &WebPage, element: ElementRef<'_>) -> Option<LeftOutKind> {
    let value = element.value();
    if value.attr("hidden").is_some() || is_hidden_style(value) {
        return Some(LeftOutKind::Hidden);
    }
    let found = match value.attr("role") {
        Some(
            "navigation" | "menu" | "menubar" | "toolbar" | "banner" | "contentinfo",
        ) => Some(LeftOutKind::Menu),
        Some("search") => Some(LeftOutKind::Menu),
        Some("dialog" | "alertdialog") => Some(LeftOutKind::Hidden),
        Some("doc-toc") => Some(LeftOutKind::Contents),
        Some("complementary") => is_links(page, element).then_some(LeftOutKind::Menu),
        Some(_) => None,
        None => {
            let is_box = matches!(
                value.name(),
                "div" | "ul" | "ol" | "dl" | "section" | "table" | "p" | "a" | "span"
            );
            names(value).filter(|_| is_box).find_map(|name| by_class(&name))
        }
    };
    found.filter(|_| !holds_most(page, element))
}

/// The classes and the id of an element, in lower case.
pub(super) fn names(value: &Element) -> impl Iterator<Item = String> {
    value.classes().chain(value.id()).map(str::to_lowercase)
}

/// What a class or an id calls an element, if that is no part of a text.
fn by_class(name: &str) -> Option<LeftOutKind> {
    match name {
        "toc" => Some(LeftOutKind::Contents),
        "nav" | "navbar" | "navigation" | "menu" | "menubar" | "breadcrumb"
        | "breadcrumbs" | "sidebar" | "footer" | "cookie" | "cookies"
        | "cookie-banner" | "skip-link" | "skiplink" | "pagination" | "pager"
        | "share" | "social" | "toolbar" | "mw-editsection" | "site-header"
        | "site-footer" | "noprint" | "navheader" | "navfooter" => {
            Some(LeftOutKind::Menu)
        }
        _ => None,
    }
}

/// Is a means to move about a table of contents?
fn is_contents(value: &Element) -> bool {
    let is_toc = |name: &str| value.attr(name).is_some_and(|v| v.contains("toc"));
    is_toc("role") || is_toc("epub:type") || names(value).any(|name| name == "toc")
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

/// Does an element hold too much of its page to be anything but the text?
fn holds_most(page: &WebPage, element: ElementRef<'_>) -> bool {
    let all = page.shown(page.tree.root_element().id());
    page.shown(element.id()) as f64 >= MOST * all.max(1) as f64
}

/// Is a form a field or a few with their names, and not a page that was wrapped in one?
fn is_mere_field(page: &WebPage, form: ElementRef<'_>) -> bool {
    let holds = |names: &[&str]| {
        form.descendent_elements().any(|inner| names.contains(&inner.value().name()))
    };
    page.shown(form.id()) <= LARGEST_FORM
        && holds(&["input", "select", "textarea", "button"])
        && !holds(&["h1", "h2", "h3", "h4", "h5", "h6", "article", "main"])
        && !holds_most(page, form)
}

/// Does an element hold little but links?
fn is_links(page: &WebPage, element: ElementRef<'_>) -> bool {
    let is_link = |inner: &ElementRef<'_>| inner.value().name() == "a";
    let linked = element.descendent_elements().filter(is_link);
    let linked: usize = linked.map(|link| page.shown(link.id())).sum();
    linked as f64 >= LINKED * page.shown(element.id()).max(1) as f64
}

/// Does a foot say more than whose page it is: sentences, few of them links?
fn holds_prose(page: &WebPage, foot: ElementRef<'_>) -> bool {
    let is_prose = |text: &str| {
        let lower = text.to_lowercase();
        let is_long = text.split_whitespace().count() >= LEAST_PROSE
            || text.chars().filter(|&c| is_han(c)).count() >= LEAST_PROSE;
        let is_claim = lower.contains('©')
            || ["copyright", "all rights", "版权", "版權", "icp"]
                .iter()
                .any(|word| lower.contains(word));
        is_long && !is_claim && text.trim_end().ends_with(['.', '。', '！', '!'])
    };
    let mut paragraphs = foot
        .descendent_elements()
        .filter(|inner| matches!(inner.value().name(), "p" | "li" | "dd" | "blockquote"));
    let holds = |paragraph: ElementRef<'_>| {
        !is_links(page, paragraph) && is_prose(&paragraph.text().collect::<String>())
    };
    !is_links(page, foot) && paragraphs.any(holds)
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

/// A text that is no part of the page's.
pub(super) struct Left {
    pub(super) text: String,
    /// The line that it begins on.
    pub(super) line: usize,
    /// What it is wherever it stands: a script, a style, the words for a picture.
    pub(super) kind: Option<LeftOutKind>,
}

/// The texts inside an element, a block a text.
pub(super) fn texts(page: &WebPage, element: ElementRef<'_>) -> Vec<Left> {
    let mut found: Vec<Left> = Vec::new();
    let mut is_open = false;
    let mut codes = 0;
    for edge in element.traverse() {
        match edge {
            Edge::Open(node) | Edge::Close(node) if node.value().is_element() => {
                let Some(element) = node.value().as_element() else { continue };
                let name = element.name();
                let is_code = matches!(name, "script" | "style" | "template");
                match edge {
                    Edge::Open(_) => codes += usize::from(is_code),
                    Edge::Close(_) => codes -= usize::from(is_code),
                }
                let parts =
                    matches!(name, "br" | "table" | "ul" | "ol" | "pre" | "title");
                is_open &= !(is_code || parts || is_block(name));
                if let (Edge::Open(_), Some(alt)) = (edge, alt_text(element)) {
                    let (text, line) = (alt.to_string(), page.line_of(node.id()));
                    found.push(Left { text, line, kind: Some(LeftOutKind::AltText) });
                    is_open = false;
                }
            }
            Edge::Open(node) => {
                let Node::Text(text) = node.value() else { continue };
                let start = text.len() - text.trim_start().len();
                let line = page.line_of(node.id()) + text[..start].matches('\n').count();
                match found.last_mut().filter(|_| is_open) {
                    Some(last) => last.text.push_str(text),
                    None if text.trim().is_empty() => {}
                    None => {
                        let kind = (codes > 0).then_some(LeftOutKind::Code);
                        found.push(Left { text: text.to_string(), line, kind });
                        is_open = true;
                    }
                }
            }
            Edge::Close(_) => {}
        }
    }
    found
}

/// The words that stand for a picture where it is not shown.
pub(super) fn alt_text(element: &Element) -> Option<&str> {
    let alt = element.attr("alt").filter(|alt| !alt.trim().is_empty());
    alt.filter(|_| matches!(element.name(), "img" | "area"))
}
