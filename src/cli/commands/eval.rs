//! Scores the aligner on folders with gold.

use std::io::Write as _;
use std::path::PathBuf;

use crate::align::{self, Params};
use crate::eval::{Report, load_folders, score_together};
use crate::lexicon::Seed;
use clap::Args;

use crate::cli::failure::Failure;

/// Score the aligner on folders with gold
///
/// Printed are strict precision, recall and F1 of beads, and how far scores can be trusted.
///
/// A folder holds zh/ID.txt, en/ID.txt and gold/ID.ladder, one segment a line; or zh.txt,
/// en.txt and gold.ladder.
#[derive(Clone, Debug, Args)]
pub(crate) struct EvalArgs {
    /// Folders with gold
    #[arg(required = true)]
    folders: Vec<PathBuf>,
}

/// Aligns each document for itself, then all together, and prints how right that is.
pub(crate) fn run(args: &EvalArgs) -> Result<(), Failure> {
    let documents = load_folders(&args.folders)?;
    let (seed, params) = (Seed::shipped(), Params::default());
    let mut report = Report::default();
    for document in &documents {
        let alignment = align::align(&document.passages(), seed, &params);
        report.add(document, &alignment.ladder, None);
    }
    let f1 = score_together(&documents, seed, &params).f1();
    let text = format!("{report}all learned together              F1 {f1:.3}\n");
    // A reader that has seen enough closes the pipe; that is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    Ok(())
}
