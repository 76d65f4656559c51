//! Termbases in words.

use std::fmt::Write as _;

use crate::glossary::{Clash, Difference, Gain, Row, RowError, Written};
use crate::types::Pair;

use crate::text::layout::{counted, padded, width};

/// How many conflicts are shown at the end of a run.
const SHOWN: usize = 12;

/// A cell on one line, without what a terminal would obey.
pub(crate) fn line(cell: &str) -> String {
    cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A pair on one line: `公约 = convention`.
pub(crate) fn pair(term: &Pair<String>) -> String {
    let or_dash =
        |text: &str| if text.is_empty() { "–".to_owned() } else { line(text) };
    format!("{} = {}", or_dash(&term.zh), or_dash(&term.en))
}

/// What was not understood of a file, a notice each.
pub(crate) fn not_understood(told: &[RowError]) -> String {
    told.iter().map(|row| format!("notice: {row}\n")).collect()
}

/// A row on one line, cells with tabs between.
pub(crate) fn row(id: &str, row: &Row) -> String {
    let cells = [
        id,
        &line(&row.term.zh),
        &line(&row.term.en),
        row.status.as_str(),
        &row.total().count.to_string(),
        &line(&row.note),
    ];
    cells.join("\t") + "\n"
}

/// A row on one line with how sure it is and a passage of each side, behind the cells of
/// [`row`].
pub(crate) fn whole_row(id: &str, row: &Row) -> String {
    let start = self::row(id, row);
    let more = [&line(&row.confidence), &line(&row.context.zh), &line(&row.context.en)];
    let more = more.map(String::as_str).join("\t");
    format!("{}\t{more}\n", start.trim_end_matches('\n'))
}

/// What a merge of mined terms brought, as rows of the summary: a title and what follows.
pub(crate) fn gain(
    name: &str,
    gain: &Gain,
    written: Written,
) -> Vec<(&'static str, String)> {
    let what = match written {
        Written::Unchanged => "nothing new".to_owned(),
        Written::Created | Written::Replaced => format!(
            "{} new, {} updated",
            counted(gain.added, "concept"),
            counted(gain.updated, "row")
        ),
    };
    let made = if written == Written::Created { " (made)" } else { "" };
    let mut rows = vec![("Glossary", format!("{name}{made}: {what}"))];
    if gain.conflicts.is_empty() {
        return rows;
    }
    let n = gain.conflicts.len();
    rows.push((
        "Conflicts",
        format!("{} against decisions in {name}", counted(n, "pair")),
    ));
    let widths = gain.conflicts.iter().take(SHOWN).map(|one| width(&pair(&one.term)));
    let wide = widths.max().unwrap_or(0);
    for one in gain.conflicts.iter().take(SHOWN) {
        let accepted: Vec<String> = one.accepted.iter().map(pair).collect();
        let why = match (one.is_forbidden, accepted.is_empty()) {
            (true, true) => "forbidden".to_owned(),
            (true, false) => format!("forbidden; accepted is {}", accepted.join(", ")),
            (false, _) => format!("accepted is {}", accepted.join(", ")),
        };
        rows.push((
            "",
            format!("{}  {}×  {why}", padded(&pair(&one.term), wide), one.count),
        ));
    }
    if n > SHOWN {
        rows.push(("", format!("and {} more", n - SHOWN)));
    }
    rows
}

/// A difference, one line or several.
pub(crate) fn difference(one: &Difference) -> String {
    match one {
        Difference::Added { id, row } => {
            format!("+ {id}: {}, {}\n", pair(&row.term), row.status.as_str())
        }
        Difference::Removed { id, row } => {
            format!("- {id}: {}, {}\n", pair(&row.term), row.status.as_str())
        }
        Difference::Changed { id, term, cells } => {
            let mut text = format!("~ {id}: {}\n", pair(term));
            for (column, old, new) in cells {
                let quoted = |cell: &str| match cell {
                    "" => "nothing".to_owned(),
                    cell => format!("\"{}\"", line(cell)),
                };
                let _ = writeln!(
                    text,
                    "    {column}: {} became {}",
                    quoted(old),
                    quoted(new)
                );
            }
            text
        }
    }
}

/// The clashes of a merge.
pub(crate) fn clashes(clashes: &[Clash]) -> String {
    let mut text = String::new();
    for one in clashes {
        let what = match one.column.as_str() {
            "row" => format!("mine {}, theirs {}; it was kept", one.mine, one.theirs),
            column => format!(
                "{column} is \"{}\" in mine and \"{}\" in theirs; mine stands, theirs was kept beside it",
                line(&one.mine),
                line(&one.theirs)
            ),
        };
        let _ = writeln!(text, "conflict: {}: {}: {what}", one.id, pair(&one.term));
    }
    text
}
