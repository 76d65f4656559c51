//! Commands that change nothing.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use crate::glossary::{self, Row, Termbase};
use crate::lexicon::Seed;
use crate::types::Status;
use clap::Args;

use super::termbase::{existing, load};
use crate::cli::failure::Failure;
use crate::cli::wording::line;
use crate::cli::{render, wording};
use crate::text::layout::{counted, excerpt, padded, width};

/// List the rows, best first: in columns on a terminal, and with tabs between in a pipe: id,
/// Chinese, English, status, count, note, confidence and a passage of each side
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

/// Show all that is known of a concept: its terms, definitions, notes, counts and passages
///
/// Exit status: 1 where nothing is found.
#[derive(Clone, Debug, Args)]
pub(super) struct ShowArgs {
    /// The termbase
    file: PathBuf,

    /// The id of a concept, or a term
    #[arg(required = true)]
    term: Vec<String>,
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
    let mut rows: Vec<(&str, &Row)> = termbase
        .rows()
        .filter(|(_, row)| {
            (args.status.is_empty() || args.status.contains(&row.status))
                && args.subject.as_ref().is_none_or(|subject| *subject == row.subject)
                && args.document.as_ref().is_none_or(|name| row.uses.contains_key(name))
        })
        .collect();
    rows.sort_by_cached_key(|(_, row)| {
        let confidence = (row.to_pair().confidence.clamp(0.0, 1.0) * 1e6) as u64;
        Reverse((confidence, row.total().count))
    });
    let text: String = match io::stdout().is_terminal() {
        true => columns(&rows),
        false => rows.iter().map(|(id, row)| wording::whole_row(id, row)).collect(),
    };
    render::result(&text);
    Ok(true)
}

/// The widest columns of a list on a terminal: the terms, and a passage.
const TERM: usize = 28;
const PASSAGE: usize = 44;

/// Rows in columns: the terms, the status, how sure, how often, and a passage.
fn columns(rows: &[(&str, &Row)]) -> String {
    let cells = rows.iter().map(|(id, row)| {
        let pair = row.to_pair();
        let sure = match pair.confidence > 0.0 {
            true => format!("{:.2}", pair.confidence),
            false => String::new(),
        };
        [
            excerpt(&row.term.zh, TERM),
            excerpt(&row.term.en, TERM),
            row.status.as_str().to_owned(),
            sure,
            pair.count.to_string(),
            excerpt(id, TERM),
            excerpt(&row.context.en, PASSAGE),
        ]
    });
    let cells: Vec<[String; 7]> = cells.collect();
    let widths: Vec<usize> = (0..7)
        .map(|at| cells.iter().map(|row| width(&row[at])).max().unwrap_or(0))
        .collect();
    let line = |row: &[String; 7]| {
        let padded: Vec<String> =
            row.iter().zip(&widths).map(|(cell, to)| padded(cell, *to)).collect();
        padded.join("  ").trim_end().to_owned() + "\n"
    };
    cells.iter().map(line).collect()
}

pub(super) fn show(args: &ShowArgs) -> Result<bool, Failure> {
    let store = existing(&args.file)?;
    let termbase = store.load()?;
    let query = args.term.join(" ");
    let ids: Vec<String> = match termbase.concepts.contains_key(query.trim()) {
        true => vec![query.trim().to_owned()],
        false => {
            let text = store.read_text()?;
            let hits =
                glossary::search_text(&text, store.path(), &query, 50, Seed::shipped())?;
            // Where a term is just this, those that only hold it are not meant.
            let is_it = |hit: &&glossary::Hit| {
                let folded = |text: &str| crate::text::fold::fold(text.trim());
                let query = folded(&query);
                folded(&hit.term.zh) == query || folded(&hit.term.en) == query
            };
            let exact: Vec<&glossary::Hit> = hits.iter().filter(is_it).collect();
            let chosen =
                if exact.is_empty() { hits.iter().take(3).collect() } else { exact };
            let mut ids: Vec<String> =
                chosen.into_iter().map(|hit| hit.id.clone()).collect();
            let mut seen = std::collections::BTreeSet::new();
            ids.retain(|id| seen.insert(id.clone()));
            ids
        }
    };
    let text: String = ids
        .iter()
        .filter_map(|id| Some(everything(&termbase, id, termbase.concepts.get(id)?)))
        .collect();
    render::result(&text);
    if text.is_empty() {
        let name = args.file.display();
        render::talk(&format!("nothing in {name} is like \"{query}\"\n"));
    }
    Ok(!text.is_empty())
}

/// All that is known of a concept.
fn everything(termbase: &Termbase, id: &str, entry: &glossary::Entry) -> String {
    let mut text = format!("{id}\n");
    for (row, pair) in entry.pairs() {
        let _ = writeln!(
            text,
            "  {}  {}",
            wording::pair(&pair.map(str::to_owned)),
            row.status.as_str()
        );
        let total = row.total();
        let uses: Vec<String> = row
            .uses
            .iter()
            .map(|(name, one)| {
                let name = if name.is_empty() { "elsewhere" } else { name };
                format!("{name} {}×", one.count)
            })
            .collect();
        let signed = [row.who.as_str(), row.changed.as_str()];
        let signed: Vec<&str> =
            signed.into_iter().filter(|text| !text.is_empty()).collect();
        let figures = match total == glossary::Use::default() {
            true => String::new(),
            false => format!(
                "{} together, {} in Chinese, {} in English",
                total.count, total.counts.zh, total.counts.en
            ),
        };
        let known = [
            ("other Chinese", row.variants.zh.join("; ")),
            ("other English", row.variants.en.join("; ")),
            ("definition", row.definition.zh.clone()),
            ("definition", row.definition.en.clone()),
            ("source", row.definition_source.clone()),
            ("subject", row.subject.clone()),
            ("note", row.note.clone()),
            ("used in", row.usage.clone()),
            ("match", row.matching.clone()),
            ("counts", figures),
            ("documents", uses.join(", ")),
            ("confidence", row.confidence.clone()),
            ("evidence", row.evidence.replace('|', ", ")),
            ("passage", row.context.zh.clone()),
            ("passage", row.context.en.clone()),
            ("stands in", row.unit.clone()),
            (
                "sort",
                format!("{} {}", row.part_of_speech, row.term_type).trim().to_owned(),
            ),
            ("came in", row.created.clone()),
            ("changed", signed.join(", ")),
        ];
        let other = termbase.other_columns.iter().zip(&row.other_cells);
        let known =
            known.into_iter().chain(other.map(|(name, cell)| (&**name, cell.clone())));
        for (name, said) in known.filter(|(_, said)| !said.is_empty()) {
            let _ = writeln!(text, "    {name:<14} {}", wording::line(&said));
        }
    }
    text
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
