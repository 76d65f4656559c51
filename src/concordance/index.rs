//! What is kept of a memory, so that the next search reads no XML.
//!
//! ```text
//! head     mark, version, size and time of the memory, hash of its ends, number of units,
//!          length of the folded texts
//! table    of each unit where its folded texts begin, and where its own do: u64 each
//! folded   zh \n en \n …      what is scanned
//! texts    name \0 zh \0 en \0 …
//! ```
//!
//! The file is written whole under another name and then takes its own, so that a run that is
//! killed leaves none that is half. Its length follows from its head; one that is not so long
//! is made anew.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::UNIX_EPOCH;

use memchr::memmem;
use regex::Regex;
use tempfile::SpooledTempFile;

use super::error::SearchError;
use super::folded::{folded, is_word_start};
use super::memory::{self, Unit};
use crate::lexicon::Seed;
use crate::text::fnv::fnv;
use crate::types::Pair;

/// Opens the file of an index; the number is that of the form described above.
const MARK: &[u8; 8] = b"alignCX1";

/// The length of the head.
const HEAD: usize = 8 + 6 * 8;

/// How much of each end of a memory is hashed, in bytes.
const ENDS: u64 = 65_536;

/// The units of a memory, ready to be searched.
pub(super) struct Index {
    n_units: usize,
    bytes: Vec<u8>,
    /// Where the folded texts begin and end.
    folded: (usize, usize),
}

/// What a memory is known by: its size, the moment of its last change, a hash of its ends.
type Stamp = [u64; 3];

impl Index {
    /// The index of a memory: that of the cache, or a new one, which is then kept there.
    pub(super) fn open(
        path: &Path,
        cache: Option<&Path>,
        seed: &Seed,
    ) -> Result<Self, SearchError> {
        let error = |source| SearchError::Io { path: path.to_owned(), source };
        let stamp = stamp(path).map_err(error)?;
        let kept = cache.map(|folder| folder.join(name(path)));
        if let Some(index) = kept.as_deref().and_then(|file| Self::load(file, stamp)) {
            return Ok(index);
        }
        let mut builder = Builder::new(seed);
        memory::read(path, |unit| builder.add(&unit))?;
        let bytes = builder.finish(stamp).map_err(error)?;
        if let Some(file) = &kept {
            // Without a cache the next search takes longer, and that is all.
            let _ = keep(file, &bytes);
        }
        Ok(Self::of_bytes(bytes, stamp).expect("it was built of this memory"))
    }

    fn load(file: &Path, stamp: Stamp) -> Option<Self> {
        Self::of_bytes(fs::read(file).ok()?, stamp)
    }

    fn of_bytes(bytes: Vec<u8>, stamp: Stamp) -> Option<Self> {
        let number = |at: usize| -> Option<u64> {
            Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
        };
        if bytes.get(..8)? != MARK || [number(8)?, number(16)?, number(24)?] != stamp {
            return None;
        }
        let n_units = usize::try_from(number(32)?).ok()?;
        let n_folded = usize::try_from(number(40)?).ok()?;
        let n_texts = usize::try_from(number(48)?).ok()?;
        let start = n_units.checked_mul(16)?.checked_add(HEAD)?;
        let end = start.checked_add(n_folded)?;
        (bytes.len() == end.checked_add(n_texts)?).then_some(())?;
        Some(Self { n_units, bytes, folded: (start, end) })
    }

    /// A number of the table: of a unit, where its folded texts begin or its own.
    fn place(&self, unit: usize, which: usize) -> usize {
        let at = HEAD + unit * 16 + which * 8;
        let bytes = self.bytes.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
        usize::try_from(u64::from_le_bytes(bytes.unwrap_or_default())).unwrap_or(0)
    }

    /// The units that hold these folded words, in order.
    pub(super) fn units_with(&self, words: &str) -> Vec<usize> {
        let folded = &self.bytes[self.folded.0..self.folded.1];
        let mut units: Vec<usize> = Vec::new();
        if words.is_empty() {
            return units;
        }
        for at in memmem::find_iter(folded, words.as_bytes()) {
            if !is_word_start(folded, at) {
                continue;
            }
            let unit = self.unit_at(at);
            if units.last() != Some(&unit) {
                units.push(unit);
            }
        }
        units
    }

    /// The unit whose folded texts hold a byte.
    fn unit_at(&self, byte: usize) -> usize {
        let (mut low, mut high) = (0, self.n_units);
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            match self.place(middle, 0) <= byte {
                true => low = middle,
                false => high = middle,
            }
        }
        low
    }

    /// The units one of whose texts a pattern matches, in order.
    pub(super) fn units_like(&self, pattern: &Regex) -> Vec<usize> {
        let is_like = |unit: &usize| {
            let (_, zh, en) = self.texts(*unit);
            pattern.is_match(zh) || pattern.is_match(en)
        };
        (0..self.n_units).filter(is_like).collect()
    }

    /// The name and the texts of a unit.
    pub(super) fn unit(&self, unit: usize) -> (String, Pair<String>) {
        let (name, zh, en) = self.texts(unit);
        (name.to_owned(), Pair::new(zh.to_owned(), en.to_owned()))
    }

    fn texts(&self, unit: usize) -> (&str, &str, &str) {
        let texts = &self.bytes[self.folded.1..];
        let start = self.place(unit, 1).min(texts.len());
        let end = match unit + 1 < self.n_units {
            true => self.place(unit + 1, 1),
            false => texts.len(),
        };
        let own = texts.get(start..end.min(texts.len())).unwrap_or_default();
        let mut parts = own.split(|&byte| byte == 0);
        let mut next =
            || std::str::from_utf8(parts.next().unwrap_or_default()).unwrap_or_default();
        (next(), next(), next())
    }
}

/// Texts of more bytes wait on the disk for those before them.
const HELD: usize = 32 << 20;

/// An index while it is built. Of a large memory it holds no more than the table.
struct Builder<'a> {
    seed: &'a Seed,
    table: Vec<u8>,
    plain: Waiting,
    texts: Waiting,
}

/// Bytes that wait for those that stand before them.
struct Waiting {
    file: SpooledTempFile,
    len: u64,
    /// What went wrong first.
    error: Option<io::Error>,
}

impl Waiting {
    fn new() -> Self {
        Self { file: tempfile::spooled_tempfile(HELD), len: 0, error: None }
    }

    fn push(&mut self, bytes: &[u8]) {
        self.len += bytes.len() as u64;
        if self.error.is_none() {
            self.error = self.file.write_all(bytes).err();
        }
    }

    fn append_to(mut self, out: &mut Vec<u8>) -> io::Result<()> {
        self.error.take().map_or(Ok(()), Err)?;
        self.file.rewind()?;
        self.file.read_to_end(out).map(drop)
    }
}

impl<'a> Builder<'a> {
    fn new(seed: &'a Seed) -> Self {
        Self { seed, table: Vec::new(), plain: Waiting::new(), texts: Waiting::new() }
    }

    fn add(&mut self, unit: &Unit) {
        self.table.extend(self.plain.len.to_le_bytes());
        self.table.extend(self.texts.len.to_le_bytes());
        let mut bytes = Vec::new();
        for text in [&unit.text.zh, &unit.text.en] {
            bytes.extend(folded(text, self.seed).bytes());
            bytes.push(b'\n');
        }
        self.plain.push(&bytes);
        bytes.clear();
        for text in [&unit.name, &unit.text.zh, &unit.text.en] {
            bytes.extend(text.bytes().filter(|&byte| byte != 0));
            bytes.push(0);
        }
        self.texts.push(&bytes);
    }

    /// The bytes of the index.
    fn finish(self, stamp: Stamp) -> io::Result<Vec<u8>> {
        let Self { table, plain, texts, .. } = self;
        let len = HEAD as u64 + table.len() as u64 + plain.len + texts.len;
        let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or_default());
        bytes.extend(MARK);
        let lengths = [(table.len() / 16) as u64, plain.len, texts.len];
        for number in stamp.into_iter().chain(lengths) {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(table);
        plain.append_to(&mut bytes)?;
        texts.append_to(&mut bytes)?;
        Ok(bytes)
    }
}

/// Keeps the bytes of an index.
fn keep(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(bytes)?;
    new.persist(file).map_err(|error| error.error).map(drop)
}

/// The name of the index of a memory: a hash of its path.
fn name(path: &Path) -> String {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    format!("{:016x}.units", fnv(real.to_string_lossy().bytes()))
}

fn stamp(path: &Path) -> std::io::Result<Stamp> {
    if !path.metadata()?.is_file() {
        // To open a pipe would be to wait for whoever writes into it.
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "no file"));
    }
    let mut file = File::open(path)?;
    let about = file.metadata()?;
    let changed = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let nanos = changed.map_or(0, |since| since.as_nanos() as u64);
    let mut ends = Vec::new();
    (&mut file).take(ENDS).read_to_end(&mut ends)?;
    file.seek(SeekFrom::Start(about.len().saturating_sub(ENDS)))?;
    file.take(ENDS).read_to_end(&mut ends)?;
    Ok([about.len(), nanos, fnv(ends)])
}
