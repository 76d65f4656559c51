//! Commands that bring terms in from elsewhere or give them away.

use std::path::PathBuf;

use crate::export::{Columns, ExportKind, OutputFiles, Product, Reviewed, SegType};
use crate::glossary::{self, Merged, ReadAs, Store, Termbase};
use crate::lexicon::Seed;
use crate::types::{Bitext, Pair, Side, Status, TermPair};
use clap::Args;

use super::look;
use super::termbase::{Signature, existing, load};
use crate::cli::failure::Failure;
use crate::cli::job::checked;
use crate::cli::options::SourceName;
use crate::cli::{clock, render, wording};
use crate::text::layout::counted;

/// Merge two people's termbases: MINE THEIRS, or BASE MINE THEIRS with what both began from
///
/// Without --out the result is written to MINE. With BASE, what only one of them changed is
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

/// Take in terms of another glossary: csv, xlsx, tbx, tmx, utx, or tabs
///
/// What a person decided in the termbase stays; a decision of the other file is taken over
/// where there is none, and told where there is another.
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

    /// Only rows of these statuses, with commas [default: all but rejected]
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',', value_parser = look::status)]
    status: Vec<Status>,

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
    let theirs = load(theirs)?;
    let seed = Seed::shipped();
    let merged = match &args.out {
        None => {
            let store = existing(mine)?;
            let merged = store.change("merge", |termbase| {
                let mut merged = glossary::merge(base.as_ref(), termbase, &theirs, seed);
                *termbase = std::mem::take(&mut merged.termbase);
                Ok::<_, Failure>(merged)
            })?;
            merged.0
        }
        Some(out) => {
            let mine = load(mine)?;
            let store = Store::new(out);
            let merged = store.change("merge", |termbase| {
                let mut merged = glossary::merge(base.as_ref(), &mine, &theirs, seed);
                *termbase = std::mem::take(&mut merged.termbase);
                Ok::<_, Failure>(merged)
            })?;
            merged.0
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
    let stamp = args.signature.stamp();
    let mut brought = Vec::new();
    for source in &args.sources {
        let mut termbase = match glossary::read_as(source)? {
            ReadAs::Termbase => load(source)?,
            ReadAs::Absent | ReadAs::Foreign => {
                let loaded = glossary::load(source, args.skip_bad_rows)?;
                for row in &loaded.skipped {
                    render::talk(&format!("notice: passed over: {row}\n"));
                }
                let stem = source.file_stem().unwrap_or_default().to_string_lossy();
                // Counts are those of a document; where none is named, of the file.
                let has_counts = loaded.concepts.iter().any(|one| one.pair.count > 0);
                let document = if has_counts { stem.as_ref() } else { "" };
                Termbase::from_concepts(&loaded.concepts, document, &stamp)
            }
        };
        if let Some(status) = args.status {
            let rows = termbase.concepts.values_mut().flat_map(|entry| &mut entry.rows);
            rows.for_each(|row| row.status = status);
        }
        brought.push(termbase);
    }
    let store = Store::new(&args.file);
    let (merged, _) = store.change("import", |termbase| {
        let mut all = Merged::default();
        for theirs in &brought {
            let merged = glossary::merge(None, termbase, theirs, Seed::shipped());
            *termbase = merged.termbase;
            all.clashes.extend(merged.clashes);
            all.n_changed += merged.n_changed;
        }
        Ok::<_, Failure>(all)
    })?;
    told(&merged, args.quiet);
    Ok(merged.clashes.is_empty())
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
    let is_wanted = |status: Status| match args.status.is_empty() {
        true => status != Status::Rejected,
        false => args.status.contains(&status),
    };
    let concepts = termbase.to_concepts().into_iter().map(|concept| concept.pair);
    let terms: Vec<TermPair> = concepts.filter(|pair| is_wanted(pair.status)).collect();
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = match &args.name {
        Some(name) => checked(name.clone())?,
        None => stem,
    };
    let bitext = Bitext::empty(&name);
    let product = Product {
        bitext: &bitext,
        sentences: None,
        is_both_levels: false,
        reviewed: Reviewed::default(),
        terms: &terms,
        name: &name,
        languages: &Pair::new("zh-CN".to_owned(), "en-US".to_owned()),
        segtype: SegType::Paragraph,
        created: clock::now(),
        by_lines: false,
        source: Side::from(args.source),
        min_score: 0.0,
        columns: Columns::Full,
    };
    let files: Vec<_> = kinds.iter().flat_map(|kind| kind.files()).collect();
    let names: Vec<String> = files.iter().map(|file| file.name(&name)).collect();
    let each = names.iter().map(String::as_str);
    let mut outputs = match args.force {
        true => OutputFiles::forced(&args.out, each)?,
        false => OutputFiles::open(&args.out, each)?,
    };
    for (file, name) in files.iter().zip(&names) {
        outputs.write(name, |out| file.write(&product, out))?;
    }
    let written = outputs.commit()?;
    let mut text = format!("{} written to\n", counted(terms.len(), "pair"));
    for path in written {
        text += &format!("{}\n", path.display());
    }
    render::talk(&text);
    Ok(true)
}
