//! Commands that bring terms in from elsewhere or give them away.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::export::{ExportKind, OutputFile, Product};
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
use crate::cli::{clock, render, texts, wording};
use crate::text::layout::counted;

/// Merge two people's termbases: MINE THEIRS, or BASE MINE THEIRS with what both began from
///
/// Without --out the result is written to MINE; with it, none of these files is changed. With BASE, what only one of them changed is
/// taken over, also where it was taken out; without, all of both is kept. Where both decided
/// differently, mine stands, theirs goes into the note, the conflict is told, and the exit
/// status is 1.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  align glossary merge base.csv mine.csv theirs.csv
  align glossary merge mine.csv theirs.csv --out ours.csv")]
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
#[command(after_help = "\
Examples:
  align glossary import terms.csv client.xlsx --preview
  align glossary import terms.csv client.xlsx --map zh=B,en=C,status=F
  align glossary import terms.csv old.tbx others.utx --status candidate")]
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
#[command(
    about = about(),
    after_help = "\
Examples:
  align glossary export terms.csv client.tbx
  align glossary export terms.csv --write tbx,multiterm,memoq --out handed-on
  align glossary export terms.csv open.csv --status candidate"
)]
pub(super) struct ExportArgs {
    /// The termbase
    file: PathBuf,

    /// The file to write, whose ending says the format: csv, xlsx, tbx, xml (MultiTerm), utx,
    /// txt (OmegaT), json [default: NAME with the ending of its kind, in --out]
    #[arg(value_name = "TO", conflicts_with_all = ["out", "name"])]
    to: Option<PathBuf>,

    #[arg(long, value_name = "KIND,…", help = write_help())]
    write: Option<String>,

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
    let kinds = args.kinds()?;
    let all = termbase.to_rows(|row| is_wanted(args, row));
    if all.is_empty() {
        return Err(Failure::NothingExported(args.file.clone()));
    }
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = match &args.name {
        Some(name) => checked(name.clone())?,
        None => stem,
    };
    let targets = args.targets(&kinds, &name)?;
    let kinds: BTreeSet<ExportKind> = targets.iter().map(|target| target.kind).collect();
    // What is written is in the rows: a large termbase need not lie in memory thrice.
    drop(termbase);
    let is_usable =
        |one: &Concept| !matches!(one.pair.status, Status::Forbidden | Status::Rejected);
    let usable: Cow<'_, [Concept]> = match all.iter().all(is_usable) {
        true => Cow::Borrowed(&all),
        false if kinds.iter().all(|kind| kind.says_forbidden()) => Cow::Borrowed(&[]),
        false => all.iter().filter(|one| is_usable(one)).cloned().collect(),
    };
    let bitext = Bitext::empty(&name);
    let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
    let product = |kind: &ExportKind| Product {
        concepts: if kind.says_forbidden() { &all } else { &usable },
        created: clock::of_files([args.file.as_path()]),
        source: Side::from(args.source),
        ..Product::new(&bitext, &name, &languages)
    };
    let mut text = String::new();
    for kind in &kinds {
        text += &left_behind(*kind, &all, &usable);
    }
    let (to, out) = (args.to.as_deref(), args.out.as_path());
    if texts::is_standard(to.unwrap_or(out)) {
        let [Target { kind, file, .. }, others @ ..] = targets.as_slice() else {
            return Err(Failure::OutIsNoFolder);
        };
        if kinds.len() > 1 {
            return Err(Failure::OutIsNoFolder);
        }
        for other in others {
            text += &format!(
                "notice: {} is not printed; without --out - it is written\n",
                other.name
            );
        }
        let mut bytes = Vec::new();
        file.write(&product(kind), &mut bytes).map_err(Failure::Output)?;
        render::talk(&text);
        render::bytes(&bytes);
        return Ok(true);
    }
    let folder = match to {
        Some(to) => to.parent().filter(|folder| !folder.as_os_str().is_empty()),
        None => Some(out),
    };
    let each = targets.iter().map(|target| target.name.as_str());
    let inputs = Inputs::new([args.file.as_path()]);
    let folder = folder.unwrap_or(Path::new("."));
    let mut outputs = inputs.outputs(folder, each, args.force)?;
    for Target { kind, file, name } in &targets {
        outputs.write(name, |out| file.write(&product(kind), out))?;
    }
    let written = outputs.commit()?;
    let format = match (to, targets.as_slice()) {
        (Some(_), [Target { kind, .. }]) => format!(" as {}", kind.as_str()),
        _ => String::new(),
    };
    text += &format!("{} written{format} to\n", counted(all.len(), "row"));
    for path in written {
        // As it was named, where it was.
        text += &format!("{}\n", to.unwrap_or(&path).display());
    }
    render::talk(&text);
    Ok(true)
}

/// A file to write.
struct Target {
    kind: ExportKind,
    file: OutputFile,
    name: String,
}

impl ExportArgs {
    /// The kinds that are asked for by name.
    fn kinds(&self) -> Result<Vec<ExportKind>, Failure> {
        let kinds: Vec<ExportKind> = match self.write.as_deref() {
            None => Vec::new(),
            Some("all") => ExportKind::glossaries().collect(),
            Some(list) => ExportKind::parse_list(list)?,
        };
        match kinds.iter().find(|kind| !kind.is_glossary()) {
            Some(kind) => Err(Failure::NoTermKind(kind.as_str())),
            None => Ok(kinds),
        }
    }

    /// The files to write: the one that is named, or those of the kinds.
    fn targets(&self, kinds: &[ExportKind], name: &str) -> Result<Vec<Target>, Failure> {
        let to = self.to.as_deref().filter(|to| !texts::is_standard(to));
        let Some(to) = to else {
            let default = [ExportKind::CSV];
            let kinds = if kinds.is_empty() { &default } else { kinds };
            let files =
                kinds.iter().flat_map(|kind| kind.files().iter().map(|f| (*kind, *f)));
            let target = |(kind, file): (_, OutputFile)| Target {
                kind,
                file,
                name: file.name(name),
            };
            return Ok(files.map(target).collect());
        };
        let name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let by_name = ExportKind::of_glossary(&name);
        let (kind, file) = match kinds {
            [] => by_name.ok_or_else(|| Failure::UnknownEnding(to.to_owned()))?,
            // Of the files of a kind the one that ends so, or else the one it is known by.
            [kind] => by_name
                .filter(|(of_name, _)| of_name == kind)
                .unwrap_or((*kind, kind.files()[0])),
            _ => return Err(Failure::OneFile(to.to_owned())),
        };
        Ok(vec![Target { kind, file, name }])
    }
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
