//! The parts of a zip container, none of them larger than a document can be.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{FileKind, Problem};

/// The most that a part may unpack to, in bytes: the text of ten thousand pages, and little
/// enough that its tree fits the memory of a small machine.
const LARGEST_PART: u64 = 48 << 20;

/// The most that all parts that are read may unpack to together, in bytes.
const LARGEST: u64 = 256 << 20;

/// How many times larger than it is packed a part may be, where it is a large one: markup
/// packs to a twentieth, and the format allows a thousandth.
const MOST_UNPACKED: u64 = 100;

/// A part that unpacks to no more, in bytes, is read however small it was packed.
const SMALL_PART: u64 = 8 << 20;

/// The most parts of a container: no book has this many chapters and pictures, a bomb has.
const MOST_PARTS: usize = 20_000;

/// A zip container whose parts are read by name.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Reads the list of parts.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(problem)?;
        if zip.len() > MOST_PARTS {
            return Err(Problem::TooMany { what: "parts", limit: MOST_PARTS });
        }
        Ok(Self { zip, left: LARGEST })
    }

    /// What the container holds, if that is of a kind that is not read as a document.
    pub(super) fn unread(&self) -> Option<FileKind> {
        if self.holds("EncryptedPackage") {
            Some(FileKind::OldOffice)
        } else if self.holds("xl/") && !self.holds("word/") {
            Some(FileKind::Workbook)
        } else {
            None
        }
    }

    /// Has it a part of that name, or one in that folder, `word/`?
    pub(super) fn holds(&self, part: &str) -> bool {
        let mut names = self.zip.file_names().flatten();
        match part.ends_with('/') {
            true => names.any(|name| name.starts_with(part)),
            false => self.zip.index_for_name(part).is_some(),
        }
    }

    /// The bytes of a part; `None` where there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let name = name.trim_start_matches('/');
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(problem(error)),
        };
        if file.encrypted() {
            return Err(Problem::Locked);
        }
        let by_size =
            file.compressed_size().saturating_mul(MOST_UNPACKED).max(SMALL_PART);
        let largest = LARGEST_PART.min(self.left);
        let limit = largest.min(by_size);
        // What is told is the limit that it breaks by what it says of itself.
        let broken = if file.size() > largest { largest } else { limit };
        let mut bytes = Vec::new();
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| Problem::damaged(format!("{name}: {error}")))?;
        let len = bytes.len() as u64;
        if len > limit {
            return Err(Problem::TooLarge { limit: broken });
        }
        self.left -= len;
        Ok(Some(bytes))
    }

    /// The names of the parts that begin so, sorted.
    pub(super) fn names(&self, start: &str) -> Vec<String> {
        let start = start.trim_start_matches('/');
        let names = self.zip.file_names().flatten().map(std::borrow::Cow::into_owned);
        let mut names: Vec<String> =
            names.filter(|name| name.starts_with(start)).collect();
        names.sort_unstable();
        names
    }

    /// Unpacks all parts of such names, to learn that none of them is a bomb.
    pub(super) fn check(&mut self, start: &str, end: &str) -> Result<(), Problem> {
        let names: Vec<String> = self
            .zip
            .file_names()
            .flatten()
            .filter(|name| name.starts_with(start) && name.ends_with(end))
            .map(std::borrow::Cow::into_owned)
            .collect();
        for name in names {
            self.part(&name)?;
        }
        Ok(())
    }

    /// The bytes of a part that the format demands.
    pub(super) fn needed(&mut self, name: &str) -> Result<Vec<u8>, Problem> {
        self.part(name)?.ok_or_else(|| Problem::damaged(format!("it has no {name}")))
    }
}

fn problem(error: ZipError) -> Problem {
    match error {
        ZipError::UnsupportedArchive(what)
            if what.to_lowercase().contains("password") =>
        {
            Problem::Locked
        }
        ZipError::InvalidPassword => Problem::Locked,
        ZipError::InvalidArchive(_) | ZipError::Io(_) => {
            Problem::damaged("the archive has no list of its parts; was it cut off?")
        }
        other => Problem::damaged(other.to_string()),
    }
}

/// The name of a part that is named from a folder: `../media/a.xml`, `/ppt/a.xml`.
pub(super) fn joined(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A container of these parts.
    pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_by_name() {
        let bytes = zipped(&[("word/document.xml", b"<a/>"), ("b.txt", b"b")]);
        let mut archive = Archive::open(&bytes).unwrap();
        assert!(
            archive.holds("word/") && archive.holds("b.txt") && !archive.holds("xl/")
        );
        assert_eq!(archive.unread(), None);
        assert_eq!(archive.part("b.txt").unwrap().unwrap(), b"b");
        assert_eq!(archive.part("c.txt").unwrap(), None);
    }

    #[test]
    fn a_cut_archive_is_damaged() {
        let bytes = zipped(&[("word/document.xml", b"<a/>")]);
        let cut = &bytes[..bytes.len() / 2];
        assert!(matches!(Archive::open(cut), Err(Problem::Damaged(_))));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = vec![b' '; LARGEST_PART as usize + 2];
        let bytes = zipped(&[("word/document.xml", &zeros)]);
        assert!(bytes.len() < 1 << 20);
        let mut archive = Archive::open(&bytes).unwrap();
        let part = archive.part("word/document.xml");
        assert_eq!(part, Err(Problem::TooLarge { limit: LARGEST_PART }));
    }

    #[test]
    fn parts_are_named_from_the_folder_of_a_part() {
        for (folder, target, part) in [
            ("ppt", "slides/slide1.xml", "ppt/slides/slide1.xml"),
            ("ppt/slides", "../notesSlides/n.xml", "ppt/notesSlides/n.xml"),
            ("ppt/slides", "/ppt/media/a.xml", "ppt/media/a.xml"),
            ("", "ppt/presentation.xml", "ppt/presentation.xml"),
            ("ppt", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(joined(folder, target), part);
        }
    }
}
