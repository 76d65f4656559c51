//! Says what of a translation still holds after its source was changed.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::config::Config;
use crate::export::{Docx, Xliff};
use crate::pipeline::{self, Aligner, Observer as _, Request, Stage};
use crate::types::{Bitext, Pair, Side};
use crate::update::{Carried, Fate, compare, write_table};

use crate::cli::failure::Failure;
use crate::cli::inputs::Inputs;
use crate::cli::job::checked;
use crate::cli::options::SourceName;
use crate::cli::progress::Progress;
use crate::cli::workshop::languages;
use crate::cli::{render, texts};
use crate::text::layout::{capitalized, counted, excerpt};

/// Say what of a translation still holds after its source was changed
///
/// The old source and its translation are aligned; the new version of the source is compared
/// with the old one, passage by passage: unchanged, renumbered, moved, changed, new, gone.
/// Amended laws and contracts are the case.
///
///   NAME.update.tsv    every passage of both versions, what became of it, and its translation
///   NAME.update.docx   the new source with the translations that hold beside it; what is to
///                      be translated or looked at is shaded
///   NAME.update.xlf    what is to be translated, for a translation tool
#[derive(Clone, Debug, Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  align update law-2019.zh.txt law-2019.en.txt law-2026.zh.txt
  align update --source en old.en.docx old.zh.docx new.en.docx --out work"
)]
pub(crate) struct UpdateArgs {
    /// The source as it was
    old: PathBuf,

    /// Its translation
    translation: PathBuf,

    /// The source as it is now
    new: PathBuf,

    /// The language of the source
    #[arg(long, value_enum, default_value_t = SourceName::Zh)]
    source: SourceName,

    /// Folder for the outputs, made if it is not there
    #[arg(long, value_name = "DIR", default_value = "aligned")]
    out: PathBuf,

    /// Name of the outputs [default: that of the new source]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Replace files that align did not write, or that were changed since
    #[arg(long)]
    force: bool,

    /// No progress and no summary; errors only
    #[arg(long, short)]
    quiet: bool,
}

/// How the names of the outputs end.
const ENDINGS: [&str; 3] = [".update.tsv", ".update.docx", ".update.xlf"];

/// How many passages of a fate are named.
const SHOWN: usize = 5;

/// Aligns, compares, writes, tells.
pub(crate) fn run(args: &UpdateArgs) -> Result<(), Failure> {
    let progress = Progress::new(args.quiet);
    let given = [&args.old, &args.translation, &args.new];
    if given.into_iter().filter(|text| texts::is_standard(text)).count() > 1 {
        return Err(Failure::StdinTwice);
    }
    if texts::is_standard(&args.out) {
        return Err(Failure::OutIsNoFolder);
    }
    let name = match &args.name {
        Some(name) => checked(name.clone())?,
        None => texts::name_of(&args.new, Path::new("")),
    };
    let names = ENDINGS.map(|ending| format!("{name}{ending}"));
    let each = names.iter().map(String::as_str);
    let inputs = [&args.old, &args.translation, &args.new].map(PathBuf::as_path);
    let mut files = Inputs::new(inputs).outputs(&args.out, each, args.force)?;
    let source = Side::from(args.source);
    let aligner = Aligner::new(Config::default());
    // Both versions are cut into passages beside the same translation, and so alike.
    let [old, new] =
        [&args.old, &args.new].map(|text| aligned(&aligner, text, args, &progress));
    let (old, new) = (old?, new?);
    let new = new.documents.get(source);
    let passages = compare(old.documents.get(source), new, source);
    let carried = Carried::new(&old, new, source, &passages);

    progress.stage(Stage::Write);
    let languages = languages(&carried.bitext, &Pair::default());
    let table = |out: &mut dyn io::Write| {
        write_table(old.documents.get(source), new, source, &passages, &carried, out)
    };
    files.write(&names[0], table)?;
    let doubtful: Vec<bool> = carried.fates.iter().map(|fate| !fate.holds()).collect();
    let docx = Docx { languages: &languages, source, doubtful: &doubtful };
    files.write(&names[1], |out| docx.write(&carried.bitext, out))?;
    let open = carried.to_translate(source);
    let xliff = Xliff {
        languages: &languages,
        source,
        sentences: None,
        terms: &[],
        statuses: &[],
    };
    files.write(&names[2], |out| xliff.write(&open, out))?;
    let written = files.commit()?;
    progress.finish();
    if args.quiet {
        return Ok(());
    }
    let mut text = String::new();
    for fate in Fate::ALL {
        let of_fate: Vec<_> =
            passages.iter().filter(|passage| passage.fate == fate).collect();
        if of_fate.is_empty() {
            continue;
        }
        text += &format!(
            "{:<12}{}\n",
            capitalized(fate.as_str()),
            counted(of_fate.len(), "passage")
        );
        if fate == Fate::Unchanged {
            continue;
        }
        for passage in of_fate.iter().take(SHOWN) {
            let shown = match (passage.new, passage.old) {
                (Some(at), _) => new.segment_text(at),
                (None, Some(at)) => old.documents.get(source).segment_text(at),
                (None, None) => "",
            };
            text += &format!("            {}\n", excerpt(shown, 56));
        }
        if of_fate.len() > SHOWN {
            text += &format!("            … and {} more\n", of_fate.len() - SHOWN);
        }
    }
    for (n, path) in written.iter().enumerate() {
        let title = if n == 0 { "Written" } else { "" };
        text += &format!("{title:<12}{}\n", path.display());
    }
    render::talk(&text);
    Ok(())
}

/// A version of the source beside the translation.
fn aligned(
    aligner: &Aligner,
    text: &Path,
    args: &UpdateArgs,
    progress: &Progress,
) -> Result<Bitext, Failure> {
    progress.stage(Stage::Read);
    let (zh, en) = match Side::from(args.source) {
        Side::Zh => (text, args.translation.as_path()),
        Side::En => (args.translation.as_path(), text),
    };
    let input = texts::read(zh, Some(en), Pair::default())?;
    Ok(pipeline::run(input, &Request::new(aligner), progress).bitext)
}
