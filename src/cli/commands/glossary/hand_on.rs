//! Commands that bring terms in from elsewhere or give them away.

use std::path::{Path, PathBuf};

use crate::export::{ExportKind, Product};
use crate::glossary::{self, Merged, ReadAs, Row, Stamp, Store, Termbase};
use crate::lexicon::Seed;
use crate::types::{Bitext, Concept, Pair, Side, Status};
use clap::Args;

use super::termbase::{Signature, existing, load};
use super::{look, preview};
use crate::cli::failure::Failure;
use crate::cli::inputs::Inputs;
use crate::cli::job::checked;
use crate::cli::options::SourceName;
use crate::cli::{clock, render, wording};
use crate::text::layout::counted;

/// Merge two people's termbases: MINE THEIRS, or BASE MINE THEIRS with what both began from
///
/// Without --out the result is written to MINE; with it, none of these files is changed. With BASE, what only one of them changed is
/// taken over, also where it was taken out; without, all of both is kept. Where both decided
/// differently, mine stands, theirs goes into the note, the conflict is told, and the exit
/// status is 1.
#[derive(Clone, Debug, Args)]
pub(super) struct MergeArgs {
    /// The files: MINE THEIRS, or BASE MINE THEIRS
    #[arg(required = true, num_args = 2..=3, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Where the result goes, in place of MINE
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Take in terms of another glossary: csv, xlsx, tbx, MultiTerm, tmx, utx, or tabs
///
/// Of a table it is guessed which column holds what: by its header, in either language, or
/// else by what stands in it. What is not understood is told, and columns that are not known
/// are kept. What a person decided in the termbase stays; a decision of the other file is taken over
/// where there is none, and told where there is another. Exit status: 0 all came in, 1 a
/// decision of the other file was not taken over, 2 nothing came in.
#[derive(Clone, Debug, Args)]
pub(super) struct ImportArgs {
    /// The termbase; made if it is not there
    file: PathBuf,

    /// The glossaries
    #[arg(required = true)]
    sources: Vec<PathBuf>,

    /// Status of all that comes in [default: what the file says; where it says nothing,
    /// accepted]
    #[arg(long, value_parser = look::status)]
    status: Option<Status>,

    /// What columns hold, where it is guessed wrong: zh=B,en=C,status=F,note=G; a column by
    /// its letter, its number or its name
    #[arg(long, value_name = "WHAT=COLUMN,…", value_delimiter = ',', value_parser = mapping)]
    map: Vec<(String, String)>,

    /// Show how each column is read and the first rows, and import nothing
    #[arg(long)]
    preview: bool,

    /// Pass over the rows that cannot be read
    #[arg(long)]
    skip_bad_rows: bool,

    #[command(flatten)]
    signature: Signature,

    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Debug, Args)]
#[command(about = about())]
pub(super) struct ExportArgs {
    /// The termbase
    file: PathBuf,

    #[arg(long, value_name = "KIND,…", help = write_help(), default_value = "csv")]
    write: String,

    /// Only rows of these statuses, with commas [default: accepted, preferred, and forbidden
    /// where the format can say so]
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',', value_parser = look::status)]
    status: Vec<Status>,

    /// Of candidates only those that are at least so sure, 0 to 1
    #[arg(long, value_name = "SCORE", default_value_t = 0.0)]
    min_confidence: f64,

    /// Only rows of this subject
    #[arg(long)]
    subject: Option<String>,

    /// Folder for the outputs, made if it is not there
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,

    /// Name of the outputs [default: that of the termbase]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// The language that is translated from
    #[arg(long, value_enum, default_value_t = SourceName::Zh)]
    source: SourceName,

    /// Replace files that align did not write, or that were changed since
    #[arg(long)]
    force: bool,
}

pub(super) fn merge(args: &MergeArgs) -> Result<bool, Failure> {
    let (base, mine, theirs) = match args.files.as_slice() {
        [base, mine, theirs] => (Some(load(base)?), mine, theirs),
        [mine, theirs] => (None, mine, theirs),
        _ => return Err(Failure::NoTerms),
    };
    // Where the result has a file of its own, that is none of those it is made of.
    if let Some(out) = &args.out {
        let inputs = Inputs::new(args.files.iter().map(PathBuf::as_path));
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        inputs.spare(out.parent().unwrap_or(Path::new("")), [name.as_ref()])?;
    }
    let theirs = load(theirs)?;
    let merge = |mine: &mut Termbase| {
        glossary::merge(base.as_ref(), mine, theirs.clone(), Seed::shipped())
    };
    let (merged, _) = match &args.out {
        None => existing(mine)?
            .change("merge", |termbase| Ok::<_, Failure>(merge(termbase)))?,
        Some(out) => {
            let mine = load(mine)?;
            Store::new(out).change("merge", |termbase| {
                termbase.clone_from(&mine);
                Ok::<_, Failure>(merge(termbase))
            })?
        }
    };
    told(&merged, false);
    Ok(merged.clashes.is_empty())
}

fn told(merged: &Merged, is_quiet: bool) {
    let mut text = wording::clashes(&merged.clashes);
    if !is_quiet {
        for (old, new) in &merged.renamed {
            text += &format!("renamed: {old} of theirs is {new} here\n");
        }
        text += &format!(
            "{} changed or new, {}\n",
            counted(merged.n_changed, "row"),
            counted(merged.clashes.len(), "conflict")
        );
    }
    render::talk(&text);
}

pub(super) fn import(args: &ImportArgs) -> Result<bool, Failure> {
    if args.preview {
        return args
            .sources
            .iter()
            .try_fold(true, |all, source| Ok(preview::show(source, &args.map)? && all));
    }
    let mut brought = Some(bring_all(args)?);
    let store = Store::new(&args.file);
    let (merged, _) = store.change("import", |termbase| {
        let mut all = Merged::default();
        // They are read anew where another program wrote to the termbase meanwhile.
        let theirs = brought.take().map_or_else(|| bring_all(args), Ok)?;
        for theirs in theirs {
            let merged = glossary::merge(None, termbase, theirs, Seed::shipped());
            all.clashes.extend(merged.clashes);
            all.n_changed += merged.n_changed;
        }
        Ok::<_, Failure>(all)
    })?;
    told(&merged, args.quiet);
    Ok(merged.clashes.is_empty())
}

/// What each of the files brings.
fn bring_all(args: &ImportArgs) -> Result<Vec<Termbase>, Failure> {
    let stamp = args.signature.stamp();
    let bring = |source: &PathBuf| {
        let mut termbase = bring(source, args, &stamp)?;
        if termbase.concepts.is_empty() {
            return Err(Failure::NothingImported(source.clone()));
        }
        if let Some(status) = args.status {
            let rows = termbase.concepts.values_mut().flat_map(|entry| &mut entry.rows);
            rows.for_each(|row| row.status = status);
        }
        Ok(termbase)
    };
    args.sources.iter().map(bring).collect()
}

/// What a file brings.
fn bring(source: &Path, args: &ImportArgs, stamp: &Stamp) -> Result<Termbase, Failure> {
    if args.map.is_empty() && glossary::read_as(source)? == ReadAs::Termbase {
        return load(source);
    }
    let loaded = glossary::load_mapped(source, args.skip_bad_rows, &args.map)?;
    for row in &loaded.skipped {
        render::talk(&format!("notice: passed over: {row}\n"));
    }
    render::talk(&wording::not_understood(&loaded.told));
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    // Counts are those of a document; where none is named, of the file.
    let has_counts = loaded.concepts.iter().any(|one| one.pair.count > 0);
    let document = if has_counts { stem.as_ref() } else { "" };
    Ok(Termbase::from_concepts(loaded.concepts, document, stamp))
}

/// `zh=B` as what a column holds and the column.
fn mapping(text: &str) -> Result<(String, String), String> {
    let (what, column) = text.split_once('=').ok_or("say what holds what: zh=B")?;
    Ok((what.trim().to_owned(), column.trim().to_owned()))
}

fn about() -> String {
    let kinds = ExportKind::list(ExportKind::glossaries());
    format!("Write the termbase for other tools: {kinds}")
}

fn write_help() -> String {
    let kinds = ExportKind::list(ExportKind::glossaries());
    format!("What to write, with commas: {kinds}, or all")
}

pub(super) fn export(args: &ExportArgs) -> Result<bool, Failure> {
    let termbase = load(&args.file)?;
    let kinds: Vec<ExportKind> = match args.write.as_str() {
        "all" => ExportKind::glossaries().collect(),
        list => ExportKind::parse_list(list)?,
    };
    if let Some(kind) = kinds.iter().find(|kind| !kind.is_glossary()) {
        return Err(Failure::NoTermKind(kind.as_str()));
    }
    let all = termbase.to_rows(|row| is_wanted(args, row));
    if all.is_empty() {
        return Err(Failure::NothingExported(args.file.clone()));
    }
    let usable: Vec<Concept> = all
        .iter()
        .filter(|one| !matches!(one.pair.status, Status::Forbidden | Status::Rejected))
        .cloned()
        .collect();
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = match &args.name {
        Some(name) => checked(name.clone())?,
        None => stem,
    };
    let bitext = Bitext::empty(&name);
    let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
    let product = |kind: &ExportKind| Product {
        concepts: if kind.says_forbidden() { &all } else { &usable },
        created: clock::of_files([args.file.as_path()]),
        source: Side::from(args.source),
        ..Product::new(&bitext, &name, &languages)
    };
    let files: Vec<_> = kinds
        .iter()
        .flat_map(|kind| kind.files().iter().map(move |file| (kind, file)))
        .collect();
    let names: Vec<String> = files.iter().map(|(_, file)| file.name(&name)).collect();
    let each = names.iter().map(String::as_str);
    let inputs = Inputs::new([args.file.as_path()]);
    let mut outputs = inputs.outputs(&args.out, each, args.force)?;
    for ((kind, file), name) in files.iter().zip(&names) {
        outputs.write(name, |out| file.write(&product(kind), out))?;
    }
    let written = outputs.commit()?;
    let mut text = String::new();
    for kind in &kinds {
        text += &left_behind(*kind, &all, &usable);
    }
    text += &format!("{} written to\n", counted(all.len(), "row"));
    for path in written {
        text += &format!("{}\n", path.display());
    }
    render::talk(&text);
    Ok(true)
}

/// Is a row asked for?
fn is_wanted(args: &ExportArgs, row: &Row) -> bool {
    let is_of_status = match args.status.is_empty() {
        true => row.is_accepted() || row.status == Status::Forbidden,
        false => args.status.contains(&row.status),
    };
    // Where a person decided, it does not matter what the miner thought.
    let is_sure = row.is_decided() || row.to_pair().confidence >= args.min_confidence;
    is_of_status
        && is_sure
        && args.subject.as_ref().is_none_or(|subject| *subject == row.subject)
}

/// What a kind has no place for, told in a notice.
fn left_behind(kind: ExportKind, all: &[Concept], usable: &[Concept]) -> String {
    let mut text = String::new();
    let rows = if kind.says_forbidden() { all } else { usable };
    let lost = kind.left_behind(rows);
    if !lost.is_empty() {
        let lost = lost.join("; ");
        text += &format!("notice: {} has no place for: {lost}\n", kind.as_str());
    }
    if rows.len() < all.len() {
        let n = counted(all.len() - rows.len(), "row");
        text += &format!(
            "notice: {} cannot say what must not be used: {n} left out\n",
            kind.as_str()
        );
    }
    text
}
