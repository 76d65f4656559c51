//! What is kept of a pair, so that a second run need not do it again.
//!
//! In the folder of the outputs lies a hidden one, `.align-batch`, with a record for each
//! pair that was done: the key of its inputs and options, the fingerprints of its outputs,
//! and its units as text. From the units the glossary of all pairs is mined, so that no
//! bitext has to stay in memory or be made again. A record takes its place whole and after
//! the outputs: where a run is killed, the pair is done again.
//!
//! ```text
//! aligned/.align-batch/law/a.units.jsonl    {"key":"…","outputs":{…},"paired":12,"alone":1}
//!                                           ["第一条 …","Article 1 …",4,"article 1"]
//! ```

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::export::{Keep, fingerprint, hash, no_link, sweep, unfinished};
use crate::lexicon::Learned;
use crate::types::{KeptUnit, Notice, Pair, Side};

/// Form of the records; another one makes all be done again.
const FORM: u32 = 1;

/// What was done for a pair, or for all of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What it was made from, see [`key`].
    pub key: String,
    /// The files that were written, from the folder of the outputs, with their fingerprints.
    pub outputs: BTreeMap<String, String>,
    /// How many units have a counterpart.
    pub paired: usize,
    /// How many segments have none, on both sides.
    pub alone: usize,
    /// The language codes of the pair.
    pub languages: Option<(String, String)>,
    /// Of texts that are no translations of one another the share of the letters that did
    /// pair, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unrelated: Option<f64>,
    /// Which of the texts is in another language than it was taken for.
    #[serde(default, skip_serializing_if = "is_neither")]
    pub other_language: (bool, bool),
}

fn is_neither(&(zh, en): &(bool, bool)) -> bool {
    !zh && !en
}

impl Record {
    /// Keeps what the reader should know whenever the pair is met again.
    pub fn keep_notices(&mut self, notices: &[Notice]) {
        for notice in notices {
            match notice {
                Notice::Unrelated { share } => self.unrelated = Some(*share),
                Notice::OtherLanguage { side: Side::Zh } => self.other_language.0 = true,
                Notice::OtherLanguage { side: Side::En } => self.other_language.1 = true,
                _ => {}
            }
        }
    }

    /// What was kept of that.
    pub fn notices(&self) -> Vec<Notice> {
        let (zh, en) = self.other_language;
        let other = [(zh, Side::Zh), (en, Side::En)];
        let other = other.into_iter().filter(|&(is_other, _)| is_other);
        let unrelated = self.unrelated.map(|share| Notice::Unrelated { share });
        other.map(|(_, side)| Notice::OtherLanguage { side }).chain(unrelated).collect()
    }
}

/// What became of the outputs of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// All are there as they were written.
    Untouched,
    /// All are there, but somebody changed one.
    Changed,
    /// One is not there.
    Missing,
}

/// The key of what a record is made from: it changes with each of the parts, with the version
/// of the program and the form of the records.
pub fn key<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let form = FORM.to_string();
    let mut bytes = Vec::new();
    let mut add = |part: &str| {
        // With its length, so that no two lists of parts are one text.
        bytes.extend((part.len() as u64).to_le_bytes());
        bytes.extend(part.bytes());
    };
    add(env!("CARGO_PKG_VERSION"));
    add(&form);
    parts.into_iter().for_each(add);
    format!("{}-{:016x}", bytes.len(), hash(&bytes))
}

/// The records of a folder of outputs; while it is open no other run changes them.
#[derive(Debug)]
pub struct Records {
    out: PathBuf,
    folder: PathBuf,
    _lock: File,
}

/// The name of the hidden folder.
pub(super) const FOLDER: &str = ".align-batch";
const SCRATCH: &str = "tmp";
const PAIRS: &str = "pairs";
const UNITS: &str = ".units.jsonl";
const TAUGHT: &str = ".taught.tsv";
const LIST: &str = ".list.json";

impl Records {
    /// Opens the records of a folder of outputs; makes both where they are not there. What a
    /// run left that was killed is cleared away.
    ///
    /// # Errors
    ///
    /// When a folder cannot be made or written to; of the kind `WouldBlock` when another run
    /// is at work in it.
    pub fn open(out: &Path) -> io::Result<Self> {
        let folder = out.join(FOLDER);
        no_link(&folder)?;
        fs::create_dir_all(&folder)?;
        [SCRATCH, PAIRS, "lock"]
            .iter()
            .try_for_each(|name| no_link(&folder.join(name)))?;
        let lock = File::options().create(true).append(true).open(folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) | Err(fs::TryLockError::Error(_)) => {} // some folders know no locks
            Err(fs::TryLockError::WouldBlock) => {
                return Err(io::ErrorKind::WouldBlock.into());
            }
        }
        let scratch = folder.join(SCRATCH);
        fs::create_dir_all(&scratch)?;
        sweep(&scratch);
        Ok(Self { out: out.to_owned(), folder, _lock: lock })
    }

    /// Where the outputs of a pair keep what is not an output.
    ///
    /// # Errors
    ///
    /// When its folder cannot be made.
    pub fn keep(&self, name: &str) -> io::Result<Keep> {
        let list = self.path(name, LIST)?;
        Ok(Keep { scratch: self.folder.join(SCRATCH), list })
    }

    /// The record of a pair; `None` where there is none or it cannot be read.
    pub fn load(&self, name: &str) -> Option<Record> {
        let file = File::open(self.path(name, UNITS).ok()?).ok()?;
        let mut line = String::new();
        BufReader::new(file).read_line(&mut line).ok()?;
        serde_json::from_str(&line).ok()
    }

    /// Writes the record of a pair, whole.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn save(
        &self,
        name: &str,
        record: &Record,
        units: &[KeptUnit],
    ) -> io::Result<()> {
        let path = self.path(name, UNITS)?;
        let file = unfinished(&self.folder.join(SCRATCH))?;
        let mut out = BufWriter::new(file);
        serde_json::to_writer(&mut out, record)?;
        writeln!(out)?;
        for unit in units {
            let row = (&unit.text.zh, &unit.text.en, unit.bead, &unit.place.unit);
            serde_json::to_writer(&mut out, &row)?;
            writeln!(out)?;
        }
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }

    /// The units of a pair that was done.
    ///
    /// # Errors
    ///
    /// When its record cannot be read.
    pub fn units(&self, name: &str) -> io::Result<Vec<KeptUnit>> {
        let file = BufReader::new(File::open(self.path(name, UNITS)?)?);
        let rows = file.lines().skip(1).map(|line| {
            let (zh, en, bead, unit): (_, _, _, String) = serde_json::from_str(&line?)?;
            Ok(KeptUnit { text: Pair::new(zh, en), bead, place: unit.into() })
        });
        rows.collect()
    }

    /// What a pair taught, if it was kept under this key.
    pub fn taught(&self, name: &str, key: &str) -> Option<Learned> {
        let text = fs::read_to_string(self.path(name, TAUGHT).ok()?).ok()?;
        let (first, rest) = text.split_once('\n')?;
        if first == key { Learned::parse(rest) } else { None }
    }

    /// Keeps what a pair taught, whole, under the key of what it was learned from.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn keep_taught(&self, name: &str, key: &str, taught: &Learned) -> io::Result<()> {
        let path = self.path(name, TAUGHT)?;
        let mut file = unfinished(&self.folder.join(SCRATCH))?;
        write!(file, "{key}\n{}", taught.to_text())?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }

    /// The fingerprints of files of the folder of outputs.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn fingerprints(
        &self,
        names: impl IntoIterator<Item = String>,
    ) -> io::Result<BTreeMap<String, String>> {
        let of = |name: String| Ok((name.clone(), fingerprint(&self.out.join(name))?));
        names.into_iter().map(of).collect()
    }

    /// What became of the outputs of a record.
    pub fn standing(&self, record: &Record) -> Standing {
        let of =
            |(name, written): (&String, &String)| match fingerprint(&self.out.join(name))
            {
                Ok(found) if found == *written => Standing::Untouched,
                Ok(_) => Standing::Changed,
                Err(_) => Standing::Missing,
            };
        record.outputs.iter().map(of).max().unwrap_or(Standing::Untouched)
    }

    /// A folder for what does not outlive the run.
    pub(super) fn scratch(&self) -> PathBuf {
        self.folder.join(SCRATCH)
    }

    /// Clears the room for unfinished files away.
    pub fn close(self) {
        // Best effort: the next run clears what stays, and a folder with other things stays.
        sweep(&self.folder.join(SCRATCH));
        drop(fs::remove_dir(self.folder.join(SCRATCH)));
    }

    fn path(&self, name: &str, ending: &str) -> io::Result<PathBuf> {
        // `pairs` apart, so that no pair is called like a folder of ours.
        let path = self.folder.join(PAIRS).join(format!("{name}{ending}"));
        no_link(&path)?;
        if let Some(parent) = path.parent() {
            let mut own = parent.ancestors().take_while(|folder| **folder != self.folder);
            own.try_for_each(no_link)?;
            fs::create_dir_all(parent)?;
        }
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let records = Records::open(dir.path()).unwrap();
        let record = Record {
            key: key(["a", "b"]),
            outputs: [("x/a.tmx".to_owned(), "1-2".to_owned())].into(),
            paired: 3,
            ..Record::default()
        };
        let unit = KeptUnit {
            text: Pair::new("第一条\n".into(), "\"Article\" 1".into()),
            bead: 7,
            place: "article 1".into(),
        };
        records.save("x/a", &record, std::slice::from_ref(&unit)).unwrap();
        assert_eq!(records.load("x/a"), Some(record.clone()));
        assert_eq!(records.units("x/a").unwrap(), [unit]);
        assert_eq!(records.load("x/b"), None);
        assert_eq!(records.standing(&record), Standing::Missing);
    }

    #[test]
    fn a_key_tells_its_parts_apart() {
        assert_ne!(key(["ab", "c"]), key(["a", "bc"]));
        assert_eq!(key(["ab", "c"]), key(["ab", "c"]));
    }

    #[test]
    fn two_runs_in_one_folder_are_not_let_in() {
        let dir = tempfile::tempdir().unwrap();
        let first = Records::open(dir.path()).unwrap();
        let second = Records::open(dir.path()).unwrap_err();
        assert_eq!(second.kind(), io::ErrorKind::WouldBlock);
        first.close();
        assert!(Records::open(dir.path()).is_ok());
    }
}
