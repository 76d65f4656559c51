//! Tables with both languages that are too large to be held: read row by row.

use std::io::{self, Read};
use std::path::Path;
use std::vec;

use encoding_rs::Encoding;

use super::aligned::{self, Columns, Units};
use super::error::ReadError;
use super::problem::Problem;
use super::separated::{Row, RowReader};
use super::stream::{self, Broken, TextStream};
use super::text_format::{TextFormat, told, undecoded};
use super::{bilingual, binary, file, html};
use crate::types::{FilePlace, Notice};

/// The longest row of a table that is read row by row, in bytes: the largest file that is read at
/// once is no longer.
const LONGEST_ROW: usize = 32 << 20;

/// How much of a text is read at a time, in bytes.
const WINDOW: usize = 256 << 10;

/// A table that is read row by row.
///
/// Its rows and units are those of a table that is read at once: the columns, and whether cells are
/// quoted, are found by how it begins, the encoding and what parts the cells by the whole.
pub(super) struct Table<'a> {
    rows: Rows<'a>,
    /// The rows that the columns were found by.
    sample: vec::IntoIter<Row>,
    columns: Columns,
    found: Units,
}

impl<'a> Table<'a> {
    /// A table, and what there is to say of it; `None` of another kind of file. `open` gives the
    /// file from its first byte on.
    pub(super) fn open(
        path: &'a Path,
        open: &dyn Fn() -> io::Result<Box<dyn Read + 'a>>,
        head: &[u8],
        named: Option<&'static Encoding>,
    ) -> Result<Option<(Self, Vec<Notice>)>, ReadError> {
        let is_text =
            binary::by_signature(head).is_none() && !binary::speaks_of_pdf(head);
        if !is_text || named.is_none() && html::declared_encoding(head).is_some() {
            return Ok(None);
        }
        let broken = |broken| broken_off(path, broken);
        let survey = stream::survey(open, named).map_err(broken)?;
        let text = open().and_then(|file| TextStream::new(file, survey.choice));
        let text = text.map_err(|error| broken(error.into()))?;
        let mut window =
            Window { path, text, seen: String::new(), at: 0, is_whole: false };
        while !window.is_whole && window.seen.lines().count() <= aligned::SAMPLE {
            window.fill()?;
        }
        let extension = file::ending(path);
        let head = &window.seen;
        let mark = bilingual::delimiter(head, &extension, &survey.tabs);
        let Some(mark) = mark.filter(|_| TextFormat::find(path, head).is_none()) else {
            return Ok(None);
        };
        let reader = RowReader::new(mark, aligned::is_quoted(head, mark));
        let mut rows = Rows { window, reader };
        let mut sample = Vec::new();
        while sample.len() < aligned::SAMPLE
            && let Some(row) = rows.next()?
        {
            sample.push(row);
        }
        let Some(columns) = Columns::find(&sample) else {
            return match bilingual::is_table(&extension) {
                true => Err(format_error(path, Problem::NoPairs)),
                false => Ok(None),
            };
        };
        let guessed = survey.is_guessed.then(|| survey.choice.encoding.name());
        let name = path.display().to_string();
        let (notices, left_out) = told(&name, guessed, survey.controls);
        let left_out = left_out.into_iter().collect();
        let found = Units { left_out, ..Units::default() };
        Ok(Some((Self { rows, sample: sample.into_iter(), columns, found }, notices)))
    }

    /// Reads a row; `false` at the end.
    pub(super) fn step(&mut self) -> Result<bool, ReadError> {
        let row = match self.sample.next() {
            Some(row) => Some(row),
            None => self.rows.next()?,
        };
        let Some(row) = row else { return Ok(false) };
        let added =
            self.columns.add(&row, &FilePlace::Line(row.lines.0), &mut self.found);
        added.map_err(|problem| format_error(self.rows.window.path, problem))?;
        Ok(true)
    }

    /// What was found since it was last taken.
    pub(super) fn found(&self) -> &Units {
        &self.found
    }

    pub(super) fn take(&mut self) -> Units {
        let open_quotes = std::mem::take(&mut self.rows.reader.open_quotes);
        Units { open_quotes, ..std::mem::take(&mut self.found) }
    }
}

/// The rows of a text that is read as they are asked for.
struct Rows<'a> {
    window: Window<'a>,
    reader: RowReader,
}

impl Rows<'_> {
    /// The next row that is not empty.
    fn next(&mut self) -> Result<Option<Row>, ReadError> {
        loop {
            let Window { seen, at, is_whole, .. } = &mut self.window;
            match self.reader.next(&seen[*at..], *is_whole) {
                Some((row, len)) => {
                    *at += len;
                    if row.has_text() {
                        return Ok(Some(row));
                    }
                }
                None if *is_whole => return Ok(None),
                None => self.window.fill()?,
            }
        }
    }
}

/// The part of a text that is at hand.
struct Window<'a> {
    path: &'a Path,
    text: TextStream<'a>,
    seen: String,
    /// How much of what is seen was taken.
    at: usize,
    /// Is the end of the text in sight?
    is_whole: bool,
}

impl Window<'_> {
    /// Sees more of the text; more at a time the less of it helped, as a row is read from its
    /// beginning each time.
    fn fill(&mut self) -> Result<(), ReadError> {
        self.seen.drain(..self.at);
        self.at = 0;
        if self.seen.len() > LONGEST_ROW {
            let problem = Problem::TooMany { what: "bytes in a row", limit: LONGEST_ROW };
            return Err(format_error(self.path, problem));
        }
        let enough = 2 * self.seen.len() + WINDOW;
        while !self.is_whole && self.seen.len() < enough {
            let has_more = self.text.read_on(&mut self.seen);
            self.is_whole = !has_more.map_err(|broken| broken_off(self.path, broken))?;
        }
        Ok(())
    }
}

fn format_error(path: &Path, problem: Problem) -> ReadError {
    ReadError::Format { path: path.to_owned(), problem }
}

fn broken_off(path: &Path, broken: Broken) -> ReadError {
    match broken {
        Broken::Io(source) => ReadError::Io { path: path.to_owned(), source },
        Broken::Text(failure) => undecoded(path, failure),
    }
}
