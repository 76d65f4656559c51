//! Checks the pairs of a folder.

use std::sync::{Mutex, PoisonError};

use crate::batch::{self, PlannedPair, Roots};
use crate::check::ReportKind;
use crate::pipeline::{Observer as _, Stage};
use crate::types::{Notice, Pair};

use super::args::CheckArgs;
use super::checker::{Checker, file_names, write};
use crate::cli::board::{Board, Lane};
use crate::cli::failure::Failure;
use crate::cli::inputs::Inputs;
use crate::cli::overview::Overview;
use crate::cli::render;
use crate::cli::status::Status;
use crate::cli::tally::{Counts, Tally};
use crate::cli::texts;

/// What came of a pair, without its texts: of many there is no room for all.
struct Done {
    counts: Counts,
    notices: Vec<Notice>,
    status: Status,
    n_files: usize,
}

/// Finds the pairs, checks each, tells of all. The status is that of the worst.
pub(super) fn run(args: &CheckArgs, roots: &Roots) -> Result<Status, Failure> {
    let shared = &args.shared;
    if shared.name.is_some() {
        return Err(Failure::NameOfMany);
    }
    if texts::is_standard(&shared.out) {
        return Err(Failure::OutIsNoFolder);
    }
    let kinds = match args.kinds_of_reports() {
        [] => &[ReportKind::Html],
        kinds => kinds,
    };
    let endings: Vec<&str> = kinds.iter().map(|kind| kind.suffix()).collect();
    let plan = batch::plan(roots, &shared.out, &endings)?;
    if !shared.quiet {
        render::talk(&Overview { plan: &plan, is_whole: false }.to_string());
    }
    if plan.pairs.is_empty() {
        return Err(Failure::of_no_pairs(&plan, roots));
    }
    let mut notices = Vec::new();
    let checker = Checker::open(args, &mut notices)?;
    let texts = plan.pairs.iter().flat_map(|pair| [&pair.files.zh, &pair.files.en]);
    let folder = FolderCheck {
        inputs: args.inputs().and(texts.map(|text| text.as_path())),
        checker,
        kinds,
        turn: Mutex::new(()),
    };
    let board = Board::new(plan.pairs.len(), shared.quiet);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let order = batch::largest_first(&plan.pairs);
    let results = batch::run(&order, cores, |task, _| {
        let pair = &plan.pairs[task];
        let done = folder.pair(pair, &board.lane(&pair.name));
        board.advance();
        done
    });
    board.finish();
    let done: Vec<Result<Done, Failure>> = results
        .into_iter()
        .map(|result| {
            result.unwrap_or_else(|panic| Err(Failure::Panicked(panic.to_string())))
        })
        .collect();

    let named = || plan.pairs.iter().map(|pair| pair.name.as_str()).zip(&done);
    let tally = Tally {
        pairs: named()
            .filter_map(|(name, done)| Some((name, &done.as_ref().ok()?.counts)))
            .collect(),
        failed: named()
            .filter_map(|(name, done)| Some((name, done.as_ref().err()?)))
            .collect(),
        n_files: done.iter().flatten().map(|done| done.n_files).sum(),
        out: &shared.out,
        suffixes: &endings,
    };
    if shared.quiet {
        for (name, failure) in &tally.failed {
            render::talk(&format!("error: {name}: {failure}\n"));
        }
    } else {
        render::notices("", &notices);
        for (name, done) in named() {
            let notices = done.as_ref().map_or(&[][..], |done| &done.notices);
            render::notices(name, notices);
        }
        render::rows(&tally.to_string());
    }
    let is_whole = tally.failed.is_empty() && plan.unreadable.is_empty();
    let each = done.iter().flatten().map(|done| done.status);
    Ok(each.fold(Status::whole_if(is_whole), Status::worse))
}

/// One check of a folder.
struct FolderCheck<'a> {
    checker: Checker<'a>,
    kinds: &'a [ReportKind],
    /// The files of all pairs, and what the options name.
    inputs: Inputs,
    /// Held by the pair that writes its reports: all enter theirs into one list.
    turn: Mutex<()>,
}

impl FolderCheck<'_> {
    fn pair(&self, pair: &PlannedPair, lane: &Lane<'_>) -> Result<Done, Failure> {
        let shared = &self.checker.args.shared;
        let names = file_names(&pair.name, self.kinds);
        let open = || {
            let each = names.iter().map(|(name, _)| name.as_str());
            self.inputs.outputs(&shared.out, each, shared.force)
        };
        {
            // What may not be written is told before the work.
            let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
            open()?;
        }
        let Pair { zh, en } = &pair.files;
        let checked = self.checker.check(zh, Some(en), &pair.name, lane)?;
        lane.stage(Stage::Write);
        let files = {
            let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
            write(open()?, &names, &checked.report())?
        };
        Ok(Done {
            counts: Counts::of(&checked.findings),
            status: self.checker.args.status(&checked.findings, &checked.notices),
            notices: checked.notices,
            n_files: files.len(),
        })
    }
}
