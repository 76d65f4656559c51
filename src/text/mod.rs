//! Characters, and nothing of documents: spans, traces back to the file, scripts, folding,
//! numbers, layout in lines.

pub mod abbreviation;
pub mod fnv;
pub mod fold;
pub mod formula;
pub mod layout;
pub mod number;
pub mod radical;
pub mod script;
mod span;
pub mod standing;
pub mod superscript;
mod traced;

pub use span::Span;
pub use traced::Traced;

/// What begins a paragraph, whatever its line looks like: U+2029.
pub const PARAGRAPH_SEPARATOR: char = '\u{2029}';

/// What a reader sets at the head of a line that ends where its author ended it, as those of a
/// listing do: U+2028.
pub const LINE_SEPARATOR: char = '\u{2028}';

/// What a reader sets at the head of a line that goes on with the one before: U+000B.
pub const LINE_TABULATION: char = '\u{b}';
