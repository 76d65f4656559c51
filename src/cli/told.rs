//! A run as one JSON object, for other programs.
//!
//! Nothing of the clock is in it: the same run gives the same bytes.

use std::path::PathBuf;

use serde::Serialize;

use crate::types::{Notice, Side};

use crate::cli::counted::Counted;
use crate::cli::overview;
use crate::cli::render;

/// The version of the shape, which rises when a field changes its meaning or goes.
const SCHEMA: u32 = 1;

/// A pair that was aligned.
#[derive(Debug, Serialize)]
pub(crate) struct PairTold<'a> {
    schema: u32,
    align: &'static str,
    inputs: [InputTold<'a>; 2],
    counts: Counts,
    notices: Vec<String>,
    files: &'a [PathBuf],
}

/// One side of a pair.
#[derive(Debug, Serialize)]
struct InputTold<'a> {
    side: String,
    file: &'a str,
    units: usize,
    /// Units without a counterpart.
    alone: usize,
    /// Pieces that the file holds and no unit does.
    left_out: usize,
}

/// How many of what.
#[derive(Debug, Serialize)]
struct Counts {
    /// Beads with both sides.
    pairs: usize,
    /// Those that may well be wrong.
    doubtful: usize,
    /// `null` where no terms were asked for.
    terms: Option<usize>,
}

impl<'a> PairTold<'a> {
    pub(crate) fn new(
        counted: &'a Counted,
        terms: Option<usize>,
        notices: &[Notice],
        files: &'a [PathBuf],
    ) -> Self {
        let counts =
            Counts { pairs: counted.n_pairs(), doubtful: counted.n_doubtful, terms };
        let inputs = Side::BOTH.map(|side| InputTold {
            side: side.to_string(),
            file: counted.names.get(side),
            units: *counted.n_segments.get(side),
            alone: *counted.n_alone.get(side),
            left_out: counted.left_out.get(side).values().sum(),
        });
        let notices = notices.iter().filter_map(render::notice).collect();
        let align = env!("CARGO_PKG_VERSION");
        PairTold { schema: SCHEMA, align, inputs, counts, notices, files }
    }
}

/// The pairs of a folder.
#[derive(Debug, Serialize)]
pub(crate) struct FolderTold<'a> {
    schema: u32,
    align: &'static str,
    counts: FolderCounts,
    failed: Vec<FailedTold<'a>>,
    files: &'a [PathBuf],
}

#[derive(Debug, Serialize)]
struct FolderCounts {
    done: usize,
    unchanged: usize,
    failed: usize,
    /// Units with a counterpart, over all pairs.
    pairs: usize,
    /// Units without.
    alone: usize,
    /// `null` where the terms of all together were not mined anew.
    terms: Option<usize>,
}

/// A pair that failed.
#[derive(Debug, Serialize)]
struct FailedTold<'a> {
    pair: &'a str,
    error: String,
    hint: Option<String>,
}

impl<'a> FolderTold<'a> {
    pub(crate) fn new(outcome: &'a overview::Outcome<'a>) -> Self {
        let failed: Vec<FailedTold<'_>> = outcome
            .failed
            .iter()
            .map(|&(pair, failure)| (pair, failure))
            .chain(outcome.failed_together.map(|failure| ("", failure)))
            .map(|(pair, failure)| FailedTold {
                pair,
                error: failure.to_string(),
                hint: failure.hint(),
            })
            .collect();
        let counts = FolderCounts {
            done: outcome.n_done,
            unchanged: outcome.n_unchanged,
            failed: failed.len(),
            pairs: outcome.paired,
            alone: outcome.alone,
            terms: outcome.n_terms,
        };
        let align = env!("CARGO_PKG_VERSION");
        FolderTold { schema: SCHEMA, align, counts, failed, files: &outcome.files }
    }
}
