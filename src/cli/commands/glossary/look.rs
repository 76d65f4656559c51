//! Commands that change nothing.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::glossary::{self, Termbase};
use crate::lexicon::Seed;
use crate::types::Status;
use clap::Args;

use super::termbase::{existing, load};
use crate::cli::failure::Failure;
use crate::cli::wording::line;
use crate::cli::{render, wording};
use crate::text::layout::{counted, padded, width};

/// List the rows: id, Chinese, English, status, count and note, with tabs between
#[derive(Clone, Debug, Args)]
pub(super) struct ListArgs {
    /// The termbase
    file: PathBuf,

    /// Only rows of these statuses, with commas: candidate, accepted, preferred, rejected,
    /// forbidden
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',', value_parser = status)]
    status: Vec<Status>,

    /// Only rows of this subject
    #[arg(long)]
    subject: Option<String>,

    /// Only rows found in this document
    #[arg(long, value_name = "NAME")]
    document: Option<String>,
}

/// Find terms in either language, traditional or simplified, by pinyin, or spelled almost so
///
/// The best come first: whole terms, their beginnings, words inside, readings. Where all that
/// finds nothing, what is spelled almost so is shown. Exit status: 1 where nothing is found.
#[derive(Clone, Debug, Args)]
pub(super) struct SearchArgs {
    /// The termbase
    file: PathBuf,

    /// What to look for: 缔约, 締約, diyue, contracting, contrating
    #[arg(required = true)]
    query: Vec<String>,

    /// How many rows are shown at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

/// Count the rows by status, subject, document and person
#[derive(Clone, Debug, Args)]
pub(super) struct StatsArgs {
    /// The termbase
    file: PathBuf,
}

/// Say what is different in two termbases: + is new, - is gone, ~ is changed
#[derive(Clone, Debug, Args)]
pub(super) struct DiffArgs {
    /// The older termbase
    old: PathBuf,

    /// The newer termbase
    new: PathBuf,
}

/// A status by its name.
pub(super) fn status(text: &str) -> Result<Status, String> {
    let names = Status::ALL.map(Status::as_str).join(", ");
    Status::from_name(text.trim()).ok_or_else(|| format!("known are {names}"))
}

pub(super) fn list(args: &ListArgs) -> Result<bool, Failure> {
    let termbase = load(&args.file)?;
    let mut text = String::new();
    for (id, row) in termbase.rows() {
        let is_wanted = (args.status.is_empty() || args.status.contains(&row.status))
            && args.subject.as_ref().is_none_or(|subject| *subject == row.subject)
            && args.document.as_ref().is_none_or(|name| row.uses.contains_key(name));
        if is_wanted {
            text += &wording::row(id, row);
        }
    }
    render::result(&text);
    Ok(true)
}

pub(super) fn search(args: &SearchArgs) -> Result<bool, Failure> {
    let store = existing(&args.file)?;
    let query = args.query.join(" ");
    let text = store.read_text()?;
    let limit = args.limit.saturating_add(1);
    let hits =
        glossary::search_text(&text, store.path(), &query, limit, Seed::shipped())?;
    let shown = &hits[..hits.len().min(args.limit)];
    let columns = |of: &dyn Fn(&glossary::Hit) -> String| {
        shown.iter().map(|hit| width(&of(hit))).max().unwrap_or(0)
    };
    let zh = |hit: &glossary::Hit| line(&hit.term.zh);
    let en = |hit: &glossary::Hit| line(&hit.term.en);
    let widths = (columns(&zh), columns(&en));
    let mut out = String::new();
    for hit in shown {
        let _ = writeln!(
            out,
            "{}  {}  {:<9}  {}",
            padded(&zh(hit), widths.0),
            padded(&en(hit), widths.1),
            hit.status.as_str(),
            hit.id
        );
    }
    render::result(&out);
    if hits.is_empty() {
        render::talk(&format!(
            "nothing in {} is like \"{query}\"\n",
            args.file.display()
        ));
    } else if hits.len() > args.limit {
        render::talk(&format!(
            "there are more; --limit shows more than {}\n",
            args.limit
        ));
    }
    Ok(!hits.is_empty())
}

pub(super) fn stats(args: &StatsArgs) -> Result<bool, Failure> {
    render::result(&figures(&load(&args.file)?));
    Ok(true)
}

fn figures(termbase: &Termbase) -> String {
    let stats = glossary::stats(termbase);
    let n_rows: usize = stats.by_status.values().sum();
    let mut text = format!(
        "{} in {}\n",
        counted(stats.n_concepts, "concept"),
        counted(n_rows, "row")
    );
    for (status, n) in &stats.by_status {
        let _ = writeln!(text, "{n:>8}  {}", status.as_str());
    }
    for (title, without, counts) in [
        ("by subject", "(none)", &stats.by_subject),
        ("by document", "", &stats.by_document),
        ("decided by", "(unsigned)", &stats.by_person),
    ] {
        if counts.is_empty() || counts.len() == 1 && counts.contains_key("") {
            continue;
        }
        let _ = writeln!(text, "{title}");
        for (name, n) in counts {
            let name = if name.is_empty() { without } else { name };
            let _ = writeln!(text, "{n:>8}  {name}");
        }
    }
    if !stats.last.is_empty() {
        let _ = writeln!(text, "last changed {}", stats.last);
    }
    text
}

pub(super) fn diff(args: &DiffArgs) -> Result<bool, Failure> {
    let (old, new) = (load(&args.old)?, load(&args.new)?);
    let differences = glossary::diff(&old, &new, Seed::shipped());
    let text: String = differences.iter().map(wording::difference).collect();
    render::result(&text);
    if differences.is_empty() {
        render::talk("no difference\n");
    }
    Ok(true)
}
