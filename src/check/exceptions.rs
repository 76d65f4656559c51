//! What a reviser has seen and accepted.
//!
//! ```text
//! # fingerprint,kind,zh place,en place,what
//! 5f0c2a7b91d4e633,number,zh.txt:87,en.txt:85,"17 in the Chinese, 71 in the English"
//! ```
//!
//! The first cell of a line counts, the rest is for people. Lines may be deleted, moved and
//! gathered from several files; what follows `#` is a remark.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::finding::Finding;

/// Why a file of exceptions could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExceptionsError {
    /// The file could not be opened or read, or is not UTF-8.
    #[error("{}: cannot be read: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line that does not begin with a fingerprint.
    #[error("{}:{line}: \"{found}\" is no fingerprint of a finding", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
}

/// The findings that were accepted, by their fingerprints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exceptions {
    fingerprints: BTreeSet<String>,
}

impl Exceptions {
    /// Reads a file of exceptions.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or a line begins with something else than a fingerprint.
    pub fn load(path: &Path) -> Result<Self, ExceptionsError> {
        let text = crate::read::whole(path)
            .and_then(|bytes| String::from_utf8(bytes).map_err(std::io::Error::other))
            .map_err(|source| ExceptionsError::Io { path: path.to_owned(), source })?;
        Self::parse(&text).map_err(|(line, found)| ExceptionsError::Line {
            path: path.to_owned(),
            line,
            found,
        })
    }

    /// Reads exceptions; fails with the number of a bad line and what it begins with.
    fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut fingerprints = BTreeSet::new();
        for (n, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
            let cell = line.split([',', ';', '\t', ' ']).next().unwrap_or_default();
            let cell = cell.trim().trim_matches('"');
            if cell.is_empty() || cell.starts_with('#') || cell == "fingerprint" {
                continue;
            }
            let hash = cell.split('-').next().unwrap_or_default();
            if hash.len() != 16 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err((n + 1, cell.chars().take(40).collect()));
            }
            fingerprints.insert(cell.to_owned());
        }
        Ok(Self { fingerprints })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.fingerprints.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.fingerprints.is_empty()
    }

    /// Takes the accepted ones out of the findings and tells how many they were.
    pub fn apply(&self, findings: &mut Vec<Finding>) -> usize {
        let before = findings.len();
        findings.retain(|finding| !self.fingerprints.contains(&finding.fingerprint));
        before - findings.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_cell_counts_and_remarks_do_not() {
        let text = "fingerprint,kind\n# seen by Li\n00000000000000aa,number,\"a, b\"\n\n\
                    00000000000000ab-2\n";
        assert_eq!(Exceptions::parse(text).map(|exceptions| exceptions.len()), Ok(2));
    }

    #[test]
    fn a_line_of_something_else_is_named() {
        let text = "00000000000000aa\nall numbers\n";
        assert_eq!(Exceptions::parse(text), Err((2, "all".to_owned())));
    }
}
