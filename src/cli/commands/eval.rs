//! Scores the aligner on folders with gold, and fits its weights to them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::align::{Params, Weights};
use crate::eval::{
    Fit, Fitter, GoldDocument, GoldError, Held, Reliability, Score, load_folder,
};
use crate::lexicon::Seed;
use clap::Args;

use crate::cli::failure::Failure;

/// Score the aligner on folders with gold, or fit its weights to them
///
/// Printed are strict precision, recall and F1 of beads, the log-likelihood of the gold, and
/// how far scores can be trusted.
///
/// A folder holds zh/ID.txt, en/ID.txt and gold/ID.ladder, one segment a line; or zh.txt,
/// en.txt and gold.ladder.
#[derive(Clone, Debug, Args)]
pub(crate) struct EvalArgs {
    /// Folders with gold
    #[arg(required = true)]
    folders: Vec<PathBuf>,

    /// Score each document with weights fitted to all the others
    #[arg(long, conflicts_with = "fit")]
    leave_one_out: bool,

    /// Fit the weights to all documents and print them
    #[arg(long)]
    fit: bool,
}

/// Scores or fits, and prints what came of it.
pub(crate) fn run(args: &EvalArgs) -> Result<(), Failure> {
    let mut documents: Vec<GoldDocument> = Vec::new();
    for folder in &args.folders {
        documents.extend(named(folder)?);
    }
    let fitter = Fitter::new(&documents, Seed::shipped(), Fit::default());
    let text = if args.fit {
        let fitted = fitter.fit(&unfitted(), None);
        format!("{}\n{}\n", fitted.first.to_table(), fitted.last.to_table())
    } else if args.leave_one_out {
        table(&fitter.leave_one_out(&unfitted()), &documents)
    } else {
        let params = Params::default();
        let held: Vec<Held> =
            (0..documents.len()).map(|k| fitter.measure(k, &params)).collect();
        let mut together = Score::default();
        fitter.measure_together(&params).into_iter().for_each(|score| together += score);
        table(&held, &documents)
            + &format!("all learned together              F1 {:.3}\n", together.f1())
    };
    // A reader that has seen enough closes the pipe; that is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
    Ok(())
}

/// The documents of a folder, named after it.
fn named(folder: &Path) -> Result<Vec<GoldDocument>, GoldError> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut documents = load_folder(folder)?;
    for document in &mut documents {
        document.name = format!("{name}/{}", document.name);
    }
    Ok(documents)
}

/// Where the fitting starts from.
fn unfitted() -> Params {
    Params { first: Weights::prior(), last: Weights::prior(), ..Params::default() }
}

fn table(held: &[Held], documents: &[GoldDocument]) -> String {
    let mut text = String::new();
    let mut folders: BTreeMap<&str, (Score, f64)> = BTreeMap::new();
    let mut reliability = Reliability::default();
    for (held, document) in held.iter().zip(documents) {
        reliability.add(&held.ladder, &document.gold);
        push_row(&mut text, &held.name, held.score, held.likelihood);
        let folder = held.name.split('/').next().unwrap_or_default();
        let sum = folders.entry(folder).or_default();
        sum.0 += held.score;
        sum.1 += held.likelihood;
    }
    for (folder, (score, likelihood)) in folders {
        push_row(&mut text, folder, score, likelihood);
    }
    text.push_str("\nmean score   beads   right\n");
    for tenth in reliability.tenths().iter().filter(|tenth| tenth.beads > 0) {
        let n = tenth.beads as f64;
        let (mean, right) = (tenth.score_sum / n, tenth.right as f64 / n);
        push(&mut text, format_args!("{mean:10.2} {:7}   {right:.2}\n", tenth.beads));
    }
    text
}

fn push_row(text: &mut String, name: &str, score: Score, likelihood: f64) {
    let (p, r, f1) = (score.precision(), score.recall(), score.f1());
    push(
        text,
        format_args!(
            "{name:20} P {p:.3}  R {r:.3}  F1 {f1:.3}  log-likelihood {likelihood:.1}\n"
        ),
    );
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    text.write_fmt(line).expect("a string takes any text");
}
