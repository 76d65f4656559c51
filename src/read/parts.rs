//! Memories that are too large to be held: read part by part, as often as they are asked for.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::aligned::{self, HEAD, Memory, Units};
use super::xml::{Part, Walker};
use super::{Origin, Problem, ReadError, file};
use crate::types::Paired;

/// The most units of a file that is read in parts: of each some bytes stay while terms are
/// mined.
const MOST_UNITS: usize = 20_000_000;

/// Which memories are read in parts, and how large a part is: what comes of one depends on
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

/// The parts of a memory, in order. Behind an error there is nothing more.
pub struct Parts<'a> {
    path: &'a Path,
    walker: Walker<Box<dyn Read + 'a>>,
    memory: Memory,
    size: PartSize,
    n_units: usize,
    has_pair: bool,
    is_done: bool,
}

/// The parts of a memory (TMX, XLIFF) that is larger than is read at once; `None` of anything
/// else, which [`read_input_from`](super::read_input_from) reads.
///
/// # Errors
///
/// When the file cannot be read.
pub fn parts(origin: Origin<'_>, size: PartSize) -> Result<Option<Parts<'_>>, ReadError> {
    let path = origin.path();
    let io_error = |source| ReadError::Io { path: path.to_owned(), source };
    let file: Box<dyn Read> = match origin {
        Origin::Held { bytes, .. } if bytes.len() as u64 > size.whole => Box::new(bytes),
        Origin::File(path) if is_large(path, size.whole) => {
            Box::new(File::open(path).map_err(io_error)?.take(file::LARGEST))
        }
        Origin::Held { .. } | Origin::File(_) => return Ok(None),
    };
    let (head, file) = with_head(file).map_err(io_error)?;
    if !aligned::is_memory(&head) {
        return Ok(None);
    }
    let walker = Walker::new(file).map_err(io_error)?;
    let memory = Memory::default();
    let (n_units, has_pair, is_done) = (0, false, false);
    Ok(Some(Parts { path, walker, memory, size, n_units, has_pair, is_done }))
}

/// Whatever else is wrong with a file is told by who reads it whole.
fn is_large(path: &Path, whole: u64) -> bool {
    let sizes = whole + 1..=file::LARGEST;
    fs::metadata(path).is_ok_and(|found| found.is_file() && sizes.contains(&found.len()))
}

/// How a file begins, and the whole file.
fn with_head<'a>(
    mut file: Box<dyn Read + 'a>,
) -> io::Result<(Vec<u8>, Box<dyn Read + 'a>)> {
    let mut head = Vec::new();
    (&mut file).take(HEAD as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(io::Cursor::new(head).chain(file))))
}

impl Parts<'_> {
    fn part(&mut self) -> Result<Option<Paired>, Problem> {
        // A part without a text of one side would not tell what stands there.
        let PartSize { part, .. } = self.size;
        let is_full = |memory: &Memory| {
            let size = memory.size();
            size >= part && memory.ends_paired() || size >= part.saturating_mul(2)
        };
        while !self.is_done && !is_full(&self.memory) {
            let memory = &mut self.memory;
            self.is_done =
                !self.walker.step(|part: Part, line| memory.part(part, line))?;
        }
        let found = self.memory.take();
        self.has_pair |= found.has_pair();
        self.n_units += found.units.len();
        if self.is_done && !self.has_pair {
            return Err(Problem::NoPairs);
        }
        if self.n_units > MOST_UNITS {
            return Err(Problem::TooMany { what: "units", limit: MOST_UNITS });
        }
        let Units { units, left_out, .. } = found;
        let is_empty = units.is_empty() && left_out.is_empty();
        let name = self.path.display().to_string();
        Ok((!is_empty).then_some(Paired { name, units, left_out }))
    }
}

impl Iterator for Parts<'_> {
    type Item = Result<Paired, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let part = self.part();
        self.is_done |= part.is_err();
        let path = || self.path.to_owned();
        part.map_err(|problem| ReadError::Format { path: path(), problem }).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Input, Pair};

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
                parts(held(&text), size).unwrap().unwrap().map(Result::unwrap).collect();
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
        assert!(parts(held(&text), PartSize { whole, part: 1 }).unwrap().is_none());
        let page = "<p>".repeat(9);
        assert!(parts(held(&page), PartSize { whole: 1, part: 1 }).unwrap().is_none());
    }

    #[test]
    fn a_memory_that_breaks_off_or_holds_no_pair_is_refused() {
        let size = PartSize { whole: 0, part: 20 };
        let text = tmx(9);
        let cut = &text[..text.len() - "</body></tmx>".len()];
        let last = parts(held(cut), size).unwrap().unwrap().last().unwrap();
        let message = last.unwrap_err().to_string();
        assert!(message.contains("ends inside an element"), "{message}");
        let one = "<tmx><tu><tuv xml:lang='en'><seg>a</seg></tuv></tu></tmx>";
        let mut read = parts(held(one), size).unwrap().unwrap();
        assert!(matches!(
            read.next(),
            Some(Err(ReadError::Format { problem: Problem::NoPairs, .. }))
        ));
    }
}
