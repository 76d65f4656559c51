//! The page as one file, for a reader without the program: rows, terms and findings, and the
//! few decisions that need no server.

use askama::Template;
use askama::filters::HtmlSafe;

use super::findings::FindingView;
use super::rows::RowView;
use super::terms::{ContextView, TermView};
use super::words::Words;
use crate::review::desk::{Counts, Desk};
use crate::types::Side;

const CSS: &str = include_str!("../assets/page.css");
const JS: &str = include_str!("../assets/offline.js");

/// How many rows a section has: one is shown at a time.
const SECTION: usize = 300;

/// The page.
#[derive(Debug, Template)]
#[template(path = "offline.html")]
pub(crate) struct OfflinePage {
    pub(crate) words: &'static Words,
    pub(crate) name: String,
    pub(crate) zh_lang: &'static str,
    /// What the decisions in the browser are kept under: the same for the same base.
    pub(crate) mark: String,
    pub(crate) counts: Counts,
    pub(crate) sections: Vec<Section>,
    pub(crate) terms: Vec<OfflineTerm>,
    pub(crate) findings: Vec<FindingView>,
    pub(crate) css: Inline,
    pub(crate) js: Inline,
}

/// Rows that are shown together.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) rows: Vec<RowView>,
}

/// A term with its forms as proposed, and where it stands.
#[derive(Debug)]
pub(crate) struct OfflineTerm {
    pub(crate) zh: String,
    pub(crate) en: String,
    pub(crate) view: TermView,
    pub(crate) contexts: Vec<ContextView>,
}

/// Style or script of ours, that stands in the page as it is.
#[derive(Debug)]
pub(crate) struct Inline(&'static str);

impl std::fmt::Display for Inline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

// Compiled in, and without a sign that ends its element (a test holds that).
impl HtmlSafe for Inline {}

/// The whole page of a review.
pub(crate) fn page(desk: &Desk, words: &'static Words) -> OfflinePage {
    let state = desk.state();
    let row = |index: usize| super::rows::row(desk, words, &state.at(index), true);
    let n_rows = state.rows().len();
    let section = |first: usize| {
        let last = n_rows.min(first + SECTION);
        Section { first: first + 1, last, rows: (first..last).map(row).collect() }
    };
    let term = |id: usize| {
        let pair = desk.backing.terms.get(id)?;
        Some(OfflineTerm {
            zh: pair.term.zh.clone(),
            en: pair.term.en.clone(),
            view: super::terms::term(desk, words, id)?,
            contexts: super::terms::card(desk, words, id)?.contexts,
        })
    };
    let findings = 0..desk.backing.findings.len();
    OfflinePage {
        words,
        name: desk.setting.name.clone(),
        zh_lang: super::zh_lang(desk),
        mark: mark(desk),
        counts: desk.counts(),
        sections: (0..n_rows).step_by(SECTION).map(section).collect(),
        terms: desk.live_terms().filter_map(|(id, _)| term(id)).collect(),
        findings: findings
            .filter_map(|n| super::findings::finding(desk, words, n))
            .collect(),
        css: Inline(CSS),
        js: Inline(JS),
    }
}

/// A hash of all texts of the base.
fn mark(desk: &Desk) -> String {
    let base = desk.session.base();
    let mut bytes = Vec::new();
    for side in Side::BOTH {
        let segments = if side == Side::Zh { &base.zh } else { &base.en };
        for segment in segments {
            bytes.extend_from_slice(segment.text.as_bytes());
            bytes.push(b'\n');
        }
    }
    format!("{:016x}", crate::export::hash(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_script_end_no_element() {
        for text in [CSS, JS] {
            assert!(!text.contains("</") && !text.contains("<!--"));
        }
    }
}
