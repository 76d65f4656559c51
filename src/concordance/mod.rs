//! Where words stand in memories: each place with what stands around it and with the other
//! language.
//!
//! Comes in: translation memories (`.tmx`), units of ours (`.jsonl`), folders of both. Goes
//! out: hits in the order of the files and of their units.
//!
//! ```text
//! law.tmx ─read─▶ units ─index─▶ cache/9f3c….units       folded texts, then the texts
//!                                     │
//!              税则 ─fold─▶ 税则 ─scan─┘─▶ unit 12, bytes 6..12 of its Chinese
//! ```
//!
//! A text is compared [folded](crate::text::fold) and in simplified characters, so that 稅則
//! is found by 税则 and *Tariff* by *tariff*; a Latin word is found from its beginning on. A
//! memory is read once: its units are kept, folded, in a cache, by the name of the file, its
//! size and the moment of its last change. The second search reads no XML. A cache that is
//! damaged, or of another file, is made anew; where none can be written, each search reads
//! the memory.

mod error;
mod folded;
mod index;
mod memory;

use std::path::{Path, PathBuf};

use regex::Regex;

pub use self::error::SearchError;
use self::folded::{folded, is_word_start};
use self::index::Index;
use crate::lexicon::Seed;
use crate::text::Span;
use crate::text::fold::fold_chars;
use crate::types::{Pair, Side};

/// What is looked for.
#[derive(Clone, Debug)]
pub enum Query {
    /// Words, compared folded and in simplified characters.
    Words(String),
    /// A pattern, matched against the texts as they stand.
    Pattern(Regex),
}

/// A unit in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The file.
    pub path: PathBuf,
    /// What the file calls the unit; empty where it has no name.
    pub name: String,
    /// Which unit of the file, from 1.
    pub number: usize,
    /// Both texts.
    pub text: Pair<String>,
    /// Where it stands in each of them.
    pub places: Pair<Vec<Span>>,
}

/// The memories of these files and folders, in order; of a folder all below it, by name.
///
/// # Errors
///
/// When one cannot be read, or a folder has none.
pub fn memories(paths: &[PathBuf]) -> Result<Vec<PathBuf>, SearchError> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let before = found.len();
        collect(path, 0, &mut found)?;
        if found.len() == before {
            return Err(SearchError::Empty { path: path.clone() });
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|path| seen.insert(path.clone()));
    Ok(found)
}

/// How deep folders may lie in one another; links may go in circles.
const DEEPEST: usize = 20;

fn collect(
    folder: &Path,
    depth: usize,
    found: &mut Vec<PathBuf>,
) -> Result<(), SearchError> {
    let error = |source| SearchError::Io { path: folder.to_owned(), source };
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(error)? {
        entries.push(entry.map_err(error)?.path());
    }
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() && depth < DEEPEST {
            collect(&path, depth + 1, found)?;
        } else if memory::is_memory(&path) {
            // The units of an output stand in its memory too.
            let is_twin = path.extension().is_some_and(|ending| ending == "jsonl")
                && path.with_extension("tmx").is_file();
            if !is_twin {
                found.push(path);
            }
        }
    }
    Ok(())
}

/// Looks for something in a memory; `cache` is the folder for what is kept of memories, if
/// there is one. Of more than `limit` hits the first.
///
/// # Errors
///
/// When the memory cannot be read.
pub fn search(
    path: &Path,
    query: &Query,
    limit: usize,
    cache: Option<&Path>,
    seed: &Seed,
) -> Result<Vec<Hit>, SearchError> {
    let index = Index::open(path, cache, seed)?;
    let query = &match query {
        Query::Words(words) => Query::Words(folded(words, seed)),
        Query::Pattern(pattern) => Query::Pattern(pattern.clone()),
    };
    let units = match query {
        Query::Words(words) => index.units_with(words),
        Query::Pattern(pattern) => index.units_like(pattern),
    };
    let mut hits = Vec::new();
    for number in units {
        if hits.len() == limit {
            break;
        }
        let (name, text) = index.unit(number);
        let places = text.as_ref().map(|text| places(text, query, seed));
        if places.zh.is_empty() && places.en.is_empty() {
            continue;
        }
        let path = path.to_owned();
        hits.push(Hit { path, name, number: number + 1, text, places });
    }
    Ok(hits)
}

/// Where it stands in a text; the words of a query are folded already.
fn places(text: &str, query: &Query, seed: &Seed) -> Vec<Span> {
    let words = match query {
        Query::Pattern(pattern) => {
            let found = pattern.find_iter(text).filter(|found| !found.is_empty());
            return found.map(|found| Span::new(found.start(), found.end())).collect();
        }
        Query::Words(words) => words.as_str(),
    };
    if words.is_empty() {
        return Vec::new();
    }
    // Each byte of the folded text with the span of the character that it came from.
    let (mut plain, mut spans) = (String::new(), Vec::new());
    for (c, span) in fold_chars(text) {
        let c = if c.is_whitespace() { ' ' } else { seed.simplify(c) };
        plain.push(c);
        spans.resize(plain.len(), span);
    }
    let starts = plain.match_indices(words).map(|(at, _)| at);
    starts
        .filter(|&at| is_word_start(plain.as_bytes(), at))
        .map(|at| Span::new(spans[at].start, spans[at + words.len() - 1].end))
        .collect()
}

impl Hit {
    /// The side on which it stands; the Chinese where it stands on both.
    pub fn side(&self) -> Side {
        if self.places.zh.is_empty() { Side::En } else { Side::Zh }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMORY: &str = r#"<?xml version="1.0"?><tmx version="1.4"><header srclang="zh-TW"/><body>
        <tu tuid="a:1"><tuv xml:lang="zh-TW"><seg>關稅稅則由港務局公布。</seg></tuv>
        <tuv xml:lang="en-US"><seg>The <hi>Tariff</hi> is published by the port authority &amp; others.</seg></tuv></tu>
        <tu><tuv xml:lang="zh-TW"><seg>引航費</seg></tuv><tuv xml:lang="en-US"><seg>Pilotage; no tariffs</seg></tuv></tu>
        </body></tmx>"#;

    fn found(query: &Query) -> Vec<(usize, Vec<String>)> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("port.tmx");
        std::fs::write(&path, MEMORY).unwrap();
        let cache = dir.path().join("cache");
        let seen = |cache: Option<&Path>| {
            let hits = search(&path, query, 10, cache, Seed::shipped()).unwrap();
            let words = |hit: &Hit| {
                let of = |side: Side| {
                    let places = hit.places.get(side).iter();
                    places.map(move |at| at.of(hit.text.get(side)).to_owned())
                };
                of(Side::Zh).chain(of(Side::En)).collect()
            };
            hits.iter().map(|hit| (hit.number, words(hit))).collect::<Vec<_>>()
        };
        let first = seen(Some(&cache));
        assert_eq!(seen(Some(&cache)), first);
        assert_eq!(seen(None), first);
        // What is damaged is made anew.
        for file in std::fs::read_dir(&cache).unwrap() {
            let file = file.unwrap().path();
            let mut bytes = std::fs::read(&file).unwrap();
            bytes.truncate(bytes.len() / 2);
            std::fs::write(&file, bytes).unwrap();
        }
        assert_eq!(seen(Some(&cache)), first);
        first
    }

    fn words(text: &str) -> Query {
        Query::Words(text.into())
    }

    #[test]
    fn both_scripts_and_both_cases_are_one() {
        assert_eq!(found(&words("税则")), [(1, vec!["稅則".to_owned()])]);
        assert_eq!(
            found(&words("TARIFF")),
            [(1, vec!["Tariff".to_owned()]), (2, vec!["tariff".to_owned()])]
        );
        assert_eq!(found(&words("authority & others")).len(), 1);
        assert_eq!(found(&words("ariff")), []);
    }

    #[test]
    fn a_pattern_is_matched_as_the_texts_stand() {
        let pattern = Query::Pattern(Regex::new("引.費|T[a-z]+f\\b").unwrap());
        assert_eq!(
            found(&pattern),
            [(1, vec!["Tariff".to_owned()]), (2, vec!["引航費".to_owned()])]
        );
    }

    #[test]
    fn a_memory_that_changed_is_read_anew() {
        let dir = tempfile::tempdir().unwrap();
        let (path, cache) = (dir.path().join("a.tmx"), dir.path().join("cache"));
        for (text, n) in [(MEMORY, 1), (&*MEMORY.replace("引航", "拖輪"), 0)] {
            std::fs::write(&path, text).unwrap();
            let hits =
                search(&path, &words("引航"), 9, Some(&cache), Seed::shipped()).unwrap();
            assert_eq!(hits.len(), n);
        }
    }

    #[test]
    fn what_is_no_memory_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.tmx");
        std::fs::write(&path, "<tmx><body><tu>").unwrap();
        let error = search(&path, &words("a"), 9, None, Seed::shipped()).unwrap_err();
        assert!(matches!(error, SearchError::Unreadable { .. }));
        let none =
            memories(&[dir.path().join("none.tmx"), dir.path().to_owned()]).unwrap();
        assert_eq!(none.len(), 2);
        std::fs::remove_file(&path).unwrap();
        assert!(memories(&[dir.path().to_owned()]).is_err());
    }
}
