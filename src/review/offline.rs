//! The page as one file, made of the same templates: for a reader without the program.

use askama::Template as _;

use super::desk::Desk;
use super::view::words::{EN, Words};

/// The page of a review as one file that asks for nothing beside it. `language` is that of the
/// page: `zh`, or else English.
///
/// # Errors
///
/// When a template cannot be drawn.
pub fn page(desk: &Desk, language: &str) -> std::io::Result<String> {
    let words = Words::named(language).unwrap_or(&EN);
    super::view::offline::page(desk, words).render().map_err(std::io::Error::other)
}
