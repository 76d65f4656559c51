//! Memories and tables that are too large to be held: read part by part, as often as they are
//! asked for.

use std::io::Read;
use std::path::Path;

use super::aligned::{self, HEAD, Memory, Units};
use super::table::Table;
use super::xml::{Part, Walker};
use super::{Origin, Problem, ReadError, bilingual, encoding};
use crate::types::{Noted, Notice, Pair, Paired};

/// The most units of a file that is read in parts: of each some bytes stay while terms are
/// mined.
const MOST_UNITS: usize = 20_000_000;

/// Which memories and tables are read in parts, and how large a part is: what comes of one depends on
/// nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartSize {
    /// The largest file that is read at once, in bytes.
    ///
    /// A run takes some 26 bytes for each: with 32 MB it stays under 1 GB. Larger makes one
    /// text of more files, for more memory.
    pub whole: u64,
    /// The length of the texts of a part, both sides, in bytes. The first unit with two sides
    /// that reaches it is the last of its part; at twice the length any unit is.
    pub part: usize,
}

impl Default for PartSize {
    fn default() -> Self {
        Self::of(32 << 20)
    }
}

impl PartSize {
    /// Files up to so many bytes at once, larger ones in parts of a thirty-second of that: what
    /// is kept of the words of a part takes a hundred times its text where its units are long.
    pub fn of(whole: u64) -> Self {
        Self { whole, part: usize::try_from(whole / 32).unwrap_or(usize::MAX) }
    }
}

/// The parts of a memory or a table, in order, each with what there is to say of it. Behind an
/// error there is nothing more.
pub struct Parts<'a> {
    path: &'a Path,
    reader: Reader<'a>,
    size: PartSize,
    notices: Vec<Notice>,
    n_units: usize,
    has_pair: bool,
    is_done: bool,
}

/// The parts of a memory (TMX, XLIFF), or of a table in text (CSV, tabs), that is larger than is
/// read at once; `None` of anything else, which [`read_input_from`](super::read_input_from) reads.
/// The encodings are those that it takes.
///
/// # Errors
///
/// When the file cannot be read, or is a table without a column of each language.
pub fn parts<'a>(
    origin: Origin<'a>,
    encodings: Pair<Option<&str>>,
    size: PartSize,
) -> Result<Option<Parts<'a>>, ReadError> {
    let path = origin.path();
    if !origin.is_larger_than(size.whole) || aligned::is_workbook(path) {
        return Ok(None);
    }
    let io_error = |source| ReadError::Io { path: path.to_owned(), source };
    let open = || origin.open();
    let head = origin.head(HEAD).map_err(io_error)?;
    let (reader, notices) = if aligned::is_memory(&head) {
        let walker = open().and_then(Walker::new).map_err(io_error)?;
        let memory = Memory::default();
        (Reader::Memory(Box::new((walker, memory))), Vec::new())
    } else {
        let named = encodings.zh.or(encodings.en).map(encoding::named).transpose()?;
        let table = Table::open(path, &open, &head, named)?;
        let Some((table, notices)) = table else { return Ok(None) };
        (Reader::Table(Box::new(table)), notices)
    };
    let (n_units, has_pair, is_done) = (0, false, false);
    Ok(Some(Parts { path, reader, size, notices, n_units, has_pair, is_done }))
}

/// What is read in parts, step by step.
enum Reader<'a> {
    Memory(Box<(Walker<Box<dyn Read + 'a>>, Memory)>),
    Table(Box<Table<'a>>),
}

impl Reader<'_> {
    /// Goes one step; says whether there is another.
    fn step(&mut self, path: &Path) -> Result<bool, ReadError> {
        let (walker, memory) = match self {
            Reader::Table(table) => return table.step(),
            Reader::Memory(memory) => &mut **memory,
        };
        let step = walker.step(|part: Part, line| memory.part(part, line));
        step.map_err(|problem| ReadError::Format { path: path.to_owned(), problem })
    }

    fn found(&self) -> &Units {
        match self {
            Reader::Memory(memory) => memory.1.found(),
            Reader::Table(table) => table.found(),
        }
    }

    fn take(&mut self) -> Units {
        match self {
            Reader::Memory(memory) => memory.1.take(),
            Reader::Table(table) => table.take(),
        }
    }
}

impl Parts<'_> {
    fn part(&mut self) -> Result<Option<Noted<Paired>>, ReadError> {
        // A part without a text of one side would not tell what stands there.
        let PartSize { part, .. } = self.size;
        let is_full = |units: &Units| {
            units.size >= part && units.ends_paired()
                || units.size >= part.saturating_mul(2)
        };
        while !self.is_done && !is_full(self.reader.found()) {
            self.is_done = !self.reader.step(self.path)?;
        }
        let found = self.reader.take();
        self.has_pair |= found.has_pair();
        self.n_units += found.units.len();
        let format_error =
            |problem| Err(ReadError::Format { path: self.path.to_owned(), problem });
        if self.is_done && !self.has_pair {
            return format_error(Problem::NoPairs);
        }
        if self.n_units > MOST_UNITS {
            return format_error(Problem::TooMany { what: "units", limit: MOST_UNITS });
        }
        if found.units.is_empty() && found.left_out.is_empty() {
            return Ok(None);
        }
        let mut notices = std::mem::take(&mut self.notices);
        let of_part = bilingual::noted(self.path.display().to_string(), found);
        notices.extend(of_part.notices);
        Ok(Some(Noted { value: of_part.value, notices }))
    }
}

impl Iterator for Parts<'_> {
    type Item = Result<Noted<Paired>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let part = self.part();
        self.is_done |= part.is_err();
        part.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Input;

    fn tmx(n: usize) -> String {
        let unit = |n: usize| {
            format!(
                "<tu><note>{n}</note>\n<tuv xml:lang='zh'><seg>第{n}号</seg></tuv>\n\
                 <tuv xml:lang='en'><seg>No. {n}</seg></tuv></tu>\n"
            )
        };
        let units: String = (0..n).map(unit).collect();
        format!("<tmx>\n<body>{units}</body></tmx>")
    }

    fn held(text: &str) -> Origin<'_> {
        Origin::Held { name: "a.tmx", bytes: text.as_bytes() }
    }

    fn of(origin: Origin<'_>, size: PartSize) -> Option<Parts<'_>> {
        parts(origin, Pair::default(), size).unwrap()
    }

    #[test]
    fn the_parts_together_are_the_whole() {
        let text = tmx(50);
        let read = super::super::read_input_from(held(&text), None, Pair::default());
        let Ok(Input::Paired(whole)) = read.map(|noted| noted.value) else {
            panic!("it holds pairs");
        };
        for part in [1, 40, 300] {
            let size = PartSize { whole: 0, part };
            let parts: Vec<Paired> =
                of(held(&text), size).unwrap().map(|part| part.unwrap().value).collect();
            assert!(parts.len() > 2, "{part}");
            let units: Vec<_> =
                parts.iter().flat_map(|part| part.units.clone()).collect();
            assert_eq!(units, whole.units);
            let left_out: Vec<_> =
                parts.iter().flat_map(|part| part.left_out.clone()).collect();
            assert_eq!(left_out, whole.left_out);
        }
    }

    #[test]
    fn what_is_small_or_no_memory_is_read_at_once() {
        let text = tmx(3);
        let whole = text.len() as u64;
        assert!(of(held(&text), PartSize { whole, part: 1 }).is_none());
        let page = "<p>".repeat(9);
        assert!(of(held(&page), PartSize { whole: 1, part: 1 }).is_none());
    }

    #[test]
    fn a_memory_that_breaks_off_or_holds_no_pair_is_refused() {
        let size = PartSize { whole: 0, part: 20 };
        let text = tmx(9);
        let cut = &text[..text.len() - "</body></tmx>".len()];
        let last = of(held(cut), size).unwrap().last().unwrap();
        let message = last.unwrap_err().to_string();
        assert!(message.contains("ends inside an element"), "{message}");
        let one = "<tmx><tu><tuv xml:lang='en'><seg>a</seg></tuv></tu></tmx>";
        let mut read = of(held(one), size).unwrap();
        assert!(matches!(
            read.next(),
            Some(Err(ReadError::Format { problem: Problem::NoPairs, .. }))
        ));
    }

    /// What is read of a table, at once or in parts of so many bytes: units, rows that are left
    /// out, notices; or the error.
    fn read(
        name: &str,
        bytes: &[u8],
        part: Option<usize>,
    ) -> Result<[String; 3], String> {
        let origin = Origin::Held { name, bytes };
        let mut all = Paired { name: name.to_owned(), units: vec![], left_out: vec![] };
        let mut notices = Vec::new();
        let error = |error: ReadError| error.to_string();
        let Some(part) = part else {
            let read = super::super::read_input_from(origin, None, Pair::default());
            let Noted { value: Input::Paired(whole), notices } = read.map_err(error)?
            else {
                panic!("{name} is no table")
            };
            return Ok([
                format!("{:#?}", whole.units),
                format!("{:#?}", whole.left_out),
                format!("{notices:#?}"),
            ]);
        };
        let parts = parts(origin, Pair::default(), PartSize { whole: 0, part });
        for part in parts.map_err(error)?.expect("it is a table") {
            let part = part.map_err(error)?;
            notices.extend(part.notices);
            all.units.extend(part.value.units);
            all.left_out.extend(part.value.left_out);
        }
        Ok([
            format!("{:#?}", all.units),
            format!("{:#?}", all.left_out),
            format!("{notices:#?}"),
        ])
    }

    /// A table with whatever is wrong with one, of more rows than its columns are found by.
    fn table(header: &str, mark: char) -> String {
        let mut text = header.to_owned();
        for k in 1..=500 {
            let row = match k % 50 {
                7 => format!("{k},\"登记\n处{k}\",\"the registry,\nNo. {k}\"\r\n"),
                11 => format!("{k},\"灯塔{k},lamp\n"),
                13 => format!("{k},\"港口\"处{k},5\" port\r"),
                17 => format!("{k},去留,Stay,or,go\n\n"),
                19 => format!("{k},,alone {k}\n"),
                23 => format!("{k},只有{k}\n ,,\n"),
                29 => format!("{k},\"他说\"\"好\"\"\",\"\"\n"),
                31 => format!("{k},控制\u{8}符,con\u{1}trol\r\n"),
                _ => format!("{k},港口登记处{k},The port registry {k}\n"),
            };
            text += &row.replace(',', &mark.to_string());
        }
        text
    }

    #[test]
    fn the_parts_of_a_table_together_are_the_whole() {
        let csv = table("no,zh,en\n", ',');
        let gbk = || encoding_rs::GBK.encode(&csv).0.into_owned();
        let utf16 = csv.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut damaged = csv.clone().into_bytes();
        damaged[9000] = 0xFF;
        let cases: Vec<(&str, Vec<u8>)> = vec![
            ("a.csv", csv.clone().into_bytes()),
            ("a.csv", table("", ';').into_bytes()),
            ("a.csv", format!("\u{feff}{csv}").into_bytes()),
            ("a.csv", gbk()),
            ("a.csv", utf16),
            ("a.csv", damaged),
            ("a.csv", "号,港口\n1,登记处\n".repeat(300).into_bytes()),
            ("a.tsv", table("no\tzh\ten\n", '\t').into_bytes()),
            (
                "a.txt",
                "登记处\tThe registry\r\n\"灯塔\"\tthe lighthouse\n"
                    .repeat(300)
                    .into_bytes(),
            ),
        ];
        for (k, (name, bytes)) in cases.iter().enumerate() {
            let whole = read(name, bytes, None);
            for part in [1, 700, 1 << 20] {
                assert_eq!(read(name, bytes, Some(part)), whole, "{k}, {part}");
            }
        }
        let of_gbk = read("a.csv", &gbk(), Some(700)).unwrap();
        assert!(of_gbk[2].contains("EncodingGuessed"), "{}", of_gbk[2]);
        assert!(of_gbk[2].contains("QuoteOpen"), "{}", of_gbk[2]);
    }

    #[test]
    fn a_row_that_does_not_end_is_not_held() {
        let text = format!("zh,en\n{}\n", "港".repeat(12 << 20));
        let error = read("a.csv", text.as_bytes(), Some(700)).unwrap_err();
        assert!(error.contains("bytes in a row"), "{error}");
    }
}
