//! Lists of terms made by hand, and the rows that the miner finds for their texts.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};

use bitext::config::Config;
use bitext::mine::training::{self, Row};
use bitext::pipeline::{Aligner, Request, run};
use bitext::read::read_input;
use bitext::types::Pair;

/// What a list says of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Right, but general: counted where it is found, never missed.
    Optional,
    /// A term that stands once.
    Once,
    /// A term that recurs.
    Recurring,
}

/// A text with its list and the rows that were mined.
pub(crate) struct Listed {
    pub(crate) name: String,
    /// The accepted pairs: accepted forms of either side, and the class.
    entries: Vec<(BTreeSet<String>, Class)>,
    of_zh: BTreeMap<String, Vec<usize>>,
    pub(crate) rows: Vec<Row>,
}

impl Listed {
    /// The entry that a pair of written forms is.
    pub(crate) fn entry(&self, zh: &str, en: &str) -> Option<usize> {
        let en = fold_en(en);
        let entries = self.of_zh.get(&fold_zh(zh))?;
        entries.iter().copied().find(|entry| self.entries[*entry].0.contains(&en))
    }

    /// The class of a row, `None` where it is not on the list.
    pub(crate) fn class(&self, row: &Row) -> Option<Class> {
        let term = &row.pair.term;
        self.entry(&term.zh, &term.en).map(|entry| self.entries[entry].1)
    }

    /// The entries that recur and that some row has, its other renderings counted.
    pub(crate) fn found<'a>(&self, rows: impl Iterator<Item = &'a Row>) -> f64 {
        let recurs = |entry: &usize| self.entries[*entry].1 == Class::Recurring;
        let found: BTreeSet<usize> = rows
            .flat_map(|row| {
                let forms =
                    std::iter::once(&row.pair.term.en).chain(&row.pair.variants.en);
                forms.filter_map(|en| self.entry(&row.pair.term.zh, en))
            })
            .filter(recurs)
            .collect();
        let all = (0..self.entries.len()).filter(recurs).count();
        found.len() as f64 / all.max(1) as f64
    }
}

/// The lists of a folder whose texts are there; of the others, why they are passed over.
pub(crate) fn load(
    lists: &Path,
    texts: &Path,
) -> Result<(Vec<Listed>, Vec<String>), Box<dyn Error>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(lists)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "tsv"))
        .collect();
    files.sort();
    let (mut loaded, mut skipped) = (Vec::new(), Vec::new());
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (zh, en) =
            (texts.join(&name).join("zh.txt"), texts.join(&name).join("en.txt"));
        if !zh.exists() || !en.exists() {
            skipped.push(format!("{name}: no {} beside its English", zh.display()));
            continue;
        }
        let mut listed = parse(name, &std::fs::read_to_string(&file)?);
        // A list without general words is not exhaustive: what it lacks may be right.
        if !listed.entries.iter().any(|entry| entry.1 == Class::Optional) {
            skipped.push(format!("{}: its list is not exhaustive", listed.name));
            continue;
        }
        listed.rows = rows(&zh, &en)?;
        loaded.push(listed);
    }
    Ok((loaded, skipped))
}

fn rows(zh: &Path, en: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let input = read_input(zh, Some(en), Pair::new(None, None))?;
    let aligner = Aligner::new(Config::default());
    let outcome = run(input, &Request::new(&aligner), &());
    let units = aligner.mining_units(&outcome.bitext);
    Ok(training::rows(units, aligner.seed(), &aligner.config().mine))
}

/// A list: a header, then Chinese forms, English forms, class; forms are parted by bars.
fn parse(name: String, table: &str) -> Listed {
    let (mut entries, mut of_zh) = (Vec::new(), BTreeMap::<String, Vec<usize>>::new());
    for line in table.lines().skip(1) {
        let mut cells = line.split('\t');
        let (Some(zh), Some(en), Some(class)) =
            (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let class = match class {
            "r2" => Class::Recurring,
            "r1" => Class::Once,
            _ => Class::Optional,
        };
        for zh in zh.split('|') {
            of_zh.entry(fold_zh(zh)).or_default().push(entries.len());
        }
        entries.push((en.split('|').map(fold_en).collect(), class));
    }
    Listed { name, entries, of_zh, rows: Vec::new() }
}

fn fold_zh(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"“”\"《》「」".contains(*c)).collect()
}

/// Lower case, no article, no marks, nouns in the singular.
fn fold_en(text: &str) -> String {
    let text = text.to_lowercase().replace(['’', '‘'], "'").replace("'s", " 's");
    let is_word = |c: char| c.is_alphanumeric() || "'-.&_".contains(c);
    let words = text.split(|c| !is_word(c)).map(|word| word.trim_matches(['.', '&']));
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    while words.peek().is_some_and(|word| matches!(*word, "the" | "a" | "an")) {
        words.next();
    }
    words.map(singular).collect::<Vec<_>>().join(" ")
}

fn singular(word: &str) -> String {
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    match word {
        "men" => "man".to_owned(),
        "women" => "woman".to_owned(),
        "children" => "child".to_owned(),
        "offence" | "offences" | "offenses" => "offense".to_owned(),
        "proceeds" | "series" | "species" | "means" | "news" | "goods" => word.to_owned(),
        _ if word.len() <= 3 => word.to_owned(),
        _ if word.len() > 4 && ends(&["ies"]) => format!("{}y", &word[..word.len() - 3]),
        _ if ends(&["ches", "shes", "sses", "xes", "zes"]) => {
            word[..word.len() - 2].to_owned()
        }
        _ if ends(&["ss", "us", "is"]) || !ends(&["s"]) => word.to_owned(),
        _ => word[..word.len() - 1].to_owned(),
    }
}
