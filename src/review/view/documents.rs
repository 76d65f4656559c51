//! The documents of a folder, and what is left to do in each.

use askama::Template;

use super::Shell;
use crate::review::desk::Counts;

/// The page.
#[derive(Debug, Template)]
#[template(path = "documents.html")]
pub(crate) struct DocumentsPage {
    pub(crate) shell: Shell,
    pub(crate) documents: Vec<Document>,
    pub(crate) total: Counts,
}

/// A document.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) counts: Counts,
    /// How much is confirmed, in hundredths.
    pub(crate) done: usize,
}

/// The page; `all` are the documents by name, in order.
pub(crate) fn page(shell: Shell, all: Vec<(String, Counts)>) -> DocumentsPage {
    let mut total = Counts::default();
    for (_, counts) in &all {
        total += *counts;
    }
    let document =
        |(name, counts): (String, Counts)| Document { name, done: counts.done(), counts };
    DocumentsPage { shell, total, documents: all.into_iter().map(document).collect() }
}
