//! The file of a review: one JSON object a line, only ever appended to.
//!
//! ```text
//! {"review":1,"by":"align 0.1.0","at":…,"zh":{…},"en":{…}}       the head
//! {"base":{"zh":[…],"en":[…],"beads":[[1,1,0.9999]],"links":[]}}  what was aligned
//! {"n":1,"op":"confirm",…}                                        what was done
//! ```
//!
//! A line is on the disk before anybody is told that it was done. A last line that a kill
//! tore is put aside and told; damage further up is refused, for what follows it cannot be
//! trusted. A lock keeps a second process out, and where locks do not work, the length of the
//! file tells that somebody else wrote.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::event::{Change, Event, RowStatus};
use crate::export::unfinished;

/// The version of the form that this program writes.
pub const VERSION: u32 = 1;

/// The first line: what is reviewed, and by what it was aligned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The [version](VERSION) of the form.
    pub review: u32,
    /// The program and its version.
    pub by: String,
    /// When, as RFC 3339 in UTC.
    pub at: String,
    /// The Chinese file.
    pub zh: FileMark,
    /// The English file.
    pub en: FileMark,
    /// Paragraph or sentence, or lines as they were given.
    pub level: String,
}

/// A file as it was when it was aligned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMark {
    /// Its path as given.
    pub file: String,
    /// The language, as BCP 47 names it.
    pub lang: String,
    /// Length and hash of its bytes.
    pub mark: String,
}

/// What was aligned: the review survives the loss of its sources.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// The Chinese segments.
    pub zh: Vec<BaseSegment>,
    /// The English segments.
    pub en: Vec<BaseSegment>,
    /// The beads: segments of each side, score.
    pub beads: Vec<(usize, usize, f64)>,
    /// Passages tied across the beads: first segment of each side.
    #[serde(default)]
    pub links: Vec<(usize, usize)>,
}

impl Base {
    /// Are the texts cut and laid together as there? What else is told of them does not count.
    pub fn is_laid_out_as(&self, other: &Self) -> bool {
        let texts = |base: &Self| -> [Vec<String>; 2] {
            [&base.zh, &base.en]
                .map(|all| all.iter().map(|one| one.text.clone()).collect())
        };
        let beads = |base: &Self| -> Vec<(usize, usize)> {
            base.beads.iter().map(|&(zh, en, _)| (zh, en)).collect()
        };
        beads(self) == beads(other) && texts(self) == texts(other)
    }
}

/// A segment of the base.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseSegment {
    /// What it is, by the name used in outputs.
    pub kind: String,
    /// Its label with those it stands in, as a reader would cite it; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// First and last line in the file, from 1.
    pub lines: (usize, usize),
    /// Its text.
    pub text: String,
}

/// A pinned row that could not be placed in the texts as they are now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LostRow {
    /// Its Chinese text as it was.
    pub zh: String,
    /// The English.
    pub en: String,
    /// What was decided of it.
    pub status: RowStatus,
    /// The note it had; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What was written in place of its texts; empty where nothing was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub written: String,
    /// The bead of the new base that looks like it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<usize>,
}

/// What decisions became when the pair was aligned anew.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    /// The decisions that still hold, as one change of the new base.
    pub change: Change,
    /// The pinned rows that do not.
    #[serde(default)]
    pub lost: Vec<LostRow>,
}

/// What a log holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its first line.
    pub head: Head,
    /// What was aligned last.
    pub base: Base,
    /// How many events stand before that base: they were made on an older one.
    pub n_before_base: usize,
    /// What the decisions of the older ones became; `None` where there was none before.
    pub carried: Option<Carried>,
    /// All events.
    pub events: Vec<Event>,
    /// A last line that was torn, as it stood.
    pub torn: Option<String>,
}

/// Why a log cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// The system says no.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: io::Error,
    },
    /// A line that is none of ours.
    #[error("{}:{line}: {problem}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// A later program wrote it.
    #[error("{}: is of version {found}, and this program knows {VERSION}", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
    /// Another process has it.
    #[error("{}: another review of it is open{}", path.display(), at(address))]
    Busy {
        /// The file.
        path: PathBuf,
        /// Where its page is; empty if unknown.
        address: String,
    },
    /// Somebody else wrote into it.
    #[error("{}: was changed by somebody else meanwhile", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
}

fn at(address: &str) -> String {
    if address.is_empty() { String::new() } else { format!(" at {address}") }
}

/// A log that is open for writing. Nobody else can write while it is.
#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    file: File,
    /// How long the file is, in bytes.
    len: u64,
    /// Held as long as this lives.
    lock: File,
}

impl Log {
    /// A new log with its two first lines.
    ///
    /// # Errors
    ///
    /// If there is a file of that name, it cannot be written, or somebody has it locked.
    pub fn create(path: &Path, head: &Head, base: &Base) -> Result<Self, LogError> {
        let lock = lock(path)?;
        let io = |source| LogError::Io { path: path.to_owned(), source };
        // Written whole: a log without a base is none.
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut whole = unfinished(folder).map_err(io)?;
        let first = BaseLine { base: base.clone(), head: None, carried: None };
        let text = line(head) + &line(&first);
        whole.write_all(text.as_bytes()).map_err(io)?;
        whole.as_file().sync_data().map_err(io)?;
        whole.persist_noclobber(path).map_err(|error| io(error.error))?;
        let file = OpenOptions::new().append(true).open(path).map_err(io)?;
        Ok(Self { path: path.to_owned(), file, len: text.len() as u64, lock })
    }

    /// Opens a log for going on with it. A torn last line is put aside in `NAME.review.torn`.
    ///
    /// # Errors
    ///
    /// If it cannot be read or written, is damaged, or somebody has it locked.
    pub fn open(path: &Path) -> Result<(Self, Record), LogError> {
        let io = |source| LogError::Io { path: path.to_owned(), source };
        // Looked at before the lock is made: a name that is not there leaves nothing behind.
        fs::metadata(path).map_err(io)?;
        let lock = lock(path)?;
        let (record, len) = read_all(path)?;
        let file = OpenOptions::new().append(true).open(path).map_err(io)?;
        if let Some(torn) = &record.torn {
            // Kept first, cut off then: a kill between the two loses nothing.
            let aside = path.with_extension("torn");
            let mut aside =
                OpenOptions::new().append(true).create(true).open(aside).map_err(io)?;
            aside.write_all(format!("{torn}\n").as_bytes()).map_err(io)?;
            aside.sync_data().map_err(io)?;
            file.set_len(len).map_err(io)?;
            file.sync_data().map_err(io)?;
        }
        Ok((Self { path: path.to_owned(), file, len, lock }, record))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes an event, and comes back when it is on the disk.
    ///
    /// # Errors
    ///
    /// If somebody else wrote meanwhile, or it cannot be written; then it is not in the file.
    pub fn append(&mut self, event: &Event) -> Result<(), LogError> {
        self.append_text(&line(event))
    }

    /// Writes a new base: what was aligned anew, of which files, and what the decisions became.
    /// It is one line, so that a kill leaves either all of it or nothing.
    ///
    /// # Errors
    ///
    /// As for [`append`](Self::append).
    pub fn append_base(
        &mut self,
        head: &Head,
        base: &Base,
        carried: &Carried,
    ) -> Result<(), LogError> {
        self.append_text(&line(&BaseLine {
            base: base.clone(),
            head: Some(head.clone()),
            carried: Some(carried.clone()),
        }))
    }

    fn append_text(&mut self, text: &str) -> Result<(), LogError> {
        let io = |source| LogError::Io { path: self.path.clone(), source };
        // The file of that name, not the one that is open: it may have been put in its place.
        let len = fs::metadata(&self.path).map_err(io)?.len();
        if len != self.len {
            return Err(LogError::Changed { path: self.path.clone() });
        }
        let written = self.file.write_all(text.as_bytes());
        if let Err(source) = written.and_then(|()| self.file.sync_data()) {
            // Half a line would be taken for a torn one; that this fails too changes nothing.
            let _ = self.file.set_len(self.len);
            return Err(LogError::Io { path: self.path.clone(), source });
        }
        self.len += text.len() as u64;
        Ok(())
    }

    /// All that stands in the file.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn text(&self) -> Result<Vec<u8>, LogError> {
        let io = |source| LogError::Io { path: self.path.clone(), source };
        fs::read(&self.path).map_err(io)
    }

    /// Tells whoever finds the log locked where its page is.
    ///
    /// # Errors
    ///
    /// If the lock file cannot be written.
    pub fn tell_address(&mut self, address: &str) -> Result<(), LogError> {
        let written = self.lock.set_len(0).and_then(|()| {
            use std::io::Seek as _;
            self.lock.rewind()?;
            self.lock.write_all(address.as_bytes())
        });
        written.map_err(|source| LogError::Io { path: lock_path(&self.path), source })
    }
}

/// Reads a log without touching it.
///
/// # Errors
///
/// If it cannot be read, or a line but the last is damaged.
pub fn read(path: &Path) -> Result<Record, LogError> {
    read_all(path).map(|(record, _)| record)
}

/// Reads a log up to an event, whatever follows it.
///
/// # Errors
///
/// If it cannot be read, or is damaged before that event.
pub fn read_until(path: &Path, last: usize) -> Result<Record, LogError> {
    let text = text(path)?;
    parse(path, &text, Some(last)).map(|(record, _)| record)
}

fn read_all(path: &Path) -> Result<(Record, u64), LogError> {
    let text = text(path)?;
    let (record, len) = parse(path, &text, None)?;
    Ok((record, len as u64))
}

fn text(path: &Path) -> Result<Vec<u8>, LogError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .map_err(|source| LogError::Io { path: path.to_owned(), source })?;
    Ok(bytes)
}

/// What the lines say, and up to which byte they are sound.
fn parse(
    path: &Path,
    bytes: &[u8],
    last: Option<usize>,
) -> Result<(Record, usize), LogError> {
    let problem = |line: usize, problem: String| LogError::Line {
        path: path.to_owned(),
        line,
        problem,
    };
    let mut head: Option<Head> = None;
    let mut base = None;
    let (mut events, mut n_before_base, mut torn) = (Vec::<Event>::new(), 0, None);
    let mut carried = None;
    let mut at = 0;
    for (number, raw) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        if last.is_some_and(|last| events.len() == last) && base.is_some() {
            break;
        }
        let is_last = at + raw.len() == bytes.len();
        let parsed =
            raw.strip_suffix(b"\n").ok_or_else(|| "the line has no end".to_owned());
        let parsed = parsed.and_then(|raw| match (&head, &base) {
            (None, _) => json::<Head>(raw).map(|head| Line::Head(Box::new(head))),
            (_, None) => json::<BaseLine>(raw).map(|line| Line::Base(Box::new(line))),
            _ if raw.starts_with(b"{\"base\":") => {
                json::<BaseLine>(raw).map(|line| Line::Base(Box::new(line)))
            }
            _ => json::<Event>(raw).map(|event| Line::Event(Box::new(event))),
        });
        match parsed {
            Ok(Line::Head(found)) if found.review != VERSION => {
                return Err(LogError::Version {
                    path: path.to_owned(),
                    found: found.review,
                });
            }
            Ok(Line::Head(found)) => head = Some(*found),
            Ok(Line::Base(found)) => {
                let BaseLine { base: new, head: of, carried: became } = *found;
                head = of.or(head);
                (base, carried, n_before_base) = (Some(new), became, events.len());
            }
            Ok(Line::Event(event)) if event.n == events.len() + 1 => events.push(*event),
            Ok(Line::Event(event)) => {
                let awaited = events.len() + 1;
                let text = format!("is event {}, where {awaited} should follow", event.n);
                return Err(problem(number, text));
            }
            Err(_) if is_last && base.is_some() => {
                torn = Some(String::from_utf8_lossy(raw).trim_end().to_owned());
                break;
            }
            Err(text) => return Err(problem(number, text)),
        }
        at += raw.len();
    }
    match (head, base) {
        (Some(head), Some(base)) => {
            Ok((Record { head, base, n_before_base, carried, events, torn }, at))
        }
        _ => Err(problem(1, "holds no review".to_owned())),
    }
}

enum Line {
    Head(Box<Head>),
    Base(Box<BaseLine>),
    Event(Box<Event>),
}

#[derive(Serialize, Deserialize)]
struct BaseLine {
    base: Base,
    /// Of a later base: what it was made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    head: Option<Head>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    carried: Option<Carried>,
}

fn json<'a, T: Deserialize<'a>>(line: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(line).map_err(|error| error.to_string())
}

fn line(value: &impl Serialize) -> String {
    let mut line =
        serde_json::to_string(value).expect("lists, names and numbers are JSON");
    line.push('\n');
    line
}

fn lock_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".jsonl").unwrap_or(&name);
    path.with_file_name(format!(".{name}.lock"))
}

/// The lock of a log. Where the system knows no locks it is not held, and the length of the
/// file must do.
fn lock(path: &Path) -> Result<File, LogError> {
    let at = lock_path(path);
    let io = |source| LogError::Io { path: at.clone(), source };
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let mut file = options.open(&at).map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let mut address = String::new();
            // Whether it can be told only makes the message better.
            let _ = file.read_to_string(&mut address);
            let address = address.trim().to_owned();
            Err(LogError::Busy { path: path.to_owned(), address })
        }
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
            Ok(file)
        }
        Err(TryLockError::Error(source)) => Err(io(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::event::{Change, FindingChange, FindingState};

    fn head() -> Head {
        Head {
            review: VERSION,
            by: "align".into(),
            at: "2026-11-27T16:40:02Z".into(),
            zh: FileMark::default(),
            en: FileMark::default(),
            level: "paragraph".into(),
        }
    }

    fn base() -> Base {
        let segment = |text: &str| BaseSegment {
            kind: "paragraph".into(),
            lines: (1, 1),
            text: text.into(),
            ..BaseSegment::default()
        };
        Base {
            zh: vec![segment("雨停了。")],
            en: vec![segment("The rain stopped.")],
            beads: vec![(1, 1, 0.9)],
            links: Vec::new(),
        }
    }

    fn event(n: usize) -> Event {
        let finding = FindingChange {
            id: format!("f{n}"),
            was: FindingState::Open,
            now: FindingState::Accepted,
        };
        Event {
            n,
            at: String::new(),
            who: "王".into(),
            op: "accept".into(),
            of: None,
            written: None,
            change: Change { findings: vec![finding], ..Change::default() },
        }
    }

    #[test]
    fn what_was_appended_is_there_when_it_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.review.jsonl");
        let mut log = Log::create(&path, &head(), &base()).unwrap();
        log.append(&event(1)).unwrap();
        drop(log);
        let (mut log, record) = Log::open(&path).unwrap();
        assert_eq!((record.base, record.events), (base(), vec![event(1)]));
        log.append(&event(2)).unwrap();
        assert_eq!(read(&path).unwrap().events.len(), 2);
        assert_eq!(read_until(&path, 1).unwrap().events.len(), 1);
    }

    #[test]
    fn a_log_that_is_open_is_told_with_its_address() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.review.jsonl");
        let mut log = Log::create(&path, &head(), &base()).unwrap();
        log.tell_address("http://127.0.0.1:4711/").unwrap();
        let Err(LogError::Busy { address, .. }) = Log::open(&path) else { panic!() };
        assert_eq!(address, "http://127.0.0.1:4711/");
    }

    #[test]
    fn somebody_elses_line_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.review.jsonl");
        let mut log = Log::create(&path, &head(), &base()).unwrap();
        let mut other = OpenOptions::new().append(true).open(&path).unwrap();
        other.write_all(line(&event(1)).as_bytes()).unwrap();
        assert!(matches!(log.append(&event(1)), Err(LogError::Changed { .. })));
        assert_eq!(read(&path).unwrap().events.len(), 1);
    }

    #[test]
    fn cut_anywhere_in_its_last_two_lines_it_loses_at_most_what_was_not_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.review.jsonl");
        let mut log = Log::create(&path, &head(), &base()).unwrap();
        let first = fs::read(&path).unwrap().len();
        log.append(&event(1)).unwrap();
        let second = fs::read(&path).unwrap().len();
        log.append(&event(2)).unwrap();
        drop(log);
        let whole = fs::read(&path).unwrap();
        for len in first..whole.len() {
            fs::write(&path, &whole[..len]).unwrap();
            let (mut log, record) = Log::open(&path).unwrap();
            let n_whole = usize::from(len >= second);
            assert_eq!(record.events.len(), n_whole, "cut at {len}");
            assert_eq!(
                record.torn.is_some(),
                len != first && len != second,
                "cut at {len}"
            );
            log.append(&event(n_whole + 1)).unwrap();
            drop(log);
            assert_eq!(read(&path).unwrap().events.len(), n_whole + 1);
        }
        assert!(path.with_extension("torn").exists());
    }

    #[test]
    fn damage_further_up_is_refused_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.review.jsonl");
        let mut log = Log::create(&path, &head(), &base()).unwrap();
        log.append(&event(1)).unwrap();
        log.append(&event(2)).unwrap();
        drop(log);
        let text = fs::read_to_string(&path).unwrap().replacen("\"n\":1", "\"n\":x", 1);
        fs::write(&path, &text).unwrap();
        let Err(LogError::Line { line, .. }) = Log::open(&path) else { panic!() };
        assert_eq!(line, 3);
        assert_eq!(read_until(&path, 0).unwrap().events, []);
        // A line that was lost is damage too.
        let lost: Vec<&str> = text.lines().filter(|l| !l.contains("\"n\":x")).collect();
        fs::write(&path, lost.join("\n") + "\n").unwrap();
        assert!(matches!(Log::open(&path), Err(LogError::Line { line: 3, .. })));
    }

    #[test]
    fn a_log_of_a_later_program_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.review.jsonl");
        let later = Head { review: VERSION + 1, ..head() };
        drop(Log::create(&path, &later, &base()).unwrap());
        assert!(matches!(Log::open(&path), Err(LogError::Version { .. })));
    }
}
