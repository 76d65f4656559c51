//! The links that cite notes.

use scraper::ElementRef;

use super::furniture::names;
use crate::read::flow::{WAY_BACK, tidy};

/// `1`, `[1]`, `(12)`, `*`, `†`: what a note is cited by.
pub(super) fn is_note_mark(text: &str) -> bool {
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
pub(super) fn is_way_back(link: ElementRef<'_>) -> bool {
    let text: String = link.text().collect();
    let leads_inside = link.value().attr("href").is_some_and(|to| to.starts_with('#'));
    leads_inside
        && (is_note_mark(&text)
            || text.trim_matches(WAY_BACK).trim_matches('^').is_empty())
}

/// Does a link say that it cites a note, as those of books do? Some are mere pictures.
pub(super) fn is_called_note(link: ElementRef<'_>) -> bool {
    let value = link.value();
    let says = |name: &str| value.attr(name).is_some_and(|v| v.contains("noteref"));
    says("epub:type") || says("role")
}

/// Is a link with a number set as a citation is (raised, in brackets, called so), and not a
/// mere link to section 7?
pub(super) fn is_set_as_mark(link: ElementRef<'_>, text: &str, id: &str) -> bool {
    let is_raised = |element: Option<ElementRef<'_>>| {
        element.is_some_and(|element| element.value().name() == "sup")
    };
    let id = id.trim_start_matches(['_', '#']).to_lowercase();
    let is_named = ["fn", "ftn", "edn", "note", "footnote", "endnote", "cite_note"];
    text.contains(|c: char| !c.is_ascii_digit() && !c.is_whitespace())
        || is_raised(link.parent().and_then(ElementRef::wrap))
        || is_raised(link.child_elements().next())
        || is_named.iter().any(|name| id.starts_with(name))
        || is_called_note(link)
        || names(link.value()).any(|name| name.contains("note"))
}

/// The block around the target of a link: the body of the note.
pub(super) fn enclosing_block(target: ElementRef<'_>) -> Option<ElementRef<'_>> {
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
pub(super) fn without_mark(text: &str) -> &str {
    let text = text.trim_end_matches(WAY_BACK);
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
