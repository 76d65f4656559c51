//! Keeps a termbase: looks things up in it, decides, merges, gives away, goes back.

mod change;
mod hand_on;
mod look;
mod preview;
mod review;
mod termbase;

pub(crate) use review::on_page;

use crate::types::Status;
use clap::{Args, Subcommand};

use crate::cli::failure::Failure;

/// Keep a termbase: search it, decide on terms, merge, import, export, undo
///
/// A termbase is a CSV file, a row a pair of terms. `align ZH EN --glossary FILE` puts what it
/// finds into it; the commands here are for what a person does with it. A change is written
/// whole, or not at all, and the last 20 can be undone.
#[derive(Clone, Debug, Args)]
#[command(
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  align glossary search terms.csv 缔约方     or \"contracting party\", diyuefang,
                                             contrating
  align glossary list terms.csv --status candidate
  align glossary review terms.csv            one after the other, a key each
  align glossary accept terms.csv convention 缔约方=party
  align glossary reject terms.csv < list.txt
  align glossary export terms.csv client.tbx
  align glossary undo terms.csv

A concept is named by its id, as `list` shows it, or a pair by its terms, 公约=convention."
)]
pub(crate) struct GlossaryArgs {
    #[command(subcommand)]
    command: GlossaryCommand,
}

#[derive(Clone, Debug, Subcommand)]
enum GlossaryCommand {
    List(look::ListArgs),
    Search(look::SearchArgs),
    Show(look::ShowArgs),
    Stats(look::StatsArgs),
    Diff(look::DiffArgs),
    /// Confirm terms: ids of concepts or pairs 公约=convention
    Accept(change::DecideArgs),
    /// Make terms the ones to use where several are accepted
    Prefer(change::DecideArgs),
    /// Say that pairs are no terms or no translations; they are not listed again
    Reject(change::DecideArgs),
    /// Say that pairs must not be used; texts that use them are told of
    Forbid(change::DecideArgs),
    Review(review::ReviewArgs),
    Edit(change::EditArgs),
    Merge(hand_on::MergeArgs),
    Import(hand_on::ImportArgs),
    Export(hand_on::ExportArgs),
    Undo(change::UndoArgs),
}

/// Does what was asked for. Was all of it done?
pub(crate) fn run(args: &GlossaryArgs) -> Result<bool, Failure> {
    match &args.command {
        GlossaryCommand::List(args) => look::list(args),
        GlossaryCommand::Search(args) => look::search(args),
        GlossaryCommand::Show(args) => look::show(args),
        GlossaryCommand::Stats(args) => look::stats(args),
        GlossaryCommand::Diff(args) => look::diff(args),
        GlossaryCommand::Accept(args) => change::decide("accept", Status::Accepted, args),
        GlossaryCommand::Prefer(args) => {
            change::decide("prefer", Status::Preferred, args)
        }
        GlossaryCommand::Reject(args) => change::decide("reject", Status::Rejected, args),
        GlossaryCommand::Forbid(args) => {
            change::decide("forbid", Status::Forbidden, args)
        }
        GlossaryCommand::Review(args) => review::run(args),
        GlossaryCommand::Edit(args) => change::edit(args),
        GlossaryCommand::Merge(args) => hand_on::merge(args),
        GlossaryCommand::Import(args) => hand_on::import(args),
        GlossaryCommand::Export(args) => hand_on::export(args),
        GlossaryCommand::Undo(args) => change::undo(args),
    }
}
