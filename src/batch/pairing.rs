//! Which files belong together, by their names.
//!
//! Files pair if their names are the same once the marks of their languages are taken out:
//! `zh/a.txt` and `en/a.txt` are both `*/a`. Three rounds, each over what the one before left:
//!
//! | round | marks | pairs |
//! | --- | --- | --- |
//! | strong | `zh`, `English`, `中文` | `a.zh.docx` and `a.en.docx` |
//! | weak too | `C`, `E`, `cn`, `us` | `A_C.pdf` and `A_E.pdf` |
//! | bare | one side may do without | `合同.docx` and `合同_英文.docx` |
//!
//! Where a name fits several files nothing is guessed: of two kinds of file the one that both
//! sides have is taken, anything else is refused and told. Names in traditional and simplified
//! characters, wide and narrow letters, capitals and small ones are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::marks::{self, Name};
use crate::lexicon::Seed;
use crate::types::{Pair, Side};

/// A file that may be one of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its path, from the folder that was given.
    pub path: PathBuf,
    /// Its language, where the folder says it; else the name has to.
    pub side: Option<Side>,
}

/// Two files that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The two, as indices of the candidates.
    pub files: Pair<usize>,
    /// What their names share, with `/` between folders; may be empty.
    pub name: String,
}

/// What was made of the names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// The pairs, by the place of the Chinese file.
    pub pairs: Vec<Match>,
    /// Files that fit one another in more than one way, as indices of the candidates.
    pub ambiguous: Vec<Vec<usize>>,
    /// Files that fit none.
    pub left_over: Vec<usize>,
}

/// What a file may be in a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Zh,
    En,
    /// Nothing says its language: it may be beside a marked one.
    Plain,
}

/// A way to read the name of a file.
#[derive(Clone, Debug)]
struct Reading {
    file: usize,
    role: Role,
    key: String,
    rest: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    Strong,
    Weak,
    Bare,
}

/// Finds the files that belong together.
///
/// The outcome depends on the names alone, not on the order of the candidates (but for the
/// indices).
pub fn pair_up(candidates: &[Candidate]) -> Matches {
    let seed = Seed::shipped();
    let names: Vec<Name> =
        candidates.iter().map(|file| Name::new(&file.path, seed)).collect();
    let mut open: BTreeSet<usize> = (0..candidates.len()).collect();
    let mut found = Matches::default();
    for round in [Round::Strong, Round::Weak, Round::Bare] {
        let readings: Vec<Reading> = open
            .iter()
            .flat_map(|&file| readings(file, &candidates[file], &names[file], round))
            .collect();
        for group in groups(&readings, |_| String::new()) {
            settle(&group, candidates, &mut found, &mut open);
        }
    }
    found.left_over = open.into_iter().collect();
    found.pairs.sort_by(|a, b| {
        let path = |m: &Match| m.files.map(|file| &candidates[file].path);
        let (a, b) = (path(a), path(b));
        (a.zh, a.en).cmp(&(b.zh, b.en))
    });
    found.ambiguous.sort();
    found
}

fn readings(file: usize, it: &Candidate, name: &Name, round: Round) -> Vec<Reading> {
    let mut out = Vec::new();
    for (side, role) in [(Side::Zh, Role::Zh), (Side::En, Role::En)] {
        if it.side.is_some_and(|known| known != side) {
            continue;
        }
        // Without a folder that says the language, a mark has to.
        let least = usize::from(it.side.is_none());
        let unmarked = name.unmarked(side, round == Round::Weak || it.side.is_some());
        let strong = name.unmarked(side, false);
        let sets = if round == Round::Strong || round == Round::Bare && least == 1 {
            strong
        } else {
            unmarked
        };
        for set in sets.into_iter().skip(least) {
            let key = if round == Round::Bare { marks::bare(&set.key) } else { set.key };
            out.push(Reading { file, role, key, rest: set.rest });
        }
    }
    if round == Round::Bare && it.side.is_none() && !name.is_marked() {
        let plain = name.unmarked(Side::Zh, false).swap_remove(0);
        let key = marks::bare(&plain.key);
        out.push(Reading { file, role: Role::Plain, key, rest: plain.rest });
    }
    // What was nothing but marks says nothing once their place is set aside.
    out.retain(|reading| !reading.key.is_empty());
    out
}

/// Files that are joined by keys which both sides have, with the readings that join them.
fn groups(readings: &[Reading], more: impl Fn(&Reading) -> String) -> Vec<Vec<Reading>> {
    let mut by_key: BTreeMap<(String, String), Vec<&Reading>> = BTreeMap::new();
    for reading in readings {
        by_key.entry((reading.key.clone(), more(reading))).or_default().push(reading);
    }
    let joins = |group: &&Vec<&Reading>| {
        let has = |role| group.iter().any(|reading| reading.role == role);
        let (zh, en, plain) = (has(Role::Zh), has(Role::En), has(Role::Plain));
        let mut files: Vec<usize> = group.iter().map(|reading| reading.file).collect();
        files.dedup();
        (zh && en || plain && (zh || en)) && files.len() > 1
    };
    let joined: Vec<&Vec<&Reading>> = by_key.values().filter(joins).collect();
    // Which group a file is in: of files joined by a key all take the least.
    let mut parent: BTreeMap<usize, usize> = BTreeMap::new();
    fn root(parent: &mut BTreeMap<usize, usize>, file: usize) -> usize {
        let mut at = file;
        while let Some(&up) = parent.get(&at).filter(|&&up| up != at) {
            at = up;
        }
        parent.insert(file, at);
        at
    }
    for group in &joined {
        for reading in *group {
            let a = root(&mut parent, group[0].file);
            let b = root(&mut parent, reading.file);
            parent.insert(a.max(b), a.min(b));
        }
    }
    let mut out: BTreeMap<usize, Vec<Reading>> = BTreeMap::new();
    for group in joined {
        let at = root(&mut parent, group[0].file);
        out.entry(at).or_default().extend(group.iter().map(|&reading| reading.clone()));
    }
    out.into_values().collect()
}

/// Takes a group for a pair, or for a riddle.
fn settle(
    group: &[Reading],
    candidates: &[Candidate],
    found: &mut Matches,
    open: &mut BTreeSet<usize>,
) {
    let extension = |reading: &Reading| {
        let extension = candidates[reading.file].path.extension().unwrap_or_default();
        extension.to_string_lossy().to_lowercase()
    };
    let pair = pair_of(group).or_else(|| {
        let same_kind = groups(group, extension);
        let mut pairs = same_kind.iter().map(|group| pair_of(group));
        // Of several kinds both sides have, none is better than the other.
        pairs.next().flatten().filter(|_| pairs.next().is_none())
    });
    let files: BTreeSet<usize> = group.iter().map(|reading| reading.file).collect();
    match pair {
        Some(pair) => {
            open.remove(&pair.files.zh);
            open.remove(&pair.files.en);
            found.pairs.push(pair);
        }
        None => {
            open.retain(|file| !files.contains(file));
            found.ambiguous.push(files.into_iter().collect());
        }
    }
}

/// The pair that a group is, if it is one.
fn pair_of(group: &[Reading]) -> Option<Match> {
    let files: BTreeSet<usize> = group.iter().map(|reading| reading.file).collect();
    let [a, b] = files.into_iter().collect::<Vec<_>>().try_into().ok()?;
    let of = |file: usize, role: Role| {
        let mut fitting = group.iter().filter(move |r| r.file == file && r.role == role);
        fitting.next()
    };
    let both = |zh: usize, en: usize| {
        let roles =
            [(Role::Zh, Role::En), (Role::Zh, Role::Plain), (Role::Plain, Role::En)];
        roles.into_iter().find_map(|(zh_role, en_role)| {
            let shortest = group
                .iter()
                .filter(|r| r.file == zh && r.role == zh_role)
                .filter(|r| {
                    group
                        .iter()
                        .any(|e| e.file == en && e.role == en_role && e.key == r.key)
                })
                .min_by_key(|r| (r.rest.chars().count(), r.rest.clone()))?;
            of(en, en_role)?;
            Some(Match { files: Pair::new(zh, en), name: shortest.rest.clone() })
        })
    };
    both(a, b).or_else(|| both(b, a))
}

/// Is a file one that systems and programs leave behind?
pub(super) fn is_litter(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || ["thumbs.db", "desktop.ini", "icon\r"].contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(paths: &[&str]) -> (Vec<(String, String, String)>, Vec<String>, usize) {
        let candidates: Vec<Candidate> = paths
            .iter()
            .map(|path| Candidate { path: PathBuf::from(path), side: None })
            .collect();
        told(paths, &pair_up(&candidates))
    }

    fn told(
        paths: &[&str],
        found: &Matches,
    ) -> (Vec<(String, String, String)>, Vec<String>, usize) {
        let path = |file: usize| paths[file].to_owned();
        let pairs = found
            .pairs
            .iter()
            .map(|m| (path(m.files.zh), path(m.files.en), m.name.clone()))
            .collect();
        let left = found.left_over.iter().map(|&file| path(file)).collect();
        (pairs, left, found.ambiguous.len())
    }

    #[test]
    fn names_pair_by_their_marks() {
        let table = [
            ("a.zh.docx", "a.en.docx", "a"),
            ("zh/a.txt", "en/a.txt", "a"),
            ("A_C.pdf", "A_E.pdf", "A"),
            ("a_zh-CN.txt", "a_en-US.txt", "a"),
            ("a-chinese.txt", "a-english.txt", "a"),
            ("中文/a.txt", "英文/a.txt", "a"),
            ("Chinese/a.txt", "English/a.txt", "a"),
            ("合同-中文.docx", "合同-英文.docx", "合同"),
            ("合同（中文版）.docx", "合同（英文版）.docx", "合同"),
            ("合同中文.docx", "合同英文.docx", "合同"),
            ("條約_繁體中文.txt", "条约_英文.txt", "條約"),
            ("a_zh-Hant.txt", "a_en.txt", "a"),
            ("a_traditional-chinese.txt", "a_english.txt", "a"),
            ("x/a_CN.txt", "x/a_EN.txt", "x/a"),
            ("x/zh/y/a.txt", "x/en/y/a.txt", "x/y/a"),
            ("x/中文/a.txt", "x/English/a.txt", "x/a"),
            ("A.ZH.TXT", "a.en.docx", "A"),
            ("un/zh.txt", "un/en.txt", "un"),
            ("zh.txt", "en.txt", ""),
            ("zh_law.txt", "en_law.txt", "law"),
            ("zh/a.zh.txt", "en/a.en.txt", "a"),
            ("zh/report_us.txt", "en/report_us.txt", "report_us"),
            ("report_us.zh.txt", "report_us.en.txt", "report_us"),
            ("ContractCN.doc", "ContractEN.doc", "Contract"),
            ("A_RES_68_193-C.pdf", "A_RES_68_193-E.pdf", "A_RES_68_193"),
            ("a_tw.txt", "a_us.txt", "a"),
            ("合同.docx", "合同_英文.docx", "合同"),
            ("a_zh.txt", "a.txt", "a"),
            ("a.txt", "en/a.txt", "a"),
        ];
        for (zh, en, name) in table {
            let expected = vec![(zh.to_owned(), en.to_owned(), name.to_owned())];
            assert_eq!(matched(&[zh, en]), (expected.clone(), vec![], 0), "{zh} {en}");
            assert_eq!(matched(&[en, zh]), (expected, vec![], 0), "{en} {zh}");
        }
    }

    #[test]
    fn names_that_differ_do_not_pair() {
        for (a, b) in [
            ("a.zh.txt", "b.en.txt"),
            ("a.txt", "b.txt"),
            ("x/a.zh.txt", "y/a.en.txt"),
            ("a1.zh.txt", "a2.en.txt"),
            ("a.zh.txt", "a.fr.txt"),
            ("zh/a.txt", "zh/b.txt"),
        ] {
            assert_eq!(matched(&[a, b]).0, [], "{a} {b}");
        }
    }

    #[test]
    fn what_fits_two_is_refused() {
        let (pairs, left, ambiguous) =
            matched(&["a_zh-CN.txt", "a_zh-TW.txt", "a_en.txt", "b.zh.txt", "b.en.txt"]);
        assert_eq!((pairs.len(), left.len(), ambiguous), (1, 0, 1));
        let twice = ["a.zh.txt", "a.en.txt", "a.zh.pdf", "a.en.pdf"];
        assert_eq!(matched(&twice).2, 1);
    }

    #[test]
    fn the_kind_of_file_decides_between_two() {
        let (pairs, left, ambiguous) = matched(&["a.zh.txt", "a.zh.pdf", "a.en.txt"]);
        assert_eq!((pairs.len(), ambiguous), (1, 0));
        assert_eq!(left, ["a.zh.pdf"]);
    }

    #[test]
    fn strong_marks_go_before_weak_ones() {
        let (pairs, left, ambiguous) =
            matched(&["zh/a_c.txt", "zh/a_e.txt", "en/a_c.txt", "en/a_e.txt"]);
        assert_eq!((left.len(), ambiguous), (0, 0));
        assert_eq!(pairs[0].0, "zh/a_c.txt");
        assert_eq!(pairs[0].1, "en/a_c.txt");
    }

    #[test]
    fn two_folders_say_the_languages_themselves() {
        let paths = ["a.txt", "b_zh.txt", "c.txt", "a.docx", "B.txt", "d.txt"];
        let side = |n: usize| if n < 3 { Side::Zh } else { Side::En };
        let candidates: Vec<Candidate> = paths
            .iter()
            .enumerate()
            .map(|(n, path)| Candidate { path: path.into(), side: Some(side(n)) })
            .collect();
        let (pairs, left, _) = told(&paths, &pair_up(&candidates));
        let names: Vec<&str> = pairs.iter().map(|(.., name)| name.as_str()).collect();
        assert_eq!((names, left), (vec!["a", "b"], vec!["c.txt".into(), "d.txt".into()]));
    }

    #[test]
    fn the_order_of_the_files_does_not_count() {
        let mut paths = vec!["b.en.txt", "a.zh.txt", "b.zh.txt", "a.en.txt", "c.zh.txt"];
        let one = matched(&paths);
        paths.reverse();
        assert_eq!(matched(&paths), one);
    }
}
