//! The cells of a text with commas, semicolons or tabs.
//!
//! Quoted cells are those of RFC 4180: they may hold delimiters, line ends and doubled
//! quotation marks. Unlike the readers of crates this one swallows nothing: a quotation mark
//! that is opened and not closed where a cell ends is a letter of its cell, and told. Else it
//! would take all rows up to the next one into its cell.

/// A row, and its first and last line in the file, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    pub(super) lines: (usize, usize),
}

/// The rows of a text, and the lines of the quotation marks that are not closed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    pub(super) open_quotes: Vec<usize>,
}

/// How far behind the beginning of its row a quotation mark may be closed, in bytes: a workbook
/// holds 32,767 characters a cell. One that is closed farther off is a letter, and so much of
/// a text and no more is needed to read a row of many lines.
const LONGEST_QUOTED: usize = 1 << 20;

/// The rows of a text; those without a letter are left out. `is_quoted` says whether a
/// quotation mark at the beginning of a cell quotes it.
pub(super) fn rows(text: &str, delimiter: char, is_quoted: bool) -> Rows {
    let mut reader = RowReader::new(delimiter, is_quoted);
    let (mut rows, mut at) = (Vec::new(), 0);
    while let Some((row, len)) = reader.next(&text[at..], true) {
        at += len;
        rows.extend(Some(row).filter(Row::has_text));
    }
    Rows { rows, open_quotes: reader.open_quotes }
}

impl Row {
    pub(super) fn has_text(&self) -> bool {
        self.cells.iter().any(|cell| !cell.trim().is_empty())
    }
}

/// Reads row by row a text that may come in pieces.
#[derive(Debug)]
pub(super) struct RowReader {
    delimiter: char,
    is_quoted: bool,
    /// The line that the next row begins on, from 1.
    line: usize,
    /// How many cells the first row has.
    width: Option<usize>,
    /// The lines of quotation marks that are opened and not closed.
    pub(super) open_quotes: Vec<usize>,
}

impl RowReader {
    pub(super) fn new(delimiter: char, is_quoted: bool) -> Self {
        Self { delimiter, is_quoted, line: 1, width: None, open_quotes: Vec::new() }
    }

    /// The row at the beginning of a text, and how many bytes it takes; `None` at the end, and
    /// where only what follows the text would tell the row. `is_whole` says that nothing does.
    pub(super) fn next(&mut self, text: &str, is_whole: bool) -> Option<(Row, usize)> {
        if text.is_empty() {
            return None;
        }
        let Self { delimiter, is_quoted, line, width, .. } = *self;
        let n_open = self.open_quotes.len();
        let (at, is_short) = (0, false);
        let mut parser =
            RowParser { text, delimiter, is_quoted, at, line, is_whole, is_short };
        let row = parser.row_of(width, &mut self.open_quotes);
        if parser.is_short {
            self.open_quotes.truncate(n_open);
            return None;
        }
        self.line = parser.line;
        self.width = width.or(Some(row.cells.len()));
        Some((row, parser.at))
    }
}

/// Parses one row, that at the beginning of a text.
struct RowParser<'a> {
    text: &'a str,
    delimiter: char,
    is_quoted: bool,
    at: usize,
    line: usize,
    /// Does nothing follow the text?
    is_whole: bool,
    /// Does the row depend on what follows the text?
    is_short: bool,
}

impl RowParser<'_> {
    /// A row. Where a cell of several lines makes a row of another width than the first, and
    /// its first line alone makes one of that width, the cell hides rows: the quotation mark
    /// that opens it and the one that closes it have nothing to do with one another.
    fn row_of(&mut self, width: Option<usize>, open_quotes: &mut Vec<usize>) -> Row {
        let (start, first, n_open) = (self.at, self.line, open_quotes.len());
        let row = self.row(open_quotes);
        let is_right = |row: &Row| width.is_none_or(|width| row.cells.len() == width);
        if row.lines.0 == row.lines.1 || is_right(&row) {
            return row;
        }
        let behind = (self.at, self.line);
        (self.at, self.line) = (start, first);
        let plain = self.plain_row();
        if is_right(&plain) {
            open_quotes.truncate(n_open);
            open_quotes.push(first);
            return plain;
        }
        (self.at, self.line) = behind;
        row
    }

    /// A line as a row, whatever its quotation marks.
    fn plain_row(&mut self) -> Row {
        let was_quoted = std::mem::replace(&mut self.is_quoted, false);
        let row = self.row(&mut Vec::new());
        self.is_quoted = was_quoted;
        row
    }

    fn row(&mut self, open_quotes: &mut Vec<usize>) -> Row {
        let first = self.line;
        let mut cells = Vec::new();
        loop {
            let begins_quoted = self.is_quoted && self.rest().starts_with('"');
            let quoted = if begins_quoted { self.quoted() } else { None };
            if begins_quoted && quoted.is_none() {
                open_quotes.push(self.line);
            }
            cells.push(quoted.unwrap_or_else(|| self.plain()));
            match self.rest().chars().next() {
                Some(c) if c == self.delimiter => self.at += c.len_utf8(),
                _ => break,
            }
        }
        let lines = (first, self.line);
        self.at += usize::from(self.rest().starts_with('\n'));
        self.line += 1;
        Row { cells, lines }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// A cell up to the next delimiter or the end of the line.
    fn plain(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find([self.delimiter, '\n']);
        self.is_short |= end.is_none() && !self.is_whole;
        let len = end.unwrap_or(rest.len());
        self.at += len;
        rest[..len].to_owned()
    }

    /// A quoted cell; `None` where its quotation mark is not closed, or letters stand between
    /// the one that closes it and the end of the cell.
    fn quoted(&mut self) -> Option<String> {
        let mut cell = String::new();
        let mut at = self.at + 1;
        let limit = self.text.len().min(LONGEST_QUOTED);
        loop {
            let within = self.text.as_bytes().get(at..limit).unwrap_or_default();
            let Some(len) = memchr::memchr(b'"', within) else {
                self.is_short |= self.text.len() < LONGEST_QUOTED && !self.is_whole;
                return None;
            };
            cell.push_str(&self.text[at..at + len]);
            at += len + 1;
            let behind = &self.text[at..];
            self.is_short |= behind.is_empty() && !self.is_whole;
            if behind.starts_with('"') {
                cell.push('"');
                at += 1;
                continue;
            }
            let is_end = |c: char| c == self.delimiter || c == '\n';
            if !(behind.is_empty() || behind.starts_with(is_end)) {
                return None;
            }
            self.at = at;
            self.line += cell.matches('\n').count();
            return Some(cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rows of a text of which so many bytes more are seen at a time.
    fn in_pieces(text: &str, step: usize) -> Rows {
        let mut reader = RowReader::new(',', true);
        let (mut rows, mut at, mut seen) = (Vec::new(), 0, 0);
        while at < text.len() {
            match reader.next(&text[at..seen], seen == text.len()) {
                Some((row, len)) => {
                    at += len;
                    rows.extend(Some(row).filter(Row::has_text));
                }
                None => seen = text.ceil_char_boundary(seen + step),
            }
        }
        Rows { rows, open_quotes: reader.open_quotes }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn pieces_give_the_rows_of_the_whole(text in "[港a\",\n]{0,40}", step in 1_usize..9) {
            prop_assert_eq!(in_pieces(&text, step), rows(&text, ',', true));
        }
    }

    #[test]
    fn a_quotation_mark_that_is_closed_far_off_is_a_letter() {
        let long = "灯\n".repeat(LONGEST_QUOTED / 4);
        let text = format!("港,port\n\"{long}\",lamp\n");
        assert_eq!(rows(&text, ',', true).open_quotes[0], 2);
        assert_eq!(in_pieces(&text, 1 << 18), rows(&text, ',', true));
        let short = format!("港,port\n\"{}\",lamp\n", &long[..long.len() / 2]);
        assert_eq!(rows(&short, ',', true).rows.len(), 2);
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text, ',', true).rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn quoted_cells_hold_delimiters_and_line_ends() {
        let found = rows("a,\"b,\nc \"\"d\"\"\"\n\n\"\",e\nf,g", ',', true);
        assert_eq!(found.open_quotes, Vec::<usize>::new());
        assert_eq!(found.rows[0].cells, ["a", "b,\nc \"d\""]);
        assert_eq!(found.rows[0].lines, (1, 2));
        assert_eq!((&found.rows[1].cells[1][..], found.rows[1].lines), ("e", (4, 4)));
        assert_eq!(found.rows[2].cells, ["f", "g"]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_swallows_no_row() {
        let found = rows("港,port\n\"灯,lamp\n潮,tide\n", ',', true);
        assert_eq!(found.open_quotes, [2]);
        assert_eq!(found.rows.len(), 3);
        assert_eq!(found.rows[1].cells, ["\"灯", "lamp"]);
    }

    #[test]
    fn two_of_them_hide_no_rows_between_them() {
        let text = "港,port\n\"灯,lamp\n潮,tide\n船,\"boat\n锚,anchor\n";
        assert_eq!(cells(text).len(), 5);
        let closed = "港,port\n\"灯,lamp\n潮,tide\n船,boat\"\n锚,anchor\n";
        assert_eq!(cells(closed).len(), 5);
    }

    #[test]
    fn cells_of_several_lines_may_hold_commas() {
        let text = "港,port\n\"灯,\n塔\",\"lamp,\nlighthouse, tower\"\n";
        assert_eq!(cells(text)[1], ["灯,\n塔", "lamp,\nlighthouse, tower"]);
    }

    #[test]
    fn marks_within_a_cell_are_letters() {
        assert_eq!(
            cells("the \"big\" one,5\" pipe\n"),
            [["the \"big\" one", "5\" pipe"]]
        );
        assert_eq!(cells("\"big\" one,b\n"), [["\"big\" one", "b"]]);
        assert_eq!(rows("\"a\"\tb\n", '\t', false).rows[0].cells, ["\"a\"", "b"]);
    }
}
