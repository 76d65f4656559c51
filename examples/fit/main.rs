//! Fits the weights of the aligner to gold ladders, and measures with fitted weights.
//!
//! ```text
//! cargo run --release --example fit -- DIR…                    as shipped
//! cargo run --release --example fit -- DIR… --leave-one-out    each by weights fitted to the others
//! cargo run --release --example fit -- DIR… --fit              the rows of src/align/data/weights.tsv
//! ```
//!
//! A folder holds `zh/ID.txt`, `en/ID.txt` and `gold/ID.ladder`, one segment a line; or
//! `zh.txt`, `en.txt` and `gold.ladder`. `docs/measuring.md` says where the folders are from that
//! the shipped weights were fitted to.

mod fit;
mod lbfgs;

use std::io::Write as _;
use std::process::ExitCode;

use bitext::align::{Params, Weights};
use bitext::eval::{GoldDocument, GoldError, Report, load_folders, score_together};
use bitext::lexicon::Seed;

use fit::{Fitter, Held, Hold};

fn main() -> ExitCode {
    let (options, folders): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let task = match options[..] {
        _ if folders.is_empty() => {
            return fail("usage: fit DIR… [--leave-one-out | --fit]");
        }
        [] => as_shipped,
        ["--leave-one-out"] => left_out,
        ["--fit"] => fitted,
        _ => return fail("usage: fit DIR… [--leave-one-out | --fit]"),
    };
    match load_folders(&folders) {
        Ok(documents) => {
            // A reader that has seen enough closes the pipe; that is no failure.
            let _ = std::io::stdout().lock().write_all(task(&documents).as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => fail(&told(&error)),
    }
}

#[expect(clippy::print_stderr, reason = "a tool talks to whoever runs it")]
fn fail(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::FAILURE
}

/// An error and its causes.
fn told(error: &GoldError) -> String {
    let first: &dyn std::error::Error = error;
    let chain = std::iter::successors(Some(first), |error| error.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn as_shipped(documents: &[GoldDocument]) -> String {
    let fitter = Fitter::new(documents, Seed::shipped(), Hold::default());
    let params = Params::default();
    let held = (0..documents.len()).map(|k| fitter.measure(k, &params)).collect();
    let together = score_together(documents, Seed::shipped(), &params).f1();
    format!(
        "{}all learned together              F1 {together:.3}\n",
        report(documents, held)
    )
}

fn left_out(documents: &[GoldDocument]) -> String {
    let fitter = Fitter::new(documents, Seed::shipped(), Hold::default());
    report(documents, fitter.leave_one_out(&unfitted())).to_string()
}

fn fitted(documents: &[GoldDocument]) -> String {
    let fitter = Fitter::new(documents, Seed::shipped(), Hold::default());
    let fitted = fitter.fit(&unfitted(), None);
    Weights::table(&fitted.first, &fitted.last)
}

/// Where the fitting starts from.
fn unfitted() -> Params {
    Params { first: Weights::prior(), last: Weights::prior(), ..Params::default() }
}

fn report(documents: &[GoldDocument], held: Vec<Held>) -> Report {
    let mut report = Report::default();
    for (document, held) in documents.iter().zip(held) {
        report.add(document, &held.ladder, Some(held.likelihood));
    }
    report
}
