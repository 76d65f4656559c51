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

use rustc_hash::FxHashMap;

use super::cells::{items, status};
use super::columns::Column;
use super::error::{GlossaryError, Problem, RowError};
use super::rows::Loaded;
use super::table::{delimiter, line_of, open_quote};
use super::termbase::{Entry, Row, Termbase, Use};
use crate::text::formula;
use crate::types::{Pair, Status};

const MARK: char = '\u{FEFF}';

/// Which column holds what: for each [`Column`] its place in the file.
#[derive(Clone, Debug)]
pub(super) struct Header {
    places: [Option<usize>; Column::ALL.len()],
    other_columns: Vec<(usize, String)>,
    n_cells: usize,
}

impl Header {
    /// `None` of a row that is no header of a termbase: those name a concept and both
    /// languages.
    fn parse(cells: &csv::StringRecord) -> Option<Self> {
        let mut places = [None; Column::ALL.len()];
        let mut other_columns = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            let column = named(cell).map(|column| column as usize);
            match column.filter(|&column| places[column].is_none()) {
                Some(column) => places[column] = Some(at),
                None => other_columns.push((at, cell.to_owned())),
            }
        }
        let header = Self { places, other_columns, n_cells: cells.len() };
        let must = [Column::Concept, Column::Zh, Column::En];
        must.iter().all(|column| header.place(*column).is_some()).then_some(header)
    }

    fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    /// A cell of a row; empty where the row is too short or the file has no such column.
    fn cell<'a>(&self, record: &'a csv::StringRecord, column: Column) -> &'a str {
        self.place(column).and_then(|place| record.get(place)).unwrap_or_default()
    }
}

/// The column of ours that a cell of a header names.
fn named(cell: &str) -> Option<Column> {
    Column::from_name(&cell.trim().to_lowercase().replace([' ', '-'], "_"))
}

/// The rows of a termbase as they stand in its text, one after the other.
pub(super) struct RowReader<'a> {
    csv: csv::Reader<&'a [u8]>,
    text: &'a str,
    path: &'a Path,
    header: Header,
}

impl<'a> RowReader<'a> {
    /// `None` where the text is no termbase of this form.
    pub(super) fn new(text: &'a str, path: &'a Path) -> Option<Self> {
        let text = text.strip_prefix(MARK).unwrap_or(text);
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(delimiter(text)).has_headers(false).flexible(true);
        let mut csv = builder.from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        if !csv.read_record(&mut record).ok()? {
            return None;
        }
        let header = Header::parse(&record)?;
        Some(Self { csv, text, path, header })
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

    /// The cell of a column, as it was before it was guarded. Every termbase is written with
    /// guards; an editor that took the byte order mark away left them in place.
    pub(super) fn cell<'r>(
        &self,
        record: &'r csv::StringRecord,
        column: Column,
    ) -> &'r str {
        formula::restored(self.header.cell(record, column))
    }

    /// Has the file that column?
    pub(super) fn has(&self, column: Column) -> bool {
        self.header.place(column).is_some()
    }

    fn error(
        &self,
        record: &csv::StringRecord,
        column: Option<Column>,
        problem: Problem,
    ) -> RowError {
        let column = column.map_or("", Column::as_str);
        let line = record.position().map_or(0, |at| line_of(self.text, at, false));
        RowError { path: self.path.to_owned(), line, column: column.into(), problem }
    }

    fn row(&self, record: &csv::StringRecord) -> Result<Row, RowError> {
        let text = |column| self.cell(record, column).to_owned();
        let error = |column, problem| self.error(record, Some(column), problem);
        let extra = record.iter().skip(self.header.n_cells);
        if extra.filter(|cell| !cell.trim().is_empty()).count() > 0 {
            let (cells, columns) = (record.len(), self.header.n_cells);
            return Err(self.error(record, None, Problem::TooMany { cells, columns }));
        }
        let count = |column: Column| {
            let cell = self.cell(record, column).trim();
            match cell {
                "" => Ok(0),
                cell => cell
                    .parse::<usize>()
                    .map_err(|_| error(column, Problem::Number(cell.to_owned()))),
            }
        };
        let total = Use {
            count: count(Column::Count)?,
            counts: Pair::new(count(Column::ZhCount)?, count(Column::EnCount)?),
        };
        let term = Pair::new(text(Column::Zh), text(Column::En));
        if term.zh.trim().is_empty() && term.en.trim().is_empty() {
            return Err(error(Column::Zh, Problem::NoTerm));
        }
        let status = match self.has(Column::Status) {
            true => status(self.cell(record, Column::Status))
                .map_err(|problem| error(Column::Status, problem))?,
            false => Status::Accepted,
        };
        Ok(Row {
            term: term.map(|term| term.trim().to_owned()),
            status,
            subject: text(Column::Subject),
            note: text(Column::Note),
            definition: Pair::new(text(Column::ZhDefinition), text(Column::EnDefinition)),
            definition_source: text(Column::DefinitionSource),
            usage: text(Column::Usage),
            matching: text(Column::Matching),
            former: former(&text(Column::Former)),
            variants: Pair::new(
                items(&text(Column::ZhVariants)),
                items(&text(Column::EnVariants)),
            ),
            uses: uses(self.cell(record, Column::Documents), total),
            confidence: text(Column::Confidence),
            evidence: text(Column::Evidence),
            context: Pair::new(text(Column::ZhContext), text(Column::EnContext)),
            unit: text(Column::Unit),
            part_of_speech: text(Column::PartOfSpeech),
            term_type: text(Column::TermType),
            created: text(Column::Created),
            changed: text(Column::Changed),
            who: text(Column::Who),
            other_cells: self
                .header
                .other_columns
                .iter()
                .map(|(at, _)| {
                    formula::restored(record.get(*at).unwrap_or_default()).to_owned()
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
        let reader = RowReader::new(text, path);
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

    /// The columns that are written: a file that uses no definitions has none, unless another
    /// column has their name and would be taken for them.
    fn columns(&self) -> Vec<Column> {
        let is_used = |column: &Column| {
            !column.is_optional()
                || self.other_columns.iter().any(|name| named(name) == Some(*column))
                || self.rows().any(|(id, row)| !row.cell(id, *column).is_empty())
        };
        Column::ALL.into_iter().filter(is_used).collect()
    }

    fn write(&self, csv: &mut csv::Writer<Vec<u8>>) -> csv::Result<()> {
        let columns = self.columns();
        let names = columns.iter().map(|column| column.as_str());
        csv.write_record(names.chain(self.other_columns.iter().map(String::as_str)))?;
        for (id, row) in self.rows() {
            for &column in &columns {
                let cell = row.cell(id, column);
                let is_plain = |byte| matches!(byte, b'0'..=b'9' | b'.' | b'-');
                match column.is_bare() && cell.bytes().all(is_plain) {
                    true => csv.write_field(&*cell)?,
                    false => csv.write_field(&*formula::harmless(&cell))?,
                }
            }
            for at in 0..self.other_columns.len() {
                let cell = row.other_cells.get(at).map_or("", String::as_str);
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
    let Some(mut reader) = RowReader::new(text, path) else { return whole() };
    if !reader
        .header
        .other_columns
        .iter()
        .map(|(_, name)| name)
        .eq(&termbase.other_columns)
    {
        return Ok(false);
    }
    let mut record = csv::StringRecord::new();
    let mut met: FxHashMap<&str, usize> = FxHashMap::default();
    while reader.next(&mut record)? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let id = reader.cell(&record, Column::Concept).trim();
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
    mut reader: RowReader<'_>,
    mut skipped: Option<&mut Vec<RowError>>,
) -> Result<Termbase, GlossaryError> {
    if let Some(line) = open_quote(reader.text, delimiter(reader.text)) {
        let (path, problem) = (reader.path.to_owned(), Problem::OpenQuote);
        return Err(RowError { path, line, column: String::new(), problem }.into());
    }
    let other_columns =
        reader.header.other_columns.iter().map(|(_, name)| name.clone()).collect();
    let mut termbase = Termbase { other_columns, ..Termbase::default() };
    let mut record = csv::StringRecord::new();
    let mut unnamed = Vec::new();
    while reader.next(&mut record)? {
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
        match reader.cell(&record, Column::Concept).trim() {
            "" => unnamed.push(row),
            id => match termbase.concepts.get_mut(id) {
                Some(entry) => entry.rows.push(row),
                None => {
                    termbase.concepts.insert(id.to_owned(), Entry { rows: vec![row] });
                }
            },
        }
    }
    if !unnamed.is_empty() {
        termbase.add_all(unnamed);
    }
    Ok(termbase)
}

/// The rows of a text, of each only the cells that are asked for: what a search needs, in a
/// third of the time that whole rows take.
pub(super) struct Scan<'a> {
    reader: RowReader<'a>,
    record: csv::ByteRecord,
}

impl<'a> Scan<'a> {
    /// `None` where the text is no termbase.
    pub(super) fn new(text: &'a str, path: &'a Path) -> Option<Self> {
        let reader = RowReader::new(text, path)?;
        Some(Self { reader, record: csv::ByteRecord::new() })
    }

    /// Goes to the next row; `false` behind the last.
    pub(super) fn next(&mut self) -> bool {
        self.reader.csv.read_byte_record(&mut self.record).unwrap_or(false)
    }

    /// The cell of a column, as it was before it was guarded.
    pub(super) fn cell(&self, column: Column) -> &str {
        let place = self.reader.header.place(column);
        let cell = place.and_then(|place| self.record.get(place)).unwrap_or_default();
        let cell = std::str::from_utf8(cell).unwrap_or_default();
        formula::restored(cell)
    }

    /// Has the file that column?
    pub(super) fn has(&self, column: Column) -> bool {
        self.reader.has(column)
    }
}

/// The entries of a termbase, as those of any glossary; `None` where the text is none.
pub(super) fn load(
    text: &str,
    path: &Path,
    skip_bad_rows: bool,
) -> Result<Option<Loaded>, GlossaryError> {
    let Some(reader) = RowReader::new(text, path) else { return Ok(None) };
    let mut skipped = Vec::new();
    let termbase = read(reader, skip_bad_rows.then_some(&mut skipped))?;
    Ok(Some(Loaded { concepts: termbase.to_concepts(), skipped, ..Loaded::default() }))
}

impl Row {
    /// The cell of a column.
    pub(super) fn cell<'a>(&'a self, id: &'a str, column: Column) -> Cow<'a, str> {
        let number = |number: usize| Cow::Owned(number.to_string());
        match column {
            Column::Concept => id.into(),
            Column::Zh => (&self.term.zh).into(),
            Column::En => (&self.term.en).into(),
            Column::Status => self.status.as_str().into(),
            Column::Subject => (&self.subject).into(),
            Column::Note => (&self.note).into(),
            Column::ZhDefinition => (&self.definition.zh).into(),
            Column::EnDefinition => (&self.definition.en).into(),
            Column::DefinitionSource => (&self.definition_source).into(),
            Column::Usage => (&self.usage).into(),
            Column::Matching => (&self.matching).into(),
            Column::Former => {
                let pairs =
                    self.former.iter().map(|one| format!("{}={}", one.zh, one.en));
                list(&pairs.collect::<Vec<_>>()).into()
            }
            Column::ZhVariants => list(&self.variants.zh).into(),
            Column::EnVariants => list(&self.variants.en).into(),
            Column::Count => number(self.total().count),
            Column::ZhCount => number(self.total().counts.zh),
            Column::EnCount => number(self.total().counts.en),
            Column::Confidence => (&self.confidence).into(),
            Column::Evidence => (&self.evidence).into(),
            Column::ZhContext => (&self.context.zh).into(),
            Column::EnContext => (&self.context.en).into(),
            Column::Unit => (&self.unit).into(),
            Column::PartOfSpeech => (&self.part_of_speech).into(),
            Column::TermType => (&self.term_type).into(),
            Column::Documents => documents(self).into(),
            Column::Created => (&self.created).into(),
            Column::Changed => (&self.changed).into(),
            Column::Who => (&self.who).into(),
        }
    }
}

/// The pairs of a cell, `潮位站=gauge|验潮站=gauge`.
fn former(cell: &str) -> Vec<Pair<String>> {
    let pairs = items(cell).into_iter();
    pairs
        .filter_map(|item| {
            let (zh, en) = item.split_once('=')?;
            Some(Pair::new(zh.to_owned(), en.to_owned()))
        })
        .collect()
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

/// What a glossary file is to a program that would merge into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadAs {
    /// It is not there; a termbase of that name can be made.
    Absent,
    /// A termbase of our form: a `.csv` whose header names `concept`, `zh` and `en`.
    Termbase,
    /// Anything else, to be read only.
    Foreign,
}

/// What a file is to a program that would merge into it.
///
/// # Errors
///
/// When it cannot be read, or is not there and no `.csv` by its name.
pub fn read_as(path: &Path) -> Result<ReadAs, GlossaryError> {
    let is_csv =
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let bytes = match crate::read::whole(path) {
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
    Ok(match is_empty || RowReader::new(&text, path).is_some() {
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
        assert_eq!(termbase.concepts["treaty"].rows[0].other_cells, ["Acme"]);
        assert!(text.contains("'=see above"), "{text}");
    }

    #[test]
    fn a_column_that_stands_twice_stays_what_it_is() {
        let text = "concept,zh,en,usage,Usage\na,甲,a,,in ports\n";
        let termbase = parse(text).unwrap();
        assert_eq!(termbase.other_columns, ["Usage"]);
        assert_eq!(parse(&termbase.to_text()).unwrap(), termbase);
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
            let mut scan = Scan::new(&text, path).unwrap();
            let mut reader = RowReader::new(&text, path).unwrap();
            let mut record = csv::StringRecord::new();
            while reader.next(&mut record).unwrap() {
                assert!(scan.next());
                for column in [Column::Concept, Column::Zh, Column::En, Column::Note] {
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
            let other = Termbase { other_columns: vec!["other".into()], ..whole };
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
        assert_eq!(
            said("concept,zh,en,note\na,甲,a,\"one\nb,乙,b,\nc,丙,c,\"two\nd,丁,d,\n"),
            "t.csv:2: a quotation mark is opened and never closed"
        );
        assert!(matches!(parse("zh,en\n甲,a\n"), Err(GlossaryError::NotOurs { .. })));
        assert_eq!(parse("\u{FEFF}\n").unwrap(), Termbase::default());
    }
}
