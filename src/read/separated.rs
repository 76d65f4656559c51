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

/// The rows of a text; those without a letter are left out. `is_quoted` says whether a
/// quotation mark at the beginning of a cell quotes it.
pub(super) fn rows(text: &str, delimiter: char, is_quoted: bool) -> Rows {
    let mut reader =
        RowParser { text, delimiter, is_quoted, at: 0, line: 1, no_more: None };
    let mut found = Rows::default();
    let mut width = None;
    while reader.at < text.len() {
        let row = reader.row_of(width, &mut found.open_quotes);
        width = width.or(Some(row.cells.len()));
        if row.cells.iter().any(|cell| !cell.trim().is_empty()) {
            found.rows.push(row);
        }
    }
    found
}

struct RowParser<'a> {
    text: &'a str,
    delimiter: char,
    is_quoted: bool,
    at: usize,
    line: usize,
    /// A place behind which no quotation mark stands, so that none is looked for in vain at
    /// each cell.
    no_more: Option<usize>,
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
        let len = rest.find([self.delimiter, '\n']).unwrap_or(rest.len());
        self.at += len;
        rest[..len].to_owned()
    }

    /// A quoted cell; `None` where its quotation mark is not closed, or letters stand between
    /// the one that closes it and the end of the cell.
    fn quoted(&mut self) -> Option<String> {
        let mut cell = String::new();
        let mut at = self.at + 1;
        loop {
            if self.no_more.is_some_and(|no_more| at >= no_more) {
                return None;
            }
            let Some(len) = self.text[at..].find('"') else {
                self.no_more = Some(at);
                return None;
            };
            cell.push_str(&self.text[at..at + len]);
            at += len + 1;
            let behind = &self.text[at..];
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
    use super::*;

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
