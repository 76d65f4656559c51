//! Lays the Chinese and the English version of a document side by side and mines the terms
//! in them.

pub mod align;
pub mod anchor;
pub mod batch;
pub mod check;
pub mod clean;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod error;
pub mod eval;
pub mod export;
pub mod glossary;
pub mod lexicon;
pub mod mine;
pub mod numbering;
pub mod pipeline;
pub mod read;
pub mod review;
pub mod segment;
pub mod text;
pub mod tokenize;
pub mod types;
