//! Comma- and tab-separated values.

use super::error::{GlossaryError, Problem};
use super::headings::Heading;
use super::rows::Rows;
use crate::text::formula;

/// Among how many rows a header is looked for, and where there is none, by how many the
/// columns are told.
const SAMPLE: usize = 200;

/// Which column holds what, as the user says: a role and a column, `zh` and `B`.
pub(super) type Map = [(String, String)];

/// Reads comma-separated values. `is_for_spreadsheets`: apostrophes guard the cells that a
/// spreadsheet would run or convert.
pub(super) fn read_csv(
    text: &str,
    is_for_spreadsheets: bool,
    map: &Map,
    rows: &mut Rows,
) -> Result<(), GlossaryError> {
    let mut builder = csv::ReaderBuilder::new();
    let (mark, n_bytes) = match separator_line(text) {
        Some(found) => found,
        None => (best_delimiter(text), 0),
    };
    builder.delimiter(mark);
    let restore = |_: usize, cell: &str| {
        let cell = if is_for_spreadsheets { formula::restored(cell) } else { cell };
        cell.to_owned()
    };
    let n_lines = usize::from(n_bytes > 0);
    if let Some(line) = open_quote(&text[n_bytes..], mark) {
        return Err(rows.error(line + n_lines, String::new(), Problem::OpenQuote).into());
    }
    read(&text[n_bytes..], n_lines, &mut builder, false, restore, map, rows)
}

/// Reads lines with tabs; `#` opens a comment, nothing is quoted.
pub(super) fn read_tabs(
    text: &str,
    map: &Map,
    rows: &mut Rows,
) -> Result<(), GlossaryError> {
    let mut builder = csv::ReaderBuilder::new();
    if is_of_spreadsheet(text) {
        builder.delimiter(b'\t');
        let restore = |_: usize, cell: &str| cell.to_owned();
        return read(text, 0, &mut builder, false, restore, map, rows);
    }
    builder.delimiter(b'\t').quoting(false).comment(Some(b'#'));
    let restore = |column: usize, cell: &str| {
        if column == 0 { uncommented(cell) } else { cell }.to_owned()
    };
    read(text, 0, &mut builder, true, restore, map, rows)
}

/// Are lines with tabs those of a spreadsheet, that quotes cells? Its first line names columns,
/// and all quotation marks that open a cell are closed.
fn is_of_spreadsheet(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let n_named = first.split('\t').filter(|cell| Heading::of(cell).is_some()).count();
    n_named >= 2 && !first.starts_with('#') && open_quote(text, b'\t').is_none()
}

/// The mark that a first line `sep=;` names, as Excel writes it, and the bytes of the line.
fn separator_line(text: &str) -> Option<(u8, usize)> {
    let line = text.lines().next()?;
    let named = line.trim_matches(['"', ' ']).strip_prefix("sep=")?;
    let mark = match named {
        "" | "\t" | "\\t" => b'\t',
        other => *other.as_bytes().first().filter(|byte| byte.is_ascii())?,
    };
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    Some((mark, end))
}

/// A cell without the blank that keeps a line from being a comment.
pub(super) fn uncommented(cell: &str) -> &str {
    match cell.strip_prefix(' ') {
        Some(rest) if rest.trim_start_matches(' ').starts_with('#') => rest,
        _ => cell,
    }
}

fn read(
    text: &str,
    n_lines_above: usize,
    builder: &mut csv::ReaderBuilder,
    has_comments: bool,
    restore: impl Fn(usize, &str) -> String,
    map: &Map,
    rows: &mut Rows,
) -> Result<(), GlossaryError> {
    let mut reader =
        builder.has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records().map(|record| {
        let record = record.map_err(|error: csv::Error| error.to_string())?;
        let line = record.position().map_or(0, |at| line_of(text, at, has_comments));
        let cells: Vec<String> =
            record.iter().enumerate().map(|(k, cell)| restore(k, cell)).collect();
        Ok((line + n_lines_above, cells))
    });
    let (mut lines, mut sample) = (Vec::new(), Vec::new());
    for record in records.by_ref().take(SAMPLE) {
        let (line, cells) = record.map_err(|message: String| rows.unreadable(message))?;
        lines.push(line);
        sample.push(cells);
    }
    let Some((layout, n_above)) = rows.layout(&sample, map)? else {
        if sample.is_empty() {
            return Ok(());
        }
        return Err(rows.unreadable(
            "no column is seen to be Chinese and none English; say which with --map",
        ));
    };
    // A glossary of OmegaT has a term a cell.
    let layout = match has_comments && !layout.has_header {
        true => layout.with_a_term_a_cell(),
        false => layout,
    };
    let header = layout.has_header.then(|| n_above.checked_sub(1)).flatten();
    let header = header.and_then(|at| lines.get(at)).copied();
    rows.take_layout("", lines.first().copied().unwrap_or(1), header, &layout);
    for (line, cells) in lines.into_iter().zip(sample).skip(n_above) {
        rows.take_entries(line, layout.entries(&cells))?;
    }
    for record in records {
        let (line, cells) = record.map_err(|message: String| rows.unreadable(message))?;
        rows.take_entries(line, layout.entries(&cells))?;
    }
    Ok(())
}

/// The line on which a record begins, from 1. The reader tells where it began to look; empty
/// lines, comments and the second half of a line end may stand before the record.
pub(super) fn line_of(text: &str, from: &csv::Position, has_comments: bool) -> usize {
    let mut line = usize::try_from(from.line()).unwrap_or(usize::MAX);
    let mut is_comment = false;
    let from = usize::try_from(from.byte()).unwrap_or(usize::MAX).min(text.len());
    for &byte in &text.as_bytes()[from..] {
        match byte {
            b'\n' => {
                line += 1;
                is_comment = false;
            }
            b'\r' => {}
            b'#' if has_comments => is_comment = true,
            _ if is_comment => {}
            _ => break,
        }
    }
    line
}

/// The line of the first quotation mark that opens a cell and is not closed at its end; the
/// rows behind it would be lost in the cell.
pub(super) fn open_quote(text: &str, delimiter: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut line, mut is_start) = (0, 1, true);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte != b'"' || !is_start {
            line += usize::from(byte == b'\n');
            is_start = byte == delimiter || matches!(byte, b'\n' | b'\r');
            continue;
        }
        let opened = line;
        loop {
            match (bytes.get(at), bytes.get(at + 1)) {
                (None, _) => return Some(opened),
                (Some(b'"'), Some(b'"')) => at += 2,
                (Some(b'"'), None) => return None,
                (Some(b'"'), Some(&next)) => {
                    let is_end = next == delimiter || matches!(next, b'\n' | b'\r');
                    if !is_end {
                        return Some(opened);
                    }
                    at += 1;
                    is_start = false;
                    break;
                }
                (Some(&inside), _) => {
                    line += usize::from(inside == b'\n');
                    at += 1;
                }
            }
        }
    }
    None
}

/// What stands between the cells of a table that may have titles above it: the mark that most
/// of the first lines have.
fn best_delimiter(text: &str) -> u8 {
    let mut best = (0, 0, b',');
    for mark in [b',', b';', b'\t'] {
        let (mut n_lines, mut n, mut is_quoted, mut in_line) = (0, 0, false, 0);
        let mut lines = 0;
        for byte in text.bytes() {
            match byte {
                b'"' => is_quoted = !is_quoted,
                b'\n' if !is_quoted => {
                    n_lines += usize::from(in_line > 0);
                    (in_line, lines) = (0, lines + 1);
                    if lines == SAMPLE {
                        break;
                    }
                }
                _ if byte == mark && !is_quoted => (n, in_line) = (n + 1, in_line + 1),
                _ => {}
            }
        }
        n_lines += usize::from(in_line > 0);
        if (n_lines, n) > (best.0, best.1) {
            best = (n_lines, n, mark);
        }
    }
    best.2
}

/// What stands between the cells: the mark that the first line has most of, outside quotes.
pub(super) fn delimiter(text: &str) -> u8 {
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
            _ if !is_quoted => {
                for (mark, count) in &mut counts {
                    *count += usize::from(*mark == byte);
                }
            }
            _ => {}
        }
    }
    let mut best = counts[0];
    for count in counts {
        if count.1 > best.1 {
            best = count;
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::types::Status;

    fn rows(skips: bool) -> Rows {
        Rows::new(Path::new("t.csv"), skips)
    }

    #[test]
    fn semicolons_and_tabs_are_as_good_as_commas() {
        for text in
            ["zh;en\n公约;a, b\n", "zh\ten\n公约\ta, b\n", "zh,en\n公约,\"a, b\"\n"]
        {
            let mut rows = rows(false);
            read_csv(text, false, &[], &mut rows).unwrap();
            assert_eq!(rows.into_loaded().concepts[0].pair.term.en, "a, b");
        }
    }

    #[test]
    fn an_unknown_status_is_told_and_a_bad_row_ends_the_reading_or_is_skipped() {
        let text = "zh,en,status\n公约,convention,maybe\n\n缔约方,Party,\n";
        let mut loaded = rows(false);
        read_csv(text, false, &[], &mut loaded).unwrap();
        let loaded = loaded.into_loaded();
        let said: Vec<String> = loaded.told.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "t.csv:2: column status: \"maybe\" is no status that is known; read as a candidate"
            ]
        );
        assert_eq!(
            (loaded.concepts[1].line, loaded.concepts[1].pair.status),
            (4, Status::Candidate)
        );
        let text = "zh,en,count\n公约,convention,x\n\n缔约方,Party,2\n";
        let error = read_csv(text, false, &[], &mut rows(false)).unwrap_err();
        assert_eq!(error.to_string(), "t.csv:2: column count: \"x\" is no number");
        let mut skipping = rows(true);
        read_csv(text, false, &[], &mut skipping).unwrap();
        let loaded = skipping.into_loaded();
        assert_eq!((loaded.concepts.len(), loaded.skipped.len()), (1, 1));
    }

    #[test]
    fn lines_are_counted_through_all_that_is_no_row() {
        let lines = |rows: Rows| -> Vec<usize> {
            rows.into_loaded().concepts.iter().map(|concept| concept.line).collect()
        };
        let mut csv = rows(false);
        let text = "zh,en\r\n公约,\"a\r\nb\"\r\n\r\n\r\n缔约方,Party\r\n";
        read_csv(text, false, &[], &mut csv).unwrap();
        assert_eq!(lines(csv), [2, 6]);
        let mut tabs = rows(false);
        read_tabs("# mine\n\n公约\ta\n# b\n缔约方\tParty\n", &[], &mut tabs).unwrap();
        assert_eq!(lines(tabs), [3, 5]);
    }

    #[test]
    fn an_omegat_glossary_has_no_header() {
        let mut rows = rows(false);
        let text = "# mine\n公约\tconvention\tcandidate, 0.90\n #标签\ttag\n";
        read_tabs(text, &[], &mut rows).unwrap();
        let concepts = rows.into_loaded().concepts;
        assert_eq!(concepts[0].pair.status, Status::Candidate);
        assert_eq!(
            (concepts[1].pair.term.zh.as_str(), concepts[1].pair.status),
            ("#标签", Status::Accepted)
        );
    }

    #[test]
    fn a_table_of_other_things_is_no_glossary() {
        let error = read_csv("a,b\n1,2\n", false, &[], &mut rows(true)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t.csv: no column is seen to be Chinese and none English; say which with --map"
        );
    }
}
