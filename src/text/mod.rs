//! Characters, and nothing of documents: spans, traces back to the file, scripts, folding,
//! numbers.

pub mod abbreviation;
pub mod fold;
pub mod formula;
pub mod number;
pub mod radical;
pub mod script;
mod span;
pub mod standing;
pub mod superscript;
mod traced;

pub use span::Span;
pub use traced::Traced;
