//! Many pairs: which files belong together, the work on several threads, what is kept.
//!
//! ```text
//! folder ─plan─▶ pairs ─run─▶ outputs and a record each ─records─▶ units of all ─terms─▶ glossary
//! ```
//!
//! [`plan`] looks at names, and only where they say nothing at the texts. [`run`] does any work
//! of many parts, one part a thread at a time, so that no more bitexts are in memory than
//! there are threads. [`Records`] says what was done before and keeps the units of each pair on the disk, from which [`terms`] mines
//! what recurs across documents. Nothing depends on the number of threads, or on the order in
//! which the system lists the files. What a pair's work is, and what is told of it, is the
//! caller's.

mod marks;
mod pairing;
mod queue;
mod record;
mod together;
mod walk;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub use pairing::{Candidate, Match, Matches, pair_up};
pub use queue::{Panicked, run};
pub use record::{Record, Records, Standing, key};
pub use together::terms;

use crate::export::listed;
use crate::read::{Language, ReadError, language_of, read};
use crate::text::fold::fold;
use crate::types::{Pair, Side};

/// Where the files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roots {
    /// All in one folder and those below it.
    One(PathBuf),
    /// The Chinese in one, the English in another.
    Two(Pair<PathBuf>),
}

impl Roots {
    /// The folder that was named first.
    pub fn first(&self) -> &Path {
        match self {
            Roots::One(root) | Roots::Two(Pair { zh: root, .. }) => root,
        }
    }
}

/// A pair to be aligned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPair {
    /// What its outputs are called: no other pair's name, not even in other capitals; with
    /// `/` between folders.
    pub name: String,
    /// The two files.
    pub files: Pair<PathBuf>,
    /// The two files, from the folder that was given.
    pub shown: Pair<PathBuf>,
}

/// What is to be done with a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The pairs, by the path of the Chinese file.
    pub pairs: Vec<PlannedPair>,
    /// Files whose names fit one another in more than one way, group by group.
    pub ambiguous: Vec<Vec<PathBuf>>,
    /// Files without a counterpart.
    pub left_over: Vec<PathBuf>,
    /// Folders that cannot be read, and why.
    pub unreadable: Vec<(PathBuf, String)>,
    /// Is the one pair found by what its files say, since their names share nothing?
    pub is_by_language: bool,
    /// Is there nothing but what this program wrote?
    pub holds_only_outputs: bool,
}

/// The name of the outputs that belong to all pairs together.
pub const ALL: &str = "all";

/// Finds the pairs of one folder or two.
///
/// The folder `out` and others that hold the outputs of such a run are passed over, and so is
/// what this program wrote beside the inputs. `endings` are those of the outputs of a pair:
/// no two pairs are to write one file. Where no names go together but of the documents just
/// one is in Chinese and one in English, these are the pair.
///
/// # Errors
///
/// When a folder that was named cannot be read.
pub fn plan(roots: &Roots, out: &Path, endings: &[&str]) -> Result<Plan, ReadError> {
    let sides: Vec<(&PathBuf, Option<Side>)> = match roots {
        Roots::One(root) => vec![(root, None)],
        Roots::Two(pair) => vec![(&pair.zh, Some(Side::Zh)), (&pair.en, Some(Side::En))],
    };
    let real = |path: &Path| path.canonicalize().ok();
    let passed: Vec<PathBuf> = sides
        .iter()
        .map(|(root, _)| root.as_path())
        .chain([out])
        .filter_map(real)
        .collect();
    let real_out = real(out);
    let written: BTreeSet<PathBuf> = real_out
        .iter()
        .flat_map(|out| listed(out).into_iter().map(|name| out.join(name)))
        .collect();
    let mut plan = Plan::default();
    let n_own = Cell::new(0_usize);
    let (mut candidates, mut full) = (Vec::new(), Vec::new());
    for (root, side) in sides {
        let skip = |path: &Path| {
            let Some(path) = real(path) else { return false };
            let is_own = path.join(record::FOLDER).is_dir()
                || written.contains(&path)
                || real_out.as_ref() == Some(&path);
            n_own.set(n_own.get() + usize::from(is_own));
            is_own || passed.contains(&path)
        };
        let found = walk::walk(root, &skip)
            .map_err(|source| ReadError::Io { path: root.clone(), source })?;
        plan.unreadable.extend(
            found.unreadable.into_iter().map(|(path, why)| (root.join(path), why)),
        );
        for path in found.files {
            full.push(root.join(&path));
            candidates.push(Candidate { path, side });
        }
    }
    let mut matches = pair_up(&candidates);
    // Of two folders the path from the root would not tell which.
    let shown = |file: usize| match roots {
        Roots::One(_) => candidates[file].path.clone(),
        Roots::Two(_) => full[file].clone(),
    };
    let mut names = Names::new(endings);
    if matches.pairs.is_empty()
        && matches.ambiguous.is_empty()
        && let Some(files) = by_language(&matches.left_over, &full)
    {
        plan.is_by_language = true;
        matches.left_over.retain(|&file| file != files.zh && file != files.en);
        matches.pairs.push(Match { files, name: String::new() });
    }
    for found in &matches.pairs {
        let whole = candidates[found.files.zh].path.with_extension("");
        let name = names.take(&[
            found.name.clone(),
            match found.name.is_empty() && !plan.is_by_language {
                true => folder_name(roots),
                false => String::new(),
            },
            slashed(&whole),
        ]);
        plan.pairs.push(PlannedPair {
            name,
            files: found.files.map(|file| full[file].clone()),
            shown: found.files.map(shown),
        });
    }
    let group = |files: &Vec<usize>| files.iter().map(|&file| shown(file)).collect();
    plan.ambiguous = matches.ambiguous.iter().map(group).collect();
    plan.left_over = group(&matches.left_over);
    // What an earlier run with another folder for its outputs wrote stands in the list there.
    let earlier: BTreeSet<PathBuf> = match roots {
        Roots::One(root) => {
            listed(root).into_iter().map(|name| root.join(name)).collect()
        }
        Roots::Two(_) => BTreeSet::new(),
    };
    let is_earlier = |&file: &usize| earlier.contains(&full[file]);
    plan.holds_only_outputs = plan.pairs.is_empty()
        && plan.ambiguous.is_empty()
        && (n_own.get() > 0 || !plan.left_over.is_empty())
        && matches.left_over.iter().all(is_earlier);
    Ok(plan)
}

/// How files end that are documents, in small letters: what a table or a memory says is no
/// text of one language.
const DOCUMENTS: [&str; 17] = [
    "", "doc", "docx", "epub", "htm", "html", "markdown", "md", "mdown", "odt", "pdf",
    "ppt", "pptx", "rtf", "srt", "txt", "vtt",
];

/// The most documents that are read to learn their languages.
const MOST_READ: usize = 4;

/// The one Chinese and the one English document among files.
fn by_language(files: &[usize], paths: &[PathBuf]) -> Option<Pair<usize>> {
    let is_document = |path: &Path| {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        DOCUMENTS.contains(&&*ending.to_lowercase())
    };
    let documents: Vec<usize> =
        files.iter().copied().filter(|&file| is_document(&paths[file])).collect();
    if !(2..=MOST_READ).contains(&documents.len()) {
        return None;
    }
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for file in documents {
        // One that cannot be read is left over, and told so.
        let Ok(read) = read(&paths[file], None) else { continue };
        match language_of(&read.value.text) {
            Some(Language::Chinese) => zh.push(file),
            Some(Language::English) => en.push(file),
            Some(Language::Other) | None => {}
        }
    }
    match (zh.as_slice(), en.as_slice()) {
        (&[zh], &[en]) => Some(Pair::new(zh, en)),
        _ => None,
    }
}

/// Names that are given out, each once.
struct Names<'a> {
    endings: &'a [&'a str],
    /// The files that are written by now, folded: some systems tell no capitals apart.
    taken: BTreeSet<String>,
}

impl<'a> Names<'a> {
    fn new(endings: &'a [&'a str]) -> Self {
        Self { endings, taken: BTreeSet::new() }
    }

    /// The first of the names that is free, or else the first with a number behind it.
    fn take(&mut self, names: &[String]) -> String {
        let named = names.iter().filter(|name| !name.is_empty()).cloned();
        let first = named.clone().next().unwrap_or_else(|| "pair".into());
        let numbered = (2..).map(|n| format!("{first}-{n}"));
        let mut names = named.chain(numbered);
        let name = names.find(|name| self.is_free(name)).expect("numbers have no end");
        let files: Vec<String> = self.files(&name).collect();
        self.taken.extend(files);
        name
    }

    fn is_free(&self, name: &str) -> bool {
        fold(name) != ALL && !self.files(name).any(|file| self.taken.contains(&file))
    }

    fn files(&self, name: &str) -> impl Iterator<Item = String> {
        // With the bare name among them, so that records are told apart too.
        let endings = self.endings.iter().copied().chain([""]);
        endings.map(move |ending| fold(&format!("{name}{ending}")))
    }
}

/// What a pair without a name of its own is called by.
fn folder_name(roots: &Roots) -> String {
    let root = roots.first();
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    root.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn slashed(path: &Path) -> String {
    let parts = path.components().map(|c| c.as_os_str().to_string_lossy().into_owned());
    parts.collect::<Vec<_>>().join("/")
}

/// The tasks in the order of their work, the largest files first, so that no thread is left
/// alone with a long one at the end.
pub fn largest_first(pairs: &[PlannedPair]) -> Vec<usize> {
    let size = |path: &PathBuf| fs::metadata(path).map_or(0, |data| data.len());
    let sizes: Vec<u64> =
        pairs.iter().map(|pair| size(&pair.files.zh) + size(&pair.files.en)).collect();
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|&task| (std::cmp::Reverse(sizes[task]), task));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        dir
    }

    fn names(plan: &Plan) -> Vec<&str> {
        plan.pairs.iter().map(|pair| pair.name.as_str()).collect()
    }

    #[test]
    fn no_two_pairs_share_a_name() {
        let dir = folder(&[
            "a.zh.txt",
            "a.en.txt",
            "zh/A.txt",
            "en/A.txt",
            "all.zh.txt",
            "all.en.txt",
        ]);
        let roots = Roots::One(dir.path().to_owned());
        let plan = plan(&roots, &dir.path().join("aligned"), &[".tmx"]).unwrap();
        assert_eq!(names(&plan), ["a", "all.zh", "zh/A"]);
    }

    #[test]
    fn litter_and_outputs_are_passed_over() {
        let dir = folder(&[
            "x/a.zh.txt",
            "x/a.en.txt",
            ".git/b.zh.txt",
            "~$c.docx",
            ".DS_Store",
            "aligned/d.zh.txt",
            "old/.align-batch/lock",
            "old/e.zh.txt",
            "f.txt",
        ]);
        let roots = Roots::One(dir.path().to_owned());
        let plan = plan(&roots, &dir.path().join("aligned"), &[".tmx"]).unwrap();
        assert_eq!(names(&plan), ["x/a"]);
        assert_eq!(plan.left_over, [PathBuf::from("f.txt")]);
    }

    #[test]
    fn two_folders_are_laid_side_by_side() {
        let dir = folder(&["c/x/a.txt", "c/b.txt", "c/e/x/a.docx", "c/e/d.txt"]);
        let roots = Roots::Two(Pair::new(dir.path().join("c"), dir.path().join("c/e")));
        let plan = plan(&roots, Path::new("aligned"), &[".tmx"]).unwrap();
        assert_eq!(names(&plan), ["x/a"]);
        assert_eq!(plan.left_over.len(), 2);
    }

    #[test]
    fn bare_languages_are_called_by_their_folder() {
        let dir = folder(&["un/zh.txt", "un/en.txt"]);
        let roots = Roots::One(dir.path().join("un"));
        let plan = plan(&roots, Path::new("aligned"), &[".tmx"]).unwrap();
        assert_eq!(names(&plan), ["un"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let dir = folder(&[]);
        let roots = Roots::One(dir.path().join("none"));
        assert!(plan(&roots, Path::new("aligned"), &[]).is_err());
    }
}
