//! Aligns every pair of `corpora/` and holds the outcome against its gold.
//!
//! `gold.tsv` says by text what translates what; `gold.ladder` says it by number. The ladder
//! follows from the table: a test derives it anew. `scores.tsv` records what the aligner
//! reaches; a loss fails, and so does a gain that is not recorded.
//!
//! `UPDATE=1 cargo test --test it gold` writes the ladders and the scores.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bitext::config::Config;
use bitext::eval::{Gold, Score};
use bitext::pipeline::{Aligner, Request, run};
use bitext::types::{Bitext, Document, Input, Pair, Source};

/// The pairs of `corpora/`, by name, and whether each line of theirs is a segment.
pub(crate) fn corpora() -> Vec<(String, PathBuf, bool)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
    let mut found: Vec<_> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| {
            let about = fs::read_to_string(path.join("SOURCE.toml")).ok()?;
            let name = path.file_name()?.to_str()?.to_owned();
            Some((name, path, about.contains("segmented = true")))
        })
        .collect();
    found.sort();
    assert!(found.len() >= 4, "the corpora are there");
    found
}

fn align(folder: &Path, lines: bool) -> Bitext {
    let source = |name: &str| {
        Source::plain(name, fs::read_to_string(folder.join(name)).unwrap(), "UTF-8")
    };
    let aligner = Aligner::new(Config { lines, ..Config::default() });
    let input = Input::Texts(Pair::new(source("zh.txt"), source("en.txt")));
    run(input.into(), &Request::new(&aligner), &()).bitext
}

/// Letters and digits only, so that blanks and marks do not part gold from text.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The segments of one side that each cell of the gold stands in, in order. A segment that
/// was not cut where the gold is stands in several.
fn segments_of(document: &Document, cells: &[String], corpus: &str) -> Vec<Vec<usize>> {
    let texts: Vec<String> = document.texts().map(fold).collect();
    let whole = texts.concat();
    let ends: Vec<usize> = texts
        .iter()
        .scan(0, |end, text| {
            *end += text.len();
            Some(*end)
        })
        .collect();
    let mut at = 0;
    cells
        .iter()
        .map(|cell| {
            let wanted = fold(cell);
            if wanted.is_empty() {
                return Vec::new();
            }
            let from = find(&whole, at, &wanted)
                .unwrap_or_else(|| panic!("{corpus}: nothing begins as {cell:?}"));
            at = from + wanted.len();
            // A character or two of a neighbour (a mark that stayed) make no share.
            let first = ends.partition_point(|&end| end <= from + 3);
            let last = ends.partition_point(|&end| end < at.saturating_sub(3));
            (first..=last.max(first)).collect()
        })
        .collect()
}

/// Where the wanted text begins behind `at`, by its first characters.
fn find(whole: &str, at: usize, wanted: &str) -> Option<usize> {
    let at = (0..=at).rev().find(|&k| whole.is_char_boundary(k))?;
    let from = at.saturating_sub(12);
    let from = (0..=from).rev().find(|&k| whole.is_char_boundary(k))?;
    let first: String = wanted.chars().take(12).collect();
    whole[at..]
        .find(&first)
        .map(|k| at + k)
        .or_else(|| whole[from..].find(&first).map(|k| from + k))
}

/// The ladder that follows from `gold.tsv` for the segments of this bitext.
fn derived(bitext: &Bitext, folder: &Path, corpus: &str) -> String {
    let table = fs::read_to_string(folder.join("gold.tsv")).unwrap();
    let rows = table.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>());
    let (zh, en): (Vec<String>, Vec<String>) =
        rows.map(|cells| (cells[1].to_owned(), cells[2].to_owned())).unzip();
    let sides = bitext.documents.as_ref();
    let zh = segments_of(sides.zh, &zh, corpus);
    let en = segments_of(sides.en, &en, corpus);
    let beads = zh.iter().zip(&en).filter(|(zh, en)| !zh.is_empty() || !en.is_empty());
    beads.map(|(zh, en)| format!("{zh:?}:{en:?}\n")).collect()
}

fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

#[test]
fn the_ladders_follow_from_the_gold_tables() {
    for (name, folder, is_segmented) in corpora() {
        if is_segmented {
            continue;
        }
        let ladder = derived(&align(&folder, false), &folder, &name);
        let path = folder.join("gold.ladder");
        if is_update() {
            fs::write(&path, &ladder).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, ladder, "{name}: UPDATE=1 writes what follows from gold.tsv");
    }
}

#[test]
fn every_corpus_reaches_its_recorded_score() {
    let mut scores = String::from(
        "# What align reaches on its own corpora: strict bead precision, recall and F1.\n\
         # Written by UPDATE=1 cargo test --test it gold.\n\
         corpus\tprecision\trecall\tf1\n",
    );
    for (name, folder, is_segmented) in corpora() {
        let bitext = align(&folder, is_segmented);
        let gold = match is_segmented {
            true => fs::read_to_string(folder.join("gold.ladder")).unwrap(),
            false => derived(&bitext, &folder, &name),
        };
        let score = Score::strict(&bitext.ladder, &Gold::parse(&gold).unwrap());
        let (p, r, f1) = (score.precision(), score.recall(), score.f1());
        writeln!(scores, "{name}\t{p:.3}\t{r:.3}\t{f1:.3}").unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/scores.tsv");
    if is_update() {
        fs::write(&path, &scores).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(kept, scores, "a loss fails; a gain is recorded with UPDATE=1");
}
