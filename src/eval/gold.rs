use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::align::Passage;
use crate::types::{Kind, Pair};

/// A ladder made by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gold {
    /// The segments of each bead, Chinese and English. Unlike a [`Ladder`](crate::types::Ladder)
    /// it may have holes.
    pub beads: Vec<(Vec<usize>, Vec<usize>)>,
}

/// Why a gold ladder cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GoldError {
    /// A line is not `[1, 2]:[3]`.
    #[error("line {line}: {text:?} is no bead")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What it says.
        text: String,
    },
    /// A file cannot be read.
    #[error("{}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of a folder is no gold.
    #[error("{}", path.display())]
    Ladder {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<GoldError>,
    },
}

impl Gold {
    /// Reads lines of the form `[zh segments]:[en segments]`, counted from 0; what follows a
    /// second colon is left aside.
    ///
    /// # Errors
    ///
    /// Names the first line that is no bead.
    pub fn parse(text: &str) -> Result<Self, GoldError> {
        let mut beads = Vec::new();
        for (at, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let mut sides = line.trim().split(':').map(segments);
            match (sides.next().flatten(), sides.next().flatten()) {
                (Some(zh), Some(en)) => beads.push((zh, en)),
                _ => {
                    return Err(GoldError::Malformed {
                        line: at + 1,
                        text: line.to_owned(),
                    });
                }
            }
        }
        Ok(Gold { beads })
    }
}

fn segments(side: &str) -> Option<Vec<usize>> {
    let inner = side.trim().strip_prefix('[')?.strip_suffix(']')?;
    inner
        .split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect()
}

/// A pair of texts, one segment a line, with its gold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldDocument {
    /// Its name.
    pub name: String,
    /// The lines of each side.
    pub lines: Pair<Vec<String>>,
    /// The ladder.
    pub gold: Gold,
}

impl GoldDocument {
    /// Its lines as the aligner takes them.
    pub fn passages(&self) -> Pair<Vec<Passage<'_>>> {
        let passage = |text| Passage {
            text,
            tokens: Vec::new(),
            mentions: Vec::new(),
            label: None,
            parents: Vec::new(),
            kind: Kind::Paragraph,
            soft: false,
        };
        self.lines
            .as_ref()
            .map(|lines| lines.iter().map(|line| passage(line.as_str())).collect())
    }
}

/// Reads all documents with gold of several folders, each named after its folder: `mac/001`.
///
/// # Errors
///
/// Those of [`load_folder`].
pub fn load_folders(
    folders: impl IntoIterator<Item = impl AsRef<Path>>,
) -> Result<Vec<GoldDocument>, GoldError> {
    let mut all = Vec::new();
    for folder in folders {
        let folder = folder.as_ref();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut documents = load_folder(folder)?;
        for document in &mut documents {
            document.name = format!("{name}/{}", document.name);
        }
        all.extend(documents);
    }
    Ok(all)
}

/// Reads all documents with gold of a folder, sorted by name.
///
/// # Errors
///
/// If a file cannot be read or a ladder is malformed.
pub fn load_folder(folder: &Path) -> Result<Vec<GoldDocument>, GoldError> {
    let single = folder.join("gold.ladder");
    if single.is_file() {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let paths = (folder.join("zh.txt"), folder.join("en.txt"));
        return Ok(vec![load(name, &paths.0, &paths.1, &single)?]);
    }
    let gold = folder.join("gold");
    let unreadable = |source| GoldError::Unreadable { path: gold.clone(), source };
    let mut ladders = Vec::new();
    for entry in fs::read_dir(&gold).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "ladder") {
            ladders.push(path);
        }
    }
    ladders.sort();
    ladders
        .iter()
        .map(|ladder| {
            let stem = ladder.file_stem().unwrap_or_default().to_string_lossy();
            let file = |side: &str| folder.join(side).join(format!("{stem}.txt"));
            load(stem.clone().into_owned(), &file("zh"), &file("en"), ladder)
        })
        .collect()
}

fn load(
    name: String,
    zh: &Path,
    en: &Path,
    gold: &Path,
) -> Result<GoldDocument, GoldError> {
    let read = |path: &Path| {
        fs::read_to_string(path)
            .map_err(|source| GoldError::Unreadable { path: path.to_owned(), source })
    };
    let lines = |path: &Path| Ok(read(path)?.lines().map(str::to_owned).collect());
    let ladder = Gold::parse(&read(gold)?)
        .map_err(|e| GoldError::Ladder { path: gold.to_owned(), source: Box::new(e) })?;
    Ok(GoldDocument { name, lines: Pair::new(lines(zh)?, lines(en)?), gold: ladder })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ladder_is_read_with_its_empty_sides() {
        let gold = Gold::parse("[0, 1]:[0]\n\n[]:[1,2]:0.5\n").expect("well formed");
        assert_eq!(gold.beads, [(vec![0, 1], vec![0]), (vec![], vec![1, 2])]);
    }

    #[test]
    fn the_malformed_line_is_named() {
        let error =
            Gold::parse("[0]:[0]\n0 0\n").expect_err("the second line is no bead");
        assert_eq!(error.to_string(), "line 2: \"0 0\" is no bead");
    }
}
