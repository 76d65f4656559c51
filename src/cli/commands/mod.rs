//! One file a command: parse, call, render.

pub(crate) mod align;
pub(crate) mod batch;
pub(crate) mod check;
pub(crate) mod eval;
pub(crate) mod glossary;
