//! Comma- and tab-separated values.

use super::cells::Layout;
use super::error::GlossaryError;
use super::rows::Rows;
use crate::text::formula;

/// How many rows are looked at where there is no header.
const SAMPLE: usize = 50;

/// Reads comma-separated values. `is_for_spreadsheets`: apostrophes guard the cells that a
/// spreadsheet would run or convert.
pub(super) fn read_csv(
    text: &str,
    is_for_spreadsheets: bool,
    rows: &mut Rows,
) -> Result<(), GlossaryError> {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter(text));
    let restore = |_: usize, cell: &str| {
        let cell = if is_for_spreadsheets { formula::restored(cell) } else { cell };
        cell.to_owned()
    };
    read(text, &mut builder, false, restore, rows)
}

/// Reads lines with tabs; `#` opens a comment, nothing is quoted.
pub(super) fn read_tabs(text: &str, rows: &mut Rows) -> Result<(), GlossaryError> {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(b'\t').quoting(false).comment(Some(b'#'));
    let restore = |column: usize, cell: &str| {
        if column == 0 { uncommented(cell) } else { cell }.to_owned()
    };
    read(text, &mut builder, true, restore, rows)
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
    builder: &mut csv::ReaderBuilder,
    has_comments: bool,
    restore: impl Fn(usize, &str) -> String,
    rows: &mut Rows,
) -> Result<(), GlossaryError> {
    let mut reader =
        builder.has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records().map(|record| {
        let record = record.map_err(|error: csv::Error| error.to_string())?;
        let line = record.position().map_or(0, |at| line_of(text, at, has_comments));
        let cells: Vec<String> =
            record.iter().enumerate().map(|(k, cell)| restore(k, cell)).collect();
        Ok((line, cells))
    });
    let mut sample: Vec<(usize, Vec<String>)> = Vec::new();
    let mut layout = None;
    for record in records.by_ref() {
        let (line, cells) = record.map_err(|message: String| rows.unreadable(message))?;
        if sample.is_empty()
            && let Some(found) = Layout::of_header(&cells)
        {
            layout = Some(found);
            break;
        }
        sample.push((line, cells));
        if sample.len() == SAMPLE {
            break;
        }
    }
    let Some(layout) = layout.or_else(|| of_sample(&mut sample)) else {
        if sample.is_empty() {
            return Ok(());
        }
        return Err(rows.unreadable("no column is named zh and none en"));
    };
    for (line, cells) in sample {
        rows.take(line, layout.concept(&cells))?;
    }
    for record in records {
        let (line, cells) = record.map_err(|message: String| rows.unreadable(message))?;
        rows.take(line, layout.concept(&cells))?;
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

/// The layout of rows without a header of ours; a header is taken out of them.
fn of_sample(sample: &mut Vec<(usize, Vec<String>)>) -> Option<Layout> {
    let cells: Vec<Vec<String>> = sample.iter().map(|(_, cells)| cells.clone()).collect();
    let (layout, n_header) = Layout::of_rows(&cells)?;
    sample.drain(..n_header);
    Some(layout)
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
            read_csv(text, false, &mut rows).unwrap();
            assert_eq!(rows.into_loaded().concepts[0].pair.term.en, "a, b");
        }
    }

    #[test]
    fn a_bad_row_ends_the_reading_or_is_skipped() {
        let text = "zh,en,status\n公约,convention,yes\n\n缔约方,Party,\n";
        let error = read_csv(text, false, &mut rows(false)).unwrap_err();
        assert_eq!(error.to_string(), "t.csv:2: column status: \"yes\" is no status");
        let mut rows = rows(true);
        read_csv(text, false, &mut rows).unwrap();
        let loaded = rows.into_loaded();
        assert_eq!((loaded.concepts.len(), loaded.skipped.len()), (1, 1));
        assert_eq!(
            (loaded.concepts[0].line, loaded.concepts[0].pair.status),
            (4, Status::Candidate)
        );
    }

    #[test]
    fn lines_are_counted_through_all_that_is_no_row() {
        let lines = |rows: Rows| -> Vec<usize> {
            rows.into_loaded().concepts.iter().map(|concept| concept.line).collect()
        };
        let mut csv = rows(false);
        let text = "zh,en\r\n公约,\"a\r\nb\"\r\n\r\n\r\n缔约方,Party\r\n";
        read_csv(text, false, &mut csv).unwrap();
        assert_eq!(lines(csv), [2, 6]);
        let mut tabs = rows(false);
        read_tabs("# mine\n\n公约\ta\n# b\n缔约方\tParty\n", &mut tabs).unwrap();
        assert_eq!(lines(tabs), [3, 5]);
    }

    #[test]
    fn an_omegat_glossary_has_no_header() {
        let mut rows = rows(false);
        let text = "# mine\n公约\tconvention\tcandidate, 0.90\n #标签\ttag\n";
        read_tabs(text, &mut rows).unwrap();
        let concepts = rows.into_loaded().concepts;
        assert_eq!(concepts[0].pair.status, Status::Candidate);
        assert_eq!(
            (concepts[1].pair.term.zh.as_str(), concepts[1].pair.status),
            ("#标签", Status::Accepted)
        );
    }

    #[test]
    fn a_table_of_other_things_is_no_glossary() {
        let error = read_csv("a,b\n1,2\n", false, &mut rows(true)).unwrap_err();
        assert_eq!(error.to_string(), "t.csv: no column is named zh and none en");
    }
}
