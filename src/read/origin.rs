//! Where the bytes of an input come from.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::{ReadError, file};

/// Where the bytes of an input come from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// A file.
    File(&'a Path),
    /// Bytes that somebody read already, from the standard input or a network.
    Held {
        /// What they are called in outputs and messages; its ending tells the format as that
        /// of a file does.
        name: &'a str,
        /// The bytes.
        bytes: &'a [u8],
    },
}

impl<'a> Origin<'a> {
    /// The path of the file, or what stands for it.
    pub(super) fn path(self) -> &'a Path {
        match self {
            Origin::File(path) => path,
            Origin::Held { name, .. } => Path::new(name),
        }
    }

    /// Has it more bytes than that? Not so what is no file, or larger than any text:
    /// [`bytes`](Self::bytes) tells what is wrong with that.
    pub(super) fn is_larger_than(self, limit: u64) -> bool {
        self.len().is_some_and(|len| len > limit && len <= file::LARGEST)
    }

    /// How many bytes it has; `None` of what is no file.
    pub(super) fn len(self) -> Option<u64> {
        match self {
            Origin::Held { bytes, .. } => Some(bytes.len() as u64),
            Origin::File(path) => {
                let found = fs::metadata(path).ok().filter(fs::Metadata::is_file);
                found.map(|found| found.len())
            }
        }
    }

    /// The bytes from the first on, which need not be held.
    pub(super) fn open(self) -> io::Result<Box<dyn Read + 'a>> {
        Ok(match self {
            Origin::Held { bytes, .. } => Box::new(bytes),
            Origin::File(path) => Box::new(File::open(path)?.take(file::LARGEST)),
        })
    }

    /// The first bytes, at most so many.
    pub(super) fn head(self, n_bytes: usize) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.open()?.take(n_bytes as u64).read_to_end(&mut head)?;
        Ok(head)
    }

    pub(super) fn bytes(self) -> Result<Cow<'a, [u8]>, ReadError> {
        let path = match self {
            Origin::File(path) => path,
            Origin::Held { bytes, .. } => return Ok(Cow::Borrowed(bytes)),
        };
        file::whole(path).map(Cow::Owned).map_err(|source| {
            let path = path.to_owned();
            match source.kind() {
                io::ErrorKind::IsADirectory => ReadError::Folder { path },
                io::ErrorKind::InvalidInput => ReadError::NoFile { path },
                io::ErrorKind::FileTooLarge => {
                    ReadError::TooLarge { path, limit: file::LARGEST }
                }
                _ => ReadError::Io { path, source },
            }
        })
    }
}

/// All bytes of a stream that is called so, as [`Origin::Held`] wants them.
///
/// # Errors
///
/// When it cannot be read, or holds more than any text.
pub fn drain(name: &str, stream: impl Read) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let read = stream.take(file::LARGEST + 1).read_to_end(&mut bytes);
    match read {
        Ok(len) if len as u64 > file::LARGEST => {
            Err(ReadError::TooLarge { path: name.into(), limit: file::LARGEST })
        }
        Ok(_) => Ok(bytes),
        Err(source) => Err(ReadError::Io { path: name.into(), source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_held_are_read_as_a_file_is() {
        let bytes = drain("stdin", "大会".as_bytes()).unwrap();
        let origin = Origin::Held { name: "stdin", bytes: &bytes };
        assert_eq!(*origin.bytes().unwrap(), *"大会".as_bytes());
        assert_eq!(origin.path(), Path::new("stdin"));
    }
}
