//! Integration tests, one binary.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as a test does")]

mod batch;
mod broken;
mod check;
mod circles;
mod cli;
mod dice;
mod docs;
mod documents;
mod exports;
mod formats;
mod gold;
mod hostile;
mod in_parts;
mod interchange;
mod laws;
mod layers;
mod ledger;
mod lists;
mod pipeline;
mod real;
mod retold;
mod review;
#[cfg(unix)]
mod review_kill;
#[cfg(feature = "review")]
mod review_page;
mod review_pins;
mod sample;
mod shell;
mod side_by_side;
mod tables;
mod termbase;
mod terms;
mod tricky;
mod update;
