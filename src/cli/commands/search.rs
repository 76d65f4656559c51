//! Looks words up in memories.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use regex::RegexBuilder;

use crate::concordance::{self, Hit, Query, SearchError};
use crate::lexicon::Seed;
use crate::text::Span;
use crate::types::Side;

use crate::cli::failure::Failure;
use crate::cli::{render, wording};
use crate::text::layout::{counted, excerpt, width};

/// How many columns stand on each side of what was found.
const AROUND: usize = 36;

/// How wide the other language is shown, in columns.
const OTHER: usize = 76;

/// Find words in translation memories: each place with what stands around it, and the other
/// language below
///
/// Chinese is found in either script, English in any case and from the beginning of a word
/// on. A memory is read once and kept in a cache; the next search of it takes a moment. Exit
/// status: 1 where nothing is found.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  align search law.tmx 犯罪所得
  align search memories aligned \"proceeds of crime\"
  align search law.tmx --regex '第[一二三]十?条'
  align search law.tmx 引渡 --csv > uses.csv")]
pub(crate) struct SearchArgs {
    /// Memories (.tmx), units of align (.jsonl), or folders of them; then what to look for
    // Counted by us: of values with an option between them clap counts each run.
    #[arg(required = true, num_args = 1.., value_name = "MEMORY… TERM")]
    given: Vec<String>,

    /// What to look for is a regular expression
    #[arg(long)]
    regex: bool,

    /// Write a table: file, unit, Chinese, English
    #[arg(long)]
    csv: bool,

    /// How many units are shown at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,

    /// Keep nothing of the memories
    #[arg(long)]
    no_cache: bool,
}

/// Looks it up. Was anything found?
pub(crate) fn run(args: &SearchArgs) -> Result<bool, Failure> {
    let given = args.given.split_last().filter(|(_, files)| !files.is_empty());
    let (term, files) = given.ok_or(Failure::NothingSought)?;
    let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    let query = match args.regex {
        true => Query::Pattern(
            RegexBuilder::new(term)
                .case_insensitive(true)
                .build()
                .map_err(|error| Failure::Pattern(error.to_string()))?,
        ),
        false => Query::Words(term.clone()),
    };
    let cache = if args.no_cache { None } else { cache() };
    let limit = if args.csv { usize::MAX } else { args.limit.saturating_add(1) };
    let mut hits = Vec::new();
    for path in concordance::memories(&files)? {
        let left = limit - hits.len();
        hits.extend(concordance::search(
            &path,
            &query,
            left,
            cache.as_deref(),
            Seed::shipped(),
        )?);
        if hits.len() >= limit {
            break;
        }
    }
    if args.csv {
        render::result(&table(&hits));
    } else {
        let shown = &hits[..hits.len().min(args.limit)];
        render::result(&shown.iter().map(in_context).collect::<String>());
        if hits.len() > args.limit {
            let n = counted(args.limit, "unit");
            render::talk(&format!("there are more; --limit shows more than {n}\n"));
        }
    }
    if hits.is_empty() {
        render::talk(&format!("nothing is like \"{term}\"\n"));
    }
    Ok(!hits.is_empty())
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Io { path, source } => {
                Failure::Search { path, message: format!("cannot be read: {source}") }
            }
            SearchError::Unreadable { path, message } => {
                Failure::Search { path, message }
            }
            SearchError::Empty { path } => Failure::Search {
                path,
                message: "has no memory in it (.tmx, .jsonl)".into(),
            },
        }
    }
}

/// The folder for what is kept: ALIGN_CACHE, or that of the system.
fn cache() -> Option<PathBuf> {
    let of = |name: &str| {
        std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
    };
    let own = of("ALIGN_CACHE");
    let system = || of("XDG_CACHE_HOME").or_else(|| Some(of("HOME")?.join(".cache")));
    let windows = || of("LOCALAPPDATA");
    own.or_else(|| system().or_else(windows).map(|folder| folder.join("align")))
}

/// Each place of a unit in one line, what was found in the middle; then the other language.
fn in_context(hit: &Hit) -> String {
    let side = hit.side();
    let text = hit.text.get(side);
    let mut out = format!("{}\n", place(&hit.path, hit));
    for span in hit.places.get(side).iter().take(3) {
        let _ = writeln!(out, "  {}", line(text, *span));
    }
    let other = hit.text.get(side.other());
    let marked = hit.places.get(side.other()).first();
    let _ = match marked {
        Some(span) => writeln!(out, "  {}", line(other, *span)),
        None => writeln!(out, "  {}{}", " ".repeat(AROUND), excerpt(other, OTHER)),
    };
    out
}

fn place(path: &Path, hit: &Hit) -> String {
    let name = match hit.name.is_empty() {
        true => format!("unit {}", hit.number),
        false => wording::line(&hit.name),
    };
    format!("{}  {name}", path.display())
}

/// A line with what was found in the middle.
fn line(text: &str, span: Span) -> String {
    let before: String = {
        let mut used = 0;
        let kept = text[..span.start].chars().rev().take_while(|&c| {
            used += crate::text::script::columns(c);
            used <= AROUND
        });
        kept.collect::<Vec<_>>().into_iter().rev().collect()
    };
    let before = wording::line(&before);
    let blanks = " ".repeat(AROUND.saturating_sub(width(&before)));
    let found = wording::line(span.of(text));
    format!("{blanks}{before}«{found}»{}", excerpt(&text[span.end..], AROUND))
}

/// A table of all hits.
fn table(hits: &[Hit]) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let rows = hits.iter().map(|hit| {
        [
            hit.path.display().to_string(),
            hit.number.to_string(),
            hit.name.clone(),
            hit.text.get(Side::Zh).clone(),
            hit.text.get(Side::En).clone(),
        ]
    });
    let head = ["file", "number", "unit", "zh", "en"].map(str::to_owned);
    for row in std::iter::once(head).chain(rows) {
        csv.write_record(&row).expect("a vector takes all bytes");
    }
    let bytes = csv.into_inner().expect("a vector takes all bytes");
    String::from_utf8(bytes).expect("every cell is text")
}
