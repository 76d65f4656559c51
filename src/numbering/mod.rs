//! One grammar of the units that texts are numbered by, of labels and of citations.
//!
//! Comes in: the text of a paragraph, its language known. Goes out: the label that opens it
//! ([`label_at`]), and the citations inside it, both made of the same parts:
//!
//! ```text
//!              unit      count                              reader
//! 第十三条      article   13                                 label
//! ARTICLE 13   article   13                                 label
//! 第一款第（三）项        paragraph 1, 3                       citation
//! paragraph 1 (c)       paragraph 1, 3                       citation
//! ```
//!
//! The units stand in one table (`units.tsv`), counts are read in one place (`count`): letters
//! and stems by their place, Roman numbers by their value. So a label and a citation are equal
//! if they name equal numbers, in any writing and in either language: （三）, (c), （寅） and 丙 are
//! all 3. What is no numbering is not looked at: dates, sums, sessions, resolutions.

mod citation;
mod count;
mod label;
mod scan;
mod units;

pub use label::label_at;

pub(crate) use citation::{begins_citation, citations_at};
pub(crate) use scan::{MAX_LIST, Scan};
