//! How a glossary would be read, before anything is imported.

use std::fmt::Write as _;
use std::path::Path;

use crate::glossary::{self, Loaded, TableRead};
use crate::types::{Concept, Side};

use crate::cli::failure::Failure;
use crate::cli::{render, wording};
use crate::text::layout::{counted, excerpt, padded, width};

/// How many rows are shown.
const SHOWN: usize = 5;

/// How wide a cell is shown, in columns.
const WIDEST: usize = 40;

/// Shows how a file is read; is there anything in it to import?
pub(super) fn show(path: &Path, map: &[(String, String)]) -> Result<bool, Failure> {
    let loaded = glossary::load_mapped(path, true, map)?;
    let mut text =
        format!("{}: {}\n", path.display(), counted(loaded.concepts.len(), "entry"));
    loaded.tables.iter().for_each(|table| text += &of_table(table));
    text += &first(&loaded);
    render::result(&text);
    let skipped = loaded.skipped.iter();
    let passed: String =
        skipped.map(|row| format!("notice: passed over: {row}\n")).collect();
    render::talk(&(passed + &wording::not_understood(&loaded.told)));
    Ok(!loaded.concepts.is_empty())
}

/// How the columns are read.
fn of_table(table: &TableRead) -> String {
    let mut text = String::new();
    if !table.sheet.is_empty() {
        let _ = writeln!(text, "sheet {}", wording::line(&table.sheet));
    }
    let _ = match table.header {
        Some(line) => writeln!(text, "header in line {line}"),
        None => writeln!(text, "no header; columns are told by what stands in them"),
    };
    let name = |name: &str| excerpt(name, WIDEST);
    let wide = table.columns.iter().map(|(_, n, _)| width(&name(n))).max().unwrap_or(0);
    for (letter, column, role) in &table.columns {
        let role = match role {
            Some(role) => role.as_str(),
            None if column.is_empty() => continue,
            None => "not understood; kept as it is",
        };
        let _ = writeln!(text, "  {letter:<3} {}  {role}", padded(&name(column), wide));
    }
    text
}

/// The first entries as they were read.
fn first(loaded: &Loaded) -> String {
    let mut text = String::new();
    for concept in loaded.concepts.iter().take(SHOWN) {
        let forms = |side: Side| {
            let forms: Vec<&str> = concept.pair.forms(side).collect();
            excerpt(&forms.join("; "), WIDEST)
        };
        let _ = write!(
            text,
            "{:>6}  {} = {}  {}",
            concept.line,
            forms(Side::Zh),
            forms(Side::En),
            concept.pair.status.as_str()
        );
        for (name, said) in beside(concept) {
            let _ = write!(text, "; {name}: {}", excerpt(said, WIDEST));
        }
        text.push('\n');
    }
    if loaded.concepts.len() > SHOWN {
        let _ = writeln!(text, "        and {} more", loaded.concepts.len() - SHOWN);
    }
    text
}

/// What else is said of an entry.
fn beside(concept: &Concept) -> Vec<(&str, &str)> {
    let known = [
        ("subject", concept.subject.as_str()),
        ("note", &concept.note),
        ("definition", &concept.definition.zh),
        ("definition", &concept.definition.en),
        ("source", &concept.definition_source),
        ("used in", &concept.usage),
    ];
    let other = concept.other.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    known.into_iter().chain(other).filter(|(_, text)| !text.is_empty()).collect()
}
