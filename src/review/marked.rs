//! What was found to speak for rows that are no longer as they were aligned.

use std::collections::BTreeMap;

use super::begin::TieKind;
use super::event::RowKey;
use crate::text::Span;
use crate::types::Pair;

/// Words on both sides of a row that name the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowTie {
    /// What kind of thing.
    pub kind: TieKind,
    /// On each side which piece of the row, and where in its text as it is now.
    pub at: Pair<(usize, Span)>,
}

/// What speaks for a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The texts that were looked at.
    pub(super) texts: Pair<Vec<String>>,
    pub(super) ties: Vec<RowTie>,
}

/// What speaks for rows that are not as they were aligned.
pub type Marks = BTreeMap<RowKey, Marked>;
