//! Checks a finished translation against its source, or those of a folder.

mod args;
mod checker;
mod folder;

pub(crate) use args::CheckArgs;

use std::path::Path;

use console::Term;

use crate::pipeline::{Observer as _, Stage};

use self::checker::{Checker, file_names, write};
use crate::cli::failure::Failure;
use crate::cli::findings::Listing;
use crate::cli::job::{checked, roots};
use crate::cli::options::Shared;
use crate::cli::progress::Progress;
use crate::cli::status::Status;
use crate::cli::summary::taken_from_review;
use crate::cli::{render, terminal, texts};

/// Checks and tells. All is done if no finding is left that the run was to fail on.
pub(crate) fn run(args: CheckArgs) -> Result<Status, Failure> {
    match roots(&args.shared) {
        Some(roots) => folder::run(&args, &roots),
        None => run_pair(&args),
    }
}

fn run_pair(args: &CheckArgs) -> Result<Status, Failure> {
    let shared = &args.shared;
    let progress = Progress::new(shared.quiet);
    let name = report_name(shared)?;
    let names = file_names(&name, args.kinds_of_reports());
    let mut notices = Vec::new();
    let is_printed = texts::is_standard(&shared.out) && !names.is_empty();
    if is_printed && names.len() > 1 {
        return Err(Failure::OutIsNoFolder);
    }
    let outputs = if is_printed { None } else { args.outputs(&names)? };
    let checker = Checker::open(args, &mut notices)?;
    let checked = checker.check(&shared.zh, shared.en.as_deref(), &name, &progress)?;

    progress.stage(Stage::Write);
    let report = checked.report();
    let written = match outputs {
        Some(outputs) => write(outputs, &names, &report)?,
        None => Vec::new(),
    };
    progress.finish();
    notices.extend(checked.notices.iter().cloned());
    if !shared.quiet {
        render::notices("", &notices);
        for text in notices.iter().filter_map(taken_from_review) {
            render::talk(&format!("Reviewed {text}\n"));
        }
        let is_coloured = !is_printed && render::is_coloured_result();
        let terminal = if is_printed { Term::stderr() } else { Term::stdout() };
        let columns = terminal::columns_of(&terminal);
        let listing = Listing { report: &report, files: &written, is_coloured, columns };
        match is_printed {
            true => render::talk(&listing.to_string()),
            false => render::result(&listing.to_string()),
        }
    }
    if let Some((_, kind)) = names.first().filter(|_| is_printed) {
        let mut bytes = Vec::new();
        kind.write(&report, &mut bytes).map_err(Failure::Output)?;
        render::bytes(&bytes);
    }
    Ok(args.status(&checked.findings, &notices))
}

/// What the outputs are called.
fn report_name(shared: &Shared) -> Result<String, Failure> {
    match &shared.name {
        Some(name) => checked(name.clone()),
        None => {
            let en = shared.en.as_deref().unwrap_or(Path::new(""));
            Ok(texts::name_of(&shared.zh, en))
        }
    }
}
