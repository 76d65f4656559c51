//! The two texts side by side, for people to read: a table with a row for each bead.
//!
//! Nothing is left out, and nothing is said of scores: what has no counterpart stands beside
//! an empty cell, what a bead joins stands as paragraphs of one cell, in the order of the
//! document. The source stands on the left.

mod docx;
mod html;

pub use docx::Docx;
pub(super) use docx::Kind as DocxKind;
pub use html::Html;
pub(super) use html::Kind as HtmlKind;

use crate::types::{Bitext, Kind, Side, TranslationUnit};

/// The paragraphs of one side of a row, each as what it is and its text.
fn paragraphs<'a>(
    unit: &TranslationUnit<'a>,
    side: Side,
) -> impl Iterator<Item = (Kind, &'a str)> + use<'a> {
    let document = unit.document(side);
    let segments = unit.bead.range.get(side).clone();
    segments.map(|at| (document.segments[at].kind, document.segment_text(at)))
}

/// The name of the document that is translated, its file without folders.
fn title(bitext: &Bitext, source: Side) -> &str {
    super::file_name(&bitext.documents.get(source).name)
}
