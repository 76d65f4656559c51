//! Characters, and nothing of documents: spans, traces back to the file, scripts, folding,
//! numbers, layout in lines.

pub mod abbreviation;
pub mod fold;
pub mod formula;
pub mod layout;
pub mod number;
pub mod radical;
pub mod script;
mod span;
pub mod superscript;
mod traced;

pub use span::Span;
pub use traced::Traced;
