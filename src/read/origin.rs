//! Where the bytes of an input come from.

use std::borrow::Cow;
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
