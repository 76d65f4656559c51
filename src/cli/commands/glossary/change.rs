//! Commands by which a person decides.

use std::fmt::Write as _;
use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::PathBuf;

use crate::glossary::{self, Edit, Store};
use crate::lexicon::Seed;
use crate::terms::MatchRule;
use crate::types::{Pair, Status};
use clap::Args;

use super::termbase::{Signature, existing};
use crate::cli::failure::Failure;
use crate::cli::{render, wording};

// What each of the four does is said where they are listed.
#[derive(Clone, Debug, Args)]
pub(super) struct DecideArgs {
    /// The termbase
    file: PathBuf,

    /// Ids of concepts, for all their rows, or pairs 公约=convention; without any, or for -,
    /// they are read from the standard input, one a line
    terms: Vec<String>,

    /// A remark, put in place of the one that is there
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    /// Add pairs that are not there, and the file too
    #[arg(long)]
    add: bool,

    #[command(flatten)]
    signature: Signature,

    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

/// Change the terms, the note or the subject of a concept, or add terms to it
#[derive(Clone, Debug, Args)]
pub(super) struct EditArgs {
    /// The termbase
    file: PathBuf,

    /// The id of a concept, for its first row, or a pair 公约=convention
    term: String,

    /// Another Chinese term in place of this one
    #[arg(long, value_name = "TERM")]
    zh: Option<String>,

    /// Another English term in place of this one; the id stays
    #[arg(long, value_name = "TERM")]
    en: Option<String>,

    /// One more Chinese term of the concept; may be repeated
    #[arg(long, value_name = "TERM")]
    add_zh: Vec<String>,

    /// One more English term of the concept; may be repeated
    #[arg(long, value_name = "TERM")]
    add_en: Vec<String>,

    /// The remark; empty to take it out
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    /// The field: law, finance; empty to take it out
    #[arg(long, value_name = "TEXT")]
    subject: Option<String>,

    /// What the Chinese term means; empty to take it out
    #[arg(long, value_name = "TEXT")]
    zh_definition: Option<String>,

    /// What the English term means; empty to take it out
    #[arg(long, value_name = "TEXT")]
    en_definition: Option<String>,

    /// Where the definition is from: law: article 2
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,

    /// Where the terms are used: Hong Kong
    #[arg(long, value_name = "TEXT")]
    usage: Option<String>,

    /// How uses are found: exact, case, noun or verb (of the English, as far as the words beside
    /// it tell), or pattern: REGEX; empty for the usual way
    #[arg(long = "match", value_name = "RULE", value_parser = rule)]
    matching: Option<String>,

    #[command(flatten)]
    signature: Signature,
}

/// Bring back the state before the last change, byte for byte; up to 20 changes back
#[derive(Clone, Debug, Args)]
pub(super) struct UndoArgs {
    /// The termbase
    file: PathBuf,

    /// Also where the file was changed by hand since; that state is then kept as undone.csv
    /// in the hidden folder beside the file
    #[arg(long)]
    force: bool,
}

pub(super) fn decide(
    action: &str,
    status: Status,
    args: &DecideArgs,
) -> Result<bool, Failure> {
    let store = if args.add { Store::new(&args.file) } else { existing(&args.file)? };
    let given = given(&args.terms)?;
    let stamp = args.signature.stamp();
    let (done, _) = store.change(action, |termbase| {
        let note = args.note.as_deref();
        let seed = Seed::shipped();
        let done =
            glossary::decide(termbase, &given, status, note, args.add, &stamp, seed)?;
        let tell = |(one, is_changed): (glossary::Selected, bool)| {
            let row = &termbase.concepts[&one.id].rows[one.row];
            (format!("{}: {}", one.id, wording::pair(&row.term)), is_changed)
        };
        Ok::<_, Failure>(done.into_iter().map(tell).collect::<Vec<_>>())
    })?;
    let name = status.as_str();
    let mut text = String::new();
    for (row, is_changed) in &done {
        let already = if *is_changed { "" } else { " already" };
        let _ = writeln!(text, "{name}{already}: {row}");
    }
    if !args.quiet {
        render::talk(&text);
    }
    Ok(true)
}

/// The terms that were given, or those of the standard input.
fn given(terms: &[String]) -> Result<Vec<String>, Failure> {
    if !terms.is_empty() && terms != ["-"] {
        return Ok(terms.to_vec());
    }
    if terms.is_empty() && io::stdin().is_terminal() {
        return Err(Failure::NoTerms);
    }
    let mut given = Vec::new();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|source| Failure::Input(source.to_string()))?;
        let line = line.trim_start_matches('\u{FEFF}').trim();
        if !line.is_empty() && !line.starts_with('#') {
            given.push(of_list(line));
        }
    }
    Ok(given)
}

/// What a line of a list names; of a line of `list` or of a search in a spreadsheet, with
/// tabs between, the first cell is the id and two cells are a pair.
fn of_list(line: &str) -> String {
    let cells: Vec<&str> = line.split('\t').collect();
    match cells.as_slice() {
        [_, _] | [_] => line.to_owned(),
        [id, zh, en, ..] if zh.is_empty() || en.is_empty() => (*id).to_owned(),
        [_, zh, en, ..] => format!("{zh}\t{en}"),
        [] => String::new(),
    }
}

/// A match rule that can be read.
fn rule(text: &str) -> Result<String, String> {
    MatchRule::parse(text).map(|_| text.trim().to_owned())
}

pub(super) fn edit(args: &EditArgs) -> Result<bool, Failure> {
    let change = Edit {
        term: Pair::new(args.zh.clone(), args.en.clone()),
        subject: args.subject.clone(),
        note: args.note.clone(),
        definition: Pair::new(args.zh_definition.clone(), args.en_definition.clone()),
        definition_source: args.source.clone(),
        usage: args.usage.clone(),
        matching: args.matching.clone(),
        more: Pair::new(args.add_zh.clone(), args.add_en.clone()),
    };
    if change == Edit::default() {
        return Err(Failure::NoEdit);
    }
    let empty =
        |term: &Option<String>| term.as_ref().is_some_and(|term| term.trim().is_empty());
    let more = args.add_zh.iter().chain(&args.add_en);
    if empty(&args.zh)
        || empty(&args.en)
        || more.clone().any(|term| term.trim().is_empty())
    {
        return Err(Failure::EmptyTerm);
    }
    let stamp = args.signature.stamp();
    let store = existing(&args.file)?;
    let (text, _) = store.change("edit", |termbase| {
        let seed = Seed::shipped();
        let one = glossary::edit(termbase, &args.term, &change, &stamp, seed)
            .map_err(|unknown| Failure::from(vec![unknown]))?;
        let entry = &termbase.concepts[&one.id];
        let rows = entry.rows.iter();
        Ok::<_, Failure>(rows.map(|row| wording::row(&one.id, row)).collect::<String>())
    })?;
    render::talk(&text);
    Ok(true)
}

pub(super) fn undo(args: &UndoArgs) -> Result<bool, Failure> {
    let action = Store::new(&args.file).undo(args.force)?;
    let name = args.file.display();
    render::talk(&match args.file.exists() {
        true => format!("undone: {action}; {name} is what it was before\n"),
        false => format!("undone: {action}; {name} is gone, as it was before\n"),
    });
    Ok(true)
}
