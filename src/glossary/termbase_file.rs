//! The file of a [`Termbase`]: comma-separated values that a spreadsheet opens and git
//! compares.
//!
//! ```text
//! concept,zh,en,status,subject,note,…,documents,created,changed,who
//! accountability,问责制,accountability,accepted,law,,…,law=12/14/13|un=3/3/4,2026-11-24,…
//! accountability,问责,,candidate,law,,…
//! ```
//!
//! Written with a byte order mark, for spreadsheets, and with an apostrophe before each cell
//! that one would run or convert; lines end in LF. Read are all the columns in any order,
//! any of `,` `;` and tab between the cells, with the mark or without it. Columns that are
//! not ours stay where they are: behind ours.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use memchr::{memchr_iter, memchr2_iter};
use rustc_hash::FxHashMap;

use super::cells::{items, status};
use super::rows::{Problem, RowError};
use super::table::{delimiter, line_of};
use super::termbase::{Entry, Row, Termbase, Use};
use super::{GlossaryError, Loaded, ReadAs};
use crate::text::formula;
use crate::types::{Pair, Status};

/// The columns, in order.
pub(super) const COLUMNS: [&str; 22] = [
    "concept",
    "zh",
    "en",
    "status",
    "subject",
    "note",
    "zh_variants",
    "en_variants",
    "count",
    "zh_count",
    "en_count",
    "confidence",
    "evidence",
    "zh_context",
    "en_context",
    "unit",
    "part_of_speech",
    "term_type",
    "documents",
    "created",
    "changed",
    "who",
];

const MARK: char = '\u{FEFF}';

/// Which column holds what: for each of [`COLUMNS`] its place in the file.
#[derive(Clone, Debug)]
pub(super) struct Header {
    places: [Option<usize>; COLUMNS.len()],
    more: Vec<(usize, String)>,
    n_cells: usize,
}

impl Header {
    /// `None` of a row that is no header of a termbase: those name a concept and both
    /// languages.
    fn of(cells: &csv::StringRecord) -> Option<Self> {
        let mut places = [None; COLUMNS.len()];
        let mut more = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            let name = cell.trim().to_lowercase().replace([' ', '-'], "_");
            let place = COLUMNS.iter().position(|column| *column == name);
            match place.filter(|&place| places[place].is_none()) {
                Some(place) => places[place] = Some(at),
                None => more.push((at, cell.to_owned())),
            }
        }
        let is_ours = places[..3].iter().all(Option::is_some);
        is_ours.then_some(Self { places, more, n_cells: cells.len() })
    }

    /// A cell of a row; empty where the row is too short or the file has no such column.
    fn cell<'a>(&self, record: &'a csv::StringRecord, column: usize) -> &'a str {
        self.places[column].and_then(|place| record.get(place)).unwrap_or_default()
    }
}

/// The rows of a termbase as they stand in its text, one after the other.
pub(super) struct Reader<'a> {
    csv: csv::Reader<&'a [u8]>,
    text: &'a str,
    path: &'a Path,
    header: Header,
    /// Are cells guarded against spreadsheets?
    is_guarded: bool,
}

impl<'a> Reader<'a> {
    /// `None` where the text is no termbase of this form.
    pub(super) fn new(text: &'a str, path: &'a Path) -> Option<Self> {
        let (text, is_guarded) = match text.strip_prefix(MARK) {
            Some(text) => (text, true),
            None => (text, false),
        };
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(delimiter(text)).has_headers(false).flexible(true);
        let mut csv = builder.from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        if !csv.read_record(&mut record).ok()? {
            return None;
        }
        let header = Header::of(&record)?;
        Some(Self { csv, text, path, header, is_guarded })
    }

    /// Reads the next row into `record`; `false` behind the last.
    pub(super) fn next(
        &mut self,
        record: &mut csv::StringRecord,
    ) -> Result<bool, GlossaryError> {
        self.csv.read_record(record).map_err(|error| GlossaryError::Unreadable {
            path: self.path.to_owned(),
            message: error.to_string(),
        })
    }

    /// The cell of one of [`COLUMNS`], as it was before it was guarded.
    pub(super) fn cell<'r>(
        &self,
        record: &'r csv::StringRecord,
        column: usize,
    ) -> &'r str {
        let cell = self.header.cell(record, column);
        if self.is_guarded { formula::restored(cell) } else { cell }
    }

    /// Has the file one of [`COLUMNS`]?
    pub(super) fn has(&self, column: usize) -> bool {
        self.header.places[column].is_some()
    }

    fn error(
        &self,
        record: &csv::StringRecord,
        column: &str,
        problem: Problem,
    ) -> RowError {
        let line = record.position().map_or(0, |at| line_of(self.text, at, false));
        RowError { path: self.path.to_owned(), line, column: column.into(), problem }
    }

    fn row(&self, record: &csv::StringRecord) -> Result<Row, RowError> {
        let text = |column| self.cell(record, column).to_owned();
        let error = |column: &str, problem| self.error(record, column, problem);
        let extra = record.iter().skip(self.header.n_cells);
        if extra.filter(|cell| !cell.trim().is_empty()).count() > 0 {
            let (cells, columns) = (record.len(), self.header.n_cells);
            return Err(error("", Problem::TooMany { cells, columns }));
        }
        let count = |column: usize| {
            let cell = self.cell(record, column).trim();
            match cell {
                "" => Ok(0),
                cell => cell.parse::<usize>().map_err(|_| {
                    error(COLUMNS[column], Problem::Number(cell.to_owned()))
                }),
            }
        };
        let total = Use { count: count(8)?, counts: Pair::new(count(9)?, count(10)?) };
        let term = Pair::new(text(1), text(2));
        if term.zh.trim().is_empty() && term.en.trim().is_empty() {
            return Err(error("zh", Problem::NoTerm));
        }
        let status = match self.has(3) {
            true => status(self.cell(record, 3))
                .map_err(|problem| error("status", problem))?,
            false => Status::Accepted,
        };
        Ok(Row {
            term: term.map(|term| term.trim().to_owned()),
            status,
            subject: text(4),
            note: text(5),
            variants: Pair::new(items(&text(6)), items(&text(7))),
            uses: uses(self.cell(record, 18), total),
            confidence: text(11),
            evidence: text(12),
            context: Pair::new(text(13), text(14)),
            unit: text(15),
            part_of_speech: text(16),
            term_type: text(17),
            created: text(19),
            changed: text(20),
            who: text(21),
            more: self
                .header
                .more
                .iter()
                .map(|(at, _)| {
                    let cell = record.get(*at).unwrap_or_default();
                    if self.is_guarded { formula::restored(cell) } else { cell }
                        .to_owned()
                })
                .collect(),
        })
    }
}

/// Reads the documents of a cell, `law=12/14/13|un=3/3/4`. What the counts of the row have
/// over is of no document that is known.
fn uses(cell: &str, total: Use) -> BTreeMap<String, Use> {
    let mut uses: BTreeMap<String, Use> = BTreeMap::new();
    let mut rest = total;
    for item in items(cell) {
        let item = item.trim();
        if item.is_empty() {
            continue;
        }
        let (name, one) = named_use(item).unwrap_or((item, Use::default()));
        rest.count = rest.count.saturating_sub(one.count);
        rest.counts.zh = rest.counts.zh.saturating_sub(one.counts.zh);
        rest.counts.en = rest.counts.en.saturating_sub(one.counts.en);
        *uses.entry(name.to_owned()).or_default() += one;
    }
    if rest != Use::default() {
        uses.insert(String::new(), rest);
    }
    uses
}

fn named_use(item: &str) -> Option<(&str, Use)> {
    let (name, counts) = item.rsplit_once('=')?;
    let mut counts = counts.split('/').map(|count| count.parse().ok());
    let (both, zh, en) = (counts.next()??, counts.next()??, counts.next()??);
    let is_whole = counts.next().is_none() && !name.is_empty();
    is_whole.then_some((name, Use { count: both, counts: Pair::new(zh, en) }))
}

impl Termbase {
    /// Reads the text of a termbase. A row without a concept gets one, named by its English.
    ///
    /// # Errors
    ///
    /// At the first bad row, with its line and column; and when the text is no termbase of
    /// this form, see [`ReadAs`]. Empty text is an empty termbase.
    pub fn parse(text: &str, path: &Path) -> Result<Self, GlossaryError> {
        if text.trim_start_matches(MARK).trim().is_empty() {
            return Ok(Self::default());
        }
        let reader = Reader::new(text, path);
        let not_ours = || GlossaryError::NotOurs { path: path.to_owned() };
        read(reader.ok_or_else(not_ours)?, None)
    }

    /// The text of the file, sorted by concept.
    ///
    /// # Panics
    ///
    /// Never: memory takes all that is written to it.
    pub fn to_text(&self) -> String {
        let mut csv =
            csv::Writer::from_writer(Vec::with_capacity(256 * self.concepts.len()));
        let written = self.write(&mut csv);
        written.expect("a vector takes all bytes");
        let bytes = csv.into_inner().expect("a vector takes all bytes");
        let rows = String::from_utf8(bytes).expect("every cell is text");
        format!("{MARK}{rows}")
    }

    fn write(&self, csv: &mut csv::Writer<Vec<u8>>) -> csv::Result<()> {
        csv.write_record(
            COLUMNS.iter().copied().chain(self.more.iter().map(String::as_str)),
        )?;
        for (id, row) in self.rows() {
            for (cell, column) in row.cells(id).iter().zip(COLUMNS) {
                let is_plain = |byte| matches!(byte, b'0'..=b'9' | b'.' | b'-');
                match is_bare(column) && cell.bytes().all(is_plain) {
                    true => csv.write_field(&**cell)?,
                    false => csv.write_field(&*formula::harmless(cell))?,
                }
            }
            for at in 0..self.more.len() {
                let cell = row.more.get(at).map_or("", String::as_str);
                csv.write_field(&*formula::harmless(cell))?;
            }
            csv.write_record(None::<&[u8]>)?;
        }
        csv.flush().map_err(Into::into)
    }
}

/// Does a text hold this termbase, whose rows are as many? Read is no further than to the
/// first row that is another.
pub(super) fn holds(
    text: &str,
    path: &Path,
    termbase: &Termbase,
) -> Result<bool, GlossaryError> {
    let whole = || Ok(Termbase::parse(text, path)? == *termbase);
    let Some(mut reader) = Reader::new(text, path) else { return whole() };
    if !reader.header.more.iter().map(|(_, name)| name).eq(&termbase.more) {
        return Ok(false);
    }
    let mut record = csv::StringRecord::new();
    let mut met: FxHashMap<&str, usize> = FxHashMap::default();
    while reader.next(&mut record)? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let id = reader.cell(&record, 0).trim();
        if id.is_empty() {
            return whole(); // its name depends on all the others
        }
        let Some((id, entry)) = termbase.concepts.get_key_value(id) else {
            return Ok(false);
        };
        let at = met.entry(id).or_default();
        if entry.rows.get(*at) != Some(&reader.row(&record)?) {
            return Ok(false);
        }
        *at += 1;
    }
    Ok(true)
}

/// Reads all rows; the bad ones are put into `skipped` where that is given.
fn read(
    mut reader: Reader<'_>,
    mut skipped: Option<&mut Vec<RowError>>,
) -> Result<Termbase, GlossaryError> {
    let more = reader.header.more.iter().map(|(_, name)| name.clone()).collect();
    let mut termbase = Termbase { more, ..Termbase::default() };
    let (mut record, mut next) = (csv::StringRecord::new(), csv::StringRecord::new());
    let mut unnamed = Vec::new();
    while reader.next(&mut next)? {
        std::mem::swap(&mut record, &mut next);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let row = match (reader.row(&record), &mut skipped) {
            (Ok(row), _) => row,
            (Err(error), None) => return Err(error.into()),
            (Err(error), Some(skipped)) => {
                skipped.push(error);
                continue;
            }
        };
        match reader.cell(&record, 0).trim() {
            "" => unnamed.push(row),
            id => match termbase.concepts.get_mut(id) {
                Some(entry) => entry.rows.push(row),
                None => {
                    termbase.concepts.insert(id.to_owned(), Entry { rows: vec![row] });
                }
            },
        }
    }
    // The cell goes on to the end of the file; the row it began in is the last.
    let start = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
    if is_open(reader.text.get(start..).unwrap_or_default(), delimiter(reader.text)) {
        return Err(reader.error(&record, "", Problem::OpenQuote).into());
    }
    for row in unnamed {
        termbase.add(row);
    }
    Ok(termbase)
}

/// Ends a row, or what of it is there, inside a cell that a quotation mark opened?
fn is_open(row: &str, delimiter: u8) -> bool {
    let mut quotes = Quotes::new(delimiter);
    memchr_iter(b'"', row.as_bytes()).for_each(|at| quotes.mark(row.as_bytes(), at));
    quotes.is_open
}

/// Which quotation marks of a row open a cell, and which close it.
struct Quotes {
    delimiter: u8,
    is_open: bool,
    /// Where a mark opens a cell whatever stands before it: at the beginning, and behind a
    /// mark that closed, for a doubled one closes the cell and opens it again.
    start: usize,
}

impl Quotes {
    fn new(delimiter: u8) -> Self {
        Self { delimiter, is_open: false, start: 0 }
    }

    /// Takes the next mark, which stands at that byte.
    fn mark(&mut self, row: &[u8], at: usize) {
        if self.is_open {
            (self.is_open, self.start) = (false, at + 1);
        } else {
            let before = at.checked_sub(1).map_or(b'\n', |before| row[before]);
            self.is_open =
                at == self.start || before == self.delimiter || before == b'\n';
        }
    }
}

/// The rows of a text, of each only the first cells: what a search needs, in a fraction of the
/// time that all of it takes.
pub(super) struct Scan<'a> {
    rest: &'a str,
    delimiter: u8,
    header: Header,
    is_guarded: bool,
    /// How many cells are told apart.
    n_cells: usize,
    cells: Vec<Cow<'a, str>>,
}

impl<'a> Scan<'a> {
    /// For these of [`COLUMNS`]; `None` where the text is no termbase.
    pub(super) fn new(text: &'a str, path: &'a Path, columns: &[usize]) -> Option<Self> {
        let Reader { header, is_guarded, .. } = Reader::new(text, path)?;
        let places = columns.iter().filter_map(|column| header.places[*column]);
        let n_cells = places.max().map_or(0, |last| last + 1);
        let rest = text.strip_prefix(MARK).unwrap_or(text);
        let delimiter = delimiter(rest);
        let mut scan =
            Self { rest, delimiter, header, is_guarded, n_cells, cells: Vec::new() };
        while scan.next() && scan.cells.iter().all(|cell| cell.trim().is_empty()) {}
        Some(scan)
    }

    /// Goes to the next row; `false` behind the last.
    pub(super) fn next(&mut self) -> bool {
        if self.rest.is_empty() {
            return false;
        }
        let bytes = self.rest.as_bytes();
        let mut quotes = Quotes::new(self.delimiter);
        let mut end = bytes.len();
        for at in memchr2_iter(b'\n', b'"', bytes) {
            if bytes[at] == b'"' {
                quotes.mark(bytes, at);
            } else if !quotes.is_open {
                end = at + 1;
                break;
            }
        }
        let (row, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.split(row.trim_end_matches(['\n', '\r']));
        true
    }

    fn split(&mut self, row: &'a str) {
        self.cells.clear();
        let mut rest = Some(row);
        while let Some(row) = rest.filter(|_| self.cells.len() < self.n_cells) {
            let (cell, after) = match row.strip_prefix('"') {
                // Most cells are short: to look at each byte is faster than to search.
                None => match row.bytes().position(|byte| byte == self.delimiter) {
                    Some(at) => (Cow::Borrowed(&row[..at]), Some(&row[at + 1..])),
                    None => (Cow::Borrowed(row), None),
                },
                Some(quoted) => unquoted(quoted, char::from(self.delimiter)),
            };
            let cell = match cell {
                Cow::Borrowed(cell) if self.is_guarded => formula::restored(cell).into(),
                Cow::Owned(cell) if self.is_guarded => {
                    formula::restored(&cell).to_owned().into()
                }
                cell => cell,
            };
            self.cells.push(cell);
            rest = after;
        }
    }

    /// The cell of one of [`COLUMNS`], of those that were asked for.
    pub(super) fn cell(&self, column: usize) -> &str {
        let cell = self.header.places[column].and_then(|place| self.cells.get(place));
        cell.map_or("", |cell| cell)
    }

    /// Has the file one of [`COLUMNS`]?
    pub(super) fn has(&self, column: usize) -> bool {
        self.header.places[column].is_some()
    }
}

/// A cell behind the mark that opens it, and the row behind the cell.
fn unquoted(quoted: &str, delimiter: char) -> (Cow<'_, str>, Option<&str>) {
    let mut at = 0;
    let close = loop {
        match quoted[at..].find('"').map(|found| at + found) {
            None => break quoted.len(),
            Some(mark) if quoted[mark + 1..].starts_with('"') => at = mark + 2,
            Some(mark) => break mark,
        }
    };
    let cell = &quoted[..close];
    let cell = match cell.contains('"') {
        true => cell.replace("\"\"", "\"").into(),
        false => cell.into(),
    };
    let after = quoted.get(close + 1..).unwrap_or_default();
    (cell, after.split_once(delimiter).map(|(_, rest)| rest))
}

/// The entries of a termbase, as those of any glossary; `None` where the text is none.
pub(super) fn load(
    text: &str,
    path: &Path,
    skip_bad_rows: bool,
) -> Result<Option<Loaded>, GlossaryError> {
    let Some(reader) = Reader::new(text, path) else { return Ok(None) };
    let mut skipped = Vec::new();
    let termbase = read(reader, skip_bad_rows.then_some(&mut skipped))?;
    Ok(Some(Loaded { concepts: termbase.to_concepts(), skipped }))
}

/// Is a column one of numbers or days, which a spreadsheet may take for such?
fn is_bare(column: &str) -> bool {
    matches!(
        column,
        "count" | "zh_count" | "en_count" | "confidence" | "created" | "changed"
    )
}

impl Row {
    /// The cells of the row in the order of [`COLUMNS`].
    pub(super) fn cells<'a>(&'a self, id: &'a str) -> [Cow<'a, str>; COLUMNS.len()] {
        let total = self.total();
        let number = |number: usize| Cow::Owned(number.to_string());
        [
            id.into(),
            (&self.term.zh).into(),
            (&self.term.en).into(),
            self.status.as_str().into(),
            (&self.subject).into(),
            (&self.note).into(),
            list(&self.variants.zh).into(),
            list(&self.variants.en).into(),
            number(total.count),
            number(total.counts.zh),
            number(total.counts.en),
            (&self.confidence).into(),
            (&self.evidence).into(),
            (&self.context.zh).into(),
            (&self.context.en).into(),
            (&self.unit).into(),
            (&self.part_of_speech).into(),
            (&self.term_type).into(),
            documents(self).into(),
            (&self.created).into(),
            (&self.changed).into(),
            (&self.who).into(),
        ]
    }
}

fn documents(row: &Row) -> String {
    let named = row.uses.iter().filter(|(name, _)| !name.is_empty());
    let items: Vec<String> = named
        .map(|(name, one)| {
            format!("{name}={}/{}/{}", one.count, one.counts.zh, one.counts.en)
        })
        .collect();
    list(&items)
}

/// The items of a list in one cell, as the mined glossary writes them.
pub(super) fn list(items: &[String]) -> String {
    let escaped: Vec<String> =
        items.iter().map(|item| item.replace('\\', "\\\\").replace('|', "\\|")).collect();
    escaped.join("|")
}

/// What a file is to a program that would merge into it.
///
/// # Errors
///
/// When it cannot be read, or is not there and no `.csv` by its name.
pub fn read_as(path: &Path) -> Result<ReadAs, GlossaryError> {
    let is_csv =
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && is_csv => {
            return Ok(ReadAs::Absent);
        }
        Err(source) => return Err(GlossaryError::Io { path: path.to_owned(), source }),
    };
    let Some(text) = is_csv.then(|| String::from_utf8(bytes).ok()).flatten() else {
        return Ok(ReadAs::Foreign);
    };
    let is_empty = text.trim_start_matches(MARK).trim().is_empty();
    Ok(match is_empty || Reader::new(&text, path).is_some() {
        true => ReadAs::Termbase,
        false => ReadAs::Foreign,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "concept,zh,en,status,subject,note,client\n\
        treaty,条约,treaty,accepted,law,,Acme\n\
        accountability,问责制,accountability,preferred,law,,\n\
        accountability,问责,,,law,=see above,\n\
        ,议定书,protocol,forbidden,,,B\n";

    fn parse(text: &str) -> Result<Termbase, GlossaryError> {
        Termbase::parse(text, Path::new("t.csv"))
    }

    #[test]
    fn what_is_written_is_read_back_and_written_alike() {
        let termbase = parse(TEXT).unwrap();
        let text = termbase.to_text();
        let again = parse(&text).unwrap();
        assert_eq!(again, termbase);
        assert_eq!(again.to_text(), text);
        let ids: Vec<&String> = termbase.concepts.keys().collect();
        assert_eq!(ids, ["accountability", "protocol", "treaty"]);
        assert_eq!(termbase.concepts["treaty"].rows[0].more, ["Acme"]);
        assert!(text.contains("'=see above"), "{text}");
    }

    #[test]
    fn a_spreadsheet_in_another_country_changes_nothing() {
        let termbase = parse(TEXT).unwrap();
        let mut csv = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        let text = termbase.to_text();
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.trim_start_matches(MARK).as_bytes());
        rows.records().for_each(|row| csv.write_record(&row.unwrap()).unwrap());
        let saved =
            format!("{MARK}{}", String::from_utf8(csv.into_inner().unwrap()).unwrap());
        assert_eq!(parse(&saved).unwrap(), termbase);
    }

    #[test]
    fn counts_of_no_document_stay_beside_those_of_documents() {
        let text = "concept,zh,en,count,zh_count,en_count,documents\n\
            a,甲,a,5,6,7,un=2/2/2|a\\|b=1=1/1/1|bare\n";
        let row = &parse(text).unwrap().concepts["a"].rows[0];
        let of = |count, zh, en| Use { count, counts: Pair::new(zh, en) };
        let uses: Vec<(&str, Use)> =
            row.uses.iter().map(|(n, u)| (n.as_str(), *u)).collect();
        assert_eq!(
            uses,
            [
                ("", of(2, 3, 4)),
                ("a|b=1", of(1, 1, 1)),
                ("bare", of(0, 0, 0)),
                ("un", of(2, 2, 2))
            ]
        );
        assert_eq!(row.status, Status::Accepted);
    }

    #[test]
    fn a_scan_sees_the_cells_that_a_reader_sees() {
        let text = "\n\"concept\",zh,en,note\r\na,甲,\"a, \"\"b\"\"\",\"two\nlines\"\r\n\n\
            b,'=1,\"5\"\"\",x\nc,丙,5\"\" pipe,\"y\"";
        for text in [text.to_owned(), format!("{MARK}{text}")] {
            let path = Path::new("t.csv");
            let mut scan = Scan::new(&text, path, &[0, 1, 2, 5]).unwrap();
            let mut reader = Reader::new(&text, path).unwrap();
            let mut record = csv::StringRecord::new();
            while reader.next(&mut record).unwrap() {
                while scan.next() && scan.cell(0).is_empty() {}
                for column in [0, 1, 2, 5] {
                    assert_eq!(scan.cell(column), reader.cell(&record, column));
                }
            }
            assert!(!scan.next());
        }
    }

    #[test]
    fn a_text_holds_the_termbase_that_it_is_read_as_and_no_other() {
        let unsorted = "concept,zh,en,status\nb,乙,b,\na,甲,a,\nb,丙,b,\n";
        for text in [TEXT, unsorted] {
            let whole = parse(text).unwrap();
            assert!(holds(text, Path::new("t.csv"), &whole).unwrap());
            for id in whole.concepts.keys() {
                let mut other = whole.clone();
                let rows = &mut other.concepts.get_mut(id).unwrap().rows;
                rows.last_mut().unwrap().note.push('!');
                assert!(!holds(text, Path::new("t.csv"), &other).unwrap(), "{id}");
            }
            let other = Termbase { more: vec!["other".into()], ..whole };
            assert!(!holds(text, Path::new("t.csv"), &other).unwrap());
        }
    }

    #[test]
    fn a_broken_row_names_its_line_and_column() {
        let said = |text: &str| parse(text).unwrap_err().to_string();
        assert_eq!(
            said("concept,zh,en,status\na,甲,a,\nb,乙,b,maybe\n"),
            "t.csv:3: column status: \"maybe\" is no status"
        );
        assert_eq!(said("concept,zh,en\na,,\n"), "t.csv:2: column zh: there is no term");
        assert_eq!(
            said("concept,zh,en,count\na,甲,a,x\n"),
            "t.csv:2: column count: \"x\" is no number"
        );
        assert_eq!(
            said("concept,zh,en\na,甲,a,b\n"),
            "t.csv:2: the row has 4 cells, the header 3"
        );
        assert_eq!(
            said("concept,zh,en,note\na,甲,a,\nb,乙,b,\"open\nc,丙,c,\n"),
            "t.csv:3: a quotation mark is opened and never closed"
        );
        assert!(matches!(parse("zh,en\n甲,a\n"), Err(GlossaryError::NotOurs { .. })));
        assert_eq!(parse("\u{FEFF}\n").unwrap(), Termbase::default());
    }
}
